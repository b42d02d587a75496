"""Settings come from the environment; a wrong one is a sentence that names it."""

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
        ("KPBOT_LOG_LEVEL", "debug", "log_level", "DEBUG"),
        ("KPBOT_CONTACT", "Telefon 0228 1", "contact", "Telefon 0228 1"),
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
        ("KPBOT_LOG_LEVEL", "LOUD"),
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
