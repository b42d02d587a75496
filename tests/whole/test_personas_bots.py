"""The personas with the public bot over HTTP, and a case with the staff bot: through every fault."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from arrivals import check_arrivals
from transcripts import PERSONAS, Player, transcript
from trouble import SENDING, TIMED_OUT, caught_sending, trouble_fetching, trouble_sending
from whole_running import MakeWhole, eventually

from bot_api import BotApi
from kpbot.app import build_house
from kpbot.rehearsal import play
from kpbot.settings import Settings

pytestmark = pytest.mark.slow

Record = dict[str, Any]
FIRST_ID = 1001


@pytest.fixture(scope="module")
def rehearsed() -> dict[str, Record]:
    """What each persona hands over where nothing is between them and the house."""
    house = build_house(Settings())
    played = {
        name: play(house, transcript(name), language) for name, language in PERSONAS.items()
    }
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
            for each in playing:
                each.result()
            twice = 0
            for player in personas:
                assert player.problems == [], player.name
                assert _lasting(whole.record(player.reference)) == rehearsed[player.name]
                rows = whole.sent("telegram", player.person.address)
                twice += check_arrivals(rows, player.person.arrived())
            assert twice > 0, "no fault left a doubt"
            assert whole.status()["failed_turns"] == 0
