"""Killed at any boundary of what it does, the bot loses nothing and does nothing twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from crash_points import Left, Scenario, Stage, World
from kpbot.cases import Claim, Reply
from kpbot.house import House, Receivers
from kpbot.model import COMMAND, OFFER, ByAdvisor, Opened, Outbound, Pressed, Said
from kpbot.store import outbox
from kpbot.store.tables import advisors
from kpbot.turn import act
from postgres import Server
from walk import NOW, WORDS, next_step

LONG = timedelta(days=40)
"""After so long every reminder and every end of a draft has come due."""
RECEIVERS = Receivers(("desk@example.org", "head@example.org"), staff_chat="-100", webhook=True)

# ── what was before ──


def _nobody(world: World) -> None:
    assert world.database.read(outbox.waiting)[0] == 0


def _until(world: World, wanted: str, person: str = "anna") -> None:
    """The person is where `wanted` is asked, or has handed over, and has read everything."""
    taken = world.happen(person, f"{person}-0", Opened())
    number = 0
    while taken is not None and taken.at != wanted and not taken.conversation.sent:
        number += 1
        step = next_step(taken.at, taken.conversation.turn)
        taken = world.happen(person, f"{person}-{number}", step)
    world.deliver()


def _at_description(world: World) -> None:
    _until(world, "description")


def _at_review(world: World) -> None:
    _until(world, "review")


def _sent_and_claimed(world: World) -> None:
    _until(world, "nowhere")
    world.database.write(
        lambda c: c.execute(
            advisors.insert().values(
                id="a1", name="Rana", email="rana@example.org", role="advisor", created=NOW
            )
        )
    )
    _advise(world, "claim", Claim())
    world.deliver()


def _sent_and_another_begun(world: World) -> None:
    _until(world, "nowhere")
    world.happen("anna", "again", Pressed(world.shown("anna").turn, COMMAND, "start"))
    world.happen("anna", "delete", Said("löschen"))
    assert world.shown("anna").offer is not None
    world.deliver()


def _five_wait(world: World) -> None:
    def put(connection: sa.Connection) -> None:
        for number, address in enumerate(("anna", "bilal", "anna", "chloe", "anna")):
            words = Outbound("web", address, number, "de", f"Nachricht {number}")
            outbox.put(connection, words, channel="web", address=address, conversation=None, at=NOW)

    world.database.write(put)


# ── what happens ──


def _a_stranger_greets(world: World) -> None:
    world.happen("bilal", "hello", Said("Guten Tag"))
    world.deliver()


def _an_answer(world: World) -> None:
    world.happen("anna", "answer", Said(WORDS["description"]))
    world.deliver()


def _two_messages_at_once(world: World) -> None:
    world.happen("anna", "answer", Said(WORDS["description"]))
    world.happen("anna", "more", Said("Wie lange dauert das?"))
    world.deliver()


def _the_enquiry_is_sent(world: World) -> None:
    world.happen("anna", "send", Pressed(world.shown("anna").turn, COMMAND, "send"))
    world.deliver()


def _time_passes(world: World) -> None:
    world.now += LONG
    world.fire(NOW + LONG)
    world.deliver()


def _an_advisor_answers(world: World) -> None:
    _advise(world, "reply", Reply("Guten Tag, gern rufe ich Sie morgen an."))
    world.deliver()


def _the_person_writes_to_the_advisor(world: World) -> None:
    world.happen("anna", "to-advisor", Said("Am besten nach 14 Uhr."))
    world.deliver()


def _the_person_is_erased(world: World) -> None:
    kept = world.database.read(lambda c: c.execute(sa.text("SELECT 1 FROM conversations")).first())
    offer = world.shown("anna").offer if kept is not None else None
    world.happen("anna", "yes", Pressed(offer.turn if offer else 1, OFFER, "yes"))
    world.deliver()


def _everything_is_delivered(world: World) -> None:
    world.deliver()


def _advise(world: World, message_id: str, action: Claim | Reply) -> None:
    done = ByAdvisor(world.shown("anna").sent[-1], "a1", "Rana", action)
    act(world.database, done, message_id, NOW, world.house)


SCENARIOS = (
    Scenario("first words", _nobody, _a_stranger_greets),
    Scenario("turn", _at_description, _an_answer),
    Scenario("two turns", _at_description, _two_messages_at_once),
    Scenario("delivery", _five_wait, _everything_is_delivered),
    Scenario("timers", _at_description, _time_passes),
    Scenario("hand-over", _at_review, _the_enquiry_is_sent),
    Scenario("advisor's reply", _sent_and_claimed, _an_advisor_answers),
    Scenario("person to advisor", _sent_and_claimed, _the_person_writes_to_the_advisor),
    Scenario("case timers", _sent_and_claimed, _time_passes),
    Scenario("erasure", _sent_and_another_begun, _the_person_is_erased),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(
    request: pytest.FixtureRequest, tmp_path: Path, house: House, dialogs: object
) -> Iterator[Stage]:
    """Where scenarios are played, on each database."""
    del dialogs
    server: Server | None = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
    made = Stage(tmp_path, replace(house, receivers=RECEIVERS), server)
    yield made
    made.clear()


@pytest.mark.slow
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.name)
def test_killed_at_any_boundary_it_comes_to_the_same_end(
    stage: Stage, scenario: Scenario, record_property: Callable[[str, object], None]
) -> None:
    stage.prepare(scenario)
    undisturbed, killed = stage.play(scenario, None)
    assert not killed
    assert undisturbed.sent, "nothing happened"
    points = 0
    while True:
        left, killed = stage.play(scenario, points + 1)
        _same(left, undisturbed, f"{scenario.name}, killed at boundary {points + 1}")
        if not killed:  # there is no boundary of this number: it was the last
            break
        points += 1
    assert points >= 5, "the boundaries were not met"
    record_property("crash_points", points)
    print(f"{scenario.name}: {points} points")  # noqa: T201 (pytest -s)


def _same(left: Left, undisturbed: Left, when: str) -> None:
    for table, rows in undisturbed.rows.items():
        assert left.rows[table] == rows, f"{when}: {table}"
    assert left.sent.keys() == undisturbed.sent.keys(), when
    for address, messages in undisturbed.sent.items():
        assert list(dict.fromkeys(left.sent[address])) == messages, f"{when}: {address}"
        repeated = Counter(left.sent[address]).most_common(1)[0][1]
        assert repeated <= 2, f"{when}: {address} got a message {repeated} times"
        again = len(left.sent[address]) - len(messages)
        assert again <= 1, f"{when}: more than the one message in flight was repeated"
