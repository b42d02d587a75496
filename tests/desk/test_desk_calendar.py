"""The calendar at the desk: everyone looks, an admin edits, and nothing wrong is ever written."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import structlog
from entering import Time
from working import Office

from kpbot.content.events import load_events
from kpbot.content.events_edit import DESK
from kpbot.content.events_ics import LARGEST
from kpbot.content.events_live import LiveCalendar
from kpbot.events import CalendarEvent
from kpbot.house import House
from kpbot.model import LANGUAGES
from kpbot.store.advisors import Advisor
from kpbot.store.database import Database

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
KEPT = """\
# Kept by hand.
- uid: meeting@example.org
  kind: network_meeting
  title: {de: Treffen, fr: Réunion, ar: لقاء, en: Meeting}
  start: 2027-05-04 09:00
  end: 2027-05-04 16:30
  zone: Africa/Tunis
  place: Musterhaus <b>Tunis</b>
  countries: [TN]
  registration: {url: https://example.org/anmeldung, text: {de: a, fr: b, ar: c, en: d}}
  source: Brief
  as_of: 2027-01-10
  status: confirmed
  repeats: FREQ=YEARLY;COUNT=3
  except: [2028-05-04]
  sequence: 3
# The end.
- uid: old@example.org
  kind: seminar
  title: {de: Früher, fr: Avant, ar: سابقًا, en: Earlier}
  start: 2026-05-04
  source: Brief
  as_of: 2026-01-10
"""
FIELDS = {
    "kind": "seminar",
    "status": "confirmed",
    "for": "both",
    **{f"title_{each}": f'Müll & "Abfall": {each}' for each in LANGUAGES},
    "start_day": "2027-03-09",
    "start_time": "10:00",
    "end_time": "15:30",
    "zone": "Africa/Cairo",
    "place": "Kairo",
    "countries": ["EG", "DE"],
    "source": "Rundschreiben 1",
    "as_of": "2027-01-10",
}


@pytest.fixture
def office(database: Database, house: House, tmp_path: Path) -> Office:
    folder = tmp_path / "events"
    folder.mkdir()
    (folder / "a.yaml").write_text(KEPT, "utf-8")
    return Office(database, house, time=Time(NOW), events_folder=folder)


@pytest.fixture
def admin(office: Office) -> Advisor:
    return office.invite("Ada", role="admin")


def folder_of(office: Office) -> Path:
    assert office.desk.events_folder is not None
    return office.desk.events_folder


def held(office: Office) -> dict[str, CalendarEvent]:
    events, problems = load_events(folder_of(office))
    assert problems == ()
    return {event.uid: event for event in events}


def filled(page: str) -> dict[str, str | list[str]]:
    """What a browser would send with the entry's form as it is."""
    form = re.search(r'<form[^>]*class="event">(.*?)</form>', page, re.DOTALL)
    assert form is not None
    found: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form[1]):
        name, value = (re.search(rf'{each}="([^"]*)"', tag) for each in ("name", "value"))
        assert name is not None
        text = html.unescape(value[1]) if value else ""
        if 'type="checkbox"' not in tag:
            found[name[1]] = text
        elif " checked" in tag:
            several = found.setdefault(name[1], [])
            assert isinstance(several, list)
            several.append(text)
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form[1]):
        chosen = re.search(r'value="([^"]*)" selected', options)
        assert chosen is not None, name
        found[name] = chosen[1]
    for name, text in re.findall(
        r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form[1], re.DOTALL
    ):
        found[name] = html.unescape(text)
    return found


async def opened(browser: httpx.AsyncClient, uid: str) -> dict[str, str | list[str]]:
    page = await browser.get(f"/desk/calendar/entries/{uid}")
    assert page.status_code == 200
    return filled(page.text)


