"""The pages of the front: what each form asks, what it does, what it answers."""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy import Engine
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dashboard.cabinet import mail
from dashboard.cabinet.access.people import Caller, Letter, Paid
from dashboard.cabinet.access.represent import ContractPaid
from dashboard.cabinet.card.provider import Provider
from dashboard.cabinet.front.guard import form_cookie
from dashboard.cabinet.settings import CabinetSettings
from dashboard.cabinet.texts import CabinetWords
from dashboard.store import Snapshot

LARGEST_FORM = 16_384
"""Bytes; no form of ours comes near."""
KEPT = ("token", "kind", "account")
"""Hidden values that the address keeps when the language changes."""

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=False,
)


@dataclass(frozen=True)
class Front:
    """What every page of the front needs; `paid`, `paid_lately`, `contract_paid` look into the published `snapshot`."""

    settings: CabinetSettings
    store: Engine
    paid: Paid
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    paid_lately: Paid = lambda _account, _kopecks: False
    contract_paid: ContractPaid = lambda _contract, _inn, _kopecks: False
    snapshot: Callable[[], Snapshot | None] = lambda: None
    provider: Provider | None = None


@dataclass(frozen=True)
class Field:
    """One input: `title` and `help` name sentences; what was typed comes back, secrets never."""

    name: str
    title: str
    kind: Literal["text", "password", "email", "checkbox", "choice", "long", "files", "date"] = "text"
    autocomplete: str = "off"
    help: str = ""
    inputmode: str = ""
    choices: Sequence[tuple[str, str]] = ()
    """Of a `choice`: value and what it says."""


@dataclass(frozen=True)
class Page:
    """A page of the front, in names of sentences."""

    path: str
    title: str
    button: str = ""
    fields: Sequence[Field] = ()
    paragraphs: Sequence[str] = ()
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What a page says this time: a sentence above it, sentences beside fields, what was typed before."""

    notice: str = ""
    problem: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    paragraphs: Sequence[str] = ()


def speech(request: Request) -> CabinetWords:
    """The language of the address, else of the cookie, else Russian."""
    asked = request.query_params.get("lang") or request.cookies.get("lang")
    return CabinetWords("en" if asked == "en" else "ru")


def caller(request: Request, front: Front) -> Caller:
    """Where this request comes from."""
    address = request.client.host if request.client else ""
    return Caller(address, request.headers.get("user-agent", ""), front.now())


def draw(
    request: Request,
    front: Front,
    page: Page,
    said: Said | None = None,
    letter: Letter | None = None,
    letters: Sequence[Letter] = (),
) -> Response:
    """The page as HTML; letters, if there are any, go out after the answer."""
    said, words = said or Said(), speech(request)
    shown = {
        "title": words(page.title),
        "paragraphs": [*said.paragraphs, *(words(name) for name in page.paragraphs)],
        "action": page.path,
        "hidden": said.hidden,
        "fields": [drawn(one, said, words) for one in page.fields],
        "button": words(page.button) if page.button else "",
        "links": [(href, words(name)) for href, name in page.links.items()],
    }
    return render(request, front, "base.html", said, shown, [*letters, *([letter] if letter else [])])


def render(
    request: Request, front: Front, template: str, said: Said, shown: Mapping[str, Any], letters: Sequence[Letter] = ()
) -> Response:
    """A template filled in, with the key of this browser's forms."""
    words = speech(request)
    key = request.cookies.get(form_cookie(front.settings)) or secrets.token_urlsafe(32)
    kept = {name: said.hidden[name] for name in KEPT if said.hidden.get(name)}
    content = _TEMPLATES.get_template(template).render(
        words=words,
        notice=said.notice,
        problem=said.problem,
        kept=urlencode(kept) + "&" if kept else "",
        form_key=_form_value(key),
        **shown,
    )
    answer = HTMLResponse(content, said.status, background=BackgroundTask(mail.send_all, letters, front.settings))
    _set_cookie(answer, front.settings, form_cookie(front.settings), key, same_site="strict")
    if "lang" in request.query_params:
        _set_cookie(answer, front.settings, "lang", words.language, same_site="lax")
    return answer


def drawn(one: Field, said: Said, words: CabinetWords) -> dict[str, Any]:
    """A field as templates take it."""
    return {
        "name": one.name,
        "title": words(one.title),
        "kind": one.kind,
        "autocomplete": one.autocomplete,
        "inputmode": one.inputmode,
        "help": words(one.help) if one.help else "",
        "choices": one.choices,
        "problem": words(said.problems[one.name]) if one.name in said.problems else "",
        "value": "" if one.kind == "password" else said.typed.get(one.name, ""),
    }


async def typed(request: Request, front: Front) -> dict[str, str] | None:
    """The fields of a form that one of our pages made for this browser; None for any other."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    try:
        fields = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    except (UnicodeDecodeError, ValueError):
        return None
    return fields if is_ours(request, front, fields.pop("form", "")) else None


def is_ours(request: Request, front: Front, said: str) -> bool:
    """Whether a form carries the key of this browser."""
    key = request.cookies.get(form_cookie(front.settings), "")
    return bool(key) and hmac.compare_digest(said.encode(), _form_value(key).encode())


def stale(request: Request, front: Front, page: Page) -> Response:
    """The page again, with a form that will do."""
    return draw(request, front, page, Said(problem=speech(request)("form_stale"), status=403))


def limited(request: Request, front: Front, page: Page) -> Response:
    """The page again, for somebody who tried too often."""
    return draw(request, front, page, Said(problem=speech(request)("limited"), status=429))


def go(
    front: Front,
    place: str,
    *,
    session: str | None = None,
    name: str = "",
    within: timedelta | None = None,
    letters: Sequence[Letter] = (),
) -> Response:
    """Send the browser on, with the cookie of a new session if there is one; letters go out after the answer.

    Without `within` the browser forgets the cookie when it is closed.
    """
    answer = RedirectResponse(place, 303, background=BackgroundTask(mail.send_all, letters, front.settings))
    if session is not None:
        _set_cookie(answer, front.settings, name, session, same_site="lax", within=within)
    return answer


def _form_value(key: str) -> str:
    """What the form carries: a hash of the cookie, so that the page does not show what the browser keeps."""
    return hashlib.sha256(f"form {key}".encode()).hexdigest()


def _set_cookie(
    answer: Response,
    settings: CabinetSettings,
    name: str,
    value: str,
    *,
    same_site: Literal["lax", "strict"],
    within: timedelta | None = None,
) -> None:
    seconds = None if within is None else int(within.total_seconds())
    answer.set_cookie(name, value, seconds, path="/", secure=settings.is_secure, httponly=True, samesite=same_site)
