"""backup, restore and migrate, as operators call them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import make_url

from kpbot.cli.failing import WrongUse
from kpbot.cli.storing import backup, migrate, restore
from kpbot.store.database import Database
from kpbot.store.database_file import only_server
from kpbot.store.database_postgresql import engine, with_driver
from kpbot.store.database_schema import alembic_config, newest
from postgres import Server


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The operator's database, as the settings name it."""
    monkeypatch.setenv("KPBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("KPBOT_DATABASE_URL", raising=False)
    path = tmp_path / "data" / "kpbot.db"
    path.parent.mkdir()
    Database(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def old_postgresql(postgresql: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A PostgreSQL database of the first release, as the settings name it."""
    url = postgresql.create("template0")
    monkeypatch.setenv("KPBOT_DATABASE_URL", url)
    made = engine(with_driver(make_url(url)))
    with made.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
    made.dispose()
    yield url
    postgresql.drop(url)


def test_a_backup_says_where_everything_is(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(tmp_path / "b.db")
    said = capsys.readouterr().out
    assert str(data) in said
    assert str(tmp_path / "b.db") in said
    assert "personal data" in said


def test_a_restore_says_who_is_back_and_where_the_rest_is(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    backup(tmp_path / "b.db")
    restore(tmp_path / "b.db")
    said = capsys.readouterr().out
    assert "erased since then" in said
    assert f"{data}.before-restore" in said


def test_a_restore_while_the_server_runs_is_refused_with_a_sentence(
    data: Path, tmp_path: Path
) -> None:
    backup(tmp_path / "b.db")
    with only_server(data), pytest.raises(WrongUse, match=r"already runs.*Stop it first"):
        restore(tmp_path / "b.db")


@pytest.mark.parametrize("missing", ["backup", "database"])
def test_what_is_not_there_is_named(data: Path, tmp_path: Path, missing: str) -> None:
    if missing == "backup":
        with pytest.raises(WrongUse, match=r"nowhere\.db is no backup"):
            restore(tmp_path / "nowhere.db")
    else:
        data.unlink()
        with pytest.raises(WrongUse, match="There is no database"):
            backup(tmp_path / "b.db")


@pytest.mark.parametrize("run", [backup, restore])
def test_postgresql_has_its_own_tools(
    run: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPBOT_DATABASE_URL", "postgresql://kpbot@localhost/kpbot")
    with pytest.raises(WrongUse, match="use its own pg_"):
        run(tmp_path / "b.db")  # type: ignore[operator]


def test_migrating_what_is_up_to_date_does_nothing(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert data.is_file()
    migrate()
    assert capsys.readouterr().out == f"The database is at version {newest()}: nothing to do.\n"


@pytest.mark.slow
def test_migrating_says_from_where_to_where(
    old_postgresql: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old_postgresql
    migrate()
    said = capsys.readouterr().out
    assert said == f"The database was at version 0001 and is now at {newest()}.\n"
    migrate()
    assert "nothing to do" in capsys.readouterr().out


@pytest.mark.slow
def test_a_server_that_is_away_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPBOT_DATABASE_URL", "postgresql://kpbot:secret@127.0.0.1:1/kpbot")
    with pytest.raises(WrongUse, match="cannot be upgraded") as caught:
        migrate()
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
