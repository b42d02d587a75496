"""Answers from the calendar in words: what is known, as what it is known, or that nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kpbot.engine.printing import isolated, printed_date, quoted_direction
from kpbot.engine.utterance import Speech
from kpbot.events import (
    BERLIN,
    CalendarEvent,
    DayRange,
    Occurrence,
    ScheduleAnswer,
    Tidings,
    ToldOccurrence,
    text_in,
)
from kpbot.model import Effect, Language, TellSchedule, TellTidings

MOST_FILES = 5
"""Events in one file to take along."""
Sentences = Mapping[str, str]
"""The bot's own sentences in one language."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED_ZONES = {
    BERLIN: "berlin",
    "Africa/Cairo": "cairo",
    "Africa/Algiers": "algiers",
    "Africa/Casablanca": "casablanca",
    "Africa/Tunis": "tunis",
}


def speak_schedule(speech: Speech, answer: ScheduleAnswer, calendar_link: str = "") -> None:
    """The answer is told: the range understood, the events, or honestly that none is known."""
    sentences, language = speech.sentences, speech.language
    if answer.question.vague:
        speech.add(sentences["schedule_unclear"])
        speech.add(sentences["schedule_tell_offer"])
        return
    if answer.question.days is not None:
        speech.add(_range(sentences, language, answer.question.days))
    if answer.elsewhere:
        town = text_in(answer.elsewhere, language)[0]
        speech.add(sentences["schedule_none_town"].format(town=town))
    if answer.told:
        speech.add(sentences[_heading(answer)])
    for told in answer.told:
        speech.add(
            _with_file(speech, told, told_event(sentences, language, told, answer.asker_zone))
        )
    if answer.more:
        speech.add(sentences["schedule_more"].format(count=isolated(str(answer.more), language)))
    if answer.none_known:
        _speak_none(speech, answer)
    if answer.window is not None:
        speech.add(_window(sentences, language, answer.window))
    if calendar_link and answer.question.wanted == "calendar":
        link = isolated(calendar_link, language)
        speech.add(sentences["schedule_calendar"].format(link=link))


def speak_tidings(speech: Speech, tidings: Tidings) -> None:
    """What is new, changed or cancelled, and what is near: a paragraph each."""
    for notice in tidings.notices:
        speech.add(speech.sentences[f"schedule_{notice.kind}"])
        told = told_event(speech.sentences, speech.language, notice.told, tidings.asker_zone)
        speech.add(_with_file(speech, notice.told, told))


def coming_uids(effects: Iterable[Effect]) -> tuple[str, ...]:
    """The uids of the events that are told as coming: those one can take into a calendar."""
    told: list[ToldOccurrence] = []
    for effect in effects:
        if isinstance(effect, TellSchedule):
            told += effect.answer.told
        elif isinstance(effect, TellTidings):
            told += (notice.told for notice in effect.tidings.notices)
    uids = dict.fromkeys(each.occurrence.event.uid for each in told if _is_coming(each))
    return tuple(uids)[:MOST_FILES]


def _with_file(speech: Speech, told: ToldOccurrence, text: str) -> str:
    """The paragraph, with the address of the event alone where it is coming and there is one."""
    base = speech.facts.calendar_link
    if not base or not _is_coming(told):
        return text
    link = f"{base}/{told.occurrence.event.uid}.ics?language={speech.language}"
    line = speech.sentences["schedule_file"].format(link=isolated(link, speech.language))
    return f"{text}\n{line}"


def _is_coming(told: ToldOccurrence) -> bool:
    return not told.past and told.state in {"confirmed", "planned"}


def _heading(answer: ScheduleAnswer) -> str:
    if answer.past:
        return "schedule_found_past"
    if answer.elsewhere:
        return "schedule_found_elsewhere"
    return "schedule_found_one" if len(answer.told) == 1 else "schedule_found"


def _speak_none(speech: Speech, answer: ScheduleAnswer) -> None:
    """What the programme's text says, that no date is known, and what can be done about it."""
    sentences = speech.sentences
    if answer.past:
        speech.add(sentences["schedule_none_past"])
        return
    if answer.question.status in {"cancelled", "planned"}:
        speech.add(sentences[f"schedule_none_{answer.question.status}"])
        return
    if not answer.told:
        source = sentences["source"].format(source=sentences["source_programme"])
        speech.add(f"{sentences['schedule_seed']}\n{source}")
    speech.add(sentences["schedule_none"])
    speech.add(sentences["schedule_tell_offer"])


def _range(sentences: Sentences, language: Language, days: DayRange) -> str:
    first, last = (printed_date(each.isoformat(), language) for each in (days.first, days.last))
    key = "schedule_range_day" if days.first == days.last else "schedule_range"
    if days.last == date.max:
        key = "schedule_range_from"
    elif days.first == date.min:
        key = "schedule_range_to"
    text = sentences[key].format(first=first, last=last)
    return f"{text} {sentences['schedule_about']}" if days.approximate else text


def _window(sentences: Sentences, language: Language, days: DayRange) -> str:
    """Which days the calendar holds."""
    first, last = (printed_date(each.isoformat(), language) for each in (days.first, days.last))
    return sentences["schedule_window"].format(first=first, last=last)


# ── one event ────────────────────────────────────────────────────────────────────────────────


