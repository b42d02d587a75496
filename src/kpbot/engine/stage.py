"""The conversation as it becomes during one step, and what shall follow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kpbot.engine.dialog import Dialog, Dialogs
from kpbot.engine.place import Walk, place, walk
from kpbot.model import (
    Ask,
    CancelTimers,
    CommandName,
    Conversation,
    Draft,
    Effect,
    Event,
    Export,
    ForgetWords,
    Offer,
    OfferKind,
    OpenQuestion,
    Part,
    Relay,
    Say,
    SetTimer,
    ShowCommands,
    ShowMenu,
    ShowOffer,
    ShowReview,
    ShowStatus,
    Submit,
    Tell,
    TellSchedule,
    TellTidings,
    Toast,
)

MENU: tuple[tuple[CommandName, str], ...] = (
    ("start", ""),
    ("human", ""),
    ("language", ""),
    ("privacy", ""),
)
"""Buttons after an answer in the menu: what one can do next."""


class Stage:
    """One step in the making. Local to `step`: nothing that came in is changed."""

    def __init__(self, dialogs: Dialogs, conversation: Conversation, event: Event) -> None:
        """A step of `conversation` on `event` that has no effects yet."""
        self.dialogs = dialogs
        self.conversation = conversation
        self.before = conversation
        self.event = event
        self.effects: list[Effect] = []
        self.turn = conversation.turn + 1

    # ── what is there ──

    @property
    def dialog(self) -> Dialog | None:
        """The dialog that is being filled in, in the draft's version; None: it is no more."""
        version = self.draft.version if self.draft is not None else None
        return self.dialogs.at(self.conversation.active or "", version)

    @property
    def draft(self) -> Draft | None:
        """The draft of the active dialog."""
        return self.conversation.drafts.get(self.conversation.active or "")

    @property
    def filling(self) -> tuple[Dialog, Draft] | None:
        """Dialog and draft that are being filled in; None in the menu."""
        dialog, draft = self.dialog, self.draft
        return (dialog, draft) if dialog is not None and draft is not None else None

    @property
    def place(self) -> str | None:
        """The question that waits; None at the review and in the menu."""
        return place(*self.filling) if self.filling else None

    @property
    def walked(self) -> Walk | None:
        """What applies, is answered and is open in the active draft."""
        return walk(*self.filling) if self.filling else None

    # ── what becomes ──

    def change(self, **fields: Any) -> None:
        """The conversation has these fields from now on."""
        self.conversation = replace(self.conversation, **fields)

    def keep(self, dialog: str, draft: Draft) -> None:
        """The draft is the dialog's, touched now."""
        touched = replace(draft, touched=self.event.at)
        self.change(drafts={**self.conversation.drafts, dialog: touched})

    def drop(self, dialog: str) -> None:
        """The dialog has no draft any more, and no timer."""
        drafts = {name: d for name, d in self.conversation.drafts.items() if name != dialog}
        active = None if self.conversation.active == dialog else self.conversation.active
        self.change(drafts=drafts, active=active, misses=0, offer=None)
        self.follow(CancelTimers(f"remind:{dialog}"), CancelTimers(f"expire:{dialog}"))

    def follow(self, *effects: Effect) -> None:
        """These effects follow."""
        self.effects.extend(effects)

    def say(self, key: str, *parts: Part, **params: str | int) -> None:
        """This sentence is said."""
        self.follow(Say(key, params, parts))

    def offer(self, kind: OfferKind, *, part: Part | None = None, asked: Any = None) -> None:
        """This offer is on the table and shown."""
        offer = Offer(kind, self.turn, part, asked)
        self.change(offer=offer)
        self.follow(ShowOffer(offer))

    def remember_question(self, question: OpenQuestion) -> None:
        """The question travels with the next record, once."""
        if all(known.text != question.text for known in self.conversation.questions):
            self.change(questions=(*self.conversation.questions, question))

    # ── what is shown at the end ──

    def show_place(self, *, again: bool = False, help: bool = False) -> None:  # noqa: A002 (the word)
        """The waiting question, the review or the menu is shown; no person is left without one.

        After a detour (`again`) an offer that is still on the table is shown instead.
        """
        if again and self.conversation.offer is not None and self.conversation.offer.kind != "keep":
            pending = self.conversation.offer
            self.offer(pending.kind, part=pending.part, asked=pending.asked)
            return
        if self.conversation.owner != "bot":
            return  # the advisor speaks: the form waits
        if self.filling is None:
            told = any(isinstance(effect, _WORDS) for effect in self.effects)
            self.follow(ShowCommands(MENU) if again and told else ShowMenu())
            return
        dialog, draft = self.filling
        if not dialog.open:
            self.say("dialog_closed")
            self.follow(ShowCommands((("human", ""), ("delete", ""))))
            return
        waiting = place(dialog, draft)
        if waiting is None:
            self.follow(ShowReview(dialog.name))
        else:
            keep = self._still_to_keep(waiting) if again else None
            self.follow(Ask(dialog.name, waiting, again=again, help=help, keep=keep))

    def _still_to_keep(self, waiting: str) -> str | None:
        """The text that may be kept as typed, if that is still offered for the question."""
        pending = self.conversation.offer
        if pending is None or pending.part is None or pending.part.question != waiting:
            return None
        self.change(offer=replace(pending, turn=self.turn))
        return pending.part.typed

    def show_something(self) -> None:
        """Words that nothing to do follows are followed by the place, as after a release."""
        said = any(isinstance(effect, Say) for effect in self.effects)
        if said and not any(isinstance(effect, _TO_DO) for effect in self.effects):
            self.show_place(again=True)

    def set_timers(self) -> None:
        """The active draft's reminders and end are counted from now."""
        if self.filling is None:
            return
        dialog, draft = self.filling
        if draft is self.before.drafts.get(dialog.name):
            return
        for number, wait in enumerate(dialog.remind):
            self.follow(SetTimer(f"remind:{dialog.name}:{number}", self.event.at + wait))
        self.follow(SetTimer(f"expire:{dialog.name}", self.event.at + dialog.expire))

    def result(self) -> tuple[Conversation, tuple[Effect, ...]]:
        """The step: what became and what follows; a turn is counted where something was shown.

        An offer that is no longer in the last message is off the table: a "yes" said later to
        something else must not accept it.
        """
        shown = [effect for effect in self.effects if not isinstance(effect, _UNSEEN)]
        if shown:
            self.change(turn=self.turn)
            offer = self.conversation.offer
            if offer is not None and offer.turn != self.turn:
                self.change(offer=None)
        return self.conversation, tuple(self.effects)


_UNSEEN = (Toast, SetTimer, CancelTimers, Relay, ForgetWords)
_TO_DO = (Ask, ShowReview, ShowMenu, ShowOffer, ShowCommands, Submit)
_WORDS = (Toast, Say, Tell, TellSchedule, TellTidings, ShowStatus, Export)
"""What gives a message its text, so that buttons alone may follow."""
