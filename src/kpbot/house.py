"""What every turn needs besides the message: content and the operator's choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kpbot.engine.dialog import Dialogs
from kpbot.engine.utterance import Answers
from kpbot.understand.readers import Knowledge


@dataclass(frozen=True)
class House:
    """Content and the operator's choices."""

    dialogs: Dialogs
    knowledge: Knowledge
    answers: Answers
    new_reference: Callable[[], str]
    days: int = 90
    contact: str = ""
    privacy_link: str = ""
    mail_to: tuple[str, ...] = ()
