"""PostgreSQL stopped and started again, out of connections, or slow: refused, then answered."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
import sqlalchemy as sa

from kpbot.house import House
from kpbot.model import Inbound, Opened, Said
from kpbot.store import conversations, inbox, outbox, timers
from kpbot.store.database import Database, is_away
from kpbot.store.tables import inbox as inbox_table
from kpbot.turn import receive
from postgres import Server
from walk import NOW

pytestmark = pytest.mark.slow


@pytest.fixture
def database(postgresql_url: str) -> Iterator[Database]:
    """An empty database in PostgreSQL."""
    opened = Database(postgresql_url)
    yield opened
    opened.close()


def _message(number: int) -> Inbound:
    content = Said("Guten Tag") if number else Opened()
    return Inbound("web", "anna", f"anna-{number}", NOW, content, "de")


def _refusal(database: Database, house: House, number: int) -> sa.exc.SQLAlchemyError:
    with pytest.raises(sa.exc.SQLAlchemyError) as caught:
        receive(database, _message(number), house)
    return caught.value


def _kept(database: Database) -> list[str]:
    query = sa.select(inbox_table.c.message_id).order_by(inbox_table.c.id)
    return database.read(lambda c: list(c.execute(query).scalars()))


@pytest.mark.parametrize("url", ["postgresql://", "postgres://", "postgresql+psycopg://"])
def test_the_url_may_be_written_as_operators_write_it(postgresql_url: str, url: str) -> None:
    opened = Database(postgresql_url.replace("postgresql://", url))
    assert opened.answers()
    opened.close()


def test_a_server_that_is_stopped_for_a_while_refuses_and_answers_afterwards(
    database: Database, postgresql: Server, house: House
) -> None:
    assert receive(database, _message(0), house) is not None
    assert database.answers()
    postgresql.stop()
    try:
        assert not database.answers()
        assert is_away(_refusal(database, house, 1))
        assert is_away(_refusal(database, house, 1))
        with pytest.raises(sa.exc.OperationalError):
            database.read(outbox.waiting)
    finally:
        postgresql.start()
    assert database.answers()
    taken = receive(database, _message(1), house)
    assert taken is not None
    assert taken.outbound is not None
    assert _kept(database) == ["anna-0", "anna-1"]
    assert database.read(inbox.failures) == 0


def test_a_turn_cut_off_in_the_middle_has_not_happened(
    database: Database, postgresql: Server, house: House
) -> None:
    """The server goes between two statements of one turn."""

    def work(connection: sa.Connection) -> None:
        kept = conversations.load(connection, "web", "anna", NOW)
        inbox.accept(connection, _message(0), kept.id)
        postgresql.stop()
        timers.set_timer(connection, kept.id, "late", NOW)

    try:
        with pytest.raises(sa.exc.DBAPIError) as caught:
            database.write(work)
        assert is_away(caught.value)
    finally:
        postgresql.start()
    assert _kept(database) == []
    assert receive(database, _message(0), house) is not None


def test_a_row_that_somebody_holds_too_long_refuses_and_answers_afterwards(
    database: Database, house: House
) -> None:
    receive(database, _message(0), house)
    with database.engine.connect() as other:
        conversations.load(other, "web", "anna", NOW)

        @sa.event.listens_for(database.engine, "begin")
        def _impatient(connection: sa.Connection) -> None:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")

        assert is_away(_refusal(database, house, 1))
        assert database.answers(), "the store is well: one person waits"
        other.rollback()
    assert receive(database, _message(1), house) is not None


def test_more_work_than_connections_is_refused_or_waits_and_is_not_lost(
    postgresql_url: str, house: House
) -> None:
    database = Database(postgresql_url)
    messages = [
        Inbound("web", f"person-{number}", "1:" + str(number), NOW, Said("Guten Tag"), "de")
        for number in range(60)
    ]
    with ThreadPoolExecutor(60) as pool:
        taken = list(pool.map(lambda each: receive(database, each, house), messages))
    assert all(taken)
    assert len(_kept(database)) == 60
    database.close()


def test_no_waiting_is_without_an_end(database: Database) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with database.engine.connect() as connection:
        for name in names:
            assert connection.exec_driver_sql(f"SHOW {name}").scalar_one() != "0"


def test_what_is_no_character_for_postgresql_is_no_obstacle(
    database: Database, house: House
) -> None:
    for number, text in enumerate(("a\x00b", "a\ud83d", "\x00", "\U0010ffff\ufffe")):
        said = Inbound("web", "anna", f"odd-{number}", NOW, Said(text), "de")
        assert receive(database, said, house) is not None
    assert database.read(inbox.failures) == 0
    for message_id in ("x" * 500, "nul\x00id", "half\ud83d"):
        said = Inbound("web", "anna", message_id, NOW, Said("Guten Tag"), "de")
        assert receive(database, said, house) is not None
        assert receive(database, said, house) is None, "the same id is the same message"
    assert database.read(inbox.failures) == 0


def test_an_instant_comes_back_to_the_microsecond(database: Database) -> None:
    precise = NOW.replace(microsecond=123457)
    database.write(lambda c: timers.set_timer(c, "c", "x", precise))
    query = sa.select(sa.column("due")).select_from(sa.table("timers"))
    assert database.read(lambda c: c.execute(query).scalar_one()) == precise.replace(tzinfo=None)


def test_what_a_person_wrote_is_in_no_error(database: Database) -> None:
    mark = "Zyxomma7"
    with pytest.raises(sa.exc.DBAPIError) as caught:
        database.write(
            lambda c: c.execute(
                inbox_table.insert().values(
                    channel="x" * 99, message_id="1", conversation="c", at=NOW, content=mark
                )
            )
        )
    assert mark not in str(caught.value)
    assert isinstance(caught.value.orig, psycopg.Error)


def test_a_process_that_dies_with_a_lock_frees_it(database: Database, postgresql_url: str) -> None:
    other = Database(postgresql_url)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with suppress(sa.exc.OperationalError), other.engine.connect() as connection:
            conversations.load(connection, "web", "anna", NOW)
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1)")
            held.set()
            done.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with psycopg.connect(postgresql_url, autocommit=True) as killer:
        killer.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks "
            "WHERE locktype = 'advisory' AND objid = 1"
        )
    assert database.write(lambda c: conversations.load(c, "web", "anna", NOW)).turn == 0
    done.set()
    thread.join()
    other.close()
