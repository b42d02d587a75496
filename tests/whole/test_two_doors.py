"""Two advisors want the same case at the same instant, one at the desk and one in the chat."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest
from whole_running import MakeWhole, Whole, at_the_desk, eventually

from kpbot.house import House, Receivers
from kpbot.model import Pressed
from kpbot.person import Person
from walk import next_step

pytestmark = pytest.mark.slow

CASES = 20
HAS_IT, WAS_LATE = "Sie haben den Fall.", "Schon bei {name}."


@pytest.fixture
def whole(make_whole: MakeWhole) -> Whole:
    return make_whole()


@pytest.fixture
def references(whole: Whole, house: House) -> Iterator[list[str]]:
    """Enquiries that wait for somebody."""
    receivers = Receivers(staff_chat=str(whole.group.id))
    people = [
        Person(replace(house, receivers=receivers), whole.database, f"user-{number}", "de")
        for number in range(CASES)
    ]
    yield [_enquire(person) for person in people]
    for person in people:
        person._runner.close()


def _enquire(person: Person) -> str:
    person.happen(Pressed(0, "command", "start"))
    while person.taken is not None and person.taken.record is None:
        person.happen(next_step(person.taken.at, person.taken.conversation.turn))
    assert person.taken is not None
    assert person.taken.record is not None
    return str(person.taken.record["reference"])


def test_one_has_it_and_the_other_reads_who(whole: Whole, references: list[str]) -> None:
    won: Counter[str] = Counter()
    assert whole.omar.name != whole.leila.name, "both have their accounts"
    with whole.serve() as served, ThreadPoolExecutor(2) as hands:
        desk = at_the_desk(served.address, whole.leila)
        for reference in references:
            owner = _both_claim(whole, desk, hands, reference)
            assert owner in {whole.leila.name, whole.omar.name}
            won[owner] += 1
            _both_doors_show(whole, desk, reference, owner)
        desk.close()
    print(f"won: {dict(won)}")  # noqa: T201 (shown with -s: who was quicker is nobody's merit)


def _both_claim(whole: Whole, desk: httpx.Client, hands: ThreadPoolExecutor, reference: str) -> str:
    """Who has the case, after both pressed together and each read what became of it."""
    card = whole.card(reference)
    address = f"/desk/cases/{reference}"
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', desk.get(address).text))
    together = threading.Barrier(2)

    def at_desk() -> httpx.Response:
        together.wait(20)
        return desk.post(f"{address}/claim", data=form)

    def in_chat() -> str:
        together.wait(20)
        press = whole.group.press_as(whole.omar.chat.user, card, "Übernehmen")
        return whole.group.wait_for_answer(press, timeout=60).toast

    posted, pressed = hands.submit(at_desk), hands.submit(in_chat)
    answer, toast = posted.result(), pressed.result()
    owner = whole.owner(reference)
    if owner == whole.leila.name:
        assert answer.status_code == 303, answer.text
        assert toast == WAS_LATE.format(name=owner)
    else:
        assert answer.status_code == 409, answer.text
        assert f"Der Fall ist schon bei {owner}." in answer.text
        assert toast == HAS_IT
    return owner


def _both_doors_show(whole: Whole, desk: httpx.Client, reference: str, owner: str) -> None:
    page = desk.get(f"/desk/cases/{reference}").text
    is_mine = owner == whole.leila.name
    assert ("Antwort senden" in page) == is_mine
    assert (f"Der Fall ist bei {owner}. Antworten kann nur, wer ihn hat." in page) != is_mine
    card = whole.card(reference)
    eventually(lambda: f"In Bearbeitung · {owner}" in card.text, f"the card shows {owner}")
