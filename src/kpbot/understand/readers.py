"""What a message means: readers in order, the first that understands it wins.

The order of `READERS` is the precedence: an offer on the table, service words, an exact answer,
that nobody knows one, a correction, several answers at once, a language wish, a greeting,
a word on what was just told of the calendar, a question, an answer in a sentence, a near answer,
a doubtful question, and only then that nobody understands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache, lru_cache

from kpbot.events import (
    ASKED_WHEN,
    ZONE_OF,
    Calendar,
    ScheduleAnswer,
    ScheduleQuestion,
    programme_day,
)
from kpbot.model import (
    BESIDE_ADVISOR,
    OFFER,
    Answered,
    Asked,
    Commanded,
    CommandName,
    Expectation,
    Field,
    Greeted,
    Happening,
    Hit,
    Known,
    Language,
    Part,
    Passed,
    Pressed,
    Unclear,
    Unsure,
)
from kpbot.understand.answers import Nearly, Read, Vocabulary, Wrong, read
from kpbot.understand.corrections import correction, parts_beside
from kpbot.understand.faq import Match
from kpbot.understand.language import Hearing
from kpbot.understand.normalise import normalise, words_of
from kpbot.understand.several import several
from kpbot.understand.several_beside import FindPlace, place_beside


@dataclass(frozen=True)
class Knowledge:
    """Everything the readers know, made once from the content."""

    vocabulary: Vocabulary
    commands: Mapping[str, tuple[CommandName, str]]
    """Normalised words → command and argument, every language."""
    greetings: Mapping[str, str]
    """Normalised words → hello, thanks or bye."""
    question_words: frozenset[str]
    corrections: tuple[str, ...]
    """Normalised words that open a correction, longest first."""
    changes: frozenset[str]
    """Normalised words that ask for a change."""
    known: Mapping[str, Known]
    """Intent → how much of its answer is known."""
    faq: Callable[[str, Language], Match]
    places: FindPlace
    """The place a text names; the country makes its places likelier."""
    stated: Callable[[str, date], bool] = lambda _intent, _day: False
    """Whether the operator states a fact on the intent on that day: then all of it is known."""
    calendar: Callable[[], Calendar] = Calendar
    """The programme's calendar as it is now."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text with what was found out about it before the readers."""

    text: str
    plain: str
    """Normalised."""
    bare: str
    """Normalised, words that add nothing dropped; `plain` where nothing else is left."""
    hearing: Hearing
    questioning: bool
    """It ends in a question mark or opens with a question word."""
    at: datetime
    """Now."""


Reader = Callable[[Message, Expectation, Knowledge], Happening | None]


def understand(
    text: str, at: datetime, hearing: Hearing, expectation: Expectation, knowledge: Knowledge
) -> Happening:
    """What the text, said at that instant, means where the conversation stands.

    `Unclear` if it fits nothing.
    """
    message = regard(text, at, hearing, knowledge)
    if expectation.mode == "advisor":
        return _for_advisor(message, expectation, knowledge)
    knowledge = replace(knowledge, faq=cache(knowledge.faq))  # several readers ask the same
    for reader in READERS:
        happening = reader(message, expectation, knowledge)
        if happening is not None:
            return happening
    return _not_understood(message, expectation, knowledge)


def _for_advisor(message: Message, expectation: Expectation, knowledge: Knowledge) -> Happening:
    """An advisor listens: everything is for them, but an answer to an offer and a service word."""
    offered = offer_reader(message, expectation, knowledge)
    if offered is not None:
        return offered
    found = knowledge.commands.get(message.plain)
    if found is not None and found[0] in BESIDE_ADVISOR:
        return Commanded(found[0], found[1])
    return Passed("said", message.text)


def reword(text: str, expectation: Expectation, knowledge: Knowledge) -> Unsure | None:
    """A message edited afterwards, read as the one question that is `answered`.

    None where it cannot be, or where it answered none or several.
    """
    for field in expectation.answered if len(expectation.answered) == 1 else ():
        result = read(text, field, expectation.language, knowledge.vocabulary)
        if isinstance(result, Read) and result.value != field.value:
            return Unsure(text, Part(field.id, result.value, text), edited=True)
    return None


