"""Settings come from the environment; a wrong one is a sentence that names it."""

import shutil
from pathlib import Path

import pytest

from kpbot.settings import Settings, WrongSetting, read_settings


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KPBOT_{name.upper()}", raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()
    assert settings.database == "sqlite:///kpbot-data/kpbot.db"
    assert (settings.host, settings.port, settings.record_days) == ("127.0.0.1", 8080, 90)
    assert (settings.smtp_url, settings.mail_to, settings.allowed_origins) == ("", (), ())
    assert (settings.content / "dialogs").is_dir()


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("KPBOT_PORT", "0", "port", 0),
        ("KPBOT_DATA_DIR", "/srv/kpbot", "data_dir", Path("/srv/kpbot")),
        ("KPBOT_MAIL_TO", "a@x.org, b@y.org ,", "mail_to", ("a@x.org", "b@y.org")),
        ("KPBOT_MAIL_TO", "", "mail_to", ()),
        ("KPBOT_ALLOWED_ORIGINS", "https://a.org", "allowed_origins", ("https://a.org",)),
        ("KPBOT_SMTP_URL", "smtps://u:p@m.org:465", "smtp_url", "smtps://u:p@m.org:465"),
        ("KPBOT_MAIL_FROM", "Rat <a@x.org>", "mail_from", "Rat <a@x.org>"),
        ("KPBOT_LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("KPBOT_CONTACT", "Telefon 0228 1", "contact", "Telefon 0228 1"),
        ("KPBOT_STAFF_CHAT", "-1001234567890", "staff_chat", "-1001234567890"),
    ],
)
def test_a_setting_is_read(
    monkeypatch: pytest.MonkeyPatch, *, name: str, value: str, field: str, expected: object
) -> None:
    monkeypatch.setenv("KPBOT_SMTP_URL", "smtp://localhost")
    monkeypatch.setenv(name, value)
    assert getattr(read_settings(), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KPBOT_PORT", "many"),
        ("KPBOT_PORT", "70000"),
        ("KPBOT_PORT", "-1"),
        ("KPBOT_RECORD_DAYS", "0"),
        ("KPBOT_RECORD_DAYS", "99999"),
        ("KPBOT_SMTP_URL", "http://mail.example.org"),
        ("KPBOT_SMTP_URL", "mail.example.org"),
        ("KPBOT_SMTP_URL", "smtp://mail.example.org:port"),
        ("KPBOT_SMTP_URL", "smtp://mail.example.org:0"),
        ("KPBOT_MAIL_TO", "desk"),
        ("KPBOT_MAIL_TO", "desk@example.org, two words@example.org"),
        ("KPBOT_MAIL_TO", "desk@example.org\nBcc: other@example.org"),
        ("KPBOT_DESK_MAIL", '{"desk_egypt": ["two words@example.org"]}'),
        ("KPBOT_MAIL_FROM", "Beratung"),
        ("KPBOT_MAIL_FROM", "Beratung <nobody>"),
        ("KPBOT_LOG_LEVEL", "LOUD"),
        ("KPBOT_STAFF_CHAT", "@advisors"),
        ("KPBOT_STAFF_CHAT", "https://t.me/advisors"),
        ("KPBOT_STAFF_CHAT", "١٢٣"),
        ("KPBOT_FIELD_KEY", "planted"),
        ("KPBOT_WEBHOOK_SECRET", "planted"),
        ("KPBOT_DATABASE_URL", "nonsense"),
        ("KPBOT_DATABASE_URL", "postgresql://kpbot:planted@db:abc/kpbot"),
        ("KPBOT_DATABASE_URL", "postgresql://kpbot@db:planted:5432/kpbot"),
    ],
)
def test_a_wrong_setting_is_a_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as caught:
        read_settings()
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert "Value error" not in str(caught.value)
    assert "planted" not in str(caught.value)


