"""What an attacker tries from outside, and that it comes to nothing."""

import re

import pytest
from starlette.websockets import WebSocketDisconnect

from dashboard.cabinet.access import secret
from tests.cabinet.conftest import ACCOUNT, EMAIL, OTHER, PASSWORD, UNKNOWN, URL, Cabinet

GATED = [
    "/",
    "/readings",
    "/payments",
    "/password",
    "/settings",
    "/contracts",
    "/bills",
    "/media/1234.pdf",
    "/_stcore/host-config",
    "/component/x/index.html",
]
SCRIPT = '"><script>alert(1)</script>'
SQL = "' or 1=1; drop table person; --"


# Enumeration


def test_signing_in_answers_the_same_for_known_and_unknown(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    stranger = cabinet.browser("198.51.100.1")
    answers = {
        stranger.sign_in(login, "не тот пароль")
        for login in (EMAIL, str(ACCOUNT), "nobody@example.org", str(UNKNOWN), "61", SQL)
    }
    assert len(answers) == 1


def test_registering_answers_the_same_whatever_account_sum_and_e_mail(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    stranger = cabinet.browser("198.51.100.1")
    answers = {
        stranger.register(account, rubles, email)
        for account, rubles, email in (
            (ACCOUNT, "1250,40", "new@example.org"),
            (ACCOUNT, "1,00", "new2@example.org"),
            (UNKNOWN, "1250,40", "new3@example.org"),
            (ACCOUNT, "1250,40", EMAIL),
        )
    }
    assert len(answers) == 1


def test_restoring_answers_the_same_for_known_and_unknown_and_writes_to_nobody_unknown(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    letters = len(cabinet.mailbox.letters)
    stranger = cabinet.browser("198.51.100.1")
    assert stranger.fill("/restore", email=EMAIL) == stranger.fill("/restore", email="nobody@example.org")
    assert len(cabinet.mailbox.letters) == letters + 1


def test_an_unknown_login_costs_the_same_work_as_a_known_one(cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch) -> None:
    cabinet.member(cabinet.browser())
    work: list[str] = []
    hasher = secret._hasher()

    class Counted:
        def verify(self, kept: str, password: str) -> bool:
            work.append(re.sub(r"\$[^$]*\$[^$]*$", "", kept))
            return hasher.verify(kept, password)

        def hash(self, password: str) -> str:
            work.append("hash")
            return hasher.hash(password)

    secret._nobodys_hash()
    monkeypatch.setattr(secret, "_hasher", Counted)
    stranger = cabinet.browser("198.51.100.1")
    costs = []
    for login in (EMAIL, "nobody@example.org"):
        work.clear()
        stranger.sign_in(login, "не тот пароль")
        costs.append(tuple(work))
    assert costs[0] == costs[1] != ()
    costs.clear()
    for account, email in ((ACCOUNT, "a@example.org"), (UNKNOWN, "b@example.org"), (ACCOUNT, EMAIL)):
        work.clear()
        stranger.register(account, email=email)
        costs.append(tuple(work))
    assert set(costs) == {("hash",)}


# Brute force


def test_guessing_stops_after_ten_attempts_and_does_not_lock_the_owner_out(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser("203.0.113.5"))
    attacker = cabinet.browser("198.51.100.66")
    answers = [attacker.sign_in(EMAIL, f"догадка номер {number}").status for number in range(12)]
    assert answers == [401] * 10 + [429] * 2
    assert attacker.sign_in(EMAIL, PASSWORD).status == 429
    assert cabinet.browser("203.0.113.5").sign_in().leads_to == "/"
    cabinet.clock.forward(minutes=16)
    assert attacker.sign_in(EMAIL, PASSWORD).leads_to == "/"


def test_a_subscriber_of_ipv6_is_one_address_however_many_are_used(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    statuses = [
        cabinet.browser(f"2001:db8:1:2::{number:x}").sign_in(EMAIL, "не тот пароль").status for number in range(1, 12)
    ]
    assert statuses == [401] * 10 + [429]


def test_guessing_the_last_payment_is_limited_and_fills_nobodys_mailbox(cabinet: Cabinet) -> None:
    for number in range(12):
        cabinet.browser(f"198.51.100.{number}").register(rubles=f"{number},00", email="victim@example.org")
    assert len(cabinet.mailbox.letters) == 5
    one = cabinet.browser("203.0.113.77")
    assert [one.register(rubles="1,00", email=f"m{number}@example.org").status for number in range(11)] == [
        200
    ] * 10 + [429]


@pytest.mark.parametrize(("password", "is_refused"), [
    ("короткий", True), ("password123", True), ("610000000001", True), ("ivanov-ivanov", True), ("аааааааааааа", True),
    ("a" * 40 + "bcd", False), ("x" * 100 + "yzw", False), ("слова подряд", False), ("q" * 129, True),
])  # fmt: skip
def test_easy_passwords_are_refused_and_long_ones_are_not(cabinet: Cabinet, password: str, is_refused: bool) -> None:  # noqa: FBT001
    assert (cabinet.browser().register(password=password).status == 422) == is_refused


# Sessions and forms


@pytest.mark.parametrize("path", GATED)
def test_nothing_behind_the_gate_is_reached_without_a_session(path: str, cabinet: Cabinet) -> None:
    stranger = cabinet.browser()
    assert stranger.client.get(path, follow_redirects=False).status_code == 401
    sent = stranger.client.get(path, headers={"accept": "text/html"}, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in")


def test_no_socket_opens_without_a_session_or_from_a_foreign_page(cabinet: Cabinet) -> None:
    def reach(browser_headers: dict[str, str], *, signed_in: bool) -> str:
        browser = cabinet.browser()
        if signed_in:
            browser.sign_in()
        with browser.client.websocket_connect(
            "wss://cabinet.example.org/_stcore/stream", headers=browser_headers
        ) as socket:
            return str(socket.receive_text())

    cabinet.member(cabinet.browser())
    ours = {"origin": URL, "host": "cabinet.example.org"}
    assert reach(ours, signed_in=True) == "reached"
    for headers, signed_in in ((ours, False), (ours | {"origin": "https://evil.example"}, True)):
        with pytest.raises(WebSocketDisconnect):
            reach(headers, signed_in=signed_in)


def test_a_token_planted_before_signing_in_is_worth_nothing_after_it(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    victim = cabinet.browser()
    victim.client.cookies.set("__Host-session", "planted-by-the-attacker")
    victim.sign_in()
    attacker = cabinet.browser()
    attacker.client.cookies.set("__Host-session", "planted-by-the-attacker")
    assert not attacker.is_in()


def test_every_sign_in_gets_a_token_of_its_own_of_256_bits_and_the_store_does_not_hold_it(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    first = browser.token
    browser.sign_in()
    assert first != browser.token
    kept = str(cabinet.store.raw_connection().cursor().execute("select * from session").fetchall())
    for token in (first, browser.token):
        assert token is not None
        assert len(token) >= 43
        assert token not in kept


def test_the_cookie_is_bound_to_the_host_and_hidden_from_scripts(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    browser = cabinet.browser()
    form = browser.form("/sign-in")
    answer = browser.client.post("/sign-in", data=form | {"login": EMAIL, "password": PASSWORD}, follow_redirects=False)
    [cookie] = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in", "/register", "/confirm", "/restore", "/new-password", "/password", "/reading",
        "/restore-lost", "/regain", "/new-email", "/undo", "/register-contract", "/first-password", "/receipt-address",
        "/restore-lost-contract",
    ],
)  # fmt: skip
def test_a_form_of_a_foreign_page_is_refused(path: str, cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    good = browser.form(path)
    without = browser.client.post(path, data={"login": EMAIL, "password": PASSWORD}, follow_redirects=False)
    elsewhere = browser.client.post(path, data=good, headers={"origin": "https://evil.example"}, follow_redirects=False)
    of_another = cabinet.browser().form("/sign-in")
    borrowed = browser.client.post(path, data=good | of_another, follow_redirects=False)
    assert [without.status_code, elsewhere.status_code, borrowed.status_code] == [403, 403, 403]


def test_a_button_of_a_foreign_page_is_refused(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    good, of_another = browser.form("/settings"), cabinet.browser().form("/sign-in")
    for name in (
        "add", "name", "remove", "invite", "revoke", "end-session", "end-others", "leave", "email", "export", "erase",
    ):  # fmt: skip
        path = f"/settings/{name}"
        without = browser.client.post(path, data={"old": PASSWORD, "sure": "yes"}, follow_redirects=False)
        elsewhere = browser.client.post(path, data=good, headers={"origin": "https://evil.example"})
        borrowed = browser.client.post(path, data=good | of_another, follow_redirects=False)
        assert [without.status_code, elsewhere.status_code, borrowed.status_code] == [403, 403, 403], name
        assert "person" in browser.client.get(path).text  # A page behind, not the action.
    assert browser.is_in()


def test_a_foreign_host_name_is_not_served(cabinet: Cabinet) -> None:
    assert cabinet.browser().client.get("/sign-in", headers={"host": "evil.example"}).status_code == 400


def test_every_answer_forbids_frames_sniffing_and_foreign_scripts(cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    for path in ("/sign-in", "/"):
        headers = browser.client.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert int(re.findall(r"max-age=(\d+)", headers["strict-transport-security"])[0]) >= 31_536_000
        assert headers["cache-control"] == "no-store"
    assert "script-src" not in browser.client.get("/sign-in").headers["content-security-policy"]
    assert "default-src 'none'" in browser.client.get("/sign-in").headers["content-security-policy"]


# What is typed into fields


@pytest.mark.parametrize("text", [SCRIPT, SQL, "\x00", "a" * 9000, "{{7*7}}", "%0d%0aSet-Cookie: a=b"])
@pytest.mark.parametrize(("path", "names"), [
    ("/sign-in", ("login", "password")), ("/register", ("account", "sum", "email", "password")),
    ("/restore", ("email",)), ("/new-password", ("token", "password")), ("/confirm", ("token",)),
    ("/reading", ("account", "serial", "t1", "t2", "t3", "form_id")),
    ("/restore-lost", ("account", "sum", "email")), ("/regain", ("token", "password")), ("/undo", ("token",)),
    ("/new-email", ("token",)), ("/receipt-address", ("token",)), ("/restore-lost-contract", ("contract", "inn", "sum", "email")),
    ("/first-password", ("token", "password")),
    ("/register-contract", ("contract", "inn", "name", "position", "authority", "email", "phone", "sum")),
])  # fmt: skip
def test_text_in_a_field_stays_text(path: str, names: tuple[str, ...], text: str, cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    answer = browser.fill(path, **dict.fromkeys(names, text))
    assert answer.status in {200, 401, 403, 410, 422}
    assert "<script" not in answer.page
    assert "49" not in re.sub(r"[0-9a-f]{64}", "", answer.page)
    assert len(cabinet.store.raw_connection().cursor().execute("select * from person").fetchall()) == 0


@pytest.mark.parametrize("text", [SCRIPT, SQL, "\x00", "{{7*7}}", "%0d%0aSet-Cookie: a=b", "9" * 40])
def test_text_in_a_field_of_the_settings_stays_text(text: str, cabinet: Cabinet) -> None:
    browser = cabinet.member(cabinet.browser())
    assert browser.act("/settings/name", account=str(ACCOUNT), alias=text).status == 303
    for place, names in (
        ("add", ("account", "sum")), ("name", ("account", "alias")), ("remove", ("account",)),
        ("invite", ("account", "email", "access")), ("revoke", ("grant",)), ("end-session", ("session",)),
        ("email", ("email", "old")), ("erase", ("old", "sure")),
    ):  # fmt: skip
        answer = browser.act(f"/settings/{place}", **dict.fromkeys(names, text))
        assert answer.status in {303, 401, 403, 422}, place
        for page in (answer.page, browser.page("/settings")):
            assert "<script" not in page
            assert "49" not in re.sub(r"[0-9a-f]{64}", "", page)
    assert browser.is_in()


def test_a_form_too_large_is_not_read(cabinet: Cabinet) -> None:
    browser = cabinet.browser()
    assert browser.fill("/sign-in", login="x" * 100_000).status == 403


# The public page


def test_the_public_page_says_the_same_about_every_account(cabinet: Cabinet) -> None:
    cabinet.member(cabinet.browser())
    browser = cabinet.browser("198.51.100.1")
    pages = {
        re.sub(r"\d{6}-\w{7}", "RECEIPT", browser.fill("/reading", account=str(account), serial=serial, t1=value).page)
        for account, serial, value in ((ACCOUNT, "1", "100"), (OTHER, "2", "999999"), (UNKNOWN, "no such meter", "0"))
    }
    assert len({re.sub(r'value="[^"]*"', "", page) for page in pages}) == 1
