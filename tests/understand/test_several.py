"""One message, several answers: what it fills, what it must not, what always holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpbot.content.dialogs import load_dialogs
from kpbot.content.knowledge import knowledge_of
from kpbot.engine.dialog import Dialogs
from kpbot.engine.expect import expects
from kpbot.model import LANGUAGES, Answer, Conversation, Draft, Expectation, Language, Value
from kpbot.understand.faq import Match
from kpbot.understand.readers import Knowledge
from kpbot.understand.several import several

BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NA = "north_african_municipality"
DE = "german_municipality"

# What was answered before, by the question that waits then.
BEFORE: Mapping[str, Mapping[str, Value]] = {
    "consent": {"consent": None},
    "group": {},
    "municipality_name": {"group": DE},
    "country": {"group": NA, "municipality_name": "Beispielstadt", "body_type": "commune"},
    "wanted_country": {
        "group": DE,
        "municipality_name": "Musterhausen",
        "body_type": "city",
        "region": "Hessen",
        "population": 12000,
        "partnership_status": "none",
    },
}
BEFORE = {
    **BEFORE,
    "name_na": {"group": NA},
    "description": {
        **BEFORE["wanted_country"],
        "wanted_country": ("TN",),
        "concern": ("trip",),
        "topics": ("waste_management",),
    },
}
BEFORE = {
    **BEFORE,
    "contact_name": {
        **BEFORE["description"],
        "concern": ("new_partnership",),
        "description": "Wir suchen einen Partner.",
        "period": "2027",
    },
}
BEFORE = {
    **BEFORE,
    "email": {**BEFORE["contact_name"], "contact_name": "A B", "function": "x", "department": "y"},
}


@cache
def dialogs() -> Dialogs:
    loaded, problems = load_dialogs(Path(__file__).parents[2] / "dialogs")
    assert not problems
    return loaded


@cache
def knowledge() -> Knowledge:
    return knowledge_of(
        dialogs(), (), lambda _, language: Match("none", None, 0.0, (), (), language, None)
    )


@cache
def expecting(waiting: str, language: Language) -> Expectation:
    dialog = dialogs().dialogs["intake"]
    given_answers = {"consent": True, **BEFORE[waiting]}
    answers = {
        question: Answer(value, "", language, BEGAN) for question, value in given_answers.items()
    }
    draft = Draft(dialog.version, BEGAN, answers, trail=tuple(answers))
    return expects(
        dialogs(), Conversation("c", language, active="intake", drafts={"intake": draft})
    )


def found(waiting: str, language: Language, text: str) -> dict[str, str]:
    parts = several(text, expecting(waiting, language), knowledge())
    return {
        part.question: ",".join(part.value) if isinstance(part.value, tuple) else str(part.value)
        for part in parts
    }


def wanted(line: str) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in line.split("; "))
    return {question.strip(): value.strip() for question, value in pairs}


def table(text: str) -> list[tuple[str, ...]]:
    """Lines `language waiting | message`."""
    rows: list[tuple[str, ...]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        head, _, message = line.partition(" | ")
        rows.append((*head.split(), message))
    return rows


# language, waiting question | message, then every question it fills.
FILLS = """
de group | Wir sind die Stadt Musterhausen und suchen einen Partner in Tunesien zum Thema Abfall
  -> municipality_name=Stadt Musterhausen; group=german_municipality; body_type=city; wanted_country=TN; topics=waste_management
de municipality_name | Wir sind die Stadt Musterhausen und suchen einen Partner in Tunesien zum Thema Abfall
  -> municipality_name=Stadt Musterhausen; body_type=city; wanted_country=TN; topics=waste_management
de group | Wir sind die Stadt Köln, haben noch keinen Partner und suchen eine Partnerkommune in Tunesien oder Marokko zu den Themen Abfall und Energie.
  -> municipality_name=Stadt Köln; group=german_municipality; country=DE; region=Nordrhein-Westfalen; body_type=city; partnership_status=none; wanted_country=MA,TN; topics=waste_management,renewable_energy
