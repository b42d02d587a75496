"""The tables are made, recognised and brought up to date, and nothing in them is lost."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kpbot.house import House
from kpbot.model import COMMAND, Inbound, Opened, Outbound, Pressed, Said
from kpbot.store import conversations, inbox, outbox, records, timers
from kpbot.store.database import Database
from kpbot.store.database_file import copies_beside, only_server
from kpbot.store.database_postgresql import with_driver
from kpbot.store.database_schema import OldSchema, WrongSchema, alembic_config, newest, version_of
from kpbot.store.tables import metadata
from kpbot.turn import receive
from postgres import Server
from walk import NOW, RECORD, next_step, told

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
RELEASED = ["0001", "0002"]
"""Every version that was released: a database of each can be upgraded."""


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'kpbot.db'}"
        return
    server: Server = request.getfixturevalue("postgresql")
    url = server.create("template0")
    yield url
    server.drop(url)


def _engine(url: str) -> sa.Engine:
    return sa.create_engine(with_driver(sa.make_url(url)))


def _at(url: str, version: str, *, written_down: bool = True) -> None:
    """The database's tables are those of that version; the first did not write down its version."""
    engine = _engine(url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), version)
        if not written_down:
            connection.exec_driver_sql("DROP TABLE alembic_version")
    engine.dispose()


def _version(url: str) -> str | None:
    engine = _engine(url)
    with engine.connect() as connection:
        version = version_of(connection)
    engine.dispose()
    return version


