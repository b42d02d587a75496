"""A session holds so long and no longer; a token until it is removed."""

from datetime import timedelta

import pytest

from kpbot.store import advisors, sessions, tokens
from kpbot.store.database import Database
from walk import NOW

MOMENT = timedelta(seconds=1)


@pytest.fixture
def advisor(database: Database) -> advisors.Advisor:
    return database.write(
        lambda c: advisors.add(c, "Leila", "leila@example.org", role="advisor", at=NOW)
    )


def test_no_two_sessions_are_alike(database: Database, advisor: advisors.Advisor) -> None:
    held = {database.write(lambda c: sessions.begin(c, advisor.id, NOW)) for _ in range(20)}
    assert len(held) == 20
    assert all(len(each) == 43 for each in held)


@pytest.mark.parametrize(
    ("idle", "holds"),
    [
        (timedelta(), True),
        (sessions.IDLE - MOMENT, True),
        (sessions.IDLE, False),
        (timedelta(days=400), False),
    ],
)
def test_an_idle_session_ends(
    database: Database, advisor: advisors.Advisor, idle: timedelta, holds: bool
) -> None:
    held = database.write(lambda c: sessions.begin(c, advisor.id, NOW))
    found = database.read(lambda c: sessions.find(c, held, NOW + idle))
    assert (found is not None) is holds
    if found is not None:
        assert found.advisor == advisor
    removed = database.write(lambda c: sessions.remove_expired(c, NOW + idle))
    assert removed == (0 if holds else 1)


def test_a_busy_session_ends_too(database: Database, advisor: advisors.Advisor) -> None:
    held = database.write(lambda c: sessions.begin(c, advisor.id, NOW))
    at = NOW
    while at < NOW + sessions.LONGEST - timedelta(minutes=30):
        at += timedelta(minutes=30)
        database.write(lambda c, at=at: sessions.touch(c, held, at))
    last = NOW + sessions.LONGEST - MOMENT
    assert database.read(lambda c: sessions.find(c, held, last)) is not None
    assert database.read(lambda c: sessions.find(c, held, last + MOMENT)) is None
    assert database.write(lambda c: sessions.remove_expired(c, last)) == 0
    assert database.write(lambda c: sessions.remove_expired(c, last + MOMENT)) == 1


def test_a_sign_of_life_wakes_no_dead_and_turns_no_clock_back(
    database: Database, advisor: advisors.Advisor
) -> None:
    held = database.write(lambda c: sessions.begin(c, advisor.id, NOW))
    late = NOW + sessions.IDLE
    database.write(lambda c: sessions.touch(c, held, late))
    assert database.read(lambda c: sessions.find(c, held, late)) is None
    database.write(lambda c: sessions.touch(c, held, NOW - timedelta(minutes=50)))
    found = database.read(lambda c: sessions.find(c, held, NOW))
    assert found is not None
    assert found.seen == NOW
    database.write(lambda c: sessions.end(c, held))
    database.write(lambda c: sessions.touch(c, held, NOW + MOMENT))
    assert database.read(lambda c: sessions.find(c, held, NOW + MOMENT)) is None


def test_a_fresh_sign_of_life_need_not_be_written(
    database: Database, advisor: advisors.Advisor
) -> None:
    held = database.write(lambda c: sessions.begin(c, advisor.id, NOW))
    found = database.read(lambda c: sessions.find(c, held, NOW))
    assert found is not None
    assert not found.is_stale(NOW + timedelta(seconds=59))
    assert found.is_stale(NOW + timedelta(seconds=60))


@pytest.mark.parametrize("guess", ["", "x", "A" * 43, "%"])
def test_nobody_guesses_a_session(
    database: Database, advisor: advisors.Advisor, guess: str
) -> None:
    database.write(lambda c: sessions.begin(c, advisor.id, NOW))
    assert database.read(lambda c: sessions.find(c, guess, NOW)) is None


def test_a_token_is_told_once_and_found_until_it_is_removed(database: Database) -> None:
    secret = database.write(lambda c: tokens.add(c, "crm", ("cases:read",), NOW))
    assert secret.startswith(tokens.PREFIX)
    known = tokens.Token("crm", ("cases:read",), NOW)
    assert database.read(lambda c: tokens.find(c, secret)) == known
    assert database.read(tokens.every) == [known]
    assert secret not in repr(database.read(tokens.every))
    for wrong in ("", "kpb_", secret[:-1], secret + "x", secret.upper()):
        assert database.read(lambda c, w=wrong: tokens.find(c, w)) is None
    database.write(lambda c: tokens.touch(c, "crm", NOW + MOMENT))
    (used,) = database.read(tokens.every)
    assert used.used == NOW + MOMENT
    assert not used.is_stale(NOW + timedelta(seconds=60))
    assert used.is_stale(NOW + timedelta(seconds=61))
    assert database.write(lambda c: tokens.remove(c, "crm"))
    assert not database.write(lambda c: tokens.remove(c, "crm"))
    assert database.read(lambda c: tokens.find(c, secret)) is None


def test_a_tokens_name_is_taken_once(database: Database) -> None:
    first = database.write(lambda c: tokens.add(c, "crm", ("cases:read",), NOW))
    with pytest.raises(tokens.NameTaken):
        database.write(lambda c: tokens.add(c, "crm", ("cases:write",), NOW))
    found = database.read(lambda c: tokens.find(c, first))
    assert found is not None
    assert found.scopes == ("cases:read",)
