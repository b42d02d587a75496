"""Answers: given, pressed, skipped, kept, taken back; and what they do to later answers."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.drafts import discard
from kpbot.engine.migrate import takes
from kpbot.engine.place import park, put, walk
from kpbot.engine.stage import Stage
from kpbot.model import (
    Agreed,
    Answer,
    Draft,
    Language,
    Part,
    Pressed,
    Selected,
    ShowCommands,
    Toast,
    Value,
)

SKIP = "skip"
KEEP = "keep"
"""Choice ids of a question's own buttons; no option may be called so."""

_ECHOED = frozenset({"choice", "choices", "number", "date", "year", "email", "phone", "place"})
"""Types whose typed answer is read back: the person sees what was understood."""


def answered(stage: Stage, parts: tuple[Part, ...], cut: int = 0) -> None:
    """Every part that applies, in the dialog's order, is an answer now; the next thing is shown.

    Of several answers in one message those that do not apply yet are kept for later.
    """
    if stage.filling is None:
        stage.show_place()
        return
    dialog, draft = stage.filling
    before = draft
    taken: list[Part] = []
    for part in sorted(parts, key=lambda each: _order(dialog, each.question)):
        if part.question not in dialog.by_id or not takes(dialog.by_id[part.question], part.value):
            continue  # read before the dialog changed
        if part.question not in walk(dialog, draft).applying:
            if len(parts) > 1:
                draft = _kept_for_later(stage, dialog, draft, part)
            continue
        if dialog.by_id[part.question].type == "consent" and part.value is not True:
            _refuse(stage, dialog)
            return
        draft = put(draft, part.question, _answer(stage, dialog.by_id[part.question], part))
        taken.append(part)
    draft = _typed_last(draft, taken)
    draft, gone = park(dialog, draft)
    stage.keep(dialog.name, draft)
    stage.change(misses=0, offer=None)
    _tell(stage, before, taken, cut)
    if gone:
        stage.say("parked", *(_part(draft.parked[name].value, name) for name in gone))
    stage.show_place()
    if len(taken) > 1:
        stage.follow(ShowCommands((("change", ""),)))


def pressed(stage: Stage, press: Pressed | Selected) -> None:
    """A press on a question's button counts for that question only, and never silently late."""
    question = stage.dialog.by_id.get(press.question) if stage.dialog else None
    walked = stage.walked
    if question is None or walked is None or question.id not in walked.applying:
        stage.follow(Toast("press_gone"))
        stage.show_place(again=True)
        return
    late = press.turn != stage.conversation.turn
    choices = press.choices if isinstance(press, Selected) else (press.choice,)
    if choices in ((SKIP,), (KEEP,)):
        _pressed_service(stage, question, choices[0], late=late)
        return
    value = _pressed_value(question, choices)
    if value is None:
        if question.id == stage.place and question.type == "choices":
            _say_misfit(stage, question, choices)
        else:
            stage.follow(Toast("press_gone"))
        stage.show_place(again=True)
        return
    _pressed_answer(stage, question, value, late=late)


def skipped(stage: Stage) -> None:
    """The waiting question is left open by choice, or the person reads why it is needed."""
    waiting, walked = stage.place, stage.walked
    if waiting is None or walked is None or stage.filling is None:
        stage.show_place(again=True)
        return
    dialog, draft = stage.filling
    if waiting not in walked.skippable:
        stage.say("not_optional")
        stage.show_place(again=True, help=True)
        return
    nothing = Answer(None, "", _language(stage), stage.event.at)
    draft, gone = park(dialog, put(draft, waiting, nothing))
    stage.keep(dialog.name, draft)
    stage.change(misses=0, offer=None)
    if gone:
        stage.say("parked", *(_part(draft.parked[name].value, name) for name in gone))
    stage.show_place()


def kept(stage: Stage) -> None:
    """The answer the waiting question had, or had before it was parked, is its answer."""
    waiting = stage.place
    if waiting is None or stage.filling is None:
        stage.show_place(again=True)
        return
    dialog, draft = stage.filling
    answer = draft.answers.get(waiting) or draft.parked.get(waiting)
    if answer is None:
        stage.show_place(again=True)
        return
    draft, _ = park(dialog, put(draft, waiting, answer))
    stage.keep(dialog.name, draft)
    stage.change(misses=0, offer=None)
    stage.show_place()


def back(stage: Stage) -> None:
    """The last answered question that applies waits again, its answer shown; nothing is deleted."""
    if stage.filling is None or stage.walked is None:
        stage.show_place(again=True)
        return
    dialog, draft = stage.filling
    given = [name for name in draft.trail if name in stage.walked.values]
    if draft.focus in given:
        given = given[: given.index(draft.focus)]
    if not given:
        stage.say("nothing_before")
        stage.show_place(again=True)
        return
    stage.keep(dialog.name, replace(draft, focus=given[-1]))
    stage.change(misses=0, offer=None)
    stage.show_place()


def focus_on(stage: Stage, question: str) -> None:
    """The question waits, its answer shown, if it applies."""
    walked = stage.walked
    if stage.filling is None or walked is None or question not in walked.applying:
        stage.follow(Toast("press_gone"))
        stage.show_place(again=True)
        return
    dialog, draft = stage.filling
    stage.keep(dialog.name, replace(draft, focus=question))
    stage.change(misses=0, offer=None)
    stage.show_place()


def _pressed_service(stage: Stage, question: Question, choice: str, *, late: bool) -> None:
    if choice == SKIP and late and _was_skipped(stage, question):
        stage.follow(Toast("press_noted"))
    elif question.id != stage.place or (late and _has_answer(stage, question)):
        stage.follow(Toast("press_old"))
        stage.show_place(again=True)
    elif choice == SKIP:
        skipped(stage)
    else:
        kept(stage)


