"""Appeals: what may be asked, the form of each kind, the conversation, files; documents that are ready at once."""

import hashlib
import secrets
from collections.abc import Mapping
from functools import partial

import polars as pl
from sqlalchemy.orm import Session as Work
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.cabinet import appeals
from dashboard.cabinet.access import limits
from dashboard.cabinet.access.log import note
from dashboard.cabinet.access.people import TooManyAttemptsError, count
from dashboard.cabinet.appeals import LONGEST_BODY, Asked, ClosedError, Customer, Followed
from dashboard.cabinet.appeals import Said as SaidThen
from dashboard.cabinet.front import appeal_fields, desk, forms
from dashboard.cabinet.front.desk import Form, Line, Section, own
from dashboard.cabinet.front.pages import Field, Front, Said, caller, go, speech
from dashboard.cabinet.front.uploading import Sent, sent
from dashboard.cabinet.own import Own
from dashboard.cabinet.owning import ForeignAccountError
from dashboard.cabinet.texts import CabinetWords
from dashboard.store import SnapshotError

PLACE = "/appeals"
_PLACES: Mapping[Customer, str] = {"household": f"{PLACE}/new", "business": f"{PLACE}/new-business"}
_FILES = Field("files", "files", "files", help="files_help")


async def _list(request: Request, *, front: Front) -> Response:
    return await run_in_threadpool(_listed, request, front, Said())


def _listed(request: Request, front: Front, said: Said) -> Response:
    words, me = speech(request), desk.owner(request, front)
    contracts = desk.contracts(request, front)
    mine = appeals.of_person(front.store, me.person_id, contracts)
    lines = [Line(words(f"appeal_kind_{one.kind}"), _told(one, words), href=f"{PLACE}/{one.number}") for one in mine]
    owned = [one for one in me.held() if one.access == "owner"]
    sections = [Section(words("your_appeals"), paragraphs=[] if lines else [words("no_appeals")], lines=lines)]
    if contracts:
        sections.append(_offered(request, front, "business"))
    if owned:
        ready = [
            Line(
                words("certificate"), str(one.account_number), href=f"{PLACE}/certificate?account={one.account_number}"
            )
            for one in owned
        ]
        sections += [
            Section(words("ready_documents"), "ready", [words("certificate_how")], ready),
            _offered(request, front, "household"),
        ]
    return desk.show(request, front, words("page_appeals"), sections, said)


def _offered(request: Request, front: Front, customer: Customer) -> Section:
    """What such a customer may ask."""
    words, place = speech(request), _PLACES[customer]
    choices = [
        Line(
            words(f"appeal_kind_{row['kind']}"),
            words("answered_within", days=_within(row, words)),
            href=f"{place}?kind={row['kind']}",
        )
        for row in _kinds(own(request, front), customer).iter_rows(named=True)
    ]
    title = words("new_appeal" if customer == "household" else "new_appeal_business")
    return Section(title, customer, [] if choices else [words("not_published")], choices)


def _within(row: dict[str, object], words: CabinetWords) -> str:
    days = int(str(row["answer_within"]))
    return words.counted(days, "working_days" if row["day_kind"] == "working" else "days")


def _told(one: Followed, words: CabinetWords) -> str:
    told = [f"№ {one.number}", words(f"appeal_status_{one.status}"), _subject(one, words)]
    told.append(
        words("answered_on", day=words.day(one.closed_at.date()))
        if one.closed_at
        else words("answer_by", day=words.day(one.due_on))
    )
    return " · ".join(told)


def _subject(one: Followed, words: CabinetWords) -> str:
    return f"{words('account_number' if isinstance(one.about, int) else 'contract_number')} {one.about}"


def _kinds(mine: Own | None, customer: Customer) -> pl.DataFrame:
    """The kinds offered; none while nothing is published, or by a snapshot older than appeals."""
    empty = pl.DataFrame({"kind": []}, schema={"kind": pl.String})
    try:
        return empty if mine is None else mine.appeal_kinds(customer)
    except SnapshotError:
        return empty


async def _new(request: Request, *, front: Front, customer: Customer) -> Response:
    if request.method != "POST":
        return await run_in_threadpool(_form, request, front, customer, Said())
    form = await sent(request, front)
    if form is None:
        said = Said(problem=speech(request)("form_stale"), status=403)
        return await run_in_threadpool(_form, request, front, customer, said)
    try:
        return await run_in_threadpool(_open, request, front, customer, form)
    except TooManyAttemptsError:
        return await run_in_threadpool(_listed, request, front, Said(problem=speech(request)("limited"), status=429))
    except ForeignAccountError as error:
        problem = speech(request)(error.sentence)
        return await run_in_threadpool(_listed, request, front, Said(problem=problem, status=403))


