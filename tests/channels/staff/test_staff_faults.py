"""What goes wrong between the bot, Telegram and the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest
import sqlalchemy as sa
from serving_staff import PERSONAL, TOKEN, MakeTeam, Stopped, Team, eventually

from bot_api import BotApi, Fault, Limits
from kpbot.cases import Claim, Refused, Reply
from kpbot.channels import NotSent
from kpbot.channels.staff import StaffChannel
from kpbot.house import House
from kpbot.model import ByAdvisor, Card, Letter, Outbound
from kpbot.store import notes
from kpbot.store.database import Database


def _failed_with(team: Team, failure: str) -> None:
    eventually(lambda: any(row.failure == failure for row in team.waiting()))


def _with_time(team: Team, wanted: Callable[[], bool]) -> None:
    """It becomes so while time passes."""

    def looked() -> bool:
        team.later(seconds=1)
        return wanted()

    eventually(looked)


def _cards(team: Team, reference: str) -> int:
    return sum(message.text.startswith(f"{reference} ·") for message in team.group.messages)


@pytest.mark.parametrize(
    ("fault", "failure", "wait"),
    [
        (Fault.rate_limited(30), "telegram_429", 30),
        (Fault.server_error(502, html=True), "telegram_NetworkError", 2),
        (Fault.server_error(500), "telegram_NetworkError", 2),
        (Fault.refused(400, "Bad Request: chat not found"), "telegram_400", 2),
        (Fault.refused(403, "Forbidden: bot was kicked from the group chat"), "telegram_403", 2),
    ],
)
def test_what_was_not_sent_is_sent_once_later(
    team: Team, fault: Fault, failure: str, wait: float
) -> None:
    team.api.faults.next("sendMessage", fault)
    _, reference = team.intake()
    _failed_with(team, failure)
    assert team.group.messages == []
    team.later(seconds=wait - 1)
    team.later(seconds=1)
    team.card(reference)
    team.all_sent()
    assert _cards(team, reference) == 1
    assert [row.doubts for row in team.waiting()] == [0]


def test_a_connection_that_broke_before_is_a_doubt_and_one_card(team: Team) -> None:
    team.api.faults.next("sendMessage", Fault.dropped_before())
    _, reference = team.intake()
    _failed_with(team, "telegram_Broken")
    team.later(seconds=2)
    team.card(reference)
    team.all_sent()
    assert _cards(team, reference) == 1
    assert [row.doubts for row in team.waiting()] == [1]


@pytest.mark.parametrize("fault", [Fault.dropped_after(), Fault.malformed()])
def test_a_message_that_may_have_arrived_is_repeated_once_and_no_more(
    team: Team, fault: Fault
) -> None:
    team.api.faults.next("sendMessage", fault, times=2)
    _, reference = team.intake()
    _failed_with(team, "telegram_Broken")
    team.later(seconds=2)
    eventually(lambda: [row.state for row in team.waiting()] == ["doubtful"])
    team.later(hours=4)
    team.intake("otto")
    eventually(lambda: [row.state for row in team.waiting()] == ["doubtful", "sent"])
    assert _cards(team, reference) == 2
    assert team.waiting()[0].doubts == 2


def test_a_card_that_was_edited_in_doubt_is_simply_edited_again(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    team.all_sent()
    team.api.faults.next("editMessageText", Fault.dropped_after())
    team.group.press_as(team.anna.user, card, "Übernehmen")
    _failed_with(team, "telegram_Broken")
    team.later(seconds=2)
    team.group.wait_for("Übernommen von Anna Amsel.")
    team.all_sent()
    assert sum(row.doubts for row in team.waiting()) == 0
    assert _cards(team, reference) == 1
    assert len([m for m in team.group.messages if "Übernommen" in m.text]) == 1


def test_long_words_in_several_messages_go_on_where_they_stopped(team: Team) -> None:
    person, reference = team.intake()
    team.claimed(reference)
    team.all_sent()
    team.api.faults.next(
        "sendMessage", Fault.rate_limited(5), matches=lambda p: p["text"].startswith("😀")
    )
    team.says(person, "😀" * 3000)
    _failed_with(team, "telegram_429")
    team.later(seconds=5)
    team.all_sent()
    parts = [m.text for m in team.group.messages if "😀" in m.text]
    assert len(parts) == 2
    assert "".join(parts).count("😀") == 3000
    assert parts[0].startswith(f"{reference}: Die Person schreibt.\n")


def test_updates_that_come_twice_are_answered_once(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    team.api.faults.next("getUpdates", Fault.duplicate(), times=3)
    team.group.say_as(team.anna.user, "Nur einmal bitte.", reply_to=card)
    team.heard_soon(person, "Nur einmal bitte.")
    team.group.wait_for("gesendet")
    team.api.wait_for(lambda: team.bot.unconfirmed == 0)
    team.bot.redeliver_last("message")
    team.group.say_as(team.bert.user, "/help")
    team.group.wait_for("/cases zeigt")
    assert len([text for text in team.heard(person) if "Nur einmal bitte." in text]) == 1
    assert len([m for m in team.group.messages if "gesendet" in m.text]) == 1


def test_an_update_that_comes_again_after_a_restart_is_done_once(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    team.group.say_as(team.anna.user, "Vor dem Neustart.", reply_to=card)
    team.heard_soon(person, "Vor dem Neustart.")
    team.api.wait_for(lambda: team.bot.unconfirmed == 0)
    team.restart()
    team.bot.redeliver_last("message")
    team.group.say_as(team.bert.user, "/help")
    team.group.wait_for("/cases zeigt")
    assert len([text for text in team.heard(person) if "Vor dem Neustart." in text]) == 1


def test_an_update_nobody_can_read_holds_up_nobody(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    team.bot.hold_updates()
    team.bot.poison()
    press = team.group.press_as(team.anna.user, card, "Übernehmen")
    team.bot.release_updates()
    team.bot.push_raw({"callback_query": {"id": 7}})
    assert team.group.wait_for_answer(press).toast == "Sie haben den Fall."
    team.api.wait_for(lambda: team.bot.unconfirmed == 0)


def test_updates_in_the_wrong_order_are_all_handled(team: Team) -> None:
    team.api.faults.next("getUpdates", Fault.reversed(), times=2)
    team.bot.hold_updates()
    for number in range(4):
        team.group.say_as(team.anna.user, f"/case KP-{number}")
    team.bot.release_updates()
    for number in range(4):
        team.group.wait_for(f"Den Fall KP-{number} gibt es nicht.")


def test_numbers_that_begin_anew_after_a_quiet_week_are_handled(team: Team) -> None:
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt")
    team.api.wait_for(lambda: team.bot.unconfirmed == 0)
    asked = len(team.api.called("getUpdates"))
    team.api.advance(30)  # a question for updates that waited in vain
    team.api.wait_for(lambda: len(team.api.called("getUpdates")) > asked)
    assert "offset" not in team.api.called("getUpdates")[-1].params
    team.bot.forget_idle()
    team.group.say_as(team.anna.user, "/stats")
    team.group.wait_for("Überfällig: 0")


def test_while_the_store_is_away_an_update_waits_and_is_done_then(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    left = [1]

    def away() -> None:
        if left:
            left.pop()
            raise sa.exc.OperationalError("", {}, OSError())

    team.before_act = away
    press = team.group.press_as(team.anna.user, card, "Übernehmen")
    assert team.group.wait_for_answer(press).toast == "Sie haben den Fall."
    assert len(team.acts) == 2


def test_a_mistake_of_ours_is_admitted_and_holds_up_nobody(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)

    def broken() -> None:
        team.before_act = None
        raise ValueError

    team.before_act = broken
    press = team.group.press_as(team.anna.user, card, "Übernehmen")
    assert team.group.wait_for_answer(press).toast.startswith("Das hat gerade nicht geklappt.")
    press = team.group.press_as(team.anna.user, card, "Übernehmen")
    assert team.group.wait_for_answer(press).toast == "Sie haben den Fall."


def test_a_second_poller_is_a_pause_and_nothing_is_lost(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    httpx.get(f"{team.api.url}/bot{TOKEN}/getUpdates", trust_env=False)
    press = team.group.press_as(team.anna.user, card, "Übernehmen")
    assert team.group.wait_for_answer(press).toast == "Sie haben den Fall."


def test_many_cases_arrive_once_each_within_the_limits_of_a_group(
    house: House, database: Database
) -> None:
    with BotApi(limits=Limits()) as api:
        team = Team(api, house, database, forum=False, admin=False)
        team.serve()
        wanted = [f"KP-{number}" for number in range(50)]
        team.put(*(Card(each, f"{each} · Beratung", "Offen", ()) for each in wanted))
        team.group.wait_for(lambda ms: len(ms) == 20)

        def all_sent() -> bool:
            api.advance(1)
            return all(row.state == "sent" for row in team.waiting())

        _failed_with(team, "telegram_429")
        _with_time(team, all_sent)
        assert sorted(m.text.partition(" ")[0] for m in team.group.messages) == sorted(wanted)
        team.close()


def test_nothing_that_people_write_is_logged(team: Team, capfd: pytest.CaptureFixture[str]) -> None:
    for method in ("sendMessage", "editMessageText", "getUpdates"):
        team.api.faults.next(method, Fault.malformed())
        team.api.faults.next(method, Fault.server_error(502, html=True))
    person, reference = team.intake()
    _with_time(team, lambda: len(team.waiting()) == 1 and team.waiting()[0].state == "sent")
    newest = team.group.wait_for(f"{reference} ·")  # the first one arrived in doubt
    team.group.press_as(team.anna.user, newest, "Übernehmen")
    eventually(lambda: team.case(reference).state == "claimed")
    team.says(person, "Geheimes Wort.")
    _with_time(team, lambda: all(row.state == "sent" for row in team.waiting()))
    team.group.wait_for("Geheimes Wort.")
    assert team.api.faults.left == 0
    team.bot.push_raw({"message": {"message_id": 1, "text": "Geheimes Wort."}})
    team.api.wait_for(lambda: team.bot.unconfirmed == 0)
    team.stop()
    out, err = capfd.readouterr()
    assert "update_unreadable" in out
    assert not [word for word in PERSONAL if word in out + err]
    assert TOKEN not in out + err


def test_an_answer_that_must_wait_arrives_once(team: Team) -> None:
    team.api.faults.next("sendMessage", Fault.rate_limited(1))
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt")
    assert len(team.group.messages) == 1


def test_an_answer_that_must_wait_long_holds_up_nobody(team: Team) -> None:
    _, reference = team.intake()
    card = team.claimed(reference)
    team.all_sent()
    team.api.faults.next(
        "sendMessage", Fault.rate_limited(4), matches=lambda p: "gesendet" in p["text"]
    )
    team.bot.hold_updates()
    team.group.say_as(team.anna.user, "Guten Tag.", reply_to=card)
    press = team.group.press_as(team.bert.user, card, "Übergeben")
    team.bot.release_updates()
    team.group.wait_for_answer(press)
    assert not [m for m in team.group.messages if "gesendet" in m.text]
    team.group.wait_for("gesendet")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_in_bad_weather_everything_arrives_once_or_in_doubt_twice(team: Team, seed: int) -> None:
    for number, method in enumerate(("sendMessage", "editMessageText", "getUpdates", "getChat")):
        for fault in (
            Fault.rate_limited(1),
            Fault.server_error(502, html=True),
            Fault.dropped_before(),
            Fault.dropped_after(),
        ):
            team.api.faults.share(method, fault, 0.05, 100 * seed + number)
    anna = team.advisor(team.anna)
    cases = [team.intake(f"person{number}") for number in range(3)]
    for person, reference in cases:
        team.act(ByAdvisor(reference, anna.id, anna.name, Claim()), f"claim:{reference}")
        for number in range(4):
            team.says(person, f"Wort {number} zu {reference}.")
            reply = Reply(f"Antwort {number} zu {reference}.")
            team.act(ByAdvisor(reference, anna.id, anna.name, reply), f"{number}:{reference}")
    _with_time(team, lambda: all(row.state != "waiting" for row in team.waiting()))
    rows = team.waiting()
    assert {row.state for row in rows} <= {"sent", "doubtful"}
    doubts = sum(row.doubts for row in rows)
    shown = [message.text for message in team.group.messages]
    extra = missing = 0
    for _, reference in cases:
        for number in range(4):
            for words in (f"Wort {number}", f"Antwort {number}"):
                found = sum(f"\n{words} zu {reference}." in text for text in shown)
                assert found <= 2
                extra += found == 2
                missing += found == 0
    assert extra <= doubts
    assert missing <= sum(row.state == "doubtful" for row in rows), (
        "lost twice on the way, and known"
    )


def test_an_advisor_who_blocked_the_bot_holds_up_nobody(team: Team) -> None:
    team.bot.hold_updates()
    team.anna.say("/cases")
    team.anna.blocked = True
    team.group.say_as(team.bert.user, "/help")
    team.bot.release_updates()
    team.group.wait_for("/cases zeigt")
    assert team.anna.messages == []


def test_a_group_that_became_a_supergroup_goes_on(team: Team) -> None:
    person, reference = team.intake()
    team.claimed(reference)
    team.all_sent()
    team.bot.hold_updates()
    new = team.group.migrate()
    team.says(person, "Sind Sie noch da?")
    team.group.wait_for("Sind Sie noch da?")
    card = team.card(reference)
    team.bot.release_updates()
    assert card.chat.id == new
    assert team.note("migrated", team.home) == str(new)
    team.group.say_as(team.anna.user, "Aber ja.", reply_to=card)
    team.heard_soon(person, "Aber ja.")
    team.all_sent()


def test_the_announcement_alone_tells_where_the_group_is_now(team: Team) -> None:
    new = team.group.migrate()
    eventually(lambda: team.note("migrated", team.home) == str(new))


def test_a_server_that_is_away_at_the_start_is_waited_for(make_team: MakeTeam) -> None:
    team = make_team()
    team.api.faults.next("getMe", Fault.server_error(502))
    team.serve()
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt")


async def test_what_is_no_card_is_refused_for_good(database: Database) -> None:
    def never(*_: object) -> object:
        raise AssertionError

    channel = StaffChannel(
        TOKEN,
        chat="-1",
        database=database,
        act=never,  # type: ignore[arg-type]
        desks={},
        clock=Stopped(),
    )
    for message in (Letter("", "", ""), Outbound("staff", "-1", 1, "de", "Hallo")):
        with pytest.raises(NotSent) as refused:
            await channel.send("-1", message)
        assert refused.value.never


async def test_a_run_that_ended_can_be_begun_again(api: BotApi, database: Database) -> None:
    bot = api.bot(TOKEN)
    anna = api.private_chat(bot, 999, begun=True)
    channel = StaffChannel(
        TOKEN,
        api=api.url,
        chat="-1",
        database=database,
        act=lambda _done, _message_id: Refused("unknown"),
        desks={},
        clock=Stopped(),
    )
    with pytest.raises(NotSent) as failed:
        await channel.send("-1", Card("KP-22222", "KP-22222 · Beratung", "Offen", ()))
    assert not failed.value.never
    for number in (1, 2):
        task = asyncio.create_task(channel.run())
        anna.say("/cases")
        await asyncio.to_thread(
            anna.wait_for, lambda messages, wanted=number: len(messages) == wanted
        )
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await channel.close()
    await channel.close()


def test_a_case_whose_card_cannot_go_out_holds_up_no_other(team: Team) -> None:
    team.api.faults.next(
        "sendMessage",
        Fault.refused(400, "Bad Request: not enough rights"),
        times=3,
        matches=lambda params: params["text"].startswith("KP-22222"),
    )
    cards = [Card(each, f"{each} · Beratung", "Offen", ()) for each in ("KP-22222", "KP-33333")]
    team.put(cards[0], cards[0], cards[1])
    team.card("KP-33333")
    eventually(lambda: [row.state for row in team.waiting()] == ["waiting", "waiting", "sent"])
    _with_time(team, lambda: all(row.state == "sent" for row in team.waiting()))
    assert _cards(team, "KP-22222") == 1


def test_a_mistake_of_ours_in_one_case_holds_up_no_other(team: Team) -> None:
    spoilt = Card("KP-22222", "KP-22222 · Beratung", "Offen", ())
    team.database.write(lambda c: notes.put(c, "staff", team.home, "topic:KP-22222", "no number"))
    team.put(spoilt, Card("KP-33333", "KP-33333 · Beratung", "Offen", ()))
    team.card("KP-33333")
    _failed_with(team, "ValueError")
    eventually(lambda: [row.state for row in team.waiting()] == ["waiting", "sent"])


@pytest.mark.parametrize("may_open", [True, False])
def test_a_topic_that_somebody_closed_is_opened_or_left(forum: Team, may_open: bool) -> None:
    person, reference = forum.intake()
    card = forum.claimed(reference)
    forum.all_sent()
    assert card.thread_id is not None
    forum.group.close_topic(card.thread_id)
    forum.api.faults.next("sendMessage", Fault.refused(400, "Bad Request: TOPIC_CLOSED"))
    if not may_open:
        forum.group.set_status(forum.bot, "member")
    words = "Noch eine Frage. " * 400
    forum.says(person, words)
    forum.all_sent()
    parts = [m for m in forum.group.messages if "Noch eine Frage." in m.text]
    assert len(parts) == 2
    assert {part.thread_id for part in parts} == {card.thread_id if may_open else None}
    assert all(may_open or part.text.startswith(f"{reference}: ") for part in parts)
    forum.group.say_as(forum.anna.user, "Gern.", reply_to=parts[1])
    forum.heard_soon(person, "Gern.")
