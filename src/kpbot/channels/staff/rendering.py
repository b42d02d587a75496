"""Cards, news and buttons as Telegram takes them: entities instead of markup, 4,096 units."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, User

from kpbot.cases import CLOSE_REASONS, Case
from kpbot.channels.staff import words
from kpbot.channels.telegram.splitting import LONGEST, split, units
from kpbot.engine.card import ACTIONS, REASONS, possible

_SHORT = 40
"""Characters of a desk's id that fit beside the rest in 64 bytes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One message's text."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def card_pieces(title: str, text: str) -> list[Piece]:
    """The card, its title bold; what is too long for one message goes on in further ones.

    Each has room for the case's number before it.
    """
    parts = split(f"{title}\n{text}".strip(), LONGEST - units(title))
    bold = MessageEntity(MessageEntity.BOLD, 0, min(units(title), units(parts[0])))
    return [Piece(parts[0], (bold,)), *map(Piece, parts[1:])]


def news_pieces(reference: str, news: str, quote: str) -> list[Piece]:
    """What just happened, with the words it is about set off from it."""
    head = f"{reference}: {news}"
    parts = split(quote.strip(), LONGEST - units(head) - 1)
    if not parts:
        return [Piece(head)]
    first = Piece(f"{head}\n{parts[0]}", (_quoted(units(head) + 1, parts[0]),))
    return [first, *(Piece(each, (_quoted(0, each),)) for each in parts[1:])]


def named(reference: str, piece: Piece) -> Piece:
    """The piece begins with the case's number: alone among others it says what it is about."""
    if piece.text.startswith(reference):
        return piece
    head = f"{reference}: "
    entities = MessageEntity.shift_entities(units(head), piece.entities)
    return Piece(f"{head}{piece.text}", tuple(entities))


def addressed(name: str, user: int, text: str) -> Piece:
    """The sentence begins with the name of whom it is for, so that they are told of it."""
    person = User(user, name, is_bot=False)
    mention = MessageEntity(MessageEntity.TEXT_MENTION, 0, units(name), user=person)
    return Piece(text, (mention,))


def _quoted(offset: int, text: str) -> MessageEntity:
    return MessageEntity(MessageEntity.BLOCKQUOTE, offset, units(text))


def keyboard(
    reference: str, choices: Iterable[tuple[str, str]], columns: int = 2
) -> InlineKeyboardMarkup | None:
    """Buttons of the case, each an action (with its choice) and a title; None: no buttons."""
    buttons = [
        InlineKeyboardButton(title, callback_data=f"{reference}:{action}")
        for action, title in choices
    ]
    rows = [buttons[at : at + columns] for at in range(0, len(buttons), columns)]
    return InlineKeyboardMarkup(rows) if rows else None


def usual_keyboard(case: Case) -> InlineKeyboardMarkup | None:
    """What can be done with the case now."""
    return keyboard(case.reference, [(each, ACTIONS[each]) for each in possible(case)])


def menu(action: str, case: Case, desks: Mapping[str, str]) -> InlineKeyboardMarkup | None:
    """The choices an action needs, and a way back."""
    choices: Sequence[tuple[str, str]]
    if action == "hand":
        choices = [(desk_key(desk), title) for desk, title in desks.items() if desk != case.desk]
    elif action == "snooze":
        choices = list(words.SNOOZES.items())
    else:
        choices = [
            (reason, REASONS[reason][:1].upper() + REASONS[reason][1:]) for reason in CLOSE_REASONS
        ]
    every = [(f"{action}:{key}", title) for key, title in choices]
    columns = 2 if action == "snooze" else 1
    return keyboard(case.reference, [*every, ("back", words.BACK)], columns)


def desk_key(desk: str) -> str:
    """The desk in a button: its id, or a hash of one that is too long."""
    if len(desk.encode()) <= _SHORT:
        return desk
    return f"#{hashlib.sha256(desk.encode()).hexdigest()[:16]}"
