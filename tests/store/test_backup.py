"""A backup is whole and private, made while turns go on; a restore is all or nothing."""

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.store.backup import NoBackup, backup, restore
from kpbot.store.database import Database
from kpbot.store.database_file import InUse, copies_beside, only_server
from kpbot.store.tables import timers
from kpbot.store.timers import set_timer
from walk import NOW

SERVICE = (65534, 65534)
"""User and group of a service; nobody's name is needed."""


def _names(path: Path) -> set[str]:
    database = Database(f"sqlite:///{path}")
    names = database.read(lambda c: set(c.execute(sa.select(timers.c.name)).scalars()))
    database.close()
    return names


def _set(database: Database, name: str) -> None:
    database.write(lambda c: set_timer(c, "c", name, NOW))


@contextmanager
def _acting_as_the_service(path: Path) -> Iterator[None]:
    """This process has the rights of the service's user; the folders above let it through."""
    above = [each for each in path.parents if each.stat().st_uid == 0 and len(each.parts) > 2]
    modes = {each: stat.S_IMODE(each.stat().st_mode) for each in above}
    for each, mode in modes.items():
        each.chmod(mode | 0o011)
    os.setegid(SERVICE[1])
    os.seteuid(SERVICE[0])
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        for each, mode in modes.items():
            each.chmod(mode)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one row, and nobody at work in it."""
    path = tmp_path / "data" / "kpbot.db"
    path.parent.mkdir()
    database = Database(f"sqlite:///{path}")
    _set(database, "kept")
    database.close()
    return path


def test_a_backup_holds_everything_and_only_its_owner_reads_it(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    backup(path, target)
    assert _names(target) == {"kept"}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_backup_is_one_file_and_leaves_no_other(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    backup(path, folder / "kpbot.db")
    assert [each.name for each in folder.iterdir()] == ["kpbot.db"]


def test_the_database_itself_is_its_owners_alone(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_backup_while_turns_go_on_is_a_whole_instant(path: Path, tmp_path: Path) -> None:
    """Two rows are always written together: no copy holds one without the other."""
    database = Database(f"sqlite:///{path}")
    stop = threading.Event()

    def pair(number: int) -> None:
        def work(connection: sa.Connection) -> None:
            set_timer(connection, "c", f"left-{number}", NOW)
            set_timer(connection, "c", f"right-{number}", NOW)

        database.write(work)

    def write() -> None:
        number = 0
        while not stop.is_set():
            pair(number := number + 1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(10):
            backup(path, tmp_path / f"backup-{number}.db")
    finally:
        stop.set()
        writer.join()
        database.close()
    sizes = []
    for number in range(10):
        names = _names(tmp_path / f"backup-{number}.db") - {"kept"}
        left = {each.removeprefix("left-") for each in names if each.startswith("left-")}
        right = {each.removeprefix("right-") for each in names if each.startswith("right-")}
        assert left == right
        sizes.append(len(left))
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0], "nothing was written meanwhile"


def test_what_was_erased_is_in_no_byte_of_a_backup(path: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    _set(database, "Zyxomma7")
    database.write(lambda c: c.execute(timers.delete().where(timers.c.name == "Zyxomma7")))
    target = tmp_path / "backup.db"
    backup(path, target)
    database.close()
    assert b"Zyxomma7" not in target.read_bytes()


def test_a_backup_replaces_an_older_one(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("something else")
    backup(path, target)
    assert _names(target) == {"kept"}


@pytest.mark.parametrize("where", ["itself", "folder", "missing folder"])
def test_a_backup_that_cannot_be_is_refused_and_changes_nothing(
    path: Path, tmp_path: Path, where: str
) -> None:
    targets = {"itself": path, "folder": tmp_path, "missing folder": tmp_path / "no" / "b.db"}
    with pytest.raises(NoBackup):
        backup(path, targets[where])
    assert _names(path) == {"kept"}


def test_there_is_no_backup_of_a_database_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoBackup, match="There is no database"):
        backup(tmp_path / "kpbot.db", tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_older_backup_as_it_was(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    backup(path, target)
    before = target.read_bytes()
    script = (
        "import sys, pathlib; from kpbot.store.backup import backup\n"
        "backup(*map(pathlib.Path, sys.argv[1:]))"
    )

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-c", script, path, target],
        preexec_fn=small,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "NoBackup" in done.stderr
    assert target.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {"data", "backup.db"}


def test_a_restore_brings_back_what_the_backup_holds(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "backup.db")
    database = Database(f"sqlite:///{path}")
    _set(database, "later")
    database.close()
    before = restore(tmp_path / "backup.db", path)
    assert _names(path) == {"kept"}
    assert before is not None
    assert copies_beside(path) == [before]
    assert _names(before) == {"kept", "later"}
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(before.stat().st_mode) == 0o600


def test_a_restore_where_nothing_is_needs_no_folder(path: Path, tmp_path: Path) -> None:
    assert restore(path, tmp_path / "new" / "kpbot.db") is None
    assert _names(tmp_path / "new" / "kpbot.db") == {"kept"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("is_there", [True, False], ids=["a database", "its folder alone"])
def test_what_root_restores_the_service_can_open(
    path: Path, tmp_path: Path, is_there: bool
) -> None:
    backup(path, tmp_path / "backup.db")
    for each in (path.parent, path):
        os.chown(each, *SERVICE)
    if not is_there:
        path.unlink()
    before = restore(tmp_path / "backup.db", path)
    made = [path, Path(f"{path}.lock"), *([before] if before is not None else [])]
    assert [(each.stat().st_uid, each.stat().st_gid) for each in made] == [SERVICE] * len(made)
    assert [stat.S_IMODE(each.stat().st_mode) for each in made] == [0o600] * len(made)
    assert (tmp_path / "backup.db").stat().st_uid == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as another")
def test_a_lock_of_somebody_else_is_a_sentence_and_root_gives_it_back(path: Path) -> None:
    for each in (path.parent, path):
        os.chown(each, *SERVICE)
    lock = Path(f"{path}.lock")
    lock.touch(0o600)
    with _acting_as_the_service(path), pytest.raises(InUse) as caught, only_server(path):
        pass
    assert str(caught.value) == (
        f"{lock} cannot be opened: Permission denied. It must belong to who runs kpbot serve."
    )
    with only_server(path):
        pass
    with _acting_as_the_service(path), only_server(path):
        assert lock.stat().st_uid == SERVICE[0]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as another")
def test_a_database_that_cannot_be_read_is_blamed_itself(path: Path, tmp_path: Path) -> None:
    """Without its log a database on a read-only disk cannot be opened, whoever asks."""
    os.chown(path, *SERVICE)
    path.chmod(0o400)
    path.parent.chmod(0o555)
    for each in path.parent.glob("kpbot.db-*"):
        each.unlink()
    with _acting_as_the_service(path), pytest.raises(NoBackup, match="cannot be read") as caught:
        backup(path, tmp_path / "backup.db")
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("left", ["restored", "restored.part", "part", "before-upgrade-0003.part"])
def test_what_a_kill_left_half_done_is_a_copy_too(path: Path, left: str) -> None:
    leftover = path.with_name(f"{path.name}.{left}")
    leftover.touch()
    path.with_name("other.db.restored").touch()
    assert copies_beside(path) == [leftover]


def test_the_log_of_what_was_there_is_not_read_into_what_was_restored(
    path: Path, tmp_path: Path
) -> None:
    backup(path, tmp_path / "backup.db")
    killed = (
        "from kpbot.store.database import Database; import os, sys; "
        "d = Database(sys.argv[1]); from kpbot.store.timers import set_timer; "
        "from datetime import UTC, datetime; "
        "d.write(lambda c: set_timer(c, 'c', 'later', datetime(2026, 1, 1, tzinfo=UTC))); "
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", killed, f"sqlite:///{path}"], check=True)
    assert Path(f"{path}-wal").stat().st_size > 0
    before = restore(tmp_path / "backup.db", path)
    assert _names(path) == {"kept"}
    assert before is not None
    assert _names(before) == {"kept", "later"}


def test_no_restore_while_a_server_runs(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "backup.db")
    with only_server(path), pytest.raises(InUse, match="already runs"):
        restore(tmp_path / "backup.db", path)
    assert _names(path) == {"kept"}


def test_no_restore_while_another_program_reads(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "backup.db")
    database = Database(f"sqlite:///{path}")
    with database.engine.connect() as reader:
        reader.execute(sa.select(timers)).all()
        _set(database, "later")
        with pytest.raises(NoBackup, match="Another program is using"):
            restore(tmp_path / "backup.db", path)
    database.close()
    assert _names(path) == {"kept", "later"}


@pytest.mark.parametrize("what", ["text", "empty", "other", "cut", "damaged", "newer", "missing"])
def test_what_is_no_backup_is_refused_and_the_database_stays(
    path: Path, tmp_path: Path, what: str
) -> None:
    source = tmp_path / "backup.db"
    backup(path, source)
    whole = source.read_bytes()
    match what:
        case "text":
            source.write_text("no database")
        case "empty":
            source.write_bytes(b"")
        case "other":
            source.unlink()
            with closing(sqlite3.connect(source)) as connection:
                connection.execute("CREATE TABLE notes (a)")
        case "cut":
            source.write_bytes(whole[: len(whole) // 2])
        case "damaged":
            half = len(whole) // 2
            source.write_bytes(whole[:half] + os.urandom(4096) + whole[half + 4096 :])
        case "newer":
            with closing(sqlite3.connect(source)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
                connection.commit()
        case _:
            source.unlink()
    with pytest.raises(NoBackup):
        restore(source, path)
    assert _names(path) == {"kept"}
    assert copies_beside(path) == []


def test_a_database_too_damaged_to_be_read_can_be_restored_over(path: Path, tmp_path: Path) -> None:
    backup(path, tmp_path / "backup.db")
    path.write_text("ruined" * 1000)
    before = restore(tmp_path / "backup.db", path)
    assert _names(path) == {"kept"}
    assert before is not None
    assert before.read_text().startswith("ruined")
