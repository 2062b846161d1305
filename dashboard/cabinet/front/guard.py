"""What stands before everything: host, origin, session, and the headers of every answer."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.cabinet.access import sessions
from dashboard.cabinet.settings import CabinetSettings

OPEN_PAGES = frozenset(
    {
        "/sign-in", "/register", "/confirm", "/restore", "/new-password", "/reading",
        "/register-contract", "/first-password", "/restore-lost", "/regain", "/new-email", "/undo", "/invitation",
        "/receipt-address", "/restore-lost-contract",
    }
)  # fmt: skip
"""Pages for everybody, made by this front."""

MOBILE = "/api/v1"
"""The mobile application's API: it asks for tokens of its own, no cookie opens it."""
OWN_PAGES = re.compile(r"/(password|settings|contracts|appeals|pay|paid)(/.*)?")
"""Pages for those signed in, made by this front."""

OPEN_FILES = ("/look/", "/static/")
"""Style of those pages and the program of Streamlit: the same for everybody."""

HEALTH = "/_stcore/health"

NOTICE = "/payment-notice"
"""Where the provider of card payments reports: no browser, no session; what it sends is signed."""

FORM_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'{payments}; base-uri 'none';"
    " frame-ancestors 'none'"
)
"""Pages of this front run no script at all; a form may lead to the provider of card payments."""

APP_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:;"
    " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {socket};"
    " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""Streamlit needs inline styles and scripts of its own; nothing is loaded from elsewhere, nothing is sent elsewhere."""


class Guard:
    """Lets in who holds a session; without one only the open pages exist.

    Args:
        app: what stands behind.
        settings: the address we are reached at.
        store: where sessions are.
        now: the clock.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: CabinetSettings,
        store: Engine,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._app, self._settings, self._store, self._now = app, settings, store, now
        socket = settings.url.replace("http", "ws", 1)
        self._app_policy = APP_POLICY.format(socket=socket)
        place = urlsplit(settings.payment_url)
        payments = f" {place.scheme}://{place.netloc}" if settings.payment_url else ""
        self._form_policy = FORM_POLICY.format(payments=payments)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or pass on one request or connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        answer: ASGIApp = self._app if refusal is None else refusal
        if refusal is not None and scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await answer(scope, receive, self._with_headers(scope["path"], send))

    async def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers, path = Headers(scope=scope), scope["path"]
        if path == HEALTH:
            return None
        is_call = scope["type"] == "http" and path.startswith(f"{MOBILE}/")
        hosts = {self._settings.host, *(self._settings.mobile_hosts if is_call else ())}
        if headers.get("host") not in hosts:
            return PlainTextResponse("Unknown host", 400)
        if is_call:
            # Applications name no origin. A page of somebody else's may not try passwords from its readers' addresses.
            is_foreign = headers.get("origin", self._settings.url) != self._settings.url
            return PlainTextResponse("Foreign origin", 403) if is_foreign else None
        if path == NOTICE:
            return None
        # A browser names the origin of every form and every socket; ours are the only ones that may change anything.
        is_changing = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD"}
        if is_changing and headers.get("origin") != self._settings.url:
            return PlainTextResponse("Foreign origin", 403)
        is_open = path in OPEN_PAGES or path.startswith(OPEN_FILES)
        return None if is_open else await self._unknown(scope, headers)

    async def _unknown(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        token = cookie_parser(headers.get("cookie", "")).get(session_cookie(self._settings))
        visitor = await run_in_threadpool(sessions.visitor, self._store, token, self._now())
        if visitor is not None:
            scope.setdefault("state", {})["visitor"] = visitor
            return None
        if scope["type"] == "http" and "text/html" in headers.get("accept", ""):
            return RedirectResponse("/sign-in", 303)
        return PlainTextResponse("Sign in first", 401)

    def _with_headers(self, path: str, send: Send) -> Send:
        is_form = path in OPEN_PAGES or OWN_PAGES.fullmatch(path) is not None or path.startswith(f"{MOBILE}/")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self._form_policy if is_form else self._app_policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
                if not path.startswith(OPEN_FILES):
                    headers["Cache-Control"] = "no-store"
                if self._settings.is_secure:
                    headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
            await send(message)

        return sent


def session_cookie(settings: CabinetSettings) -> str:
    """The name of the session's cookie; `__Host-` binds it to this very host, which browsers allow over TLS only."""
    return "__Host-session" if settings.is_secure else "session"


def form_cookie(settings: CabinetSettings) -> str:
    """The name of the cookie that forms are compared with."""
    return "__Host-form" if settings.is_secure else "form"
