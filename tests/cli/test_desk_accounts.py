"""Accounts and tokens as an operator makes them; a secret is shown once."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kpbot.cli import desk
from kpbot.cli.failing import WrongUse
from kpbot.desk.passwords import Passwords
from kpbot.store import advisors, sessions, tokens
from kpbot.store.database import Database
from walk import NOW

EMAIL = "leila@example.org"
TYPED = "ein langes Passwort"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a kpbot without any other setting."""
    monkeypatch.setenv("KPBOT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("KPBOT_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


def _open(store: Path) -> Database:
    return Database(f"sqlite:///{store / 'kpbot.db'}")


def _files(store: Path) -> list[bytes]:
    files = [file.read_bytes() for file in store.glob("kpbot.db*")]
    assert files
    return files


async def _is_right(store: Path, password: str) -> bool:
    database = _open(store)
    known = database.read(lambda c: advisors.password_hash_of(c, EMAIL))
    database.close()
    return known is not None and (await Passwords().check(password, known[1])).right


def _shown(out: str, what: str) -> str:
    (secret,) = re.findall(rf"{what}, shown this once: (\S+)", out)
    return str(secret)


async def test_who_is_added_has_the_password_that_is_shown_once(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.add("Leila Brandt", email="Leila@Example.org", role="admin", telegram="4711")
    out = capsys.readouterr().out
    made = _shown(out, "Password")
    assert re.fullmatch(r"[a-z2-9]{5}(-[a-z2-9]{5}){3}", made)
    assert await _is_right(store, made)
    assert not await _is_right(store, made[:-1])
    assert not any(made.encode() in content for content in _files(store))
    desk.list_all(as_json=True)
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row.pop("id")
    assert row == {
        "name": "Leila Brandt",
        "email": EMAIL,
        "role": "admin",
        "telegram": "4711",
        "active": True,
    }
    desk.list_all(as_json=False)
    assert capsys.readouterr().out == f"Leila Brandt  {EMAIL}  admin  Telegram 4711\n"


async def test_a_password_may_be_typed_in_and_is_not_shown(
    store: Path, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    types(f"{TYPED}\n")
    desk.add("Leila", email=EMAIL, role="advisor", ask=True)
    assert TYPED not in capsys.readouterr().out
    assert await _is_right(store, TYPED)


@pytest.mark.parametrize("typed", ["", "zu kurz", "x" * 201])
def test_a_password_that_cannot_be_is_refused_and_nobody_is_added(
    store: Path, types: Callable[[str], None], typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    types(f"{typed}\n")
    with pytest.raises(WrongUse, match=r"^A password .*characters"):
        desk.add("Leila", email=EMAIL, role="advisor", ask=True)
    assert capsys.readouterr().out == ""
    assert not (store / "kpbot.db").exists()


@pytest.mark.usefixtures("store")
def test_who_enters_by_the_login_service_needs_no_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    desk.add("Leila", email=EMAIL, role="advisor", no_password=True)
    assert "shown this once" not in capsys.readouterr().out
    with pytest.raises(WrongUse):
        desk.add("Karim", email="k@example.org", role="advisor", ask=True, no_password=True)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("name", "email", "telegram"),
    [
        ("", EMAIL, ""),
        ("x" * 121, EMAIL, ""),
        ("Leila", "leila", ""),
        ("Leila", "a@b@c", ""),
        ("Leila", "leila @example.org", ""),
        ("Leila", f"{'x' * 250}@example.org", ""),
        ("Leila", EMAIL, "@leila"),
        ("Leila", EMAIL, "٤٧١١"),
    ],
)
def test_what_cannot_be_is_one_sentence(name: str, email: str, telegram: str) -> None:
    with pytest.raises(WrongUse, match=r"^[^\n]+\.$"):
        desk.add(name, email=email, role="advisor", telegram=telegram)


@pytest.mark.usefixtures("store")
def test_nobody_is_added_twice() -> None:
    desk.add("Leila", email=EMAIL, role="advisor", telegram="4711")
    for email, telegram in ((EMAIL.upper(), ""), ("karim@example.org", "4711")):
        with pytest.raises(WrongUse, match="Another advisor has"):
            desk.add("Karim", email=email, role="advisor", telegram=telegram)


async def test_who_is_removed_may_come_back_as_the_same_advisor(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.add("Leila", email=EMAIL, role="advisor", telegram="4711")
    old = _shown(capsys.readouterr().out, "Password")
    database = _open(store)
    (before,) = database.read(advisors.every)
    held = database.write(lambda c: sessions.begin(c, before.id, NOW))
    assert desk.remove(EMAIL.upper()) == 0
    assert database.read(lambda c: sessions.find(c, held, NOW)) is None
    assert capsys.readouterr().out == "Removed, and logged out everywhere.\n"
    desk.list_all(as_json=False)
    assert capsys.readouterr().out == f"Leila  {EMAIL}  advisor  removed\n"
    assert desk.remove(EMAIL) == 1
    assert capsys.readouterr().err == "kpbot: There is no advisor with this address.\n"
    desk.add("Leila Vogel", email=EMAIL, role="admin")
    (after,) = database.read(advisors.every)
    database.close()
    assert after == advisors.Advisor(before.id, "Leila Vogel", EMAIL, "admin")
    new = _shown(capsys.readouterr().out, "Password")
    assert await _is_right(store, new)
    assert not await _is_right(store, old)


async def test_another_password_takes_the_place_of_the_old(
    store: Path, types: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    desk.add("Leila", email=EMAIL, role="advisor")
    old = _shown(capsys.readouterr().out, "Password")
    assert desk.password(EMAIL) == 0
    new = _shown(capsys.readouterr().out, "Password")
    assert await _is_right(store, new)
    assert not await _is_right(store, old)
    types(f"{TYPED}\n")
    assert desk.password(EMAIL, ask=True) == 0
    assert await _is_right(store, TYPED)
    assert desk.password("nobody@example.org") == 1
    assert desk.password("nobody@example.org", ask=True) == 1


def test_a_token_is_shown_once_listed_and_removed(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.add_token("crm", scopes=("statistics:read", "cases:read"))
    secret = _shown(capsys.readouterr().out, "Token")
    database = _open(store)
    known = database.read(lambda c: tokens.find(c, secret))
    database.close()
    assert known is not None
    assert known.scopes == ("cases:read", "statistics:read")
    desk.list_tokens(as_json=False)
    assert capsys.readouterr().out == "crm  cases:read statistics:read  used: never\n"
    desk.list_tokens(as_json=True)
    row = json.loads(capsys.readouterr().out)
    assert row["name"] == "crm"
    assert row["used"] is None
    with pytest.raises(WrongUse, match="of this name already"):
        desk.add_token("crm", scopes=("cases:read",))
    assert desk.remove_token("crm") == 0
    assert desk.remove_token("crm") == 1


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("name", "scopes"),
    [("crm", ()), ("crm", ("cases:delete",)), ("", ("cases:read",)), ("a b", ("cases:read",))],
)
def test_a_token_needs_a_name_and_scopes_there_are(name: str, scopes: tuple[str, ...]) -> None:
    with pytest.raises(WrongUse):
        desk.add_token(name, scopes=scopes)
