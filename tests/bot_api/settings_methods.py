"""The methods of the Bot API about the bot itself: webhook, profile, commands, files."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot_api.bots import Bot, Hook
from bot_api.methods import Method, chat_of
from bot_api.params import Params
from bot_api.polling import HOOK_WAS_SET, end_poll
from bot_api.world import Raw, bad_request

LONGEST = {"name": 64, "description": 512, "short_description": 120}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")


def set_webhook(bot: Bot, params: Params) -> bool:
    """Updates go to the url from now on; an empty one: nowhere."""
    url = params.text("url")
    if not url:
        return delete_webhook(bot, params)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in params.values:
        bot.updates.allowed = list(params.values["allowed_updates"])
    if params.flag("drop_pending_updates"):
        bot.updates.pending.clear()
    bot.hook = Hook(url, secret, params.number("max_connections", 40))
    end_poll(bot, HOOK_WAS_SET)
    bot.world.changed()
    return True


def delete_webhook(bot: Bot, params: Params) -> bool:
    """Updates wait to be asked for."""
    if params.flag("drop_pending_updates"):
        bot.updates.pending.clear()
    bot.hook = Hook()
    bot.world.changed()
    return True


def webhook_info(bot: Bot, _: Params) -> Raw:
    """Where updates go, how many wait, and what went wrong last."""
    bot.updates.expire()
    info: Raw = {
        "url": bot.hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates.pending),
    }
    if bot.hook.url:
        info |= {"max_connections": bot.hook.max_connections, "ip_address": "127.0.0.1"}
    if bot.hook.last_error:
        date, sentence = bot.hook.last_error_date, bot.hook.last_error
        info |= {"last_error_date": date, "last_error_message": sentence}
    if bot.updates.allowed:
        info["allowed_updates"] = bot.updates.allowed
    return info


def get_chat(bot: Bot, params: Params) -> Raw:
    """Everything a bot may know about a chat."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return {
        **chat_of(bot, params).raw(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), True),
    }


def get_file(bot: Bot, params: Params) -> Raw:
    """Where a file can be fetched."""
    file_id = params.text("file_id")
    if file_id not in bot.world.files:
        raise bad_request("invalid file_id")
    name, content = bot.world.files[file_id]
    ending = name.rpartition(".")[2] or "bin"
    return {
        "file_id": file_id,
        "file_unique_id": f"U{file_id}",
        "file_size": len(content),
        "file_path": f"documents/{file_id}.{ending}",
    }


def _scope(params: Params) -> tuple[str, str]:
    scope: Raw = params.values.get("scope") or {"type": "default"}
    where = f"{scope.get('type')} {scope.get('chat_id', '')}".strip()
    return where, _language(params)


def _language(params: Params) -> str:
    language = params.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def set_commands(bot: Bot, params: Params) -> bool:
    """The menu of commands, for a scope and a language."""
    commands: list[Raw] = params.values.get("commands", [])
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[_scope(params)] = commands
    return True


def get_commands(bot: Bot, params: Params) -> list[Raw]:
    """The menu of commands of exactly that scope and language."""
    return bot.commands.get(_scope(params), [])


def delete_commands(bot: Bot, params: Params) -> bool:
    """There is no menu for that scope and language."""
    bot.commands.pop(_scope(params), None)
    return True


def _setter(field: str) -> Method:
    def method(bot: Bot, params: Params) -> bool:
        text = params.text(field)
        if len(text) > LONGEST[field]:
            raise bad_request(f"{field} must be no longer than {LONGEST[field]} characters")
        bot.profile[field, _language(params)] = text
        return True

    return method


def _getter(field: str) -> Method:
    def method(bot: Bot, params: Params) -> Raw:
        of_all = bot.profile.get((field, ""), bot.name if field == "name" else "")
        return {field: bot.profile.get((field, _language(params))) or of_all}

    return method


SETTINGS_METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_info,
    "getChat": get_chat,
    "getFile": get_file,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
}
