"""What an attacker tries against the API, and that it comes to nothing; every refusal has the one shape there is."""

import re

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Work
from starlette.routing import Mount, Route

from dashboard.cabinet.access import limits, people, secret, sessions
from dashboard.cabinet.access.people import Caller
from dashboard.cabinet.mobile import routes
from dashboard.cabinet.mobile.answers import NOT_FOUND, NOT_SIGNED_IN, SIGN_IN_WRONG, TOO_OFTEN
from dashboard.cabinet.mobile.routes import CALLS
from dashboard.cabinet.store.tables import MobileSignIn, OwnedAccount, Session, Submission
from dashboard.store import Snapshot, ask
from tests.cabinet.mobile.conftest import EMAIL, HOST, OTHER_EMAIL, PASSWORD, UNKNOWN, URL, Api, Telephone

CLOSED = [call for call in CALLS if not call.is_open]
OF_ACCOUNTS = {
    "/accounts/{account}": ("GET", "/accounts/{account}", {}),
    "/counters": ("GET", "/counters", {"account": "{account}"}),
    "/counters/{counter:path}/readings": ("GET", "/counters/{serial}/readings", {"account": "{account}"}),
    "/counters/send-readings": ("POST", "/counters/send-readings", {"account": "{account}", "rowId": "{serial}"}),
    "/payments/new-balance": ("GET", "/payments/new-balance", {"account": "{account}"}),
    "/invoices/settings": ("GET", "/invoices/settings", {"account": "{account}"}),
    "/invoices": ("GET", "/invoices", {"account": "{account}", "year": "2026"}),
    "/invoices/get-file": ("GET", "/invoices/get-file", {"account": "{account}", "date": "01.02.2026"}),
    "/history": ("GET", "/history", {"account": "{account}", "year": "2026", "month": "2"}),
    "/information": ("GET", "/information", {"account": "{account}"}),
}
OF_NO_ACCOUNT = {"/user/logout", "/user", "/accounts", "/main-page/debt/info"}


def asked(telephone: Telephone, path: str, account: int | str, serial: str = "1") -> tuple[int, object]:
    method, place, fields = OF_ACCOUNTS[path]
    filled = {name: value.format(account=account, serial=serial) for name, value in fields.items()}
    what: dict[str, object] = {"params": filled} if method == "GET" else {"json": filled | {"readings": ["1", "2"]}}
    told = telephone.answer(method, place.format(account=account, serial=serial), **what)
    return told["statusCode"], told.get("error") or told["data"]


# Foreign accounts


def test_the_calls_about_accounts_are_those_tested() -> None:
    assert {call.path for call in CLOSED} == {*OF_ACCOUNTS, *OF_NO_ACCOUNT}


@pytest.mark.parametrize("path", OF_ACCOUNTS)
def test_no_call_leads_to_a_foreign_account(
    path: str, telephone: Telephone, api: Api, accounts: list[int], snapshot: Snapshot
) -> None:
    serial = ask(snapshot, "account_meters", account_number=accounts[1])["meter_serial"].item()
    answers = {repr(asked(telephone, path, number, serial)) for number in (accounts[1], UNKNOWN, "61", "' or 1=1 --")}
    assert answers == {repr((404, {"type": "PROVIDER_ERROR", "description": NOT_FOUND}))}
    assert api.events().count("foreign_account") == 2
    with Work(api.store) as work:
        assert not work.scalars(select(Submission)).all()
    owned = ask(snapshot, "account_meters", account_number=accounts[0])["meter_serial"].item()
    assert asked(telephone, path, accounts[0], owned)[0] == 200


def test_a_foreign_meter_under_ones_own_account_is_not_found(
    telephone: Telephone, accounts: list[int], snapshot: Snapshot
) -> None:
    foreign = ask(snapshot, "account_meters", account_number=accounts[1])["meter_serial"].item()
    for path in ("/counters/{counter:path}/readings", "/counters/send-readings"):
        for serial in (foreign, "no such meter", "a/readings", "1' or '1'='1"):
            assert asked(telephone, path, accounts[0], serial)[0] == 404


