"""Questions about the calendar: what takes place when, and wishes to be told of it.

Precision goes first: a question about money, the answer to a question of the intake or a wish for
an appointment is no question about the calendar. What is not sure is left to the FAQ.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kpbot.events import DayRange, Kind, ScheduleQuestion, Wanted, Wish
from kpbot.model import LANGUAGES, Language
from kpbot.understand.dates import interval
from kpbot.understand.normalise import ascii_digits, words_of
from kpbot.understand.schedule_countries import countries_in, languages_in, without_countries
from kpbot.understand.schedule_lexicon import ScheduleWords, phrases, without
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
_CLAUSE = re.compile(r"[,;:.!?،؛؟\n]+")
_YEAR = re.compile(r"(?<!\S)20[0-9]{2}(?!\S)")
_NUMBER = re.compile(r"(?<!\S)[0-9]{1,2}(?!\S)")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A text in one language's eyes."""

    words: ScheduleWords
    plain: str
    days: DayRange | None
    marked: bool
    """It ends in a question mark."""

    @property
    def asking(self) -> bool:
        words = self.words
        return self.marked or bool(words.asks.match(self.plain) or words.wonders.search(self.plain))

    @property
    def short(self) -> bool:
        return len(self.plain.split()) <= _SHORT

    def has(self, *patterns: re.Pattern[str]) -> bool:
        return any(pattern.search(self.plain) for pattern in patterns)


def schedule_question(text: str, language: Language, today: date) -> ScheduleQuestion | None:
    """What the text wants of the calendar; None where it is no sure question about it.

    `language` is the conversation's; the other three are tried after it.
    """
    if len(text) > LONGEST:
        return None
    for spoken in (language, *(each for each in LANGUAGES if each != language)):
        found = _in_language(text, spoken, today)
        if found is not None:
            return found
    return None


def details(text: str, language: Language, today: date) -> ScheduleQuestion:
    """What a text that surely asks about the calendar names: kinds, time, country and so on."""
    found = schedule_question(text, language, today)
    if found is not None:
        return found
    plain = _plain(text[:LONGEST])
    days = _days(text[:LONGEST], plain, language, today)
    clause = _Clause(_WORDS[language], plain, days, marked=True)
    return _question(clause, _wanted(clause))


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
    whole = _Clause(words, plain, _days(text, plain, spoken, today), marked)
    if (wish := _wish(whole)) != "":
        return _question(whole, _wanted(whole), wish)
    if words.statement.match(plain) and not words.wonders.search(plain):
        clauses = [part for part in _CLAUSE.split(text) if part.strip()]
        if len(clauses) < 2:
            return None
        last = _plain(clauses[-1])
        whole = _Clause(words, last, _days(clauses[-1], last, spoken, today), marked)
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
    if clause.has(words.rather_not) and not clause.has(words.when):
        return None
    if clause.has(words.calendar) and (clause.asking or clause.short):
        return _question(clause, "calendar")
    if _names_event(clause) and _asks_for_time(clause):
        return _question(clause, _wanted(clause))
    if _names_weakly(clause) and _asks_for_time_surely(clause):
        return _question(clause, _wanted(clause))
    if clause.has(words.whats_on) and (clause.asking or clause.short):
        return _question(clause, "list")
    if clause.days is not None and _asks_for_anything(clause):
        return _question(clause, "list")
    if _is_bare(clause):
        return _question(clause, _wanted(clause), sure=False)
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
    if clause.days is not None and clause.asking:
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
    return clause.days is not None and clause.has(words.exists)


def _asks_for_anything(clause: _Clause) -> bool:
    """`Anything in May?`: nothing is said but that, a time and perhaps a country."""
    words = clause.words
    if not clause.asking or not clause.has(words.core):
        return False
    rest = without_countries(clause.plain)
    return not without(rest, (words.times, words.something, words.exists, _YEAR, _NUMBER))


def _is_bare(clause: _Clause) -> bool:
    """`And the seminars?`, `conference in May`: a noun, perhaps a time, and nothing else."""
    words = clause.words
    if not _names_event(clause):
        return False
    if clause.days is None and not (clause.marked or _AND.match(clause.plain)):
        return False
    patterns = (*words.kinds.values(), words.any_event, _AND, words.times, words.something)
    return not without(without_countries(clause.plain), (*patterns, _YEAR, _NUMBER))


# ── what exactly is wanted ───────────────────────────────────────────────────────────────────


def _question(
    clause: _Clause, wanted: Wanted, wish: Wish = "", *, sure: bool = True
) -> ScheduleQuestion:
    words = clause.words
    kinds = _kinds(words, clause.plain, weak=True)
    online: bool | None = True if clause.has(words.online) else None
    if clause.has(words.on_site):
        online = False if online is None else None
    return ScheduleQuestion(
        kinds=kinds,
        days=clause.days,
        countries=countries_in(clause.plain),
        languages=languages_in(clause.plain),
        online=None if kinds == ("webinar",) else online,
        past=clause.has(words.past) and not clause.has(words.following),
        wanted=wanted,
        wish=wish,
        sure=sure,
    )


def _kinds(words: ScheduleWords, plain: str, *, weak: bool) -> tuple[Kind, ...]:
    """The kinds the words name; `other` only stands for whatever has no kind of its own."""
    nouns = (*words.kinds.items(), *(words.weak.items() if weak else ()))
    found = [kind for kind, pattern in nouns if pattern.search(plain)]
    return tuple(dict.fromkeys(kind for kind in found if kind != "other"))


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
    found = interval(text, spoken, today)
    if found is not None:
        return DayRange(found.start, found.end, found.approximate)
    years = [int(year) for year in _YEAR.findall(ascii_digits(plain))]
    if not years:
        return None
    return DayRange(date(min(years), 1, 1), date(max(years), 12, 31))
