"""Lines that say again what is known: found cheaply by a hash, examined in full only where hashes meet.

Makes the temporary table `repetition`: source_file_id, source_line of the line, first_file_id, first_line of the fact
it repeats, is_conflict where it contradicts that fact, and what the fact says (first_…) in the columns that may differ.
"""

from collections.abc import Sequence

import duckdb

from pipelines.channels.layout import Identity
from pipelines.channels.whole import RAW_LIMIT
from pipelines.intake.lines import LineReader
from pipelines.intake.recognition import Shape
from pipelines.russian import NO_BREAK

CONFLICT = "operation_conflict"


def find_repetitions(connection: duckdb.DuckDBPyConnection, identity: Identity) -> None:
    """Compare the lines of `stage` with the facts known already, then with each other; the first one stays."""
    _bound_days(connection, identity.day)
    connection.execute(f"create or replace temp table repetition as {_of_known_facts(identity)}")
    connection.execute(f"insert into repetition by name {_within_the_batch(identity)}")


def reject_conflicts(connection: duckdb.DuckDBPyConnection, shape: Shape, lines: LineReader) -> None:
    """Add the lines that contradict a known fact to `reject`; their texts are read from the files once more."""
    connection.register("incoming_line", lines.arrow())
    try:
        connection.execute(
            f"""
            insert into reject by name
            select
                repetition.source_file_id, repetition.source_line, '{CONFLICT}' as rule_id,
                {_conflict_message(shape.layout.identity)} as message,
                coalesce(left(lines.text[:-2], {RAW_LIMIT}), '') as raw_text
            from repetition
            inner join stage using (source_file_id, source_line)
            inner join intake.source_file as first_file on first_file.source_file_id = repetition.first_file_id
            left join incoming_line as lines
                on lines.source_file_id = repetition.source_file_id and lines.source_line = repetition.source_line
            where repetition.is_conflict
            """
        )
    finally:
        connection.unregister("incoming_line")


def _bound_days(connection: duckdb.DuckDBPyConnection, day: str | None) -> None:
    if day:
        [(first, last)] = connection.execute(f"select min({day}), max({day}) from stage").fetchall()
        connection.execute("set variable intake_first_day = ?::date", [first])
        connection.execute("set variable intake_last_day = ?::date", [last])


def _of_known_facts(identity: Identity) -> str:
    same = " and ".join(
        f"known.{column} {'is not distinct from' if column in identity.nullable else '='} stage.{column}"
        for column in identity.columns
    )
    first = "".join(f", known.{column} as first_{column}" for column in identity.content)
    return f"""
        select
            stage.source_file_id, stage.source_line,
            known.source_file_id as first_file_id, known.source_line as first_line,
            {_differs(identity.content, "stage.{0} is distinct from known.{0}")} as is_conflict{first}
        from stage
        inner join ({identity.known}) as known on {same}
        qualify row_number() over (
            partition by stage.source_file_id, stage.source_line order by known.source_file_id, known.source_line
        ) = 1
    """


def _within_the_batch(identity: Identity) -> str:
    columns = ", ".join(identity.columns)
    first = "".join(f", first_value({column}) over same as first_{column}" for column in identity.content)
    shown = "".join(f", first_{column}" for column in identity.content)
    content = "".join(f", {column}" for column in identity.content)
    return f"""
        select
            source_file_id, source_line, first_file_id, first_line,
            {_differs(identity.content, "{0} is distinct from first_{0}")} as is_conflict{shown}
        from (
            select
                source_file_id, source_line{content},
                first_value(source_file_id) over same as first_file_id,
                first_value(source_line) over same as first_line,
                row_number() over same as place{first}
            from stage
            where hash({columns}) in (select hash({columns}) from stage group by all having count(*) > 1)
            window same as (partition by {columns} order by source_file_id, source_line)
        ) as repeated
        anti join repetition using (source_file_id, source_line)
        where place > 1
    """


def _differs(content: Sequence[str], comparison: str) -> str:
    return " or ".join(comparison.format(column) for column in content) or "false"


def _conflict_message(identity: Identity) -> str:
    """SQL: what the known fact says and what this line says instead."""
    names = ", ".join(f"{_shown('stage', column)}" for column in identity.columns)
    known = ", ' · ', ".join(_shown("repetition", f"first_{column}") for column in identity.content)
    found = ", ' · ', ".join(_shown("stage", column) for column in identity.content)
    return f"""
        concat(
            'Операция ', {names}, ' уже принята из файла «', first_file.name, '», строка ', repetition.first_line,
            '. Ожидается то же самое: ', {known}, '; найдено: ', {found},
            '. Уточните у отправителя, какая из двух верна; новой операции нужен новый номер.'
        )
    """


def _shown(table: str, column: str) -> str:
    """SQL: a value as a message shows it, by what its name says it is."""
    value = f"{table}.{column}"
    if column.endswith("_kopecks"):
        units = f"replace(format('{{:,}}', abs({value}) // 100), ',', '{NO_BREAK}')"
        return f"if({value} < 0, '−', ''), {units}, ',', lpad((abs({value}) % 100)::varchar, 2, '0'), '{NO_BREAK}₽'"
    return f"strftime({value}, '%d.%m.%Y')" if column.endswith("_on") else f"'«', {value}, '»'"