def test_an_account_taken_away_is_gone_from_the_application_at_once(
    telephone: Telephone, api: Api, accounts: list[int]
) -> None:
    assert asked(telephone, "/payments/new-balance", accounts[0])[0] == 200
    with Work(api.store) as work:
        work.execute(update(OwnedAccount).where(OwnedAccount.person_id == 1).values(removed_at=api.clock()))
        work.commit()
    assert asked(telephone, "/payments/new-balance", accounts[0])[0] == 404
    assert telephone.get("/accounts")["data"] == []


# Tokens


@pytest.mark.parametrize("call", CLOSED, ids=lambda call: f"{call.method} {call.path}")
def test_no_call_is_answered_without_a_token_that_is_good(call: routes.Call, api: Api, accounts: list[int]) -> None:
    other = api.telephone()
    other.sign_in(OTHER_EMAIL)
    path = re.sub(r"\{\w+(:path)?\}", str(accounts[0]), call.path)
    refresh = other.tokens["refreshToken"]
    forged = ["", "x", refresh, "eyJhbGciOiJub25lIn0.eyJpZCI6MX0.", secret.new_token(), "' or 1=1 --", "\x7f" * 500]
    for token in forged:
        stranger = api.telephone()
        stranger.tokens = {"accessToken": token} if token else {}
        told = stranger.answer(call.method, path, params={"account": accounts[0]})
        assert (told["statusCode"], told["error"]["description"]) == (401, NOT_SIGNED_IN)
    headers = {"authorization": f"Bearer {other.tokens['accessToken']}", "cookie": f"__Host-session={refresh}"}
    answer = api.telephone().client.request(call.method, f"/api/v1{path}", headers=headers)
    assert answer.status_code == 401


def test_a_token_opens_no_page_and_a_cookie_opens_no_call(api: Api, telephone: Telephone) -> None:
    for token in telephone.tokens.values():
        page = api.telephone(host="cabinet.example.org").client.get("/", headers={"cookie": f"__Host-session={token}"})
        assert page.status_code == 401
    cookie = people.sign_in(api.store, EMAIL, PASSWORD, Caller("203.0.113.5", "", api.clock()))
    assert cookie
    browser = api.telephone()
    browser.tokens = {"accessToken": cookie}
    assert browser.get("/user")["statusCode"] == 401


def test_an_access_token_is_over_after_fifteen_minutes_and_can_be_renewed(api: Api, telephone: Telephone) -> None:
    assert telephone.tokens["accessTokenExpires"] == "2026-04-10 12:15:00", "Moscow time"
    api.clock.forward(minutes=14)
    assert telephone.get("/user")["result"]
    api.clock.forward(minutes=1)
    assert telephone.get("/user")["statusCode"] == 401
    old = dict(telephone.tokens)
    renewed = telephone.post("/user/refresh-token", refreshToken=old["refreshToken"])["data"]
    assert set(renewed) == {"accessToken", "accessTokenExpires"}
    assert renewed["accessToken"] != old["accessToken"]
    telephone.tokens |= renewed
    assert telephone.get("/user")["result"]


def test_a_renewed_token_ends_the_one_before(api: Api, telephone: Telephone) -> None:
    renewed = telephone.post("/user/refresh-token", refreshToken=telephone.tokens["refreshToken"])["data"]
    assert telephone.get("/user")["statusCode"] == 401
    telephone.tokens |= renewed
    assert telephone.get("/user")["result"]
    assert api.events() == ["signed_in", "token_refused"]


