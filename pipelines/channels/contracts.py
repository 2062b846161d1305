"""Records of businesses (договорной отдел): contracts, points of supply, their meters, registers and acts."""

from pipelines.channels.customers import METER_CLAIMS, METER_DATES, OPENING_REGISTERS, records
from pipelines.channels.kinds import DATE, PERIOD, REGISTER, ZONE, Kind, matching, text, vocabulary_code, whole
from pipelines.channels.layout import Claim, Field
from pipelines.channels.readings import SERIAL

_CONTRACT = Field("contract_number", "contract_number", "Номер договора", text(32))
_POINT = Field("point_code", "point_code", "Код точки поставки", text(32))
_SERIAL = Field("meter_serial", "meter_serial", "Номер счётчика", SERIAL)
_VALID_FROM = Field("valid_from", "valid_from", "Действует с", DATE)
_VALID_TO = Field("valid_to", "valid_to", "Действует по", DATE, may_be_empty=True)

INN = Kind(
    lambda text: matching(text, "[0-9]{10}([0-9]{2})?", text), "varchar", "ИНН из 10 или 12 цифр", "row_identifier"
)
"""Taxpayer number (ИНН): the key that payments of a bank statement carry."""

KPP = Kind(
    lambda text: matching(text, "[0-9]{4}[0-9A-Z]{2}[0-9]{3}", text), "varchar", "КПП из 9 знаков", "row_identifier"
)

_POWER_PATTERN = "[0-9]{1,9}([.,][0-9]{1,3})?"

POWER = Kind(
    lambda text: matching(text, _POWER_PATTERN, f"try_cast(replace({text}, ',', '.') as decimal(12, 3))"),
    "decimal(12, 3)",
    "мощность в кВт от 0, не больше трёх знаков после запятой",
    "row_number",
    is_unsigned=True,
)

_DATES_IN_ORDER = Claim(
    "row_order_of_dates",
    "valid_to is null or valid_to >= valid_from",
    "Последний день {valid_to} раньше первого {valid_from}. Исправьте даты и пришлите строку снова.",
)

CONTRACTS = records(
    "contracts",
    "intake.contract_fact",
    (
        _CONTRACT,
        _VALID_FROM,
        _VALID_TO,
        Field("inn", "inn", "ИНН", INN),
        Field("kpp", "kpp", "КПП", KPP, may_be_empty=True),
        Field("name", "name", "Наименование", text(400)),
        Field("customer_kind", "customer_kind", "Вид потребителя", vocabulary_code("customer_kind")),
        Field("representative", "representative", "Представитель", text(200), may_be_empty=True),
        Field("position", "position", "Должность", text(200), may_be_empty=True),
        Field("authority", "authority", "Основание полномочий", text(400), may_be_empty=True),
        Field("email", "email", "Электронная почта", text(200), may_be_empty=True),
        Field("phone", "phone", "Телефон", text(64), may_be_empty=True),
        Field("payment_schedule", "payment_schedule", "График платежей", vocabulary_code("payment_schedule")),
    ),
    nullable=("valid_to", "kpp", "representative", "position", "authority", "email", "phone"),
    claims=(_DATES_IN_ORDER,),
)