def _kind(request: Request, front: Front, customer: Customer) -> dict[str, object] | None:
    row = _kinds(own(request, front), customer).filter(pl.col("kind") == request.query_params.get("kind", ""))
    return row.row(0, named=True) if row.height else None


def _subjects(request: Request, front: Front, customer: Customer) -> Field:
    """What the appeal may be about."""
    if customer == "business":
        contracts = [(number, number) for number in desk.contracts(request, front)]
        return Field("contract", "contract_number", "choice", choices=contracts)
    held = [one for one in desk.owner(request, front).held() if one.access == "owner"]
    accounts = [
        (str(one.account_number), " · ".join(filter(None, [one.alias, str(one.account_number)]))) for one in held
    ]
    return Field("account", "account_number", "choice", choices=accounts)


def _form(request: Request, front: Front, customer: Customer, said: Said) -> Response:
    words, row = speech(request), _kind(request, front, customer)
    if row is None:
        return desk.refused()
    fields = [appeal_fields.asked(name, words) for name in str(row["fields"]).split()]
    files = Field("files", "files_needed", "files", help="files_help") if row["needs_file"] else _FILES
    form = Form(
        f"{_PLACES[customer]}?kind={row['kind']}",
        "send_appeal",
        (
            _subjects(request, front, customer),
            *fields,
            Field("body", "appeal_body", "long"),
            files,
        ),
        {"form_id": secrets.token_urlsafe(24)},
        is_upload=True,
    )
    about = words("answer_by_then", day=words.day(row["due_on"]), days=_within(row, words))  # type: ignore[arg-type]
    return desk.show(
        request, front, words(f"appeal_kind_{row['kind']}"), [Section("", paragraphs=[about], forms=[form])], said
    )


def _open(request: Request, front: Front, customer: Customer, form: Sent) -> Response:
    _counted(request, front)
    row = _kind(request, front, customer)
    if row is None:
        return desk.refused()
    wanted = str(row["fields"]).split()
    read = {name: appeal_fields.READ[name](form.fields.get(name, "")) for name in wanted}
    problems = {name: "bad_need" for name, value in read.items() if value is None}
    body = _body(form)
    problems |= {} if body else {"body": "bad_body"}
    if form.problem:
        problems["files"] = form.problem
        _refused_file(request, front, form.problem)
    elif row["needs_file"] and not form.files:
        problems["files"] = "file_needed"
    if problems:
        return _form(request, front, customer, Said(problems=problems, typed=form.fields, status=422))
    me = desk.owner(request, front)
    account, contract = forms.account(form.fields.get("account", "")) or 0, form.fields.get("contract", "")
    fields = {name: value for name, value in read.items() if value is not None}
    form_id = hashlib.sha256(f"{me.person_id} {form.fields.get('form_id', '')}".encode()).hexdigest()
    about = account if customer == "household" else contract
    asked = Asked(about, str(row["kind"]), fields, body, form.files, row["due_on"], form_id)  # type: ignore[arg-type]
    number = desk.open_appeal(request, front, asked)
    return go(front, f"{PLACE}/{number}?said=done_appeal")


def _body(form: Sent) -> str:
    """What was written, without signs that cannot be seen; lines stay lines."""
    plain = form.fields.get("body", "").replace("\r\n", "\n")
    return "".join(sign for sign in plain if sign == "\n" or sign.isprintable()).strip()[:LONGEST_BODY]


def _counted(request: Request, front: Front) -> None:
    count(front.store, caller(request, front), (limits.APPEALS, ()))


def _refused_file(request: Request, front: Front, why: str) -> None:
    who = caller(request, front)
    with Work(front.store) as work:
        person_id = request.state.visitor.person_id
        note(work, "file_refused", who.now, address=who.address, person_id=person_id, detail=why)
        work.commit()


async def _one(request: Request, *, front: Front) -> Response:
    if request.method != "POST":
        return await run_in_threadpool(_talk, request, front, Said())
    form = await sent(request, front)
    if form is None:
        return await run_in_threadpool(_talk, request, front, Said(problem=speech(request)("form_stale"), status=403))
    try:
        return await run_in_threadpool(_say, request, front, form)
    except TooManyAttemptsError:
        return await run_in_threadpool(_talk, request, front, Said(problem=speech(request)("limited"), status=429))
    except ClosedError:
        return await run_in_threadpool(
            _talk, request, front, Said(problem=speech(request)("appeal_closed"), status=409)
        )


