"""How the API answers: one envelope for what is asked for, one for what goes wrong; exact numbers, dates as read."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from starlette.responses import Response

from pipelines.settings import MOSCOW
from pipelines.vocabulary import RUSSIAN

FAILED = "PROVIDER_ERROR"
"""The one type of error clients know."""

NOT_FOUND = "Данные не найдены."
"""Said of what does not exist and of what is somebody else's, in the same words."""
NOT_SIGNED_IN = "Войдите в приложение ещё раз."
SIGN_IN_WRONG = "Неверный логин или пароль."
TOO_OFTEN = "Слишком много запросов. Подождите немного и попробуйте снова."
UNCLEAR = "Запрос не удалось разобрать."
RENEWING = "Данные обновляются. Попробуйте через несколько минут."
BROKEN = "Что-то пошло не так. Попробуйте позже."


class ApiError(Exception):
    """What is asked cannot be done; `description` is a sentence for the user, and tells a stranger nothing."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status, self.description = status, description


@dataclass(frozen=True)
class Exact:
    """A decimal that JSON shows as it stands: no float comes near money."""

    value: Decimal


def rubles(kopecks: int) -> Exact:
    """A sum in rubles with its two decimals: 150050 -> 1500.50."""
    return Exact(Decimal(kopecks).scaleb(-2))


def given(data: Any) -> Response:
    """What was asked for."""
    return _response(200, {"result": True, "statusCode": 200, "data": data})


def failed(error: ApiError) -> Response:
    """What went wrong, in the one shape there is."""
    told = {"type": FAILED, "description": error.description}
    return _response(error.status, {"result": False, "statusCode": error.status, "error": told})


def _response(status: int, content: Mapping[str, Any]) -> Response:
    return Response(to_json(content), status, media_type="application/json")


def to_json(value: Any) -> str:
    """JSON text; an `Exact` becomes a number with the digits it has."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{to_json(str(name))}:{to_json(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(to_json, value)) + "]"
    if isinstance(value, Exact):
        return f"{value.value:f}"
    if isinstance(value, float):
        raise TypeError("a float is not exact")
    return json.dumps(value, ensure_ascii=False)


def long_day(day: dt.date | None) -> str:
    """«23.11.2026»; empty where there is none."""
    return f"{day:%d.%m.%Y}" if day else ""


def short_day(day: dt.date | None) -> str:
    """«23.11.26»; empty where there is none."""
    return f"{day:%d.%m.%y}" if day else ""


def moment(at: dt.datetime) -> str:
    """«2026-11-23 12:30:00», Moscow time: the clock of the region's telephones."""
    return f"{at.astimezone(MOSCOW):%Y-%m-%d %H:%M:%S}"


def zone_name(zone: str) -> str:
    """«День», «Ночь», «Сутки»."""
    return RUSSIAN["zone"][zone].capitalize()
