"""Pages that letters lead to when an e-mail is lost or changed, and the page of an invitation."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.cabinet.access import contacts, relations
from dashboard.cabinet.access import receipt_address as addresses
from dashboard.cabinet.access.holdings import CONTRACTS
from dashboard.cabinet.access.people import TooManyAttemptsError
from dashboard.cabinet.access.secret import hash_password, weakness
from dashboard.cabinet.front import forms
from dashboard.cabinet.front.contract_pages import CONTRACT, INN, LAST_PAID
from dashboard.cabinet.front.handlers import (
    ACCOUNT,
    LETTER_SENT,
    LINK_BAD,
    NEW,
    SIGN_IN,
    Form,
    pages,
)
from dashboard.cabinet.front.pages import Field, Front, Page, Said, caller, draw, limited, speech, stale, typed
from dashboard.cabinet.texts import CabinetWords

LOST = Page(
    "/restore-lost",
    "lost_title",
    "lost_ask",
    (
        ACCOUNT,
        Field("sum", "any_payment", help="last_payment_help", inputmode="decimal"),
        Field("email", "new_email", "email", "email"),
    ),
    ("lost_how", "restore_lost"),
    {"/restore": "restore_title", "/restore-lost-contract": "lost_contract_title", "/sign-in": "sign_in"},
)
LOST_CONTRACT = Page(
    "/restore-lost-contract",
    "lost_contract_title",
    "lost_ask",
    (CONTRACT, INN, LAST_PAID, Field("email", "new_email", "email", "email")),
    ("lost_contract_how", "lost_contract_desk"),
    {"/restore": "restore_title", "/sign-in": "sign_in"},
)
REGAIN = Page("/regain", "set_password_title", "set_password", (NEW,))
NEW_EMAIL = Page("/new-email", "new_email_title", "confirm")
UNDO = Page("/undo", "undo_title", "undo", (), ("undo_how",))
RECEIPT_ADDRESS = Page("/receipt-address", "receipt_address_title", "confirm", (), ("receipt_address_how",))
INVITATION = Page("/invitation", "invitation_title", "accept")
NEW_CABINET = (NEW, Field("consent", "consent", "checkbox"))


async def lost(request: Request, front: Front, form: Form) -> Response:
    """One answer whatever the account, the sum and the e-mail are."""
    account, kopecks = forms.account(form.get("account", "")), forms.kopecks(form.get("sum", ""))
    email = forms.email(form.get("email", ""))
    wrong = {"account": account is None, "sum": kopecks is None, "email": email is None}
    problems = {name: f"bad_{name}" for name, is_wrong in wrong.items() if is_wrong}
    if account is None or kopecks is None or email is None:
        return draw(request, front, LOST, Said(problems=problems, typed=form, status=422))
    is_payer = partial(front.paid_lately, account, kopecks)
    letters = await run_in_threadpool(contacts.ask_lost, front.store, account, is_payer, email, caller(request, front))
    return draw(request, front, LETTER_SENT, letters=letters)


async def lost_contract(request: Request, front: Front, form: Form) -> Response:
    """One answer whatever the contract, the INN, the sum and the e-mail are."""
    contract, inn = forms.contract(form.get("contract", "")), forms.inn(form.get("inn", ""))
    kopecks, email = forms.kopecks(form.get("sum", "")), forms.email(form.get("email", ""))
    read = {"contract": contract, "inn": inn, "sum": kopecks, "email": email}
    problems = {name: f"bad_{name}" for name, value in read.items() if value is None}
    if contract is None or inn is None or kopecks is None or email is None:
        return draw(request, front, LOST_CONTRACT, Said(problems=problems, typed=form, status=422))
    is_payer = partial(front.contract_paid, contract, inn, kopecks)
    letters = await run_in_threadpool(contacts.ask_lost, front.store, contract, is_payer, email, caller(request, front))
    return draw(request, front, LETTER_SENT, letters=letters)


async def regain(request: Request, front: Front, form: Form) -> Response:
    """A new password and the new e-mail, by a link."""
    token, password = form.get("token", ""), form.get("password", "")
    weak = weakness(password)
    if weak:
        said = Said(problems={"password": weak}, hidden={"token": token}, status=422)
        return draw(request, front, REGAIN, said)
    letters = await run_in_threadpool(contacts.regain, front.store, token, password, caller(request, front))
    return _signed_out(request, front, "password_saved", letters)


async def new_email(request: Request, front: Front, form: Form) -> Response:
    """The e-mail changes by the link sent to the new one; by a button, for mail programs open links by themselves."""
    letters = await run_in_threadpool(
        contacts.confirm_email, front.store, form.get("token", ""), caller(request, front)
    )
    return _signed_out(request, front, "email_changed", letters)


async def undo(request: Request, front: Front, form: Form) -> Response:
    """The former e-mail is put back."""
    letters = await run_in_threadpool(contacts.undo, front.store, form.get("token", ""), caller(request, front))
    return _signed_out(request, front, "undone", letters)


async def receipt_address(request: Request, front: Front, form: Form) -> Response:
    """Receipts go to the address whose link this is; whoever reads it need have no cabinet."""
    email = await run_in_threadpool(addresses.confirm, front.store, form.get("token", ""), caller(request, front))
    if email is None:
        return draw(request, front, LINK_BAD, Said(status=410))
    done = Page(RECEIPT_ADDRESS.path, RECEIPT_ADDRESS.title, links={"/sign-in": "sign_in"})
    return draw(request, front, done, Said(notice=speech(request)("receipt_address_done", email=email)))


def _signed_out(request: Request, front: Front, notice: str, letters: contacts.Letters | None) -> Response:
    if letters is None:
        return draw(request, front, LINK_BAD, Said(status=410))
    return draw(request, front, SIGN_IN, Said(notice=speech(request)(notice)), letters=letters)


async def _invitation(request: Request, *, front: Front) -> Response:
    """What is offered, and a button; a password only from who has no cabinet yet."""
    if request.method != "POST":
        return await _offered(request, front, request.query_params.get("token", ""))
    form = await typed(request, front)
    if form is None:
        return stale(request, front, INVITATION)
    try:
        return await _accept(request, front, form)
    except TooManyAttemptsError:
        return limited(request, front, INVITATION)


async def _offered(request: Request, front: Front, token: str, problems: dict[str, str] | None = None) -> Response:
    offer = await run_in_threadpool(relations.invited, front.store, token, front.now())
    if offer is None:
        return draw(request, front, LINK_BAD, Said(status=410))
    words = speech(request)
    about = [_about(words, offer)]
    about += [] if offer.has_cabinet else [words("invitation_new", email=offer.email)]
    page = Page(INVITATION.path, INVITATION.title, INVITATION.button, () if offer.has_cabinet else NEW_CABINET)
    said = Said(problems=problems or {}, hidden={"token": token}, status=422 if problems else 200, paragraphs=about)
    return draw(request, front, page, said)


def _about(words: CabinetWords, offer: relations.Invited) -> str:
    if offer.of is CONTRACTS:
        return words("invitation_contract", contract=offer.number, access=words.rights(offer.of.rights(offer.access)))
    return words("invitation_about", account=offer.number, access=words(f"access_{offer.access}"))


async def _accept(request: Request, front: Front, form: Form) -> Response:
    token, password = form.get("token", ""), form.get("password", "")
    offer = await run_in_threadpool(relations.invited, front.store, token, front.now())
    if offer is None:
        return draw(request, front, LINK_BAD, Said(status=410))
    kept = None
    if not offer.has_cabinet:
        weak = weakness(password, str(offer.number), offer.email.partition("@")[0])
        problems = {"password": weak} if weak else {}
        problems |= {} if form.get("consent") == "yes" else {"consent": "bad_consent"}
        if problems:
            return await _offered(request, front, token, problems)
        kept = await run_in_threadpool(hash_password, password)
    done = await run_in_threadpool(relations.accept, front.store, offer.of, token, kept, caller(request, front))
    if not done:
        return draw(request, front, LINK_BAD, Said(status=410))
    return draw(request, front, SIGN_IN, Said(notice=speech(request)(f"accepted_{offer.of.invitation}")))


def mailbox_routes(front: Front) -> list[Route]:
    """Every address of these pages."""
    forms_of_one = (
        (LOST, lost),
        (LOST_CONTRACT, lost_contract),
        (REGAIN, regain),
        (NEW_EMAIL, new_email),
        (UNDO, undo),
        (RECEIPT_ADDRESS, receipt_address),
    )
    invitation = Route(INVITATION.path, partial(_invitation, front=front), methods=["GET", "POST"])
    return [*pages(front, forms_of_one), invitation]