def _pressed_answer(stage: Stage, question: Question, value: Value, *, late: bool) -> None:
    part = Part(question.id, value, "")
    has_answer = _has_answer(stage, question)
    waiting = stage.place == question.id
    if has_answer and (late or not waiting):
        assert stage.draft is not None  # noqa: S101 (an answer without a draft cannot be)
        if question.type == "consent":
            stage.follow(Toast("press_consent"))
        elif stage.draft.answers[question.id].value == value:
            stage.follow(Toast("press_noted"))
        elif stage.conversation.offer is not None:
            stage.follow(Toast("press_old"))
        else:
            stage.offer("change", part=part)
    elif question.type == "consent" and (late or _released(stage)):
        stage.follow(Toast("press_old"))  # to other words than those that count now, perhaps
        stage.show_place(again=True)
    elif waiting or not late:
        answered(stage, (part,))
    else:
        stage.follow(Toast("press_gone"))
        stage.show_place(again=True)


def _released(stage: Stage) -> bool:
    """The dialog has changed since its last question was shown."""
    before = stage.before.drafts.get(stage.conversation.active or "")
    return before is None or stage.dialog is None or before.version != stage.dialog.version


def _has_answer(stage: Stage, question: Question) -> bool:
    return stage.draft is not None and question.id in stage.draft.answers


def _was_skipped(stage: Stage, question: Question) -> bool:
    answer = stage.draft.answers.get(question.id) if stage.draft is not None else None
    return answer is not None and answer.value is None


def _pressed_value(question: Question, choices: tuple[str, ...]) -> Value:
    """The typed value of a press; None where the question has no such choice."""
    if question.type in {"consent", "yesno"}:
        return {"yes": True, "no": False}.get(choices[0]) if len(choices) == 1 else None
    if question.type == "choice" and len(choices) == 1 and choices[0] in question.of:
        return choices[0]
    if question.type != "choices" or not choices or set(choices) - set(question.of):
        return None
    alone = set(choices) & set(question.exclusive)
    if (alone and len(set(choices)) > 1) or not _count_fits(question, len(set(choices))):
        return None
    return tuple(option for option in question.of if option in choices)


def _say_misfit(stage: Stage, question: Question, choices: tuple[str, ...]) -> None:
    """Why these cannot be chosen together."""
    low, high = question.minimum or 1, question.maximum or len(question.of)
    count = len(set(choices))
    alone = [option for option in choices if option in question.exclusive]
    if set(choices) - set(question.of):
        stage.say(f"wrong:{question.id}:choice")
    elif alone and count > 1:
        stage.say(f"wrong:{question.id}:alone", _part(alone[0], question.id))
    elif count < low:
        stage.say(f"wrong:{question.id}:few", min=low)
    else:
        stage.say(f"wrong:{question.id}:many", max=high)


def _count_fits(question: Question, count: int) -> bool:
    return (question.minimum or 1) <= count <= (question.maximum or len(question.of))


def _tell(stage: Stage, before: Draft, taken: list[Part], cut: int) -> None:
    """What was understood is read back where the person could doubt it."""
    if cut:
        stage.say("cut", cut=cut)
    assert stage.dialog is not None  # noqa: S101 (just answered a question of it)
    if len(taken) > 1:
        stage.say("noted_several", *taken)
    elif taken and taken[0].question in before.answers:
        stage.say("changed", *taken)
    elif taken and taken[0].typed and stage.dialog.by_id[taken[0].question].type in _ECHOED:
        stage.say("noted", *taken)


def _kept_for_later(stage: Stage, dialog: Dialog, draft: Draft, part: Part) -> Draft:
    """What was said early is parked: one tap keeps it once its question applies."""
    question = dialog.by_id[part.question]
    if question.type == "consent" or question.id in draft.answers:
        return draft
    return replace(draft, parked={**draft.parked, question.id: _answer(stage, question, part)})


def _typed_last(draft: Draft, taken: list[Part]) -> Draft:
    """What the person typed is newer than what followed from it: it is what a correction means."""
    typed = tuple(part.question for part in taken if part.typed)
    rest = tuple(name for name in draft.trail if name not in typed)
    return replace(draft, trail=(*rest, *typed))


def _refuse(stage: Stage, dialog: Dialog) -> None:
    """Without consent nothing is kept of the draft; questions are answered all the same."""
    discard(stage, dialog.name)
    stage.say("consent_refused")
    stage.say("other_ways")
    stage.show_place()


def _answer(stage: Stage, question: Question, part: Part) -> Answer:
    language = _language(stage)
    agreed = _agreed(stage, question, language) if question.type == "consent" else None
    return Answer(part.value, part.typed, language, stage.event.at, question.revision, agreed)


def _agreed(stage: Stage, question: Question, language: Language) -> Agreed | None:
    """The words as they count now: they may change before the record is sent."""
    dialogs = stage.dialogs.under(stage.conversation.drafts)
    words = dialogs.question_words(stage.conversation.active or "", question.id, language)
    return agreed_to(words.ask, stage.event.days)


def agreed_to(ask: str, days: int) -> Agreed:
    """The words of a consent with the days they name, as they are kept."""
    return Agreed(hashlib.sha256(ask.format(days=days).encode()).hexdigest(), days)


def _language(stage: Stage) -> Language:
    return stage.conversation.language or "de"


def _order(dialog: Dialog, question: str) -> int:
    ids = [each.id for each in dialog.questions]
    return ids.index(question) if question in ids else len(ids)


def _part(value: Value, question: str) -> Part:
    return Part(question, value, "")
