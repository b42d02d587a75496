"""Texts as answers: yes and no, one option. The fields and the notation serve the other tables too.

Notation: `= value` the whole text · `~ value` inside the text · `+ value: words` the person's own
words · `? value` a suggestion · `! problem` no answer. Several options stand with commas.
"""

import pytest

from kpbot.model import LANGUAGES, Field, Option
from kpbot.understand.answers import Nearly, Read, Vocabulary, Wrong, read
from kpbot.understand.normalise import normalise


def words(listed: str) -> frozenset[str]:
    return frozenset(normalise(word) for word in listed.split(", "))


VOCABULARY = Vocabulary(
    yes=words(
        "ja, jo, gerne, gern, klar, okay, ok, einverstanden, ich stimme zu, ja bitte, stimmt, "
        "oui, ouais, d'accord, bien sûr, j'accepte, yes, yep, sure, i agree, of course, "
        "نعم, اي, ايوه, موافق, أوافق, طبعا, واه"
    ),
    no=words(
        "nein, nö, nicht, nein danke, ich stimme nicht zu, non, pas d'accord, je refuse, no, nope, "
        "i disagree, لا, لأ, لا أوافق, غير موافق, كلا"
    ),
    fillers=words(
        "bitte, ok, ja, also, gut, danke, gerne, ich möchte, svp, s'il vous plaît, oui, bon, "
        "merci, d'accord, je voudrais, "
        "please, well, thanks, i would like, yes, من فضلك, شكرا, طيب, أريد"
    ),
)


def option(name: str, label: str, also: str = "", near: str = "") -> Option:
    return Option(
        name,
        label,
        (label, *(also.split(", ") if also else ())),
        tuple(near.split(", ") if near else ()),
    )


COUNTRIES = (
    option("DE", "Deutschland", "de, brd, Allemagne, ألمانيا, Germany", "berlin, برلين"),
    option("EG", "Ägypten", "eg, Égypte, مصر, Egypt", "kairo, le caire, cairo, القاهرة"),
    option("DZ", "Algerien", "dz, Algérie, الجزائر, Algeria", "algier, alger, algiers, oran"),
    option("MA", "Marokko", "ma, Maroc, المغرب, Morocco", "rabat, الرباط, casablanca"),
    option("TN", "Tunesien", "tn, Tunisie, تونس, Tunisia", "tunis, sfax, صفاقس"),
)
GROUP = Field(
    "group",
    "choice",
    (
        option(
            "german",
            "Deutsche Kommune",
            "deutsche stadt, landkreis, commune allemande, mairie allemande, بلدية ألمانية, "
            "german municipality, german town",
        ),
        option(
            "african",
            "Kommune in Nordafrika",
            "nordafrika, commune d'Afrique du Nord, apc, بلدية, محافظة, جماعة, "
            "north african municipality",
        ),
        option("association", "Verein oder NGO", "verein, ngo, association, ong, جمعية, charity"),
        option("science", "Wissenschaft", "uni, hochschule, école, université, جامعة, university"),
        option("other", "Sonstige", "andere, privatperson, autre, أخرى, other"),
    ),
    other="other",
    other_text="group_other",
)
COUNTRY = Field(
    "country",
    "choice",
    (*COUNTRIES, option("other", "Anderes Land", "anderes, autre pays, بلد آخر, another country")),
    other="other",
    other_text="country_other",
)
STATUS = Field(
    "status",
    "choice",
    (
        option(
            "none",
            "Nein",
            "keine, noch keine, keine partnerschaft, noch nicht, non, pas encore, "
            "pas de partenariat, no, not yet, no partnership, لا, ليس بعد, لا توجد شراكة",
        ),
        option("contact", "Loser Kontakt", "kontakt, contact, اتصال, loose contact"),
        option("friendship", "Freundschaft", "amitié, صداقة, friendship"),
        option(
            "formal",
            "Partnerschaft mit Vertrag",
            "ja, partnerschaft, vertrag, oui, jumelage, partenariat, yes, twinning, partnership, "
            "نعم, توأمة, شراكة",
        ),
        option("dormant", "Partnerschaft ruht", "ruht, liegt brach, en sommeil, dormant, متوقفة"),
    ),
)
BODY = Field(
    "body",
    "choice",
    (
        option("city", "Stadt", "kleinstadt, ville, مدينة, city, town"),
        option("municipality", "Gemeinde", "markt, commune allemande, village"),
        option("district", "Landkreis", "kreis, lk, arrondissement, district"),
    ),
)
CONSENT = Field("consent", "consent")
YESNO = Field("known", "yesno")
FIELDS = {field.id: field for field in (GROUP, COUNTRY, STATUS, BODY, CONSENT, YESNO)}


