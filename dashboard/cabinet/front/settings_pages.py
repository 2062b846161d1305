"""The settings of a cabinet: its accounts, who else sees them, where it is signed in, its e-mail, one's data."""

import json
from functools import partial
from typing import cast

from sqlalchemy.orm import Session as Work
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.cabinet.access import contacts, own_data, relations, sessions
from dashboard.cabinet.access.holdings import ACCOUNTS, Access
from dashboard.cabinet.access.log import note
from dashboard.cabinet.front import desk, forms
from dashboard.cabinet.front.desk import Form, Line, Section, owner
from dashboard.cabinet.front.handlers import ACCOUNT, SIGN_IN
from dashboard.cabinet.front.pages import Field, Front, Said, caller, draw, go, speech
from dashboard.cabinet.owning import Held
from dashboard.cabinet.store.tables import OwnedAccount, Person
from dashboard.cabinet.texts import CabinetWords

PLACE = "/settings"
LENDABLE: tuple[Access, ...] = ("read", "readings")
_PASSWORD = Field("old", "old_password", "password", "current-password")
_BROWSERS = (
    ("Edg/", "Edge"),
    ("YaBrowser", "Яндекс Браузер"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


async def page(request: Request, front: Front, said: Said | None = None) -> Response:
    """Everything on one page, a section a subject."""
    return await run_in_threadpool(_page, request, front, said or Said())


def _page(request: Request, front: Front, said: Said) -> Response:
    words, me = speech(request), owner(request, front)
    held = me.held()
    names = {one.account_number: one.alias for one in held}
    with Work(front.store) as work:
        email = work.get_one(Person, me.person_id).email
    sections = [
        _accounts(words, held),
        _relatives(words, held, names, relations.lent(front.store, ACCOUNTS, OwnedAccount.granted_by == me.person_id)),
        _sessions(request, front, words),
        Section(
            words("your_email"),
            "email",
            [words("email_is", email=email), words("email_how")],
            forms=[
                Form(
                    f"{PLACE}/email", "email_change", (Field("email", "new_email", "email", "email"), _PASSWORD), at="m"
                )
            ],
        ),
        Section(words("page_contracts"), "contracts", lines=[Line(words("contracts_link"), href="/contracts")]),
        Section(words("your_password"), "password", lines=[Line(words("change_password"), href="/password")]),
        Section(
            words("your_data"),
            "data",
            [words("data_how")],
            forms=[
                Form(f"{PLACE}/export", "data_export", look="small"),
                Form(
                    f"{PLACE}/erase",
                    "data_erase",
                    (_PASSWORD, Field("sure", "erase_sure", "checkbox")),
                    look="danger",
                    at="e",
                ),
            ],
        ),
    ]
    return desk.show(request, front, words("page_settings"), sections, said)


def _accounts(words: CabinetWords, held: list[Held]) -> Section:
    def line(one: Held) -> Line:
        number = str(one.account_number)
        note = " · ".join([number, words(f"access_{one.access}")])
        return desk.held(PLACE, "account", number, one.alias, note)

    adding = Form(
        f"{PLACE}/add",
        "add_account",
        (ACCOUNT, Field("sum", "last_payment", help="last_payment_help", inputmode="decimal")),
    )
    return Section(words("your_accounts"), "accounts", [words("accounts_how")], [line(one) for one in held], [adding])


def _relatives(words: CabinetWords, held: list[Held], names: dict[int, str], lent: list[relations.Lent]) -> Section:
    lines = [
        Line(
            one.email,
            f"{_called(one.number, names)} · {words(f'access_{one.access}')} · {words.day(one.since.date())}",
            [Form(f"{PLACE}/revoke", "revoke", (), {"grant": str(one.grant_id)}, "small", about=one.email)],
        )
        for one in lent
    ]
    mine = [(str(one.account_number), _called(one.account_number, names)) for one in held if one.access == "owner"]
    asking = Form(
        f"{PLACE}/invite",
        "invite",
        (
            Field("account", "account_number", "choice", choices=mine),
            Field("email", "relatives_email", "email"),
            Field("access", "may", "choice", choices=[(one, words(f"access_{one}")) for one in LENDABLE]),
        ),
        at="r",
    )
    return Section(words("relatives"), "relatives", [words("relatives_how")], lines, [asking] if mine else [])


def _called(account_number: int, names: dict[int, str]) -> str:
    alias = names.get(account_number, "")
    return f"{alias} ({account_number})" if alias else str(account_number)


def _sessions(request: Request, front: Front, words: CabinetWords) -> Section:
    visitor = request.state.visitor
    seen = sessions.listed(front.store, visitor.person_id, front.now())
    lines = []
    for one in seen:
        is_here = one.session_id == visitor.session_id
        told = [
            words("session_since", at=words.instant(one.began_at)),
            words("session_seen", at=words.instant(one.seen_at)),
        ]
        told += [words("session_here")] if is_here else []
        button = Form(
            f"{PLACE}/end-session",
            "end_session",
            (),
            {"session": str(one.session_id)},
            "small",
            about=browser(one.browser),
        )
        lines.append(Line(browser(one.browser), " · ".join(told), [] if is_here else [button]))
    ending = [Form(f"{PLACE}/end-others", "end_others", look="small")] if len(seen) > 1 else []
    ending.append(Form(f"{PLACE}/leave", "leave", look="small"))
    return Section(words("your_sessions"), "sessions", (), lines, ending)


def browser(agent: str) -> str:
    """What a browser calls itself, in two words."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name) or agent[:60] or "?"


async def _add(request: Request, front: Front, form: dict[str, str]) -> Response:
    account, kopecks = forms.account(form.get("account", "")), forms.kopecks(form.get("sum", ""))
    if account is None or kopecks is None:
        wrong = {"account": account is None, "sum": kopecks is None}
        problems = {name: f"bad_{name}" for name, is_wrong in wrong.items() if is_wrong}
        return await page(request, front, Said(problems=problems, typed=form, status=422))
    person_id = request.state.visitor.person_id
    done = await run_in_threadpool(
        relations.add,
        front.store,
        ACCOUNTS,
        person_id,
        account,
        partial(front.paid, account, kopecks),
        caller(request, front),
    )
    if not done:
        said = Said(problem=speech(request)("account_refused"), typed=form, status=422)
        return await page(request, front, said)
    return go(front, f"{PLACE}?said=done_added")


async def _name(request: Request, front: Front, form: dict[str, str]) -> Response:
    account = forms.account(form.get("account", "")) or 0
    await run_in_threadpool(owner(request, front).name_account, account, desk.alias(form))
    return go(front, f"{PLACE}?said=done_named")


async def _remove(request: Request, front: Front, form: dict[str, str]) -> Response:
    account = forms.account(form.get("account", "")) or 0
    await run_in_threadpool(owner(request, front).remove_account, account)
    return go(front, f"{PLACE}?said=done_removed")


async def _invite(request: Request, front: Front, form: dict[str, str]) -> Response:
    account, email = forms.account(form.get("account", "")) or 0, forms.email(form.get("email", ""))
    if email is None or form.get("access") not in LENDABLE:
        return await page(request, front, Said(problems={"email": "bad_email"}, typed=form, status=422))
    access = cast("Access", form["access"])
    letter = await run_in_threadpool(owner(request, front).invite, account, email, access, caller(request, front))
    return go(front, f"{PLACE}?said=done_invited", letters=[letter] if letter else ())


async def _revoke(request: Request, front: Front, form: dict[str, str]) -> Response:
    person_id = request.state.visitor.person_id
    grant = desk.number(form.get("grant", ""))
    own = OwnedAccount.granted_by == person_id
    await run_in_threadpool(relations.revoke, front.store, ACCOUNTS, person_id, grant, front.now(), own)
    return go(front, f"{PLACE}?said=done_revoked")


async def _end(request: Request, front: Front, form: dict[str, str], *, others: bool) -> Response:
    visitor = request.state.visitor

    def end() -> None:
        with Work(front.store) as work:
            only = None if others else desk.number(form.get("session", ""))
            but = visitor.session_id if others else None
            sessions.end_own(work, visitor.person_id, front.now(), only=only, but=but)
            note(work, "session_ended", front.now(), address="", person_id=visitor.person_id)
            work.commit()

    await run_in_threadpool(end)
    return go(front, f"{PLACE}?said=done_ended")


async def _leave(request: Request, front: Front, _form: dict[str, str]) -> Response:
    visitor = request.state.visitor

    def end() -> None:
        with Work(front.store) as work:
            sessions.end(work, visitor.session_id, front.now())
            note(work, "signed_out", front.now(), address="", person_id=visitor.person_id)
            work.commit()

    await run_in_threadpool(end)
    return go(front, "/sign-in")


async def _email(request: Request, front: Front, form: dict[str, str]) -> Response:
    email, person_id = forms.email(form.get("email", "")), request.state.visitor.person_id
    if email is None:
        return await page(request, front, Said(problems={"email": "bad_email"}, typed=form, status=422))
    letters = await run_in_threadpool(
        contacts.ask_new_email, front.store, person_id, form.get("old", ""), email, caller(request, front)
    )
    if letters is None:
        return await page(request, front, Said(problems={"old": "old_password_wrong"}, typed=form, status=401))
    return go(front, f"{PLACE}?said=done_email", letters=letters)


async def _export(request: Request, front: Front, _form: dict[str, str]) -> Response:
    told = await run_in_threadpool(
        own_data.export, front.store, request.state.visitor.person_id, caller(request, front)
    )
    headers = {"Content-Disposition": 'attachment; filename="energosbyt-my-data.json"'}
    return Response(json.dumps(told, ensure_ascii=False, indent=1), media_type="application/json", headers=headers)


async def _erase(request: Request, front: Front, form: dict[str, str]) -> Response:
    if form.get("sure") != "yes":
        return await page(request, front, Said(problems={"sure": "bad_sure"}, status=422))
    person_id = request.state.visitor.person_id
    old = form.get("old", "")
    letters = await run_in_threadpool(own_data.erase, front.store, person_id, old, caller(request, front))
    if letters is None:
        return await page(request, front, Said(problems={"old": "old_password_wrong"}, status=401))
    return draw(request, front, SIGN_IN, Said(notice=speech(request)("erased")), letters=letters)


def settings_routes(front: Front) -> list[Route]:
    """Every address of the settings."""
    handles: dict[str, desk.Handle] = {
        "add": _add,
        "name": _name,
        "remove": _remove,
        "invite": _invite,
        "revoke": _revoke,
        "end-session": partial(_end, others=False),
        "end-others": partial(_end, others=True),
        "leave": _leave,
        "email": _email,
        "export": _export,
        "erase": _erase,
    }
    shown = Route(PLACE, partial(page, front=front), methods=["GET"])
    return [shown, *(desk.action(front, f"{PLACE}/{name}", handle, page) for name, handle in handles.items())]
