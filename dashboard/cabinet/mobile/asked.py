"""What a call of the API brings, and its fields read one by one: a field that will not do refuses the call."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from dashboard.cabinet.access.people import Caller
from dashboard.cabinet.access.sessions import Visitor
from dashboard.cabinet.front import forms
from dashboard.cabinet.front.pages import Front
from dashboard.cabinet.mobile.answers import NOT_FOUND, NOT_SIGNED_IN, RENEWING, UNCLEAR, ApiError
from dashboard.cabinet.own import Own

LARGEST_BODY = 16_384
"""Bytes; no call of ours comes near."""


@dataclass(frozen=True)
class Asked:
    """One call: who calls from where, what the address and the body say, and what the caller owns."""

    front: Front
    caller: Caller
    fields: Mapping[str, Any]
    visitor: Visitor | None = None
    found: Own | None = field(default=None, repr=False)

    @property
    def who(self) -> Visitor:
        """Who is signed in."""
        if self.visitor is None:
            raise ApiError(401, NOT_SIGNED_IN)
        return self.visitor

    @property
    def own(self) -> Own:
        """What the caller owns; nothing while nothing is published."""
        if self.found is None:
            raise ApiError(503, RENEWING)
        return self.found

    def text(self, name: str) -> str:
        """A field of text; empty where there is none. Halves of characters, which JSON can spell, are left out."""
        value = self.fields.get(name, "")
        return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else ""

    @property
    def account(self) -> int:
        """The account the call names, if it is the caller's; for any other one the answer is the same."""
        number = forms.account(self.text("account"))
        if number is None:
            raise ApiError(404, NOT_FOUND)
        self.own.check(number)
        return number

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        text = self.text(name)
        if not (text.isascii() and text.isdecimal() and len(text) <= 4 and least <= int(text) <= most):
            raise ApiError(400, UNCLEAR)
        return int(text)

    def day(self, name: str) -> dt.date:
        """A day written as «23.11.2026»."""
        try:
            return dt.datetime.strptime(self.text(name), "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
        except ValueError as error:
            raise ApiError(400, UNCLEAR) from error


async def read_fields(request: Request) -> dict[str, Any]:
    """The fields of the address, or of the body of a POST.

    Raises:
        ApiError: the body is too large or no JSON object.
    """
    if request.method != "POST":
        return dict(request.query_params)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise ApiError(413, UNCLEAR)
    if not body:
        return {}
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, UNCLEAR) from error
    if not isinstance(fields, dict):
        raise ApiError(400, UNCLEAR)
    return fields
