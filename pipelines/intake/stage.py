"""The SQL that turns lines into values: a fast reading of clean lines, a careful one of the rest, words for the bad.

Tables made here are temporary and belong to one batch:
    stage     lines that can be read: source_file_id, source_line, the columns of the layout
    careful   lines that the fast reading did not explain, with their fields and the number of the first problem
    reject    lines that nobody can read: source_file_id, source_line, rule_id, message, raw_text, the sums they hold
"""

from collections.abc import Iterator, Mapping
from string import Formatter

import duckdb

from pipelines.channels.kinds import ADVICE, Kind, literal
from pipelines.channels.layout import Field, Tail
from pipelines.channels.whole import RAW_LIMIT
from pipelines.intake.lines import LineReader
from pipelines.intake.recognition import Shape

_QUOTED = ' *"(?:[^"]|"")*" *'
_QUOTES_PROBLEM = -1
_COLUMNS_PROBLEM = 0
_FOUND_LIMIT = 100


def read_lines(connection: duckdb.DuckDBPyConnection, shape: Shape, lines: LineReader) -> None:
    """Fill `stage` and `reject` from the lines of files of one shape."""
    connection.register("incoming_line", lines.arrow())
    try:
        connection.execute(f"create or replace temp table stage as {_fast(shape)}")
    finally:
        connection.unregister("incoming_line")
    connection.execute(f"create or replace temp table reject ({_reject_columns(shape)})")
    [(unexplained,)] = connection.execute("select count(text) from stage").fetchall()
    if unexplained:
        columns = ", ".join(stage_columns(shape))
        connection.execute(f"create or replace temp table careful as {_careful(shape)}")
        connection.execute("delete from stage where text is not null")
        connection.execute(
            "insert into stage by name"
            f" select source_file_id, source_line, {columns} from careful where problem is null"
        )
        connection.execute(f"insert into reject by name {_rejected(shape)}")


def stage_columns(shape: Shape) -> tuple[str, ...]:
    """Columns of a line: values of the fields, the tail, what is derived from them."""
    layout = shape.layout
    tail = (layout.tail.column,) if layout.tail else ()
    return (*(one.column for one in layout.values), *tail, *layout.derived)


def _fast(shape: Shape) -> str:
    """Lines without quotes, split at the separator; where that does not do, the text is kept for a careful reading."""
    split = f"string_split(text, '{shape.separator}')"
    fields = f"""case when contains(text, '"') then [] else {split} end""" if shape.layout.is_quoted else split
    return f"""
        select
            source_file_id, source_line, case when problem is not null then text end as text,
            {", ".join(stage_columns(shape))}
        from ({_judged(shape, "incoming_line", f"text <> '{shape.separator}'", fields)})
    """


def quoted_fields(line: str, separator: str) -> str:
    """SQL: the fields of a line without their quotes and the spaces around, and an empty one; null for stray quotes."""
    line = f"'{separator}' || {line}"
    field = f'{separator}({_QUOTED}|[^"{separator}]*)'
    bare = """case when starts_with(trim(part), '"') then replace(trim(part)[2:-2], '""', '"') else part end"""
    fields = _trimmed(f"regexp_extract_all({line}, '{field}', 1)", bare)
    return f"case when regexp_full_match({line}, '({field})*') then {fields} end"


def _trimmed(parts: str, part: str) -> str:
    return f"list_append(list_transform({parts}, lambda part: trim({part}, ' \t\u00a0')), '')"


def _careful(shape: Shape) -> str:
    """Lines once more, each field without its quotes and the spaces around it."""
    if shape.layout.is_quoted:
        fields = quoted_fields("text[:-2]", shape.separator)
    else:
        fields = _trimmed(f"string_split(text[:-2], '{shape.separator}')", "part")
    return _judged(shape, "stage", "text is not null", fields)


def _judged(shape: Shape, source: str, condition: str, fields: str) -> str:
    """Lines with their fields, their values and the number of the first problem; null when there is none."""
    layout = shape.layout
    values = [
        f"{one.kind.sql(f'fields[{position}]') if position else f'null::{one.kind.sql_type}'} as {one.column}"
        for one, position in zip(layout.fields, shape.positions, strict=True)
        if one.kind is not None
    ]
    if layout.tail:
        values.append(f"{_tail_sql(layout.tail, shape.columns)} as {layout.tail.column}")
    derived = "".join(f", {sql} as {column}" for column, sql in layout.derived.items())
    return f"""
        select *, {_problem(shape)} as problem
        from (
            select *{derived}
            from (
                select source_file_id, source_line, text, fields, {", ".join(values)}
                from (select source_file_id, source_line, text, {fields} as fields from {source} where {condition})
            )
        )
    """


def _tail_sql(tail: Tail, columns: int) -> str:
    """Fields after the last column, joined; null when there are none, empty when one of them is unreadable."""
    joined = f"array_to_string(fields[{columns + 1}:-2], ';')"
    is_right = (
        f"len(fields) <= {columns + tail.most + 1} and regexp_full_match({joined}, '{tail.pattern}(;{tail.pattern})*')"
    )
    return f"case when len(fields) > {columns + 1} then case when {is_right} then {joined} else '' end end"


