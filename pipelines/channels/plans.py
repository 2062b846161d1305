"""Planned volumes (плановые почасовые объёмы) of price categories 5 and 6: a day a line, every version kept."""

from pipelines.channels.kinds import DATE, INSTANT, PLAN_DEADLINES, REGISTER, text
from pipelines.channels.layout import Claim, FactRows, Field, Identity, Layout

_TABLE = "intake.plan_fact"

# A day has 24 hours, and 23 or 25 where the clock of Moscow was moved.
_HOURS = tuple(
    Field(f"h{hour:02d}", f"h{hour:02d}", f"Час {hour}", REGISTER, may_be_empty=hour > 23, may_be_absent=hour > 24)
    for hour in range(1, 26)
)
_MIDNIGHT = "epoch(timezone('Europe/Moscow', {}::timestamp))"
_LENGTH = f"({_MIDNIGHT.format('(day + 1)')} - {_MIDNIGHT.format('day')})::bigint // 3600"
_PLANNED = f"[{', '.join(f'({one.column} * 1000)::bigint' for one in _HOURS)}]"

_DEADLINE = f"""
    (
        select timezone('Europe/Moscow', (day - terms.days_before) + terms.until_time)
        from {PLAN_DEADLINES} as terms
        where terms.valid_from <= day and day < terms.valid_to
    )
"""

PLANS = Layout(
    kind="plans",
    fields=(
        Field("contract_number", "contract_number", "Номер договора", text(32)),
        Field("point_code", "point_code", "Код точки поставки", text(32), may_be_empty=True, may_be_absent=True),
        Field("day", "day", "Сутки", DATE),
        Field("submitted_at", "submitted_at", "Дата и время подачи", INSTANT),
        *_HOURS,
    ),
    derived={"hours": _LENGTH, "planned": _PLANNED, "wh": f"({_PLANNED})[1:{_LENGTH}]"},
    claims=(
        Claim(
            "plan_hours",
            "list_count(planned) = hours and list_count(wh) = hours",
            "План на {day}, час 24: {h24}. Ожидается столько часов, сколько их в сутках по московскому времени: 24, в"
            " дни перевода часов 23 или 25. Исправьте строку и пришлите её снова.",
        ),
        Claim(
            "plan_late",
            f"submitted_at <= {_DEADLINE}",
            "План на {day} подан {submitted_at}. Ожидается подача до срока (data/reference/plan_deadline.csv). План не"
            " принят, действует поданный раньше; договоритесь со сбытом, если срок для договора другой.",
        ),
    ),
    facts=(
        FactRows(
            _TABLE,
            {
                "contract_number": "contract_number",
                "point_code": "point_code",
                "day": "day",
                "wh": "wh",
                "submitted_at": "submitted_at",
            },
        ),
    ),
    identity=Identity(
        columns=("contract_number", "point_code", "day", "submitted_at", "wh"),
        nullable=frozenset({"point_code"}),
        known=f"""
            select contract_number, point_code, day, submitted_at, wh, source_file_id, source_line from {_TABLE}
        """,
    ),
)