def test_the_session_behind_the_tokens_ends_when_it_is_idle_and_after_its_longest_life(
    api: Api, telephone: Telephone
) -> None:
    refresh = telephone.tokens["refreshToken"]
    api.clock.forward(minutes=31)
    assert telephone.post("/user/refresh-token", refreshToken=refresh)["statusCode"] == 401
    telephone.sign_in()
    refresh = telephone.tokens["refreshToken"]
    for _ in range(int(sessions.ABSOLUTE.total_seconds() // 600) - 1):
        api.clock.forward(minutes=10)
        assert telephone.post("/user/refresh-token", refreshToken=refresh)["result"]
    api.clock.forward(minutes=10)
    assert telephone.post("/user/refresh-token", refreshToken=refresh)["statusCode"] == 401


def test_signing_out_ends_both_tokens(telephone: Telephone, api: Api) -> None:
    tokens = dict(telephone.tokens)
    assert telephone.post("/user/logout")["data"] == []
    assert telephone.get("/user")["statusCode"] == 401
    assert telephone.post("/user/refresh-token", refreshToken=tokens["refreshToken"])["statusCode"] == 401
    assert api.events() == ["signed_in", "signed_out", "token_refused", "token_refused"]


def test_a_new_password_ends_the_application_too(telephone: Telephone, api: Api) -> None:
    caller = Caller("203.0.113.5", "", api.clock())
    assert people.change_password(api.store, 1, PASSWORD, "совсем другой пароль", caller)
    assert telephone.get("/user")["statusCode"] == 401
    assert telephone.post("/user/refresh-token", refreshToken=telephone.tokens["refreshToken"])["statusCode"] == 401


def test_the_store_holds_no_token_and_the_device_names_the_session(telephone: Telephone, api: Api) -> None:
    telephone.client.headers["x-device-id"] = "AP3A.240905.015"
    telephone.sign_in()
    kept = str([api.store.raw_connection().cursor().execute(f"select * from {table}").fetchall()
                for table in ("session", "mobile_sign_in", "security_event", "attempt")])  # fmt: skip
    for name in ("accessToken", "refreshToken"):
        assert len(telephone.tokens[name]) >= 43
        assert telephone.tokens[name] not in kept
    with Work(api.store) as work:
        assert "Мобильное приложение AP3A.240905.015" in work.scalars(select(Session.browser)).all()
        work.execute(delete(Session))
        work.commit()
        assert not work.scalars(select(MobileSignIn)).all()


# Enumeration and brute force


def test_signing_in_answers_the_same_whatever_is_wrong(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    work: list[int] = []
    hasher = secret._hasher()
    secret._nobodys_hash()

    class Counted:
        def verify(self, kept: str, password: str) -> bool:
            work.append(1)
            return hasher.verify(kept, password)

    monkeypatch.setattr(secret, "_hasher", Counted)
    stranger = api.telephone("198.51.100.1")
    answers = [
        stranger.sign_in(**wrong)
        for wrong in (
            {"password": "не тот пароль"},
            {"email": "nobody@example.org"},
            {"email": str(UNKNOWN)},
            {"email": "' or 1=1; --"},
            {"region": "voronezh"},
            {"kind": "account"},
            {"email": ""},
        )
    ]
    assert answers == [
        {"result": False, "statusCode": 400, "error": {"type": "PROVIDER_ERROR", "description": SIGN_IN_WRONG}}
    ] * len(answers)
    assert len(work) == len(answers), "the same work for each"


def test_guessing_through_the_api_counts_with_guessing_on_the_page_and_locks_nobody_out(api: Api) -> None:
    attacker = api.telephone("198.51.100.66")
    answers = [attacker.sign_in(password=f"догадка номер {number}")["statusCode"] for number in range(11)]
    assert answers == [400] * 10 + [429]
    with pytest.raises(people.TooManyAttemptsError):
        people.sign_in(api.store, EMAIL, PASSWORD, Caller("198.51.100.66", "", api.clock()))
    assert api.telephone("203.0.113.5").sign_in()["result"]
    api.clock.forward(minutes=16)
    assert attacker.sign_in()["result"]


def test_guessing_tokens_is_limited_and_leaves_good_ones_alone(
    api: Api, telephone: Telephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOBILE_TOKENS", limits.Limit("mobile_tokens", 3, limits.MOBILE_TOKENS.window))
    guesser = api.telephone()
    guesser.tokens = {"accessToken": "guess"}
    assert [guesser.get("/user")["statusCode"] for _ in range(5)] == [401] * 3 + [429] * 2
    assert guesser.post("/user/refresh-token", refreshToken="guess")["error"]["description"] == TOO_OFTEN
    assert telephone.get("/user")["result"]


def test_one_session_cannot_ask_without_end_and_others_do_not_feel_it(
    api: Api, telephone: Telephone, monkeypatch: pytest.MonkeyPatch, accounts: list[int]
) -> None:
    monkeypatch.setattr(limits, "MOBILE_CALLS", limits.Limit("mobile_calls", 4, limits.MOBILE_CALLS.window))
    monkeypatch.setattr(limits, "MOBILE_FILES", limits.Limit("mobile_files", 1, limits.MOBILE_FILES.window))
    files = [asked(telephone, "/invoices/get-file", accounts[0])[0] for _ in range(2)]
    assert files == [200, 429]
    assert [telephone.get("/user")["statusCode"] for _ in range(3)] == [200, 200, 429]
    other = api.telephone()
    other.sign_in(OTHER_EMAIL)
    assert other.get("/user")["result"]


# What comes in


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400), (b"[]", 400), (b"null", 400), (b"\xff\xfe", 400), (b"[" * 15_000, 400), (b'{"login":' + b'"x' * 20_000, 413),
        (b'{"login": {"a": 1}, "password": ["b"]}', 400), (b"", 400), (b'{"login": "\\u0000", "password": "\\ud800"}', 400),
    ],
)  # fmt: skip
def test_a_body_that_will_not_do_is_refused_in_the_one_shape(body: bytes, status: int, api: Api) -> None:
    told = api.telephone().answer("POST", "/user/auth", content=body)
    assert told["statusCode"] == status


def test_unknown_addresses_and_methods_are_not_found_and_reach_no_page(telephone: Telephone) -> None:
    for method, path in (
        ("GET", "/nothing"),
        ("POST", "/accounts"),
        ("DELETE", "/user"),
        ("GET", "/user/auth"),
        ("GET", "/"),
    ):
        assert telephone.answer(method, path)["statusCode"] == 404


def test_a_call_that_breaks_says_nothing_of_why(telephone: Telephone, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("select * from secrets")

    monkeypatch.setattr("dashboard.cabinet.own.Own.accounts", broken)
    told = telephone.get("/accounts")
    assert told["statusCode"] == 500
    assert "secrets" not in str(told)


def test_the_applications_host_serves_nothing_but_the_api_and_foreign_pages_may_not_call_it(api: Api) -> None:
    on_host = api.telephone(host=HOST).client
    assert on_host.get("/sign-in").status_code == 400
    assert on_host.get("/api/v1/app/version").status_code == 200
    assert api.telephone(host="cabinet.example.org").client.get("/api/v1/app/version").status_code == 200
    assert api.telephone(host="evil.example").client.get("/api/v1/app/version").status_code == 400
    foreign = on_host.post("/api/v1/user/auth", json={}, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert on_host.post("/api/v1/user/auth", json={}, headers={"origin": URL}).status_code == 400
    headers = on_host.get("/api/v1/app/version").headers
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_every_call_is_mounted_once(api: Api) -> None:
    [mount] = [route for route in api.app.routes if isinstance(route, Mount)]
    paths = [(route.path, *sorted(route.methods or ())) for route in mount.routes if isinstance(route, Route)]
    assert len(paths) == len(set(paths)) == len(CALLS) + 1
