"""What a message means where the conversation stands, on the shipped content and the real FAQ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from kpbot.app import build_house
from kpbot.engine.expect import expects
from kpbot.model import (
    Answer,
    Answered,
    Asked,
    Commanded,
    Conversation,
    Draft,
    Happening,
    Language,
    Unclear,
    Unsure,
    Value,
)
from kpbot.settings import Settings
from kpbot.turn import House
from kpbot.understand.language import hear
from kpbot.understand.readers import understand
from walk import NOW

BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

# Answers in the dialog's order: a question waits when those before it are given.
GIVEN: Mapping[str, Value] = {
    "consent": True,
    "group": "north_african_municipality",
    "municipality_name": "Beispielstadt",
    "body_type": "commune",
    "country": "TN",
    "region": "Tozeur",
    "population": 12000,
    "partnership_status": "none",
    "wanted_country": ("DE",),
    "concern": ("new_partnership",),
    "topics": ("waste_management",),
    "description": "Wir suchen einen Partner.",
    "period": "2027",
    "contact_name": "Sabine Kern",
    "function": "SG",
    "department": "Hauptamt",
    "email": "s.kern@example.org",
}

# state | language | text -> kind and what it holds
TABLE = """
country | de | Tunesien -> answered country=TN
country | de | Tunesien? -> unsure country=TN
country | fr | Tunisie ? -> unsure country=TN
country | ar | تونس؟ -> unsure country=TN
country | en | Tunisia? -> unsure country=TN
concern | de | Förderung? -> unsure concern=funding_question
consent | de | ja? -> unsure consent=True
consent | de | ja -> answered consent=True
concern | de | Wir möchten später eine Reise machen -> answered concern=trip
description | de | Wir brauchen Hilfe bei der Suche -> answered description
description | fr | Nous voulons continuer et changer nos pratiques -> answered description
description | en | We want to send people back and forth -> answered description
description | ar | نريد مساعدة في إدارة النفايات -> answered description
group | de | Hilfe -> commanded help
group | fr | retour -> commanded back
description | de | Hilfe -> commanded help
group | de | Hallo, wer zahlt die Flüge? -> asked travel_costs
group | de | Hallo wer zahlt die Flüge -> asked travel_costs
municipality_name | de | Guten Tag, wer zahlt die Flüge? -> asked travel_costs
municipality_name | en | Hello, who pays for the flights? -> asked travel_costs
group | fr | Bonjour, qui paie les vols ? -> asked travel_costs
group | ar | مرحبا، من يدفع تكاليف الطيران؟ -> asked travel_costs
menu | de | Hallo, wer zahlt die Flüge? -> asked travel_costs
group | de | ja -> unclear type
country | de | ja -> unclear type
country | ar | نعم -> unclear type
body_type | en | yes -> unclear type
topics | fr | oui -> unclear choice
topics | de | nein -> unclear type
country | de | 2 -> unclear choice
group | fr | 1 -> unclear choice
topics | en | 3 -> unclear choice
topics | ar | ٢ -> unclear choice
menu | de | ok dann los -> commanded start
menu | de | jetzt anfangen bitte -> commanded start
menu | fr | je veux commencer -> commanded start
menu | ar | بغيت نبدا -> commanded start
menu | en | I would like to start -> commanded start
population | de | weiß nicht -> commanded help
region | de | Keine Ahnung! -> commanded help
region | fr | je ne sais pas -> commanded help
region | ar | معرفش -> commanded help
region | en | I don't know -> commanded help
body_type | de | weiß ich nicht -> commanded help
partnership_status | de | weiß nicht -> answered partnership_status=unknown
region | de | offen -> answered region=offen
contact_name | de | Sabine Kern, s.kern@example.org -> answered contact_name=Sabine Kern email=s.kern@example.org
contact_name | fr | Karim Trabelsi k@example.org -> answered contact_name=Karim Trabelsi email=k@example.org
contact_name | ar | منى عبد الرحمن، mona@example.org -> answered contact_name=منى عبد الرحمن email=mona@example.org
department | en | Environment office - env@example.org -> answered department=Environment office email=env@example.org
group | de | 😀😀 -> unclear choice
municipality_name | de | 😀 -> unclear letters
menu | de | 😀 -> unclear type
municipality_name | de | Null -> answered municipality_name=Null
municipality_name | de | Stadt Köln -> answered municipality_name=Stadt Köln body_type=city
municipality_name | de | Kölnn -> answered municipality_name=Kölnn
municipality_name | fr | ville de Sfax -> answered municipality_name=ville de Sfax body_type=city country=TN region=Sfax
municipality_name | ar | محافظة الفيوم -> answered municipality_name=محافظة الفيوم body_type=governorate country=EG region=Faiyum
municipality_name | de | Freundeskreis der Stadt Sfax in Hamburg -> answered municipality_name=Freundeskreis der Stadt Sfax in Hamburg
partner_name | de | Stadt Köln -> answered partner_name=Stadt Köln partner_country=DE
partner_name | de | Musterhausen -> answered partner_name=Musterhausen
municipality_name | de | Wir sind die Stadt Sfax und suchen einen Partner in Deutschland -> answered municipality_name=Stadt Sfax body_type=city country=TN region=Sfax wanted_country=DE
description | de | Wir sind die Stadt Sfax und suchen einen Partner in Deutschland -> answered description
menu | de | Wir sind die Stadt Köln, Thema Abfall -> not answered
"""  # noqa: E501 (a table)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The shipped content with its real FAQ index, cached beside the operator's."""
    return build_house(Settings(data_dir=tmp_path_factory.mktemp("data")))