def told(result: Read | Nearly | Wrong) -> str:
    match result:
        case Read(value, _, exact, other):
            sign = "+" if other is not None else "=" if exact else "~"
            return f"{sign} {printed(value)}" + (f": {other}" if other is not None else "")
        case Nearly(value, _):
            return f"? {printed(value)}"
        case Wrong(problem, params):
            return " ".join(["!", problem, *(f"{key}={text}" for key, text in params.items())])


def printed(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def rows(table: str) -> list[tuple[str, ...]]:
    lines = [line for line in table.strip().splitlines() if line.strip()]
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in lines]


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    rows("""
consent | ja | = True
consent | Ja! | = True
consent | JA BITTE | = True
consent | ja, gerne | = True
consent | ok 👍 | = True
consent | Ich stimme zu. | = True
consent | oui d'accord | = True
consent | Oui, s'il vous plaît | = True
consent | d’accord | = True
consent | J'accepte | = True
consent | yes please | = True
consent | of course | = True
consent | نعم | = True
consent | نعم من فضلك | = True
consent | موافق | = True
consent | أوافق | = True
consent | nein | = False
consent | Nein danke | = False
consent | non merci | = False
consent | pas d'accord | = False
consent | ok, nein | = False
consent | no thanks | = False
consent | لا | = False
consent | لا شكرا | = False
consent | لا أوافق | = False
consent | غير موافق | = False
consent | bitte | ! type
consent | merci | ! type
consent | ja aber | ! type
consent | nicht einverstanden | ! type
consent | vielleicht | ! type
consent | 👍 | ! type
consent | ja, wenn die Daten in Deutschland bleiben | ! type
consent | 1 | ! type
yesno | ja | = True
yesno | Nein, noch nicht | ~ False
yesno | oui, depuis 2010 | ~ True
yesno | نعم، منذ سنة | ~ True
yesno | ja, oder doch nein | ! type
yesno | weiß nicht | ! type
yesno | seit 2010 | ! type
"""),
)
def test_yes_and_no(field: str, text: str, expected: str) -> None:
    known = {"consent": CONSENT, "yesno": YESNO}
    for language in LANGUAGES:
        assert told(read(text, known[field], language, VOCABULARY)) == expected


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    rows("""
group | Deutsche Kommune | = german
group | deutsche kommune bitte | = german
group | eine deutsche Stadt | = german
group | wir sind eine deutsche Kommune | ~ german
group | Wir sind eine deutsche Stadt mit 3000 Einwohnern | ~ german
group | Nous sommes une commune allemande | ~ german
group | une mairie allemande svp | = german
group | we're a German municipality | ~ german
group | نحن بلدية ألمانية | ~ german
group | نحن بلدية في الجنوب | ~ african
group | احنا محافظة مش بلدية عادي | ~ african
group | البلدية | = african
group | APC | = african
group | L'APC de Béjaïa | ~ african
group | commune d’Afrique du Nord | = african
group | Verein oder NGO | = association
group | Ein Verein | = association
group | جمعية | = association
group | uni | = science
group | Uni Kassel | ~ science
group | une école | = science
group | deutsche komune | ? german
group | wir sind eine deutsche Komune | ? german
group | Hochschlue | ? science
group | asociation | ? association
group | universty | ? science
group | جمعيه | = association
group | Sonstige | = other
group | autre | = other
group | Privatperson aus Köln | + other: Privatperson aus Köln
group | Städtenetzwerk | + other: Städtenetzwerk
group | لجنة التوأمة | + other: لجنة التوأمة
group | keine Hochschule | + other: keine Hochschule
group | pas une université | + other: pas une université
group | not a charity | + other: not a charity
group | مش جمعية | + other: مش جمعية
group | Verein und Hochschule | ! choice
group | 2 | ! choice
group | ٢ | ! choice
group | 2. | ! choice
group | 😀 | ! choice
group | ??? | ! choice
body | Stadt | = city
body | die Stadt | = city
body | Ville | = city
body | la ville | = city
body | مدينة | = city
body | المدينة | = city
body | lk | = district
body | wir sind ein LK | ~ district
body | keine Stadt | ! choice
body | nicht die Stadt, sondern der Landkreis | ~ district
body | pas une ville | ! choice
body | Stadt oder Gemeinde | ! choice
body | Gemeine | ? municipality
body | Dorf | ! choice
country | Tunesien | = TN
country | tunisie | = TN
country | TUNISIA | = TN
country | تونس | = TN
country | en Tunisie | ~ TN
country | Wir sind in Marokko | ~ MA
country | au Maroc | ~ MA
country | المغرب | = MA
country | مغرب | = MA
country | بالمغرب | = MA
country | بمصر | ~ EG
country | في مصر | ~ EG
country | aegypten | = EG
country | Agypten | ? EG
country | Egypte | = EG
country | Ägypten! | = EG
country | de | = DE
country | DZ | = DZ
country | wir sind in DZ | ~ DZ
country | ألمانيا | = DE
country | المانيا | = DE
country | Alger | ? DZ
country | alger svp | ? DZ
country | In Kairo | ? EG
country | Le Caire | ? EG
country | القاهرة | ? EG
country | Tunis, Tunesien | ~ TN
country | Tunsien | ? TN
country | Marocco | ? MA
country | algerie | = DZ
country | Deutchland | ? DE
country | Jordanien | + other: Jordanien
country | Iran | + other: Iran
country | Nigeria | + other: Nigeria
country | ville de Lyon | + other: ville de Lyon
country | dans ma ville | + other: dans ma ville
country | ليبيا | + other: ليبيا
country | nicht in Tunesien | + other: nicht in Tunesien
country | Anderes Land | = other
country | Tunesien oder Marokko | ! choice
country | Tunis oder Rabat | ! choice
country | 5 | ! choice
status | nein | = none
status | Nein, noch nicht | ~ none
status | keine Partnerschaft | = none
status | wir haben noch keine | ~ none
status | wir haben keine Partnerschaft | ~ none
status | pas de partenariat | = none
status | nous n'avons pas de partenariat | ~ none
status | no partnership yet | ~ none
status | لا توجد شراكة | = none
status | لا | = none
status | keine partnerschft | ~ none
status | ja | = formal
status | oui | = formal
status | ja, seit 2010 | ~ formal
status | Ja, eine Freundschaft | = friendship
status | oui, nous avons une amitié | ~ friendship
status | das ist ja schwierig | ! choice
status | Partnerschaft mit Vertrag | = formal
status | die Partnerschaft ruht | = dormant
status | unsere Partnerschaft ruht seit 2019 | ~ dormant
status | unsere Partnerschft ruht leider | ~ dormant
status | wir haben keinen Kontakt | ! choice
status | kein Vertrag, nur Kontakt | ~ contact
status | un jumelage depuis 1998 | ~ formal
status | عندنا توأمة | ~ formal
status | tut mir leid | ! choice
"""),
)
def test_one_option(field: str, text: str, expected: str) -> None:
    assert told(read(text, FIELDS[field], "de", VOCABULARY)) == expected


def test_a_suggestion_is_shown_by_its_label() -> None:
    assert read("Alger", COUNTRY, "fr", VOCABULARY) == Nearly("DZ", "Algerien")


def test_own_words_end_at_120_characters() -> None:
    assert told(read("x" * 120, GROUP, "de", VOCABULARY)).startswith("+ other")
    assert told(read("x" * 121, GROUP, "de", VOCABULARY)) == "! choice"


def test_a_number_is_an_option_where_it_is_a_word_of_one() -> None:
    field = Field("band", "choice", (option("small", "klein", "1"), option("big", "groß", "2")))
    assert told(read("٢", field, "ar", VOCABULARY)) == "= big"
    assert told(read("2.", field, "de", VOCABULARY)) == "= big"


def test_a_word_of_two_options_is_a_word_of_none() -> None:
    field = Field("x", "choice", (option("a", "Eins", "beides"), option("b", "Zwei", "beides")))
    assert told(read("beides", field, "de", VOCABULARY)) == "! choice"
