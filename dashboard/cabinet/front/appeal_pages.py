"""Appeals: what may be asked, the form of each kind, the conversation, files; documents that are ready at once."""

import hashlib
import secrets
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
from dashboard.cabinet.appeals import LONGEST_BODY, Asked, ClosedError, Followed
from dashboard.cabinet.front import appeal_fields, desk, forms
from dashboard.cabinet.front.desk import Form, Line, Section, own
from dashboard.cabinet.front.pages import Field, Front, Said, caller, go, speech
from dashboard.cabinet.front.uploading import Sent, sent
from dashboard.cabinet.own import Own
from dashboard.cabinet.owning import ForeignAccountError
from dashboard.cabinet.texts import CabinetWords
from dashboard.store import SnapshotError

PLACE = "/appeals"
_FILES = Field("files", "files", "files", help="files_help")


async def _list(request: Request, *, front: Front) -> Response:
    return await run_in_threadpool(_listed, request, front, Said())


def _listed(request: Request, front: Front, said: Said) -> Response:
    words, me = speech(request), desk.owner(request, front)
    mine = appeals.of_person(front.store, me.person_id)
    lines = [Line(words(f"appeal_kind_{one.kind}"), _told(one, words), href=f"{PLACE}/{one.number}") for one in mine]
    owned = [one for one in me.held() if one.access == "owner"]
    sections = [Section(words("your_appeals"), paragraphs=[] if lines else [words("no_appeals")], lines=lines)]
    if owned:
        kinds = _kinds(own(request, front))
        choices = [
            Line(
                words(f"appeal_kind_{row['kind']}"),
                words("answered_within", days=_within(row, words)),
                href=f"{PLACE}/new?kind={row['kind']}",
            )
            for row in kinds.iter_rows(named=True)
        ]
        ready = [
            Line(
                words("certificate"), str(one.account_number), href=f"{PLACE}/certificate?account={one.account_number}"
            )
            for one in owned
        ]
        sections += [
            Section(words("ready_documents"), "ready", [words("certificate_how")], ready),
            Section(words("new_appeal"), "new", [] if choices else [words("not_published")], choices),
        ]
    return desk.show(request, front, words("page_appeals"), sections, said)


def _within(row: dict[str, object], words: CabinetWords) -> str:
    days = int(str(row["answer_within"]))
    return words.counted(days, "working_days" if row["day_kind"] == "working" else "days")


def _told(one: Followed, words: CabinetWords) -> str:
    told = [f"№ {one.number}", words(f"appeal_status_{one.status}")]
    told.append(
        words("answered_on", day=words.day(one.closed_at.date()))
        if one.closed_at
        else words("answer_by", day=words.day(one.due_on))
    )
    return " · ".join(told)


def _kinds(mine: Own | None) -> pl.DataFrame:
    """The kinds offered; none while nothing is published, or by a snapshot older than appeals."""
    empty = pl.DataFrame({"kind": []}, schema={"kind": pl.String})
    try:
        return empty if mine is None else mine.appeal_kinds()
    except SnapshotError:
        return empty


async def _new(request: Request, *, front: Front) -> Response:
    if request.method != "POST":
        return await run_in_threadpool(_form, request, front, request.query_params.get("kind", ""), Said())
    form = await sent(request, front)
    if form is None:
        said = Said(problem=speech(request)("form_stale"), status=403)
        return await run_in_threadpool(_form, request, front, request.query_params.get("kind", ""), said)
    try:
        return await run_in_threadpool(_open, request, front, form)
    except TooManyAttemptsError:
        return await run_in_threadpool(_listed, request, front, Said(problem=speech(request)("limited"), status=429))
    except ForeignAccountError:
        return await run_in_threadpool(_listed, request, front, Said(problem=speech(request)("foreign"), status=403))


def _kind(request: Request, front: Front, kind: str) -> dict[str, object] | None:
    row = _kinds(own(request, front)).filter(pl.col("kind") == kind)
    return row.row(0, named=True) if row.height else None


