"""`kpbot chat --json`: one line out for each line in, with exactly these keys and values."""

import os
import signal
import subprocess
from typing import Any

import pytest
from running import PROGRAM, Kpbot

from walk import PRESSES, RECORD, WORDS, told

SENTENCE = "Ich bin ein automatischer Assistent, kein Mensch."
ENQUIRY = [
    {"press": "start"},
    {"press": "yes"},
    {"press": "german_municipality"},
    WORDS["municipality_name"],
    {"press": "brief"},
    {"press": "none"},
    {"select": ["MA", "TN"]},
    {"select": ["new_partnership"]},
    {"select": ["waste_management", "environmental_education"]},
    WORDS["description"],
    WORDS["contact_name"],
    WORDS["email"],
    {"press": "send"},
]


def _titles(answer: dict[str, Any]) -> dict[str, str]:
    return {button["id"]: button["title"] for button in answer["replies"][-1]["buttons"]}


def test_hallo_is_answered_with_the_bot_sentence_and_the_menu(kpbot: Kpbot) -> None:
    (answer,) = kpbot.chat("hallo")
    (reply,) = answer.pop("replies")
    assert answer == {"turn": 1, "language": "de", "at": "menu", "faq": None, "record": None}
    assert SENTENCE in reply["text"]
    assert "Was kann ich für Sie tun?" in reply["text"]
    assert reply["select"] is None
    assert reply["buttons"] == [
        {"id": "start", "title": "Anfrage stellen"},
        {"id": "question", "title": "Frage weitergeben"},
        {"id": "human", "title": "Mit einem Menschen sprechen"},
        {"id": "help", "title": "Hilfe"},
        {"id": "language", "title": "Sprache ändern"},
        {"id": "privacy", "title": "Datenschutz"},
    ]


def test_a_whole_conversation_has_exactly_these_answers(kpbot: Kpbot) -> None:
    answers = kpbot.chat(*ENQUIRY, arguments=("--language", "de"))
    assert [(each["turn"], each["at"]) for each in answers] == [
        (1, "consent"),
        (2, "group"),
        (3, "municipality_name"),
        (4, "region"),
        (5, "partnership_status"),
        (6, "wanted_country"),
        (7, "concern"),
        (8, "topics"),
        (9, "description"),
        (10, "contact_name"),
        (11, "email"),
        (12, "review"),
        (13, "menu"),
    ]
    for answer in answers:
        assert list(answer) == ["turn", "language", "at", "replies", "faq", "record"]
        (reply,) = answer["replies"]
        assert list(reply) == ["text", "buttons", "select"]
        assert all(list(button) == ["id", "title"] for button in reply["buttons"])
        assert answer["language"] == "de"
    assert [each["replies"][0]["select"] for each in answers[5:8]] == [
        {"min": 1, "max": 6},
        {"min": 1, "max": 8},
        {"min": 1, "max": 8},
    ]
    assert all(each["record"] is None for each in answers[:-1])
    record = answers[-1]["record"]
    assert told(record) == RECORD
    assert record["reference"] in answers[-1]["replies"][0]["text"]
    assert set(record) >= {"reference", "language", "flags", "unanswered"}


@pytest.mark.slow
def test_a_button_has_the_words_that_can_be_typed_instead(kpbot: Kpbot) -> None:
    pressed = kpbot.chat(*ENQUIRY[:2], {"press": PRESSES["group"]}, arguments=("--language", "de"))
    title = _titles(pressed[1])[PRESSES["group"]]
    typed = kpbot.chat(*ENQUIRY[:2], title, arguments=("--language", "de"))
    assert typed[-1]["at"] == pressed[-1]["at"] == "municipality_name"


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "fr", "ar", "en"])
def test_the_language_option_skips_the_question(kpbot: Kpbot, language: str) -> None:
    (answer,) = kpbot.chat({"open": True}, arguments=("--language", language))
    assert (answer["language"], answer["at"]) == (language, "menu")
    assert "start" in _titles(answer)


