"""The shipped transcripts: played plainly, under torture, and compared across languages."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kpbot.app import build_house
from kpbot.content.chats import Chat, load_chats
from kpbot.engine.utterance import StatedFact
from kpbot.events import CalendarEvent
from kpbot.house import House
from kpbot.model import LANGUAGES, Language
from kpbot.rehearsal import FAULTS, comparable, play, rehearse, torture
from kpbot.settings import Settings
from kpbot.understand.schedule_occurrences import calendar_of

DIALOGS = Path(__file__).parents[1] / "dialogs"
CHATS, PROBLEMS = load_chats(DIALOGS)
EVERYWHERE = [chat for chat in CHATS if chat.languages == LANGUAGES]


@pytest.fixture(scope="module")
def house() -> House:
    """The shipped house with the real matcher, as `kpbot check` plays it."""
    return build_house(Settings())


def _name(chat: Chat) -> str:
    return Path(chat.file).stem


IN_EACH_LANGUAGE = [
    pytest.param(chat, language, id=f"{_name(chat)}-{language}")
    for chat in CHATS
    for language in chat.languages
]


def test_the_transcripts_are_well_formed() -> None:
    assert PROBLEMS == ()
    assert {_name(chat) for chat in CHATS} >= {
        "town_in_hesse",
        "secretary_general_in_tunisia",
        "egyptian_governorate",
        "algerian_engineer",
        "dormant_partnership",
        "only_dates",
    }


@pytest.mark.parametrize(("chat", "language"), IN_EACH_LANGUAGE)
def test_every_transcript_holds_in_each_of_its_languages(
    house: House, chat: Chat, language: Language
) -> None:
    assert play(house, chat, language).problems == []


@pytest.mark.parametrize("name", ["town_in_hesse", "only_dates"])
def test_a_transcript_holds_whatever_the_operator_fills_in(house: House, name: str) -> None:
    fact = StatedFact("Bis 31.03.2027.", "Rundschreiben", date(2026, 1, 1))
    coming = CalendarEvent(
        uid="forum",
        kind="conference",
        title=dict.fromkeys(LANGUAGES, "Forum 2024"),
        starts=datetime.fromisoformat("2026-12-10T09:00"),
        ends=datetime.fromisoformat("2026-12-10T17:00"),
        zone="Europe/Berlin",
        source="Rundschreiben",
        as_of=date(2026, 11, 1),
    )
    calendar = calendar_of([coming], date(2026, 11, 24))
    knowledge = replace(
        house.knowledge, calendar=lambda: calendar, stated=lambda _intent, _day: True
    )
    filled = replace(
        house,
        knowledge=knowledge,
        answers=lambda *asked: replace(house.answers(*asked), fact=fact),
    )
    (chat,) = [chat for chat in CHATS if _name(chat) == name]
    assert play(filled, chat, chat.languages[0]).problems == []


def test_the_transcripts_cover_every_question_choice_and_outcome(house: House) -> None:
    assert rehearse(house, DIALOGS) == ()


@pytest.mark.parametrize("chat", EVERYWHERE, ids=_name)
def test_the_record_is_the_same_in_every_language(house: House, chat: Chat) -> None:
    spoken = {
        json.dumps([comparable(house, record) for record in play(house, chat, language).records])
        for language in LANGUAGES
    }
    assert len(spoken) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("chat", "language"), IN_EACH_LANGUAGE)
def test_faults_after_every_step_change_no_record(
    house: House, chat: Chat, language: Language
) -> None:
    assert torture(house, chat, language) == ()


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("chat", CHATS, ids=_name)
def test_each_fault_alone_changes_no_record(house: House, chat: Chat, fault: str) -> None:
    assert torture(house, chat, chat.languages[0], (fault,)) == ()


def test_a_transcript_that_expects_something_else_is_complained_about(
    house: House, tmp_path: Path
) -> None:
    folder = tmp_path / "intake" / "chats"
    folder.mkdir(parents=True)
    (folder / "wrong.yaml").write_text(
        "test: wrong\nlanguages: [de]\nsteps:\n  - {open: yes, asks: review}\n", encoding="utf-8"
    )
    chats, _ = load_chats(tmp_path)
    problems = play(house, chats[0], "de").problems
    assert [problem.line for problem in problems] == [4]
    assert problems[0].sentence.startswith("[de] asks menu, not review.")
