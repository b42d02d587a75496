"""All an operator can set. The only reader of the environment: prefix KPBOT_."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_PACKAGE = Path(__file__).parent
_MAILBOX = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")


class WrongSetting(Exception):  # noqa: N818 (it is a sentence for the operator)
    """A setting has a value that cannot be: the sentence says which, and what was meant."""


class Settings(BaseSettings):
    """The settings; each is the environment variable KPBOT_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="KPBOT_", extra="ignore", frozen=True)

    database_url: str = Field(
        "",
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
        "", description="Mail server: smtp://user:password@host:587 or smtps://…; empty: no mail."
    )
    mail_from: str = Field("kpbot@localhost", description="Sender of the mails to advisors.")
    mail_to: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Mailboxes of the advisors, separated by commas."
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
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @field_validator("mail_to", "allowed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"smtp", "smtps"}:
            raise ValueError("must begin with smtp:// or smtps://")
        if urlsplit(value).port == 0:  # a port that is no number raises ValueError itself
            raise ValueError("needs a port above 0, or none")
        return value

    @field_validator("mail_to")
    @classmethod
    def _are_mailboxes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            if not _MAILBOX.fullmatch(each):
                raise ValueError(f"{each!r} is no mail address")
        return value

    @field_validator("log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

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
        if self.content_dir is not None:
            return self.content_dir
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


def read_settings() -> Settings:
    """The settings of the environment. Raises WrongSetting with one sentence a wrong value."""
    try:
        return Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        problems = (
            f"KPBOT_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}"
            for each in error.errors()
        )
        raise WrongSetting(" · ".join(problems)) from None
