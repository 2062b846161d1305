"""What was typed into a form: read, trimmed, checked; the name of a sentence where a field will not do."""

import re
from collections.abc import Mapping
from decimal import Decimal

ACCOUNT = re.compile(r"[0-9]{12}")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
SUM = re.compile(r"[0-9]{1,7}([.,][0-9]{1,2})?")
VALUE = re.compile(r"[0-9]{1,9}([.,][0-9]{1,3})?")
SERIAL = re.compile(r"[0-9A-Za-zА-Яа-яЁё./№ -]{1,32}")

CONTRACT = re.compile(r"[0-9A-Za-zА-Яа-яЁё./-]{1,32}")
INN = re.compile(r"[0-9]{10}([0-9]{2})?")
MOBILE = re.compile(r"(?:\+?7|8)?(9[0-9]{9})")

LONGEST_EMAIL = 254
LONGEST_LOGIN = 254

Fields = Mapping[str, str]


def account(text: str) -> int | None:
    """A number of 12 digits, spaces between them forgiven."""
    digits = "".join(text.split())
    return int(digits) if ACCOUNT.fullmatch(digits) else None


def kopecks(text: str) -> int | None:
    """A sum in rubles as kopecks."""
    plain = "".join(text.split()).removesuffix("₽")
    return int(Decimal(plain.replace(",", ".")).scaleb(2)) if SUM.fullmatch(plain) else None


def email(text: str) -> str | None:
    """An e-mail address in small letters."""
    plain = text.strip().casefold()
    return plain if len(plain) <= LONGEST_EMAIL and EMAIL.fullmatch(plain) else None


def milli(text: str) -> int | None:
    """The value of a register in thousandths."""
    plain = "".join(text.split())
    return int(Decimal(plain.replace(",", ".")).scaleb(3)) if VALUE.fullmatch(plain) else None


def serial(text: str) -> str | None:
    """A meter's serial number."""
    plain = " ".join(text.split())
    return plain if SERIAL.fullmatch(plain) else None


def contract(text: str) -> str | None:
    """A contract's number as it is printed, without spaces and the sign before it."""
    plain = "".join(text.split()).removeprefix("№")
    return plain if CONTRACT.fullmatch(plain) else None


def inn(text: str) -> str | None:
    """A taxpayer's number: 10 digits of a company, 12 of an entrepreneur."""
    digits = "".join(text.split())
    return digits if INN.fullmatch(digits) else None


def mobile(text: str) -> str | None:
    """A Russian mobile number as +7 and ten digits."""
    found = MOBILE.fullmatch(re.sub(r"[\s()-]", "", text))
    return f"+7{found[1]}" if found else None


def words(text: str, longest: int) -> str | None:
    """What somebody wrote in one line; None when it is nothing or too long."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if 0 < len(plain) <= longest else None
