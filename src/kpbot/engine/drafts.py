"""The life of a draft: begun, migrated, sent, cancelled, expired, erased."""

from __future__ import annotations

from dataclasses import replace

from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.guards import holds
from kpbot.engine.migrate import migrate, takes
from kpbot.engine.place import walk
from kpbot.engine.stage import Stage
from kpbot.model import (
    Answer,
    CancelTimers,
    Conversation,
    Draft,
    Erase,
    ForgetWords,
    Part,
    Relay,
    Submit,
    Value,
)

INTAKE = "intake"
QUESTION = "question"
"""The dialogs the menu offers; the short one passes questions on."""


def begin(stage: Stage, name: str) -> None:
    """The dialog is being filled in: its draft goes on, or a new one begins."""
    dialog = stage.dialogs.dialogs.get(name)
    if dialog is None:
        stage.say("dialog_closed")
        stage.show_place(again=True)
        return
    if stage.filling is not None and not stage.filling[1].answers:
        stage.drop(stage.filling[0].name)
    draft = stage.conversation.drafts.get(name)
    if draft is None:
        draft = Draft(dialog.version, stage.event.at)
    if name == QUESTION and "question" in dialog.by_id and "question" not in draft.answers:
        draft = _with_questions(stage, dialog.by_id["question"], draft)
    stage.change(active=name, misses=0, offer=None)
    stage.keep(name, draft)
    update(stage)
    stage.show_place()


def submit(stage: Stage) -> None:
    """The record is handed over if the review was reached, else what is missing is asked."""
    if stage.filling is None or stage.walked is None:
        stage.say("nothing_to_continue")
        stage.show_place()
        return
    dialog, draft = stage.filling
    if not dialog.open:
        stage.show_place()
        return
    if stage.walked.open:
        stage.say("not_complete")
        stage.keep(dialog.name, replace(draft, focus=None))
        stage.show_place(again=True)
        return
    reference = draft.case or stage.event.reference
    desk = outcome(stage, stage.walked.values)
    stage.follow(Submit(dialog.name, draft, desk, stage.conversation.questions, reference))
    stage.drop(dialog.name)
    stage.change(questions=(), sent=_with(stage.conversation.sent, reference))


def hand_to_person(stage: Stage) -> None:
    """A person is informed; with consent they get what was answered so far, else one is asked."""
    if stage.draft is not None and stage.draft.case is not None:
        stage.follow(Relay("wait", case=stage.draft.case))
        stage.say("human", reference=stage.draft.case)
        stage.say("other_ways")
        stage.show_place(again=True)
    elif stage.filling is None or not _consented(stage):
        stage.say("human_start")
        stage.say("other_ways")
        begin(stage, QUESTION)
    else:
        dialog, draft = stage.filling
        reference = stage.event.reference
        values = walk(dialog, draft).values
        questions = stage.conversation.questions
        stage.follow(
            Submit(dialog.name, draft, outcome(stage, values), questions, reference, complete=False)
        )
        stage.keep(dialog.name, replace(draft, case=reference))
        stage.change(misses=0, sent=_with(stage.conversation.sent, reference))
        stage.say("other_ways")
        stage.show_place(again=True)


def _with(sent: tuple[str, ...], reference: str) -> tuple[str, ...]:
    return sent if reference in sent else (*sent, reference)


def outcome(stage: Stage, values: dict[str, Value] | object) -> str:
    """The desk the active draft belongs to by the answers it has; the last has no guard."""
    assert stage.dialog is not None  # noqa: S101 (asked for a draft only)
    for each in stage.dialog.outcomes:
        if each.when is None or holds(each.when, values):  # type: ignore[arg-type]
            return each.to
    return stage.dialog.outcomes[-1].to


def cancel(stage: Stage) -> None:
    """The draft is gone with everything that was said while it was open."""
    if stage.draft is not None and stage.conversation.active is not None:
        discard(stage, stage.conversation.active)
    stage.say("cancelled")
    stage.show_place()


def discard(stage: Stage, name: str) -> None:
    """The draft is gone, and the questions and words that were said while it was open."""
    began = stage.conversation.drafts[name].began
    kept = tuple(q for q in stage.conversation.questions if q.at < began)
    stage.drop(name)
    stage.change(questions=kept)
    stage.follow(ForgetWords(began))


def erase(stage: Stage) -> None:
    """Nothing about the person is left but the language of this chat."""
    had_sent = bool(stage.conversation.sent)
    stage.follow(Erase(), CancelTimers(""))
    stage.conversation = Conversation(
        stage.conversation.id,
        stage.conversation.language,
        turn=stage.conversation.turn,
        greeted=True,
        last=stage.event.id,
    )
    stage.say("deleted")
    if had_sent:
        stage.say("deleted_sent")
    stage.show_place()


def expire(stage: Stage, name: str) -> None:
    """The draft that nobody went on with is gone, as announced, and its words with it."""
    draft = stage.conversation.drafts.get(name)
    if draft is None:
        return
    stage.drop(name)
    stage.follow(ForgetWords(draft.began))
    if not stage.conversation.drafts:
        stage.change(questions=())
    stage.say("expired")
    update(stage)
    stage.show_place()


def remind(stage: Stage, name: str) -> None:
    """The person reads once more that a draft waits, and until when."""
    draft = stage.conversation.drafts.get(name)
    dialog = stage.dialogs.dialogs.get(name)
    if draft is None or dialog is None or not dialog.open or draft.touched is None:
        return
    if stage.conversation.active != name:
        stage.change(active=name, misses=0, offer=None)
    update(stage)
    draft = stage.draft or draft
    assert draft.touched is not None  # noqa: S101 (seen above; an update only touches anew)
    ends = (draft.touched + dialog.expire).date().isoformat()
    stage.say("reminder", date=ends, word="continue")
    stage.show_place(again=True)


def update(stage: Stage) -> None:
    """The active draft fits the dialog as it is now; the person is told if something repeats."""
    if stage.filling is None:
        return
    dialog, draft = stage.filling
    moved, again = migrate(dialog, draft)
    if moved is draft:
        return
    stage.keep(dialog.name, moved)
    offer = stage.conversation.offer
    if offer is not None and offer.part is not None and not _fits(dialog, offer.part):
        stage.change(offer=None)
    if any(dialog.by_id[name].type == "consent" for name in again):
        stage.say("consent_again")
    elif again:
        stage.say("dialog_changed")


def _fits(dialog: Dialog, part: Part) -> bool:
    question = dialog.by_id.get(part.question)
    return question is not None and takes(question, part.value)


def _with_questions(stage: Stage, asked: Question, draft: Draft) -> Draft:
    text = "\n".join(question.text for question in stage.conversation.questions)
    if not text or not takes(asked, text):
        return draft
    language = stage.conversation.language or "de"
    answer = Answer(text, text, language, stage.event.at, asked.revision)
    return replace(draft, answers={**draft.answers, "question": answer})


def _consented(stage: Stage) -> bool:
    if stage.filling is None:
        return False
    dialog, draft = stage.filling
    return all(q.id in draft.answers for q in dialog.questions if q.type == "consent")