@pytest.mark.slow
def test_without_it_the_language_is_asked_for_in_four_languages(kpbot: Kpbot) -> None:
    (answer,) = kpbot.chat({"open": True})
    assert answer["language"] is None
    assert list(_titles(answer).values()) == ["Deutsch", "Français", "العربية", "English"]
    answers = kpbot.chat({"open": True}, {"press": "language:fr"})
    assert answers[-1]["language"] == "fr"


@pytest.mark.slow
def test_a_button_of_an_earlier_turn_is_pressed_by_its_turn(kpbot: Kpbot) -> None:
    answers = kpbot.chat(
        *ENQUIRY[:4],
        {"press": "media", "turn": 2},
        {"press": "no"},
        {"press": "media", "turn": 2},
        {"press": "yes"},
        arguments=("--language", "de"),
    )
    offer, declined, _, changed = answers[4:]
    assert offer["at"] == declined["at"] == "region"
    assert "Deutsche Kommune" in offer["replies"][0]["text"]
    assert "Medien" in changed["replies"][0]["text"]


@pytest.mark.slow
def test_a_press_on_what_was_never_shown_is_a_sentence(kpbot: Kpbot) -> None:
    answers = kpbot.chat(
        {"press": "nothing"},
        {"press": "start", "turn": 99},
        {"select": ["nothing"]},
        {"press": "x", "turn": "first"},
        arguments=("--language", "de"),
    )
    assert all(each["replies"][0]["text"] for each in answers)


def test_the_last_event_again_changes_nothing(kpbot: Kpbot) -> None:
    again = {"again": True}
    answers = kpbot.chat("hallo", again, *ENQUIRY, again, again, arguments=("--language", "de"))
    first, second, *_, last, third, fourth = answers
    assert second == {**first, "replies": []}
    assert last["record"] is not None
    assert third == fourth == {**last, "replies": [], "record": None}


@pytest.mark.slow
def test_again_before_anything_is_harmless(kpbot: Kpbot) -> None:
    (answer,) = kpbot.chat({"again": True}, arguments=("--language", "de"))
    assert answer == {
        "turn": 0,
        "language": "de",
        "at": "menu",
        "replies": [],
        "faq": None,
        "record": None,
    }


@pytest.mark.slow
def test_time_passes_and_due_timers_fire(kpbot: Kpbot) -> None:
    answers = kpbot.chat(
        *ENQUIRY[:3],
        {"wait": "1d"},
        {"wait": "25h"},
        {"wait": "1w"},
        arguments=("--language", "de"),
    )
    nothing, reminder, expired = answers[3:]
    assert nothing["replies"] == []
    assert "noch nicht gesendet" in reminder["replies"][0]["text"]
    assert reminder["at"] == "municipality_name"
    assert "gelöscht" in expired["replies"][-1]["text"]
    assert expired["at"] == "menu"


@pytest.mark.slow
def test_what_is_no_text_is_answered(kpbot: Kpbot) -> None:
    answers = kpbot.chat({"attach": "voice"}, {"edit": "hallo"}, arguments=("--language", "de"))
    assert all("kann ich nicht lesen" in each["replies"][0]["text"] for each in answers[:1])
    assert all(each["replies"][0]["text"] for each in answers)


def test_whatever_is_said_gets_a_sentence(kpbot: Kpbot) -> None:
    texts = ("", "\x00", "😀😀", "\u202eabc", "<b>x</b>", "{reference}", "a" * 6000, "Null")
    answers = kpbot.chat(*ENQUIRY[:1], *texts, arguments=("--language", "de"))
    assert all(each["at"] == "consent" and each["replies"][0]["text"] for each in answers)


@pytest.mark.slow
def test_half_a_character_gets_a_sentence(kpbot: Kpbot) -> None:
    ran = kpbot("chat", "--json", "--language", "de", given='{"say": "\\ud800"}\n')
    assert ran.status == 0, ran
    assert ran.lines[0]["replies"][0]["text"]


def test_a_conversation_goes_on_after_a_restart(kpbot: Kpbot) -> None:
    here = ("--database", kpbot.url, "--user", "anna")
    kpbot.chat(*ENQUIRY[:5], arguments=("--language", "de", *here))
    answers = kpbot.chat(*ENQUIRY[5:], arguments=here)
    assert (answers[0]["turn"], answers[0]["language"]) == (6, "de")
    assert told(answers[-1]["record"]) == RECORD


