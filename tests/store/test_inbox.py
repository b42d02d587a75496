"""A message that arrives twice is one message."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from kpbot.model import Attached, Content, Due, Edited, Inbound, Opened, Pressed, Said, Selected
from kpbot.store.codec import tagged
from kpbot.store.database import Database
from kpbot.store.inbox import accept, cleaned, failures, is_known, park
from kpbot.store.tables import inbox
from walk import NOW

ONE = Inbound("web", "anna", "m1", NOW, Said("hallo"))


def test_the_first_delivery_is_accepted_and_the_second_is_not(database: Database) -> None:
    assert [database.write(lambda c: accept(c, ONE, "c1")) for _ in range(3)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "other", [replace(ONE, channel="telegram"), replace(ONE, message_id="m2")], ids=repr
)
def test_another_channel_or_id_is_another_message(database: Database, other: Inbound) -> None:
    assert database.write(lambda c: accept(c, ONE, "c1"))
    assert database.write(lambda c: accept(c, other, "c1"))


def test_a_message_is_accepted_once_when_eight_threads_race(file_database: Database) -> None:
    for number in range(20):
        inbound = replace(ONE, message_id=f"m{number}")
        with ThreadPoolExecutor(8) as pool:
            accepted = list(
                pool.map(
                    lambda _, each=inbound: file_database.write(lambda c: accept(c, each, "c1")),
                    range(8),
                )
            )
        assert sorted(accepted) == [False] * 7 + [True]


def test_a_message_is_known_from_its_first_delivery_on(database: Database) -> None:
    assert not database.read(lambda c: is_known(c, ONE))
    database.write(lambda c: accept(c, ONE, "c1"))
    assert database.read(lambda c: is_known(c, ONE))
    assert not database.read(lambda c: is_known(c, replace(ONE, channel="telegram")))


def test_a_message_whose_work_was_undone_may_come_again(database: Database) -> None:
    def work(connection: sa.Connection) -> None:
        assert accept(connection, ONE, "c1")
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        database.write(work)
    assert database.write(lambda c: accept(c, ONE, "c1"))


def test_a_parked_message_is_counted_and_never_accepted(database: Database) -> None:
    assert database.read(failures) == 0
    assert database.write(lambda c: park(c, ONE, "c1", "ArithmeticError"))
    assert not database.write(lambda c: park(c, ONE, "c1", "ArithmeticError"))
    assert not database.write(lambda c: accept(c, ONE, "c1"))
    assert database.read(failures) == 1


def test_what_arrived_is_kept_with_its_conversation_and_instant(database: Database) -> None:
    database.write(lambda c: accept(c, ONE, "c1"))
    row = database.read(lambda c: c.execute(sa.select(inbox)).one())
    assert row._asdict() == {
        "id": 1,
        "channel": "web",
        "message_id": "m1",
        "conversation": "c1",
        "at": NOW,
        "content": tagged(ONE.content),
        "failure": None,
    }


def test_a_message_is_kept_under_the_id_an_edit_of_it_names(database: Database) -> None:
    database.write(lambda c: accept(c, replace(ONE, original="77"), "c1"))
    (content,) = database.read(lambda c: c.execute(sa.select(inbox.c.content)).scalars().all())
    assert content == {**tagged(ONE.content), "original": "77"}


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (Said("a\x00b\x07c"), Said("abc")),
        (Said("half \ud83d of a smiley"), Said("half  of a smiley")),
        (Said("two\nlines\tand a tab"), Said("two\nlines\tand a tab")),
        (Said("one\r\ntwo\rthree"), Said("one\ntwo\nthree")),
        (Said("\u202eمرحبا 😀 <b>"), Said("مرحبا 😀 <b>")),
        (Edited("a\x00b"), Edited("ab")),
        (Pressed(1, "gr\x00oup", "\udfffx"), Pressed(1, "group", "x")),
        (Selected(1, "q\x00", ("a\x00", "b")), Selected(1, "q", ("a", "b"))),
        (Attached("photo\x00"), Attached("photo")),
        (Attached("photo", "a\x00b"), Attached("photo", "ab")),
        (Opened(), Opened()),
        (Due("expire:intake"), Due("expire:intake")),
    ],
)
def test_what_no_store_takes_is_gone_and_nothing_else(content: Content, kept: Content) -> None:
    assert cleaned(replace(ONE, content=content)) == replace(ONE, content=kept)
