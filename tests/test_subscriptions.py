"""Being told of the calendar: in time, once, never at night, and never after leaving."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from kpbot.app import Clock
from kpbot.events import Calendar, CalendarEvent, Subscription
from kpbot.house import House
from kpbot.model import CALENDAR, COMMAND, LANGUAGES, OFFER, Language, Pressed, Said
from kpbot.person import Person
from kpbot.store import tables, timers
from kpbot.store.database import Database
from kpbot.understand.schedule_news import look
from kpbot.understand.schedule_occurrences import calendar_of
from subscribers import DAYS, EVENTS, SUBSCRIBERS, calendar
from walk import Arrive

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
"""A Monday morning."""


class StandingClock(Clock):
    """Stands still until it is moved."""

    def __call__(self) -> datetime:
        """The instant it was moved to."""
        return NOW + self.ahead


def local(day: int, hour: int) -> datetime:
    """A wall-clock time of February."""
    return datetime.fromisoformat(f"2027-02-{day}T{hour}:00")


def event(uid: str = "seminar", **changes: object) -> CalendarEvent:
    made = CalendarEvent(
        uid=uid,
        kind="seminar",
        title={"de": f"Seminar {uid}", "fr": uid, "ar": uid, "en": uid},
        starts=local(10, 14),
        ends=local(10, 16),
        zone="Europe/Berlin",
        source="Rundschreiben",
        as_of=date(2027, 1, 4),
        countries=("MA",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


class Calendars:
    """The calendar as it is at the moment."""

    def __init__(self) -> None:
        """Empty."""
        self.now = Calendar()

    def __call__(self) -> Calendar:
        return self.now

    def hold(self, *events: CalendarEvent) -> None:
        self.now = calendar_of(events, NOW.date())


@pytest.fixture
def held() -> Calendars:
    return Calendars()


def subscriber(
    arrive: Arrive, house: House, held: Calendars, language: Language = "de", user: str = "sub"
) -> Person:
    knowledge = replace(house.knowledge, calendar=held)
    person = arrive(user, language, StandingClock(), knowledge=knowledge)
    offered = person.happen(Pressed(0, COMMAND, "subscribe"))[-1]
    person.happen(Pressed(offered.turn, OFFER, "all"))
    person.wait(timedelta(0))
    return person


def changed(person: Person) -> list[str]:
    """What the person reads after the calendar has changed, a moment later."""
    person.clock.ahead += timedelta(seconds=1)
    person.database.write(lambda c: timers.hasten(c, CALENDAR, person.clock()))
    return [each.text for each in person.wait(timedelta(0))]


def test_who_agrees_is_told_what_is_new_changed_and_cancelled(
    arrive: Arrive, house: House, held: Calendars
) -> None:
    person = subscriber(arrive, house, held)
    held.hold(event())
    (new,) = changed(person)
    assert new.startswith("Neu im Kalender:")
    assert "Seminar seminar" in new
    assert "Quelle: Rundschreiben" in new
    held.hold(event(starts=local(11, 14), ends=local(11, 16)))
    (moved,) = changed(person)
    assert moved.startswith("Geändert im Kalender:")
    assert "11.02.2027" in moved
    held.hold(event(status="cancelled"))
    (off,) = changed(person)
    assert off.startswith("Abgesagt:")
    assert changed(person) == [], "what was told is not told again"


def test_what_was_there_before_is_no_news(arrive: Arrive, house: House, held: Calendars) -> None:
    held.hold(event())
    person = subscriber(arrive, house, held)
    assert changed(person) == []
    held.hold(event(as_of=date(2027, 1, 10)))
    assert changed(person) == [], "a later confirmation is no change"


def test_reminders_come_two_weeks_and_a_day_before_in_the_morning(
    arrive: Arrive, house: House, held: Calendars
) -> None:
    held.hold(event())
    person = subscriber(arrive, house, held)
    told: list[tuple[datetime, str]] = []
    for _ in range(24 * 40):
        told += [(person.clock(), each.text) for each in person.wait(timedelta(hours=1))]
    assert [at.astimezone(UTC).isoformat() for at, _ in told] == [
        "2027-01-27T08:00:00+00:00",
        "2027-02-09T08:00:00+00:00",
    ]
    assert all(text.startswith("Zur Erinnerung:") for _, text in told)


def test_a_long_wait_leaves_no_reminder_out(arrive: Arrive, house: House, held: Calendars) -> None:
    held.hold(event())
    person = subscriber(arrive, house, held)
    told = person.wait(timedelta(days=40))
    assert [each.text.startswith("Zur Erinnerung:") for each in told] == [True, True]
    assert person.clock() == NOW + timedelta(days=40)


def test_a_cancelled_event_is_not_reminded_of(
    arrive: Arrive, house: House, held: Calendars
) -> None:
    held.hold(event())
    person = subscriber(arrive, house, held)
    held.hold(event(status="cancelled"))
    changed(person)
    assert person.wait(timedelta(days=40)) == []


def test_nobody_is_told_at_night(arrive: Arrive, house: House, held: Calendars) -> None:
    person = subscriber(arrive, house, held)
    person.wait(timedelta(hours=14))  # eleven at night in Berlin
    held.hold(event())
    assert changed(person) == []
    assert len(person.wait(timedelta(hours=10))) == 1


def test_one_word_ends_it_and_nothing_is_kept(
    arrive: Arrive, house: House, held: Calendars, database: Database
) -> None:
    held.hold(event())
    person = subscriber(arrive, house, held)
    person.happen(Said("abmelden"))
    assert person.taken is not None
    assert person.taken.conversation.subscription is None
    assert person.wait(timedelta(days=60)) == []
    assert database.read(lambda c: c.execute(sa.select(tables.timers)).all()) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "word",
    ["STOP", "stopp", "arrêter", "إيقاف", "إلغاء اشتراك", "لا أريد تذكيرات", "stop reminders"],
)
def test_whoever_says_stop_is_told_no_more_and_shown_the_way_back(
    arrive: Arrive, house: House, held: Calendars, word: str, language: Language
) -> None:
    person = subscriber(arrive, house, held, language)
    (said,) = person.happen(Said(word))
    assert person.taken is not None
    conversation = person.taken.conversation
    assert conversation.subscription is None
    assert conversation.language is not None
    spoken = house.dialogs.service[conversation.language].sentences
    assert spoken["unsubscribed"] in said.text
    assert "subscribe" in {button.id for button in said.buttons}


def test_stop_ends_the_enquiry_first_where_one_is_under_way(
    arrive: Arrive, house: House, held: Calendars
) -> None:
    person = subscriber(arrive, house, held)
    person.happen(Pressed(0, COMMAND, "start"))
    person.happen(Said("stop"))
    assert person.taken is not None
    assert person.taken.conversation.subscription is not None
    assert person.taken.conversation.offer is not None
    assert person.taken.conversation.offer.kind == "cancel"


def test_who_is_told_nothing_has_nothing_to_stop(arrive: Arrive, house: House) -> None:
    person = arrive("nobody", "de", StandingClock())
    (said,) = person.happen(Said("Abbrechen"))
    assert house.dialogs.service["de"].sentences["nothing_to_cancel"] in said.text


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("fr", "prévenez-moi des dates"),
        ("fr", "Abonnement"),
        ("fr", "Tenez-moi informé !"),
        ("en", "keep me posted"),
        ("ar", "اشترك"),
        ("de", "Halten Sie mich auf dem Laufenden"),
    ],
)
def test_whoever_asks_to_be_told_is_asked_whether_they_agree(
    arrive: Arrive, language: Language, word: str
) -> None:
    person = arrive("joins", language, StandingClock())
    person.happen(Said(word))
    assert person.taken is not None
    assert person.taken.conversation.offer is not None
    assert person.taken.conversation.offer.kind == "subscribe"


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("de", "Sagen Sie mir Bescheid, wenn es ein neues Seminar gibt?", "Seminar"),
        ("en", "Please notify me about seminars in Morocco", "Seminar; Morocco"),
    ],
)
def test_the_consent_names_what_it_is_for_and_its_title_can_be_typed(
    arrive: Arrive, house: House, language: Language, text: str, title: str
) -> None:
    person = arrive("names", language, StandingClock())
    (offered,) = person.happen(Said(text))
    (some,) = [button for button in offered.buttons if button.id == "some"]
    assert (
        some.title == f"{house.dialogs.service[language].offers['subscribe']['some'].say}: {title}"
    )
    person.happen(Said(some.title))
    assert person.taken is not None
    subscription = person.taken.conversation.subscription
    assert subscription is not None
    assert subscription.kinds == ("seminar",)


def test_the_subscription_is_among_my_data_and_its_words_are_on_record(
    arrive: Arrive, house: House, held: Calendars
) -> None:
    person = subscriber(arrive, house, held)
    assert "Terminhinweise" in person.happen(Said("meine Daten"))[-1].text
    assert person.taken is not None
    subscription = person.taken.conversation.subscription
    assert subscription is not None
    assert (subscription.since, subscription.language) == (NOW, "de")
    assert len(subscription.consent) == 64


def test_a_subscription_may_be_to_what_was_asked_for(
    arrive: Arrive, house: House, held: Calendars
) -> None:
    knowledge = replace(house.knowledge, calendar=held)
    person = arrive("narrow", "de", StandingClock(), knowledge=knowledge)
    (offered,) = person.happen(Said("Sagen Sie mir Bescheid, wenn es ein neues Seminar gibt?"))
    assert {"all", "some", "no"} == {button.id for button in offered.buttons}
    person.happen(Pressed(offered.turn, OFFER, "some"))
    person.wait(timedelta(0))
    held.hold(event("a"), event("b", kind="conference"))
    (told,) = changed(person)
    assert "Seminar a" in told
    assert "Seminar b" not in told


def test_declining_leaves_nothing(arrive: Arrive, house: House, held: Calendars) -> None:
    knowledge = replace(house.knowledge, calendar=held)
    person = arrive("no", "de", StandingClock(), knowledge=knowledge)
    offered = person.happen(Pressed(0, COMMAND, "subscribe"))[-1]
    assert person.happen(Pressed(offered.turn, OFFER, "no"))
    assert person.taken is not None
    assert person.taken.conversation.subscription is None


def test_a_late_look_brings_what_was_missed_but_nothing_that_is_over() -> None:
    before = Subscription(NOW, "de", "x", looked=NOW, seen={})
    held = calendar_of((event(),), NOW.date())
    seen = look(replace(before, looked=None), held, NOW, (14, 1)).subscription
    late = look(seen, held, datetime(2027, 2, 10, 9, tzinfo=UTC), (14, 1))
    assert [notice.kind for notice in late.notices] == ["reminder"]
    over = look(seen, held, datetime(2027, 2, 10, 15, tzinfo=UTC), (14, 1))
    assert over.notices == ()
    again = look(late.subscription, held, datetime(2027, 2, 10, 10, tzinfo=UTC), (14, 1))
    assert again.notices == ()


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"ends": local(10, 17)}, ["changed"]),
        ({"status": "cancelled"}, ["cancelled"]),
        ({"as_of": date(2027, 1, 5)}, []),
        ({"file": "other.yaml", "line": 7}, []),
    ],
)
def test_only_what_matters_to_who_comes_is_news(
    changes: dict[str, object], kinds: list[str]
) -> None:
    first = Subscription(NOW, "de", "x")
    seen = look(first, calendar_of((event(),), NOW.date()), NOW, (1,)).subscription
    changed = calendar_of((event(**changes),), NOW.date())
    later = look(seen, changed, NOW + timedelta(hours=1), (1,))
    assert [notice.kind for notice in later.notices] == kinds


@pytest.mark.slow
def test_a_month_with_restarts_and_kills_sends_each_reminder_once(tmp_path: Path) -> None:
    """Processes are killed while they send; in the outbox each reminder is there exactly once."""
    url = f"sqlite:///{tmp_path / 'kpbot.db'}"
    script = Path(__file__).with_name("subscribers.py")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    kills = 0
    for number in range(100):
        with subprocess.Popen(
            [sys.executable, str(script), url],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as process:
            assert process.stdout is not None
            turns = 0
            for line in process.stdout:
                turns += line.startswith("told")
                if number < 8 and turns == 40 + 17 * number:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                    break
        if process.returncode == 0:
            break
    assert (process.returncode, kills) == (0, 8)
    database = Database(url)
    rows = database.read(lambda c: c.execute(sa.select(tables.outbox)).all())
    database.close()
    told: Counter[tuple[str, date, str]] = Counter()
    for row in rows:
        for block in row.message["text"].split("Zur Erinnerung:\n\n")[1:]:
            told[row.address, row.due.date(), block.split("\n\n")[0]] += 1
    assert set(told.values()) == {1}
    assert len({person for person, _, _ in told}) == SUBSCRIBERS
    expected = expected_reminders()
    assert len(told) == expected * SUBSCRIBERS


def expected_reminders() -> int:
    """How many mornings of the month have an event two weeks or one day ahead."""
    held = calendar(0)
    count = 0
    for series in held.series:
        for found in series.occurrences:
            day = found.starts.date()
            for days in (14, 1):
                morning = day - timedelta(days=days)
                first, last = date(2027, 1, 12), date(2027, 1, 11) + timedelta(days=DAYS - 1)
                count += first <= morning <= last
    assert len(held.series) == len(EVENTS)
    return count