@pytest.mark.slow
def test_another_user_has_another_conversation(kpbot: Kpbot) -> None:
    here = ("--database", kpbot.url, "--language", "de")
    kpbot.chat(*ENQUIRY[:5], arguments=(*here, "--user", "anna"))
    (answer,) = kpbot.chat({"open": True}, arguments=(*here, "--user", "bilal"))
    assert (answer["turn"], answer["at"]) == (1, "menu")


@pytest.mark.slow
def test_without_a_database_nothing_is_kept(kpbot: Kpbot) -> None:
    kpbot.chat(*ENQUIRY[:5], arguments=("--language", "de"))
    (answer,) = kpbot.chat({"open": True}, arguments=("--language", "de"))
    assert answer["at"] == "menu"


@pytest.mark.slow
def test_killed_in_the_middle_it_goes_on_where_it_was(kpbot: Kpbot) -> None:
    here = ("--database", kpbot.url, "--user", "anna")
    command = [PROGRAM, "chat", "--json", "--language", "de", *here]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=kpbot.environment,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for event in ('{"press": "start"}', '{"press": "yes"}'):
            process.stdin.write(f"{event}\n")
            process.stdin.flush()
            assert process.stdout.readline()  # answered and flushed before the next line
        os.kill(process.pid, signal.SIGKILL)
    answers = kpbot.chat(*ENQUIRY[2:], arguments=here)
    assert told(answers[-1]["record"]) == RECORD


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("hallo", "is not JSON"),
        ('{"say": "hallo"', "is not JSON"),
        ('["say", "hallo"]', "is not a JSON object"),
        ("17", "is not a JSON object"),
        ('{"shout": "hallo"}', "this line has shout"),
        ('{"say": 17}', "this line has say"),
        ("{}", "this line has nothing"),
        ('{"wait": "soon"}', "'soon' is no duration"),
        ('{"wait": "-3d"}', "'-3d' is no duration"),
        ('{"wait": 3}', "3 is no duration"),
        ('{"wait": "99999999999999d"}', "is too long to wait"),
        ("[" * 100_000, "nested too deep"),
    ],
    ids=lambda each: each[:20],
)
def test_a_line_that_is_no_event_ends_with_one_sentence(kpbot: Kpbot, line: str, says: str) -> None:
    assert says in kpbot("chat", "--json", given=f"{line}\n").complaint


@pytest.mark.slow
def test_a_line_that_is_not_utf_8_ends_with_one_sentence(kpbot: Kpbot) -> None:
    ran = kpbot("chat", "--json", given=b'{"say": "gr\xfc\xdfe"}\n')
    assert ran.complaint == "Line 1 of standard input is not UTF-8."


@pytest.mark.slow
def test_a_wrong_line_leaves_the_answers_before_it(kpbot: Kpbot) -> None:
    ran = kpbot("chat", "--json", "--language", "de", given='{"say": "hallo"}\n\nhallo\n')
    assert ran.status == 2
    assert len(ran.lines) == 1
    assert ran.err.startswith("kpbot: Line 3 ")


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "de_DE.ISO-8859-1"])
def test_the_answers_are_utf_8_whatever_the_locale(kpbot: Kpbot, locale: str) -> None:
    ran = kpbot(
        "chat",
        "--json",
        given='{"say": "السلام عليكم"}\n',
        settings={"LC_ALL": locale, "PYTHONIOENCODING": "", "PYTHONUTF8": "0"},
    )
    assert ran.status == 0, ran
    assert ran.lines[0]["language"] == "ar"


@pytest.mark.slow
def test_people_press_buttons_by_their_numbers(kpbot: Kpbot) -> None:
    ran = kpbot("chat", "--language", "de", given="1\n1\n1\nStadt Musterhausen\n")
    assert ran.status == 0, ran
    assert "[1] Anfrage stellen" in ran.out
    assert "Wie heißt Ihre Kommune" in ran.out
    assert "Stadt Musterhausen" in ran.out
    assert "Traceback" not in ran.err
