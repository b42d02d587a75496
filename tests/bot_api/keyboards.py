"""What may stand in a reply markup."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot_api.chats import Chat
from bot_api.world import Raw, bad_request

_ACTIONS = {
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game",
}  # fmt: skip


def checked(markup: object, chat: Chat) -> Raw | None:
    """The reply markup; None if there is none. Raises Refused."""
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for row in _rows(markup, "inline_keyboard"):
        for button in row:
            _check_button(button)
    for row in _rows(markup, "keyboard"):
        for key in row:
            if isinstance(key, dict) and key.get("request_contact") and chat.kind != "private":
                raise bad_request("phone number can be requested in private chats only")
    if "inline_keyboard" in markup and not any(markup["inline_keyboard"]):
        return None
    return markup


def _rows(markup: Raw, name: str) -> list[list[Raw]]:
    rows = markup.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{name}" of the ReplyKeyboardMarkup must be an Array of Arrays')
    return rows


def _check_button(button: object) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if not _ACTIONS & button.keys():
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        parts = urlsplit(str(button["url"]))
        if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
            raise bad_request(
                f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
            )
