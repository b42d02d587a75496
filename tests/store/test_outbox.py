"""What goes out is leased by one, in order for each address, until it is marked."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from kpbot.model import Letter, Outbound
from kpbot.store import outbox
from kpbot.store.codec import Message
from kpbot.store.database import Database
from kpbot.store.outbox import LEASE
from kpbot.store.tables import outbox as table
from walk import NOW


def _message(text: str, person: str = "anna") -> Outbound:
    return Outbound("web", person, 1, "de", text)


def _put(
    database: Database,
    message: Message,
    channel: str = "web",
    address: str = "anna",
    at: datetime = NOW,
) -> int:
    return database.write(
        lambda c: outbox.put(c, message, channel=channel, address=address, conversation=None, at=at)
    )


def _lease(
    database: Database,
    at: datetime = NOW,
    channels: Sequence[str] = ("web",),
    address: str | None = None,
    limit: int = 20,
) -> list[str]:
    leased = database.write(
        lambda c: outbox.lease(c, list(channels), at, address=address, limit=limit)
    )
    return [each.message.text for each in leased]


def _leased_ids(database: Database, at: datetime = NOW) -> list[int]:
    return [each.id for each in database.write(lambda c: outbox.lease(c, ["web"], at))]


def test_the_lease_holds_the_message_as_it_was_put(database: Database) -> None:
    letter = Letter("KP-23456 · Beratung", "Zusammenfassung\nمرحبا", "KP-23456")
    id_ = _put(database, letter, "mail", "desk@example.org")
    assert database.write(lambda c: outbox.lease(c, ["mail"], NOW)) == [
        outbox.Waiting(id_, "mail", "desk@example.org", letter, 0)
    ]


def test_an_address_gets_its_messages_one_after_the_other(database: Database) -> None:
    ids = [_put(database, _message(text)) for text in "abc"]
    for expected, id_ in zip("abc", ids, strict=True):
        assert _lease(database) == [expected]
        assert _lease(database) == []
        database.write(lambda c, each=id_: outbox.mark_sent(c, each))
    assert _lease(database) == []


def test_addresses_do_not_wait_for_each_other(database: Database) -> None:
    for address in ("anna", "bilal", "chloé"):
        for text in "ab":
            _put(database, _message(address + text), address=address)
    assert _lease(database) == ["annaa", "bilala", "chloéa"]


def test_the_same_address_in_another_channel_is_another(database: Database) -> None:
    _put(database, _message("web"))
    _put(database, _message("telegram"), channel="telegram")
    assert _lease(database, channels=("web", "telegram")) == ["web", "telegram"]


@pytest.mark.parametrize(
    ("channels", "address", "limit", "expected"),
    [
        (["web"], None, 20, ["1", "2"]),
        (["mail"], None, 20, ["3"]),
        (["web", "mail"], None, 20, ["1", "2", "3"]),
        (["web", "mail"], None, 2, ["1", "2"]),
        (["web"], "bilal", 20, ["2"]),
        (["web"], "nobody", 20, []),
        ([], None, 20, []),
    ],
)
def test_a_lease_is_for_these_channels_and_no_more_than_wanted(
    database: Database, channels: list[str], address: str | None, limit: int, expected: list[str]
) -> None:
    _put(database, _message("1"), "web", "anna")
    _put(database, _message("2"), "web", "bilal")
    _put(database, _message("3"), "mail", "anna")
    assert _lease(database, NOW, channels, address, limit) == expected


def test_what_is_due_later_is_leased_later_and_holds_what_comes_after_it(
    database: Database,
) -> None:
    later = NOW + timedelta(hours=1)
    _put(database, _message("later"), at=later)
    _put(database, _message("behind it"))
    assert _lease(database) == []
    assert _lease(database, later) == ["later"]


def test_a_lease_ends_and_the_message_is_leased_again(database: Database) -> None:
    _put(database, _message("a"))
    assert _lease(database) == ["a"]
    assert _lease(database, NOW + LEASE - timedelta(seconds=1)) == []
    again = database.write(lambda c: outbox.lease(c, ["web"], NOW + LEASE))
    assert [(each.message.text, each.attempts) for each in again] == [("a", 1)]


def test_what_a_dead_process_leased_can_be_released_for_its_address(database: Database) -> None:
    _put(database, _message("a"))
    _put(database, _message("b", "bilal"), address="bilal")
    assert _lease(database) == ["a", "b"]
    database.write(lambda c: outbox.release(c, "web", "anna"))
    assert _lease(database) == ["a"]


def test_what_every_dead_sender_leased_is_leased_at_once_and_counted_as_doubtful(
    database: Database,
) -> None:
    _put(database, _message("a"))
    _put(database, _message("b", "bilal"), channel="mail")
    assert _lease(database) == ["a"]
    later = NOW + timedelta(seconds=1)
    database.write(lambda c: outbox.end_leases(c, later))
    again = database.write(lambda c: outbox.lease(c, ["web", "mail"], later))
    assert [(each.message.text, each.doubts) for each in again] == [("a", 1), ("b", 0)]


def test_each_message_is_leased_by_one_of_eight_who_race(shared_database: Database) -> None:
    addresses = [f"person-{number}" for number in range(40)]
    for address in addresses:
        _put(shared_database, _message(address, address), address=address)
    with ThreadPoolExecutor(8) as pool:
        taken = [
            text
            for texts in pool.map(lambda _: _lease(shared_database, limit=3), range(24))
            for text in texts
        ]
    assert sorted(taken) == sorted(addresses)


def test_a_message_that_failed_is_leased_when_it_is_due_again(database: Database) -> None:
    _put(database, _message("a"))
    (id_,) = _leased_ids(database)
    again_at = NOW + timedelta(seconds=2)
    database.write(lambda c: outbox.mark_failed(c, id_, "smtp_451", again_at))
    assert _lease(database) == []
    assert _lease(database, again_at) == ["a"]


def test_a_message_that_failed_for_ever_lets_the_next_go(database: Database) -> None:
    _put(database, _message("never"))
    _put(database, _message("next"))
    (id_,) = _leased_ids(database)
    database.write(lambda c: outbox.mark_failed(c, id_, "blocked", None))
    assert _lease(database) == ["next"]


@pytest.mark.parametrize(
    "message",
    [{}, [], {"type": "Nobody"}, {"type": "Outbound", "turn": "?"}, "text", None],
    ids=str,
)
def test_a_message_that_cannot_be_read_is_given_up_and_not_in_the_way(
    database: Database, message: object
) -> None:
    spoilt = _put(database, _message("spoilt"))
    _put(database, _message("next"))
    _put(database, _message("other", "bilal"), address="bilal")
    database.write(
        lambda c: c.execute(table.update().where(table.c.id == spoilt).values(message=message))
    )
    assert _lease(database) == ["other"]
    assert _lease(database) == ["next"]


def test_what_was_said_to_a_person_is_read_in_order_and_from_anywhere(database: Database) -> None:
    ids = [_put(database, _message(text)) for text in "abc"]
    _put(database, _message("other"), address="bilal")
    database.write(lambda c: outbox.mark_sent(c, ids[0]))
    said = database.read(lambda c: outbox.said_to(c, "web", "anna"))
    assert said == [(id_, _message(text)) for id_, text in zip(ids, "abc", strict=True)]
    assert database.read(lambda c: outbox.said_to(c, "web", "anna", ids[1])) == said[2:]


def test_what_waits_is_counted_with_the_instant_of_the_oldest(database: Database) -> None:
    assert database.read(outbox.waiting) == (0, None)
    later = NOW + timedelta(minutes=1)
    second = _put(database, _message("second"), at=later)
    first = _put(database, _message("first", "bilal"), address="bilal")
    assert database.read(outbox.waiting) == (2, NOW)
    database.write(lambda c: outbox.mark_sent(c, first))
    assert database.read(outbox.waiting) == (1, later)
    database.write(lambda c: outbox.mark_failed(c, second, "blocked", None))
    assert database.read(outbox.waiting) == (0, None)
