"""What the job queue does: the digest of the day, and reminders. The truth is in the store."""

from __future__ import annotations

import asyncio
from datetime import time, timedelta

import structlog
from telegram.error import TelegramError

from kpbot.cases import Case
from kpbot.channels.staff import figures, words
from kpbot.channels.staff.failures import not_sent
from kpbot.channels.staff.moments import digest_day
from kpbot.channels.staff.office import Office
from kpbot.channels.staff.rendering import Piece, addressed
from kpbot.events import GERMANY
from kpbot.store import advisors, cases

log = structlog.get_logger()

AHEAD = timedelta(hours=1)
"""So long before an advisor loses a case they are reminded of it."""
_DIGEST = "digest"


class Rounds:
    """Made again and again; each thing is said once, over restarts too."""

    def __init__(self, office: Office, digest_at: time | None) -> None:
        """`digest_at`: time of day in Germany; None: no digest."""
        self._office = office
        self._digest_at = digest_at
        self._last_digest: str | None = None

    async def make(self) -> None:
        """What is due now was said."""
        await self._digest()
        await self._remind()

    async def _digest(self) -> None:
        if self._digest_at is None:
            return
        office, now = self._office, self._office.clock()
        day = digest_day(now, self._digest_at, self._last_digest)
        if day is None:
            return
        self._last_digest = day
        if not await asyncio.to_thread(office.memory.begin_once, _DIGEST, day):
            return
        found = await office.read(lambda connection: cases.every(connection, open_only=True))
        text = figures.digest(found, now, office.desks, await office.names())
        chat = await asyncio.to_thread(office.memory.chat)
        if not await self._say(chat, Piece(text), _DIGEST):
            self._last_digest = None

    async def _remind(self) -> None:
        """Whoever is about to lose a case by doing nothing reads so, once a lease."""
        now = self._office.clock()
        for case in await self._office.read(lambda c: cases.every(c, open_only=True)):
            if case.lease_until is not None and now < case.lease_until <= now + AHEAD:
                await self._remind_of(case)

    async def _remind_of(self, case: Case) -> None:
        office = self._office
        note = f"reminded:{case.reference}"
        owner = case.advisor or ""
        advisor = await office.read(lambda connection: advisors.get(connection, owner))
        if advisor is None or case.lease_until is None:
            return
        if not await asyncio.to_thread(
            office.memory.begin_once, note, case.lease_until.isoformat(), case=case
        ):
            return
        text = words.LEASE_ENDS.format(
            name=advisor.name,
            case=case.reference,
            time=f"{case.lease_until.astimezone(GERMANY):%H:%M}",
        )
        piece = Piece(text)
        if advisor.telegram is not None and advisor.telegram.isdigit():
            piece = addressed(advisor.name, int(advisor.telegram), text)
        chat = await asyncio.to_thread(office.memory.chat)
        await self._say(chat, piece, note, case)

    async def _say(
        self, chat: int | str, piece: Piece, note: str, case: Case | None = None
    ) -> bool:
        """It was said, or may have been; False: it was not, and it is due again."""
        office = self._office
        topic = card = None
        if case is not None:
            place = await asyncio.to_thread(office.memory.place, chat, case.reference)
            topic, card = place.topic, next(iter(place.card), None)
        try:
            said = await office.say(
                chat, piece, topic=topic, card=None if topic is not None else card
            )
        except TelegramError as error:
            outcome = not_sent(error)
            log.warning("round_not_said", failure=outcome.reason)
            if outcome.doubtful:
                return True
            await asyncio.to_thread(office.memory.undo_once, note)
            return False
        if case is not None:
            await office.keep(said, case.reference)
        return True
