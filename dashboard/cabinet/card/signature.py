"""A body signed with a shared key: `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body", hex>`, good for five minutes.

The moment is signed too, so that a notice overheard cannot be sent again tomorrow.
"""

import datetime as dt
import hashlib
import hmac
import re

HEADER = "Energosbyt-Signature"
TOLERANCE = dt.timedelta(minutes=5)
_FORM = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


class ForgedError(Exception):
    """A body without a signature, with a wrong one, or with one that is too old."""


def sign(key: str, body: bytes, now: dt.datetime) -> str:
    """The header's value for a body sent now."""
    moment = str(int(now.timestamp()))
    return f"t={moment},v1={_mac(key, moment, body)}"


def check(key: str, header: str, body: bytes, now: dt.datetime) -> None:
    """Let a body pass that its signature fits.

    Raises:
        ForgedError: there is no such signature, it does not fit, or it is older than `TOLERANCE`.
    """
    found = _FORM.fullmatch(header)
    if found is None or not hmac.compare_digest(_mac(key, found[1], body), found[2]):
        raise ForgedError("the signature does not fit")
    if abs(now.timestamp() - int(found[1])) > TOLERANCE.total_seconds():
        raise ForgedError("the signature is too old")


def _mac(key: str, moment: str, body: bytes) -> str:
    return hmac.new(key.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
