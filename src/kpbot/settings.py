"""All an operator can set. The only reader of the environment: prefix KPBOT_."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import time
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kpbot.channels.addresses import checked_form
from kpbot.channels.calendar_fetch import calendar_address
from kpbot.channels.webhook import key_of
from kpbot.content.problems import probable
from kpbot.engine.hours import OfficeHours
from kpbot.engine.hours_text import parse_hours
from kpbot.languages import Language
from kpbot.store.keys import FieldKey, parse_keys

if TYPE_CHECKING:  # imported where used: start-up time
    from sqlalchemy import URL

_PACKAGE = Path(__file__).parent
_GROUP = re.compile(r"-?[0-9]+")
_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


class WrongSetting(Exception):  # noqa: N818 (it is a sentence for the operator)
    """A setting has a value that cannot be: the sentence says which, and what was meant."""


class Settings(BaseSettings):
    """The settings; each is the environment variable KPBOT_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="KPBOT_", extra="ignore", frozen=True)

    database_url: str = Field(
        "",
        repr=False,
        description="SQLAlchemy URL; empty: SQLite in the data folder.",
        examples=["sqlite:////srv/kpbot/kpbot.db"],
    )
    data_dir: Path = Field(Path("kpbot-data"), description="Folder for the database.")
    cache_dir: Path | None = Field(
        None, description="Folder for what can be made again; empty: kpbot in the user's cache."
    )
    content_dir: Path | None = Field(
        None, description="Folder with dialogs/, faq/ and events/; empty: what kpbot ships."
    )
    public_url: str = Field("", description="Address under which people reach the web pages.")
    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8080, ge=0, le=65535, description="Port the web server listens on.")
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Web sites that may embed the widget, separated by commas."
    )
    smtp_url: str = Field(
        "",
        repr=False,
        description="Mail server: smtp://user:password@host:587 or smtps://…; empty: no mail.",
    )
    mail_from: str = Field(
        "kpbot@localhost",
        description="Sender of mails and of invitations to talks, with a name if you like: "
        "Beratung <beratung@example.org>",
    )
    mail_to: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Mailboxes of the advisors, separated by commas."
    )
    desk_mail: dict[str, tuple[str, ...]] = Field(
        {},
        description="Mailboxes of single desks, which get mail about their cases instead of "
        'KPBOT_MAIL_TO, as JSON: {"desk_egypt": ["egypt@example.org"]}',
    )
    mail_details: bool = Field(
        False, description="Mails to advisors hold what the person said, not only a link."
    )
    telegram_token: str = Field(
        "", repr=False, description="Token of the public Telegram bot; empty: none."
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling", description="How updates come: polling, or webhook (needs PUBLIC_URL)."
    )
    telegram_webhook_secret: str = Field(
        "",
        repr=False,
        description="Secret by which Telegram proves itself; empty: derived from the token.",
    )
    telegram_api: str = Field(
        "https://api.telegram.org", description="Base address of the Bot API server."
    )
    staff_token: str = Field(
        "", repr=False, description="Token of the advisors' Telegram bot; empty: none."
    )
    staff_chat: str = Field(
        "",
        description="Id of the advisors' group, a number as -1001234567890; a forum gets topics.",
    )
    staff_api: str = Field(
        "https://api.telegram.org", description="Base address of the advisors' Bot API server."
    )
    staff_digest: str = Field(
        "", description="Time of the daily digest in Berlin, as 08:30; empty: none."
    )
    webhook_url: str = Field("", description="Address that hears of cases; empty: none.")
    webhook_secret: str = Field(
        "",
        repr=False,
        description="Secret that signs webhooks (Standard Webhooks): whsec_ and base64.",
    )
    webhook_private: bool = Field(
        False, description="The webhook may lie in a private network or on this machine."
    )
    desk_local: bool = Field(True, description="Local accounts may log in at the desk.")
    desk_oidc_issuer: str = Field(
        "", description="OpenID Connect issuer for the desk; empty: none."
    )
    desk_oidc_client_id: str = Field("", description="Client id at the issuer.")
    desk_oidc_client_secret: str = Field("", repr=False, description="Client secret at the issuer.")
    case_lease_hours: int = Field(
        24, ge=1, le=1000, description="Hours after which a case without activity is open again."
    )
    case_answer_hours: int = Field(
        16, ge=1, le=1000, description="Hours in which the first answer is due."
    )
    office_hours: str = Field(
        "",
        description="When advisors are there; empty: times run by the clock, and nobody is told "
        "when someone will be there.",
        examples=["Mon-Thu 09:00-12:00,13:00-16:00; Fri 09:00-12:00"],
    )
    office_zone: str = Field("Europe/Berlin", description="Time zone of the office hours.")
    office_holidays: str = Field(
        "",
        description="Country, or country and subdivision, whose public holidays are free.",
        examples=["DE-NW"],
    )
    office_closed: str = Field(
        "",
        description="Further days that are free.",
        examples=["2026-12-24, 2026-12-28..2026-12-31"],
    )
    office_special: str = Field(
        "",
        description="Other hours in between, as in Ramadan.",
        examples=["2027-02-08..2027-03-09 Sun-Thu 09:00-14:00"],
    )
    desk_hours: dict[str, dict[str, str]] = Field(
        {},
        description="Other hours of single desks, as JSON; what is left out is as for all.",
        examples=['{"desk_egypt": {"hours": "Sun-Thu 09:00-15:00", "zone": "Africa/Cairo"}}'],
    )
    reminder_days: Annotated[tuple[int, ...], NoDecode] = Field(
        (14, 1), description="Days before an event on which subscribers are reminded."
    )
    calendar_url: str = Field(
        "",
        description="Address of an iCalendar feed that is taken into the calendar; empty: none.",
        examples=["https://calendar.example.org/programme.ics"],
    )
    calendar_hours: int = Field(
        12, ge=1, le=1000, description="Hours between two fetches of KPBOT_CALENDAR_URL."
    )
    calendar_language: Language = Field(
        "de", description="Language of the feed's texts, where they do not say it themselves."
    )
    calendar_private: bool = Field(
        False, description="The feed may lie in a private network or on this machine."
    )
    contact: str = Field(
        "", description="Other ways to reach the programme, as people shall read them."
    )
    privacy_url: str = Field("", description="Address of the operator's full privacy notice.")
    controller: str = Field(
        "", description="Name and address of the body responsible for the data (Art. 13 GDPR)."
    )
    protection_officer: str = Field("", description="How to reach the data protection officer.")
    record_days: int = Field(
        90, ge=1, le=3650, description="Days after which a record that was handed over goes."
    )
    chat_days: int = Field(
        90, ge=1, le=3650, description="Days after which what was said in a chat goes."
    )
    sent_days: int = Field(
        14, ge=1, le=3650, description="Days after which letters and cards that went out go."
    )
    failed_days: int = Field(
        14, ge=1, le=3650, description="Days after which messages that could not be handled go."
    )
    count_days: int = Field(
        90,
        ge=1,
        le=3650,
        description="Days after which figures are kept by month, without rare ones.",
    )
    copy_days: int = Field(
        30, ge=1, le=3650, description="Days after which copies made before an upgrade go."
    )
    field_key: SecretStr = Field(
        SecretStr(""),
        description="Keys that encrypt personal fields, as id:base64, the one that writes first; "
        "kpbot key new makes one. Empty: they are stored in the clear.",
    )
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("mail_to", "allowed_origins", "reminder_days", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value:
            database_address(value)
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"smtp", "smtps"}:
            raise ValueError("must begin with smtp:// or smtps://")
        if urlsplit(value).port == 0:  # a port that is no number raises ValueError itself
            raise ValueError("needs a port above 0, or none")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_sender(cls, value: str) -> str:
        if not _MAILBOX.fullmatch(parseaddr(value)[1]):
            raise ValueError(f"{value!r} is no mail address, nor one with a name before it")
        return value

    @field_validator("mail_to")
    @classmethod
    def _are_mailboxes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            if not _MAILBOX.fullmatch(each):
                raise ValueError(f"{each!r} is no mail address")
        return value

    @field_validator("desk_mail")
    @classmethod
    def _have_mailboxes(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for own in value.values():
            cls._are_mailboxes(own)
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("webhook_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value:
            checked_form(value)
        return value

    @field_validator("calendar_url")
    @classmethod
    def _is_feed(cls, value: str) -> str:
        if value:
            checked_form(calendar_address(value))
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_secret(cls, value: str) -> str:
        if value:
            key_of(value)
        return value

    @field_validator("field_key")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        parse_keys(value.get_secret_value())
        return value

    @field_validator("staff_chat")
    @classmethod
    def _is_group(cls, value: str) -> str:
        if value and not _GROUP.fullmatch(value):
            raise ValueError(
                "must be the group's id, a number as -1001234567890 (it stands in getUpdates of "
                "the bot after a message in the group), not its name"
            )
        return value

    @field_validator("staff_digest")
    @classmethod
    def _is_time(cls, value: str) -> str:
        if value:
            time.fromisoformat(value)
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Settings:
        """What one setting needs of another. Each sentence names both."""
        needed = (
            (self.mail_to, self.smtp_url, "KPBOT_MAIL_TO needs KPBOT_SMTP_URL"),
            (self.desk_mail, self.smtp_url, "KPBOT_DESK_MAIL needs KPBOT_SMTP_URL"),
            (self.staff_token, self.staff_chat, "KPBOT_STAFF_TOKEN needs KPBOT_STAFF_CHAT"),
            (self.webhook_url, self.webhook_secret, "KPBOT_WEBHOOK_URL needs KPBOT_WEBHOOK_SECRET"),
            (
                self.telegram_mode == "webhook",
                self.public_url,
                "KPBOT_TELEGRAM_MODE=webhook needs KPBOT_PUBLIC_URL",
            ),
            (
                self.desk_oidc_issuer,
                self.desk_oidc_client_id,
                "KPBOT_DESK_OIDC_ISSUER needs KPBOT_DESK_OIDC_CLIENT_ID",
            ),
        )
        problems = [sentence for has, needs, sentence in needed if has and not needs]
        problems += self._unknown_desks()
        if problems:
            raise ValueError("; ".join(problems))
        _ = self.hours  # a wrong one is told at the start, not with the first enquiry
        return self

    @property
    def hours(self) -> dict[str, OfficeHours]:
        """Office hours by desk; those of every other desk under the empty name.

        Raises ValueError with one sentence.
        """
        every = {"": {}, **self.desk_hours} if self.office_hours else self.desk_hours
        return {desk: self._hours(desk, own) for desk, own in every.items()}

    def _hours(self, desk: str, own: Mapping[str, str]) -> OfficeHours:
        setting = f"KPBOT_DESK_HOURS, {desk}" if desk else "KPBOT_OFFICE_HOURS"
        for_all = {
            "hours": self.office_hours,
            "zone": self.office_zone,
            "holidays": self.office_holidays,
            "closed": self.office_closed,
            "special": self.office_special,
        }
        for word in own:
            if word not in for_all:
                raise ValueError(f"{setting}: {word} is none of its words{_hint(word, for_all)}")
        words = {**for_all, **own}
        if not words["hours"]:
            raise ValueError(f"{setting}: it says no hours, and KPBOT_OFFICE_HOURS is empty")
        try:
            return parse_hours(
                words["hours"],
                zone=words["zone"],
                holidays=words["holidays"],
                closed=words["closed"],
                special=words["special"],
            )
        except ValueError as error:
            raise ValueError(f"{setting}: {error}") from None

    def _unknown_desks(self) -> list[str]:
        """A sentence for each desk that no dialog leads to."""
        named = (("DESK_HOURS", self.desk_hours), ("DESK_MAIL", self.desk_mail))
        if not any(desks for _, desks in named):
            return []
        from kpbot.content.dialogs import load_dialogs  # noqa: PLC0415 (start-up time)

        dialogs, broken = load_dialogs(self.content / "dialogs")
        if broken:
            return []  # the dialogs are to be mended first, and whoever needs them says so
        known = {one.to for each in dialogs.dialogs.values() for one in each.outcomes}
        return [
            f"KPBOT_{setting}: {desk} is no desk{_hint(desk, known)}"
            for setting, desks in named
            for desk in desks
            if desk not in known
        ]

    @property
    def field_keys(self) -> tuple[FieldKey, ...]:
        """The keys that encrypt personal fields, the one that writes first; none: no encryption."""
        return parse_keys(self.field_key.get_secret_value())

    @property
    def cache(self) -> Path:
        """The folder for compiled indexes; it may be deleted at any time."""
        if self.cache_dir is not None:
            return self.cache_dir
        return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "kpbot"

    @property
    def imported_places(self) -> Path:
        """The file that `kpbot places import` writes."""
        return self.data_dir / "places-de.json.gz"

    @property
    def german_places(self) -> Path | None:
        """The imported German places, if the operator imported any."""
        return self.imported_places if self.imported_places.is_file() else None

    @property
    def content(self) -> Path:
        """The folder with the content: the operator's, or what the package ships."""
        return self.content_dir or self.shipped_content

    @property
    def shipped_content(self) -> Path:
        """The folder with the content that the package ships."""
        shipped = _PACKAGE / "_content"
        return shipped if shipped.is_dir() else _PACKAGE.parents[1]

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'kpbot.db'}"

    @property
    def database_shown(self) -> str:
        """The database's URL without its password."""
        parts = urlsplit(self.database)
        return (
            self.database.replace(f":{parts.password}@", ":…@") if parts.password else self.database
        )


def _hint(word: str, known: Iterable[str]) -> str:
    meant = probable(word, known)
    return f': did you mean "{meant}"?' if meant else f" ({', '.join(sorted(known))})"


def read_settings() -> Settings:
    """The settings of the environment. Raises WrongSetting with one sentence a wrong value."""
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        problems = (
            f"KPBOT_{'_'.join(map(str, each['loc'])).upper()}: {_said(each['msg'])}"
            if each["loc"]
            else _said(each["msg"])
            for each in error.errors()
        )
        raise WrongSetting(" · ".join(problems)) from None


def database_address(url: str) -> URL:
    """The URL, taken apart. Raises ValueError with a sentence that holds nothing of it."""
    from sqlalchemy import make_url  # noqa: PLC0415 (start-up time)
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        return make_url(url)
    except (ArgumentError, ValueError):  # their words may hold a part of the password
        raise ValueError(
            "this is no database URL: write it as sqlite:////srv/kpbot/kpbot.db or "
            "postgresql://user:password@host:5432/kpbot"
        ) from None


def _said(message: str) -> str:
    """Our own sentence, without the word that pydantic puts before it."""
    return message.removeprefix("Value error, ")