de group | wir sind die stadt köln und suchen partner in ägypten
  -> municipality_name=stadt köln; group=german_municipality; country=DE; region=Nordrhein-Westfalen; body_type=city; wanted_country=EG
de group | Ich schreibe für den Landkreis Gießen, Thema Katastrophenschutz
  -> municipality_name=Landkreis Gießen; group=german_municipality; country=DE; region=Hessen; body_type=district; topics=disaster_preparedness
de group | Wir sind eine deutsche Stadt und suchen eine tunesische Partnerkommune
  -> group=german_municipality; wanted_country=TN
de group | Wir sind ein Verein und brauchen Dolmetscher
  -> group=association; concern=interpreting
de group | Wir sind die Stadt Sfax in Tunesien und suchen einen Partner in Deutschland
  -> municipality_name=Stadt Sfax; group=north_african_municipality; region=Sfax; body_type=city; country=TN; wanted_country=DE
de group | Wir sind die Stadt Bad Homburg vor der Höhe und suchen einen Partner in Marokko
  -> municipality_name=Stadt Bad Homburg vor der Höhe; group=german_municipality; country=DE; region=Hessen; body_type=city; wanted_country=MA
de group | Deutsche Stadt, Thema Abfall
  -> topics=waste_management; group=german_municipality
de group | Hallo, wir sind die Stadt Freiburg im Breisgau. Gesucht: Partner in Ägypten. Thema: Klima.
  -> municipality_name=Stadt Freiburg im Breisgau; group=german_municipality; country=DE; region=Baden-Württemberg; body_type=city; wanted_country=EG; topics=climate_adaptation
de group | Partner in Tunesien gesucht, Thema Abfall
  -> wanted_country=TN; topics=waste_management
de group | Die Stadt Musterhausen sucht eine Partnerkommune in Tunesien zum Thema Abfall
  -> wanted_country=TN; topics=waste_management
de group | Wir haben noch keine Partnerschaft und brauchen Fördermittel
  -> partnership_status=none; concern=funding_question
de country | Unsere Partnerstadt liegt in Marokko und wir brauchen eine Verdolmetschung
  -> partner_country=MA; concern=interpreting
de group | Wir haben eine Städtepartnerschaft mit der Stadt Sfax und brauchen eine Verdolmetschung
  -> partner_name=Stadt Sfax; partner_country=TN; partnership_status=formal_partnership; concern=interpreting
de wanted_country | Tunesien, Thema Abfall
  -> topics=waste_management; wanted_country=TN
de wanted_country | Ägypten und Marokko, neue Partnerschaft
  -> wanted_country=EG,MA; concern=new_partnership
de group | Wir sind Stadtwerke, wir brauchen eine Schulung
  -> group=municipal_company; concern=seminar_event
fr group | Nous sommes la commune d'El Hamma du Jérid et nous cherchons une commune allemande pour travailler sur les déchets
  -> municipality_name=commune d'El Hamma du Jérid; group=north_african_municipality; country=TN; region=Tozeur; body_type=commune; wanted_country=DE; topics=waste_management
fr group | Bonjour, nous sommes la mairie de Sousse en Tunisie, nous cherchons un partenaire allemand sur le thème de l'énergie
  -> municipality_name=mairie de Sousse; group=north_african_municipality; region=Sousse; body_type=commune; country=TN; wanted_country=DE; topics=renewable_energy
fr group | Je vous écris de la mairie de Tozeur, thème déchets et climat
  -> municipality_name=mairie de Tozeur; group=north_african_municipality; country=TN; region=Tozeur; body_type=commune; topics=waste_management,climate_adaptation
fr group | Nous sommes une association et nous avons besoin d'un interprète
  -> group=association; concern=interpreting
fr group | nous sommes la ville de sfax et on cherche un partenaire en allemagne
  -> municipality_name=ville de sfax; group=north_african_municipality; country=TN; region=Sfax; body_type=city; wanted_country=DE
fr group | Nous n'avons pas encore de partenaire. Nous cherchons une ville au Maroc, thème urbanisme.
  -> partnership_status=none; wanted_country=MA; topics=urban_planning
