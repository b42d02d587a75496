"""Texts as counts, years and days."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from test_answers import VOCABULARY, rows, told

from kpbot.model import LANGUAGES, Field, Language
from kpbot.understand.answers import Read, read
from kpbot.understand.answers_number import printed
from kpbot.understand.numbers import number_in

POPULATION = Field("population", "number", minimum=1, maximum=30_000_000)
PERSONS = Field("persons", "number", minimum=1, maximum=99)
YEAR = Field("year", "year")
DATE = Field("day", "date")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    ("text", "expected"),
    rows("""
12 | 12
12.000 | 12000
12,000 | 12000
12 000 | 12000
12'000 | 12000
12’000 | 12000
1.234.567 | 1234567
1,234,567 | 1234567
1 234 567 | 1234567
12.000,00 | 12000
12,000.00 | 12000
12.000. | 12000
ca. 45.000 | 45000
~45.000 | 45000
circa 120.000 Einwohnerinnen und Einwohner | 120000
rund 45 Tausend | 45000
environ 45 000 | 45000
45 000 hab. | 45000
about 45k | 45000
45K | 45000
45 Tsd. | 45000
45tsd | 45000
45 tausend | 45000
1,9 Mio | 1900000
1,9 Mio. | 1900000
1.9 million | 1900000
1.9m | 1900000
1,2 millions d'habitants | 1200000
0,5 Mio | 500000
1.250 Mio | 1250000
2 Millionen 300 000 | 2300000
٤٥٠٠٠ | 45000
٤٥٬٠٠٠ | 45000
٤٥ ألف | 45000
حوالي ٣٠ الف نسمة | 30000
30 ألف تقريبا | 30000
١٫٩ مليون | 1900000
مليون ونصف | 1500000
نصف مليون | 500000
مليون و200 ألف | 1200000
خمسة | 5
خمسة أشخاص | 5
خمسة وعشرون | 25
خمسة وأربعون ألف | 45000
خمسة آلاف | 5000
مئة ألف | 100000
ألفين وخمسمائة | 2500
شخصين | 2
sechs | 6
Zwölf Personen | 12
etwa 6 Personen | 6
6 pers. | 6
wir sind 6 | 6
eine Gruppe von 6 Personen | 6
zwölftausend | 12000
fünfundvierzigtausend | 45000
zweihundertfünfzig | 250
einundzwanzig | 21
eine Million | 1000000
anderthalb Millionen | 1500000
eine halbe Million | 500000
ein Dutzend | 12
eine Person | 1
une vingtaine | 20
une vingtaine de personnes | 20
une centaine | 100
douze mille | 12000
deux cent mille | 200000
trois cents | 300
vingt et un | 21
soixante et onze | 71
quatre-vingts | 80
quatre-vingt-dix-sept | 97
un million et demi | 1500000
un million deux cent mille | 1200000
six personnes | 6
une personne | 1
about two thousand | 2000
two hundred and fifty thousand | 250000
twenty-five | 25
a million and a half | 1500000
half a million | 500000
2 and a half million | 2500000
twelve hundred | 1200
a dozen | 12
45.000 (Stand 2023) | 45000
45 000 habitants en 2022 | 45000
2000 | 2000
in 2000 | 2000
über 40.000 | 40000
moins de 50 000 | 50000
40-50.000 | none
40 – 50 | none
40 bis 50 | none
6 à 8 | none
6/7 | none
zwischen 40 und 50 Tausend | none
entre 10 et 20 | none
zwischen fünf und zwanzig | none
بين خمسة وعشرين | none
من 6 إلى 8 | none
zwei oder drei | none
two and three | none
-5 | none
−5 | none
minus 5 | none
moins 5 | none
2,5 | none
2.5 Personen | none
zweieinhalb | none
50 % | none
12 0000 | none
12.34 | none
quelques centaines | none
plusieurs milliers | none
Hunderte | none
عشرات الآلاف | none
viele | none
eine Stadt | none
ein paar | none
keine Ahnung | none
B2B | none
😀 | none
"""),
)
def test_numbers(text: str, expected: str) -> None:
    found = number_in(text)
    assert (str(found.value) if found else "none") == expected


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("12", True),
        ("ca. 45.000", True),
        ("environ 45 000", True),
        ("zwölf", True),
        ("حوالي ٣٠", True),
        ("12 Personen", False),
        ("wir sind 6", False),
    ],
)
def test_a_bare_number_is_exact(text: str, bare: bool) -> None:
    result = read(text, POPULATION, "de", VOCABULARY)
    assert isinstance(result, Read)
    assert result.exact is bare


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "! range min=1 max=30.000.000"),
        ("fr", "! range min=1 max=30\u202f000\u202f000"),
        ("ar", "! range min=1 max=30,000,000"),
        ("en", "! range min=1 max=30,000,000"),
    ],
)
def test_bounds_are_printed_as_the_language_prints_them(language: Language, expected: str) -> None:
    for text in ("0", "30000001", "9" * 180, "٠", "40 Mio"):
        assert told(read(text, POPULATION, language, VOCABULARY)) == expected
    assert printed(30_000_000, language) == format_decimal(30_000_000, locale=language)


def test_an_example_lies_within_the_bounds() -> None:
    assert told(read("viele", PERSONS, "de", VOCABULARY)) == "! number example=6"
    assert told(read("viele", POPULATION, "de", VOCABULARY)) == "! number example=45.000"
    few = Field("x", "number", minimum=10, maximum=20)
    assert told(read("viele", few, "de", VOCABULARY)) == "! number example=10"
    assert told(read("3", Field("x", "number", minimum=5), "de", VOCABULARY)).endswith("max=∞")


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.integers(1, 30_000_000))
def test_a_printed_number_is_read_back(language: Language, number: int) -> None:
    for text in (str(number), printed(number, language), format_decimal(number, locale=language)):
        assert read(text, POPULATION, language, VOCABULARY) == Read(number)
        arabic = text.translate(ARABIC_DIGITS)
        assert read(arabic, POPULATION, language, VOCABULARY) == Read(number)


@pytest.mark.parametrize(
    ("text", "expected"),
    rows("""
