"""What a step adds to the statistics: names and numbers, nothing that a person said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kpbot.model import Ask, Asked, Conversation, Draft, Effect, Happening, Submit, Tell

CountName = Literal[
    "begun",
    "asked",
    "answered",
    "skipped",
    "edited",
    "helped",
    "missed",
    "detoured",
    "submitted",
    "faq_answered",
    "faq_partly",
    "faq_unanswered",
]

UNKNOWN = "unknown"
"""The value where a question fits nothing the bot knows."""


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """One thing more of its kind."""

    name: CountName
    dialog: str
    """The dialog that was being filled in; empty: none."""
    language: str
    """Empty: not known yet."""
    value: str
    """Question id, outcome, or id of a known question of the FAQ."""


def counted(
    before: Conversation,
    after: Conversation,
    effects: tuple[Effect, ...],
    happening: Happening,
) -> tuple[Counted, ...]:
    """What is to be counted of a step, in a fixed order.

    A question is asked once and answered once a draft, however often it is repeated or changed.
    """
    language = after.language or before.language or ""
    active = before.active or after.active or ""
    found: list[Counted] = []
    for name, draft in after.drafts.items():
        found += _of_draft(name, before.drafts.get(name), draft, language)
    for effect in effects:
        match effect:
            case Ask(dialog, question) as ask:
                found += _of_ask(before, after, ask, Counted("asked", dialog, language, question))
            case Tell(intent, known):
                found.append(Counted(_FAQ[known], active, language, intent))
                if before.active is not None:
                    found.append(Counted("detoured", before.active, language, intent))
            case Submit(dialog, draft, outcome) if effect.complete:
                if dialog not in after.drafts:  # the last answer may have come with the end
                    found += _of_draft(dialog, before.drafts.get(dialog), draft, language)
                found.append(Counted("submitted", dialog, language, outcome))
            case _:
                pass
    if isinstance(happening, Asked) and not happening.hits:
        found.append(Counted("faq_unanswered", active, language, UNKNOWN))
    return tuple(sorted(found))


_FAQ: dict[str, CountName] = {
    "all": "faq_answered",
    "part": "faq_partly",
    "none": "faq_unanswered",
}


def _of_draft(name: str, before: Draft | None, after: Draft, language: str) -> list[Counted]:
    found = [Counted("begun", name, language, "")] if before is None else []
    known = before.answers if before is not None else {}
    for question, answer in after.answers.items():
        earlier = known.get(question)
        if earlier is None:
            kind: CountName = "skipped" if answer.value is None else "answered"
            found.append(Counted(kind, name, language, question))
        elif earlier.value != answer.value:
            found.append(Counted("edited", name, language, question))
    return found


def _of_ask(before: Conversation, after: Conversation, ask: Ask, this: Counted) -> list[Counted]:
    found: list[Counted] = []
    if after.misses > before.misses:
        found.append(Counted("missed", ask.dialog, this.language, ask.question))
    if ask.help:
        found.append(Counted("helped", ask.dialog, this.language, ask.question))
    draft = before.drafts.get(ask.dialog)
    is_new = draft is None or ask.question not in draft.answers
    if is_new and not ask.again and not ask.help:
        found.append(this)
    return found
