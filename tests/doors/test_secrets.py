"""Secrets are planted in every setting that may hold one, and sought in all that is shown."""

from __future__ import annotations

import re
import traceback
from base64 import b64encode
from urllib.parse import quote

import httpx
import pytest
from structlog.testing import capture_logs

from cli.running import Kpbot
from kpbot.app import build_house
from kpbot.channels.web import WebChannel
from kpbot.doors import open_doors
from kpbot.service import Service
from kpbot.settings import Settings, WrongSetting, read_settings
from kpbot.store.database import Database
from served import Served

pytestmark = pytest.mark.slow

KEY = b64encode(b"planted-field-key-32-bytes-long!").decode()
PLANTED = {
    "KPBOT_TELEGRAM_TOKEN": "123456789:AAplanted-telegram-token-000000000",
    "KPBOT_TELEGRAM_WEBHOOK_SECRET": "planted-webhook-header-secret",
    "KPBOT_STAFF_TOKEN": "987654321:AAplanted-staff-token-0000000000000",
    "KPBOT_WEBHOOK_SECRET": f"whsec_{b64encode(b'planted signing secret for events').decode()}",
    "KPBOT_DESK_OIDC_CLIENT_SECRET": "planted-oidc-client-secret",
    "KPBOT_FIELD_KEY": f"1:{KEY}",
    "KPBOT_SMTP_URL": "smtp://bot:planted%2Fsmtp%2Fpassword@127.0.0.1:1",
}
ELSE = {
    "KPBOT_TELEGRAM_API": "http://127.0.0.1:1",
    "KPBOT_STAFF_API": "http://127.0.0.1:1",
    "KPBOT_STAFF_CHAT": "-1001",
    "KPBOT_WEBHOOK_URL": "http://127.0.0.1:1/hook",
    "KPBOT_WEBHOOK_PRIVATE": "true",
    "KPBOT_DESK_OIDC_ISSUER": "http://127.0.0.1:1",
    "KPBOT_DESK_OIDC_CLIENT_ID": "kpbot",
    "KPBOT_MAIL_TO": "desk@example.org",
}
NOT_SECRET = {"telegram_mode", "field_key_id"}


def secrets() -> set[str]:
    """What must be seen nowhere: the values and the parts that would do as well."""
    found = {PLANTED[name] for name in PLANTED if name != "KPBOT_SMTP_URL"}
    found |= {"planted/smtp/password", quote("planted/smtp/password", safe="")}
    found |= {token.partition(":")[2] for token in found if re.match(r"[0-9]+:AA", token)}
    return found | {KEY, PLANTED["KPBOT_WEBHOOK_SECRET"].removeprefix("whsec_")}


def leaks(*seen: object) -> list[str]:
    """The secrets that can be read in any of it."""
    text = "\n".join(map(str, seen))
    return sorted(secret for secret in secrets() if secret in text)


def test_every_setting_that_sounds_like_a_secret_is_planted() -> None:
    sounds = re.compile(r"secret|token|password|key|smtp_url")
    named = {name for name in Settings.model_fields if sounds.search(name)} - NOT_SECRET
    assert {f"KPBOT_{name.upper()}" for name in named} == PLANTED.keys()


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**PLANTED, **ELSE}.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("planted")
def test_settings_show_none_of_theirs() -> None:
    settings = read_settings()
    assert settings.smtp_url  # they were read
    assert leaks(repr(settings), str(settings), f"{settings}") == []


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("wrong", [*PLANTED, "KPBOT_PORT"])
def test_a_wrong_setting_does_not_quote_itself_nor_others(
    monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv(wrong, "planted-but-wrong \t@:@/ words")
    try:
        settings = read_settings()
    except WrongSetting as error:
        shown = "".join(traceback.format_exception(error))
    else:
        shown = repr(settings)
    assert leaks(shown) == []
    assert "planted-but-wrong" not in shown


@pytest.mark.usefixtures("planted")
async def test_what_is_made_of_them_shows_none(tmp_path: object) -> None:
    monkey = read_settings().model_copy(update={"data_dir": tmp_path})
    with capture_logs() as logs:
        service = Service(monkey, build_house(monkey), Database("sqlite://"))
        doors = open_doors(service, WebChannel(), 8080)
    shown = [repr(doors), repr(doors.channels), repr(service), logs]
    assert {"telegram", "staff", "webhook", "mail"} <= doors.channels.keys()
    assert leaks(*shown) == []
    service.database.close()


def test_the_program_prints_and_logs_none(kpbot: Kpbot) -> None:
    """It serves while nothing it calls is there: every failure there can be is logged."""
    settings = {**PLANTED, **ELSE, "KPBOT_LOG_LEVEL": "DEBUG"}
    seen: list[object] = []
    with Served(kpbot, settings=settings) as served:
        with httpx.Client(base_url=served.address, trust_env=False) as client:
            for path in ("/readyz", "/healthz", "/", "/desk/login", "/desk/oidc", "/nowhere"):
                answer = client.get(path)
                seen += [answer.text, answer.headers]
            answer = client.post("/telegram/updates", json={})
            seen += [answer.status_code, answer.text]
        ran = [
            kpbot(*command.split(), settings=settings)
            for command in ("status", "status --json", "records list", "check")
        ]
        seen += [served.printed, *(each.out + each.err for each in ran)]
        said = served.complaints
    seen.append(said)
    assert "telegram_call_failed" in said
    assert leaks(*seen) == []


def test_a_database_address_is_shown_without_its_password(kpbot: Kpbot) -> None:
    url = "postgresql://kpbot:planted-db-password@127.0.0.1:1/kpbot"
    for command in ("status", "records list", "serve", "chat --database"):
        arguments = command.split()
        if arguments[-1] == "--database":
            arguments.append(url)
        ran = kpbot(*arguments, settings={"KPBOT_DATABASE_URL": url})
        assert ran.status != 0
        assert "planted-db-password" not in ran.out + ran.err, command
        assert "Traceback" not in ran.err, command


@pytest.fixture
def kpbot(tmp_path_factory: pytest.TempPathFactory) -> Kpbot:
    return Kpbot(tmp_path_factory.mktemp("secrets"))