def _talk(request: Request, front: Front, said: Said) -> Response:
    words, me = speech(request), desk.owner(request, front)
    one = appeals.read(front.store, request.path_params["number"], me.person_id, desk.contracts(request, front))
    if one is None:
        return desk.refused()
    about = [
        _told(one, words),
        *(f"{words(f'need_{name}')}: {appeal_fields.shown(name, value, words)}" for name, value in one.fields.items()),
    ]
    lines = [
        Line(
            (said_then.operator and words("retailer")) or words("you"),
            _when(said_then, words),
            text=said_then.body,
            files=[(f"{PLACE}/file/{file.key}", file.label or file.name) for file in said_then.files],
        )
        for said_then in one.said
    ]
    talking = Form(f"{PLACE}/{one.number}", "say", (Field("body", "your_message", "long"), _FILES), is_upload=True)
    closed = [words("appeal_closed")] if one.is_closed else []
    sections = [
        Section("", paragraphs=about),
        Section(words("conversation"), lines=lines, paragraphs=closed, forms=[] if closed else [talking]),
    ]
    return desk.show(request, front, words(f"appeal_kind_{one.kind}"), sections, said)


def _when(said: SaidThen, words: CabinetWords) -> str:
    """When it was said, and what the appeal became with it: the way it goes can be read from top to bottom."""
    became = [words(f"appeal_status_{said.status}")] if said.status else []
    return " · ".join([words.instant(said.at), *became])


def _say(request: Request, front: Front, form: Sent) -> Response:
    _counted(request, front)
    body, problems = _body(form), {}
    if form.problem:
        problems["files"] = form.problem
        _refused_file(request, front, form.problem)
    elif not body and not form.files:
        problems["body"] = "bad_body"
    if problems:
        return _talk(request, front, Said(problems=problems, typed=form.fields, status=422))
    number, me = request.path_params["number"], desk.owner(request, front)
    contracts = desk.contracts(request, front)
    done = appeals.say(front.store, number, body, form.files, front.now(), person_id=me.person_id, contracts=contracts)
    return go(front, f"{PLACE}/{number}?said=done_message") if done else desk.refused()


async def _file(request: Request, *, front: Front) -> Response:
    """A file of one's own appeal, always to be kept and never to be shown by the browser."""
    found = await run_in_threadpool(_found, request, front)
    if found is None:
        return desk.refused()
    name, media_type, content = found
    return _document(name, media_type, content)


def _found(request: Request, front: Front) -> tuple[str, str, bytes] | None:
    contracts = desk.contracts(request, front)
    return appeals.file(front.store, request.path_params["key"], request.state.visitor.person_id, contracts)


def _document(name: str, media_type: str, content: bytes) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def _certificate(request: Request, *, front: Front) -> Response:
    """That nothing is owed, at once; where something is, what."""
    words, mine = speech(request), own(request, front)
    account = forms.account(request.query_params.get("account", "")) or 0
    if mine is None:
        return await run_in_threadpool(_listed, request, front, Said(problem=words("not_published"), status=503))
    try:
        pdf = await run_in_threadpool(mine.certificate, account)
    except ForeignAccountError:
        return await run_in_threadpool(_listed, request, front, Said(problem=words("foreign"), status=403))
    if pdf is None:
        return await run_in_threadpool(_listed, request, front, Said(problem=words("certificate_debt"), status=409))
    return _document(f"spravka-{account}-{mine.today:%Y-%m-%d}.pdf", "application/pdf", pdf)


def appeal_routes(front: Front) -> list[Route]:
    """Every address of appeals."""
    return [
        Route(PLACE, partial(_list, front=front), methods=["GET"]),
        *(
            Route(place, partial(_new, front=front, customer=customer), methods=["GET", "POST"])
            for customer, place in _PLACES.items()
        ),
        Route(f"{PLACE}/certificate", partial(_certificate, front=front), methods=["GET"]),
        Route(f"{PLACE}/file/{{key}}", partial(_file, front=front), methods=["GET"]),
        Route(f"{PLACE}/{{number}}", partial(_one, front=front), methods=["GET", "POST"]),
    ]
