"""Everything that is stored about a person, told to them as text (Art. 15 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kpbot.engine.printing import isolated, printed, printed_date, quoted, quoted_direction
from kpbot.engine.utterance import LANGUAGE_NAMES, SentRecord, Speech
from kpbot.model import Answer, Draft, Language, Value

_BY_PERSON = frozenset({"said", "edited", "attached", "wished"})
_BY_ADVISOR = "replied"


def speak_data(speech: Speech) -> None:
    """Everything that is stored about the person is told, the chat's own lines summed up."""
    blocks = [*_drafts(speech), *(_record(speech, each) for each in speech.facts.records)]
    if speech.conversation.subscription is not None:
        since = speech.conversation.subscription.since.date().isoformat()
        date = printed_date(since, speech.language)
        blocks.append(speech.sentences["mydata_subscription"].format(date=date))
    told = "\n".join(blocks)
    blocks += [
        quoted(question.text, speech.language)
        for question in speech.conversation.questions
        if question.text not in told
    ]
    if not blocks:
        speech.add(speech.sentences["mydata_none"])
    else:
        speech.add(speech.sentences["mydata"])
        for block in blocks:
            speech.add(block)
    speech.add(_chat(speech))


def _chat(speech: Speech) -> str:
    kept = speech.facts.chat
    if kept is None:
        return ""
    return speech.sentences["mydata_chat"].format(
        language=LANGUAGE_NAMES[speech.language],
        count=kept.count,
        chat_days=speech.facts.chat_days,
        date=printed_date(kept.until.isoformat(), speech.language),
    )


def _drafts(speech: Speech) -> Iterator[str]:
    for name, draft in speech.conversation.drafts.items():
        words = speech.dialogs.words.get(name)
        title = words[speech.language].title if words else name
        lines = [speech.sentences["mydata_draft"].format(title=title)]
        for key, answer in {**draft.answers, **draft.parked}.items():
            lines += _answer(speech, name, key, answer.value, answer.typed)
        lines += _consent_of(speech, name, draft)
        yield "\n".join(lines)


def _record(speech: Speech, record: SentRecord) -> str:
    head = speech.sentences["mydata_sent"].format(
        reference=isolated(record.reference, speech.language),
        date=_day(record.at, speech.language),
    )
    values: Mapping[str, Any] = record.values
    words: Mapping[str, Any] = values.get("words") or {}
    lines = [head]
    dialog = speech.dialogs.dialogs.get(record.dialog)
    for key, value in values.items():
        if dialog is not None and key in dialog.by_id:
            typed = words.get(key, {}).get("text", "")
            lines += _answer(speech, record.dialog, key, value, typed)
    for question in values.get("unanswered") or ():
        lines.append(quoted(question["text"], speech.language))
    given = values.get("consent_given")
    if given:
        at = datetime.fromisoformat(given["at"])
        text = given.get("text_hash") or values.get("consent_text") or ""
        lines.append(_consent(speech, given["revision"], given["language"], at, text))
    return "\n".join([*lines, *_file(speech, record)])


def _file(speech: Speech, record: SentRecord) -> Iterator[str]:
    """What the person and advisors wrote to each other."""
    for at, kind, text in record.file:
        if kind in _BY_PERSON or kind == _BY_ADVISOR:
            key = "mydata_advisor" if kind == _BY_ADVISOR else "mydata_you"
            shown = quoted_direction(text, speech.language)
            yield speech.sentences[key].format(date=_day(at, speech.language), text=shown)


def _answer(speech: Speech, dialog: str, key: str, value: Value, typed: str) -> Iterator[str]:
    """The answer, and the person's own words where they are others."""
    known = speech.dialogs.dialogs.get(dialog)
    if known is None or key not in known.by_id:  # of an earlier release of the dialog
        yield f"{key}: {_plain(value)}"
        short, shown = key, _plain(value)
    else:
        short = speech.dialogs.question_words(dialog, key, speech.language).short
        shown = printed(speech.dialogs, dialog, key, value, speech.language)
        yield f"{short}: {shown}"
    if typed.strip() and typed.strip() not in {str(value), shown}:
        words = quoted_direction(typed, speech.language)
        yield speech.sentences["mydata_words"].format(question=short, text=words)


def _consent_of(speech: Speech, dialog: str, draft: Draft) -> Iterator[str]:
    known = speech.dialogs.dialogs.get(dialog)
    for question in known.questions if known is not None else ():
        answer: Answer | None = draft.answers.get(question.id)
        if question.type == "consent" and answer is not None:
            text = answer.agreed.text_hash if answer.agreed is not None else ""
            yield _consent(speech, answer.revision, answer.language, answer.at, text)


def _consent(
    speech: Speech, revision: int, language: Language, at: datetime, text_hash: str
) -> str:
    shown = speech.sentences["mydata_consent"].format(
        date=_day(at, speech.language),
        time=isolated(f"{at:%H:%M} UTC", speech.language),
        revision=revision,
        language=LANGUAGE_NAMES[language],
    )
    return f"{shown} {isolated(text_hash, speech.language)}" if text_hash else shown


def _day(at: datetime, language: Language) -> str:
    return printed_date(at.date().isoformat(), language)


def _plain(value: Value) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