fr group | on cherche une commune allemande, thème tri des déchets
  -> wanted_country=DE; topics=waste_management
fr name_na | Sousse, Tunisie
  -> municipality_name=Sousse; country=TN
fr name_na | nous sommes la commune de Musterville, située en Algérie
  -> municipality_name=commune de Musterville; body_type=commune; country=DZ
fr group | Je représente une université et nous recherchons un partenariat en Égypte dans le domaine du solaire
  -> group=science; wanted_country=EG; topics=renewable_energy
fr country | Notre commune partenaire est la Ville de Modèleville, thème recyclage
  -> partner_name=Ville de Modèleville; topics=waste_management
en group | We are the municipality of Sousse and we are looking for a partner in Germany on the topic of waste
  -> municipality_name=municipality of Sousse; group=north_african_municipality; country=TN; region=Sousse; body_type=municipality; wanted_country=DE; topics=waste_management
en group | We are Sohag Governorate, looking for a German partner about climate change
  -> municipality_name=Sohag Governorate; group=north_african_municipality; country=EG; region=Sohag; wanted_country=DE; topics=climate_adaptation
en group | I work for the city of Cologne; we have no partner yet and need an interpreter
  -> municipality_name=city of Cologne; group=german_municipality; country=DE; region=Nordrhein-Westfalen; body_type=city; partnership_status=none; concern=interpreting
en group | We are a university, topic solar energy
  -> group=science; topics=renewable_energy
en group | I am writing on behalf of the city of Tunis, we need funding
  -> municipality_name=city of Tunis; group=north_african_municipality; country=TN; region=Tunis; body_type=city; concern=funding_question
en group | Hello, we are the town of Exampleton and we are seeking a partner city in Morocco
  -> municipality_name=town of Exampleton; body_type=city; wanted_country=MA
en name_na | Exampleton, Egypt
  -> municipality_name=Exampleton; country=EG
en group | We are twinned and we need an interpreter
  -> partnership_status=formal_partnership; concern=interpreting
en wanted_country | Tunisia and Morocco, new partnership
  -> wanted_country=MA,TN; concern=new_partnership
ar group | احنا بلدية سوسة ونبحث عن شريك في ألمانيا حول موضوع النفايات
  -> municipality_name=بلدية سوسة; group=north_african_municipality; country=TN; region=Sousse; body_type=municipality; wanted_country=DE; topics=waste_management
ar group | نحن محافظة الفيوم ونبحث عن شريك ألماني في مجال الطاقة
  -> municipality_name=محافظة الفيوم; group=north_african_municipality; country=EG; region=Faiyum; body_type=governorate; wanted_country=DE; topics=renewable_energy
ar group | نحن بلدية المثال، نبحث عن شراكة في ألمانيا
  -> municipality_name=بلدية المثال; body_type=municipality; wanted_country=DE
ar group | 7na baladiyat Sfax w nlawjou 3la charik f almania
  -> municipality_name=baladiyat Sfax; group=north_african_municipality; country=TN; region=Sfax; wanted_country=DE
ar group | نحن جمعية ونحتاج إلى ترجمة
  -> group=association; concern=interpreting
ar group | معندناش شريك وعايزين شريك في ألمانيا في مجال الزبالة
  -> partnership_status=none; wanted_country=DE; topics=waste_management
ar group | حنا جماعة طنجة وكنقلبو على شريك في ألمانيا
  -> municipality_name=جماعة طنجة; group=north_african_municipality; country=MA; region=Tanger-Assilah; body_type=commune; wanted_country=DE
ar group | احنا محافظة أسوان وعايزين شريك في ألمانيا
  -> municipality_name=محافظة أسوان; group=north_african_municipality; country=EG; region=Aswan; body_type=governorate; wanted_country=DE
ar group | ma3andnach charik w nlawjou 3la partenaire f almania
  -> partnership_status=none; wanted_country=DE
ar group | أكتب لكم من بلدية وهران، موضوع المناخ
  -> municipality_name=بلدية وهران; group=north_african_municipality; country=DZ; region=Oran; body_type=municipality; topics=climate_adaptation
