"""The register of files: every file of a night gets its number before any is read, so that a killed night can go on."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from pipelines.channels.rules import DELIVERY_RULES
from pipelines.intake.archive import archived_at, is_put_away
from pipelines.intake.content import Content
from pipelines.intake.inbox import Delivery, content_of
from pipelines.intake.known import Known
from pipelines.settings import MOSCOW, Settings
from pipelines.warehouse.connection import transaction


def register(
    connection: duckdb.DuckDBPyConnection, settings: Settings, run_id: int, deliveries: Sequence[Delivery]
) -> None:
    """Give numbers to the files whose bytes are not known, in one transaction.

    Time never runs backwards: what arrives late is known no earlier than all that earlier runs knew (decision 1), and
    never in a month that they have closed.
    """
    [(known_until, last_id)] = connection.execute(
        """
        select
            greatest(
                max(known_at) filter (run_id < $run_id),
                (select max(open_period)::timestamptz from replay.run where run_id < $run_id)
            ),
            coalesce(max(source_file_id), 0)
        from intake.source_file
        """,
        {"run_id": run_id},
    ).fetchall()
    paths = {delivery.content.sha256: delivery.path for delivery in deliveries}
    seen = {one.sha256 for one in known(connection, deliveries) if not _comes_again(settings, paths[one.sha256], one)}
    dated = [
        (delivery.delivered_at if known_until is None else max(delivery.delivered_at, known_until), delivery)
        for delivery in deliveries
    ]
    new: dict[str, tuple[dt.datetime, Delivery]] = {}
    for known_at, delivery in sorted(dated, key=lambda pair: (pair[0], pair[1].channel or "", pair[1].name)):
        if delivery.content.sha256 not in seen:
            new.setdefault(delivery.content.sha256, (known_at, delivery))
    if new:
        with transaction(connection):
            _insert(connection, run_id, last_id, list(new.values()))


def known(connection: duckdb.DuckDBPyConnection, deliveries: Iterable[Delivery]) -> list[Known]:
    """The last row of the register for each of these files' bytes."""
    rows = _select(connection, "sha256 in (select unnest(?::varchar[]))", [one.content.sha256 for one in deliveries])
    return list({one.sha256: one for one in rows}.values())


def unfinished(connection: duckdb.DuckDBPyConnection) -> list[Known]:
    """Files that have a number but no outcome yet, by number."""
    return _select(connection, "status = any(?)", ["registered"])


def find(settings: Settings, one: Known, deliveries: Iterable[Delivery]) -> Delivery | None:
    """The file of a row: in the inbox under any name, its own preferred, or in the archive; None when it is gone."""
    candidates = sorted(deliveries, key=lambda delivery: (delivery.name != one.name, delivery.name))
    if candidates:
        return candidates[0]
    for path in archived_at(settings, one):
        content = content_of(path)
        if content is not None and content.sha256 == one.sha256:
            return Delivery(path, one.name, one.channel, one.known_at, content)
    return None


def _comes_again(settings: Settings, path: Path, one: Known) -> bool:
    """Whether known bytes are a new delivery: refused for how they came, put away then, and here again.

    Bytes that were refused but not put away are what a killed run left in the inbox.
    """
    if one.rule_id not in DELIVERY_RULES:
        return False
    return one.rule_id == "file_vanished" or is_put_away(settings, path, one)


def _select(connection: duckdb.DuckDBPyConnection, condition: str, values: list[str]) -> list[Known]:
    rows = connection.execute(
        f"""
        with chosen as (select * from intake.source_file where {condition})
        select chosen.source_file_id, name, channel::varchar, sha256, known_at, status, reasons.rule_id
        from chosen
        left join intake.rejected_row as reasons
            on reasons.source_file_id = chosen.source_file_id and chosen.status = 'refused'
        order by chosen.source_file_id
        """,
        [values],
    ).fetchall()
    return [
        Known(number, name, channel, sha256, known_at.astimezone(MOSCOW), status, rule_id)
        for number, name, channel, sha256, known_at, status, rule_id in rows
    ]


def _insert(
    connection: duckdb.DuckDBPyConnection, run_id: int, last_id: int, files: Sequence[tuple[dt.datetime, Delivery]]
) -> None:
    contents: list[Content] = [delivery.content for _, delivery in files]
    connection.execute(
        """
        insert into intake.source_file by name
        select
            unnest($ids) as source_file_id,
            unnest($channels::varchar[])::channel as channel,
            unnest($names::varchar[]) as name,
            unnest($hashes::varchar[]) as sha256,
            unnest($sizes::bigint[]) as size_bytes,
            unnest($instants::timestamptz[]) as known_at,
            unnest($periods::date[]) as known_period,
            $run_id as run_id, 'registered' as status,
            0 as rows_received, 0 as rows_accepted, 0 as rows_rejected, 0 as rows_duplicate
        """,
        {
            "ids": list(range(last_id + 1, last_id + 1 + len(files))),
            "channels": [delivery.channel for _, delivery in files],
            "names": [delivery.name for _, delivery in files],
            "hashes": [content.sha256 for content in contents],
            "sizes": [content.size for content in contents],
            "instants": [known_at for known_at, _ in files],
            "periods": [known_at.astimezone(MOSCOW).date().replace(day=1) for known_at, _ in files],
            "run_id": run_id,
        },
    )