def regard(text: str, at: datetime, hearing: Hearing, knowledge: Knowledge) -> Message:
    """The text with its normalised forms and whether it asks something."""
    plain = normalise(text)
    bare = _without_fillers(plain, knowledge.vocabulary.fillers)
    return Message(text, plain, bare or plain, hearing, _questioning(text, knowledge), at)


def _without_fillers(plain: str, fillers: frozenset[str]) -> str:
    """The words that say something: "je veux commencer" is "commencer"."""
    padded = f" {plain} "
    for phrase in _phrases(fillers):
        padded = padded.replace(f" {phrase} ", " ")
    return " ".join(word for word in padded.split() if word not in fillers)


@lru_cache(maxsize=4)
def _phrases(fillers: frozenset[str]) -> tuple[str, ...]:
    """Fillers of several words, the longest first."""
    several = (filler for filler in fillers if " " in filler)
    return tuple(sorted(several, key=lambda filler: (-len(filler), filler)))


def _questioning(text: str, knowledge: Knowledge) -> bool:
    if text.rstrip(" \n\t!.…\"'»”)").endswith(("?", "؟")):
        return True
    words = _without_greeting(words_of(text), knowledge)
    openings = (" ".join(words[:count]) for count in (1, 2, 3) if len(words) > count)
    return any(opening in knowledge.question_words for opening in openings)


