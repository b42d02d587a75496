"""The words and buttons of the waiting question and of the review."""

from __future__ import annotations

from kpbot.engine.dialog import Dialog, Question
from kpbot.engine.place import Walk, walk
from kpbot.engine.printing import has_arabic, isolated, joined, printed, quoted, quoted_direction
from kpbot.engine.utterance import Speech
from kpbot.model import OFFER, Ask, CommandName, Draft, Select, Value


def speak_question(speech: Speech, ask: Ask) -> None:
    """The question is asked: progress, words, help where wanted, and every button it has."""
    dialog = speech.dialogs.dialogs[ask.dialog]
    draft = speech.conversation.drafts[ask.dialog]
    question = dialog.by_id[ask.question]
    walked = walk(dialog, draft)
    optional = question.id in walked.skippable
    speech.add(_question_text(speech, ask, walked, optional=optional))
    if ask.keep is not None:
        title = speech.sentences["keep_typed"].format(
            value=quoted_direction(ask.keep, speech.language)
        )
        speech.button("yes", title, OFFER)
    _keep_button(speech, dialog, draft, question)
    _option_buttons(speech, dialog, question)
    if optional:
        skip = speech.dialogs.service[speech.language].commands["skip"].say
        speech.button("skip", skip, question.id)
        if not draft.brief and _more_can_be_left_out(dialog, walked, question):
            speech.command("brief")
    if draft.trail:
        speech.command("back")
    if not ask.help:
        speech.command("help")
    speech.command("human")


def speak_review(speech: Speech, name: str) -> None:
    """Every answer with its label, what is not sent, and the button that sends."""
    dialog = speech.dialogs.dialogs[name]
    draft = speech.conversation.drafts[name]
    walked = walk(dialog, draft)
    words = speech.dialogs.words[name][speech.language]
    shown = [q for q in dialog.questions if q.id in walked.values and q.type != "consent"]
    given = [q.id for q in shown if walked.values[q.id] is not None]
    example = words.questions[given[-1]].short if given else ""
    speech.add(speech.sentences["review"].format(example=example))
    for section in dict.fromkeys(question.section for question in shown):
        lines = [words.sections[section]]
        lines += [
            f"{words.questions[q.id].short}: "
            + _printed(speech, name, q.id, _in_record(speech, q, walked.values[q.id]))
            for q in shown
            if q.section == section
        ]
        speech.add("\n".join(lines))
    if draft.parked:
        items = joined(
            (
                f"{words.questions[key].short}: {_printed(speech, name, key, answer.value)}"
                for key, answer in draft.parked.items()
            ),
            speech.language,
        )
        speech.add(speech.sentences["not_sent"].format(list=items))
    if speech.conversation.questions:
        items = joined(
            (quoted(q.text, speech.language) for q in speech.conversation.questions),
            speech.language,
        )
        speech.add(speech.sentences["review_questions"].format(list=items))
    for command in _REVIEW_COMMANDS:
        speech.command(command)


def _in_record(speech: Speech, question: Question, value: Value) -> Value:
    """The value the record will hold: a default shows at the review too."""
    return speech.language if value is None and question.default_language else value


_REVIEW_COMMANDS: tuple[CommandName, ...] = ("send", "change", "cancel", "human")


def _question_text(speech: Speech, ask: Ask, walked: Walk, *, optional: bool) -> str:
    words = speech.dialogs.question_words(ask.dialog, ask.question, speech.language)
    text = (words.again or words.ask) if ask.again else words.ask
    lines = [text.format(days=speech.facts.days)]
    if not ask.again:
        lines.insert(0, _progress(speech, ask, walked))
        if optional:
            lines.append(speech.sentences["optional"])
    if ask.help:
        if words.help:
            lines.append(words.help)
        if words.example:
            example = isolated(words.example, speech.language)
            example = words.example if has_arabic(words.example) else example
            lines.append(speech.sentences["example"].format(example=example))
    return "\n".join(lines)


def _progress(speech: Speech, ask: Ask, walked: Walk) -> str:
    dialog = speech.dialogs.dialogs[ask.dialog]
    draft = speech.conversation.drafts[ask.dialog]
    counted = [
        name
        for name in walked.applying
        if name == ask.question or not (draft.brief and _left_out(name, dialog, walked))
    ]
    number = counted.index(ask.question) + 1
    return speech.sentences["progress"].format(number=number, total=len(counted))


def _more_can_be_left_out(dialog: Dialog, walked: Walk, question: Question) -> bool:
    """Whether another open question besides this one would be left out."""
    return any(name != question.id and _left_out(name, dialog, walked) for name in walked.open)


def _left_out(name: str, dialog: Dialog, walked: Walk) -> bool:
    return name in walked.skippable and not dialog.by_id[name].essential


def _keep_button(speech: Speech, dialog: Dialog, draft: Draft, question: Question) -> None:
    answer = draft.answers.get(question.id) or draft.parked.get(question.id)
    if answer is None or question.type == "consent":
        return
    value = _printed(speech, dialog.name, question.id, answer.value)
    speech.button("keep", speech.sentences["keep"].format(value=value), question.id)


def _option_buttons(speech: Speech, dialog: Dialog, question: Question) -> None:
    if question.type in {"consent", "yesno"}:
        for option, phrase in speech.dialogs.service[speech.language].offers["answer"].items():
            speech.button(option, phrase.say, question.id)
    words = speech.dialogs.question_words(dialog.name, question.id, speech.language)
    for option in question.of:
        speech.button(option, words.options[option].say, question.id)
    if question.type == "choices":
        most = question.maximum or len(question.of)
        speech.select = Select(question.id, question.minimum or 1, most)


def _printed(speech: Speech, dialog: str, question: str, value: Value) -> str:
    return printed(speech.dialogs, dialog, question, value, speech.language)
