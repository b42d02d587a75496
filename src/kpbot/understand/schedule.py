"""Questions about the calendar: what takes place when, and wishes to be told of it.

Precision goes first: a question about money, the answer to a question of the intake or a wish for
an appointment is no question about the calendar. What is not sure is left to the FAQ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from kpbot.events import DayRange, Kind, ScheduleQuestion, Status, Wanted, Wish
from kpbot.model import LANGUAGES, Language
from kpbot.understand.dates import interval_and_side
from kpbot.understand.normalise import ascii_digits, words_of
from kpbot.understand.schedule_countries import (
    countries_in,
    languages_in,
    without_countries,
    without_languages,
)
from kpbot.understand.schedule_lexicon import ScheduleWords, phrases, without
from kpbot.understand.schedule_spelling import respelt
from kpbot.understand.schedule_towns import town_in
from kpbot.understand.schedule_words_ar import ARABIC
from kpbot.understand.schedule_words_de import GERMAN
from kpbot.understand.schedule_words_en import ENGLISH
from kpbot.understand.schedule_words_fr import FRENCH

LONGEST = 300
"""Characters: a longer message tells a story."""
_SHORT = 6
"""Words up to which a message without a verb may be a question."""
_WORDS: Mapping[Language, ScheduleWords] = {
    "de": GERMAN,
    "fr": FRENCH,
    "ar": ARABIC,
    "en": ENGLISH,
}
_GREETING = phrases(
    "hallo, guten tag, guten morgen, guten abend, moin, servus, liebes team, bonjour, bonsoir",
    "salut, coucou, hi, hello, hey, good morning, good afternoon, dear team, salam, slm, salem",
    "السلام عليكم, سلام, مرحبا, أهلا, صباح الخير, مساء الخير, ahlan, salam alaykoum",
    "sagen sie mal, sag mal, entschuldigung, excuse me, pardon, sorry, danke, merci, thanks, ok",
)
_AND = phrases(
    "und, was ist mit, wie sieht es mit, aus, wie ist es mit, et, et pour, qu en est il, pour, and",
    "what about, how about, for, و, وماذا عن, ماذا عن, w, ou, die, den, dem, der, das, les, le, la",
    "l, des, du, the, your, ihre, ihren, eure, vos, of, von, bei, denn, auch, aussi, too",
)
_ONWARDS = phrases(
    "ab, à partir de, à partir du, à partir d, onwards, onward, starting from, from now on",
    "ابتداء من, بداية من, انطلاقا من, بدءا من",
)
_UP_TO = phrases("bis, jusque, jusqu, to, until, till, إلى, حتى, لغاية")
_CLAUSE = re.compile(r"[,;:.!?،؛؟\n]+")
_YEAR = re.compile(r"(?<!\S)20[0-9]{2}(?!\S)")
_YEAR_BACK = timedelta(days=365)
_LATIN_IN = re.compile(r"\bfi?\b")
"""In, as Arabic is written in Latin letters."""
_NUMBER = re.compile(r"(?<!\S)[0-9]{1,2}(?!\S)")


@dataclass(frozen=True)
class _Clause:
    """A text in one language's eyes, on a day."""

    text: str
    spoken: Language
    today: date
    marked: bool
    """It ends in a question mark."""

    @property
    def words(self) -> ScheduleWords:
        """How the language speaks of schedules."""
        return _WORDS[self.spoken]

    @cached_property
    def plain(self) -> str:
        """The normalised words behind any greeting."""
        return _plain(self.text)

    @cached_property
    def days(self) -> DayRange | None:
        """The days it names. Finding them costs more than all the rest: ask for them last."""
        return _days(self.text, self.plain, self.spoken, self.today)

    @property
    def asking(self) -> bool:
        words = self.words
        return self.marked or bool(words.asks.match(self.plain) or words.wonders.search(self.plain))

    @property
    def short(self) -> bool:
        return len(self.plain.split()) <= _SHORT

    @cached_property
    def placed(self) -> bool:
        """It names a country, a town, a language, or whether people meet online."""
        found = countries_in(self.plain) or languages_in(self.plain)
        return bool(found) or self.has(self.words.online, self.words.on_site)

    def has(self, *patterns: re.Pattern[str]) -> bool:
        return any(pattern.search(self.plain) for pattern in patterns)


