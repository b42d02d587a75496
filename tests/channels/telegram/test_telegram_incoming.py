"""What comes in, fact by fact, over real HTTP."""

from __future__ import annotations

import pytest
from bot_looking import (
    Kept,
    conversation,
    until,
    wait_idle,
)
from bot_running import TOKEN, Running, Talk

from bot_api import BotApi, PrivateChat
from bot_api.media import contact, photo
from kpbot.channels.telegram.reading import COMMANDS, USED
from kpbot.house import House
from kpbot.model import (
    COMMAND,
    Attached,
    Edited,
    Opened,
    Pressed,
    Said,
)
from kpbot.store import inbox

pytestmark = pytest.mark.slow

INVOICE = {
    "title": "Beitrag",
    "description": "2026",
    "start_parameter": "x",
    "currency": "EUR",
    "total_amount": 100,
}


def test_the_start_opens_and_a_link_chooses_the_language(
    api: BotApi, kept: Kept, chat: PrivateChat
) -> None:
    for payload in ("", "fr", "ar", "campaign-7_x", "FR"):
        chat.start(payload)
    wait_idle(api)
    assert kept.contents == [Opened()] * 5
    assert [each.language for each in kept.inbounds] == [None, "fr", "ar", None, "fr"]


def test_words_after_the_start_are_read(api: BotApi, kept: Kept, chat: PrivateChat) -> None:
    words = "Hallo, wir suchen eine Partnerschaft."
    for payload in (f"\n{words}", f"fr\n{words}", words, f"campaign-7_x \n\n{words}"):
        chat.say(f"/start {payload}")
    chat.say("/start\nHallo")
    chat.say("/start \n ")
    wait_idle(api)
    assert kept.contents == [Said(words)] * 4 + [Said("Hallo"), Opened()]
    assert [each.language for each in kept.inbounds] == [None, "fr", None, None, None, None]


def test_who_writes_behind_the_start_is_greeted_and_answered(talk: Talk) -> None:
    (answer,) = talk.do(Said("/start\nWas kostet die Teilnahme?"))
    sentences = talk.house.dialogs.service["de"].sentences
    assert sentences["identity"] in answer
    assert conversation(talk).language == "de"


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

    def send_invoice() -> None:
        with chat.world.lock:
            chat.arrive(chat.user, extra={"invoice": INVOICE})

    for send in (
        chat.send_photo,
        chat.send_voice,
        chat.send_sticker,
        chat.send_location,
        chat.send_poll,
        lambda: chat.send_document("a.pdf", b"%PDF", "mit Text"),
        lambda: chat.send_contact(own=False),
        send_invoice,
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


def picture(chat: PrivateChat, caption: str, album: str) -> None:
    """One of the pictures that were sent together."""
    with chat.world.lock:
        chat.arrive(chat.user, caption, extra={**photo(chat.world), "media_group_id": album})


@pytest.mark.parametrize(
    ("captions", "taken"),
    [
        (("", "", ""), [Attached("photo")]),
        (("eins", "", ""), [Attached("photo", "eins")]),
        (("", "zwei", ""), [Attached("photo"), Said("zwei")]),
        (("eins", "", "drei"), [Attached("photo", "eins"), Said("drei")]),
    ],
)
def test_no_words_below_the_pictures_of_an_album_are_lost(
    api: BotApi, kept: Kept, chat: PrivateChat, captions: tuple[str, ...], taken: list[object]
) -> None:
    for caption in captions:
        picture(chat, caption, "77")
    wait_idle(api)
    assert kept.contents == taken
    assert len({each.message_id for each in kept.inbounds}) == len(taken)
    picture(chat, "", "78")
    wait_idle(api)
    assert kept.contents == [*taken, Attached("photo")], "another album is another message"


def test_the_words_below_a_picture_are_answered_once_and_in_the_same_message(
    talk: Talk, chat: PrivateChat
) -> None:
    talk.do(Opened())
    until(talk, "contact_name")
    before = len(chat.messages)
    picture(chat, "Meier", "77")
    picture(chat, "", "77")
    talk.running.settle()
    (answer,) = chat.messages[before:]
    assert answer.text.startswith(talk.house.dialogs.service["de"].sentences["attachment"])
    assert conversation(talk).drafts["intake"].answers["contact_name"].value == "Meier"


def test_an_older_message_that_was_edited_is_offered_for_its_own_question(
    talk: Talk, chat: PrivateChat
) -> None:
    talk.do(Opened())
    until(talk, "description")
    older = chat.say("Wir suchen Hilfe beim Wasser.")
    talk.running.settle()
    until(talk, "contact_name")
    chat.say("Sabine Kern")
    talk.running.settle()
    chat.edit(older, "Wir suchen Hilfe beim Abwasser.")
    talk.running.settle()
    assert conversation(talk).offer.part.question == "description"


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
    assert kept.contents == [
        Said("Bad Ens"),
        Edited("Bad Ems"),
        Attached("photo", "eins"),
        Edited("zwei"),
    ]
    first, edited, second, changed = (each.original for each in kept.inbounds)
    assert first == edited != second == changed


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
    assert asked["allowed_updates"] == [*USED]
    assert 25 <= asked["timeout"] <= 50
    assert USED == ("message", "edited_message", "callback_query", "my_chat_member")


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
