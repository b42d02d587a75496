"""Commands, the digest and reminders."""

from __future__ import annotations

import subprocess
import sys
from datetime import time

from serving_staff import MakeTeam, Team, eventually

from kpbot.store import advisors
from walk import NOW


def test_the_commands_are_in_the_menu(team: Team) -> None:
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt")
    (commands,) = team.bot.commands.values()
    names = [each["command"] for each in commands]
    assert names == ["cases", "mine", "case", "note", "stats", "help"]


def test_cases_lists_what_is_open_and_shows_one(team: Team) -> None:
    _, first = team.intake()
    _, second = team.intake("otto")
    team.claimed(first)
    team.group.say_as(team.bert.user, "/cases")
    told = team.group.wait_for("Offene Fälle (2)")
    assert f"{first} · in Bearbeitung · Beratung Algerien" in told.text
    assert "Anna Amsel" in told.text
    assert f"{second} · offen" in told.text
    assert "niemand · seit 24.11.2026 10:05" in told.text
    team.group.press_as(team.bert.user, told, second)
    copy = team.group.wait_for(lambda ms: [m for m in ms if m.titles == ["Übernehmen"]][1:])[0]
    team.group.press_as(team.bert.user, copy, "Übernehmen")
    team.shows(second, "Bert Buche")
    team.api.wait_for(lambda: "Bert Buche" in copy.text)


def test_a_long_list_has_pages(team: Team) -> None:
    for number in range(9):
        team.intake(f"person{number}")
    team.anna.say("/cases")
    told = team.anna.wait_for("Offene Fälle (9)")
    assert len(told.titles) == 9
    assert told.titles[-1] == "▶"
    team.anna.press(told, "▶")
    team.api.wait_for(lambda: told.titles[-1] == "◀")
    assert len(told.titles) == 2
    team.anna.press(told, "◀")
    team.api.wait_for(lambda: told.titles[-1] == "▶")


def test_mine_lists_the_advisors_own(team: Team) -> None:
    _, reference = team.intake()
    team.intake("otto")
    team.claimed(reference)
    team.anna.say("/mine")
    told = team.anna.wait_for("Ihre Fälle (1)")
    assert told.titles == [reference]
    team.bert.say("/mine")
    team.bert.wait_for("Sie haben gerade keinen Fall.")


def test_one_case_is_worked_on_in_private(team: Team) -> None:
    _, reference = team.intake()
    team.anna.say(f"/case {reference.lower()}")
    copy = team.anna.wait_for(reference)
    team.anna.press(copy, "Übernehmen")
    team.api.wait_for(lambda: "Anna Amsel" in copy.text)
    team.shows(reference, "Anna Amsel")
    team.anna.press(copy, "Abschließen")
    team.api.wait_for(lambda: "Doppelt" in copy.titles)
    team.anna.press(copy, "Doppelt")
    team.api.wait_for(lambda: copy.titles == ["Wieder öffnen"])
    team.anna.say("/case KP-NIX99")
    team.anna.wait_for("Den Fall KP-NIX99 gibt es nicht.")
    team.anna.say("/case")
    team.anna.wait_for("Bitte nennen Sie die Nummer")


def test_figures(team: Team) -> None:
    person, first = team.intake()
    team.intake("otto")
    card = team.claimed(first)
    team.later(hours=3, minutes=20)
    team.group.say_as(team.anna.user, "Guten Tag.", reply_to=card)
    team.heard_soon(person, "Guten Tag.")
    team.anna.say("/stats")
    told = team.anna.wait_for("Offen")
    assert told.text.splitlines() == [
        "Offen, bei niemandem: 1",
        "In Bearbeitung: 0",
        "Warten auf die Person: 1",
        "Warten auf die Beratung: 0",
        "Zurückgestellt: 0",
        "Überfällig: 0",
        "Diese Woche abgeschlossen: 0",
        "Erste Antwort nach (Median): 3 Std. 20 Min.",
    ]


def test_somebody_who_left_the_team_is_a_stranger(team: Team) -> None:
    anna = team.advisor(team.anna)
    team.database.write(lambda connection: advisors.deactivate(connection, anna.id))
    team.anna.say("/cases")
    team.anna.wait_for("nur für das Team")


def test_the_digest_comes_once_a_day_over_restarts(make_team: MakeTeam) -> None:
    team = make_team()
    team.serve(digest_at=time(11))
    _, reference = team.intake()
    team.card(reference)
    team.all_sent()
    assert len(team.group.messages) == 1, "it is five past ten in Germany"
    team.later(hours=1)
    digest = team.group.wait_for("Stand am 24.11.2026")
    assert f"Bei niemandem (1):\n{reference} · offen" in digest.text
    eventually(lambda: team.note("digest") == "2026-11-24")
    team.restart(digest_at=time(11))
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt")
    assert len([m for m in team.group.messages if "Stand am" in m.text]) == 1
    team.stop()
    team.later(days=1)
    team.serve(digest_at=time(11))
    team.group.wait_for("Stand am 25.11.2026")


def test_whoever_is_about_to_lose_a_case_is_reminded_once(team: Team) -> None:
    _, reference = team.intake()
    card = team.claimed(reference)
    team.later(hours=23, minutes=30)
    told = team.group.wait_for("war lange ohne Bearbeitung")
    assert told.text == (
        f"Anna Amsel, der Fall {reference} war lange ohne Bearbeitung. "
        "Um 10:05 Uhr ist er wieder für alle offen."
    )
    assert told.reply_to is card
    team.restart()
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt")
    assert len([m for m in team.group.messages if "lange ohne" in m.text]) == 1
    assert team.clock() > NOW


def test_the_library_is_imported_where_the_channel_starts() -> None:
    program = "import sys, kpbot.channels.staff; sys.exit('telegram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
