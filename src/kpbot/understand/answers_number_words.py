"""Number words in German, French, Arabic and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from kpbot.understand.answers_words import word_set
from kpbot.understand.normalise import normalise


class Kind(Enum):
    """What a token does to the number before it."""

    NUMERAL = "digits"
    ADD = "is added"
    PART = "half"
    HUNDRED = "multiplies what stands before it within the thousand"
    SCALE = "multiplies what stands before it"
    PLURAL = "the same, but says nothing alone: hundreds, k"
    WORD = "no number"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign or numeral of the text."""

    kind: Kind
    text: str
    value: Fraction = Fraction(0)


JOINS = word_set("und et and و") | {"-"}
ARTICLES = word_set("ein eine einen einer einem un une a an")
BETWEEN = word_set("zwischen entre between بين مابين")
APPROXIMATIONS = word_set(
    """ca circa etwa ungefähr rund zirka so um die der das vielleicht schätzungsweise environ vers
    approximativement à peu près about around approximately approx roughly some c à
    حوالي تقريبا نحو حدود قرابة زهاء في ب"""
) | {".", "~", "≈", "±", "!", ",", "-", ""}
PERSONS = word_set(
    """person personen mensch personne personnes people pers شخص nur only seulement واحد فقط"""
)

_GERMAN_SMALL = {
    normalise(word): value
    for value, words in {
        0: "null",
        1: "ein eins",
        2: "zwei zwo",
        3: "drei",
        4: "vier",
        5: "fünf",
        6: "sechs",
        7: "sieben",
        8: "acht",
        9: "neun",
        10: "zehn",
        11: "elf",
        12: "zwölf",
        13: "dreizehn",
        14: "vierzehn",
        15: "fünfzehn",
        16: "sechzehn",
        17: "siebzehn",
        18: "achtzehn",
        19: "neunzehn",
        20: "zwanzig",
        30: "dreißig",
        40: "vierzig",
        50: "fünfzig",
        60: "sechzig",
        70: "siebzig",
        80: "achtzig",
        90: "neunzig",
    }.items()
    for word in words.split()
}
_ADDED = {
    0: "null zéro zero صفر",
    1: "eins one واحد واحدة",
    2: "deux two اثنان اثنين اتنين إثنان جوج زوج شخصان شخصين",
    3: "trois three ثلاثة ثلاث تلاتة تلات",
    4: "quatre four أربعة أربع",
    5: "cinq five خمسة خمس",
    6: "six ستة ست",
    7: "sept seven سبعة سبع",
    8: "huit eight ثمانية ثماني ثمان تمانية تمان",
    9: "neuf nine تسعة تسع",
    10: "dix ten dizaine عشرة عشر",
    11: "onze eleven حداشر احداشر",
    12: "douze twelve douzaine اتناشر اثناشر طناش",
    13: "treize thirteen تلتاشر",
    14: "quatorze fourteen أربعتاشر",
    15: "quinze fifteen quinzaine خمستاشر خمسطاش",
    16: "seize sixteen ستاشر",
    17: "seventeen سبعتاشر",
    18: "eighteen تمنتاشر",
    19: "nineteen تسعتاشر",
    20: "vingt vingts twenty vingtaine عشرون عشرين",
    30: "trente thirty trentaine ثلاثون ثلاثين تلاتين",
    40: "quarante forty fourty quarantaine أربعون أربعين",
    50: "cinquante fifty cinquantaine خمسون خمسين",
    60: "soixante sixty soixantaine ستون ستين",
    70: "septante seventy سبعون سبعين",
    80: "huitante eighty ثمانون ثمانين تمانين",
    90: "nonante ninety تسعون تسعين",
    200: "مئتان مئتين مائتان مائتين ميتين",
    300: "ثلاثمئة ثلاثمائة تلتمية",
    400: "أربعمئة أربعمائة ربعمية",
    500: "خمسمئة خمسمائة خمسمية",
    600: "ستمئة ستمائة ستمية",
    700: "سبعمئة سبعمائة سبعمية",
    800: "ثمانمئة ثمانمائة تمنمية",
    900: "تسعمئة تسعمائة تسعمية",
    2000: "ألفان ألفين",
    2_000_000: "مليونان مليونين",
}
_OTHER = {
    (Kind.PART, Fraction(1, 2)): "halb halbe halben halber demi demie half نصف نص",
    (Kind.PART, Fraction(1, 4)): "quarter ربع",
    (Kind.ADD, Fraction(3, 2)): "anderthalb eineinhalb einundeinhalb",
    (Kind.ADD, Fraction(5, 2)): "zweieinhalb",
    (Kind.ADD, Fraction(7, 2)): "dreieinhalb",
    (Kind.HUNDRED, Fraction(100)): "hundert hundred cent cents centaine مئة مائة مية",
    (Kind.SCALE, Fraction(12)): "dutzend dozen",
    (Kind.SCALE, Fraction(1000)): "tausend thousand mille mil millier ألف",
    (Kind.SCALE, Fraction(1_000_000)): "million مليون",
    (Kind.PLURAL, Fraction(10)): "dizaines عشرات",
    (Kind.PLURAL, Fraction(12)): "dutzende dozens douzaines",
    (Kind.PLURAL, Fraction(100)): "hunderte hunderten hundreds centaines مئات",
    (Kind.PLURAL, Fraction(1000)): "k tsd tausende tausenden thousands milliers آلاف ألفا",
    (Kind.PLURAL, Fraction(1_000_000)): "mio mill mln m millionen millions ملايين",
}


