"""One event as a browser posts it, and what it is to the house."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kpbot.channels.web.limits import LONGEST_TEXT
from kpbot.model import Content, Language, Opened, Pressed, Said, Selected

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no person writes and some stores refuse; tab and line ends stay."""

MessageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{16,64}$")]
_Name = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]+$")]
_Turn = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Unreadable(Exception):  # noqa: N818 (it is what the body is)
    """The body is no event."""


class TooLong(Exception):  # noqa: N818 (it is what the text is)
    """The text has more characters than are taken."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Press(_Strict):
    """A button of the message of that turn."""

    turn: _Turn
    question: _Name
    choice: _Name


class Selection(_Strict):
    """Choices of the multi-select of that turn."""

    turn: _Turn
    question: _Name
    choices: Annotated[list[_Name], Field(max_length=50)]


class Posted(_Strict):
    """One event: exactly one of say, press, select and open."""

    id: MessageId
    say: str | None = None
    press: Press | None = None
    select: Selection | None = None
    open: Literal[True] | None = None
    language: Language | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Posted:
        if sum(each is not None for each in (self.say, self.press, self.select, self.open)) != 1:
            raise ValueError("exactly one of say, press, select, open")
        return self

    @property
    def content(self) -> Content:
        """What it is to the house."""
        if self.press is not None:
            return Pressed(self.press.turn, self.press.question, self.press.choice)
        if self.select is not None:
            choices = tuple(dict.fromkeys(self.select.choices))
            return Selected(self.select.turn, self.select.question, choices)
        if self.say is not None:
            return Said(self.say)
        return Opened()


def read_event(body: bytes) -> Posted:
    """The event in a JSON body. Raises Unreadable, TooLong."""
    try:
        posted = Posted.model_validate_json(body)
    except ValidationError:
        raise Unreadable from None  # the error would quote what a person wrote
    return cleaned(posted)


def cleaned(posted: Posted) -> Posted:
    """The event with a text that every store takes. Raises TooLong."""
    if posted.say is None:
        return posted
    text = _CONTROL.sub("", posted.say.replace("\r\n", "\n"))
    if len(text) > LONGEST_TEXT:
        raise TooLong
    return posted.model_copy(update={"say": text})