def understood(house: House, state: str, language: Language, text: str) -> Happening:
    if state == "menu":
        conversation = Conversation("c", language)
    else:
        conversation = _waiting(house, state, language)
    expectation = expects(house.dialogs, conversation)
    assert expectation.mode == "menu" or (expectation.field and expectation.field.id == state)
    return understand(text, NOW, hear(text, language, None), expectation, house.knowledge)


def _waiting(house: House, state: str, language: Language) -> Conversation:
    dialog = house.dialogs.dialogs["intake"]
    given = dict(GIVEN)
    if state.startswith("partner_"):
        given = {**_until(given, "partnership_status"), "partnership_status": "formal_partnership"}
    else:
        given = _until(given, state)
    answers = {name: Answer(value, "", language, BEGAN) for name, value in given.items()}
    draft = Draft(dialog.version, BEGAN, answers, trail=tuple(answers))
    return Conversation("c", language, active="intake", drafts={"intake": draft})


def _until(given: Mapping[str, Value], stop: str) -> dict[str, Value]:
    names = list(given)
    return {name: given[name] for name in names[: names.index(stop)]}


def told(happening: Happening) -> str:
    """Kind and content in a few words."""
    match happening:
        case Answered(parts):
            return " ".join(("answered", *(f"{p.question}={_shown(p.value)}" for p in parts)))
        case Unsure(part=part):
            return f"unsure {part.question}={_shown(part.value)}"
        case Asked(hits=hits):
            return f"asked {hits[0].intent if hits else ''}"
        case Commanded(command):
            return f"commanded {command}"
        case Unclear(problem=problem):
            return f"unclear {problem}"
        case _:
            return type(happening).__name__.lower()


def _shown(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def rows() -> list[tuple[str, ...]]:
    found = []
    for line in TABLE.strip().splitlines():
        head, _, wanted = line.partition(" -> ")
        found.append((*head.split(" | ", 2), wanted))
    return found


@pytest.mark.parametrize(("state", "language", "text", "wanted"), rows())
def test_a_message_means_what_it_says_where_it_is_said(
    real: House, state: str, language: Language, text: str, wanted: str
) -> None:
    got = told(understood(real, state, language, text))
    if wanted == "not answered":
        assert not got.startswith("answered")
    elif wanted == "answered description":
        assert got == f"answered description={text}"
    else:
        assert sorted(got.split(" ")) == sorted(wanted.split(" "))


@pytest.mark.parametrize(
    "text",
    [
        "a " * 3000,
        "Wir sind die Stadt Köln und suchen einen Partner in Tunesien. " * 100,
        "😀" * 50,
        "\0",
        "\u202e\u2066",
        "Stadt \0Muster\u202ehausen",
        "",
        "   ",
        "Null",
        "?" * 6000,
    ],
)
@pytest.mark.parametrize(
    "state", ["menu", "consent", "group", "municipality_name", "population", "email"]
)
def test_whatever_comes_in_has_a_meaning(real: House, state: str, text: str) -> None:
    assert told(understood(real, state, "de", text))


def test_a_place_keeps_no_hidden_letters(real: House) -> None:
    got = understood(real, "municipality_name", "de", "Stadt \0Muster\u202ehausen")
    assert isinstance(got, Answered)
    assert got.parts[0].value == "Stadt Musterhausen"
