"""What the API shows of the calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kpbot.desk.api_models import EventOut, EventPage, RegistrationOut
from kpbot.desk.house import DeskHouse
from kpbot.events import BERLIN, Country, Kind, Occurrence, ScheduleQuestion
from kpbot.understand.schedule_answer import fits, state_of


def page(  # noqa: PLR0913, PLR0917 (the filters)
    house: DeskHouse,
    first: date,
    last: date,
    kind: Kind | None,
    country: Country | None,
    limit: int,
) -> EventPage:
    """Every time an event takes place on these days (both included, as in Berlin), in order."""
    question = ScheduleQuestion(
        kinds=(kind,) if kind else (), countries=(country,) if country else ()
    )
    berlin = ZoneInfo(BERLIN)
    today = house.clock().astimezone(berlin).date()
    begins = datetime.combine(first, time(), berlin)
    ends = datetime.combine(last, time(), berlin) + timedelta(days=1)
    fitting = [
        each for each in house.calendar().between(begins, ends) if fits(each.event, question)
    ]
    shown = [_event(each, today) for each in fitting[:limit]]
    return EventPage(since=first, until=last, items=shown, more=len(fitting) > limit)


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
