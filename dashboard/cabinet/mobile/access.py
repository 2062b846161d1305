"""Signing in, renewing, leaving, and what everybody may ask."""

from typing import Any

from dashboard.cabinet.front import forms
from dashboard.cabinet.mobile import tokens
from dashboard.cabinet.mobile.answers import NOT_SIGNED_IN, SIGN_IN_WRONG, ApiError, moment
from dashboard.cabinet.mobile.asked import Asked

REGION = "rostov"


def version(_: Asked) -> Any:
    """Every version of the application is served."""
    return {"status": 1}


def regions(_: Asked) -> Any:
    """The one region there is; the coordinates are where its mark stands on the application's map."""
    return [{"name": "Ростовская область", "code": REGION, "coordinates": "458, 683"}]


def sign_in(asked: Asked) -> Any:
    """Tokens for the right e-mail, password and region; the same answer for everything else."""
    is_usual = asked.text("authType") == "email" and asked.text("region") == REGION
    email = forms.email(asked.text("login")) if is_usual else None
    found = tokens.sign_in(asked.front.store, email or "", asked.text("password"), asked.caller)
    if found is None:
        raise ApiError(400, SIGN_IN_WRONG)
    return {
        "accessToken": found.access,
        "refreshToken": found.refresh,
        "accessTokenExpires": moment(found.access_until),
        "refreshTokenExpires": moment(found.refresh_until),
    }


def renew(asked: Asked) -> Any:
    """A new access token."""
    found = tokens.renew(asked.front.store, asked.text("refreshToken"), asked.caller)
    if found is None:
        raise ApiError(401, NOT_SIGNED_IN)
    access, until = found
    return {"accessToken": access, "accessTokenExpires": moment(until)}


def sign_out(asked: Asked) -> Any:
    """Nothing is left of the session."""
    tokens.sign_out(asked.front.store, asked.who, asked.caller)
    return []
