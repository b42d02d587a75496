"""What Telegram is like, fact by fact: each is respected over real HTTP."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from bot_running import CHANNEL, TOKEN, Run, Running, Talk

from bot_api import BotApi, Fault, Group, Limits, PrivateChat
from bot_api.media import contact
from kpbot.channels import NotSent
from kpbot.channels.telegram import TelegramChannel, memory
from kpbot.channels.telegram.client import ALLOWED_UPDATES
from kpbot.channels.telegram.keyboards import TICK
from kpbot.channels.telegram.pacing import Pace
from kpbot.channels.telegram.payload import Payload, encode
from kpbot.channels.telegram.reading import COMMANDS
from kpbot.channels.telegram.splitting import units
from kpbot.channels.telegram.words import DONE_TITLES
from kpbot.engine.place import place
from kpbot.house import House
from kpbot.model import (
    COMMAND,
    Attached,
    Button,
    Edited,
    Inbound,
    Letter,
    Opened,
    Outbound,
    Pressed,
    Said,
    Selected,
)
from kpbot.store import conversations, inbox, notes
from kpbot.store.database import Database
from walk import next_step

pytestmark = pytest.mark.slow

ISOLATED = "المرجع \u2066KP-7FQ2M\u2069 محفوظ."


class Kept:
    """Takes what arrives and keeps it, in place of a turn."""

    def __init__(self) -> None:
        """Nothing arrived yet."""
        self.inbounds: list[Inbound] = []

    def __call__(self, inbound: Inbound) -> None:
        self.inbounds.append(inbound)

    @property
    def contents(self) -> list[Any]:
        return [inbound.content for inbound in self.inbounds]


@pytest.fixture
def kept(run: Run) -> Kept:
    """What arrives, while a bot polls."""
    taking = Kept()
    run(take=taking).poll()
    return taking


def wait_idle(api: BotApi) -> None:
    bot = api.world.bots[TOKEN]
    api.wait_for(lambda: bot.unconfirmed == 0 and bot.polling is not None)


def outbound(chat: PrivateChat, text: str, *buttons: Button, **changes: Any) -> Outbound:
    return Outbound(CHANNEL, str(chat.id), 1, "de", text, buttons, **changes)


def note(database: Database, address: object, name: str) -> str | None:
    return database.read(lambda c: notes.get(c, CHANNEL, str(address), name))


# What comes in


def test_the_start_opens_and_a_link_chooses_the_language(
    api: BotApi, kept: Kept, chat: PrivateChat
) -> None:
    for payload in ("", "fr", "ar", "campaign-7_x", "FR"):
        chat.start(payload)
    wait_idle(api)
    assert kept.contents == [Opened()] * 5
    assert [each.language for each in kept.inbounds] == [None, "fr", "ar", None, "fr"]


def test_the_language_of_the_program_is_no_choice(
    talk: Talk, api: BotApi, chat: PrivateChat
) -> None:
    talk.language = ""
    talk.do(Opened())
    assert chat.last.titles[0] == "Deutsch"
    french = api.private_chat(chat.bot, 1002, language_code="fr-CA")
    french.start()
    talk.running.settle()
    assert french.last.titles[0] == "Français"
    assert french.last.text == chat.last.text, "the greeting is in every language all the same"
    nobody = api.private_chat(chat.bot, 1003)
    nobody.start()
    talk.running.settle()
    assert nobody.last.titles[0] == "Deutsch"


def test_every_command_is_a_button_and_unknown_ones_are_words(
    api: BotApi, kept: Kept, chat: PrivateChat
) -> None:
    for text in ("/help", "/mydata@kpbot", "/language fr", "/LANGUAGE", "/hilfe", "/menu bitte"):
        chat.say(text)
    wait_idle(api)
    assert kept.contents == [
        Pressed(0, COMMAND, "help"),
        Pressed(0, COMMAND, "mydata"),
        Pressed(0, COMMAND, "language:fr"),
        Pressed(0, COMMAND, "language"),
        Said("hilfe"),
        Said("menu bitte"),
    ]
    assert [each.language for each in kept.inbounds] == [None] * 6


def test_every_command_is_answered(talk: Talk) -> None:
    talk.do(Opened())
    for command in COMMANDS:
        assert talk.do(Said(f"/{command}")), command
    assert talk.database.read(inbox.failures) == 0


def test_the_menu_lists_the_commands_in_four_languages(running: Running, house: House) -> None:
    running.settle()
    listed = running.bot.commands
    assert {language for _, language in listed} == {"", "de", "fr", "ar", "en"}
    for (_, language), commands in listed.items():
        words = house.dialogs.service[language or "en"].commands
        assert commands == [{"command": name, "description": words[name].say} for name in COMMANDS]


def test_what_is_no_text_gets_one_sentence_and_an_album_one_in_all(
    talk: Talk, chat: PrivateChat
) -> None:
    talk.do(Opened())
    expected = talk.house.dialogs.service["de"].sentences["attachment"]
    for send in (
        chat.send_photo,
        chat.send_voice,
        chat.send_sticker,
        chat.send_location,
        chat.send_poll,
        lambda: chat.send_document("a.pdf", b"%PDF", "mit Text"),
        lambda: chat.send_contact(own=False),
    ):
        before = len(chat.messages)
        send()
        talk.running.settle()
        (answer,) = chat.messages[before:]
        assert expected in answer.text
    before = len(chat.messages)
    for _ in range(3):
        photo = {"photo": [{"file_id": "F", "file_unique_id": "U", "width": 9, "height": 9}]}
        with chat.world.lock:
            chat.arrive(chat.user, extra={**photo, "media_group_id": "77"})
    talk.running.settle()
    assert len(chat.messages) == before + 1


def test_what_telegram_itself_reports_is_nothing(
    api: BotApi, kept: Kept, chat: PrivateChat
) -> None:
    chat.send_voice()
    with chat.world.lock:
        chat.arrive(
            chat.user,
            extra={"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        )
    wait_idle(api)
    assert kept.contents == [Attached("voice")]


def test_only_the_persons_own_contact_is_a_number(
    api: BotApi, kept: Kept, chat: PrivateChat
) -> None:
    chat.send_contact(own=True, phone_number="49301234567")
    chat.send_contact(own=True, phone_number="+49 30 1234567")
    chat.send_contact(own=False)
    with chat.world.lock:
        chat.arrive(chat.user, extra=contact(None, "Ali", "+4930999"))
    wait_idle(api)
    assert kept.contents == [
        Said("+49301234567"),
        Said("+49 30 1234567"),
        Attached("contact"),
        Attached("contact"),
    ]


def test_an_edited_message_is_said_to_be_edited(api: BotApi, kept: Kept, chat: PrivateChat) -> None:
    chat.edit(chat.say("Bad Ens"), "Bad Ems")
    photo = chat.send_photo("eins")
    with chat.world.lock:
        chat.change(photo, "zwei", [], None)
        chat.tell("edited_message", photo)
    wait_idle(api)
    assert kept.contents == [Said("Bad Ens"), Edited("Bad Ems"), Attached("photo")]


def test_an_id_is_the_bots_and_a_lower_one_after_a_week_is_taken(
    api: BotApi, kept: Kept, chat: PrivateChat
) -> None:
    """The next number after an idle week is random."""
    chat.say("eins")
    wait_idle(api)
    api.advance(8 * 24 * 3600)
    wait_idle(api)
    with api.world.lock:
        chat.bot.updates.random.seed(4)
        chat.bot.updates._last_at = float("inf")
        chat.bot.updates._next = 7
    chat.say("zwei")
    wait_idle(api)
    assert kept.contents == [Said("eins"), Said("zwei")]
    assert kept.inbounds[1].message_id == f"{TOKEN.partition(':')[0]}:7"
    assert kept.inbounds[0].person == str(chat.id)


def test_only_what_is_used_is_asked_for(api: BotApi, running: Running) -> None:
    running.settle()
    asked = api.called("getUpdates")[-1].params
    assert asked["allowed_updates"] == ALLOWED_UPDATES
    assert 25 <= asked["timeout"] <= 50
    assert set(ALLOWED_UPDATES) == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }


def test_channel_posts_and_other_bots_are_nothing(
    api: BotApi, kept: Kept, chat: PrivateChat
) -> None:
    post = {"message_id": 1, "date": 1, "chat": {"id": -100777, "type": "channel", "title": "N"}}
    chat.bot.push_raw({"channel_post": {**post, "text": "news"}})
    chat.bot.push_raw({"message": {**post, "text": "news"}})
    robot = {"id": 9, "is_bot": True, "first_name": "B"}
    private = {"id": 9, "type": "private", "first_name": "B"}
    chat.bot.push_raw(
        {"message": {"message_id": 2, "date": 1, "chat": private, "from": robot, "text": "x"}}
    )
    wait_idle(api)
    assert kept.contents == []
    assert chat.messages == []


# Groups


@pytest.fixture
def group(api: BotApi) -> Group:
    """A group the bot is in."""
    return Group(
        api.world, -4001, api.world.bots[TOKEN], forum=False, supergroup=False, admin=False
    )


def test_a_group_reads_once_where_to_write(
    api: BotApi, kept: Kept, group: Group, database: Database
) -> None:
    user = api.user(1001)
    for text in ("/start", "/help", "@kpbot hallo"):
        group.say_as(user, text)
        wait_idle(api)
    (said,) = group.messages
    assert said.text.endswith("https://t.me/kpbot")
    assert len(said.text.split("\n\n")) == 5
    assert kept.contents == []
    assert database.read(lambda c: conversations.find(c, str(group.id))) == []
    assert note(database, group.id, memory.TOLD) == "yes"


def test_a_group_that_became_another_chat_is_not_told_again(
    api: BotApi, kept: Kept, group: Group, database: Database
) -> None:
    user = api.user(1001)
    group.say_as(user, "/start")
    wait_idle(api)
    before = group.id
    group.migrate()
    wait_idle(api)
    group.say_as(user, "/start")
    wait_idle(api)
    assert group.messages == []
    assert note(database, before, memory.MOVED) == str(group.id)
    assert kept.contents == []


def test_what_is_sent_to_the_old_id_goes_to_the_new_one(running: Running, group: Group) -> None:
    before = group.id
    running.stop_polling()
    group.migrate()
    message = Outbound(CHANNEL, str(before), 1, "de", "Guten Tag")
    with pytest.raises(NotSent, match="moved"):
        running.do(running.channel.send(str(before), message))
    running.do(running.channel.send(str(before), message))
    assert [each.text for each in group.messages] == ["Guten Tag"]


def test_a_group_that_could_not_be_told_is_told_with_the_next_message(
    api: BotApi, kept: Kept, group: Group
) -> None:
    api.faults.next("sendMessage", Fault.server_error())
    group.say_as(api.user(1001), "/start")
    wait_idle(api)
    assert group.messages == []
    group.say_as(api.user(1001), "/start")
    wait_idle(api)
    assert len(group.messages) == 1
    assert kept.contents == []


# What goes out


def test_text_is_plain_and_links_are_not_opened(talk: Talk, api: BotApi) -> None:
    harmful = "<b>x</b> & *y* _z_ https://example.org " + ISOLATED
    assert talk.deliver(harmful) == [harmful]
    sent = api.called("sendMessage")[-1].params
    assert "parse_mode" not in sent
    assert sent["link_preview_options"]["is_disabled"] is True


def test_long_texts_go_in_parts_with_the_buttons_under_the_last(
    talk: Talk, chat: PrivateChat
) -> None:
    chat.begun = True
    paragraphs = [f"{number} " + "𝔸" * 1500 for number in range(4)]
    talk.running.put(chat, outbound(chat, "\n\n".join(paragraphs), Button("help", "H", COMMAND)))
    talk.running.deliver()
    assert [message.text for message in chat.messages] == paragraphs
    assert all(units(message.text) <= 4096 for message in chat.messages)
    assert [message.titles for message in chat.messages] == [[], [], [], ["H"]]


def test_only_the_last_keyboard_stays(talk: Talk, chat: PrivateChat, database: Database) -> None:
    talk.do(Opened())
    for _ in range(6):
        at = talk_at(talk)
        talk.do(next_step(at, turn(talk)))
        assert [m for m in chat.messages[:-1] if m.buttons] == []
    assert note(database, chat.id, memory.KEYBOARD) == str(chat.last.id)
    talk.running.put(chat, outbound(chat, "ohne Knöpfe"))
    talk.running.deliver()
    assert [m for m in chat.messages if m.buttons] == []
    assert note(database, chat.id, memory.KEYBOARD) is None


def test_a_keyboard_that_cannot_be_taken_away_does_no_harm(talk: Talk, api: BotApi) -> None:
    talk.do(Opened())
    for fault in (
        Fault.refused(400, "Bad Request: message can't be edited"),
        Fault.server_error(502, html=True),
        Fault.dropped_after(),
    ):
        api.faults.next("editMessageReplyMarkup", fault)
        assert len(talk.do(Said("hallo"))) == 1
    assert set(talk.running.states()) == {("sent", 0)}


def turn(talk: Talk) -> int:
    return conversation(talk).turn


def conversation(talk: Talk) -> Any:
    return talk.database.read(lambda c: conversations.glance(c, CHANNEL, talk.person))


def talk_at(talk: Talk) -> str:
    found = conversation(talk)
    dialog = talk.house.dialogs.dialogs.get(found.active or "")
    return "menu" if dialog is None else place(dialog, found.drafts[dialog.name]) or "review"


def until(talk: Talk, wanted: str) -> None:
    while talk_at(talk) != wanted:
        talk.do(next_step(talk_at(talk), turn(talk)))


def test_marks_are_kept_in_the_keyboard_across_a_restart(run: Run, chat: PrivateChat) -> None:
    first = run()
    first.poll()
    talk = Talk(first, chat)
    talk.do(Opened())
    until(talk, "wanted_country")
    marokko, tunesien = (title_of(talk, name) for name in ("MA", "TN"))
    chat.press(chat.last, marokko)
    first.settle()
    assert talk.marks() == [TICK + marokko]
    first.stop_polling()
    second = run()
    second.poll()
    chat.press(chat.last, tunesien)
    chat.press(chat.last, TICK + marokko)
    second.settle()
    chat.press(chat.last, marokko)
    second.settle()
    assert set(talk.marks()) == {TICK + marokko, TICK + tunesien}
    chat.press(chat.last, DONE_TITLES["de"])
    second.settle()
    draft = conversation(talk).drafts["intake"]
    assert set(draft.answers["wanted_country"].value) == {"MA", "TN"}
    assert all(press.answered for press in chat.presses)


def title_of(talk: Talk, option: str) -> str:
    return talk.house.dialogs.words["intake"]["de"].questions["wanted_country"].options[option].say


def test_quick_marks_do_not_undo_each_other(talk: Talk, chat: PrivateChat) -> None:
    """The second press shows the keyboard as it was before the first was seen."""
    talk.do(Opened())
    until(talk, "wanted_country")
    shown = chat.last
    chat.bot.hold_updates()
    chat.press(shown, title_of(talk, "MA"))
    chat.press(shown, title_of(talk, "TN"))
    chat.press(shown, title_of(talk, "TN"))
    chat.press(shown, DONE_TITLES["de"])
    chat.bot.release_updates()
    talk.running.settle()
    draft = conversation(talk).drafts["intake"]
    assert set(draft.answers["wanted_country"].value) == {"MA", "TN"}


def test_a_selection_of_nothing_is_left_to_the_engine(talk: Talk) -> None:
    talk.do(Opened())
    until(talk, "wanted_country")
    assert talk.do(Selected(turn(talk), "wanted_country", ()))
    assert talk_at(talk) == "wanted_country"


def test_presses_on_a_keyboard_too_old_to_be_seen_are_answered(
    talk: Talk, chat: PrivateChat
) -> None:
    talk.do(Opened())
    until(talk, "wanted_country")
    old = chat.last
    with chat.world.lock:
        old.deleted = True
    before = len(chat.messages)
    data = encode(Payload(talk.conversation, turn(talk), "wanted_country", "+MA"))
    press = chat.press(old, data, stale=True)
    talk.running.settle()
    chat.wait_for_answer(press)
    assert len(chat.messages) == before + 1
    assert title_of(talk, "MA") in chat.last.titles
    assert "wanted_country" not in conversation(talk).drafts["intake"].answers


def test_a_double_tap_answers_one_question(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    until(talk, "consent")
    shown = chat.last
    chat.press(shown, "Ja")
    chat.press(shown, "Ja")
    talk.running.settle()
    assert set(conversation(talk).drafts["intake"].answers) == {"consent"}
    assert all(chat.wait_for_answer(press).answered for press in chat.presses)


def test_every_press_is_answered_even_on_nothing_of_ours(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    press = chat.press(chat.last, "noop", stale=True)
    assert chat.wait_for_answer(press).toast == ""
    group_like = chat.press(chat.last, "=", stale=True)
    assert chat.wait_for_answer(group_like).toast == ""


def test_a_toast_stands_over_the_chat_and_not_in_it(talk: Talk, chat: PrivateChat) -> None:
    talk.do(Opened())
    until(talk, "consent")
    before = list(chat.messages)
    titles = chat.last.titles
    talk.do(Pressed(0, COMMAND, "no_such_command"))
    assert chat.messages == before
    assert chat.toasts == [talk.house.dialogs.service["de"].sentences["press_old"]]
    assert chat.last.titles == titles, "the last message and its buttons stay in force"


@pytest.mark.parametrize("text", ["a" * 201, "😀" * 101])
def test_a_toast_that_is_too_long_or_too_late_is_a_message(
    talk: Talk, chat: PrivateChat, text: str
) -> None:
    talk.do(Opened())
    shown = chat.last.titles
    press = chat.press(chat.last, "noop", stale=True)
    chat.wait_for_answer(press)
    for toast in (text, "Zu spät."):
        talk.running.put(chat, outbound(chat, toast, toast=True))
        talk.running.deliver()
        assert chat.last.text == toast
    assert chat.messages[0].titles == shown


def test_a_toast_whose_press_is_too_old_is_a_message(
    talk: Talk, api: BotApi, chat: PrivateChat
) -> None:
    talk.do(Opened())
    api.faults.next("answerCallbackQuery", Fault.refused(400, "Bad Request: query is too old"))
    talk.do(Pressed(0, COMMAND, "no_such_command"))
    assert chat.toasts == []
    assert chat.last.text == talk.house.dialogs.service["de"].sentences["press_old"]


def test_the_bots_own_pace_keeps_within_telegrams_limits(house: House, database: Database) -> None:
    """The server allows one a second and no burst beyond five; the bot never runs into it."""
    with BotApi(limits=Limits()) as strict:
        bot = strict.bot(TOKEN)
        chat = strict.private_chat(bot, 1001, begun=True)
        running = Running(strict, house, database, pace=Pace())
        try:
            texts = [f"Nachricht {number}" for number in range(5)]
            for text in texts:
                running.do(running.channel.send("1001", outbound(chat, text)))
        finally:
            running.stop()
        assert [message.text for message in chat.messages] == texts
        assert len(strict.called("sendMessage")) == len(texts)


def test_letters_and_cards_are_for_others(running: Running) -> None:
    with pytest.raises(NotSent, match="not_for_people") as refused:
        running.do(running.channel.send("1001", Letter("KP-1", "text", "KP-1")))
    assert refused.value.never


def test_a_channel_that_has_not_started_sends_nothing_and_says_so(
    database: Database, house: House, chat: PrivateChat
) -> None:
    channel = TelegramChannel(
        TOKEN,
        database=database,
        receive=Kept(),
        clock=chat.world.clock,
        service=house.dialogs.service,
    )
    with pytest.raises(NotSent, match="not_started"):
        channel._started()


@pytest.mark.parametrize("token", ["", "abc", "123", "123:", ":abc", "12 3:abc", "123:a\n"])
def test_what_is_no_token_is_refused_at_once(token: str, database: Database, house: House) -> None:
    with pytest.raises(ValueError, match="BotFather"):
        TelegramChannel(
            token,
            database=database,
            receive=Kept(),
            clock=house.new_reference,
            service=house.dialogs.service,
        )


def test_aiogram_is_not_imported_before_a_bot_starts() -> None:
    program = (
        "import sys, kpbot.channels.telegram, kpbot.channels.telegram.webhook;"
        "assert not {'aiogram', 'aiohttp'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
