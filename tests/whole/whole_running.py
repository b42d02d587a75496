"""The whole house as an operator runs it: `kpbot serve`, both bots, and who else hears."""

from __future__ import annotations

import json
import re
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa
from standardwebhooks import Webhook

from bot_api import BotApi, Message, PrivateChat
from cli.running import Kpbot
from kpbot.cases import Case
from kpbot.store import advisors, cases
from kpbot.store.database import Database
from kpbot.store.tables import outbox
from served import Served

PUBLIC = "123456789:AAtest-token-of-an-invented-bot_0000"
STAFF = "77:staff"
SECRET = f"whsec_{b64encode(b'for the tests and for nothing else').decode()}"
SOON_SECONDS = 180.0
"""How long a test waits for what must come."""


def plain(text: str) -> str:
    """The text without the marks that keep names and numbers apart in Arabic."""
    return re.sub("[\u2066-\u2069]", "", text)


def eventually(wanted: Callable[[], Any], what: str = "") -> Any:
    """What the function gives once it is true. Raises TimeoutError."""
    deadline = time.monotonic() + SOON_SECONDS
    while not (found := wanted()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {SOON_SECONDS} seconds: {what or wanted}")
        time.sleep(0.05)
    return found


@dataclass(frozen=True)
class Advisor:
    """Somebody of the team, with an account at the desk and a chat with the staff bot."""

    name: str
    email: str
    password: str
    chat: PrivateChat


class Whole:
    """The running program with a SQLite file, and both bots at the Bot API server of the tests."""

    def __init__(self, folder: Path, api: BotApi, *, forum: bool = False, **settings: str) -> None:
        """Nothing runs yet, nobody is known. `settings`: without the prefix."""
        self.api = api
        self.kpbot = Kpbot(folder)
        self.public = api.bot(PUBLIC, username="kpbot")
        self.staff = api.bot(STAFF, username="kpteambot")
        self.group = api.group(self.staff, forum=forum, supergroup=True, admin=True)
        self.kpbot.environment |= {
            "KPBOT_TELEGRAM_TOKEN": PUBLIC,
            "KPBOT_TELEGRAM_API": api.url,
            "KPBOT_STAFF_TOKEN": STAFF,
            "KPBOT_STAFF_API": api.url,
            "KPBOT_STAFF_CHAT": str(self.group.id),
            **{f"KPBOT_{name.upper()}": value for name, value in settings.items()},
        }

    @cached_property
    def leila(self) -> Advisor:
        """An advisor who has an account from the first look at her."""
        return self._hire("Leila Brandt", 501)

    @cached_property
    def omar(self) -> Advisor:
        """Another one."""
        return self._hire("Omar Haddad", 502)

    @cached_property
    def database(self) -> Database:
        """The same file, for looking into it."""
        return Database(self.kpbot.url)

    def close(self) -> None:
        """The file is closed here."""
        self.database.close()

    def serve(self, port: int = 0) -> Served:
        """The program; to be used as a context."""
        return Served(self.kpbot, port=port)

    def enquirer(self, user_id: int = 1001, language_code: str | None = None) -> Enquirer:
        """Somebody who has not written to the public bot yet."""
        chat = self.api.private_chat(self.public, user_id, language_code=language_code)
        return Enquirer(self, chat)

    def record(self, reference: str) -> dict[str, Any]:
        """What was handed over, as the command line shows it."""
        (record,) = self.kpbot("records", "show", reference, "--json").lines
        assert isinstance(record, dict)
        return record

    def status(self) -> dict[str, Any]:
        """What `kpbot status` says."""
        (state,) = self.kpbot("status", "--json").lines
        assert isinstance(state, dict)
        return state

    def case(self, reference: str) -> Case:
        """The case now."""
        found = self.database.read(lambda connection: cases.get(connection, reference))
        assert found is not None
        return found

    def owner(self, reference: str) -> str:
        """The name of the advisor who has the case; empty: nobody."""
        advisor = self.case(reference).advisor
        known = self.database.read(lambda connection: advisors.get(connection, advisor or ""))
        return known.name if known is not None else ""

    def card(self, reference: str) -> Message:
        """The card of the case in the team's group. Raises TimeoutError."""
        card = self.group.wait_for(
            lambda ms: next((m for m in ms if m.text.startswith(f"{reference} ·")), None),
            timeout=SOON_SECONDS,
        )
        assert isinstance(card, Message)
        return card

    def waiting(self, channel: str, address: str | None = None) -> list[sa.Row[Any]]:
        """What has not gone out to the address yet, or to any of the channel."""
        return [row for row in self.sent(channel, address) if row.state == "waiting"]

    def sent(self, channel: str, address: str | None = None) -> list[sa.Row[Any]]:
        """Everything that was to go out to the address, or to any of the channel, in order."""
        query = sa.select(outbox).where(outbox.c.channel == channel).order_by(outbox.c.id)
        if address is not None:
            query = query.where(outbox.c.address == address)
        return self.database.read(lambda connection: list(connection.execute(query)))

    def let_leases_end(self) -> None:
        """The two minutes are over after which what a dead process was sending is sent again."""
        over = datetime.now(UTC) - timedelta(seconds=1)  # noqa: TID251 (the process has the real clock)
        ended = outbox.update().where(outbox.c.leased_until.is_not(None)).values(leased_until=over)
        self.database.write(lambda connection: connection.execute(ended))

    def _hire(self, name: str, telegram: int) -> Advisor:
        email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
        ran = self.kpbot("desk", "add", name, "--email", email, "--telegram", str(telegram))
        found = re.search(r"shown this once: (\S+)", ran.out)
        assert found is not None, ran
        chat = self.api.private_chat(
            self.staff, telegram, first_name=name.split(maxsplit=1)[0], begun=True
        )
        return Advisor(name, email, found[1], chat)


MakeWhole = Callable[..., Whole]
"""Makes the house with these settings; it does not run yet."""


class Enquirer:
    """A person in the chat with the public bot, who waits for each answer before going on."""

    def __init__(self, whole: Whole, chat: PrivateChat) -> None:
        """Nothing was said yet."""
        self.whole = whole
        self.chat = chat
        self.address = str(chat.id)

    def do(self, act: Callable[[], object]) -> str:
        """What was said to the act, once it was taken and everything has gone out."""
        before, toasts = len(self.chat.messages), len(self.chat.toasts)
        act()
        self.settle()
        heard = [message.text for message in self.chat.messages[before:]]
        return "\n".join([*heard, *self.chat.toasts[toasts:]])

    def say(self, text: str) -> str:
        """The answer to the text."""
        return self.do(lambda: self.chat.say(text))

    def press(self, title: str) -> str:
        """The answer to the button of the newest message that has such a one."""
        message = next(m for m in reversed(self.chat.messages) if title in m.titles)
        return self.do(lambda: self.chat.press(message, title))

    def settle(self) -> None:
        """What the person did was committed and confirmed, and nothing waits for them."""
        eventually(self._is_settled, f"chat {self.address} settles")

    def arrived(self) -> list[str]:
        """Every message of the bot, in order."""
        return [message.text for message in self.chat.messages]

    def _is_settled(self) -> bool:
        with self.whole.api.world.lock:
            updates = self.whole.public.updates
            lanes = {("chat", self.chat.id), ("user", self.chat.id)}
            mine = [each for each in (*updates.pending, *updates.again) if each.lane in lanes]
        return not mine and not self.whole.waiting("telegram", self.address)


class Webhooks:
    """The operator's own system: every event it got, signed as agreed."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self.events: list[dict[str, Any]] = []
        self.news = threading.Condition()
        self.address = ""

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The events of this kind so far."""
        with self.news:
            return [each for each in self.events if each["type"] == kind]

    def wait_for(self, kind: str) -> dict[str, Any]:
        """The first event of the kind. Raises TimeoutError."""
        with self.news:
            if not self.news.wait_for(
                lambda: any(each["type"] == kind for each in self.events), SOON_SECONDS
            ):
                raise TimeoutError(f"no {kind}, only {[each['type'] for each in self.events]}")
        return self.of(kind)[0]

    def take(self, body: bytes, headers: dict[str, str]) -> None:
        """The event is kept. Raises WebhookVerificationError."""
        Webhook(SECRET).verify(body, headers)
        with self.news:
            self.events.append(json.loads(body))
            self.news.notify_all()


@contextmanager
def receiving() -> Iterator[Webhooks]:
    """A receiver of webhooks on this machine."""
    webhooks = Webhooks()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            webhooks.take(body, {name.lower(): value for name, value in self.headers.items()})
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the same)
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        webhooks.address = f"http://127.0.0.1:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield webhooks
        finally:
            server.shutdown()
            thread.join()


def at_the_desk(address: str, advisor: Advisor) -> httpx.Client:
    """The advisor's browser, without scripts, after logging in with the password."""
    browser = httpx.Client(
        base_url=address,
        headers={"sec-fetch-site": "same-origin", "accept-language": "de"},
        trust_env=False,
        timeout=60,
    )
    fields = {"email": advisor.email, "password": advisor.password, "next": "/desk"}
    answer = browser.post("/desk/login", data=fields)
    assert answer.status_code == 303, answer.text
    return browser
