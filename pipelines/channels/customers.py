"""Customer records (абонентский отдел): accounts, tenants, meters, debts brought in."""

from dataclasses import replace

from pipelines.channels.kinds import (
    ACCOUNT,
    AREA,
    DATE,
    DISTRICT,
    PERIOD,
    REGISTER,
    SIGNED_MONEY,
    text,
    vocabulary_code,
    whole,
)
from pipelines.channels.layout import Claim, FactRows, Field, Identity, Layout
from pipelines.channels.readings import SERIAL

_ACCOUNT = Field("account_number", "account_number", "Лицевой счёт", ACCOUNT)
_VALID_FROM = Field("valid_from", "valid_from", "Действует с", DATE)


def records(
    kind: str, table: str, fields: tuple[Field, ...], nullable: tuple[str, ...] = (), claims: tuple[Claim, ...] = ()
) -> Layout:
    """A layout whose line is one row of a fact table, all its fields together being its identity."""
    columns = tuple(one.column for one in fields)
    return Layout(
        kind=kind,
        fields=fields,
        claims=claims,
        facts=(FactRows(table, {column: column for column in columns}),),
        identity=Identity(
            columns=columns,
            nullable=frozenset(nullable),
            known=f"select {', '.join(columns)}, source_file_id, source_line from {table}",
        ),
    )


ACCOUNTS = records(
    "accounts",
    "intake.account_fact",
    (
        _ACCOUNT,
        _VALID_FROM,
        Field("valid_to", "valid_to", "Действует по", DATE, may_be_empty=True),
        Field("house_id", "house_id", "Дом", text(64), may_be_empty=True),
        Field("district", "district", "Район", DISTRICT),
        Field("holder_name", "holder_name", "Абонент", text(200)),
        Field("address", "address", "Адрес", text(400)),
        Field("settlement", "settlement", "Населённый пункт", vocabulary_code("settlement")),
        Field("stove", "stove", "Плита", vocabulary_code("stove")),
        Field("heating", "heating", "Отопление", vocabulary_code("heating")),
        Field("rooms", "rooms", "Комнат", whole(1, 20, "integer"), may_be_empty=True, may_be_absent=True),
        Field("dwelling", "dwelling", "Вид жилья", vocabulary_code("dwelling"), may_be_empty=True, may_be_absent=True),
        Field("area_m2", "area_m2", "Площадь", AREA, may_be_empty=True, may_be_absent=True),
    ),
    nullable=("valid_to", "house_id", "rooms", "dwelling", "area_m2"),
    claims=(
        Claim(
            "row_order_of_dates",
            "valid_to is null or valid_to >= valid_from",
            "Лицевой счёт закрыт {valid_to}, раньше дня, с которого действует запись, {valid_from}. Исправьте даты и"
            " пришлите строку снова.",
        ),
    ),
)

TENANTS = records(
    "tenants",
    "intake.tenant_fact",
    (_ACCOUNT, _VALID_FROM, Field("persons", "persons", "Зарегистрировано", whole(0, 999, "integer"))),
)

METER_DATES = (
    Field("installed_on", "installed_on", "Установлен", DATE),
    Field("removed_on", "removed_on", "Снят", DATE, may_be_empty=True),
    Field("verified_until", "verified_until", "Поверен до", DATE, may_be_empty=True),
)
OPENING_REGISTERS = (
    Field("opening_t1", "opening_t1", "Начальное Т1", REGISTER),
    Field("opening_t2", "opening_t2", "Начальное Т2", REGISTER, may_be_empty=True),
    Field("opening_t3", "opening_t3", "Начальное Т3", REGISTER, may_be_empty=True),
)
METER_CLAIMS = (
    Claim(
        "row_zones",
        "(opening_t2 is not null) = (zone_plan <> 'one_rate')"
        " and (opening_t3 is not null) = (zone_plan = 'three_zone')",
        "Тарифность {zone_plan}, а начальные показания Т1 {opening_t1}, Т2 {opening_t2}, Т3 {opening_t3}. Ожидается"
        " столько показаний, сколько зон: одно, два или три. Исправьте строку и пришлите её снова.",
    ),
    Claim(
        "row_order_of_dates",
        "removed_on is null or removed_on >= installed_on",
        "Счётчик снят {removed_on}, раньше дня установки {installed_on}. Исправьте даты и пришлите строку снова.",
    ),
)
"""What holds of every meter, a household's or a business's."""

METERS = records(
    "meters",
    "intake.meter_fact",
    (
        _ACCOUNT,
        Field("meter_serial", "meter_serial", "Номер счётчика", SERIAL),
        Field("zone_plan", "zone_plan", "Тарифность", vocabulary_code("zone_plan")),
        Field("whole_digits", "whole_digits", "Цифр до запятой", whole(1, 12, "tinyint")),
        Field("fraction_digits", "fraction_digits", "Цифр после запятой", whole(0, 3, "tinyint")),
        Field("transformer_ratio", "transformer_ratio", "Коэффициент трансформации", whole(1, 100_000, "integer")),
        *METER_DATES,
        *OPENING_REGISTERS,
    ),
    nullable=("removed_on", "verified_until", "opening_t2", "opening_t3"),
    claims=METER_CLAIMS,
)

OPENING_DEBTS = records(
    "opening_debts",
    "intake.opening_debt_fact",
    (
        _ACCOUNT,
        Field("service_period", "service_period", "Период", PERIOD),
        Field("amount_kopecks", "amount", "Сумма", SIGNED_MONEY),
    ),
)

CONDITIONS = records(
    "conditions",
    "intake.condition_fact",
    (
        _ACCOUNT,
        Field("reason", "reason", "Основание", vocabulary_code("condition_reason")),
        _VALID_FROM,
        Field("valid_to", "valid_to", "Действует по", DATE, may_be_empty=True),
    ),
    nullable=("valid_to",),
    claims=(
        Claim(
            "row_condition",
            "valid_to is not null or reason not in ('interference', 'absent')",
            "Основание {reason} с {valid_from} без последнего дня. Ожидается день проверки счётчика или день"
            " возвращения. Допишите день и пришлите строку снова.",
        ),
    ),
)

PAYMENT_DECISIONS = records(
    "payment_decisions",
    "intake.payment_decision_fact",
    (
        Field("agent", "agent", "Агент", text(64)),
        Field("operation_id", "operation_id", "Номер операции", text(64)),
        Field("decision", "decision", "Решение", vocabulary_code("payment_decision")),
        replace(_ACCOUNT, may_be_empty=True),
        Field("named_period", "named_period", "Месяц оплаты", PERIOD, may_be_empty=True),
        Field("decided_by", "decided_by", "Кто решил", text(200)),
        Field("comment", "comment", "Основание", text(400), may_be_empty=True),
    ),
    nullable=("account_number", "named_period", "comment"),
    claims=(
        Claim(
            "row_decision",
            "(decision in ('assign', 'move')) = (account_number is not null)"
            " and (decision <> 'name_period' or named_period is not null)"
            " and (decision <> 'reverse' or named_period is null)",
            "Решение {decision}, лицевой счёт {account_number}, месяц {named_period}. Ожидается: счёт при assign и"
            " move, месяц при name_period, ни того ни другого при reverse. Исправьте строку и пришлите её снова.",
        ),
    ),
)
