"""Texts that name several options."""

import pytest
from test_answers import COUNTRIES, VOCABULARY, option, rows, told

from kpbot.model import Field
from kpbot.understand.answers import Nearly, read

TOPICS = Field(
    "topics",
    "choices",
    (
        option("planning", "Stadtplanung", "verkehr, urbanisme, urban planning, تخطيط المدن"),
        option("waste", "Abfall", "müll, recycling, déchets, tri, waste, النفايات, القمامة"),
        option("education", "Umweltbildung", "schule, schulen, école, écoles, schools, المدارس"),
        option("energy", "Energie", "solar, énergie, solaire, energy, الطاقة, طاقة شمسية"),
        option("other", "Anderes Thema", "anderes, autre, other"),
        option("unclear", "Noch unklar", "noch offen, pas clair, not clear yet, غير واضح"),
    ),
    minimum=1,
    other="other",
    other_text="topics_other",
    exclusive=("unclear",),
)
WANTED = Field(
    "wanted",
    "choices",
    (*COUNTRIES, option("open", "Offen", "egal, alle, peu importe, tous, any, مفتوح, الكل")),
    exclusive=("open",),
)
CONCERN = Field(
    "concern",
    "choices",
    (
        option("new", "Neue Partnerschaft", "partner finden, nouveau partenariat, new partnership"),
        option("trip", "Reise", "delegation, voyage, trip, سفر"),
        option("event", "Seminar oder Veranstaltung", "seminar, conférence, event, ندوة"),
        option("funding", "Förderung", "geld, financement, money, تمويل"),
    ),
    minimum=2,
    maximum=3,
)
FIELDS = {field.id: field for field in (TOPICS, WANTED, CONCERN)}


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    rows("""
topics | müll und schule | = waste,education
topics | Schule und Müll | = waste,education
topics | Abfall, Umweltbildung | = waste,education
topics | Abfall; Energie; Verkehr | = planning,waste,energy
topics | Abfall, Abfall und Müll | = waste
topics | Abfall + Energie | = waste,energy
topics | waste/energy | = waste,energy
topics | waste & energy | = waste,energy
topics | waste and schools | = waste,education
topics | les déchets et les écoles | = waste,education
topics | tri, énergie solaire | ~ waste,energy
topics | Abfall oder Energie | = waste,energy
topics | Abfall sowie Energie, bitte | = waste,energy
topics | النفايات والمدارس | = waste,education
topics | النفايات و المدارس | = waste,education
topics | النفايات، الطاقة | = waste,energy
topics | القمامة وطاقة شمسية | = waste,energy
topics | المياه والمدارس | + education,other: المياه
topics | müll schule | ~ waste,education
topics | Wir möchten etwas mit Müll und Schulen machen | ~ waste,education
topics | Energie, aber kein Abfall | ~ energy
topics | énergie mais pas déchets | ~ energy
topics | Wasser | + other: Wasser
topics | Wasser und Abfall | + waste,other: Wasser
topics | eau, déchets, transport | + waste,other: eau, transport
topics | alle | + other: alle
topics | الكل | + other: الكل
topics | abfal und energi | ? waste,energy
topics | Abfall und Energi | ? waste,energy
topics | noch unklar | = unclear
topics | noch offen | = unclear
topics | noch unklar, Abfall | ! alone value=Noch unklar
topics | Wasser, noch unklar | ! alone value=Noch unklar
topics | 1, 3 | ! choice
topics | 😀 | ! choice
topics | , und ; | ! choice
topics | ja | ! choice
wanted | Tunesien und Marokko | = MA,TN
wanted | Tunesien Marokko | ~ MA,TN
wanted | la Tunisie, le Maroc et l'Algérie | = DZ,MA,TN
wanted | تونس والمغرب | = MA,TN
wanted | تونس والمغرب والجزائر | = DZ,MA,TN
wanted | Morocco or Tunisia | = MA,TN
wanted | Tunesien, Kairo | ? EG,TN
wanted | Tunis | ? TN
wanted | tunis oder rabat | ? MA,TN
wanted | Tunesien und Atlantis | ? TN
wanted | alle | = open
wanted | الكل | = open
wanted | tous | = open
wanted | egal | = open
wanted | egal, Marokko | ! alone value=Offen
wanted | Atlantis | ! choice
wanted | nicht Marokko | ! choice
concern | Seminar oder Veranstaltung | ! few min=2
concern | Seminar oder Veranstaltung, Reise | = trip,event
concern | neue Partnerschaft und Reise | = new,trip
concern | Reise | ! few min=2
concern | partner finden, reise, seminar, geld | ! many max=3
concern | voyage et financement | = trip,funding
"""),
)
def test_several_options(field: str, text: str, expected: str) -> None:
    assert told(read(text, FIELDS[field], "de", VOCABULARY)) == expected


def test_a_list_with_numbers_and_bullets() -> None:
    for text in ("1. Abfall\n2. Energie", "- Abfall\n- Energie", "• Abfall\n• Energie"):
        assert told(read(text, TOPICS, "de", VOCABULARY)) == "= waste,energy"


def test_a_suggestion_lists_its_labels() -> None:
    assert read("Tunis, Rabat", WANTED, "de", VOCABULARY) == Nearly(
        ("MA", "TN"), "Marokko, Tunesien"
    )
    assert read("Tunis, Rabat", WANTED, "ar", VOCABULARY) == Nearly(
        ("MA", "TN"), "Marokko، Tunesien"
    )


def test_own_words_too_long_to_keep_leave_a_suggestion() -> None:
    long = "Abfall, " + "sehr " * 30 + "viel mehr"
    assert told(read(long, TOPICS, "de", VOCABULARY)) == "? waste"
