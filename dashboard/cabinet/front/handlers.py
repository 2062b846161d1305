"""What each address of the front does."""

import functools
import secrets
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.orm import Session as Work
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.cabinet import submissions
from dashboard.cabinet.access import limits, people, sessions
from dashboard.cabinet.access.people import TooManyAttemptsError
from dashboard.cabinet.access.secret import weakness
from dashboard.cabinet.front import forms
from dashboard.cabinet.front.guard import session_cookie
from dashboard.cabinet.front.pages import Field, Front, Page, Said, caller, draw, go, limited, speech, stale, typed

ACCOUNT = Field("account", "account_number", help="account_number_help", inputmode="numeric")
EMAIL = Field("email", "email", "email", "email")
NEW = Field("password", "new_password", "password", "new-password", "new_password_help")

SIGN_IN = Page(
    "/sign-in",
    "sign_in_title",
    "sign_in",
    (
        Field("login", "login", autocomplete="username"),
        Field("password", "password", "password", "current-password"),
        Field("remember", "remember", "checkbox"),
    ),
    links={
        "/restore": "password_forgotten",
        "/register": "register",
        "/register-contract": "register_contract",
        "/reading": "reading_without_sign_in",
    },
)
REGISTER = Page(
    "/register",
    "register_title",
    "register",
    (
        ACCOUNT,
        Field("sum", "last_payment", help="last_payment_help", inputmode="decimal"),
        EMAIL,
        NEW,
        Field("consent", "consent", "checkbox"),
    ),
    links={"/sign-in": "have_cabinet", "/register-contract": "register_contract"},
)
RESTORE = Page(
    "/restore",
    "restore_title",
    "restore",
    (EMAIL,),
    ("restore_how", "restore_lost"),
    {"/restore-lost": "lost_title", "/restore-lost-contract": "lost_contract_title", "/sign-in": "sign_in"},
)
LETTER_SENT = Page("/sign-in", "letter_sent_title", paragraphs=("letter_sent",), links={"/sign-in": "sign_in"})
CONFIRM = Page("/confirm", "confirm_title", "confirm")
LINK_BAD = Page(
    "/sign-in", "confirm_title", paragraphs=("link_bad",), links={"/register": "register", "/restore": "restore_title"}
)
SET_PASSWORD = Page("/new-password", "set_password_title", "set_password", (NEW,))
CHANGE_PASSWORD = Page(
    "/password",
    "change_password",
    "set_password",
    (Field("old", "old_password", "password", "current-password"), NEW),
    links={"/": "cabinet"},
)
PUBLIC_READING = Page(
    "/reading",
    "public_title",
    "send",
    (
        ACCOUNT,
        Field("serial", "meter_serial", help="meter_serial_help"),
        Field("t1", "t1", inputmode="decimal"),
        Field("t2", "t2", help="only_if_zones", inputmode="decimal"),
        Field("t3", "t3", help="only_if_zones", inputmode="decimal"),
    ),
    ("public_how",),
    {"/sign-in": "sign_in"},
)

BY_LINK = frozenset(
    {"/confirm", "/new-password", "/first-password", "/regain", "/new-email", "/undo", "/receipt-address"}
)
"""Pages that a letter's link opens."""

Form = dict[str, str]
Handle = Callable[[Request, Front, Form], Awaitable[Response]]


async def sign_in(request: Request, front: Front, form: Form) -> Response:
    """A session for the right password; the same sentence for everything else."""
    login, password = form.get("login", "")[: forms.LONGEST_LOGIN], form.get("password", "")
    is_remembered = form.get("remember") == "yes"
    token = await run_in_threadpool(
        people.sign_in, front.store, login, password, caller(request, front), is_remembered=is_remembered
    )
    if token is None:
        said = Said(
            problem=speech(request)("sign_in_wrong"),
            typed={"login": login, "remember": form.get("remember", "")},
            status=401,
        )
        return draw(request, front, SIGN_IN, said)
    within = sessions.REMEMBERED if is_remembered else None
    return go(front, "/", session=token, name=session_cookie(front.settings), within=within)


async def register(request: Request, front: Front, form: Form) -> Response:
    """One answer whatever the account and the e-mail are: the letter says the rest."""
    account, kopecks = forms.account(form.get("account", "")), forms.kopecks(form.get("sum", ""))
    email, password = forms.email(form.get("email", "")), form.get("password", "")
    weak = weakness(password, form.get("account", ""), (email or "").partition("@")[0])
    problems = {
        name: sentence
        for name, sentence, is_wrong in (
            ("account", "bad_account", account is None),
            ("sum", "bad_sum", kopecks is None),
            ("email", "bad_email", email is None),
            ("password", weak or "", weak is not None),
            ("consent", "bad_consent", form.get("consent") != "yes"),
        )
        if is_wrong
    }
    if problems or account is None or kopecks is None or email is None:
        return draw(request, front, REGISTER, Said(problems=problems, typed=form, status=422))
    letter = await run_in_threadpool(
        people.register, front.store, account, kopecks, email, password, front.paid, caller(request, front)
    )
    return draw(request, front, LETTER_SENT, letter=letter)


async def confirm(request: Request, front: Front, form: Form) -> Response:
    """The cabinet opens when its e-mail is confirmed; by a button, for mail programs open links by themselves."""
    done = await run_in_threadpool(people.confirm, front.store, form.get("token", ""), caller(request, front))
    if not done:
        return draw(request, front, LINK_BAD, Said(status=410))
    return draw(request, front, SIGN_IN, Said(notice=speech(request)("confirmed")))