def _without_greeting(words: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The words after a greeting: "Hallo, wer …" opens with `wer`."""
    for count in (4, 3, 2, 1):
        if count < len(words) and " ".join(words[:count]) in knowledge.greetings:
            return words[count:]
    return words


# ── the readers ──────────────────────────────────────────────────────────────────────────────


def offer_reader(message: Message, expected: Expectation, _: Knowledge) -> Happening | None:
    """The words of an option of the offer on the table."""
    for option in expected.offer:
        if {message.plain, message.bare} & {normalise(word) for word in option.words}:
            return Pressed(expected.offer_turn, OFFER, option.id)
    return None


def command_reader(message: Message, expected: Expectation, known: Knowledge) -> Happening | None:
    """A service word and nothing else; an option of the waiting question goes first."""
    if expected.mode == "review" and message.plain in known.vocabulary.yes:
        return Commanded("send")
    found = known.commands.get(message.plain) or known.commands.get(message.bare)
    if found is None or _is_option(message, expected.field):
        return None
    return Commanded(found[0], found[1])


def exact_answer_reader(
    message: Message, expected: Expectation, known: Knowledge
) -> Happening | None:
    """Exactly one answer to the waiting question."""
    field = expected.field
    if field is None or field.type in _FREE:
        return None
    result = _read(message, expected, known)
    if not isinstance(result, Read) or not result.exact or result.other is not None:
        return None
    if field.type in _PICKED and _ends_in_question_mark(message):
        asked = _sure_question(message, expected, known)
        return Unsure(message.text, Part(field.id, result.value, message.text), asked)
    return _answered(message, field, result)


def unknowing_reader(message: Message, expected: Expectation, _: Knowledge) -> Happening | None:
    """Who does not know the answer reads what it is for, and may skip it where that is possible."""
    if expected.field is None or expected.field.type == "consent":
        return None
    is_unknown = message.plain in UNKNOWING or message.bare in UNKNOWING
    return Commanded("help") if is_unknown else None


def correction_reader(
    message: Message, expected: Expectation, known: Knowledge
) -> Happening | None:
    """An earlier answer is taken back: "sorry, it is …", "email wrong, …"."""
    return correction(message.text, expected, known)


def several_reader(message: Message, expected: Expectation, known: Knowledge) -> Happening | None:
    """Exact answers to two open questions or more; a description is a description."""
    if message.questioning:
        return None
    parts = several(message.text, expected, known)
    return Answered(parts) if parts else None


def wish_reader(message: Message, _: Expectation, __: Knowledge) -> Happening | None:
    """A wish for a language."""
    if message.hearing.wish and message.hearing.language is not None:
        return Commanded("language", message.hearing.language)
    return None


def greeting_reader(message: Message, _: Expectation, known: Knowledge) -> Happening | None:
    """Greetings, thanks or farewells and nothing else; they are no questions."""
    kind = known.greetings.get(message.plain) or known.greetings.get(message.bare)
    if kind is None:
        kinds = [known.greetings.get(word) for word in message.plain.split()]
        kind = kinds[0] if kinds and all(kinds) else None
    return Greeted(kind) if kind in {"hello", "thanks", "bye"} else None  # type: ignore[arg-type]


def asked_again_reader(
    message: Message, expected: Expectation, known: Knowledge
) -> Happening | None:
    """A word on what was just told of the calendar: "and in June?", "is it cancelled?"."""
    if expected.schedule is None or (expected.mode == "question" and not message.questioning):
        return None
    from kpbot.understand.schedule_again import asked_again  # noqa: PLC0415 (as below)

    today = programme_day(message.at)
    question = asked_again(message.text, expected.schedule, expected.language, today)
    if question is None:
        return None
    return Asked(message.text, (), _answer_now(question, message.at, expected, known))


def free_text_reader(message: Message, expected: Expectation, known: Knowledge) -> Happening | None:
    """A free text is the answer, unless it clearly asks something the bot knows.

    With a question mark it is enough that the question could be one of two or three.
    """
    field = expected.field
    if field is None or field.type not in _FREE:
        return None
    asked = _sure_question(message, expected, known) if message.questioning else None
    if asked is None and _ends_in_question_mark(message):
        asked = _doubtful_question(message, expected, known)
    result = _read(message, expected, known)
    waits = not expected.offer  # while an offer is open, nobody answers the question behind it
    if asked is not None and waits and field.type == "text" and isinstance(result, Read):
        return Unsure(message.text, Part(field.id, result.value, message.text), asked)
    if asked is not None:
        return asked
    if field.type == "place" and message.questioning and _ends_in_question_mark(message):
        return Asked(message.text, ())
    return _answered(message, field, result, expected, known) if isinstance(result, Read) else None


def question_reader(message: Message, expected: Expectation, known: Knowledge) -> Happening | None:
    """A question that looks like one, or in the menu anything, with a sure answer."""
    if expected.mode == "question" and not message.questioning:
        return None
    return _sure_question(message, expected, known)


def sentence_answer_reader(
    message: Message, expected: Expectation, known: Knowledge
) -> Happening | None:
    """An answer inside a sentence."""
    field = expected.field
    if field is None or _ends_in_question_mark(message):
        return None
    result = _read(message, expected, known)
    if isinstance(result, Read) and result.other is None:
        return _answered(message, field, result)
    return None


def plain_question_reader(
    message: Message, expected: Expectation, known: Knowledge
) -> Happening | None:
    """A sure question that does not look like one, where it fits no answer."""
    return _sure_question(message, expected, known)


def near_reader(message: Message, expected: Expectation, known: Knowledge) -> Happening | None:
    """Nearly an answer: the person confirms."""
    field = expected.field
    if field is None:
        return None
    result = _read(message, expected, known)
    if isinstance(result, Nearly):
        return Unsure(message.text, Part(field.id, result.value, message.text))
    return None


def other_answer_reader(
    message: Message, expected: Expectation, known: Knowledge
) -> Happening | None:
    """Any statement answers a question that has room for everything else.

    Of one that may as well ask for the calendar, the person says what it is.
    """
    field = expected.field
    if field is None or message.questioning or _says_nothing(message, known):
        return None
    result = _read(message, expected, known)
    if not isinstance(result, Read):
        return None
    asked = _sure_question(message, replace(expected, mode="menu"), known)
    if asked is not None and asked.schedule is not None:
        part = Part(field.id, result.value, result.other or message.text)
        return Unsure(message.text, part, asked)
    return _answered(message, field, result)


def doubtful_question_reader(
    message: Message, expected: Expectation, known: Knowledge
) -> Happening | None:
    """A question that could be one of two or three."""
    if expected.mode == "question" and not message.questioning:
        return None
    return _doubtful_question(message, expected, known)


def _doubtful_question(message: Message, expected: Expectation, known: Knowledge) -> Asked | None:
    if _says_nothing(message, known):
        return None
    match = known.faq(message.text, expected.language)
    if match.near_miss is not None:
        return Asked(message.text, (Hit(match.near_miss),))
    if match.decision != "choices":
        return None
    hits = tuple(_hit(intent, message, known) for intent in match.shown)
    return Asked(message.text, hits, _schedule_if_meant(message, expected, known, hits))


READERS: tuple[Reader, ...] = (
    offer_reader,
    command_reader,
    exact_answer_reader,
    unknowing_reader,
    correction_reader,
    several_reader,
    wish_reader,
    greeting_reader,
    asked_again_reader,
    free_text_reader,
    question_reader,
    sentence_answer_reader,
    plain_question_reader,
    near_reader,
    other_answer_reader,
    doubtful_question_reader,
)

_FREE = frozenset({"text", "place"})
_PICKED = frozenset({"consent", "yesno", "choice", "choices"})
"""A question mark behind an answer to one of these is a question back."""
UNKNOWING = frozenset(
    map(
        normalise,
        (
            *("weiß nicht", "weiß ich nicht", "ich weiß nicht", "ich weiß es nicht", "k.a."),
            *("das weiß ich nicht", "weiß ich gerade nicht", "keine ahnung", "je ne sais pas"),
            *("je sais pas", "sais pas", "aucune idée", "j'en sais rien", "i don't know"),
            *("i dont know", "i do not know", "don't know", "dont know", "no idea", "not sure"),
            *("i'm not sure", "لا أعرف", "لا أدري", "لا نعرف", "معرفش", "مش عارف", "مش عارفة"),
            *("ما نعرفش", "مانعرفش", "ما عرفتش", "معرفتش", "ma3rafch", "ma n3arefch"),
            *("man3rafch", "mesh 3aref", "mech 3aref"),
        ),
    )
)
"""All that says that one does not know."""


def _not_understood(message: Message, expected: Expectation, known: Knowledge) -> Happening:
    """A question nobody knows is passed on; anything else is unclear, and why."""
    if message.questioning and len(message.plain.split()) > 1:
        return Asked(message.text, ())
    if expected.field is not None:
        result = _read(message, expected, known)
        if isinstance(result, Wrong):
            return Unclear(message.text, result.problem, result.params)
    return Unclear(message.text)


def _sure_question(message: Message, expected: Expectation, known: Knowledge) -> Asked | None:
    if _says_nothing(message, known):
        return None
    match = known.faq(message.text, expected.language)
    hits = (_hit(match.id, message, known),) if match.decision == "answer" and match.id else ()
    schedule = _schedule(message, expected, known, hits)
    empty = schedule is None or not (schedule.told or schedule.question.wish)
    if empty and any(hit.intent == _ASKED_HOW_TO_JOIN for hit in hits):
        schedule = _registration(message, expected, known)
    return Asked(message.text, hits, schedule) if hits or schedule is not None else None


def _schedule(
    message: Message, expected: Expectation, known: Knowledge, hits: tuple[Hit, ...]
) -> ScheduleAnswer | None:
    """What the calendar holds, where the message asks for it.

    A question that only names an event counts in the menu, or where the FAQ takes it for one.
    """
    # Its words are many expressions: whoever asks nothing does not wait for them.
    from kpbot.understand.schedule import details, schedule_question  # noqa: PLC0415
    from kpbot.understand.schedule_answer import answer_to  # noqa: PLC0415

    today = programme_day(message.at)
    question = schedule_question(message.text, expected.language, today)
    dated = any(hit.intent == ASKED_WHEN for hit in hits)
    if question is None and not dated:
        return None
    if question is None:
        question = details(message.text, expected.language, today)
    if question is None or not (question.sure or dated or expected.mode == "menu"):
        return None
    beside = all(hit.intent in _BESIDE_EVENTS for hit in hits)
    if not (beside or question.wish or question.whole):
        return None
    return answer_to(question, known.calendar(), message.at, _zone(expected))


_ASKED_HOW_TO_JOIN = "events_participation"
"""The FAQ's question how one takes part."""
_BESIDE_EVENTS = frozenset({ASKED_WHEN, "seminars_offer", _ASKED_HOW_TO_JOIN})
"""Intents so near to it that a question for a date may be taken for them."""


def _schedule_if_meant(
    message: Message, expected: Expectation, known: Knowledge, hits: tuple[Hit, ...]
) -> ScheduleAnswer | None:
    """What the calendar holds, if of several meanings the person means that."""
    dated = tuple(hit for hit in hits if hit.intent == ASKED_WHEN)
    answer = _schedule(message, expected, known, dated) if dated else None
    if answer is None:
        return None
    return replace(answer, question=replace(answer.question, vague=False))


def _registration(
    message: Message, expected: Expectation, known: Knowledge
) -> ScheduleAnswer | None:
    """The coming events one can register for; None: no kind is named, and several come."""
    from kpbot.understand.schedule import details  # noqa: PLC0415 (as above)

    question = details(message.text, expected.language, programme_day(message.at))
    if question is None:
        return None
    question = replace(question, wanted="list")
    answer = _answer_now(question, message.at, expected, known)
    if not answer.told and question.vague:
        answer = _answer_now(replace(question, vague=False), message.at, expected, known)
    coming = {
        each.occurrence.event.uid: each
        for each in reversed(answer.told)
        if not each.past and each.state in {"confirmed", "planned"}
    }
    told = tuple(
        each for each in reversed(coming.values()) if each.occurrence.event.registration.is_known
    )
    is_clear = question.kinds or len(coming) == 1
    return replace(answer, told=told, more=0) if told and is_clear else None


def asked_before(
    asked: Asked | None, at: datetime, expected: Expectation, known: Knowledge
) -> ScheduleAnswer | None:
    """What the calendar holds at that instant about a question that was asked before."""
    if asked is None or asked.schedule is None:
        return None
    return _answer_now(asked.schedule.question, at, expected, known)


def _answer_now(
    question: ScheduleQuestion, at: datetime, expected: Expectation, known: Knowledge
) -> ScheduleAnswer:
    from kpbot.understand.schedule_answer import answer_to  # noqa: PLC0415 (as above)

    return answer_to(question, known.calendar(), at, _zone(expected))


def _zone(expected: Expectation) -> str | None:
    """The zone of the country the person named."""
    countries = [str(field.value) for field in expected.answered if field.id == "country"]
    return ZONE_OF.get(countries[0]) if countries else None


def _says_nothing(message: Message, known: Knowledge) -> bool:
    """A bare yes, no or filler, an address, or no letters at all, asks nothing."""
    words = [word for word in message.plain.split() if "@" not in word]
    empty = known.vocabulary.yes | known.vocabulary.no | known.vocabulary.fillers
    return message.plain in empty or all(word in empty or len(word) < 2 for word in words)


def _hit(intent: str, message: Message, known: Knowledge) -> Hit:
    if known.stated(intent, programme_day(message.at)):
        return Hit(intent, "all")
    return Hit(intent, known.known.get(intent, "all"))


def _read(message: Message, expected: Expectation, known: Knowledge) -> Read | Nearly | Wrong:
    assert expected.field is not None  # noqa: S101 (asked only where a question waits)
    return read(message.text, expected.field, expected.language, known.vocabulary)


def _answered(
    message: Message,
    field: Field,
    result: Read,
    expected: Expectation | None = None,
    known: Knowledge | None = None,
) -> Answered:
    parts = [Part(field.id, result.value, message.text)]
    if result.other is not None and field.other_text is not None:
        parts.append(Part(field.other_text, result.other, result.other))
    if expected is not None and known is not None:
        parts += parts_beside(result.value, field, expected)
        parts += place_beside(result.value, field, expected, known.places)
    return Answered(tuple(parts), result.cut)


def _is_option(message: Message, field: Field | None) -> bool:
    if field is None:
        return False
    return any(
        message.plain in (normalise(word) for word in option.words) for option in field.options
    )


def _ends_in_question_mark(message: Message) -> bool:
    return message.text.rstrip().endswith(("?", "؟"))
