"""Every call of the API: its address, what answers it, and what stands before each of them."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from dashboard import store as snapshots
from dashboard.cabinet.access import limits
from dashboard.cabinet.access.people import Caller, TooManyAttemptsError
from dashboard.cabinet.access.sessions import Visitor
from dashboard.cabinet.front.guard import MOBILE
from dashboard.cabinet.front.pages import Front
from dashboard.cabinet.mobile import access, accounts, answers, counters, papers, tokens
from dashboard.cabinet.mobile.answers import BROKEN, NOT_FOUND, NOT_SIGNED_IN, RENEWING, TOO_OFTEN, ApiError
from dashboard.cabinet.mobile.asked import Asked, read_fields
from dashboard.cabinet.own import ForeignAccountError, Own
from dashboard.store import Snapshot, SnapshotError

BEARER = "authorizationtest"
"""The clients' own header; `Authorization` carries a constant that says nothing."""


@dataclass(frozen=True)
class Call:
    """One call: method and path as Starlette reads it, what answers, and whether everybody may ask."""

    method: str
    path: str
    answer: Callable[[Asked], Any]
    is_open: bool = False


CALLS = (
    Call("GET", "/app/version", access.version, is_open=True),
    Call("GET", "/contacts/regions", access.regions, is_open=True),
    Call("POST", "/user/auth", access.sign_in, is_open=True),
    Call("POST", "/user/refresh-token", access.renew, is_open=True),
    Call("POST", "/user/logout", access.sign_out),
    Call("GET", "/user", accounts.user),
    Call("GET", "/accounts", accounts.accounts),
    Call("GET", "/accounts/{account}", accounts.account),
    Call("GET", "/counters", counters.counters),
    Call("GET", "/counters/{counter:path}/readings", counters.readings),
    Call("POST", "/counters/send-readings", counters.send),
    Call("GET", "/payments/new-balance", accounts.balance),
    Call("GET", "/invoices/settings", papers.settings),
    Call("GET", "/invoices", papers.invoices),
    Call("GET", "/invoices/get-file", papers.file),
    Call("GET", "/history", papers.history),
    Call("GET", "/main-page/debt/info", accounts.nothing),
    Call("GET", "/information", accounts.no_notices),
)


def mobile_api(front: Front) -> Mount:
    """The whole API of one installation, to be mounted beside the pages; nothing beneath it reaches them."""
    routes = [Route(call.path, _Endpoint(front, call), methods=[call.method]) for call in CALLS]
    return Mount(MOBILE, routes=[*routes, Route("/{path:path}", _unknown, methods=ANY_METHOD)])


ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


async def _unknown(_: Request) -> Response:
    return answers.failed(ApiError(404, NOT_FOUND))


class _Endpoint:
    """Answers one call: limits, session, fields, and the one shape of everything that goes wrong."""

    def __init__(self, front: Front, call: Call) -> None:
        self._front, self._call = front, call

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        await (await self._answer(request))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            fields = {**await read_fields(request), **request.path_params}
            return answers.given(await run_in_threadpool(self._done, request, fields))
        except ApiError as error:
            return answers.failed(error)
        except ForeignAccountError:
            return answers.failed(ApiError(404, NOT_FOUND))
        except TooManyAttemptsError:
            return answers.failed(ApiError(429, TOO_OFTEN))
        except SnapshotError:
            logging.getLogger(__name__).exception("%s could not be answered", self._call.path)
            return answers.failed(ApiError(503, RENEWING))
        except Exception:
            logging.getLogger(__name__).exception("%s failed", self._call.path)
            return answers.failed(ApiError(500, BROKEN))

    def _done(self, request: Request, fields: Mapping[str, Any]) -> Any:
        caller = _caller(request, self._front)
        if self._call.is_open:
            return self._call.answer(Asked(self._front, caller, fields))
        visitor = self._visitor(request, caller)
        tokens.count(self._front.store, limits.MOBILE_CALLS, caller, str(visitor.session_id))
        snapshot = _snapshot()
        own = None
        if snapshot is not None:
            own = Own(self._front.store, snapshot, visitor.person_id, caller.now, "mobile")
        return self._call.answer(Asked(self._front, caller, fields, visitor, own))

    def _visitor(self, request: Request, caller: Caller) -> Visitor:
        kind, _, token = request.headers.get(BEARER, "").partition(" ")
        found = tokens.visitor(self._front.store, token, caller.now) if kind == "Bearer" and token else None
        if found is None:
            tokens.refuse(self._front.store, caller)
            raise ApiError(401, NOT_SIGNED_IN)
        return found


def _snapshot() -> Snapshot | None:
    return snapshots.current(snapshots.published())


def _caller(request: Request, front: Front) -> Caller:
    """Where the call comes from; its session is listed under the device's name."""
    device = request.headers.get("x-device-id", "")
    return Caller(request.client.host if request.client else "", f"Мобильное приложение {device}".strip(), front.now())
