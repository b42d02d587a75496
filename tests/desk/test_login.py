"""Who has the password enters, and nobody else, for as long as a session holds."""

import hashlib
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import structlog
from argon2 import PasswordHasher
from entering import COOKIE, EMAIL, PHRASE, Desk, log_in

from kpbot.desk.guard import DeskAccess, WrongAddress
from kpbot.desk.passwords import Checked, Passwords, hash_password
from kpbot.store import advisors, sessions, tables
from kpbot.store.database import Database


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


@pytest.fixture
def logged() -> Iterator[list[dict[str, object]]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


async def test_who_has_the_password_enters_and_goes_where_they_wanted(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        sent_away = await browser.get("/desk/cases?topic=water&page=2")
        assert sent_away.status_code == 303
        wanted = "/desk/login?next=%2Fdesk%2Fcases%3Ftopic%3Dwater%26page%3D2"
        assert sent_away.headers["location"] == wanted
        form = await browser.get(wanted)
        assert 'name="next" value="/desk/cases?topic=water&amp;page=2"' in form.text
        fields = {"next": "/desk/cases?topic=water&page=2"}
        entered = await log_in(browser, " Leila.BRANDT@example.org ", fields=fields)
        assert entered.status_code == 303
        assert entered.headers["location"] == "/desk/cases?topic=water&page=2"
        assert (await browser.get("/desk/cases")).json()["name"] == "Leila Brandt"
        assert (await browser.get("/desk/login")).headers["location"] == "/desk"


async def test_the_cookie_is_safe_over_https(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        kept = (await log_in(browser)).headers["set-cookie"]
    assert re.fullmatch(COOKIE + r"=[\w-]{43}; HttpOnly; Path=/; SameSite=lax; Secure", kept)


@pytest.mark.parametrize("public", ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:80"])
async def test_the_demo_on_this_machine_works_without_https(
    database: Database, public: str
) -> None:
    desk = Desk(database, public)
    desk.invite()
    async with desk.browser() as browser:
        kept = (await log_in(browser)).headers["set-cookie"]
        assert re.fullmatch(r"kpbot-desk=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", kept)
        assert (await browser.get("/desk/cases")).status_code == 200


@pytest.mark.parametrize(
    "public",
    ["http://desk.example.org", "http://192.0.2.1:8080", "", "desk", "https://", "ftp://x"],
)
async def test_no_password_goes_unencrypted_through_a_network(
    database: Database, public: str
) -> None:
    with pytest.raises(WrongAddress):
        Desk(database, public)


async def test_the_store_holds_only_a_hash_of_the_session(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        held = browser.cookies[COOKIE]
    (row,) = desk.database.read(lambda c: c.execute(sa.select(tables.sessions)).all())
    assert row.token_hash == hashlib.sha256(held.encode()).hexdigest()
    assert held not in repr(row)


async def test_a_session_given_before_the_login_is_never_taken_over(desk: Desk) -> None:
    desk.invite()
    planted = "A" * 43
    async with desk.browser(headers={"cookie": f"{COOKIE}={planted}"}) as browser:
        entered = await log_in(browser)
        assert entered.status_code == 303
        assert planted not in entered.headers["set-cookie"]
        assert (await browser.get("/desk/cases")).status_code == 303


async def test_a_login_ends_the_session_the_browser_held_before(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        before = browser.cookies[COOKIE]
        await log_in(browser)
        assert browser.cookies[COOKIE] != before
        assert (await browser.get("/desk/cases")).status_code == 200
    async with desk.browser(headers={"cookie": f"{COOKIE}={before}"}) as thief:
        assert (await thief.get("/desk/cases")).status_code == 303


async def test_a_session_ends_after_an_hour_without_a_sign_of_life(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        for _ in range(3):
            desk.time.passes(minutes=59)
            assert (await browser.get("/desk/cases")).status_code == 200
        desk.time.passes(minutes=60)
        assert (await browser.get("/desk/cases")).status_code == 303


async def test_what_a_page_asks_of_its_own_accord_is_no_sign_of_life(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        for _ in range(2):
            desk.time.passes(minutes=29)
            assert (await browser.get("/desk/news")).status_code == 200
        desk.time.passes(minutes=2)
        assert (await browser.get("/desk/news")).status_code == 303


async def test_a_session_ends_after_eight_hours_however_busy(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        for _ in range(15):
            desk.time.passes(minutes=30)
            assert (await browser.get("/desk/cases")).status_code == 200
        desk.time.passes(minutes=30)
        assert (await browser.get("/desk/cases")).status_code == 303


async def test_logging_out_ends_this_session_and_no_other(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as office, desk.browser() as home:
        await log_in(office)
        await log_in(home)
        held = office.cookies[COOKIE]
        out = await office.post("/desk/logout", data={})
        assert out.headers["location"] == "/desk/login?out=1"
        assert COOKIE not in office.cookies
        assert "Sie sind abgemeldet." in (await office.get("/desk/login?out=1")).text
        stolen = {"cookie": f"{COOKIE}={held}"}
        assert (await office.get("/desk/cases", headers=stolen)).status_code == 303
        assert (await home.get("/desk/cases")).status_code == 200


async def test_logging_out_everywhere_ends_every_session_of_this_advisor_only(desk: Desk) -> None:
    desk.invite()
    desk.invite("karim@example.org", name="Karim Vogel")
    async with desk.browser() as office, desk.browser() as home, desk.browser() as other:
        await log_in(office)
        await log_in(home)
        await log_in(other, "karim@example.org")
        await office.post("/desk/logout", data={"everywhere": "1"})
        assert (await home.get("/desk/cases")).status_code == 303
        assert (await other.get("/desk/cases")).status_code == 200


async def test_who_is_removed_is_out_at_once_and_cannot_come_back(desk: Desk) -> None:
    advisor = desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        desk.database.write(lambda c: advisors.deactivate(c, advisor.id))
        assert (await browser.get("/desk/cases")).status_code == 303
        assert (await log_in(browser)).status_code == 403


async def test_another_password_logs_out_everywhere(desk: Desk) -> None:
    advisor = desk.invite()
    async with desk.browser() as browser:
        await log_in(browser)
        new = hash_password("ein-anderes-passwort")
        desk.database.write(lambda c: advisors.set_password(c, advisor.id, new))
        assert (await browser.get("/desk/cases")).status_code == 303
        assert (await log_in(browser)).status_code == 403
        assert (await log_in(browser, EMAIL, "ein-anderes-passwort")).status_code == 303


async def test_a_change_of_role_works_at_once(desk: Desk) -> None:
    advisor = desk.invite(role="admin")
    async with desk.browser() as browser:
        await log_in(browser)
        assert (await browser.get("/desk/advisors")).status_code == 200
        lower = advisors.Advisor(advisor.id, advisor.name, advisor.email, "advisor")
        desk.database.write(lambda c: advisors.change(c, lower))
        refused = await browser.get("/desk/advisors")
        assert refused.status_code == 403
        assert "der Administration vorbehalten" in refused.text


class _Watched(Passwords):
    """The real thing, and what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str | None, Checked]] = []

    async def check(self, password: str, password_hash: str | None) -> Checked:
        checked = await super().check(password, password_hash)
        self.asked.append((password, password_hash, checked))
        return checked


async def test_nobody_learns_whether_there_is_an_account(desk: Desk) -> None:
    watched = desk.access.passwords = _Watched()
    desk.invite()
    gone = desk.invite("gone@example.org", name="Gone")
    desk.database.write(lambda c: advisors.deactivate(c, gone.id))
    desk.database.write(
        lambda c: advisors.add(c, "By service", "s@example.org", role="admin", at=desk.time())
    )
    answers = set()
    async with desk.browser() as browser:
        for email, password in (
            (EMAIL, "falsch"),
            ("nobody@example.org", PHRASE),
            ("gone@example.org", PHRASE),
            ("s@example.org", PHRASE),
        ):
            answer = await log_in(browser, email, password)
            answers.add((answer.status_code, answer.text.replace(email, "…")))
            assert "set-cookie" not in answer.headers
    assert len(answers) == 1
    assert [(asked, known is None) for asked, known, _ in watched.asked] == [
        ("falsch", False),
        (PHRASE, True),
        (PHRASE, True),
        (PHRASE, True),
    ]
    assert not any(checked.right for *_, checked in watched.asked)
    nobodys = watched._nobodys
    assert nobodys is not None
    costs = re.compile(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$")
    assert costs.match(nobodys)
    assert costs.match(hash_password(PHRASE))


async def test_a_hash_of_other_costs_is_made_anew_at_login(desk: Desk) -> None:
    advisor = desk.invite()
    cheap = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PHRASE)
    desk.database.write(lambda c: advisors.set_password(c, advisor.id, cheap))

    def kept() -> str:
        found = desk.database.read(lambda c: advisors.password_hash_of(c, EMAIL))
        assert found is not None
        return found[1]

    async with desk.browser() as browser:
        assert (await log_in(browser, EMAIL, "falsch")).status_code == 403
        assert kept() == cheap
        assert (await log_in(browser)).status_code == 303
        renewed = kept()
        assert "m=19456,t=2,p=1" in renewed
        assert (await log_in(browser)).status_code == 303
        assert kept() == renewed


async def test_a_password_is_the_same_however_its_letters_are_composed(desk: Desk) -> None:
    advisor = desk.invite()
    new = hash_password("Gr\u00fc\u00dfe aus K\u00f6ln")
    desk.database.write(lambda c: advisors.set_password(c, advisor.id, new))
    async with desk.browser() as browser:
        answer = await log_in(browser, EMAIL, "Gru\u0308\u00dfe aus Ko\u0308ln")
    assert answer.status_code == 303


async def test_too_many_attempts_on_an_account_wait_from_wherever_they_come(desk: Desk) -> None:
    desk.invite()
    statuses = []
    for number in range(11):
        async with desk.browser(client=f"192.0.2.{number}") as browser:
            answer = await log_in(browser, EMAIL.upper() if number % 2 else EMAIL, "falsch")
            statuses.append(answer.status_code)
    assert statuses == [403] * 10 + [429]
    assert answer.headers["retry-after"] == "30"
    assert _sentence(answer.text) == (
        "Das waren sehr viele Versuche in kurzer Zeit, bitte warten Sie etwa 1 Min. und versuchen"
        " Sie es dann noch einmal."
    )
    async with desk.browser() as browser:
        assert (await log_in(browser)).status_code == 429
        desk.time.passes(seconds=30)
        assert (await log_in(browser)).status_code == 303


async def test_too_many_attempts_from_an_address_wait_whatever_the_account(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as browser:
        for _ in range(30):  # what it takes from the bucket, without the cost of each check
            assert desk.access.limits.client("192.0.2.7") == 0
        answer = await log_in(browser)
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == "10"
    async with desk.browser(client="192.0.2.8") as other:
        assert (await log_in(other)).status_code == 303


def _sentence(text: str) -> str:
    found = re.search(r'role="alert".*?<p>(?:<a [^>]*>)?([^<]*)', text, re.DOTALL)
    assert found is not None
    return found[1]


async def test_what_is_missing_is_said_and_costs_no_attempt(desk: Desk) -> None:
    async with desk.browser() as browser:
        for _ in range(40):
            answer = await log_in(browser, EMAIL, "")
            assert answer.status_code == 422
    assert _sentence(answer.text) == "Bitte geben Sie E-Mail-Adresse und Passwort ein."


async def test_passwords_and_addresses_are_never_logged(
    logged: list[dict[str, object]],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(0)
    desk = Desk(Database("sqlite://"))
    desk.invite()
    async with desk.browser() as browser:
        await log_in(browser, EMAIL, "falsches-geheimnis")
        await log_in(browser)
        held = browser.cookies[COOKIE]
        await browser.get("/desk/cases")
        desk.database.close()
        assert (await log_in(browser)).status_code == 500
    written = caplog.text + repr(logged) + "".join(capfd.readouterr())
    for secret in ("falsches-geheimnis", PHRASE, EMAIL, "Leila", held):
        assert secret not in written
    assert [line["event"] for line in logged] == ["login_refused", "logged_in", "web_failed"]


async def test_without_local_accounts_no_password_is_taken(database: Database) -> None:
    desk = Desk(database, local=False)
    desk.invite()
    async with desk.browser() as browser:
        assert (await log_in(browser)).status_code == 404
        assert 'type="password"' not in (await browser.get("/desk/login")).text


async def test_an_access_needs_nothing_but_store_clock_and_address(database: Database) -> None:
    access = DeskAccess(database, lambda: NotImplemented, "https://Desk.example.org:443/")
    assert access.origin == "https://desk.example.org"
    assert access.service is None


async def test_expired_sessions_are_removed_and_others_stay(desk: Desk) -> None:
    desk.invite()
    async with desk.browser() as early, desk.browser() as late:
        await log_in(early)
        desk.time.passes(minutes=40)
        await log_in(late)
        desk.time.passes(minutes=20)
        removed = desk.database.write(lambda c: sessions.remove_expired(c, desk.time()))
        assert removed == 1
        assert (await late.get("/desk/cases")).status_code == 200


async def test_a_password_counts_to_its_end(desk: Desk) -> None:
    advisor = desk.invite()
    longest = "x" * 200
    desk.database.write(lambda c: advisors.set_password(c, advisor.id, hash_password(longest)))
    async with desk.browser() as browser:
        assert (await log_in(browser, EMAIL, longest + "y")).status_code == 403
        assert (await log_in(browser, EMAIL, longest[:-1])).status_code == 403
        assert (await log_in(browser, EMAIL, longest)).status_code == 303
