"""Work is committed together, undone alone, and seen only after its commit."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.store import database_sqlite
from kpbot.store.database import TOGETHER, Database, is_away
from kpbot.store.tables import inbox, timers
from kpbot.store.timers import set_timer
from walk import NOW


def _names(connection: sa.Connection) -> set[str]:
    return set(connection.execute(sa.select(timers.c.name)).scalars())


def _set(name: str) -> Callable[[sa.Connection], str]:
    def work(connection: sa.Connection) -> str:
        set_timer(connection, "c", name, NOW)
        return name

    return work


@pytest.fixture(params=["memory", "file", pytest.param("postgresql", marks=pytest.mark.slow)])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database in memory, one in a file, one in PostgreSQL: the same must be true of all."""
    urls = {"memory": "sqlite://", "file": f"sqlite:///{tmp_path / 'kpbot.db'}"}
    database = Database(urls.get(request.param) or request.getfixturevalue("postgresql_url"))
    yield database
    database.close()


def test_the_result_of_work_is_what_the_work_returns(either: Database) -> None:
    assert either.write(_set("one")) == "one"
    assert either.read(_names) == {"one"}


def test_work_of_many_threads_is_all_committed(either: Database) -> None:
    names = {f"timer-{number}" for number in range(4 * TOGETHER)}
    with ThreadPoolExecutor(32) as pool:
        done = set(pool.map(lambda name: either.write(_set(name)), names))
    assert done == names
    assert either.read(_names) == names


def test_a_piece_of_work_that_fails_undoes_only_itself(either: Database) -> None:
    gate = threading.Event()

    def wait_for_the_others(connection: sa.Connection) -> str:
        gate.wait()
        return _set("first")(connection)

    def fail(connection: sa.Connection) -> str:
        _set("failed")(connection)
        raise ArithmeticError("a planted bug")

    with ThreadPoolExecutor(4) as pool:  # all four are in one commit: the first holds it open
        works = (wait_for_the_others, _set("before"), fail, _set("after"))
        futures = [pool.submit(either.write, work) for work in works]
        gate.set()
    outcomes = [future.exception() for future in futures]
    assert [type(outcome) for outcome in outcomes] == [
        type(None),
        type(None),
        ArithmeticError,
        type(None),
    ]
    assert either.read(_names) == {"first", "before", "after"}


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_nothing_a_piece_of_work_raises_stops_the_writer(
    either: Database, error: type[BaseException]
) -> None:
    def leave(_: sa.Connection) -> None:
        raise error

    with pytest.raises(error):
        either.write(leave)
    assert either.write(_set("next")) == "next"


def test_a_broken_statement_is_told_and_the_next_work_goes_on(either: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError) as caught:
        either.write(lambda connection: connection.execute(sa.text("SELECT * FROM nowhere")))
    assert is_away(caught.value)
    assert either.write(_set("next")) == "next"


def test_a_constraint_that_is_broken_undoes_only_its_work(either: Database) -> None:
    def twice(connection: sa.Connection) -> None:
        for _ in range(2):
            connection.execute(timers.insert().values(conversation="c", name="same", due=NOW))

    with pytest.raises(sa.exc.IntegrityError):
        either.write(twice)
    assert either.read(_names) == set()


def test_reads_do_not_see_what_is_not_committed(shared_database: Database) -> None:
    seen = []

    def work(connection: sa.Connection) -> None:
        _set("half")(connection)
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(shared_database.read, _names).result())

    shared_database.write(work)
    assert seen == [set()]
    assert shared_database.read(_names) == {"half"}


def test_work_that_others_wait_for_is_visible_when_its_call_returns(
    shared_database: Database,
) -> None:
    def write_then_read(name: str) -> bool:
        shared_database.write(_set(name))
        return name in shared_database.read(_names)

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(write_then_read, (f"timer-{number}" for number in range(200))))


def test_closing_commits_what_was_handed_in(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kpbot.db'}"
    database = Database(url)
    assert database._writer is not None
    gate = threading.Event()
    futures: list[Future[object]] = [database._writer.submit(lambda _: gate.wait())]
    futures += [database._writer.submit(_set(f"timer-{number}")) for number in range(7)]
    closing = threading.Thread(target=database.close)
    closing.start()
    gate.set()
    closing.join()
    assert all(future.exception() is None for future in futures)
    reopened = Database(url)
    assert reopened.read(_names) == {f"timer-{number}" for number in range(7)}
    reopened.close()


def test_work_for_a_closed_database_is_refused_and_does_not_hang() -> None:
    database = Database("sqlite://")
    database.close()
    with pytest.raises(sa.exc.SQLAlchemyError):
        database.write(_set("late"))


def test_closing_twice_is_harmless() -> None:
    database = Database("sqlite://")
    database.close()
    database.close()


def test_a_database_that_cannot_be_opened_leaves_no_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    with pytest.raises(sa.exc.OperationalError):
        Database(f"sqlite:///{tmp_path / 'missing' / 'kpbot.db'}")
    assert threading.active_count() == before


def test_a_database_is_opened_again_with_what_it_held(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kpbot.db'}"
    first = Database(url)
    first.write(_set("kept"))
    first.close()
    second = Database(url)
    assert second.read(_names) == {"kept"}
    second.close()


def test_two_databases_in_memory_are_two() -> None:
    one, two = Database("sqlite://"), Database("sqlite://")
    one.write(_set("mine"))
    assert two.read(_names) == set()
    one.close()
    two.close()


def test_the_log_is_empty_after_forgetting(file_database: Database) -> None:
    file_database.write(_set("kept"))
    log = Path(f"{file_database.url.database}-wal")
    assert log.stat().st_size > 0
    assert file_database.forget()
    assert log.stat().st_size == 0
    assert file_database.read(_names) == {"kept"}


def test_what_a_reader_kept_from_being_forgotten_is_forgotten_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_sqlite, "PATIENCE", 0)
    database = Database(f"sqlite:///{tmp_path / 'kpbot.db'}")
    log = tmp_path / "kpbot.db-wal"
    with database.engine.connect() as reader:
        database.write(_set("kept"))
        reader.exec_driver_sql("SELECT count(*) FROM timers").scalar_one()
        database.write(_set("later"))
        assert not database.forget()
        assert not database.forget_what_is_left()
    assert log.stat().st_size > 0
    assert database.forget_what_is_left()
    assert log.stat().st_size == 0
    database.write(_set("unread"))
    assert database.forget_what_is_left()
    assert log.stat().st_size > 0  # nothing was deleted since: nobody holds up writers for it
    database.close()


def test_forgetting_while_others_write_loses_nothing(file_database: Database) -> None:
    names = {f"timer-{number}" for number in range(100)}

    def work(name: str) -> None:
        file_database.write(_set(name))
        file_database.forget()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, names))
    assert file_database.read(_names) == names


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_sqlite_keeps_what_it_commits_and_overwrites_what_it_deletes(
    file_database: Database, pragma: str, value: object
) -> None:
    found = file_database.write(
        lambda connection: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
    )
    assert found == value


def test_the_tables_are_those_the_code_names(either: Database) -> None:
    names = either.write(lambda connection: set(sa.inspect(connection).get_table_names()))
    assert names - {"alembic_version"} == set(inbox.metadata.tables)