def _differences(url: str) -> list[Any]:
    engine = _engine(url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    return found


def test_the_newest_version_is_the_last_migration() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        script = ScriptDirectory.from_config(alembic_config(connection))
        assert script.get_heads() == [newest()]
        assert RELEASED[-1] <= newest()


def test_the_tables_by_migrations_are_those_the_code_names(bare_url: str) -> None:
    _at(bare_url, "head")
    assert _differences(bare_url) == []


def test_an_empty_database_gets_the_tables_and_its_version(bare_url: str) -> None:
    Database(bare_url).close()
    assert _version(bare_url) == newest()
    assert _differences(bare_url) == []


def test_a_database_is_made_once_however_many_open_it_at_the_same_moment(bare_url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        for opened in pool.map(Database, [bare_url] * 6):
            opened.close()
    assert _version(bare_url) == newest()


def test_a_database_of_this_release_is_left_alone(bare_url: str, tmp_path: Path) -> None:
    Database(bare_url).close()
    again = Database(bare_url)
    again.close()
    assert again.upgraded_from is None
    assert copies_beside(tmp_path / "kpbot.db") == []


@pytest.mark.parametrize("upgrade", [False, True])
def test_a_database_of_a_newer_release_is_refused(bare_url: str, upgrade: bool) -> None:
    Database(bare_url).close()
    engine = _engine(bare_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WrongSchema, match=f"9999, made by a newer release.*{newest()}"):
        Database(bare_url, upgrade=upgrade)
    with engine.connect() as connection:
        assert version_of(connection) == "9999"
    engine.dispose()


@pytest.mark.parametrize("version", [each for each in RELEASED if each != newest()])
def test_a_file_of_an_earlier_release_is_copied_and_brought_up_to_date(
    tmp_path: Path, version: str
) -> None:
    path = tmp_path / "kpbot.db"
    _at(f"sqlite:///{path}", version, written_down=version != "0001")
    opened = Database(f"sqlite:///{path}")
    opened.close()
    assert opened.upgraded_from == version
    assert _differences(f"sqlite:///{path}") == []
    (copy,) = copies_beside(path)
    assert _version(f"sqlite:///{copy}") == version
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_file_another_server_works_with_is_not_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "kpbot.db"
    _at(f"sqlite:///{path}", "0001", written_down=False)
    before = _dump(path)
    with only_server(path), pytest.raises(WrongSchema, match="Stop the running kpbot serve"):
        Database(f"sqlite:///{path}")
    assert _dump(path) == before
    Database(f"sqlite:///{path}").close()
    assert _version(f"sqlite:///{path}") == newest()


def test_an_upgrade_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kpbot.db"
    _at(f"sqlite:///{path}", "0001", written_down=False)
    with closing(sqlite3.connect(path)) as connection:  # in the way of the upgrade's last step
        connection.execute("ALTER TABLE outbox ADD COLUMN doubts TEXT")
        connection.commit()
    before = _dump(path)
    with pytest.raises(sa.exc.OperationalError, match="duplicate column"):
        Database(f"sqlite:///{path}")
    assert _dump(path) == before


def test_two_who_open_an_old_file_upgrade_it_once(tmp_path: Path) -> None:
    path = tmp_path / "kpbot.db"
    _at(f"sqlite:///{path}", "0001", written_down=False)
    script = "import sys; from kpbot.store.database import Database; Database(sys.argv[1]).close()"
    command_line = [sys.executable, "-c", script, f"sqlite:///{path}"]
    both = [subprocess.Popen(command_line, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    complaints = [each.communicate()[1] for each in both]
    assert 0 in [each.returncode for each in both], complaints
    for each, complaint in zip(both, complaints, strict=True):  # the other was told to wait, or did
        assert each.returncode == 0 or "Stop the running kpbot serve" in complaint
    assert _differences(f"sqlite:///{path}") == []


@pytest.mark.slow
def test_postgresql_of_an_earlier_release_waits_for_kpbot_migrate(postgresql: Server) -> None:
    url = postgresql.create("template0")
    _at(url, "0001", written_down=False)
    with pytest.raises(OldSchema, match=r"at version 0001.*kpbot migrate"):
        Database(url)
    assert _version(url) == "0001"
    with ThreadPoolExecutor(3) as pool:  # replicas that are all told to: one does it
        opened = list(pool.map(lambda _: Database(url, upgrade=True), range(3)))
    for each in opened:
        each.close()
    assert "0001" in [each.upgraded_from for each in opened]
    assert _differences(url) == []
    postgresql.drop(url)


@pytest.mark.parametrize("version", RELEASED)
def test_an_upgrade_in_the_middle_of_an_enquiry_loses_nothing(
    bare_url: str, house: House, version: str
) -> None:
    """The rows are made by today's turns and put into a database as that release had it."""
    made = Database("sqlite://")
    at = _walk(made, house, "anna", until="review")
    _walk(made, house, "bilal", until="nowhere")
    made.write(_letter_that_waits)
    _at(bare_url, version, written_down=version != "0001")
    kept = _copied(made, bare_url)
    made.close()

    upgraded = Database(bare_url, upgrade=True)
    for name, (columns, rows) in kept.items():
        assert upgraded.read(lambda c, n=name, some=columns: _rows_of(c, n, some)) == rows
    sent = Inbound("web", "anna", "send", NOW, Pressed(at, COMMAND, "send"))
    taken = receive(upgraded, sent, house)
    assert taken is not None
    assert taken.record is not None
    assert told(taken.record) == RECORD
    assert receive(upgraded, sent, house) is None
    assert len(upgraded.read(records.every)) == 2
    assert upgraded.read(inbox.failures) == 0
    again = upgraded.write(lambda c: outbox.lease(c, ["mail"], NOW + timedelta(hours=2)))
    assert "waits" in [getattr(each.message, "text", "") for each in again]
    upgraded.close()


@pytest.mark.parametrize(
    "dump", sorted((Path(__file__).parent / "released").glob("*.sql")), ids=str
)
def test_people_in_the_middle_of_an_enquiry_go_on_after_the_upgrade(
    tmp_path: Path, house: House, dump: Path
) -> None:
    """The dump is what that release itself wrote: anna is at the review, bilal at the topics."""
    path = tmp_path / "kpbot.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text())
    database = Database(f"sqlite:///{path}")
    assert database.upgraded_from == dump.stem
    assert len(database.read(records.every)) == 1
    for person in ("anna", "bilal"):
        record = _go_on(database, house, person)
        assert told(record) == RECORD
    assert len(database.read(records.every)) == 3
    assert database.read(inbox.failures) == 0
    said = database.read(lambda c: outbox.said_to(c, "web", "chloe"))
    assert said, "what was said before the upgrade can still be read"
    database.close()


def test_nothing_of_alembic_is_imported_where_nothing_is_upgraded(tmp_path: Path) -> None:
    script = (
        "import sys; from kpbot.store.database import Database\n"
        f"for _ in range(2): Database('sqlite:///{tmp_path / 'kpbot.db'}').close()\n"
        "Database('sqlite://').close(); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_migrations_are_shipped_with_the_package() -> None:
    package = Path(sys.modules["kpbot.store.database_schema"].__file__ or "").parent
    assert min(path.name[1:5] for path in package.glob("migrations/versions/v*.py")) == "0001"
    assert (package / "migrations" / "env.py").is_file()


def _walk(database: Database, house: House, person: str, *, until: str) -> int:
    """The person has gone on until that question, or has handed over; the turn they are at."""
    taken = receive(database, Inbound("web", person, f"{person}-0", NOW, Opened(), "de"), house)
    number = 0
    while taken is not None and taken.at != until and not taken.conversation.sent:
        number += 1
        step = next_step(taken.at, taken.conversation.turn)
        taken = receive(database, Inbound("web", person, f"{person}-{number}", NOW, step), house)
    assert taken is not None
    return taken.conversation.turn


def _go_on(database: Database, house: House, person: str) -> dict[str, Any]:
    """The person went on where they are until the record was handed over; it."""
    later = NOW + timedelta(hours=1)
    taken = receive(database, Inbound("web", person, f"{person}-back", later, Opened()), house)
    for number in range(40):
        assert taken is not None
        if taken.record is not None:
            return taken.record
        step = next_step(taken.at, taken.conversation.turn)
        taken = receive(database, Inbound("web", person, f"{person}+{number}", later, step), house)
    raise AssertionError("the enquiry does not end")


def _letter_that_waits(connection: sa.Connection) -> None:
    outbox.put(
        connection,
        Outbound("mail", "desk@example.org", 1, "de", "waits"),
        channel="mail",
        address="desk@example.org",
        conversation=None,
        at=NOW,
    )
    kept = conversations.load(connection, "web", "anna", NOW)
    timers.set_timer(connection, kept.id, "remind:intake", NOW + timedelta(days=3))
    inbox.park(connection, Inbound("web", "anna", "parked", NOW, Said("?")), kept.id, "Error")
    connection.execute(metadata.tables["inbox"].update().values(failure=None))


Kept = dict[str, tuple[list[str], list[Any]]]
"""Of each table: the columns it had, and its rows."""


def _copied(source: Database, url: str) -> Kept:
    """What the other database has columns for is in it too; that."""
    engine = _engine(url)
    kept: Kept = {}
    with engine.begin() as connection:
        inspector = sa.inspect(connection)
        for name in inspector.get_table_names():
            if name not in metadata.tables:
                continue
            columns = [each["name"] for each in inspector.get_columns(name)]
            rows = source.read(lambda c, each=name, names=columns: _rows_of(c, each, names))
            kept[name] = (columns, rows)
            if rows:
                old = sa.table(
                    name, *(sa.column(c, metadata.tables[name].c[c].type) for c in columns)
                )
                connection.execute(
                    old.insert(), [dict(zip(columns, row, strict=True)) for row in rows]
                )
            if connection.dialect.name == "postgresql" and "id" in columns and name.endswith("box"):
                connection.exec_driver_sql(f"SELECT setval('{name}_id_seq', 1000)")
    engine.dispose()
    assert all(kept[name][1] for name in ("conversations", "inbox", "outbox", "records", "timers"))
    return kept


def _rows_of(connection: sa.Connection, name: str, columns: list[str]) -> list[Any]:
    table = metadata.tables[name]
    rows = connection.execute(sa.select(*(table.c[each] for each in columns)))
    return sorted((tuple(row) for row in rows), key=repr)


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