async def test_everyone_looks_and_only_an_admin_edits(office: Office, admin: Advisor) -> None:
    async with office.browser(office.invite("Leila Brandt")) as browser:
        page = (await browser.get("/desk/calendar")).text
        assert page.index("Treffen") < page.index("Früher")
        assert "04.05.2027, 09:00–16:30" in page
        assert "Musterhaus &lt;b&gt;Tunis" in page
        assert "a.yaml:2" in page
        assert "/desk/calendar/new" not in page
        assert (await browser.get("/desk/calendar/new")).status_code == 403
        for path in ("new", "import", "entries/meeting@example.org"):
            assert (await browser.post(f"/desk/calendar/{path}")).status_code == 403
        for deed in ("cancel", "remove"):
            path = f"/desk/calendar/entries/meeting@example.org/{deed}"
            assert (await browser.post(path)).status_code == 403
    async with office.browser() as nobody:
        assert (await nobody.get("/desk/calendar")).status_code == 303
        assert (await nobody.post("/desk/calendar/new", data=FIELDS)).status_code == 401
    async with office.browser(admin, **{"sec-fetch-site": "cross-site"}) as elsewhere:
        assert (await elsewhere.post("/desk/calendar/new", data=FIELDS)).status_code == 403
    assert (folder_of(office) / "a.yaml").read_text("utf-8") == KEPT
    assert len(list(folder_of(office).iterdir())) == 1


async def test_an_admin_adds_an_event(office: Office, admin: Advisor) -> None:
    async with office.browser(admin) as browser:
        blank = filled((await browser.get("/desk/calendar/new")).text)
        assert blank["as_of"] == "2027-01-11"
        with structlog.testing.capture_logs() as logs:
            done = await browser.post("/desk/calendar/new", data={**blank, **FIELDS})
        assert done.headers["location"] == "/desk/calendar?done=added"
        assert "eingetragen" in (await browser.get(done.headers["location"])).text
        (event,) = (each for each in held(office).values() if Path(each.file).name == DESK)
        assert event.title["de"] == 'Müll & "Abfall": de'
        assert event.starts == datetime.fromisoformat("2027-03-09T10:00")
        assert event.ends == datetime.fromisoformat("2027-03-09T15:30")
        assert (event.countries, event.zone, event.sequence) == (("DE", "EG"), "Africa/Cairo", 0)
        assert event.last_modified == NOW
        assert event.uid.endswith("@desk.example.org")
        page = (await browser.get(f"/desk/calendar/entries/{event.uid}")).text
        assert "Zuletzt geändert von <bdi>Ada</bdi>" in page
    assert {"advisor": admin.id, "done": "added", "uid": event.uid}.items() <= logs[-1].items()
    text = (folder_of(office) / DESK).read_text("utf-8")
    assert "Ada" not in text + str(logs)


async def test_an_entry_is_changed_in_its_own_file(office: Office, admin: Advisor) -> None:
    was = held(office)["meeting@example.org"]
    async with office.browser(admin) as browser:
        form = await opened(browser, was.uid)
        done = await browser.post(
            f"/desk/calendar/entries/{was.uid}", data={**form, "place": "Sousse"}
        )
        assert done.status_code == 303
        event = held(office)[was.uid]
        assert (event.place, event.sequence, event.last_modified) == ("Sousse", 4, NOW)
        same = ("title", "starts", "ends", "recurrence", "exceptions", "registration", "countries")
        assert [getattr(event, each) for each in same] == [getattr(was, each) for each in same]
        text = (folder_of(office) / "a.yaml").read_text("utf-8")
        assert text.startswith("# Kept by hand.\n- uid: meeting@example.org\n")
        assert text.endswith(KEPT[KEPT.index("# The end.") :])
        late = await browser.post(f"/desk/calendar/entries/{was.uid}", data=form)
        assert late.status_code == 409
        assert "inzwischen geändert" in late.text
        assert held(office)[was.uid].place == "Sousse"


