"""Free texts and names."""

import pytest
from test_answers import VOCABULARY, told

from kpbot.model import Field
from kpbot.understand.answers import Read, Wrong, read

NAME = Field("name", "text", minimum=2, maximum=120)
STORY = Field("story", "text", minimum=10, maximum=1500, cut=True)
PERIOD = Field("period", "text", maximum=200)
PLACE = Field("town", "place", minimum=2, maximum=120)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sabine Kern", "Sabine Kern"),
        ("  Sabine Kern \n", "Sabine Kern"),
        ("منى عبد الرحمن", "منى عبد الرحمن"),
        ("Fatima-Zahra El Aïdi", "Fatima-Zahra El Aïdi"),
        ("Yacine B.", "Yacine B."),
        ("Heinrich 2", "Heinrich 2"),
        ("Null", "Null"),
        ("None", "None"),
        ("<b>Kern</b> *Kern*", "<b>Kern</b> *Kern*"),
        ("Kern\x00\x07", "Kern"),
        ("\u202eKern\u202c \u2067Ali\u2069", "Kern Ali"),
        ("\u200fمنى\u200f", "منى"),
        ("Kern\r\nAmt", "Kern\nAmt"),
        ("Kern\tAmt", "Kern\tAmt"),
        ("Kern\ud83d", "Kern"),
        ("Ze\u0301", "Ze\u0301"),
        ("Za" + "\u0301" * 30 + "b", "Za" + "\u0301" * 8 + "b"),
        ("👩‍🔧 Mona", "👩‍🔧 Mona"),
    ],
)
def test_a_text_is_kept_as_written(text: str, expected: str) -> None:
    assert read(text, NAME, "de", VOCABULARY) == Read(expected)


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\t", "...", "?!", "😀", "👍🏽👍🏽", "\u202e", "\u3164"]
)
@pytest.mark.parametrize("field", [NAME, STORY, PERIOD, PLACE])
def test_a_text_says_something(text: str, field: Field) -> None:
    assert read(text, field, "de", VOCABULARY) == Wrong("letters")


@pytest.mark.parametrize("text", ["2027", "٢٠٢٧", "12", "05/2027"])
def test_digits_answer_some_questions(text: str) -> None:
    assert read(text, PERIOD, "de", VOCABULARY) == Read(text)
    assert read(text, NAME, "de", VOCABULARY) == Wrong("letters")
    assert read(text, PLACE, "de", VOCABULARY) == Wrong("letters")


def test_a_text_has_bounds() -> None:
    assert told(read("K", NAME, "de", VOCABULARY)) == "! short min=2"
    assert told(read(" K ", NAME, "de", VOCABULARY)) == "! short min=2"
    assert told(read("zu kurz", STORY, "de", VOCABULARY)) == "! short min=10"
    assert told(read("x" * 121, NAME, "de", VOCABULARY)) == "! long max=120"
    assert read("x" * 120, NAME, "de", VOCABULARY) == Read("x" * 120)
    assert read("x" * 1500, STORY, "de", VOCABULARY) == Read("x" * 1500)


def test_a_long_story_is_cut_after_a_whole_word() -> None:
    result = read("wort " * 400, STORY, "de", VOCABULARY)
    assert isinstance(result, Read)
    assert result.value == ("wort " * 300).strip()
    assert result.cut == 1999 - 1499
    exact = "x" * 1500 + " ende"
    assert read(exact, STORY, "de", VOCABULARY) == Read("x" * 1500, cut=5)


def test_an_endless_word_is_cut_between_letters() -> None:
    assert read("x" * 2000, STORY, "de", VOCABULARY) == Read("x" * 1500, cut=500)
    marked = "e\u0301" * 1000
    field = Field("story", "text", maximum=1501, cut=True)
    assert read(marked, field, "de", VOCABULARY) == Read("e\u0301" * 750, cut=500)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stadt Musterhausen", "Stadt Musterhausen"),
        ("Wir sind die Stadt Musterhausen", "Stadt Musterhausen"),
        ("wir sind aus der Gemeinde Beispiel", "Gemeinde Beispiel"),
        ("Ich komme aus Köln", "Köln"),
        ("Das ist der Landkreis Fulda", "Landkreis Fulda"),
        ("Wir heißen Bad Homburg v.d.H.", "Bad Homburg v.d.H."),
        ("Die Stadt Fulda", "Die Stadt Fulda"),
        ("wir schreiben für den Landkreis Fulda", "Landkreis Fulda"),
        ("c'est Sfax", "Sfax"),
        ("C’est la commune d'El Hamma", "commune d'El Hamma"),
        ("c'est La Marsa", "La Marsa"),
        ("La Goulette", "La Goulette"),
        ("nous sommes la commune de Sfax", "commune de Sfax"),
        ("je suis de Sfax", "Sfax"),
        ("je viens d'Oujda", "Oujda"),
        ("Commune d'El Hamma", "Commune d'El Hamma"),
        ("We are the city of Fes", "city of Fes"),
        ("I'm from Luxor", "Luxor"),
        ("our town is called Fulda", "Fulda"),
        ("احنا محافظة أسوان", "محافظة أسوان"),
        ("نحن بلدية صفاقس", "بلدية صفاقس"),
        ("نحن من تونس", "تونس"),
        ("أنا من وهران", "وهران"),
        ("wir sind", "wir sind"),
        ("Wirsindhausen", "Wirsindhausen"),
        ("Null", "Null"),
    ],
)
def test_a_place_is_named_without_what_leads_up_to_it(text: str, expected: str) -> None:
    assert read(text, PLACE, "de", VOCABULARY) == Read(expected, exact=text == expected)


def test_a_place_has_bounds() -> None:
    assert told(read("Y", PLACE, "fr", VOCABULARY)) == "! short min=2"
    assert told(read("x" * 121, PLACE, "fr", VOCABULARY)) == "! long max=120"
