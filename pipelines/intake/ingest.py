"""The night's first step: from files in the inbox to facts, with every line accounted for.

In this order, so that a run killed anywhere can be repeated and ends where an undisturbed one would have ended: every
new file gets its number in one transaction; files are read in batches, some of them a transaction; a file leaves the
inbox only after its outcome is recorded. A file is known by its bytes, whatever it is called.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

import duckdb

from pipelines.channels.kinds import KNOWN_DISTRICTS, PLAN_DEADLINES
from pipelines.channels.whole import Parsed, Refusal, WholeFormat
from pipelines.intake.archive import drop_empty_days, put_away
from pipelines.intake.batch import Recognised, plan, rounds, take
from pipelines.intake.inbox import Delivery, look
from pipelines.intake.known import Known
from pipelines.intake.outcome import refuse
from pipelines.intake.recognition import recognise
from pipelines.intake.register import find, known, register, unfinished
from pipelines.intake.report import IntakeReport, report
from pipelines.intake.whole import WholeFile, readers, take_whole, whole_rounds
from pipelines.settings import Settings
from pipelines.warehouse.connection import transaction

VANISHED = (
    "Файл принят к учёту, но исчез из входящей папки, и в архиве его нет. Ожидается, что файлы из неё забирает только"
    " загрузка. Передайте файл заново."
)
_WORK_TABLES = ("stage", "careful", "reject", "repeated", "repetition", "outcome", KNOWN_DISTRICTS, PLAN_DEADLINES)


def ingest(connection: duckdb.DuckDBPyConnection, settings: Settings, run_id: int) -> IntakeReport:
    """Take in what lies in the inbox.

    Args:
        connection: the open warehouse, its fact tables in place.
        settings: where inbox, archive and reference data are, and how many threads may read.
        run_id: the run under way; a repeated try of a killed run brings the same number.
    """
    inbox = look(settings)
    register(connection, settings, run_id, inbox.deliveries)
    deliveries = _by_bytes(inbox.deliveries)
    repeated = _drop_repeated(connection, settings, deliveries)
    work = [(one, find(settings, one, deliveries.get(one.sha256, []))) for one in unfinished(connection)]
    _load_reference(connection, settings)
    try:
        _take_in(connection, settings, work)
    finally:
        for table in _WORK_TABLES:
            connection.execute(f"drop table if exists temp.{table}")
    drop_empty_days(settings, {delivery.path.parent for delivery in inbox.deliveries})
    return report(connection, run_id, repeated, inbox.left)


def _take_in(
    connection: duckdb.DuckDBPyConnection, settings: Settings, work: Sequence[tuple[Known, Delivery | None]]
) -> None:
    files, wholes, refusals = _recognise(work)
    found = {one.source_file_id: (one, delivery) for one, delivery in work if delivery is not None}
    with transaction(connection):
        refuse(connection, refusals, None)
    _put_away(settings, [found[number] for number in refusals if number in found], refusals)
    for batches in rounds(plan(files)):
        late: dict[int, Refusal] = {}
        with transaction(connection):
            for batch in batches:
                late |= take(connection, batch)
        _put_away(settings, [(file.known, file.delivery) for batch in batches for file in batch.files], late)
    with readers(wholes, settings.threads) as read:
        for together in whole_rounds(wholes):
            _take_whole(connection, settings, together, read(together))


def _take_whole(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    files: Sequence[WholeFile],
    said: Sequence[Parsed | Refusal],
) -> None:
    answers = {file.known.source_file_id: answer for file, answer in zip(files, said, strict=True)}
    read = {number: answer for number, answer in answers.items() if isinstance(answer, Parsed)}
    refusals = {number: answer for number, answer in answers.items() if isinstance(answer, Refusal)}
    with transaction(connection):
        take_whole(connection, files[0].format, read)
        refuse(connection, refusals, files[0].format.kind)
    _put_away(settings, [(file.known, file.delivery) for file in files], refusals)


def _recognise(
    work: Iterable[tuple[Known, Delivery | None]],
) -> tuple[list[Recognised], list[WholeFile], dict[int, Refusal]]:
    files: list[Recognised] = []
    wholes: list[WholeFile] = []
    refusals: dict[int, Refusal] = {}
    for one, delivery in work:
        answer = _recognise_one(one, delivery)
        if isinstance(answer, Refusal):
            refusals[one.source_file_id] = answer
        elif isinstance(answer, WholeFile):
            wholes.append(answer)
        else:
            files.append(answer)
    return files, wholes, refusals


def _recognise_one(one: Known, delivery: Delivery | None) -> Recognised | WholeFile | Refusal:
    vanished = Refusal("file_vanished", 1, VANISHED, "", 0)
    if delivery is None:
        return vanished
    try:
        answer = recognise(delivery.path, one.channel, one.name, delivery.content)
    except FileNotFoundError:
        return vanished
    if isinstance(answer, WholeFormat):
        return WholeFile(one, delivery, answer)
    return answer if isinstance(answer, Refusal) else Recognised(one, delivery, *answer)


def _by_bytes(deliveries: Iterable[Delivery]) -> Mapping[str, list[Delivery]]:
    same: dict[str, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        same[delivery.content.sha256].append(delivery)
    return same


def _drop_repeated(
    connection: duckdb.DuckDBPyConnection, settings: Settings, deliveries: Mapping[str, list[Delivery]]
) -> tuple[str, ...]:
    """Clear the inbox of files that are known; one whose run was killed before it moved is put away now."""
    repeated: list[str] = []
    for one in known(connection, (same[0] for same in deliveries.values())):
        kept = find(settings, one, deliveries[one.sha256]) if one.status == "registered" else None
        for delivery in deliveries[one.sha256]:
            if delivery is kept:
                continue
            if one.status == "registered":
                delivery.path.unlink()
            elif put_away(settings, delivery.path, one, one.status):
                continue
            repeated.append(delivery.name)
    return tuple(sorted(repeated))


def _put_away(settings: Settings, files: Iterable[tuple[Known, Delivery]], refused: Container[int]) -> None:
    for one, delivery in files:
        put_away(settings, delivery.path, one, "refused" if one.source_file_id in refused else "accepted")


def _load_reference(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Make the tables that lines are held against while they are read."""
    terms = (
        "valid_from::date as valid_from, valid_to::date as valid_to, days_before::integer as days_before,"
        " until_time::time as until_time"
    )
    for table, columns, file in (
        (KNOWN_DISTRICTS, "district", "district.csv"),
        (PLAN_DEADLINES, terms, "plan_deadline.csv"),
    ):
        connection.execute(
            f"create or replace temp table {table} as select {columns} from read_csv(?, all_varchar = true)",
            [str(settings.reference / file)],
        )
