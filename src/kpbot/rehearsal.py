"""Transcripts are played against the real house: plainly, and in torture mode.

In torture mode every step is followed by something that must not matter: a restart, the same
event again, a press on an old button, a language switch and back, a question on the way. The
record at the end must be the same to the byte.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from kpbot.app import Clock
from kpbot.content.chats import Chat, ChatStep, load_chats
from kpbot.content.checks_release import uncovered
from kpbot.content.problems import Problem
from kpbot.engine.place import walk
from kpbot.engine.utterance import Told
from kpbot.events import Calendar
from kpbot.house import House
from kpbot.model import (
    COMMAND,
    OFFER,
    Attached,
    Content,
    Draft,
    Edited,
    Language,
    Opened,
    Outbound,
    Pressed,
    Said,
    Selected,
    Value,
)
from kpbot.person import Person
from kpbot.store.database import Database

FAULTS = ("restart", "again", "press_old", "language", "question")
"""What torture mode puts after each step."""

_START = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_DETOUR: dict[Language, str] = {
    "de": "In welchen Ländern arbeitet das Programm?",
    "fr": "Dans quels pays le programme est-il actif ?",
    "ar": "ما هي البلدان الشريكة؟",
    "en": "Which countries does the programme cover?",
}


class FixedClock(Clock):
    """A clock that stands still until time is let pass: records can be compared."""

    def __call__(self) -> datetime:
        """The instant the rehearsal began, and what was waited since."""
        return _START + self.ahead


@dataclass
class Played:
    """How one transcript went."""

    problems: list[Problem]
    records: list[dict[str, Any]]
    covered: set[str]
    """Names as `content.checks_release.covered_names` gives them."""
    said: list[str]


def play(house: House, chat: Chat, language: Language, faults: tuple[str, ...] = ()) -> Played:
    """The transcript has been played in the language; each fault was put after every step."""
    with tempfile.TemporaryDirectory(prefix="kpbot-rehearsal-") as folder:
        stage = _Rehearsal(house, chat, language, Path(folder))
        try:
            for step in chat.steps:
                stage.do(step)
                for fault in faults:
                    stage.disturb(fault)
        finally:
            stage.close()
    return stage.played


def rehearse(house: House, dialogs_folder: Path) -> tuple[Problem, ...]:
    """Every transcript that fails in some language, and everything no transcript covers (D16)."""
    chats, problems = load_chats(dialogs_folder)
    found = list(problems)
    covered: set[str] = set()
    for chat in chats:
        for language in chat.languages:
            played = play(house, chat, language)
            found += played.problems
            covered |= played.covered
    return tuple(sorted({*found, *uncovered(house.dialogs, covered)}))


def torture(
    house: House, chat: Chat, language: Language, faults: tuple[str, ...] = FAULTS
) -> tuple[Problem, ...]:
    """What goes wrong, or is handed over differently, when the faults follow every step."""
    expected = _canonical(play(house, chat, language).records)
    got = _canonical(play(house, chat, language, faults).records)
    if got == expected:
        return ()
    sentence = f"[{language}] {', '.join(faults)} after each step changes what is handed over."
    return (Problem(chat.file, chat.line, sentence),)


def comparable(house: House, record: dict[str, Any]) -> dict[str, Any]:
    """What must be the same whichever language a chat was in: all but language and own words."""
    own = {"language", "words", "consent_given", "consent_text", "unanswered", "reference"}
    own |= {
        question.id
        for question in house.dialogs.dialogs[record["dialog"]].questions
        if question.default_language
    }
    return {key: value for key, value in record.items() if key not in own}


def _undated(house: House) -> House:
    """An empty calendar and no facts: transcripts hold whatever the operator fills in."""

    def answers(intent: str, language: Language, today: date) -> Told:
        return replace(house.answers(intent, language, today), fact=None)

    knowledge = replace(house.knowledge, calendar=Calendar, stated=lambda _intent, _day: False)
    return replace(house, knowledge=knowledge, answers=answers)


def _canonical(records: list[dict[str, Any]]) -> str:
    return json.dumps(records, ensure_ascii=False, sort_keys=True)


class _Rehearsal:
    def __init__(self, house: House, chat: Chat, language: Language, folder: Path) -> None:
        self.house = replace(_undated(house), new_reference=self._next_reference)
        self.chat = chat
        self.language = language
        self.played = Played([], [], set(), [])
        self._url = f"sqlite:///{folder / 'rehearsal.db'}"
        self._clock = FixedClock()
        self._shown: list[Outbound] = []
        self.person = self._arrive()

    def close(self) -> None:
        self.person.leave()

    def do(self, step: ChatStep) -> None:
        """The step is done and checked."""
        said = self._act(step)
        self._clock.ahead += _MINUTE
        self._note(said)
        self._check(step, "\n".join(outbound.text for outbound in said))

    def disturb(self, fault: str) -> None:
        """Something happened that must not matter."""
        match fault:
            case "restart":
                self._restart()
            case "again":
                self.person.again()
            case "press_old":
                self._press_something_old()
            case "language":
                other: Language = "fr" if self.language != "fr" else "en"
                current = self.person.taken.conversation.language if self.person.taken else None
                for each in (other, current or self.language):
                    self.person.happen(Pressed(0, COMMAND, f"language:{each}"))
            case _:
                self.person.happen(Said(_DETOUR[self.language]))

    def _next_reference(self) -> str:
        """The same reference for the same record, however many events came before it."""
        return f"KP-{len(self.played.records) + 1:05d}"

    def _arrive(self) -> Person:
        known = self.language if self.chat.start_language else None
        return Person(self.house, Database(self._url), "rehearsal", known, self._clock)

    def _restart(self) -> None:
        taken = self.person.taken
        self.person.leave()
        self.person = self._arrive()
        self.person.taken = taken

    def _act(self, step: ChatStep) -> list[Outbound]:
        text = step.text.get(self.language, "")
        match step.act:
            case "wait":
                return self.person.wait(step.wait or timedelta())
            case "restart":
                self._restart()
                return []
            case "again":
                return self.person.again()
            case _:
                return self.person.happen(self._content(step, text))

    def _content(self, step: ChatStep, text: str) -> Content:
        shown = self.person.shown()
        turn = shown.turn if shown else 0
        question, _, choice = text.partition("=")
        match step.act:
            case "open":
                return Opened()
            case "say":
                return Said(text)
            case "select":
                return Selected(turn, question, tuple(choice.split(",")))
            case "press" if not choice:
                return Pressed(turn, self._owner(shown, question), question)
            case "press":
                return Pressed(turn, question, choice)
            case "press_old":
                return Pressed(self._turn_of(question), question, choice)
            case "attach":
                return Attached(text)
            case "edit":
                return Edited(text)
            case _:
                return Pressed(turn, COMMAND, f"language:{text}")

    def _owner(self, shown: Outbound | None, choice: str) -> str:
        """What a button belongs to that is named by its choice alone."""
        for button in shown.buttons if shown else ():
            if button.id == choice:
                return button.question
        return COMMAND

    def _turn_of(self, question: str) -> int:
        """The first turn in which the question was asked with buttons."""
        return next(
            (
                outbound.turn
                for outbound in self._shown
                if any(button.question == question for button in outbound.buttons)
            ),
            0,
        )

    def _press_something_old(self) -> None:
        """Every button of the first message that asked something answered since is pressed."""
        taken = self.person.taken
        if taken is None:
            return
        draft = taken.conversation.drafts.get(taken.conversation.active or "")
        for outbound in self._shown:
            for button in outbound.buttons:
                old = outbound.turn < taken.conversation.turn
                if old and draft is not None and button.question in draft.answers:
                    self.person.happen(Pressed(outbound.turn, button.question, button.id))
                    self._decline_change()
                    return

    def _decline_change(self) -> None:
        """The offer that the old button led to is declined; another one stays on the table."""
        taken = self.person.taken
        offer = taken.conversation.offer if taken is not None else None
        if offer is not None and offer.kind == "change":
            self.person.happen(Pressed(offer.turn, OFFER, "no"))

    def _note(self, said: list[Outbound]) -> None:
        self._shown += said
        self.played.said += [outbound.text for outbound in said]
        taken = self.person.taken
        if taken is None:
            return
        dialog = taken.conversation.active
        if dialog and taken.at not in {"menu", "review"}:
            self.played.covered.add(f"{dialog}.{taken.at}")
        for question, value in _values(self.house, dialog, self._draft()).items():
            for item in value if isinstance(value, tuple) else (value,):
                self.played.covered.add(f"{dialog}.{question}={_word(item)}")
        if taken.record is not None and taken.record not in self.played.records:
            self.played.records.append(taken.record)
            self.played.covered.add(f"{taken.record['dialog']}>{taken.record['outcome']}")

    def _check(self, step: ChatStep, said: str) -> None:
        taken = self.person.taken
        if taken is None:
            return
        at = taken.at
        if step.asks and at != step.asks:
            self._complain(step, f"asks {at}, not {step.asks}. It said: {said[:300]}")
        if step.faq and (taken.intent or "none") != step.faq:
            self._complain(step, f"answers {taken.intent or 'none'}, not {step.faq}.")
        wanted, unwanted = step.says.get(self.language), step.says_not.get(self.language)
        if wanted and wanted not in said:
            self._complain(step, f'does not say "{wanted}". It said: {said[:300]}')
        if unwanted and unwanted in said:
            self._complain(step, f'says "{unwanted}".')
        self._check_values(step, _values(self.house, taken.conversation.active, self._draft()))
        self._check_record(step, taken.record)

    def _draft(self) -> Draft | None:
        taken = self.person.taken
        if taken is None:
            return None
        return taken.conversation.drafts.get(taken.conversation.active or "")

    def _check_values(self, step: ChatStep, values: dict[str, Value]) -> None:
        for question, value in step.fills.items():
            if question not in values or _word(values[question]) != value:
                got = _word(values.get(question)) if question in values else "no answer"
                self._complain(step, f"{question} is {got}, not {value}.")
        for question in step.empty:
            if values.get(question) is not None:
                self._complain(step, f"{question} is {_word(values[question])}, not empty.")

    def _check_record(self, step: ChatStep, record: dict[str, Any] | None) -> None:
        if not step.record and step.flags is None and step.unanswered is None:
            return
        if record is None:
            self._complain(step, "hands nothing over.")
            return
        for field, value in step.record.items():
            if _word(record.get(field)) != value:
                self._complain(step, f"{field} is {_word(record.get(field))}, not {value}.")
        if step.flags is not None and tuple(record["flags"]) != step.flags:
            self._complain(step, f"flags are {record['flags']}, not {list(step.flags)}.")
        if step.unanswered is not None and len(record["unanswered"]) != step.unanswered:
            self._complain(step, f"{len(record['unanswered'])} questions are open.")

    def _complain(self, step: ChatStep, sentence: str) -> None:
        text = f"[{self.language}] {sentence}"
        self.played.problems.append(Problem(self.chat.file, step.line, text))


def _values(house: House, name: str | None, draft: Draft | None) -> dict[str, Value]:
    dialog = house.dialogs.dialogs.get(name or "")
    if dialog is None or draft is None:
        return {}
    return dict(walk(dialog, draft).values)


def _word(value: object) -> str:
    """A value as a transcript writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "null" if value is None else str(value)