async def test_an_event_is_cancelled_copied_and_removed(office: Office, admin: Advisor) -> None:
    uid = "meeting@example.org"
    async with office.browser(admin) as browser:
        copied = filled((await browser.get(f"/desk/calendar/new?copy={uid}")).text)
        assert (copied["place"], copied["as_of"]) == ("Musterhaus <b>Tunis</b>", "2027-01-11")
        assert (await browser.post("/desk/calendar/new", data=copied)).status_code == 303
        assert len(held(office)) == 3
        form = await opened(browser, uid)
        version = {"version": str(form["version"])}
        done = await browser.post(f"/desk/calendar/entries/{uid}/cancel", data=version)
        assert done.headers["location"] == "/desk/calendar?done=cancelled"
        assert (held(office)[uid].status, held(office)[uid].sequence) == ("cancelled", 4)
        again = await browser.post(f"/desk/calendar/entries/{uid}/remove", data=version)
        assert again.status_code == 409
        version = {"version": str((await opened(browser, uid))["version"])}
        done = await browser.post(f"/desk/calendar/entries/{uid}/remove", data=version)
        assert done.headers["location"] == "/desk/calendar?done=removed"
        assert uid not in held(office)
        for path in ("", "/cancel", "/remove"):
            gone = await browser.post(f"/desk/calendar/entries/{uid}{path}", data=version)
            assert gone.status_code == 404
        assert (await browser.get(f"/desk/calendar/entries/{uid}")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"end_time": "09:00"}, "end_day", "endet, bevor er beginnt"),
        ({"zone": "Africa/Nowhere"}, "zone", "Zeitzone gibt es nicht"),
        ({"title_ar": " "}, "title_ar", "in allen vier Sprachen"),
        ({"description_fr": "Seul"}, "description_en", "in allen vier Sprachen"),
        ({"reg_text_de": "Nur"}, "reg_text_ar", "in allen vier Sprachen"),
        ({"as_of": "2026-01-01", "valid_until": "2026-06-01"}, "valid_until", "neu"),
        ({"source": ""}, "source", "Quelle fehlt"),
        ({"repeats": "FREQ=SOMETIMES"}, "repeats", "Regel"),
        ({"repeats": "FREQ=DAILY;COUNT=1700"}, "repeats", "zu oft"),
        ({"repeats": "FREQ=MONTHLY"}, "valid_until", "ohne Ende"),
        ({"online": "example.org"}, "online", "https://"),
        ({"reg_url": "x"}, "reg_url", "https://"),
        ({"reg_mail": "x"}, "reg_mail", "E-Mail-Adresse"),
        ({"place": ""}, "place", "Ort oder eine Online-Adresse"),
        ({"as_of": "2027-01-12"}, "as_of", "in der Zukunft"),
        ({"start_day": "2026-12-01", "valid_until": "2026-12-02"}, "valid_until", "Bestätigung"),
        ({"reg_until": "2027-03-10"}, "reg_until", "Anmeldung endet"),
        ({"start_day": ""}, "start_day", "Tag"),
        ({"start_day": "heute"}, "start_day", "Tag"),
        ({"start_day": "2027-02-30"}, "start_day", "Tag"),
        ({"start_time": ""}, "start_day", "Uhrzeit"),
        ({"end_time": ""}, "end_day", "fehlt"),
        ({"kind": "party"}, "kind", "kann so nicht"),
        ({"except": "2027-08-10 x"}, "except", "Tag"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    office: Office, admin: Advisor, changes: dict[str, str], where: str, says: str
) -> None:
    async with office.browser(admin) as browser:
        answer = await browser.post("/desk/calendar/new", data={**FIELDS, **changes})
    assert answer.status_code == 422
    at_field = re.search(rf'id="{where}-wrong" class="wrong">([^<]*)<', answer.text)
    assert at_field is not None, re.findall(r'id="(\w+)-wrong"', answer.text)
    assert says in at_field[1]
    assert f'<li><a href="#{where}">' in answer.text
    assert (
        f'{where}-wrong"'
        in re.findall(rf'id="{where}"[^>]*aria-invalid="true"[^>]*', answer.text)[0]
    )
    assert 'value="Müll &amp; &#34;Abfall&#34;: de"' in answer.text  # nothing is typed twice
    assert not (folder_of(office) / DESK).exists()


async def test_problems_of_the_files_are_shown(office: Office, admin: Advisor) -> None:
    (folder_of(office) / "b.yaml").write_text("- uid: x@example.org\n  kind: seminr\n", "utf-8")
    async with office.browser(admin) as browser:
        page = (await browser.get("/desk/calendar")).text
        assert "b.yaml:2" in page
        assert str(folder_of(office)) not in page
        assert (await browser.post("/desk/calendar/new", data=FIELDS)).status_code == 303