def told_event(
    sentences: Sentences, language: Language, told: ToldOccurrence, asker_zone: str | None = None
) -> str:
    """One paragraph: title, date and time, place, registration, how it stands, source.

    Of an entry that nobody has confirmed lately, the date is not told.
    """
    found, event = told.occurrence, told.occurrence.event
    lines = [_title(sentences, language, event)]
    if told.state == "outdated":
        as_of = printed_date(event.as_of.isoformat(), language)
        lines.append(sentences["schedule_status_outdated"].format(date=as_of))
    else:
        lines.append(told_time(sentences, language, found, asker_zone))
        if told.state == "cancelled":
            lines.append(sentences["schedule_status_cancelled"])
        else:
            lines += _details(sentences, language, told)
    lines.append(_source(sentences, language, event))
    return "\n".join(line for line in lines if line)


def _title(sentences: Sentences, language: Language, event: CalendarEvent) -> str:
    title = quoted_direction(event.title_in(language), language)
    if event.kind == "other":
        return title
    kind = sentences[f"schedule_kind_{event.kind}"]
    return sentences["schedule_title"].format(title=title, kind=kind)


def _details(sentences: Sentences, language: Language, told: ToldOccurrence) -> list[str]:
    event = told.occurrence.event
    lines = []
    if event.place:
        place = quoted_direction(event.place, language)
        lines.append(sentences["schedule_place"].format(place=place))
    if told.past:
        return [*lines, sentences["schedule_status_past"]]
    if event.online:
        link = isolated(event.online, language)
        lines.append(sentences["schedule_online"].format(link=link))
    lines.append(_registration(sentences, language, event))
    if told.state == "planned":
        lines.append(sentences["schedule_status_planned"])
    return lines


def _registration(sentences: Sentences, language: Language, event: CalendarEvent) -> str:
    known = event.registration
    text = quoted_direction(text_in(known.text, language)[0], language)
    ways = [isolated(way, language) for way in (known.url, known.mail) if way]
    how = ("، " if language == "ar" else ", ").join([*([text] if text else []), *ways])
    until = printed_date(known.until.isoformat(), language) if known.until else ""
    if how and until:
        return sentences["schedule_registration_until"].format(how=how, date=until)
    if until:
        return sentences["schedule_registration_end"].format(date=until)
    return sentences["schedule_registration"].format(how=how) if how else ""


def _source(sentences: Sentences, language: Language, event: CalendarEvent) -> str:
    return told_source(sentences, language, event.source, event.as_of)


def told_source(sentences: Sentences, language: Language, source: str, as_of: date) -> str:
    """Where it is from and when it was noted."""
    return sentences["schedule_source"].format(
        source=quoted_direction(source, language), date=printed_date(as_of.isoformat(), language)
    )


# ── dates and times ──────────────────────────────────────────────────────────────────────────


def told_time(
    sentences: Sentences, language: Language, found: Occurrence, asker_zone: str | None = None
) -> str:
    """Day and time where it takes place, in Berlin and in the asker's zone; equal ones once."""
    if found.event.all_day:
        return _days(sentences, language, found.first_day, found.last_day)
    zones = (found.event.zone, BERLIN, *([asker_zone] if asker_zone else []))
    return told_span(sentences, language, found.from_utc, found.to_utc, zones)


def told_span(
    sentences: Sentences, language: Language, first: datetime, last: datetime, zones: Iterable[str]
) -> str:
    """Day and time from one instant to another: a line a clock, with the zones that show it."""
    by_clock: dict[tuple[datetime, datetime], list[str]] = {}
    for zone in dict.fromkeys(zones):
        clock = tuple(
            each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in (first, last)
        )
        by_clock.setdefault((clock[0], clock[1]), []).append(_zone_name(sentences, zone))
    separator = "، " if language == "ar" else ", "
    return "\n".join(
        sentences["schedule_when"].format(
            time=_clock(sentences, language, *clock), zone=separator.join(names)
        )
        for clock, names in by_clock.items()
    )


def _days(sentences: Sentences, language: Language, first: date, last: date) -> str:
    begins = _day(sentences, language, first)
    if first == last:
        return begins
    ends = _day(sentences, language, last)
    return sentences["schedule_from_to"].format(first=begins, last=ends)


def _clock(sentences: Sentences, language: Language, first: datetime, last: datetime) -> str:
    last_day = (last - timedelta(seconds=1)).date()  # what ends at midnight ends that evening
    if first.date() == last_day:
        return sentences["schedule_times"].format(
            day=_day(sentences, language, first.date()),
            first=isolated(f"{first:%H:%M}", language),
            last=isolated(f"{last:%H:%M}", language),
        )
    begins, ends = (
        sentences["schedule_time"].format(
            day=_day(sentences, language, each.date()), time=isolated(f"{each:%H:%M}", language)
        )
        for each in (first, last)
    )
    return sentences["schedule_from_to"].format(first=begins, last=ends)


def _day(sentences: Sentences, language: Language, day: date) -> str:
    weekday = sentences[f"schedule_{_WEEKDAYS[day.weekday()]}"]
    return sentences["schedule_day"].format(
        weekday=weekday, date=printed_date(day.isoformat(), language)
    )


def _zone_name(sentences: Sentences, zone: str) -> str:
    if zone in _NAMED_ZONES:
        return sentences[f"schedule_zone_{_NAMED_ZONES[zone]}"]
    return zone.rpartition("/")[2].replace("_", " ")
