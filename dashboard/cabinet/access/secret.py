"""Passwords and tokens: how they are made, kept and compared."""

import functools
import hashlib
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

PASSWORD_FEWEST, PASSWORD_MOST = 10, 128

_COMMON = frozenset(FREQUENCY_LISTS["passwords"])
"""30 000 passwords most often found in leaks."""


def new_token() -> str:
    """256 random bits, fit for an address and a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the store keeps of a token: whoever reads the store cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def weakness(password: str, *own: str) -> str | None:
    """Why a password will not do: the name of the sentence that says so; None when it will.

    No rules about kinds of characters: length, leaked ones, and what anybody could read off the account (`own`).
    """
    if len(password) < PASSWORD_FEWEST:
        return "password_short"
    if len(password) > PASSWORD_MOST:
        return "password_long"
    plain = password.casefold()
    if plain in _COMMON or len(set(plain)) < 4 or any(word and word.casefold() in plain for word in own):
        return "password_common"
    return None


@functools.cache
def _hasher() -> PasswordHasher:
    """Argon2id, RFC 9106 for little memory: 64 MiB, three passes."""
    return PasswordHasher()


@functools.cache
def _nobodys_hash() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def hash_password(password: str) -> str:
    """Argon2id with its salt and parameters."""
    return _hasher().hash(_same(password))


def is_password(password: str, kept: str | None) -> bool:
    """Whether it is the one that was hashed. Without a hash (nobody of that name) the same work is done for nothing."""
    try:
        _hasher().verify(kept or _nobodys_hash(), _same(password[:PASSWORD_MOST]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def _same(password: str) -> str:
    """One form for what keyboards write in two: й may be one character or two."""
    return unicodedata.normalize("NFKC", password)