ar name_na | سوسة، تونس
  -> municipality_name=سوسة; country=TN
"""  # noqa: E501 (messages are as long as people write them)

# language, waiting question | a message that fills no two questions for certain.
NOTHING = """
de group | Wir suchen keinen Partner in Tunesien, Thema Abfall, Marokko
de group | Wir sind keine Stadt und suchen keinen Partner in Tunesien
de group | Vielleicht suchen wir einen Partner in Tunesien zum Thema Abfall
de group | Falls wir einen Partner in Tunesien suchen, dann zum Thema Abfall wenn es geht
de group | Wir sind die Stadt Musterhausen und suchen einen Partner in Tunesien, geht das?
de group | Wir sind Ingenieure und suchen einen Partner in Tunesien
de group | Wir sind eine Gruppe von Leuten und arbeiten gern mit Tunesien
de group | Tunesien, Marokko
de group | Schule und Verein
de group | Wir suchen einen Dolmetscher für die Reise nach Tunesien zum Thema Abfall und Wasser
de group | Unser Partner in Marokko hat uns die Stadt Sfax empfohlen
de group | Wir suchen für unseren Partner in Tunesien eine Stadt, Thema Abfall
de group | Thema Abfall und Wasser, wir brauchen Rat
de country | In Tunesien gibt es viel Abfall
de consent | Wir sind die Stadt Köln und suchen einen Partner in Tunesien zum Thema Abfall
de description | Wir sind die Stadt Köln und suchen einen Partner in Tunesien zum Thema Abfall
de description | Sabine Kern, s.kern@example.org
de contact_name | Meine Adresse ist s.kern@example.org
de contact_name | a@example.org, b@example.org
de municipality_name | Stadt Musterhausen
de municipality_name | Wir sind die Stadt Musterhausen
de wanted_country | nicht Tunesien, aber Marokko
de wanted_country | Tunesien-Reise, Thema Abfall-Projekt
fr group | Nous ne cherchons pas de partenaire en Tunisie sur le thème des déchets
fr group | Si nous cherchons un partenaire en Tunisie, sur quel thème
fr group | Nous sommes une petite équipe et nous aimons la Tunisie
fr group | Nous avons besoin d'un partenaire en Tunisie
fr group | peut-être cherchons-nous un partenaire au Maroc, thème déchets
fr wanted_country | Maroc et Libye, thème eau
fr group | Est-ce que la ville de Sfax cherche un partenaire en Allemagne sur le thème des déchets ?
en group | We are not looking for a partner in Tunisia about waste
en group | We are a small team and would love to see Morocco
en group | We are looking for a partner
en group | We are happy, thank you
en group | I'm not sure whether we need a partner in Egypt
en group | about 45,000 people live here
en email | s.kern@example.org
en group | If we are the city of Tunis, who pays
ar group | لا نبحث عن شريك في تونس حول موضوع النفايات
ar group | احنا بلدية صغيرة في تونس وعايزين شريك في ألمانيا
ar group | ربما نبحث عن شريك في ألمانيا حول النفايات
ar group | هل تبحث بلدية سوسة عن شريك في ألمانيا؟
ar group | تونس، المغرب
ar group | ma nlawjouch 3la charik f almania
ar group | نحن مهتمون بالعمل مع تونس
"""


def filling() -> list[tuple[str, str, str, dict[str, str]]]:
    lines = [line.strip() for line in FILLS.strip().splitlines()]
    rows = zip(table("\n".join(lines[::2])), lines[1::2], strict=True)
    return [(*row, wanted(arrow.removeprefix("-> "))) for row, arrow in rows]  # type: ignore[misc]


@pytest.mark.parametrize(("language", "waiting", "text", "expected"), filling())
def test_it_fills_what_is_said_and_nothing_else(
    language: Language, waiting: str, text: str, expected: dict[str, str]
) -> None:
    assert found(waiting, language, text) == expected


@pytest.mark.parametrize(("language", "waiting", "text"), table(NOTHING))
def test_it_fills_nothing_where_something_is_not_certain(
    language: Language, waiting: str, text: str
) -> None:
    assert found(waiting, language, text) == {}


def test_the_tables_are_long_enough_and_speak_every_language() -> None:
    assert len(filling()) >= 40
    assert len(table(NOTHING)) >= 30
    assert {row[0] for row in filling()} == {row[0] for row in table(NOTHING)} == set(LANGUAGES)


def test_a_question_with_its_cue_in_another_language_is_understood_too() -> None:
    text = "We are the city of Cologne and we are looking for a partner in Tunisia"
    assert found("group", "de", text) == found("group", "ar", text) != {}


def test_the_place_of_the_partner_is_not_the_place_of_the_person() -> None:
    text = "Unsere Partnerstadt ist die Stadt Sfax, Thema Abfall"
    parts = found("country", "de", text)
    assert parts["partner_country"] == "TN"
    assert not {"country", "region", "body_type"} & parts.keys()


def test_an_answered_question_is_not_answered_again() -> None:
    text = "Wir sind die Stadt Köln und suchen einen Partner in Tunesien, Thema Abfall"
    assert found("wanted_country", "de", text).keys() == {"wanted_country", "topics"}


@pytest.mark.parametrize(
    ("waiting", "text", "expected"),
    [
        (
            "contact_name",
            "Sabine Kern, s.kern@example.org",
            {"contact_name": "Sabine Kern", "email": "s.kern@example.org"},
        ),
        (
            "contact_name",
            "s.kern@example.org Sabine Kern",
            {"contact_name": "Sabine Kern", "email": "s.kern@example.org"},
        ),
        (
            "contact_name",
            "منى عبد الرحمن، mona@example.org",
            {"contact_name": "منى عبد الرحمن", "email": "mona@example.org"},
        ),
        (
            "contact_name",
            "Karim Trabelsi, e-mail : k@example.org",
            {"contact_name": "Karim Trabelsi", "email": "k@example.org"},
        ),
        (
            "email",
            "s.kern@example.org, 069 1234567",
            {"phone": "0691234567", "email": "s.kern@example.org"},
        ),
        ("contact_name", "Meine Mail ist s.kern@example.org", {}),
        ("contact_name", "Sabine Kern, s.kern@@example", {}),
        ("description", "Bitte an s.kern@example.org schreiben", {}),
    ],
)
def test_an_address_beside_another_answer_fills_both(
    waiting: str, text: str, expected: dict[str, str]
) -> None:
    assert found(waiting, "de", text) == expected


# ── what always holds ────────────────────────────────────────────────────────────────────────

CORPUS = [row[2] for row in (*filling(), *table(NOTHING))]
pieces = st.lists(
    st.sampled_from(sorted({word for text in CORPUS for word in text.split()})), max_size=25
).map(" ".join)
messages = st.one_of(st.sampled_from(CORPUS), pieces, st.text(max_size=200))
waitings = st.sampled_from(sorted(BEFORE))


@given(messages, waitings, st.sampled_from(LANGUAGES))
@example("Stadt \0 \u202eKöln, Tunesien", "municipality_name", "de")
@example("@ @@ a@b.c", "contact_name", "en")
@example("wir sind die", "group", "de")
@example("suchen … partner … in", "group", "de")
def test_it_never_fails_and_names_open_questions_with_the_persons_own_words(
    text: str, waiting: str, language: Language
) -> None:
    expected = expecting(waiting, language)
    parts = several(text, expected, knowledge())
    assert expected.field is not None
    open_ = {field.id for field in (expected.field, *expected.open)}
    assert {part.question for part in parts} <= open_
    assert len({part.question for part in parts}) == len(parts) != 1
    assert all(part.typed in text for part in parts)
    assert all(part.value is not None for part in parts)
    assert parts == several(text, expected, knowledge())


@given(st.sampled_from(CORPUS), waitings)
def test_a_question_mark_makes_it_a_question(text: str, waiting: str) -> None:
    assert several(text + "?", expecting(waiting, "de"), knowledge()) == ()