async def test_a_folder_that_cannot_be_written_is_a_sentence(
    office: Office, admin: Advisor
) -> None:
    folder = folder_of(office)
    (folder / DESK.replace(".yaml", ".new")).mkdir()  # in the way of whatever would be written
    ics = {"file": ("a.ics", ONE, "text/calendar")}
    (folder / "imported.new").mkdir()
    async with office.browser(admin) as browser:
        answers = [
            await browser.post("/desk/calendar/new", data=FIELDS),
            await browser.post("/desk/calendar/import", files=ics),
        ]
    for answer in answers:
        assert answer.status_code == 500
        assert "schreibgeschützt" in answer.text
    assert len(held(office)) == 2


async def test_what_is_saved_is_in_force_at_once(
    database: Database, house: House, tmp_path: Path
) -> None:
    live = LiveCalendar(tmp_path, NOW.date())
    office = Office(
        database,
        house,
        time=Time(NOW),
        events_folder=tmp_path,
        calendar=live,
        calendar_changed=lambda: live.refresh(NOW.date()),
    )
    async with office.browser(office.invite("Ada", role="admin")) as browser:
        assert (await browser.post("/desk/calendar/new", data=FIELDS)).status_code == 303
        assert len(live().events) == 1
        ics = {"file": ("a.ics", ONE, "text/calendar")}
        assert (await browser.post("/desk/calendar/import", files=ics)).status_code == 200
        assert len(live().events) == 2


def _ics(summary: str, *more: str) -> bytes:
    lines = (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:a@example.org"),
        *(f"SUMMARY:{summary}", "DTSTART;VALUE=DATE:20270504", *more),
        *("END:VEVENT", "END:VCALENDAR", ""),
    )
    return "\r\n".join(lines).encode()


ONE = _ics("Séminaire à Sousse")


async def test_a_calendar_file_is_taken_in_and_reported(office: Office, admin: Advisor) -> None:
    async with office.browser(admin) as browser:

        async def upload(content: bytes, name: str = "Termine März.ics") -> httpx.Response:
            return await browser.post(
                "/desk/calendar/import",
                data={"language": "fr"},
                files={"file": (name, content, "text/calendar")},
            )

        first = await upload(ONE)
        assert first.status_code == 200
        assert "Neu (1):" in first.text
        event = held(office)["a@example.org"]
        assert event.title == {"fr": "Séminaire à Sousse"}
        assert event.source == "Termine März.ics"
        assert "Unverändert (1):" in (await upload(ONE)).text
        assert "Geändert (1):" in (await upload(_ics("Atelier"))).text
        assert "Abgesagt (1):" in (await upload(_ics("Atelier", "STATUS:CANCELLED"))).text
        assert held(office)["a@example.org"].status == "cancelled"
        odd = await upload(_ics("x").replace(b"DTSTART", b"RDATE:20270101\r\nDTSTART"))
        assert "Nicht eingelesen (1):" in odd.text


async def test_what_is_no_calendar_is_refused(office: Office, admin: Advisor) -> None:
    async with office.browser(admin) as browser:

        async def status(**sent: object) -> int:
            return (await browser.post("/desk/calendar/import", **sent)).status_code  # type: ignore[arg-type]

        assert await status(files={"file": ("a.ics", b"no calendar", "text/calendar")}) == 422
        assert await status(files={"file": ("a.ics", b"", "text/calendar")}) == 422
        assert await status(files={"other": ("a.ics", ONE, "text/calendar")}) == 422
        assert await status(files={"file": ("a.ics", b"x" * (LARGEST + 1), "x/y")}) == 422
        assert await status(files={"file": ("a.ics", b"x" * (2 * LARGEST), "x/y")}) == 413
        assert await status(data={"file": "x"}) == 400
        headers = {"content-type": "multipart/form-data"}
        assert await status(content=b"--x\r\n\r\n--x--", headers=headers) == 422
    assert len(held(office)) == 2
