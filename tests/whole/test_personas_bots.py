"""The personas with the public bot, and a case with the staff bot, through every fault."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from arrivals import check_arrivals
from transcripts import PERSONAS, Player, transcript
from trouble import SENDING, TIMED_OUT, caught_sending, trouble_fetching, trouble_sending
from whole_running import MakeWhole, Whole, eventually

from bot_api import BotApi, Message
from kpbot.app import build_house
from kpbot.rehearsal import play
from kpbot.settings import read_settings

pytestmark = pytest.mark.slow

Record = dict[str, Any]
FIRST_ID = 1001


@pytest.fixture(scope="module")
def rehearsed() -> dict[str, Record]:
    """What each persona hands over where nothing is between them and the house."""
    house = build_house(read_settings())
    played = {name: play(house, transcript(name), language) for name, language in PERSONAS.items()}
    return {name: _lasting(each.records[-1]) for name, each in played.items()}


def _lasting(record: Record) -> Record:
    """The record without what is another every time: reference and instants."""
    told = record.get("consent_given") or {}
    consent = {key: value for key, value in told.items() if key != "at"}
    passing = {"reference", "received", "delete_on"}
    lasting = {key: value for key, value in record.items() if key not in passing}
    return {**lasting, "consent_given": consent}


@pytest.fixture
def personas(make_whole: MakeWhole) -> list[Player]:
    """P1 to P6, who have not written yet."""
    whole = make_whole()
    return [Player(whole, name, FIRST_ID + number) for number, name in enumerate(PERSONAS)]


def test_every_persona_is_served_in_telegram(
    personas: list[Player], rehearsed: dict[str, Record]
) -> None:
    whole = personas[0].person.whole
    with whole.serve(), ThreadPoolExecutor(len(personas)) as together:
        list(together.map(Player.play, personas))
        for each in personas:
            assert each.problems == [], each.name
            assert _lasting(whole.record(each.reference)) == rehearsed[each.name]
            rows = whole.sent("telegram", each.person.address)
            assert check_arrivals(rows, each.person.arrived()) == 0
            assert {row.doubts for row in rows} == {0}
            assert whole.card(each.reference).titles == ["Übernehmen"]


def test_every_persona_is_served_through_every_fault(
    personas: list[Player], rehearsed: dict[str, Record], api: BotApi
) -> None:
    """Also through a sudden death of the program in the midst of it all."""
    whole = personas[0].person.whole
    for number, each in enumerate(personas):
        faults = [*SENDING[number:], *SENDING[:number]]
        is_short = each.name == "only_dates"
        trouble_sending(api, each.person.chat.id, [*faults, TIMED_OUT] if is_short else faults)
    trouble_fetching(api)
    with ThreadPoolExecutor(len(personas)) as together:
        with whole.serve() as served:
            playing = [together.submit(each.play) for each in personas]
            eventually(lambda: sum(each.done for each in personas) > sum(map(len, personas)) // 2)
            assert caught_sending(api).wait(60)
            served.kill()
        whole.let_leases_end()
        for _ in range(3):
            whole.public.redeliver_last()
        with whole.serve(served.port):
            for persona in playing:
                persona.result()
            twice = 0
            for player in personas:
                assert player.problems == [], player.name
                assert _lasting(whole.record(player.reference)) == rehearsed[player.name]
                rows = whole.sent("telegram", player.person.address)
                twice += check_arrivals(rows, player.person.arrived())
            assert twice > 0, "no fault left a doubt"
            assert whole.status()["failed_turns"] == 0


def test_a_case_is_worked_on_in_the_staff_bot_through_every_fault(
    make_whole: MakeWhole, api: BotApi
) -> None:
    """Opened, claimed, answered both ways and closed; also through a sudden death in between."""
    whole = make_whole(forum=True)
    group, mona = whole.group, Player(whole, "only_dates", FIRST_ID)
    omar = whole.omar.chat.user
    for method in ("sendMessage", "editMessageText"):
        trouble_sending(api, group.id, SENDING, method)
    trouble_fetching(api)
    with whole.serve() as served:
        mona.play()
        card = whole.card(mona.reference)
        _press(whole, card, "Übernehmen", until="Antworten")
        mona.person.chat.wait_for("Omar Haddad", timeout=60)
        for number in range(3):
            group.say_as(omar, f"Answer {number}", reply_to=card)
            mona.person.chat.wait_for(f"Answer {number}", timeout=60)
            mona.person.say(f"Word {number}")
            group.wait_for(f"Word {number}", timeout=60)
        caught = caught_sending(api, "Last word")
        mona.person.say("Last word")
        assert caught.wait(60)
        served.kill()
    whole.let_leases_end()
    whole.staff.redeliver_last()
    with whole.serve(served.port):
        eventually(lambda: not whole.waiting("staff"), "the group knows everything")
        _press(whole, card, "Abschließen", until="Beantwortet")
        _press(whole, card, "Beantwortet", until="Wieder öffnen")
        eventually(lambda: not whole.waiting("staff"), "the group knows everything")
        mona.person.settle()
        _everything_was_said_once(whole, mona)


def _everything_was_said_once(whole: Whole, mona: Player) -> None:
    """Or twice, where a doubt is written down."""
    rows = whole.sent("staff")
    assert {row.state for row in rows} <= {"sent", "doubtful"}
    assert sum(row.doubts for row in rows) > 0, "no fault left a doubt"
    group = [message.text for message in whole.group.messages]
    for said in ("Word 0", "Word 1", "Word 2", "Last word"):
        times = sum(text.endswith(said) for text in group)
        doubts = sum(row.doubts for row in rows if said in str(row.message))
        assert 1 <= times <= 1 + min(doubts, 1), (said, times, doubts)
    person = mona.person.arrived()
    assert [sum(text.endswith(f"Answer {n}") for text in person) for n in range(3)] == [1, 1, 1]
    assert whole.case(mona.reference).state == "closed"


def _press(whole: Whole, card: Message, title: str, until: str) -> None:
    """The button was pressed, again where nothing came of it, until the card has another one."""

    def is_done() -> bool:
        if until in card.titles:
            return True
        if title in card.titles:
            whole.group.press_as(whole.omar.chat.user, card, title)
        with suppress(TimeoutError):
            whole.api.wait_for(lambda: until in card.titles, timeout=5)
        return until in card.titles

    eventually(is_done, f"{title} leads to {until}")