async def restore(request: Request, front: Front, form: Form) -> Response:
    """One answer whether there is such a person or not."""
    email = forms.email(form.get("email", ""))
    if email is None:
        said = Said(problems={"email": "bad_email"}, typed=form, status=422)
        return draw(request, front, RESTORE, said)
    letter = await run_in_threadpool(people.ask_restore, front.store, email, caller(request, front))
    return draw(request, front, LETTER_SENT, letter=letter)


async def set_password(request: Request, front: Front, form: Form) -> Response:
    """A new password by a link."""
    token, password = form.get("token", ""), form.get("password", "")
    weak = weakness(password)
    if weak:
        said = Said(problems={"password": weak}, hidden={"token": token}, status=422)
        return draw(request, front, SET_PASSWORD, said)
    letter = await run_in_threadpool(people.restore, front.store, token, password, caller(request, front))
    if letter is None:
        return draw(request, front, LINK_BAD, Said(status=410))
    return draw(request, front, SIGN_IN, Said(notice=speech(request)("password_saved")), letter)


async def change_password(request: Request, front: Front, form: Form) -> Response:
    """A new password for the old one; every session ends, this one too."""
    weak = weakness(form.get("password", ""))
    if weak:
        return draw(request, front, CHANGE_PASSWORD, Said(problems={"password": weak}, status=422))
    letter = await run_in_threadpool(
        people.change_password,
        front.store,
        request.state.visitor.person_id,
        form.get("old", ""),
        form.get("password", ""),
        caller(request, front),
    )
    if letter is None:
        return draw(request, front, CHANGE_PASSWORD, Said(problems={"old": "old_password_wrong"}, status=401))
    return draw(request, front, SIGN_IN, Said(notice=speech(request)("password_saved")), letter)


async def public_reading(request: Request, front: Front, form: Form) -> Response:
    """Take a reading of whatever account; the answer depends on nothing but the form itself."""
    account, serial = forms.account(form.get("account", "")), forms.serial(form.get("serial", ""))
    texts = [form.get(name, "").strip() for name in ("t1", "t2", "t3")]
    values = [forms.milli(text) if text or place == 0 else None for place, text in enumerate(texts)]
    problems = {"account": "bad_account"} if account is None else {}
    problems |= {"serial": "bad_serial"} if serial is None else {}
    for name, text, value in zip(("t1", "t2", "t3"), texts, values, strict=True):
        if value is None and (text or name == "t1" or (name == "t2" and texts[2])):
            problems[name] = "bad_value"
    if problems or account is None or serial is None:
        return draw(request, front, PUBLIC_READING, _again(form, problems))
    zones = {1: ("all",), 2: ("day", "night"), 3: ("peak", "half_peak", "night")}
    given = [value for value in values if value is not None]
    receipt = await run_in_threadpool(
        _keep_reading, front, request, account, serial, dict(zip(zones[len(given)], given, strict=True)), form
    )
    said = Said(notice=speech(request)("public_sent", receipt=receipt), hidden={"form_id": secrets.token_urlsafe(24)})
    return draw(request, front, PUBLIC_READING, said)


def _keep_reading(front: Front, request: Request, account: int, serial: str, values: dict[str, int], form: Form) -> str:
    who = caller(request, front)
    with Work(front.store) as work:
        is_allowed = limits.allowed(work, limits.PUBLIC_READINGS, who.now, limits.network(who.address))
        work.commit()
    if not is_allowed:
        raise TooManyAttemptsError
    # Another visitor may not learn a receipt by repeating a form's number: it counts together with all that was typed.
    form_id = submissions.form_id(form.get("form_id", ""), account, serial, values)
    return submissions.submit(front.store, "site", account, serial, values, form_id=form_id, now=who.now)


def _again(form: Form, problems: dict[str, str]) -> Said:
    hidden = {"form_id": form.get("form_id", "")[:64]}
    return Said(problems=problems, typed=form, hidden=hidden, status=422)


def routes(front: Front) -> list[Route]:
    """Every address of the front."""
    table: tuple[tuple[Page, Handle], ...] = (
        (SIGN_IN, sign_in),
        (REGISTER, register),
        (CONFIRM, confirm),
        (RESTORE, restore),
        (SET_PASSWORD, set_password),
        (CHANGE_PASSWORD, change_password),
        (PUBLIC_READING, public_reading),
    )
    return pages(front, table)


def pages(front: Front, table: Sequence[tuple[Page, Handle]]) -> list[Route]:
    """The addresses of pages that are a form each."""
    return [
        Route(page.path, functools.partial(_serve, front=front, page=page, handle=handle), methods=["GET", "POST"])
        for page, handle in table
    ]


async def _serve(request: Request, *, front: Front, page: Page, handle: Handle) -> Response:
    if request.method != "POST":
        hidden = {"token": request.query_params.get("token", "")} if page.path in BY_LINK else {}
        hidden |= {"form_id": secrets.token_urlsafe(24)} if page is PUBLIC_READING else {}
        return draw(request, front, page, Said(hidden=hidden))
    form = await typed(request, front)
    if form is None:
        return stale(request, front, page)
    try:
        return await handle(request, front, form)
    except TooManyAttemptsError:
        return limited(request, front, page)
