"""Businesses: registering for a contract, and the page of one's contracts and of the employees who see them."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.cabinet.access import represent
from dashboard.cabinet.access.holdings import CONTRACTS, LENDABLE
from dashboard.cabinet.access.people import knows_password
from dashboard.cabinet.access.secret import weakness
from dashboard.cabinet.front import desk, forms
from dashboard.cabinet.front.desk import Form, Line, Section
from dashboard.cabinet.front.handlers import EMAIL, LETTER_SENT, LINK_BAD, NEW, SIGN_IN, pages
from dashboard.cabinet.front.pages import Field, Front, Page, Said, caller, draw, go, speech
from dashboard.cabinet.representing import ForeignContractError, HeldContract, Representer
from dashboard.cabinet.texts import CabinetWords

PLACE = "/contracts"
CONTRACT = Field("contract", "contract_number", help="contract_number_help")
INN = Field("inn", "inn", help="inn_help", inputmode="numeric")
LAST_PAID = Field("sum", "last_payment", help="last_payment_help", inputmode="decimal")
OLD = Field("old", "old_password", "password", "current-password")
LONGEST = {"name": 120, "position": 120, "authority": 200}

REGISTER = Page(
    "/register-contract",
    "register_contract_title",
    "register",
    (
        CONTRACT,
        INN,
        Field("name", "representative_name", autocomplete="name"),
        Field("position", "representative_position", autocomplete="organization-title"),
        Field("authority", "representative_authority", help="authority_help"),
        EMAIL,
        Field("phone", "mobile", autocomplete="tel", inputmode="tel"),
        LAST_PAID,
        Field("consent", "consent", "checkbox"),
    ),
    ("register_contract_how",),
    {"/sign-in": "have_cabinet", "/register": "register_household"},
)
FIRST_PASSWORD = Page("/first-password", "first_password_title", "set_password", (NEW,))


async def register(request: Request, front: Front, form: dict[str, str]) -> Response:
    """One answer whatever the contract, the INN, the sum and the e-mail are: the letter says the rest."""
    contract, inn = forms.contract(form.get("contract", "")), forms.inn(form.get("inn", ""))
    kopecks, email = forms.kopecks(form.get("sum", "")), forms.email(form.get("email", ""))
    details = {name: forms.words(form.get(name, ""), longest) for name, longest in LONGEST.items()}
    details["phone"] = forms.mobile(form.get("phone", ""))
    read = {"contract": contract, "inn": inn, "sum": kopecks, "email": email, **details}
    problems = {name: f"bad_{name}" for name, value in read.items() if value is None}
    problems |= {} if form.get("consent") == "yes" else {"consent": "bad_consent"}
    if problems or contract is None or inn is None or kopecks is None or email is None:
        return draw(request, front, REGISTER, Said(problems=problems, typed=form, status=422))
    told = {name: value for name, value in details.items() if value is not None}
    proof = represent.Proof(contract, inn, kopecks)
    letter = await run_in_threadpool(
        represent.register, front.store, proof, email, told, front.contract_paid, caller(request, front)
    )
    return draw(request, front, LETTER_SENT, letter=letter)


async def first_password(request: Request, front: Front, form: dict[str, str]) -> Response:
    """The cabinet opens with the password chosen by the link."""
    token, password = form.get("token", ""), form.get("password", "")
    weak = weakness(password)
    if weak:
        said = Said(problems={"password": weak}, hidden={"token": token}, status=422)
        return draw(request, front, FIRST_PASSWORD, said)
    letters = await run_in_threadpool(represent.begin, front.store, token, password, caller(request, front))
    if letters is None:
        return draw(request, front, LINK_BAD, Said(status=410))
    return draw(request, front, SIGN_IN, Said(notice=speech(request)("first_password_saved")), letters=letters)


async def page(request: Request, front: Front, said: Said | None = None) -> Response:
    """The contracts, who else sees each, and a form to add another."""
    return await run_in_threadpool(_page, request, front, said or Said())


def _page(request: Request, front: Front, said: Said) -> Response:
    words, me = speech(request), _me(request, front)
    held = me.held()
    adding = Form(f"{PLACE}/add", "add_contract", (CONTRACT, INN, LAST_PAID))
    sections = [
        Section(
            words("your_contracts"),
            "contracts",
            [words("contracts_how")],
            [_line(words, me, one) for one in held],
            [adding],
        ),
        *(_employees(words, me, one) for one in held if "manage" in one.rights),
        *(_owners(words, me, one) for one in held if "owner" in one.rights),
    ]
    return desk.show(request, front, words("page_contracts"), sections, said)


def _line(words: CabinetWords, me: Representer, one: HeldContract) -> Line:
    number = one.contract_number
    note = " · ".join([words("contract_of", contract=number), words.rights(one.rights)])
    sure = "sure_leave" if me.leaves_somebody(number) else ""
    return desk.held(PLACE, "contract", number, one.alias, note, sure)


def _owners(words: CabinetWords, me: Representer, one: HeldContract) -> Section:
    number, owners = one.contract_number, me.owners(one.contract_number)
    employees = [(str(each.grant_id), each.email) for each in me.employees(number)]
    mine = next(place for place, each in enumerate(owners) if each.person_id == me.person_id)
    later = [(str(each.representative_id), each.email) for each in owners[mine + 1 :]]
    forms_of_owners = [
        Form(
            f"{PLACE}/{action}",
            button,
            (Field("grant", who, "choice", choices=choices), OLD),
            {"contract": number},
            at=f"{action}-{number}-",
        )
        for action, button, who, choices in (
            ("make-owner", "make_owner", "new_owner", employees),
            ("take-owner-off", "take_owner_off", "owner_to_take_off", later),
        )
        if choices
    ]
    lines = [Line(each.email, words.day(each.since.date())) for each in owners]
    title = words("owners_of", contract=one.alias or number)
    return Section(title, f"owners-{number}", [words("owners_how")], lines, forms_of_owners)


def _employees(words: CabinetWords, me: Representer, one: HeldContract) -> Section:
    number = one.contract_number
    lines = [
        Line(
            each.email,
            f"{words.rights(CONTRACTS.rights(each.access))} · {words.day(each.since.date())}",
            [
                Form(
                    f"{PLACE}/revoke",
                    "revoke",
                    (),
                    {"contract": number, "grant": str(each.grant_id)},
                    "small",
                    about=each.email,
                )
            ],
        )
        for each in me.employees(number)
    ]
    rights = LENDABLE if "owner" in one.rights else LENDABLE[:-1]
    inviting = Form(
        f"{PLACE}/invite",
        "invite",
        (
            Field("email", "employees_email", "email"),
            *(Field(right, f"may_{right}", "checkbox") for right in rights),
        ),
        {"contract": number},
        at=f"e{number}",
    )
    title = words("employees_of", contract=one.alias or number)
    return Section(title, f"employees-{number}", [words("employees_how")], lines, [inviting])


async def _add(request: Request, front: Front, form: dict[str, str]) -> Response:
    contract, inn = forms.contract(form.get("contract", "")), forms.inn(form.get("inn", ""))
    kopecks = forms.kopecks(form.get("sum", ""))
    if contract is None or inn is None or kopecks is None:
        wrong = {"contract": contract is None, "inn": inn is None, "sum": kopecks is None}
        problems = {name: f"bad_{name}" for name, is_wrong in wrong.items() if is_wrong}
        return await page(request, front, Said(problems=problems, typed=form, status=422))
    me = _me(request, front)
    proof = represent.Proof(contract, inn, kopecks)
    letters = await run_in_threadpool(
        represent.add, front.store, me.person_id, proof, me.known_as(), front.contract_paid, caller(request, front)
    )
    if letters is None:
        return await page(request, front, Said(problem=speech(request)("contract_refused"), typed=form, status=422))
    return go(front, f"{PLACE}?said=done_contract_added", letters=letters)


async def _name(request: Request, front: Front, form: dict[str, str]) -> Response:
    contract = form.get("contract", "")
    await run_in_threadpool(_me(request, front).name_contract, contract, desk.alias(form))
    return go(front, f"{PLACE}?said=done_named")


async def _remove(request: Request, front: Front, form: dict[str, str]) -> Response:
    contract, me = form.get("contract", ""), _me(request, front)
    if form.get("sure") != "yes" and await run_in_threadpool(me.leaves_somebody, contract):
        return await page(request, front, Said(problem=speech(request)("last_owner"), status=422))
    letters = await run_in_threadpool(me.remove_contract, contract)
    return go(front, f"{PLACE}?said=done_contract_removed", letters=letters)


async def _change_owner(request: Request, front: Front, form: dict[str, str], *, is_added: bool) -> Response:
    contract, me, grant = form.get("contract", ""), _me(request, front), desk.number(form.get("grant", ""))
    await run_in_threadpool(me.check, contract, "owner")
    if not await run_in_threadpool(
        knows_password, front.store, me.person_id, form.get("old", ""), caller(request, front)
    ):
        return await page(request, front, Said(problems={"old": "old_password_wrong"}, status=401))
    letters = await run_in_threadpool(me.make_owner if is_added else me.take_owner_off, contract, grant)
    if letters is None:
        raise ForeignContractError
    return go(front, f"{PLACE}?said={'done_owner_made' if is_added else 'done_owner_off'}", letters=letters)


async def _invite(request: Request, front: Front, form: dict[str, str]) -> Response:
    contract, email = form.get("contract", ""), forms.email(form.get("email", ""))
    if email is None:
        return await page(request, front, Said(problems={"email": "bad_email"}, typed=form, status=422))
    rights = [one for one in LENDABLE if form.get(one) == "yes"]
    letter = await run_in_threadpool(_me(request, front).invite, contract, email, rights, caller(request, front))
    return go(front, f"{PLACE}?said=done_invited", letters=[letter] if letter else ())


async def _revoke(request: Request, front: Front, form: dict[str, str]) -> Response:
    grant = desk.number(form.get("grant", ""))
    await run_in_threadpool(_me(request, front).revoke, form.get("contract", ""), grant)
    return go(front, f"{PLACE}?said=done_revoked")


def _me(request: Request, front: Front) -> Representer:
    return Representer(front.store, request.state.visitor.person_id, front.now())


def contract_routes(front: Front) -> list[Route]:
    """Every address of these pages."""
    handles: dict[str, desk.Handle] = {
        "add": _add,
        "name": _name,
        "remove": _remove,
        "invite": _invite,
        "revoke": _revoke,
        "make-owner": partial(_change_owner, is_added=True),
        "take-owner-off": partial(_change_owner, is_added=False),
    }
    return [
        *pages(front, ((REGISTER, register), (FIRST_PASSWORD, first_password))),
        Route(PLACE, partial(page, front=front), methods=["GET"]),
        *(desk.action(front, f"{PLACE}/{name}", handle, page) for name, handle in handles.items()),
    ]
