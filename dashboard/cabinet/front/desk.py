"""Pages of lists and buttons for those signed in: sections, lines, small forms; no script runs on them."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Literal

from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.cabinet.access.people import Letter, TooManyAttemptsError
from dashboard.cabinet.appeals import Asked
from dashboard.cabinet.front import forms
from dashboard.cabinet.front.pages import Field, Front, Said, drawn, render, speech, typed
from dashboard.cabinet.own import Own
from dashboard.cabinet.owning import ForeignAccountError, Owner
from dashboard.cabinet.representing import Representer
from dashboard.cabinet.texts import CabinetWords

PAGES: Mapping[str, str] = {
    "/": "page_account",
    "/readings": "page_readings",
    "/payments": "page_payments",
    "/appeals": "page_appeals",
    "/settings": "page_settings",
}
CONTRACT_PAGES: Mapping[str, str] = {
    "/": "page_contract",
    "/energy": "page_energy",
    "/bills": "page_bills",
    "/use": "page_use",
    "/papers": "page_papers",
    "/chat": "page_chat",
    "/appeals": "page_appeals",
    "/contracts": "page_contracts",
    "/settings": "page_settings",
}
"""Those of who has contracts only."""


LONGEST_ALIAS = 60


@dataclass(frozen=True)
class Form:
    """A form of a section, or the button of a line; `about` says to who does not see the line what it is about."""

    action: str
    button: str
    fields: Sequence[Field] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    look: Literal["", "small", "inline", "danger"] = ""
    at: str = ""
    about: str = ""
    is_upload: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One thing of a list: what it is, what is said of it, what may be done with it."""

    title: str
    note: str = ""
    forms: Sequence[Form] = ()
    href: str = ""
    text: str = ""
    files: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Section:
    """A part of a page; titles and paragraphs are ready to be read."""

    title: str
    at: str = ""
    paragraphs: Sequence[str] = ()
    lines: Sequence[Line] = ()
    forms: Sequence[Form] = ()
    links: Sequence[tuple[str, str]] = ()


def held(place: str, key: str, number: str, alias: str, note: str, sure: str = "") -> Line:
    """What a cabinet holds (`key`: account or contract), with the forms at `place` that name it and take it out.

    Taking it out asks to tick `sure`, if that is a sentence.
    """
    hidden = {key: number}
    naming = Form(
        f"{place}/name",
        "save",
        (Field("alias", "alias"),),
        hidden,
        "inline",
        f"a{number}",
        number,
        values={"alias": alias},
    )
    ticked = (Field("sure", sure, "checkbox"),) if sure else ()
    taking = Form(f"{place}/remove", "remove", ticked, hidden, "small", about=number)
    return Line(alias or number, note, [naming, taking], href=f"/?{key}={number}")


def show(
    request: Request,
    front: Front,
    title: str,
    sections: Sequence[Section],
    said: Said | None = None,
    letters: Sequence[Letter] = (),
) -> Response:
    """The page as HTML. `said` belongs to the form at the address it was sent to."""
    said, words = said or Said(), speech(request)
    done = request.query_params.get("said", "")
    if not said.notice and done in DONE:
        said = Said(notice=words(done), status=said.status)
    here = "/" + request.url.path.split("/")[1]
    places = _places(front.store, request.state.visitor.person_id, front.now())
    shown = {
        "title": title,
        "here": here,
        "pages": [(href, words(name)) for href, name in places.items()],
        "sections": [_section(one, said, words, request.url.path) for one in sections],
    }
    return render(request, front, "desk.html", said, shown, letters)


DONE = frozenset(
    {
        "done_added", "done_named", "done_removed", "done_invited", "done_revoked", "done_ended", "done_email",
        "done_appeal", "done_message", "done_contract_added", "done_contract_removed", "done_owner_made",
        "done_owner_off",
    }
)  # fmt: skip
"""Sentences an address may ask a page to say."""


