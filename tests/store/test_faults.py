"""A file that is locked, full, read-only or broken: refused clearly, nothing half done, then on."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.house import House
from kpbot.model import Inbound, Opened, Outbound, Said
from kpbot.store import conversations, database_sqlite, inbox, outbox, timers
from kpbot.store.database import Database, is_away
from kpbot.store.tables import inbox as inbox_table
from kpbot.turn import receive
from kpbot.upkeep import fire_due_timers
from walk import NOW

NOBODY = 65534
"""A user who owns nothing."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the database under test."""
    return tmp_path / "kpbot.db"


@pytest.fixture
def database(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database in a file whose writer waits half a second for others, not ten."""
    monkeypatch.setattr(database_sqlite, "PATIENCE", 0.5)
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


def _message(number: int, text: str = "Guten Tag") -> Inbound:
    content = Said(text) if number else Opened()
    return Inbound("web", "anna", f"anna-{number}", NOW, content, "de")


def _is_refused(database: Database, house: House, number: int) -> bool:
    """The turn raised what the channels take for `come again`."""
    with pytest.raises(sa.exc.SQLAlchemyError) as caught:
        receive(database, _message(number), house)
    return is_away(caught.value)


def _kept(database: Database) -> list[str]:
    query = sa.select(inbox_table.c.message_id).order_by(inbox_table.c.id)
    return database.read(lambda c: list(c.execute(query).scalars()))


def _is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def test_a_store_locked_by_another_process_refuses_and_answers_afterwards(
    database: Database, path: Path, house: House
) -> None:
    assert receive(database, _message(0), house) is not None
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); sys.stdin.readline()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "locked\n"
    assert not database.answers(within=0.1)
    assert _is_refused(database, house, 1)
    assert database.read(outbox.waiting)[0] == 1, "reading goes on"
    holder.communicate("go\n")
    assert database.answers()
    taken = receive(database, _message(1), house)
    assert taken is not None
    assert taken.outbound is not None
    assert _kept(database) == ["anna-0", "anna-1"]


def test_those_who_wait_together_for_a_locked_store_are_all_refused(
    database: Database, path: Path
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert database._writer is not None
        futures = [database._writer.submit(lambda _: None) for _ in range(10)]
        assert all(isinstance(each.exception(), sa.exc.OperationalError) for each in futures)
        other.execute("ROLLBACK")
    assert database.answers()


def test_a_full_database_refuses_undoes_and_goes_on_when_there_is_room(
    database: Database, path: Path, house: House
) -> None:
    """The pager itself says that there is no page left, as on a full disk."""
    assert receive(database, _message(0), house) is not None
    pages = database.write(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
    most = database.write(lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar())
    assert most == pages
    number = _until_full(database, house)
    before = _kept(database)
    assert before == [f"anna-{each}" for each in range(number)]
    database.engine.dispose()  # a new connection: the bound was the old one's
    assert receive(database, _message(number), house) is not None
    assert _kept(database) == [*before, f"anna-{number}"]
    assert _is_whole(path)


def _until_full(database: Database, house: House) -> int:
    """The number of the first message for which there was no room."""
    for number in range(1, 1000):
        try:
            assert receive(database, _message(number), house) is not None
        except sa.exc.OperationalError:
            return number
    raise AssertionError("there is always room")


FULL = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import sqlalchemy as sa
from kpbot.store.database import Database
from kpbot.store.timers import set_timer
from kpbot.store.tables import timers
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
database = Database(sys.argv[1])
def set_(name):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    database.write(lambda c: set_timer(c, "c" * 40, name, at))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
done, refused = [], 0
for number in range(2000):
    try:
        set_(f"{number:078}")
        done.append(f"{number:078}")
    except sa.exc.OperationalError:
        refused += 1
        if refused == 3:
            break
assert done and refused == 3, (len(done), refused)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert database.answers(), "there is room again"
set_("last")
kept = database.read(lambda c: sorted(c.execute(sa.select(timers.c.name)).scalars()))
assert kept == [*done, "last"], (len(kept), len(done))
database.close()
"""


def test_a_disk_that_takes_no_more_refuses_and_loses_nothing(path: Path) -> None:
    """The kernel refuses to let the file grow; then it may again."""
    done = subprocess.run(
        [sys.executable, "-c", FULL, f"sqlite:///{path}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert _is_whole(path)


def test_a_file_that_may_only_be_read_is_refused_with_a_sentence(path: Path) -> None:
    Database(f"sqlite:///{path}").close()
    before = path.read_bytes()
    path.chmod(0o444)
    for folder in path.parents[:-2]:  # pytest's own, which only their owner may enter
        folder.chmod(0o755)
    path.parent.chmod(0o555)
    said = _as_somebody_else(lambda: Database(f"sqlite:///{path}").close())
    path.parent.chmod(0o755)
    assert "OperationalError" in said
    assert "readonly database" in said
    assert path.read_bytes() == before


def _as_somebody_else(work: Callable[[], object]) -> str:
    """What the work raised in a process of a user who may write nothing here."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        said = "nothing"
        try:
            if os.geteuid() == 0:  # root may write what is read-only
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            work()
        except BaseException as error:  # noqa: BLE001 (told to the test)
            said = f"{type(error).__name__}: {error}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(pid, 0)
    with os.fdopen(reader) as told:
        return told.read()


def test_a_disk_that_becomes_read_only_refuses_and_answers_afterwards(
    tmp_path: Path, house: House
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk))
    database = None
    try:
        database = Database(f"sqlite:///{disk / 'kpbot.db'}")
        assert receive(database, _message(0), house) is not None
        database.engine.dispose()  # nothing is open for writing: the disk can be changed
        _mount("-o", "remount,ro", str(disk))
        assert not database.answers()
        assert _is_refused(database, house, 1)
        _mount("-o", "remount,rw", str(disk))
        assert database.answers()
        assert receive(database, _message(1), house) is not None
        assert _kept(database) == ["anna-0", "anna-1"]
        database.close()
        assert _is_whole(disk / "kpbot.db")
    finally:
        if database is not None:
            database.close()
        subprocess.run(["umount", disk], check=True)


def test_a_disk_that_is_full_refuses_and_answers_afterwards(tmp_path: Path, house: House) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk))
    database = None
    try:
        database = Database(f"sqlite:///{disk / 'kpbot.db'}")
        assert receive(database, _message(0), house) is not None
        ballast = disk / "ballast"
        with pytest.raises(OSError, match="No space"):
            ballast.write_bytes(b"x" * 4_000_000)
        while database.answers():  # what SQLite had set aside is used up
            pass
        assert _is_refused(database, house, 1)
        ballast.unlink()
        assert database.answers()
        assert receive(database, _message(1), house) is not None
        assert _kept(database) == ["anna-0", "anna-1"]
        assert _is_whole(disk / "kpbot.db")
    finally:
        if database is not None:
            database.close()
        subprocess.run(["umount", disk], check=True)


def _mount(*arguments: str) -> None:
    """The disk is mounted; skips where nobody may (no root, or a container)."""
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no disk of our own: {done.stderr.strip()}")


def test_a_commit_that_fails_is_told_to_all_and_the_writer_goes_on(database: Database) -> None:
    """A key that refers to nothing is only found at the commit."""
    database.write(
        lambda c: c.exec_driver_sql(
            "CREATE TABLE child (a REFERENCES conversations(id) DEFERRABLE INITIALLY DEFERRED)"
        )
    )
    gate = threading.Event()
    assert database._writer is not None
    first = database._writer.submit(lambda _: gate.wait())
    bad = database._writer.submit(lambda c: c.exec_driver_sql("INSERT INTO child VALUES ('x')"))
    good = database._writer.submit(lambda c: timers.set_timer(c, "c", "good", NOW))
    gate.set()
    for future in (first, bad, good):  # or the first was alone in its commit
        future.exception()
    assert isinstance(bad.exception(), sa.exc.DBAPIError)
    database.write(lambda c: timers.set_timer(c, "c", "next", NOW))
    names = database.write(lambda c: set(c.exec_driver_sql("SELECT name FROM timers").scalars()))
    assert names == {"next"} if good.exception() else {"good", "next"}


def test_a_damaged_file_is_told_and_not_written_over(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 500)
    before = path.read_bytes()
    with pytest.raises(sa.exc.DatabaseError) as caught:
        Database(f"sqlite:///{path}")
    assert is_away(caught.value)
    assert path.read_bytes() == before


# ── the clock steps back ──


def test_timers_after_a_step_back_fire_later_and_once(database: Database, house: House) -> None:
    receive(database, _message(0), house)
    kept = database.read(lambda c: conversations.glance(c, "web", "anna"))
    assert kept is not None
    due = NOW + timedelta(hours=1)
    database.write(lambda c: timers.set_timer(c, kept.id, "remind:none", due))
    fired = []

    def fire(at: datetime) -> int:
        return fire_due_timers(
            database, lambda each: fired.append(receive(database, each, house)), at
        )

    before = len(_kept(database))
    clock = [NOW, NOW + timedelta(minutes=50), NOW - timedelta(hours=3), NOW, due, NOW, due]
    assert [fire(at) for at in clock] == [0, 0, 0, 0, 1, 0, 0]
    assert len(_kept(database)) == before + 1


def test_messages_leased_before_a_step_back_are_sent_again_when_the_lease_is_over(
    database: Database,
) -> None:
    words = Outbound("web", "anna", 1, "de", "Guten Tag")
    database.write(
        lambda c: outbox.put(c, words, channel="web", address="anna", conversation=None, at=NOW)
    )
    late = NOW + timedelta(minutes=1)
    assert len(database.write(lambda c: outbox.lease(c, ["web"], late))) == 1
    for at in (NOW, late, late + outbox.LEASE - timedelta(seconds=1)):
        assert database.write(lambda c, now=at: outbox.lease(c, ["web"], now)) == []  # type: ignore[misc]
    again = database.write(lambda c: outbox.lease(c, ["web"], late + outbox.LEASE))
    assert [each.message for each in again] == [words]


def test_a_message_from_before_the_clock_stepped_back_is_known_when_it_comes_again(
    database: Database, house: House
) -> None:
    first = _message(0)
    assert receive(database, first, house) is not None
    earlier = Inbound("web", "anna", first.message_id, NOW - timedelta(days=1), Opened(), "de")
    assert receive(database, earlier, house) is None
    assert database.read(inbox.failures) == 0
