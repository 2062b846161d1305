"""Paying by card or СБП: the form, the way to the provider and back, and the provider's notices."""

import logging
import secrets
from functools import partial
from typing import cast

from sqlalchemy.orm import Session as Work
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.cabinet.access.log import note
from dashboard.cabinet.card import payments, signature
from dashboard.cabinet.card.provider import LARGEST_NOTICE, METHODS, BadNoticeError, Method, Order, ProviderError
from dashboard.cabinet.card.signature import ForgedError
from dashboard.cabinet.front import desk, forms
from dashboard.cabinet.front.desk import Form, Line, Section, owner
from dashboard.cabinet.front.guard import NOTICE
from dashboard.cabinet.front.pages import Field, Front, Said, speech

PLACE, BACK = "/pay", "/paid"


async def page(request: Request, front: Front, said: Said | None = None) -> Response:
    """Account, sum and way of paying; what the address names is filled in."""
    return await run_in_threadpool(_page, request, front, said or Said())


def _page(request: Request, front: Front, said: Said) -> Response:
    words, held = speech(request), owner(request, front).held()
    asked = request.query_params
    if front.provider is None or not held:
        return desk.show(request, front, words("pay"), [Section("", paragraphs=[words("no_card")])], said)
    accounts = [
        (str(one.account_number), " · ".join(filter(None, [one.alias, str(one.account_number)]))) for one in held
    ]
    form = Form(
        PLACE,
        "pay_go",
        (
            Field("account", "account_number", "choice", choices=accounts),
            Field("sum", "pay_sum", inputmode="decimal"),
            Field("method", "pay_method", "choice", choices=[(one, words(f"method_{one}")) for one in METHODS]),
        ),
        {"form_id": secrets.token_urlsafe(24)},
        values={name: asked.get(name, "") for name in ("account", "sum", "method")},
    )
    return desk.show(request, front, words("pay"), [Section("", paragraphs=[words("pay_about")], forms=[form])], said)


async def _pay(request: Request, front: Front, form: dict[str, str]) -> Response:
    words = speech(request)
    account, kopecks = forms.account(form.get("account", "")) or 0, forms.kopecks(form.get("sum", "")) or 0
    if not payments.LEAST <= kopecks <= payments.MOST or form.get("method") not in METHODS:
        return await page(request, front, Said(problems={"sum": "bad_pay_sum"}, typed=form, status=422))
    if front.provider is None:
        return desk.refused()
    method = cast("Method", form["method"])
    number = await run_in_threadpool(
        owner(request, front).begin_payment, account, kopecks, method, form.get("form_id", "")
    )
    url = front.settings.url
    order = Order(number, kopecks, method, account, f"{url}{BACK}?order={number}", f"{url}{NOTICE}")
    try:
        place = await run_in_threadpool(front.provider.checkout, order, front.now())
    except ProviderError:
        logging.getLogger(__name__).exception("the provider of payments does not take orders")
        return await page(request, front, Said(problem=words("provider_silent"), typed=form, status=503))
    return RedirectResponse(place, 303)


async def _back(request: Request, *, front: Front) -> Response:
    """Where the provider sends the payer back: what is known of the payment now."""
    words, visitor = speech(request), request.state.visitor
    asked = request.query_params.get("order", "")[:64]
    paid = await run_in_threadpool(payments.of_person, front.store, visitor.person_id, asked)
    if paid is None:
        return desk.refused()
    line = Line(words.rubles(paid.kopecks), words(f"card_{paid.status}"))
    links = [(f"{BACK}?order={paid.order}", words("look_again"))] if paid.status == "waiting" else []
    links.append((f"/payments?account={paid.account_number}", words("page_payments")))
    about = f"{words('account_number')} {paid.account_number}"
    return desk.show(
        request, front, words("your_payment"), [Section("", paragraphs=[about], lines=[line], links=links)]
    )


async def _notice(request: Request, *, front: Front) -> Response:
    """Take a notice of the provider. It asks again until it hears 200; what was taken already is 200 too."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_NOTICE:
            return PlainTextResponse("Too large", 413)
    if front.provider is None:
        return desk.refused()
    address, now = request.client.host if request.client else "", front.now()
    try:
        said = front.provider.notice(request.headers.get(signature.HEADER, ""), body, now)
    except ForgedError as error:
        await run_in_threadpool(_refuse, front, address, str(error))
        return PlainTextResponse("Not signed", 403)
    except BadNoticeError as error:
        await run_in_threadpool(_refuse, front, address, str(error))
        return PlainTextResponse("Not understood", 400)
    outcome = await run_in_threadpool(payments.take, front.store, said, address, now)
    return PlainTextResponse(outcome, 404 if outcome == "unknown_order" else 200)


def _refuse(front: Front, address: str, why: str) -> None:
    with Work(front.store) as work:
        note(work, "notice_refused", front.now(), address=address, detail=why)
        work.commit()


def pay_routes(front: Front) -> list[Route]:
    """Every address of paying."""
    return [
        Route(PLACE, partial(page, front=front), methods=["GET"]),
        desk.action(front, PLACE, _pay, page),
        Route(BACK, partial(_back, front=front), methods=["GET"]),
        Route(NOTICE, partial(_notice, front=front), methods=["POST"]),
    ]