def _places(store: Engine, person_id: int, now: datetime) -> Mapping[str, str]:
    """The pages there are for this visitor: those of accounts, of contracts, or both."""
    contracts = Representer(store, person_id, now).contracts()
    if not contracts:
        return PAGES
    if not Owner(store, person_id, now).accounts():
        return CONTRACT_PAGES
    return {**PAGES, f"/?contract={contracts[0]}": "page_contract", "/contracts": "page_contracts"}


def _section(one: Section, said: Said, words: CabinetWords, path: str) -> dict[str, object]:
    return {
        "title": one.title,
        "at": one.at,
        "paragraphs": one.paragraphs,
        "links": one.links,
        "forms": [_form(each, said, words, path) for each in one.forms],
        "lines": [
            {
                "title": line.title,
                "note": line.note,
                "href": line.href,
                "text": line.text,
                "files": line.files,
                "forms": [_form(each, said, words, path) for each in line.forms],
            }
            for line in one.lines
        ],
    }


def _form(one: Form, said: Said, words: CabinetWords, path: str) -> dict[str, object]:
    mine = said if one.action.partition("?")[0] == path else Said()
    filled = Said(problems=mine.problems, typed={**one.values, **mine.typed})
    return {
        "action": one.action,
        "button": words(one.button),
        "fields": [drawn(each, filled, words) for each in one.fields],
        "hidden": one.hidden,
        "look": one.look,
        "at": one.at,
        "about": one.about,
        "is_upload": one.is_upload,
    }


def owner(request: Request, front: Front) -> Owner:
    """What the visitor of this request may do."""
    return Owner(front.store, request.state.visitor.person_id, front.now())


def own(request: Request, front: Front) -> Own | None:
    """The same with the published snapshot; None while there is none."""
    snapshot = front.snapshot()
    return None if snapshot is None else Own(front.store, snapshot, request.state.visitor.person_id, front.now())


def representer(request: Request, front: Front) -> Representer:
    """What the visitor of this request may do with contracts."""
    return Representer(front.store, request.state.visitor.person_id, front.now())


def contracts(request: Request, front: Front) -> list[str]:
    """Numbers of the contracts whose documents and appeals are the visitor's business."""
    return [one.contract_number for one in representer(request, front).held() if "documents" in one.rights]


def open_appeal(request: Request, front: Front, asked: Asked) -> str:
    """Open an appeal about what it names; its number.

    Raises:
        ForeignAccountError: the account is not the visitor's own, or the contract is not his to write about.
    """
    if isinstance(asked.about, int):
        return owner(request, front).open_appeal(asked.about, asked)
    return representer(request, front).open_appeal(asked.about, asked)


Handle = Callable[[Request, Front, dict[str, str]], Awaitable[Response]]
Again = Callable[[Request, Front, Said], Awaitable[Response]]


def action(front: Front, path: str, handle: Handle, again: Again) -> Route:
    """An address that takes a form; what does not come from one of our pages gets the page `again`."""
    return Route(path, partial(_take, front=front, handle=handle, again=again), methods=["POST"])


async def _take(request: Request, *, front: Front, handle: Handle, again: Again) -> Response:
    form = await typed(request, front)
    if form is None:
        return await again(request, front, Said(problem=speech(request)("form_stale"), status=403))
    try:
        return await handle(request, front, form)
    except TooManyAttemptsError:
        return await again(request, front, Said(problem=speech(request)("limited"), status=429))
    except ForeignAccountError as error:
        return await again(request, front, Said(problem=speech(request)(error.sentence), status=403))


def number(text: str) -> int:
    """A row's number as a form of ours carries it; none of ours is 0."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def alias(form: Mapping[str, str]) -> str:
    """What somebody calls an account or contract; empty takes the name away."""
    return forms.words(form.get("alias", "")[:LONGEST_ALIAS], LONGEST_ALIAS) or ""


def refused(status: int = 404) -> Response:
    """Nothing here for this visitor."""
    return PlainTextResponse("Not found" if status == 404 else "Refused", status)
