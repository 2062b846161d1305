"""Whoever takes the money: the one small interface, and the provider reached over HTTP (`sandbox` is one)."""

import datetime as dt
import json
import re
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from dashboard.cabinet.card import signature

Method = Literal["card", "sbp"]
METHODS: tuple[Method, ...] = ("card", "sbp")
TIMEOUT_SECONDS = 10
LARGEST_NOTICE = 16_384
_NAME = re.compile(r"[0-9A-Za-z_-]{1,64}")


class ProviderError(Exception):
    """The provider cannot be reached or does not answer as agreed."""


class BadNoticeError(Exception):
    """A notice that is signed and still cannot be read."""


@dataclass(frozen=True)
class Order:
    """What is to be paid: our number of it, the sum, how, and where the payer comes back to."""

    order: str
    kopecks: int
    method: Method
    account_number: int
    return_url: str
    notice_url: str


@dataclass(frozen=True)
class Notice:
    """What the provider says became of an order; `operation` is its own number of the payment."""

    order: str
    operation: str
    kopecks: int
    is_paid: bool
    at: dt.datetime
    rrn: str


class Provider(Protocol):
    """A bank's acquiring, or anything that behaves like one."""

    @property
    def origin(self) -> str:
        """Where payers are sent: scheme and host."""

    def checkout(self, order: Order, now: dt.datetime) -> str:
        """Register an order; the address at which it is paid.

        Raises:
            ProviderError: the provider does not take it.
        """

    def notice(self, header: str, body: bytes, now: dt.datetime) -> Notice:
        """Read what came as a notice.

        Raises:
            ForgedError: it is not the provider's, or is an old one sent again.
            BadNoticeError: it says nothing we understand.
        """


@dataclass(frozen=True)
class HttpProvider:
    """A provider that takes orders as signed JSON and sends notices the same way."""

    url: str
    key: str

    @property
    def origin(self) -> str:
        """Where payers are sent."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def checkout(self, order: Order, now: dt.datetime) -> str:
        """Register an order over HTTP."""
        body = json.dumps(order.__dict__).encode()
        headers = {"Content-Type": "application/json", signature.HEADER: signature.sign(self.key, body, now)}
        asked = urllib.request.Request(f"{self.url}/orders", body, headers)  # noqa: S310 - the address is our own setting
        try:
            with urllib.request.urlopen(asked, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                place = str(json.load(answer)["url"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ProviderError(f"{self.url}: {error!r}") from error
        if not place.startswith(f"{self.origin}/"):
            raise ProviderError(f"{self.url} sends payers elsewhere")
        return place

    def notice(self, header: str, body: bytes, now: dt.datetime) -> Notice:
        """Read a signed notice."""
        signature.check(self.key, header, body, now)
        return read_notice(body, now)


def read_notice(body: bytes, now: dt.datetime) -> Notice:
    """A notice from JSON: `order operation kopecks status paid_at rrn`.

    Raises:
        BadNoticeError: a field is missing or holds what it cannot.
    """
    try:
        said: Any = json.loads(body)
        notice = Notice(
            _named(said, "order"),
            _named(said, "operation"),
            said["kopecks"],
            {"paid": True, "failed": False}[said["status"]],
            dt.datetime.fromisoformat(said["paid_at"]),
            str(said.get("rrn", ""))[:12],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadNoticeError(repr(error)) from error
    if type(notice.kopecks) is not int or notice.kopecks <= 0:
        raise BadNoticeError("kopecks is no sum")
    if notice.at.tzinfo is None or notice.at > now + signature.TOLERANCE:
        raise BadNoticeError("paid_at is no moment that has been")
    if not re.fullmatch(r"[0-9]{0,12}", notice.rrn):
        raise BadNoticeError("rrn has 12 digits")
    return notice


def _named(said: Mapping[str, Any], name: str) -> str:
    value = said[name]
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise BadNoticeError(f"{name} is no number of an order")
    return value
