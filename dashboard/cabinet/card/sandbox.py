"""A provider that takes no money, for development and tests (`make sandbox`).

Its pay page has a button for each way a real one may behave: well, refusing, late, twice, with another sum, forged.
"""

import datetime as dt
import json
import os
import secrets
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.cabinet.card import signature
from dashboard.cabinet.settings import SHORTEST_KEY

LATE_SECONDS = 20
BEHAVIOURS = {
    "well": "Оплатить",
    "refuse": "Отказать",
    "late": f"Оплатить, уведомить через {LATE_SECONDS} с",
    "twice": "Оплатить, уведомить дважды",
    "wrong_sum": "Оплатить на рубль меньше",
    "forged": "Не платить, прислать поддельное уведомление",
    "silent": "Оплатить и не уведомить",
}

Send = Callable[[str, bytes, str], int]
"""Sends a notice: address, body, signature; the status of the answer."""


def send(address: str, body: bytes, signed: str) -> int:
    """Send a notice over HTTP; 0 when nobody answers."""
    headers = {"Content-Type": "application/json", signature.HEADER: signed}
    asked = urllib.request.Request(address, body, headers)  # noqa: S310 - the address came signed
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@dataclass
class Sandbox:
    """The provider's side: orders it took, and what its notices were answered."""

    url: str
    key: str
    send: Send = send
    late_seconds: float = LATE_SECONDS
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)

    def application(self) -> Starlette:
        """The provider as an ASGI application."""
        return Starlette(
            routes=[
                Route("/orders", self._order, methods=["POST"]),
                Route("/pay/{order}", self._page),
                Route("/pay/{order}", self._pay, methods=["POST"]),
            ]
        )

    async def _order(self, request: Request) -> Response:
        body = await request.body()
        try:
            signature.check(self.key, request.headers.get(signature.HEADER, ""), body, dt.datetime.now(dt.UTC))
        except signature.ForgedError as error:
            return PlainTextResponse(str(error), 403)
        order = json.loads(body)
        self.orders.setdefault(order["order"], order)
        return JSONResponse({"url": f"{self.url}/pay/{order['order']}"})

    async def _page(self, request: Request) -> Response:
        order = self.orders.get(request.path_params["order"])
        if order is None:
            return PlainTextResponse("Unknown order", 404)
        buttons = "".join(
            f'<p><button name="how" value="{how}">{escape(text)}</button></p>' for how, text in BEHAVIOURS.items()
        )
        rubles = f"{order['kopecks'] // 100},{order['kopecks'] % 100:02d} ₽"
        return HTMLResponse(
            f'<!doctype html><html lang="ru"><meta name="viewport" content="width=device-width"><title>Банк</title>'
            f"<h1>Учебный банк</h1><p>{escape(order['method'])}: {rubles}, счёт {order['account_number']}</p>"
            f'<form method="post">{buttons}</form></html>'
        )

    async def _pay(self, request: Request) -> Response:
        order = self.orders.get(request.path_params["order"])
        if order is None:
            return PlainTextResponse("Unknown order", 404)
        how = parse_qs((await request.body()).decode()).get("how", ["well"])[0]
        return RedirectResponse(order["return_url"], 303, background=BackgroundTask(self.notify, order, how))

    def notify(self, order: dict[str, Any], how: str) -> None:
        """Behave in one of the ways."""
        if how == "silent":
            return
        if how == "late":
            threading.Timer(self.late_seconds, self._notify, (order, "paid", order["kopecks"])).start()
            return
        kopecks = order["kopecks"] - (100 if how == "wrong_sum" else 0)
        operation = f"sb-{secrets.token_hex(8)}"
        for _ in range(2 if how == "twice" else 1):
            self._notify(
                order, "failed" if how == "refuse" else "paid", kopecks, operation, "forged" if how == "forged" else ""
            )

    def _notify(self, order: dict[str, Any], status: str, kopecks: int, operation: str = "", key: str = "") -> None:
        now = dt.datetime.now(dt.UTC)
        said = {
            "order": order["order"],
            "operation": operation or f"sb-{secrets.token_hex(8)}",
            "kopecks": kopecks,
            "status": status,
            "paid_at": now.isoformat(),
            "rrn": f"{secrets.randbelow(10**12):012d}",
        }
        body = json.dumps(said).encode()
        self.answers.append(self.send(order["notice_url"], body, signature.sign(key or self.key, body, now)))


def main() -> None:
    """Serve the sandbox where the cabinet looks for its provider."""
    url = os.environ.get("ENERGOSBYT_PAYMENT_URL", "http://localhost:8503")
    key = os.environ.get("ENERGOSBYT_PAYMENT_KEY", "")
    if len(key) < SHORTEST_KEY:
        sys.exit(f"ENERGOSBYT_PAYMENT_KEY needs at least {SHORTEST_KEY} characters, the same as the cabinet's")
    sandbox = Sandbox(url, key)
    uvicorn.run(sandbox.application(), host="127.0.0.1", port=int(url.rpartition(":")[2]), access_log=False)


if __name__ == "__main__":
    main()