def schedule_question(text: str, language: Language, today: date) -> ScheduleQuestion | None:
    """What the text wants of the calendar; None where it is no sure question about it.

    `language` is the conversation's; the other three are tried after it, and then all of them
    with the words put right that are nearly those of the calendar.
    """
    if len(text) > LONGEST:
        return None
    plain, own = _plain(text), _WORDS[language]
    if _is_elsewhere(own, plain):
        return None
    # What tells something in the person's own language asks nothing in another.
    others = () if own.statement.match(plain) else LANGUAGES
    order = (language, *(each for each in others if each != language))
    spelt = [(text, spoken) for spoken in order]
    spelt += [(right, spoken) for spoken in order if (right := respelt(text, spoken)) != text]
    found = (_in_language(spelling, spoken, today) for spelling, spoken in spelt)
    return next((question for question in found if question is not None), None)


def details(text: str, language: Language, today: date) -> ScheduleQuestion | None:
    """What a text names that others take for a question about the calendar.

    It is vague where neither a kind nor events as such are named: then only a title can match.
    None where it speaks of another subject, or tells something.
    """
    found = schedule_question(text, language, today)
    if found is not None:
        return found
    text = respelt(text[:LONGEST], language)
    plain = _plain(text)
    own = _WORDS[language]
    if any(_is_elsewhere(words, plain) for words in _WORDS.values()) or own.statement.match(plain):
        return None
    clause = _Clause(text, language, today, marked=True)
    general = (own.any_event, own.calendar, own.whats_on, own.appointment)
    question = _question(clause, _wanted(clause))
    vague = not question.kinds and not clause.has(*general)
    return replace(question, words=tuple(words_of(text)), vague=vague)


@lru_cache(maxsize=8192)
def is_general(word: str) -> bool:
    """Whether the normalised word may stand in any question: it says nothing of one event."""
    found = not without_countries(word) or _AND.search(word) or _GREETING.search(word)
    return bool(found) or any(
        pattern.search(word) for words in _WORDS.values() for pattern in _general(words)
    )


def _general(words: ScheduleWords) -> Iterator[re.Pattern[str]]:
    for kind, noun in (*words.kinds.items(), *words.weak.items()):
        if kind != "other":
            yield noun
    yield from (words.any_event, words.appointment, words.when, words.where, words.following)
    yield from (words.exists, words.planned, words.asks, words.something, words.times)
    yield from (words.calendar, words.past, words.last, words.over, words.online, words.on_site)
    yield from (words.cancelled, words.confirmed, words.unconfirmed)


def kinds_in(text: str) -> tuple[Kind, ...]:
    """The kinds of event that a title or a category names."""
    plain = " ".join(words_of(text))
    found = (_kinds(words, plain, weak=False) for words in _WORDS.values())
    return tuple(dict.fromkeys(kind for kinds in found for kind in kinds))


def _in_language(text: str, spoken: Language, today: date) -> ScheduleQuestion | None:
    words = _WORDS[spoken]
    plain = _plain(text)
    if not plain or _is_elsewhere(words, plain):
        return None
    marked = text.rstrip().endswith(("?", "؟"))
    whole = _Clause(text, spoken, today, marked)
    if (wish := _wish(whole)) != "":
        return _question(whole, _wanted(whole), wish)
    if words.statement.match(plain) and not words.wonders.search(plain):
        clauses = [part for part in _CLAUSE.split(text) if part.strip()]
        if len(clauses) < 2:
            return None
        whole = _Clause(clauses[-1], spoken, today, marked)
    return _asked(whole)


def _is_elsewhere(words: ScheduleWords, plain: str) -> bool:
    """A word of another subject; who writes Arabic in Latin letters mixes French in."""
    return bool(words.never.search(plain) or (words is ARABIC and FRENCH.never.search(plain)))


def _plain(text: str) -> str:
    """The words of the text behind any greeting."""
    plain = " ".join(words_of(text))
    while (found := _GREETING.match(plain)) is not None:
        plain = plain[found.end() :].strip()
    return plain


# ── wishes ───────────────────────────────────────────────────────────────────────────────────


def _wish(clause: _Clause) -> Wish:
    """What the person wants to be sent from now on, or no more."""
    words = clause.words
    if words.leave.fullmatch(clause.plain) or clause.has(words.unsubscribe):
        return "unsubscribe"
    named = _kinds(words, clause.plain, weak=True) or clause.has(words.any_event, words.calendar)
    if not named:
        return ""
    if clause.has(words.remind):
        return "remind"
    if clause.has(words.subscribe):
        return "subscribe"
    return "tell" if clause.has(words.tell) else ""


# ── questions ────────────────────────────────────────────────────────────────────────────────


