"""Advisors are found by whatever names them, and only while they may work."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from kpbot.store import advisors, sessions, tables
from kpbot.store.advisors import Advisor, AlreadyThere
from kpbot.store.database import Database
from walk import NOW


def _add(database: Database, email: str = "leila@example.org", **more: str) -> Advisor:
    return database.write(
        lambda c: advisors.add(c, "Leila Brandt", email, role="advisor", at=NOW, **more)
    )


def _begin(database: Database, advisor: Advisor) -> str:
    return database.write(lambda c: sessions.begin(c, advisor.id, NOW))


def _sessions(database: Database) -> int:
    query = sa.select(sa.func.count()).select_from(tables.sessions)
    return int(database.read(lambda c: c.execute(query).scalar_one()))


def test_an_advisor_is_found_by_each_of_its_names(database: Database) -> None:
    added = _add(database, " Leila@Example.ORG ", telegram="4711")
    database.write(lambda c: advisors.set_subject(c, added.id, "s-1"))
    assert added.email == "leila@example.org"
    assert database.read(lambda c: advisors.get(c, added.id)) == added
    for email in ("leila@example.org", "LEILA@EXAMPLE.ORG", " leila@example.org\n"):
        assert database.read(lambda c, e=email: advisors.find_by_email(c, e)) == added
    assert database.read(lambda c: advisors.find_by_telegram(c, "4711")) == added
    assert database.read(lambda c: advisors.find_by_subject(c, "s-1")) == added
    assert database.read(advisors.every) == [added]


@pytest.mark.parametrize("name", ["", "%", "leila", "leila@example.or_", "0", "None", "\0"])
def test_nobody_is_found_by_what_names_nobody(database: Database, name: str) -> None:
    _add(database)
    assert database.read(lambda c: advisors.find_by_email(c, name)) is None
    if "\0" not in name:
        assert database.read(lambda c: advisors.find_by_telegram(c, name)) is None
        assert database.read(lambda c: advisors.find_by_subject(c, name)) is None
        assert database.read(lambda c: advisors.get(c, name)) is None


def test_an_address_and_a_telegram_id_belong_to_one_advisor(database: Database) -> None:
    first = _add(database, telegram="4711")
    with pytest.raises(AlreadyThere):
        _add(database, "LEILA@example.org")
    with pytest.raises(AlreadyThere):
        _add(database, "karim@example.org", telegram="4711")
    second = _add(database, "karim@example.org")
    with pytest.raises(AlreadyThere):
        database.write(lambda c: advisors.change(c, replace(second, telegram="4711")))
    assert database.read(lambda c: advisors.get(c, second.id)) == second
    assert database.read(lambda c: advisors.get(c, first.id)) == first


def test_a_change_is_kept_and_logs_nobody_out(database: Database) -> None:
    added = _add(database)
    _begin(database, added)
    changed = replace(added, name="Leila Vogel", role="admin", telegram="4712")
    database.write(lambda c: advisors.change(c, changed))
    assert database.read(lambda c: advisors.get(c, added.id)) == changed
    assert changed.is_admin
    assert _sessions(database) == 1


def test_who_is_removed_is_known_only_to_the_past(database: Database) -> None:
    added = _add(database, telegram="4711", password_hash="x")  # noqa: S106 (no password)
    other = _add(database, "karim@example.org")
    database.write(lambda c: advisors.set_subject(c, added.id, "s-1"))
    for each in (added, added, other):
        _begin(database, each)
    database.write(lambda c: advisors.deactivate(c, added.id))
    assert _sessions(database) == 1
    kept = replace(added, active=False, telegram=None)
    assert database.read(lambda c: advisors.get(c, added.id)) == kept
    assert database.read(lambda c: advisors.find_by_email(c, added.email)) is None
    found = database.read(lambda c: advisors.find_by_email(c, added.email, only_active=False))
    assert found == kept
    assert database.read(lambda c: advisors.find_by_telegram(c, "4711")) is None
    assert database.read(lambda c: advisors.find_by_subject(c, "s-1")) is None
    assert database.read(lambda c: advisors.password_hash_of(c, added.email)) is None
    assert database.read(lambda c: advisors.every(c, only_active=True)) == [other]
    database.write(lambda c: advisors.change(c, replace(kept, active=True)))
    assert database.read(lambda c: advisors.password_hash_of(c, added.email)) is None


def test_a_change_to_inactive_ends_every_session(database: Database) -> None:
    added = _add(database)
    held = _begin(database, added)
    database.write(lambda c: advisors.change(c, replace(added, active=False)))
    assert _sessions(database) == 0
    assert database.read(lambda c: sessions.find(c, held, NOW)) is None


def test_a_new_hash_of_a_password_that_was_changed_meanwhile_is_dropped(
    database: Database,
) -> None:
    added = _add(database, password_hash="old")  # noqa: S106 (no password)
    database.write(lambda c: advisors.set_password(c, added.id, "other"))
    database.write(lambda c: advisors.renew_hash(c, added.id, "old", "renewed"))
    assert database.read(lambda c: advisors.password_hash_of(c, added.email)) == (added, "other")
    database.write(lambda c: advisors.renew_hash(c, added.id, "other", "renewed"))
    assert database.read(lambda c: advisors.password_hash_of(c, added.email)) == (added, "renewed")


def test_a_subject_is_one_advisors_only(database: Database) -> None:
    first, second = _add(database), _add(database, "karim@example.org")
    assert not database.read(lambda c: advisors.has_subject(c, first.id))
    database.write(lambda c: advisors.set_subject(c, first.id, "s-1"))
    assert database.read(lambda c: advisors.has_subject(c, first.id))
    with pytest.raises(sa.exc.IntegrityError):
        database.write(lambda c: advisors.set_subject(c, second.id, "s-1"))
