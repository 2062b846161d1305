"""Businesses: registering for a contract, and the page of one's contracts and of the employees who see them."""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.cabinet.access import represent
from dashboard.cabinet.access.holdings import CONTRACTS, LENDABLE
from dashboard.cabinet.access.secret import weakness
from dashboard.cabinet.front import desk, forms
from dashboard.cabinet.front.desk import Form, Line, Section
from dashboard.cabinet.front.handlers import EMAIL, LETTER_SENT, LINK_BAD, NEW, SIGN_IN, pages
from dashboard.cabinet.front.pages import Field, Front, Page, Said, caller, draw, go, speech
from dashboard.cabinet.representing import HeldContract, Representer
from dashboard.cabinet.texts import CabinetWords

PLACE = "/contracts"
CONTRACT = Field("contract", "contract_number", help="contract_number_help")
INN = Field("inn", "inn", help="inn_help", inputmode="numeric")
LAST_PAID = Field("sum", "last_payment", help="last_payment_help", inputmode="decimal")
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
            [_line(words, one) for one in held],
            [adding],
        ),
        *(_employees(words, me, one) for one in held if "manage" in one.rights),
    ]
    return desk.show(request, front, words("page_contracts"), sections, said)


def _line(words: CabinetWords, one: HeldContract) -> Line:
    number = one.contract_number
    note = " · ".join([words("contract_of", contract=number), words.rights(one.rights)])
    return desk.held(PLACE, "contract", number, one.alias, note)


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
    await run_in_threadpool(_me(request, front).remove_contract, form.get("contract", ""))
    return go(front, f"{PLACE}?said=done_contract_removed")


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
    }
    return [
        *pages(front, ((REGISTER, register), (FIRST_PASSWORD, first_password))),
        Route(PLACE, partial(page, front=front), methods=["GET"]),
        *(desk.action(front, f"{PLACE}/{name}", handle, page) for name, handle in handles.items()),
    ]