def _read_fields(shape: Shape) -> Iterator[tuple[int, Field, Kind, str]]:
    """Fields that the files have and that hold values: number of the problem, field, kind, SQL of the text."""
    for number, (one, position) in enumerate(zip(shape.layout.fields, shape.positions, strict=True), 1):
        if one.kind is not None and position is not None:
            yield number, one, one.kind, f"fields[{position}]"


def _problem(shape: Shape) -> str:
    layout, columns = shape.layout, shape.columns + 1
    wrong_columns = f"len(fields) < {columns}" if layout.tail else f"len(fields) <> {columns}"
    branches = [f"when fields is null then {_QUOTES_PROBLEM}", f"when {wrong_columns} then {_COLUMNS_PROBLEM}"]
    for number, one, _, text in _read_fields(shape):
        written = f" and {text} <> ''" if one.may_be_empty else ""
        branches.append(f"when {one.column} is null{written} then {number}")
    number = len(layout.fields) + 1
    if layout.tail:
        branches.append(f"when {layout.tail.column} = '' then {number}")
    branches += [f"when not ({claim.holds}) then {place}" for place, claim in enumerate(layout.claims, number + 1)]
    return f"case {' '.join(branches)} end"


def _reject_columns(shape: Shape) -> str:
    sums = "".join(f", {column} bigint" for column in shape.layout.summed_columns)
    return f"source_file_id integer, source_line bigint, rule_id varchar, message varchar, raw_text varchar{sums}"


def _rejected(shape: Shape) -> str:
    """The rule and the sentence for every line that the careful reading could not explain either."""
    reasons = list(_reasons(shape))
    rules = " ".join(f"when {number} then {rule}" for number, rule, _ in reasons)
    messages = " ".join(f"when {number} then {message}" for number, _, message in reasons)
    sums = "".join(
        f", case when problem > {_COLUMNS_PROBLEM} then {column} end as {column}"
        for column in shape.layout.summed_columns
    )
    return f"""
        select
            source_file_id, source_line, case problem {rules} end as rule_id, case problem {messages} end as message,
            left(text[:-2], {RAW_LIMIT}) as raw_text{sums}
        from careful where problem is not null
    """


def _reasons(shape: Shape) -> Iterator[tuple[int, str, str]]:
    """Every problem a line can have: its number, the SQL of its rule, the SQL of its sentence."""
    layout = shape.layout
    yield _QUOTES_PROBLEM, literal("row_quotes"), literal(_quotes_message(shape.separator))
    yield _COLUMNS_PROBLEM, literal("row_columns"), _columns_message(shape)
    for number, one, kind, text in _read_fields(shape):
        negative = f"when regexp_matches({text}, '^-[0-9]') then 'row_negative'" if kind.is_unsigned else ""
        rule = f"case when {text} = '' then 'row_empty' {negative} else {literal(kind.rule_id)} end"
        yield number, rule, _field_message(one.title, kind.expected, text)
    number = len(layout.fields) + 1
    if layout.tail:
        text = f"array_to_string(fields[{shape.columns + 1}:-2], '{shape.separator}')"
        yield number, literal(layout.tail.rule_id), _field_message(layout.tail.title, layout.tail.expected, text)
    found = {one.column: _found(text) for _, one, _, text in _read_fields(shape)}
    for place, claim in enumerate(layout.claims, number + 1):
        yield place, literal(claim.rule_id), filled(claim.message, found)


def _quotes_message(separator: str) -> str:
    return (
        "Кавычки в строке расставлены неверно. Ожидается: поле в кавычках начинается и кончается кавычкой, кавычка"
        f" внутри него удвоена, между полями стоит «{separator}». {ADVICE}"
    )


def _columns_message(shape: Shape) -> str:
    expected = f"не меньше {shape.columns}" if shape.layout.tail else str(shape.columns)
    message = (
        f"Ожидается полей в строке: {expected}; найдено: {{count}}. Проверьте разделители «{shape.separator}» и"
        " пришлите строку снова."
    )
    return filled(message, {"count": "len(fields) - 1"})


def _field_message(title: str, expected: str, text: str) -> str:
    return filled(f"Поле «{title}». Ожидается: {expected}; найдено: {{found}}. {ADVICE}", {"found": _found(text)})


def _found(text: str) -> str:
    """SQL: a text as a message quotes it."""
    return f"case when {text} = '' then 'пусто' else concat('«', left({text}, {_FOUND_LIMIT}), '»') end"


def filled(message: str, values: Mapping[str, str]) -> str:
    """SQL: a message of ours with values in the place of its names."""
    parts = []
    for words, name, _, _ in Formatter().parse(message):
        parts.append(literal(words))
        if name is not None:
            parts.append(values[name])
    return f"concat({', '.join(parts)})"
