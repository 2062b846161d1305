"""Decisions of specialists (решения специалистов) about readings."""

from pipelines.channels.kinds import REGISTER, text, vocabulary_code
from pipelines.channels.layout import Claim, FactRows, Field, Identity, Layout
from pipelines.channels.readings import READINGS, reading_columns

_TABLE = "intake.reading_decision_fact"
_FIELDS = (
    *READINGS.fields,
    Field("decision", "decision", "Решение", vocabulary_code("reading_decision")),
    Field("decided_value", "decided_value", "Верное показание", REGISTER, may_be_empty=True),
    Field("decided_by", "decided_by", "Кто решил", text(200)),
    Field("comment", "comment", "Основание", text(400), may_be_empty=True),
)
_COLUMNS = tuple(one.column for one in _FIELDS)

READING_DECISIONS = Layout(
    kind="reading_decisions",
    fields=_FIELDS,
    claims=(
        Claim(
            "row_decision",
            "(decision = 'correct') = (decided_value is not null)",
            "Решение {decision}, верное показание {decided_value}. Ожидается показание при correct и только при нём."
            " Исправьте строку и пришлите её снова.",
        ),
    ),
    facts=(
        FactRows(_TABLE, {column: column for column in _COLUMNS}),
        FactRows(
            "intake.reading_fact",
            reading_columns("1", "zone", "coalesce(decided_value, value)"),
            source="(select * from accepted where decision <> 'reject')",
        ),
    ),
    identity=Identity(
        columns=_COLUMNS,
        nullable=frozenset({"decided_value", "comment"}),
        known=f"select {', '.join(_COLUMNS)}, source_file_id, source_line from {_TABLE}",
    ),
)