def _form(request: Request, front: Front, kind: str, said: Said) -> Response:
    words, row = speech(request), _kind(request, front, kind)
    if row is None:
        return desk.refused()
    held = [one for one in desk.owner(request, front).held() if one.access == "owner"]
    accounts = [
        (str(one.account_number), " · ".join(filter(None, [one.alias, str(one.account_number)]))) for one in held
    ]
    fields = [appeal_fields.asked(name) for name in str(row["fields"]).split()]
    files = Field("files", "files_needed", "files", help="files_help") if row["needs_file"] else _FILES
    form = Form(
        f"{PLACE}/new?kind={kind}",
        "send_appeal",
        (
            Field("account", "account_number", "choice", choices=accounts),
            *fields,
            Field("body", "appeal_body", "long"),
            files,
        ),
        {"form_id": secrets.token_urlsafe(24)},
        is_upload=True,
    )
    about = words("answer_by_then", day=words.day(row["due_on"]), days=_within(row, words))  # type: ignore[arg-type]
    return desk.show(
        request, front, words(f"appeal_kind_{kind}"), [Section("", paragraphs=[about], forms=[form])], said
    )


def _open(request: Request, front: Front, form: Sent) -> Response:
    _counted(request, front)
    kind = request.query_params.get("kind", "")
    row = _kind(request, front, kind)
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
        return _form(request, front, kind, Said(problems=problems, typed=form.fields, status=422))
    me = desk.owner(request, front)
    account = forms.account(form.fields.get("account", "")) or 0
    fields = {name: value for name, value in read.items() if value is not None}
    form_id = hashlib.sha256(f"{me.person_id} {form.fields.get('form_id', '')}".encode()).hexdigest()
    asked = Asked(account, kind, fields, body, form.files, row["due_on"], form_id)  # type: ignore[arg-type]
    number = me.open_appeal(account, asked)
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
    one = appeals.read(front.store, request.path_params["number"], me.person_id)
    if one is None:
        return desk.refused()
    about = [
        f"№ {one.number} · {words('account_number')} {one.account_number}",
        " · ".join(_told(one, words).split(" · ")[1:]),
        *(f"{words(f'need_{name}')}: {_written(name, value, words)}" for name, value in one.fields.items()),
    ]
    lines = [
        Line(
            (said_then.operator and words("retailer")) or words("you"),
            words.instant(said_then.at),
            text=said_then.body,
            files=[(f"{PLACE}/file/{file.key}", file.label or file.name) for file in said_then.files],
        )
        for said_then in one.said
    ]
    talking = Form(f"{PLACE}/{one.number}", "say", (Field("body", "your_message", "long"), _FILES), is_upload=True)
    closed = [words("appeal_closed")] if one.status == "closed" else []
    sections = [
        Section("", paragraphs=about),
        Section(words("conversation"), lines=lines, paragraphs=closed, forms=[] if closed else [talking]),
    ]
    return desk.show(request, front, words(f"appeal_kind_{one.kind}"), sections, said)


def _written(name: str, value: str, words: CabinetWords) -> str:
    day = appeal_fields.as_day(name, value)
    return words.day(day) if day else value


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
    done = appeals.say(front.store, number, body, form.files, front.now(), person_id=me.person_id)
    return go(front, f"{PLACE}/{number}?said=done_message") if done else desk.refused()


async def _file(request: Request, *, front: Front) -> Response:
    """A file of one's own appeal, always to be kept and never to be shown by the browser."""
    person_id = request.state.visitor.person_id
    found = await run_in_threadpool(appeals.file, front.store, request.path_params["key"], person_id)
    if found is None:
        return desk.refused()
    name, media_type, content = found
    return _document(name, media_type, content)


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
        Route(f"{PLACE}/new", partial(_new, front=front), methods=["GET", "POST"]),
        Route(f"{PLACE}/certificate", partial(_certificate, front=front), methods=["GET"]),
        Route(f"{PLACE}/file/{{key}}", partial(_file, front=front), methods=["GET"]),
        Route(f"{PLACE}/{{number}}", partial(_one, front=front), methods=["GET", "POST"]),
    ]