def _lexicon() -> dict[str, Token]:
    known = {
        word: Token(Kind.ADD, word, Fraction(value))
        for word, value in _GERMAN_SMALL.items()
        if word not in ARTICLES
    }
    for value, words in _ADDED.items():
        known |= {word: Token(Kind.ADD, word, Fraction(value)) for word in word_set(words)}
    for (kind, amount), words in _OTHER.items():
        known |= {word: Token(kind, word, amount) for word in word_set(words)}
    return known


_KNOWN = _lexicon()
_ARABIC_AND = "و"


def token_of(written: str) -> tuple[Token, ...]:
    """What the word, sign or numeral is; an Arabic `and` before a number stands apart."""
    if written[0].isdecimal():
        return (Token(Kind.NUMERAL, written),)
    word = normalise(written) or written
    known = _number_word(word)
    if known is not None:
        return (known,)
    rest = _number_word(word[1:]) if word.startswith(_ARABIC_AND) else None
    if rest is not None:
        return (Token(Kind.WORD, _ARABIC_AND), rest)
    return (Token(Kind.WORD, word),)


def _number_word(word: str) -> Token | None:
    if word in _KNOWN:
        return _KNOWN[word]
    value = None if word in ARTICLES else _german(word)
    return None if value is None else Token(Kind.ADD, word, Fraction(value))


def _german(word: str) -> int | None:
    """The value of a German number in one word."""
    left, thousand, right = word.partition("tausend")
    if not thousand:
        return _hundreds(word)
    thousands = _hundreds(left) if left else 1
    rest = _hundreds(right.removeprefix("und")) if right else 0
    return None if thousands is None or rest is None else thousands * 1000 + rest


def _hundreds(word: str) -> int | None:
    left, hundred, right = word.partition("hundert")
    if not hundred:
        return _tens(word)
    hundreds = _GERMAN_SMALL.get(left) if left else 1
    rest = _tens(right.removeprefix("und")) if right else 0
    return None if hundreds is None or rest is None else hundreds * 100 + rest


def _tens(word: str) -> int | None:
    if word in _GERMAN_SMALL:
        return _GERMAN_SMALL[word]
    unit, _, ten = word.partition("und")
    units, tens = _GERMAN_SMALL.get(unit), _GERMAN_SMALL.get(ten)
    if units is None or tens is None or not 0 < units < 10 or tens < 20:
        return None
    return units + tens
