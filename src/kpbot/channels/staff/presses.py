"""Pressed buttons: every one is answered, so that the press is seen to have arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import CallbackQuery, ForceReply
from telegram.error import BadRequest, TelegramError

from kpbot.cases import (
    CLOSE_REASONS,
    Action,
    Claim,
    Close,
    HandOver,
    Refused,
    Release,
    Reopen,
    Snooze,
)
from kpbot.channels.staff import words
from kpbot.channels.staff.commands import show_case, titled, turn_page
from kpbot.channels.staff.failures import is_gone, is_not_modified
from kpbot.channels.staff.moments import snoozed_until
from kpbot.channels.staff.office import Office, Visit
from kpbot.channels.staff.rendering import (
    addressed,
    card_pieces,
    desk_key,
    menu,
    usual_keyboard,
)
from kpbot.engine.card import REASONS, moment

log = structlog.get_logger()

LONGEST_TOAST = 200
_MENUS = frozenset({"hand", "snooze", "close"})
_LISTS = frozenset({"cases", "mine"})


async def pressed(office: Office, visit: Visit, query: CallbackQuery) -> None:
    """What the button stands for is done, and the press is answered."""
    first, _, rest = (query.data or "").partition(":")
    if first in _LISTS:
        await toast(query, "")
        await turn_page(office, visit, first, int(rest) if rest.isdigit() else 0)
        return
    action, _, choice = rest.partition(":")
    match action:
        case "show":
            await toast(query, "")
            await show_case(office, visit, first)
        case "reply":
            await _ask_for_reply(office, visit, query, first)
        case "back":
            await toast(query, "")
            await _renew(office, visit, first)
        case _ if action in _MENUS and not choice:
            await _open_menu(office, visit, query, first, action)
        case _:
            await _do(office, visit, query, reference=first, pressed=(action, choice))


async def toast(query: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """The press is answered; one that is too old to be answered needs no answer."""
    try:
        await query.answer(text[:LONGEST_TOAST], show_alert=alert)
    except TelegramError as error:
        log.info("toast_not_shown", failure=type(error).__name__)


async def _do(
    office: Office, visit: Visit, query: CallbackQuery, *, reference: str, pressed: tuple[str, str]
) -> None:
    name, choice = pressed
    action = _action(office, name, choice)
    if action is None:
        await toast(query, words.OLD_BUTTON)
        return
    outcome = await office.do(visit, reference, action)
    if isinstance(outcome, Refused):
        await toast(query, await office.why(outcome), alert=True)
    else:
        await toast(query, words.DONE[name].format(what=_what(office, action)))
    if isinstance(outcome, Refused) or not await _is_card(office, visit, reference):
        await _renew(office, visit, reference)  # the card itself is renewed by what happened


def _action(office: Office, action: str, choice: str) -> Action | None:
    """What the press means; None: nothing (any more)."""
    match action:
        case "claim":
            return Claim()
        case "release":
            return Release()
        case "reopen":
            return Reopen()
        case "hand":
            desk = next((each for each in office.desks if desk_key(each) == choice), None)
            return HandOver(desk) if desk is not None else None
        case "snooze":
            until = snoozed_until(choice, office.clock())
            return Snooze(until) if until is not None else None
        case "close":
            reason = next((each for each in CLOSE_REASONS if each == choice), None)
            return Close(reason) if reason is not None else None
        case _:
            return None


def _what(office: Office, action: Action) -> str:
    match action:
        case HandOver(desk):
            return office.desks[desk]
        case Snooze(until):
            return moment(until)
        case Close(reason):
            return REASONS[reason]
        case _:
            return ""


async def _open_menu(
    office: Office, visit: Visit, query: CallbackQuery, reference: str, action: str
) -> None:
    hindrance = await office.hindrance(visit, reference)
    case = await office.case(reference)
    if hindrance is not None or case is None:
        await toast(query, await office.why(hindrance or Refused("unknown")), alert=True)
        await _renew(office, visit, reference)
        return
    await toast(query, "")
    message, choices = visit.message, menu(action, case, office.desks)
    if message is None or not await _change(lambda: message.edit_reply_markup(choices)):
        await show_case(office, visit, reference)  # that card is out of reach: here is another


async def _ask_for_reply(
    office: Office, visit: Visit, query: CallbackQuery, reference: str
) -> None:
    hindrance = await office.hindrance(visit, reference)
    if hindrance is not None:
        await toast(query, await office.why(hindrance), alert=True)
        return
    await toast(query, "")
    name = visit.advisor.name
    asked = await office.say(
        visit.chat,
        addressed(name, visit.user, words.ASK_REPLY.format(name=name, case=reference)),
        under=ForceReply(selective=True, input_field_placeholder=words.REPLY_FIELD),
        to=visit.message,
    )
    await office.keep(asked, reference)


async def _is_card(office: Office, visit: Visit, reference: str) -> bool:
    """Whether the button stands under the case's card, not under a copy of it."""
    place = await asyncio.to_thread(office.memory.place, visit.chat, reference)
    return visit.message is not None and visit.message.message_id in place.card


async def _renew(office: Office, visit: Visit, reference: str) -> None:
    """The message under whose button it was shows the case as it is, with its usual buttons."""
    shown = await office.shown(reference)
    message = visit.message
    if shown is None or message is None:
        return
    title, text = titled(shown)
    piece = card_pieces(title, text)[0]
    buttons = usual_keyboard(shown.case)
    await _change(
        lambda: message.edit_text(piece.text, entities=piece.entities, reply_markup=buttons)
    )


async def _change(change: Callable[[], Awaitable[object]]) -> bool:
    """The message is as it should be; False: it is gone."""
    try:
        await change()
    except BadRequest as error:
        if is_gone(error):
            return False
        if not is_not_modified(error):
            raise
    return True
