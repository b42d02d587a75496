"""When a person goes, what they said goes from the advisors' chat."""

from __future__ import annotations

import pytest
from serving_staff import PERSONAL, MakeTeam, Team, eventually

from bot_api import Fault


@pytest.mark.parametrize("days", [0, 3])
@pytest.mark.parametrize("kind", ["plain", "forum", "forum without rights"])
def test_when_the_person_goes_nothing_personal_stays(
    make_team: MakeTeam, kind: str, days: int
) -> None:
    team = make_team(forum=kind != "plain", admin=kind == "forum")
    team.serve()
    person, reference = team.intake()
    team.claimed(reference)
    team.says(person, "Geheimes Wort.")
    quote = team.group.wait_for("Geheimes Wort.")
    team.anna.say(f"/case {reference}")
    shown_there = team.anna.wait_for(reference)
    eventually(lambda: team.note(f"message:{shown_there.id}", str(team.anna.id)))
    if not days:  # an advisor's own old message is theirs to remove
        team.group.say_as(team.anna.user, "Aus dem Amt.", reply_to=quote)
        team.heard_soon(person, "Aus dem Amt.")
    team.all_sent()
    team.api.advance(days * 24 * 3600)
    team.erase(reference)
    team.group.wait_for("Bitte löschen Sie auch Ihre Kopien")
    team.all_sent()
    left = [*team.group.log, *team.anna.log]
    shown = [m.text for m in left if not m.deleted]
    assert not [text for text in shown if any(word in text for word in PERSONAL)]
    assert any(reference in text for text in shown)
    assert all(not m.titles for m in left if not m.deleted)
    assert not [row for row in team.notes() if reference in f"{row.name} {row.value}"]


def test_words_that_arrive_after_the_person_has_gone_are_taken_back(team: Team) -> None:
    person, reference = team.intake()
    team.claimed(reference)
    team.all_sent()
    team.api.faults.next(
        "sendMessage", Fault.slow(1), matches=lambda p: "Geheimes Wort" in p["text"]
    )
    team.says(person, "Geheimes Wort.")
    team.group.wait_for("Geheimes Wort.")  # the bot has not heard yet that it arrived
    team.erase(reference)
    team.group.wait_for("Bitte löschen Sie auch Ihre Kopien")
    team.all_sent()
    shown = [m.text for m in team.group.log if not m.deleted]
    assert not [text for text in shown if any(word in text for word in PERSONAL)]
    eventually(lambda: not [row for row in team.notes() if reference in f"{row.name} {row.value}"])


def test_a_case_the_team_never_saw_goes_without_a_word(make_team: MakeTeam) -> None:
    team = make_team()
    _, reference = team.intake()
    team.erase(reference)
    team.serve()
    team.all_sent()
    assert team.group.messages == []