2027 | = 2027
٢٠٢٧ | = 2027
2027. | = 2027
im Jahr 2027 | ~ 2027
en 2027 svp | ~ 2027
سنة ٢٠٢٧ | ~ 2027
seit 2019, also 2019 | ~ 2019
1900 | = 1900
2100 | = 2100
1899 | ! year
2101 | ! year
27 | ! year
20270 | ! year
2019/2020 | ! year
2019 oder 2020 | ! year
12.05.2027 | ! year
😀 | ! year
"""),
)
def test_years(text: str, expected: str) -> None:
    assert told(read(text, YEAR, "de", VOCABULARY)) == expected


def test_a_year_has_bounds() -> None:
    field = Field("year", "year", minimum=2020, maximum=2030)
    assert told(read("2031", field, "de", VOCABULARY)) == "! range min=2020 max=2030"


@pytest.mark.parametrize(
    ("text", "expected"),
    rows("""
2027-04-09 | = 2027-04-09
3.5.2027 | = 2027-05-03
03.05.2027 | = 2027-05-03
3.5.27 | = 2027-05-03
03/05/2027 | = 2027-05-03
3-5-2027 | = 2027-05-03
٠٣/٠٥/٢٠٢٧ | = 2027-05-03
3. Mai 2027 | = 2027-05-03
am 3. März 2027 | ~ 2027-03-03
3 mai 2027 | = 2027-05-03
le 1er mars 2027 | ~ 2027-03-01
3 May 2027 | = 2027-05-03
May 3rd, 2027 | = 2027-05-03
٣ مايو ٢٠٢٧ | = 2027-05-03
يوم 3 ماي 2027 | ~ 2027-05-03
12 جانفي 2027 | = 2027-01-12
14 غشت 2027 | = 2027-08-14
3.5.2027 oder 4.5.2027 | ! date
31.02.2027 | ! date
32.01.2027 | ! date
morgen | ! date
Mai 2027 | ! date
2027 | ! date
11 zzz 2027 | ! date
😀 | ! date
"""),
)
def test_days(text: str, expected: str) -> None:
    for language in LANGUAGES:
        assert told(read(text, DATE, language, VOCABULARY)).partition(" example=")[0] == expected


def test_a_day_has_an_example() -> None:
    assert told(read("bald", DATE, "de", VOCABULARY)) == "! date example=15.03.2027"