def _asked(clause: _Clause) -> ScheduleQuestion | None:
    words = clause.words
    other = words.rather_not.search(without_languages(clause.plain))
    if other and not clause.has(words.when):
        return None
    if clause.has(words.calendar) and (clause.asking or clause.short):
        return _question(clause, "calendar")
    if _names_event(clause) and _asks_for_time(clause):
        return _question(clause, _wanted(clause))
    if _names_weakly(clause) and _asks_for_time_surely(clause):
        return _question(clause, _wanted(clause))
    if clause.has(words.whats_on) and (clause.asking or clause.short):
        return _question(clause, "list")
    if _asks_for_anything(clause) and (countries_in(clause.plain) or clause.days is not None):
        return _question(clause, "list", sure=clause.asking)
    if _is_bare(clause):
        return _question(clause, _wanted(clause), sure=clause.asking and clause.placed)
    return None


def _names_event(clause: _Clause) -> bool:
    words = clause.words
    return clause.has(words.any_event, *words.kinds.values())


def _names_weakly(clause: _Clause) -> bool:
    return clause.has(*clause.words.weak.values())


def _asks_for_time(clause: _Clause) -> bool:
    """When, where, next, in May, planned: beside a noun that means an event."""
    words = clause.words
    if not (clause.asking or clause.short):
        return False
    if clause.has(words.when, words.where, words.following, words.planned):
        return True
    known = _names_status(clause) or _names_the_last(clause)
    if clause.asking and (known or clause.days is not None):
        return True
    # Whether there are seminars at all is answered by the programme's text.
    is_general = clause.has(words.any_event, words.kinds["conference"])
    return is_general and clause.has(words.exists) and clause.asking


def _asks_for_time_surely(clause: _Clause) -> bool:
    """The same beside a noun that may mean an appointment of the person's own."""
    words = clause.words
    if clause.has(words.rather_not) or not (clause.asking or clause.short):
        return False
    if clause.has(words.when, words.where) and clause.has(words.following):
        return True
    if clause.has(words.personal):
        return False
    if clause.has(words.when, words.where) or (clause.asking and clause.has(words.planned)):
        return True
    if clause.has(words.following) and clause.short:
        return True
    return clause.has(words.exists) and clause.days is not None


def _asks_for_anything(clause: _Clause) -> bool:
    """`Anything in May?`: nothing is said but that, a time and perhaps a country."""
    words = clause.words
    if not (clause.asking or clause.short) or not clause.has(words.core):
        return False
    rest = without_countries(clause.plain)
    return not without(rest, (words.times, words.something, words.exists, _YEAR, _NUMBER))


def _is_bare(clause: _Clause) -> bool:
    """`And the seminars?`, `conference in May`, `events in Cairo`: a noun, which, nothing else."""
    words = clause.words
    both = clause.has(words.online) and clause.has(words.on_site)
    if not _names_event(clause) or both:
        return False
    if _rest(clause, also_asking=True):
        return False
    if clause.placed or _names_status(clause):
        return True
    # Whether there are any at all is answered by the programme's text.
    named = (clause.marked or _AND.match(clause.plain)) and not _rest(clause)
    return bool(named) or clause.days is not None


def _rest(clause: _Clause, *, also_asking: bool = False) -> str:
    """What is said beside events, which ones and when, and perhaps beside the asking."""
    words = clause.words
    nouns = (*words.kinds.values(), words.any_event)
    ways = (words.online, words.on_site, words.over, words.cancelled, words.confirmed)
    around = (_AND, words.times, words.something, _YEAR, _NUMBER)
    asking = (words.exists, words.asks) if also_asking else ()
    rest = without_languages(without_countries(clause.plain))
    return without(rest, (*nouns, *ways, *around, *asking))


def _names_status(clause: _Clause) -> bool:
    words = clause.words
    return clause.has(words.over, words.cancelled, words.confirmed, words.unconfirmed)


# ── what exactly is wanted ───────────────────────────────────────────────────────────────────


def _question(
    clause: _Clause, wanted: Wanted, wish: Wish = "", *, sure: bool = True
) -> ScheduleQuestion:
    words = clause.words
    kinds = _kinds(words, clause.plain, weak=True) or _others(clause)
    online: bool | None = True if clause.has(words.online) else None
    if clause.has(words.on_site):
        online = False if online is None else None
    if online and "seminar" in kinds and "webinar" not in kinds:
        kinds = (*kinds, "webinar")  # which is what a seminar online is called
    return ScheduleQuestion(
        kinds=kinds,
        days=clause.days,
        countries=countries_in(clause.plain),
        languages=languages_in(clause.plain),
        online=None if kinds == ("webinar",) else online,
        town=town_in(clause.plain),
        status=_status(clause),
        past=_is_past(clause),
        words=tuple(clause.plain.split()),
        wanted=wanted,
        wish=wish,
        whole=_asks_for_nothing_else(clause),
        sure=sure,
    )


