"""The Bot API through aiogram. Importing this takes seconds: only a bot that starts does."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageReplyMarkup,
    GetMe,
    GetUpdates,
    Response,
    SendDocument,
    SendMessage,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError

from kpbot.channels import NotSent
from kpbot.channels.telegram.failures import is_not_modified, refusal
from kpbot.channels.telegram.keyboards import Rows
from kpbot.channels.telegram.reading import USED

MOST_CONNECTIONS = 10
"""Connections over which Telegram brings updates to a webhook at once."""
PATIENCE = 20
"""Seconds that a call may take, beside the time a long poll waits."""


class _Session(AiohttpSession):
    """Results stay plain JSON: what the server took is not lost over a field nobody knew."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        """The result as it came. Raises NotSent."""
        del bot, method
        answer = _object(content)
        if status_code < 300 and answer.get("ok") is True:
            return Response[Any].model_construct(ok=True, result=answer.get("result"))
        if is_not_modified(status_code, answer):
            return Response[Any].model_construct(ok=True, result=True)
        raise refusal(status_code, answer)


class Client:
    """The calls a bot of ours makes. Each raises NotSent where Telegram did not do it."""

    def __init__(self, token: str, api: str) -> None:
        """`api`: address of the Bot API server. Raises aiogram's TokenValidationError."""
        session = _Session(api=TelegramAPIServer.from_base(api), timeout=PATIENCE)
        self._bot = Bot(token, session=session)

    def parse(self, raw: object) -> Update:
        """The update with its types. Raises pydantic.ValidationError where it is none."""
        return Update.model_validate(raw, context={"bot": self._bot})

    async def username(self) -> str:
        """The name under which people find the bot."""
        return str((await self._call(GetMe())).get("username", ""))

    async def send_message(self, chat: int, text: str, rows: Rows = ()) -> int:
        """The text stands in the chat, as it is, with the buttons; the message's id."""
        sent = await self._call(
            SendMessage(
                chat_id=chat,
                text=text,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=_markup(rows) if rows else None,
            )
        )
        return int(sent["message_id"])

    async def send_document(self, chat: int, name: str, content: bytes) -> int:
        """The file stands in the chat; the message's id."""
        document = BufferedInputFile(content, filename=name)
        sent = await self._call(SendDocument(chat_id=chat, document=document))
        return int(sent["message_id"])

    async def set_rows(self, chat: int, message: int, rows: Rows) -> None:
        """The message has these buttons and no others."""
        markup = _markup(rows) if rows else None
        await self._call(
            EditMessageReplyMarkup(chat_id=chat, message_id=message, reply_markup=markup)
        )

    async def answer(self, callback: str, text: str = "") -> None:
        """The pressed button shows no wait any more, and the text, if there is one, briefly."""
        await self._call(AnswerCallbackQuery(callback_query_id=callback, text=text or None))

    async def updates(self, offset: int | None, seconds: float) -> list[Any]:
        """What waits from the offset on, as plain JSON, as soon as there is something."""
        call = GetUpdates(offset=offset, timeout=int(seconds), allowed_updates=[*USED])
        result = await self._call(call, PATIENCE + int(seconds))
        return result if isinstance(result, list) else []

    async def confirm(self, offset: int) -> None:
        """What was before the offset will not come again."""
        call = GetUpdates(offset=offset, limit=1, timeout=0, allowed_updates=[*USED])
        await self._call(call)

    async def use_polling(self) -> None:
        """No webhook is set; what waits stays."""
        await self._call(DeleteWebhook(drop_pending_updates=False))

    async def use_webhook(self, url: str, secret: str) -> None:
        """Updates are sent to the address, with the secret."""
        await self._call(
            SetWebhook(
                url=url,
                secret_token=secret,
                allowed_updates=[*USED],
                max_connections=MOST_CONNECTIONS,
            )
        )

    async def set_commands(self, commands: Mapping[str, str], language: str | None) -> None:
        """The menu lists the commands for people with that language; None: for all others."""
        listed = [
            BotCommand(command=name, description=text[:256]) for name, text in commands.items()
        ]
        await self._call(SetMyCommands(commands=listed, language_code=language))

    async def close(self) -> None:
        """No connection is open."""
        await self._bot.session.close()

    async def _call(self, method: TelegramMethod[Any], seconds: int | None = None) -> Any:
        try:
            return cast("Any", await self._bot(method, request_timeout=seconds))
        except TelegramNetworkError as error:
            raise _broken(error) from error
        except RuntimeError as error:  # the session was closed meanwhile
            raise NotSent("closed", doubtful=True) from error


def _broken(error: TelegramNetworkError) -> NotSent:
    """A connection that never stood brought nothing; one that broke may have."""
    if isinstance(error.__cause__, ClientConnectorError | ConnectionTimeoutError):
        return NotSent("unreachable")
    return NotSent("connection_broke", doubtful=True)


def _object(content: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _markup(rows: Sequence[Sequence[tuple[str, str]]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=title, callback_data=data) for title, data in row]
            for row in rows
        ]
    )
