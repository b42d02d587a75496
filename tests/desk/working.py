"""A desk at work: the real house, people who write to it, advisors with browsers."""

from __future__ import annotations

import re
from typing import Any

import httpx
from entering import OWN, PUBLIC, Time
from fastapi import FastAPI

from kpbot.cases import Action, Case, Refused
from kpbot.casework import undelivered
from kpbot.channels import NotSent
from kpbot.channels.web.headers import Guard
from kpbot.channels.web.limits import Rate
from kpbot.delivery import deliver_due
from kpbot.desk.canned import load_canned
from kpbot.desk.guard import DeskAccess, install
from kpbot.desk.house import DeskHouse
from kpbot.desk.login import login_routes
from kpbot.desk.routes import desk_routes
from kpbot.house import House
from kpbot.model import ByAdvisor, Content, Inbound, Language, Message, Opened, Pressed, Said
from kpbot.settings import Settings
from kpbot.store import advisors, cases, erasure, sessions, tokens
from kpbot.store.advisors import Advisor, Role
from kpbot.store.database import Database
from kpbot.turn import Taken, act, receive
from walk import PRESSES, WORDS, next_step


class _Way:
    """To people, open or shut."""

    name = "web"
    repeats_show = True

    def __init__(self, failure: NotSent | None) -> None:
        self._failure = failure

    async def send(self, _address: str, _message: Message) -> None:
        """It has arrived, unless the way is shut."""
        if self._failure is not None:
            raise self._failure


class Office:
    """The desk's application over a database, with everything that happens around it."""

    def __init__(self, database: Database, house: House, public: str = PUBLIC, **more: Any) -> None:
        self.database = database
        self.house = house
        self.public = public
        self.time = more.pop("time", None) or Time()
        self.access = DeskAccess(database, self.time, public)
        self.count = 0
        canned, problems = load_canned(Settings().content)
        assert not problems
        more.setdefault("send_invitation", lambda: None)
        more.setdefault("api_rate", Rate(burst=1e9, a_second=1e9))
        self.desk = DeskHouse(
            self.access, house.dialogs, self._act, self._erase, canned=canned, **more
        )
        self.app = FastAPI(openapi_url=None)
        install(self.app, self.access)
        self.app.include_router(login_routes(self.access))
        for router in desk_routes(self.desk):
            self.app.include_router(router)
        self.app.add_middleware(Guard)

    # ── people ──

    def happen(self, person: str, content: Content, language: Language = "de") -> Taken:
        """The content has become a turn."""
        self.count += 1
        inbound = Inbound("web", person, f"m{self.count}", self.time(), content, language)
        taken = receive(self.database, inbound, self.house)
        assert taken is not None
        return taken

    def enquire(
        self, person: str, language: Language = "de", *, presses: Any = None, **words: str
    ) -> str:
        """The person has sent a whole enquiry with these words; its reference."""
        taken = self.happen(person, Opened(), language)
        for _ in range(60):
            turn = taken.conversation.turn
            if taken.record is not None:
                return str(taken.record["reference"])
            content: Content = next_step(taken.at, turn)
            if taken.at in words:
                content = Said(words[taken.at])
            elif taken.at in WORDS or (presses and taken.at in presses):
                told = (presses or PRESSES).get(taken.at)
                content = Pressed(turn, taken.at, told) if told else content
            taken = self.happen(person, content, language)
        raise AssertionError(taken.at)

    async def deliver(self, failure: NotSent | None = None) -> None:
        """What waits for people has gone out, or could not."""
        await deliver_due(
            self.database,
            {"web": _Way(failure)},
            self.time,
            given_up=lambda c, lost, at: undelivered(c, lost, self.house, at),
        )

    # ── advisors ──

    def invite(
        self, name: str = "Leila Brandt", email: str = "", role: Role = "advisor"
    ) -> Advisor:
        """Somebody who may enter."""
        email = email or f"{name.split(' ', maxsplit=1)[0].lower()}@example.org"
        return self.database.write(
            lambda c: advisors.add(c, name, email, role=role, at=self.time())
        )

    def cookie(self, advisor: Advisor) -> dict[str, str]:
        """What the advisor's browser holds."""
        held = self.database.write(lambda c: sessions.begin(c, advisor.id, self.time()))
        return {self.access.cookie: held}

    def browser(self, advisor: Advisor | None = None, **headers: str) -> httpx.AsyncClient:
        """The advisor's browser, logged in, without redirects followed."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url=self.public,
            headers={**OWN, "accept-language": "de", **headers},
            cookies=self.cookie(advisor) if advisor is not None else None,
            trust_env=False,
        )

    def system(self, *scopes: str, name: str = "crm") -> httpx.AsyncClient:
        """A system of the operator's with a token for these scopes."""
        secret = self.database.write(lambda c: tokens.add(c, name, scopes, self.time()))
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app),
            base_url=self.public,
            headers={"authorization": f"Bearer {secret}"},
            trust_env=False,
        )

    def do(self, advisor: Advisor, reference: str, action: Action) -> Case | Refused:
        """The advisor does it through another door."""
        self.count += 1
        done = ByAdvisor(reference, advisor.id, advisor.name, action)
        return self._act(done, f"other:{self.count}")

    def people(self) -> list[Advisor]:
        """Every advisor."""
        return self.database.read(advisors.every)

    def case(self, reference: str) -> Case:
        """The case as it is."""
        found = self.database.read(lambda c: cases.get(c, reference))
        assert found is not None
        return found

    def entries(self, reference: str, kind: str = "") -> list[cases.Entry]:
        """The file of the case, or the entries of one kind."""
        found = self.database.read(lambda c: cases.entries(c, reference))
        return [each for each in found if kind in {"", each.kind}]

    def _act(self, done: ByAdvisor, message_id: str) -> Case | Refused:
        taken = act(self.database, done, message_id, self.time(), self.house)
        if isinstance(taken, Refused):
            return taken
        assert taken.case is not None
        return taken.case

    def _erase(self, reference: str) -> bool:
        def work(connection: Any) -> bool:
            case = cases.get(connection, reference)
            if case is not None:
                erasure.erase(connection, case.conversation)
            return case is not None

        done = self.database.write(work)
        self.database.forget()
        return done


def form_of(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form with that action, as the browser would send them."""
    found = re.search(rf'<form[^>]*action="[^"]*/{action}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert found is not None, f"no form {action}"
    inputs = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", found[1])
    pairs = [
        (re.search(r'name="([^"]*)"', each), re.search(r'value="([^"]*)"', each)) for each in inputs
    ]
    return {name[1]: value[1] for name, value in pairs if name and value}
