"""Records of apartment houses (многоквартирные дома): how they are, and what their meters measured."""

from pipelines.channels.customers import records
from pipelines.channels.kinds import AREA, DATE, PERIOD, text, vocabulary_code, whole
from pipelines.channels.layout import Claim, Field

_HOUSE = Field("house_id", "house_id", "Дом", text(64))
_KWH = whole(0, 999_999_999, "bigint")

HOUSES = records(
    "houses",
    "intake.house_fact",
    (
        _HOUSE,
        Field("valid_from", "valid_from", "Действует с", DATE),
        Field("management", "management", "Управление", vocabulary_code("management")),
        Field("premises_m2", "premises_m2", "Площадь помещений", AREA),
        Field("common_m2", "common_m2", "Площадь общего имущества", AREA),
    ),
    claims=(
        Claim(
            "row_house_area",
            "premises_m2 > 0",
            "Площадь помещений дома {house_id}: {premises_m2}. Ожидается больше нуля: на неё делится расход дома."
            " Исправьте строку и пришлите её снова.",
        ),
    ),
)

HOUSE_VOLUMES = records(
    "house_volumes",
    "intake.house_volume_fact",
    (
        _HOUSE,
        Field("service_period", "service_period", "Период", PERIOD),
        Field("metered_kwh", "metered_kwh", "Общедомовой прибор, кВт·ч", _KWH),
        Field("other_kwh", "other_kwh", "Прочие помещения, кВт·ч", _KWH),
    ),
)
