"""What the API shows of the calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kpbot.desk.api_models import EventOut, EventPage, EventsWanted, RegistrationOut
from kpbot.desk.api_problems import Denied
from kpbot.desk.house import DeskHouse
from kpbot.events import BERLIN, Occurrence, ScheduleQuestion, programme_day
from kpbot.understand.schedule_answer import fits, state_of

COMING = timedelta(days=366)
"""So far ahead events are listed where no last day is named."""


def page(house: DeskHouse, wanted: EventsWanted) -> EventPage:
    """Every time an event takes place on these days (both included, as in Berlin), in order.

    Raises Denied where the days are no period.
    """
    question = ScheduleQuestion(
        kinds=(wanted.kind,) if wanted.kind else (),
        countries=(wanted.country,) if wanted.country else (),
    )
    berlin = ZoneInfo(BERLIN)
    today = programme_day(house.clock())
    first, last = _period(wanted, today)
    begins = datetime.combine(first, time(), berlin)
    ends = datetime.combine(last, time(), berlin) + timedelta(days=1)
    fitting = [
        each for each in house.calendar().between(begins, ends) if fits(each.event, question)
    ]
    shown = [_event(each, today) for each in fitting[: wanted.limit]]
    return EventPage(since=first, until=last, items=shown, more=len(fitting) > wanted.limit)


def _period(wanted: EventsWanted, today: date) -> tuple[date, date]:
    first = wanted.since or today
    if not 2000 <= first.year <= 2999:
        raise Denied(422, "no_period", "The days must be of these centuries.")
    last = wanted.until or first + COMING
    if last < first or last.year > 3000:
        raise Denied(422, "no_period", "The last day must not be before the first, nor too late.")
    return first, last


def _event(found: Occurrence, today: date) -> EventOut:
    event, registration = found.event, found.event.registration
    return EventOut(
        uid=event.uid,
        kind=event.kind,
        title={str(language): text for language, text in event.title.items()},
        description={str(language): text for language, text in event.description.items()},
        state=state_of(found, today),
        all_day=event.all_day,
        start=found.starts,
        end=found.ends,
        zone=event.zone,
        place=event.place,
        online=event.online,
        audience=event.audience,
        countries=list(event.countries),
        languages=list(event.languages),
        registration=RegistrationOut(
            url=registration.url,
            mail=registration.mail,
            text={str(language): text for language, text in registration.text.items()},
            until=registration.until,
        ),
        source=event.source,
        as_of=event.as_of,
        valid_until=event.valid_until,
        sequence=event.sequence,
    )