SUPPLY_POINTS = records(
    "supply_points",
    "intake.supply_point_fact",
    (
        _CONTRACT,
        _POINT,
        _VALID_FROM,
        _VALID_TO,
        Field("address", "address", "Адрес точки", text(400)),
        Field("voltage", "voltage", "Уровень напряжения", vocabulary_code("voltage")),
        Field("power_group", "power_group", "Группа мощности", vocabulary_code("power_group")),
        Field("max_power_kw", "max_power_kw", "Максимальная мощность, кВт", POWER),
        Field("price_category", "price_category", "Ценовая категория", whole(1, 6, "tinyint")),
        Field("network_variant", "network_variant", "Вариант тарифа на передачу", vocabulary_code("network_variant")),
        Field("zone_plan", "zone_plan", "Тарифность", vocabulary_code("zone_plan")),
    ),
    nullable=("valid_to",),
    claims=(
        _DATES_IN_ORDER,
        Claim(
            "row_category",
            "(network_variant = 'two_rate') = (price_category in (4, 6))",
            "Ценовая категория {price_category}, вариант тарифа на передачу {network_variant}. Ожидается двухставочный"
            " у категорий 4 и 6 и только у них (ПП РФ 442). Исправьте строку и пришлите её снова.",
        ),
        Claim(
            "row_category",
            "(zone_plan <> 'one_rate') = (price_category = 2)",
            "Ценовая категория {price_category}, тарифность {zone_plan}. Ожидается две или три зоны у категории 2 и"
            " только у неё. Исправьте строку и пришлите её снова.",
        ),
        Claim(
            "row_category",
            "max_power_kw < 670 or price_category >= 3",
            "Ценовая категория {price_category} при максимальной мощности {max_power_kw} кВт. От 670 кВт положены"
            " только категории 3–6 (ПП РФ 442 п. 97). Исправьте строку и пришлите её снова.",
        ),
    ),
)

_CLOSING = tuple(
    Field(f"closing_t{zone}", f"closing_t{zone}", f"Конечное Т{zone}", REGISTER, may_be_empty=True)
    for zone in (1, 2, 3)
)

POINT_METERS = records(
    "point_meters",
    "intake.point_meter_fact",
    (
        _POINT,
        _SERIAL,
        Field("zone_plan", "zone_plan", "Тарифность", vocabulary_code("zone_plan")),
        Field("whole_digits", "whole_digits", "Цифр до запятой", whole(1, 12, "tinyint")),
        Field("transformer_ratio", "transformer_ratio", "Коэффициент трансформации", whole(1, 1_000_000, "integer")),
        *METER_DATES,
        *OPENING_REGISTERS,
        *_CLOSING,
    ),
    nullable=("removed_on", "verified_until", "opening_t2", "opening_t3", *(one.column for one in _CLOSING)),
    claims=(
        *METER_CLAIMS,
        Claim(
            "row_zones",
            "(closing_t1 is not null) = (removed_on is not null)"
            " and (closing_t2 is not null) = (removed_on is not null and zone_plan <> 'one_rate')"
            " and (closing_t3 is not null) = (removed_on is not null and zone_plan = 'three_zone')",
            "Счётчик снят {removed_on}, а конечные показания Т1 {closing_t1}, Т2 {closing_t2}, Т3 {closing_t3}."
            " Ожидается по показанию на каждую зону, когда счётчик снят, и ни одного, пока он стоит. Исправьте строку и"
            " пришлите её снова.",
        ),
    ),
)

POINT_REGISTERS = records(
    "point_registers",
    "intake.point_register_fact",
    (
        _POINT,
        _SERIAL,
        Field("zone", "zone", "Зона", ZONE),
        Field("service_period", "service_period", "Период", PERIOD),
        Field("value", "value", "Показание", REGISTER),
    ),
)

UNMETERED_ACTS = records(
    "unmetered_acts",
    "intake.unmetered_fact",
    (
        _CONTRACT,
        _POINT,
        Field("act_number", "act_number", "Номер акта", text(64)),
        _VALID_FROM,
        Field("valid_to", "valid_to", "Действует по", DATE),
        Field("act_kwh", "act_kwh", "Объём по акту, кВт·ч", whole(0, 999_999_999, "bigint"), may_be_empty=True),
        Field("power_kw", "power_kw", "Мощность по акту, кВт", POWER, may_be_empty=True),
    ),
    nullable=("act_kwh", "power_kw"),
    claims=(
        _DATES_IN_ORDER,
        Claim(
            "row_act",
            "(act_kwh is null) <> (power_kw is null)",
            "Объём по акту {act_kwh}, мощность {power_kw}. Ожидается одно из двух: объём в кВт·ч или мощность, по"
            " которой он считается за все часы с {valid_from} по {valid_to}. Исправьте строку и пришлите её снова.",
        ),
    ),
)
