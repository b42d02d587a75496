"""A Telegram Bot API server for tests: real HTTP, the wording and the faults of the real one.

    with BotApi() as api:
        bot = api.bot("123:token", username="kpbot")
        # aiogram:  Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api.url)))
        # python-telegram-bot:  ApplicationBuilder().token(token).base_url(api.url + "/bot")
        chat = api.private_chat(bot, user_id=1001, language_code="de", first_name="Sabine")
        chat.start()
        question = chat.wait_for("Wie können wir helfen?")    # newest message that contains it
        press = chat.press(question, "Ja")                    # by title, else by data
        chat.wait_for(lambda messages: len(messages) == 2)    # or any condition
        assert chat.last.titles == ["Zurück"]
        api.faults.next("sendMessage", Fault.rate_limited(3))
        api.advance(150)                                      # the server's clock, not the test's

Sending is unlimited unless the test says `BotApi(limits=Limits())`.
"""

from bot_api.api import BotApi
from bot_api.bots import Bot
from bot_api.faults import Fault
from bot_api.groups import Group
from bot_api.limits import Limits
from bot_api.messages import Button, Document, Message, Press, User
from bot_api.people import PrivateChat
from bot_api.world import Call

__all__ = [
    "Bot", "BotApi", "Button", "Call", "Document", "Fault", "Group", "Limits", "Message",
    "Press", "PrivateChat", "User",
]  # fmt: skip
