"""A person whose every word is a mark, through every door, and the search for the marks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import httpx
import sqlalchemy as sa

from bot_api import BotApi
from channels.telegram.bot_running import TOKEN, Running
from kpbot.house import House
from kpbot.model import COMMAND, Attached, Content, Edited, Pressed, Said
from kpbot.person import Person
from kpbot.store.database import Database
from kpbot.store.fields import EncryptedJSON
from kpbot.store.rotation import columns
from kpbot.store.tables import metadata
from served import Guest
from walk import next_step

MARK = "zyxomma7"
"""Stands in every word of the person's, whatever the case."""
PHONE = "30901820"
"""And this in the telephone number: the test's own, of the numbers nobody has."""
ANSWERS = {
    "municipality_name": f"Gemeinde {MARK}ort",
    "description": f"Wir möchten {MARK}plan gemeinsam mit einer Stadt angehen.",
    "contact_name": f"Sabine {MARK}name",
    "function": f"Leitung {MARK}amt",
    "department": f"Abteilung {MARK}abteilung",
    "email": f"{MARK}post@example.org",
    "phone": f"+49 {PHONE[:2]} {PHONE[2:]}",
    "availability": f"montags {MARK}zeit",
}
QUESTION = f"Gibt es etwas zu {MARK}frage?"
EARLIER = f"Gemeinde {MARK}frueher"
TO_ADVISOR = f"Hier noch ein Wort: {MARK}nachtrag"
EDITED = f"Hier noch ein Wort: {MARK}geaendert"
REPLY = f"Guten Tag, wegen {MARK}antwort melden wir uns."
NOTE = f"Intern: {MARK}notiz prüfen."
PLANTED = (*ANSWERS.values(), QUESTION, EARLIER, TO_ADVISOR, EDITED, REPLY, NOTE)


def enquire(person: Person) -> str:
    """A whole enquiry, every text a mark; its reference."""
    person.happen(Said("hallo"))
    person.happen(Said(QUESTION))
    corrected = False
    for _ in range(80):
        assert person.taken is not None
        conversation = person.taken.conversation
        if conversation.sent:
            return conversation.sent[-1]
        at = person.taken.at
        if at == "municipality_name" and not corrected:
            corrected = True
            person.happen(Said(EARLIER))
            turn = person.taken.conversation.turn
            person.happen(Pressed(turn, COMMAND, "change:municipality_name"))
            continue
        person.happen(step_of(at, conversation.turn))
    raise AssertionError(f"the enquiry stands at {at}")


def begin_another(person: Person) -> None:
    """An enquiry that stays a draft: an answer, and one that was given and applies no more."""
    for content in (Said("neue anfrage"), None, None, None):
        assert person.taken is not None
        turn = person.taken.conversation.turn
        person.happen(content or step_of(person.taken.at, turn))


def step_of(at: str, turn: int) -> Content:
    """What the person does there."""
    return Said(ANSWERS[at]) if at in ANSWERS else next_step(at, turn)


def chatter(person: Person) -> None:
    """What a person says while an advisor listens."""
    for content in (Said(TO_ADVISOR), Edited(EDITED), Attached("photo")):
        person.happen(content)


def through_the_api(address: str) -> Guest:
    """A person at the component, in the midst of an enquiry."""
    guest = Guest(address)
    for event in ({"press": "start"}, {"press": "yes"}, {"press": "german_municipality"}):
        if not guest.token:
            guest.say("hallo")
        guest.act(event)
    guest.say(ANSWERS["municipality_name"])
    guest.say(QUESTION)
    return guest


def through_the_page(address: str) -> httpx.Client:
    """A person at the page without JavaScript."""
    client = httpx.Client(base_url=address, trust_env=False, follow_redirects=True)
    for text in ("hallo", f"Mein Name ist {MARK}seite"):
        proof = ""
        with suppress(IndexError):
            proof = client.get("/chat").text.split('name="proof" value="')[1].split('"')[0]
        answer = client.post("/chat", data={"say": text, "turn": "0", "proof": proof})
        assert answer.status_code == 200, answer.text
    return client


def through_telegram(house: House, database: Database) -> str:
    """A person at the public bot, with updates between theirs that nobody can read."""
    with BotApi() as api:
        bot = api.bot(TOKEN, username="kpbot")
        running = Running(api, house, database)
        try:
            chat = api.private_chat(bot, int(PHONE), first_name=f"{MARK}vorname")
            running.poll()
            chat.start("de")
            chat.say(f"Mein Name ist {MARK}telegramm")
            chat.bot.poison()
            chat.bot.push_raw({"message": {"message_id": 5, "text": MARK, "chat": MARK}})
            running.settle()
            chat.send_photo()
            running.settle()
            assert len(chat.messages) >= 2
        finally:
            running.stop()
    return str(chat.id)


# ── the search ───────────────────────────────────────────────────────────────────────────────


def holds_mark(text: str) -> bool:
    """Whether a mark is in the text, however it is written."""
    digits = "".join(each for each in text if each.isdigit())
    return MARK in text.casefold() or PHONE in text or PHONE in digits


def columns_with_marks(database: Database) -> set[str]:
    """Every column of every table, read as the program reads it."""

    def search(connection: sa.Connection) -> set[str]:
        return {
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for row in connection.execute(sa.select(table)).mappings()
            for column in table.columns
            if MARK in str(row[column.name]).casefold() or PHONE[2:] in str(row[column.name])
        }

    return database.read(search)


def sealed_columns(database: Database) -> set[str]:
    """The columns whose stored values are all sealed."""

    def search(connection: sa.Connection) -> set[str]:
        found = set()
        for column in columns():
            plain = sa.JSON() if isinstance(column.type, EncryptedJSON) else sa.Text()
            stored = connection.execute(sa.select(sa.type_coerce(column, plain))).scalars().all()
            if stored and all(str(each).startswith("\x01") for each in stored):
                found.add(f"{column.table.name}.{column.name}")
        return found

    return database.read(search)


def files_with_marks(folder: Path) -> list[str]:
    """Every file below the folder, byte by byte, as UTF-8 and UTF-16."""
    words = (MARK, MARK.upper(), MARK.capitalize(), PHONE[2:])
    forms = [w.encode(c) for w in words for c in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        str(each.relative_to(folder))
        for each in sorted(folder.rglob("*"))
        if each.is_file() and any(form in _opened(each.read_bytes()) for form in forms)
    ]


def _opened(content: bytes) -> bytes:
    """A table of a spreadsheet is a compressed folder."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def outputs_with_marks(commands: dict[str, Callable[[], bytes]]) -> Iterable[str]:
    """The names of the commands whose output holds a mark."""
    for name, command in commands.items():
        if holds_mark(_opened(command()).decode(errors="replace")):
            yield name