def test_every_wrong_setting_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPBOT_PORT", "many")
    monkeypatch.setenv("KPBOT_LOG_LEVEL", "LOUD")
    with pytest.raises(WrongSetting, match=r"KPBOT_PORT: .* · KPBOT_LOG_LEVEL: "):
        read_settings()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////srv/kpbot.db", "sqlite:////srv/kpbot.db"),
        ("postgresql://kpbot:secret@db/kpbot", "postgresql://kpbot:…@db/kpbot"),
        ("postgresql://kpbot:se%40cret@db/kpbot", "postgresql://kpbot:…@db/kpbot"),
        ("postgresql://kpbot@db/kpbot", "postgresql://kpbot@db/kpbot"),
    ],
)
def test_the_database_is_shown_without_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str, shown: str
) -> None:
    monkeypatch.setenv("KPBOT_DATABASE_URL", url)
    assert read_settings().database_shown == shown


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_a_desks_hours_are_those_of_all_where_it_names_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KPBOT_OFFICE_HOURS", "Mon-Fri 09:00-12:00")
    monkeypatch.setenv("KPBOT_OFFICE_CLOSED", "2026-12-24")
    monkeypatch.setenv("KPBOT_OFFICE_HOLIDAYS", "DE-NW")
    cairo = '{"desk_egypt": {"zone": "Africa/Cairo", "holidays": "EG"}}'
    monkeypatch.setenv("KPBOT_DESK_HOURS", cairo)
    hours = read_settings().hours
    for_all, egypt = hours[""], hours["desk_egypt"]
    assert (for_all.zone, for_all.holidays) == ("Europe/Berlin", "DE-NW")
    assert (egypt.zone, egypt.holidays) == ("Africa/Cairo", "EG")
    assert (egypt.week, egypt.closed) == (for_all.week, for_all.closed)
    assert any(egypt.week)


def test_a_desk_may_have_hours_where_all_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPBOT_DESK_HOURS", '{"desk_egypt": {"hours": "Sun-Thu 09:00-15:00"}}')
    assert list(read_settings().hours) == ["desk_egypt"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "KPBOT_DESK_HOURS",
            '{"desk_egipt": {"hours": "Mon 09:00-12:00"}}',
            'KPBOT_DESK_HOURS: desk_egipt is no desk: did you mean "desk_egypt"?',
        ),
        (
            "KPBOT_DESK_MAIL",
            '{"desk_magreb": ["a@example.org"], "desk_egypt": ["b@example.org"]}',
            'KPBOT_DESK_MAIL: desk_magreb is no desk: did you mean "desk_maghreb"?',
        ),
        (
            "KPBOT_DESK_MAIL",
            '{"x": []}',
            "KPBOT_DESK_MAIL: x is no desk (desk_egypt, desk_general, desk_maghreb)",
        ),
        (
            "KPBOT_DESK_HOURS",
            '{"desk_egypt": {"hours": "Mon 09:00-12:00", "holiday": "EG"}}',
            'KPBOT_DESK_HOURS, desk_egypt: holiday is none of its words: did you mean "holidays"?',
        ),
        (
            "KPBOT_DESK_HOURS",
            '{"desk_egypt": {"zone": "Africa/Cairo"}}',
            "KPBOT_DESK_HOURS, desk_egypt: it says no hours, and KPBOT_OFFICE_HOURS is empty",
        ),
    ],
)
def test_a_mistake_about_a_desk_is_told_with_the_probable_word(
    monkeypatch: pytest.MonkeyPatch, *, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv("KPBOT_SMTP_URL", "smtp://localhost")
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting) as caught:
        read_settings()
    assert str(caught.value) == sentence


def test_the_desks_are_those_of_the_operators_own_dialogs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(Settings().content / "dialogs", tmp_path / "dialogs")
    for path in tmp_path.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("desk_egypt", "desk_nile"), "utf-8")
    monkeypatch.setenv("KPBOT_CONTENT_DIR", str(tmp_path))
    monkeypatch.setenv("KPBOT_DESK_HOURS", '{"desk_nile": {"hours": "Sun 09:00-12:00"}}')
    assert list(read_settings().hours) == ["desk_nile"]
    monkeypatch.setenv("KPBOT_DESK_HOURS", '{"desk_egypt": {"hours": "Sun 09:00-12:00"}}')
    with pytest.raises(WrongSetting, match="desk_egypt is no desk"):
        read_settings()


def test_mail_for_desks_needs_a_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPBOT_DESK_MAIL", '{"desk_egypt": ["a@example.org"]}')
    with pytest.raises(WrongSetting, match="KPBOT_DESK_MAIL needs KPBOT_SMTP_URL"):
        read_settings()
    monkeypatch.setenv("KPBOT_SMTP_URL", "smtp://localhost")
    assert read_settings().desk_mail == {"desk_egypt": ("a@example.org",)}