def _asks_for_nothing_else(clause: _Clause) -> bool:
    narrow = clause.placed or _names_status(clause)
    if _names_event(clause) and not _rest(clause, also_asking=True):
        return narrow or clause.days is not None
    return _asks_for_anything(clause) and clause.days is not None


def _others(clause: _Clause) -> tuple[Kind, ...]:
    """A noun that names an event of no kind of its own, and not events as such."""
    words = clause.words
    is_other = clause.has(words.kinds["other"]) and not clause.has(words.any_event)
    return ("other",) if is_other else ()


def _status(clause: _Clause) -> Status | None:
    """Which ones are cancelled; whether a certain one is, its entry says in any case."""
    words = clause.words
    if not clause.has(words.plural):
        return None
    if clause.has(words.unconfirmed):
        return "planned"
    if clause.has(words.cancelled):
        return "cancelled"
    return "confirmed" if clause.has(words.confirmed) else None


def _looks_back(words: ScheduleWords, plain: str) -> bool:
    return bool(words.past.search(plain)) and not words.following.search(plain)


def _is_past(clause: _Clause) -> bool:
    words, days = clause.words, clause.days
    if clause.has(words.following):
        return False
    if days is not None and days.first >= clause.today and days.last > clause.today:
        return False
    if _status(clause) is not None:  # "which were cancelled": what comes may be, too
        return clause.has(words.over)
    return clause.has(words.past, words.over) or _names_the_last(clause)


def _names_the_last(clause: _Clause) -> bool:
    """The last one of the events, and not the last week of May, nor how long something lasts."""
    words = clause.words
    nouns = (words.any_event, *words.kinds.values(), *words.weak.values())
    for found in words.last.finditer(clause.plain):
        near = clause.plain[found.end() :].split()[:2]
        if words in (FRENCH, ARABIC):  # where it may follow its noun
            near = [*clause.plain[: found.start()].split()[-1:], "-", *near]
        if any(noun.search(" ".join(near)) for noun in nouns):
            return True
    return False


def _kinds(words: ScheduleWords, plain: str, *, weak: bool) -> tuple[Kind, ...]:
    """The kinds the words name, a longer noun rather than one in it; never `other`."""
    nouns = (*words.kinds.items(), *(words.weak.items() if weak else ()))
    found = [(kind, match.span()) for kind, noun in nouns for match in noun.finditer(plain)]
    whole = (
        kind
        for kind, (first, last) in found
        if not any(
            begin <= first and last <= end and end - begin > last - first
            for _, (begin, end) in found
        )
    )
    return tuple(dict.fromkeys(kind for kind in whole if kind != "other"))


def _wanted(clause: _Clause) -> Wanted:
    """The next one, or all there are."""
    words = clause.words
    if clause.has(words.calendar):
        return "calendar"
    if clause.has(words.plural):
        return "list"
    if clause.has(words.following):
        # In "next week" the word belongs to the week.
        return "next" if clause.days is None or _YEAR.search(clause.plain) else "list"
    return "next" if clause.has(words.when) and clause.days is None else "list"


def _days(text: str, plain: str, spoken: Language, today: date) -> DayRange | None:
    found = interval_and_side(text, spoken, today)
    if found is None and spoken == "ar" and _LATIN_IN.search(text):
        found = interval_and_side(_LATIN_IN.sub("en", text), spoken, today)
    if found is not None and found[0].start > today and _looks_back(_WORDS[spoken], plain):
        # "The seminars there were in October": the one gone by.
        found = interval_and_side(text, spoken, today - _YEAR_BACK) or found
    if found is not None:
        days, side = found
        first, last = days.start, days.end
        if side == "after" or (_ONWARDS.search(plain) and not _UP_TO.search(plain)):
            last = date.max
        elif side == "before":
            first = today if last >= today else date.min
        return DayRange(first, last, days.approximate)
    years = [int(year) for year in _YEAR.findall(ascii_digits(plain))]
    if not years:
        return None
    return DayRange(date(min(years), 1, 1), date(max(years), 12, 31))
