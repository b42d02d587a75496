"""Commands: lists of cases, one case, figures, help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from kpbot.cases import Case
from kpbot.channels.staff import figures, words
from kpbot.channels.staff.failures import is_not_modified
from kpbot.channels.staff.office import Office, Shown, Visit
from kpbot.channels.staff.rendering import card_pieces, usual_keyboard
from kpbot.engine.card import state_line
from kpbot.store import cases

PAGE = 8
"""Cases on one page of a list."""
_COLUMNS = 4


async def list_cases(office: Office, visit: Visit, which: str) -> None:
    """The first page of the open cases, or of the advisor's own."""
    text, buttons = await _page(office, visit, which, 0)
    await office.say(visit.chat, text, under=buttons, to=visit.message)


async def turn_page(office: Office, visit: Visit, which: str, number: int) -> None:
    """The list whose button was pressed shows that page, as it is now."""
    text, buttons = await _page(office, visit, which, number)
    if visit.message is None:
        return
    try:
        await visit.message.edit_text(text, reply_markup=buttons)
    except BadRequest as error:
        if not is_not_modified(error):
            raise


async def show_case(office: Office, visit: Visit, reference: str) -> None:
    """The case stands in the chat as a card with its buttons."""
    shown = await office.shown(reference)
    if shown is None:
        await office.answer(visit, words.NO_SUCH_CASE.format(case=reference[:20]))
        return
    buttons = usual_keyboard(shown.case)
    for number, piece in enumerate(card_pieces(*titled(shown))):
        said = await office.say(
            visit.chat, piece, under=None if number else buttons, to=visit.message
        )
        await office.keep(said, shown.case.reference)


async def one_case(office: Office, visit: Visit, arguments: Sequence[str]) -> None:
    """The case that was named."""
    if not arguments:
        await office.answer(visit, words.CASE_HOW)
        return
    await show_case(office, visit, arguments[0].strip().upper())


async def tell_figures(office: Office, visit: Visit) -> None:
    """How many cases are where, and how quickly they were answered."""
    every = await office.read(cases.every)
    await office.answer(visit, figures.statistics(every, office.clock()))


async def tell_help(office: Office, visit: Visit) -> None:
    """What can be done here."""
    await office.answer(visit, words.HELP)


def titled(shown: Shown) -> tuple[str, str]:
    """Title and text of a card of the case."""
    state = state_line(shown.case, shown.advisor)
    return f"{shown.case.reference} · {shown.desk}", f"{state}\n\n{shown.summary}"


async def _page(
    office: Office, visit: Visit, which: str, number: int
) -> tuple[str, InlineKeyboardMarkup | None]:
    found = await office.read(lambda connection: cases.every(connection, open_only=True))
    heading, nothing = words.CASES, words.NOTHING_OPEN
    if which == "mine":
        found = [case for case in found if case.advisor == visit.advisor.id]
        heading, nothing = words.MINE, words.NOTHING_YOURS
    if not found:
        return nothing, None
    last = (len(found) - 1) // PAGE
    number = min(max(number, 0), last)
    page = found[number * PAGE : (number + 1) * PAGE]
    names = await office.names()
    return _text(heading, found, page, office.desks, names), _buttons(which, page, number, last)


def _text(
    heading: str,
    found: Sequence[Case],
    page: Sequence[Case],
    desks: Mapping[str, str],
    names: Mapping[str, str],
) -> str:
    lines = [figures.line(case, desks, names) for case in page]
    return "\n\n".join((heading.format(count=len(found)), *lines))


def _buttons(which: str, page: Sequence[Case], number: int, last: int) -> InlineKeyboardMarkup:
    """A button for each case, and those that turn the page."""
    each = [
        InlineKeyboardButton(case.reference, callback_data=f"{case.reference}:show")
        for case in page
    ]
    rows = [each[at : at + _COLUMNS] for at in range(0, len(each), _COLUMNS)]
    turning = []
    if number > 0:
        turning.append(InlineKeyboardButton("◀", callback_data=f"{which}:{number - 1}"))
    if number < last:
        turning.append(InlineKeyboardButton("▶", callback_data=f"{which}:{number + 1}"))
    return InlineKeyboardMarkup([*rows, turning] if turning else rows)
