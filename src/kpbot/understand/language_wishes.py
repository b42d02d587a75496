"""When a person asks for a language ("Deutsch bitte", "بالعربية", "do you speak English?")."""

import re
from collections.abc import Sequence
from typing import Final

from kpbot.model import Language
from kpbot.understand.language_votes import without_accents

_WORD = re.compile(r"[^\W_]+")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")


def _these(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BY = "(?:b|bi|be|bel|bil|bl|l|el|al|fel|lel)?"
_NAMES: Final[dict[Language, re.Pattern[str]]] = {
    "de": re.compile(
        "(?:deutsch|german|allemand|aleman|(?:b|bi|be|bel|bil|bl|bal)alman(?:i|iya|iyya)"
        "|(?:ب|بال|ال|لل|ل)?الماني[هة]?)"
    ),
    "fr": re.compile(
        f"(?:francais|franzosisch|franzoesisch|french|frz|{_BY}frans(?:i|is|awi|iya|awia|awya|awiya|awy)"
        f"|{_BY}faransi(?:ya|yya|a)?|{_BY}franci|(?:ب|بال|ال|لل|ل)?(?:فرنسي[هة]?|فرنساوي[هة]?))"
    ),
    "ar": re.compile(
        f"(?:arabe|arabisch|arabic|{_BY}(?:3a?ra?b|ara?b|3rb)(?:i|y|iya|iyya|ia|ya)|{_BY}dari?ja"
        "|(?:ب|بال|ال|لل|ل)?(?:عربي[هة]?|عربيا|دارج[هة]))"
    ),
    "en": re.compile(
        f"(?:english|englisch|anglais|englich"
        f"|{_BY}(?:ingli[sz]i?|engli[sz]i|ing[ei]li[sz]i|ngliz)"
        "(?:ya|a)?"
        "|(?:ب|بال|ال|لل|ل)?(?:انجليزي[هة]?|انكليزي[هة]?|انقليزي[هة]?))"
    ),
}

#: What may stand beside the name of a language without changing the wish.
_FILLERS: Final = _these(
    """bitte gern gerne lieber mal nur jetzt auf in auch weiter danke hallo sprache ok okay please
    pls plz only now rather thanks hello hi language version the mode switch to s il vous te
    plait svp stp merci en l le plutot maintenant langue uniquement bonjour b bi bel bil bl
    3afak afak min fadlak law samaht sama7t salam slm lougha من فضلك فضلكم لو سمحت سمحتم عفاك
    شكرا اللغة باللغة السلام عليكم مرحبا فقط رجاء"""
)
_PREPOSITIONS: Final = _these("""auf in en to b bi bel bil bl fel باللغة اللغة""")
#: Verbs of speaking that ask something of the other side, or of both.
_SPEAKING: Final = _these(
    """sprechen sprichst sprecht reden schreiben schreib schreibt antworten antworte antwortet
    weitermachen fortfahren wechseln wechsel umstellen unterhalten speak talk write answer reply
    respond continue switch change chat parler parlez parles parle parlons ecrire ecrivez
    repondre repondez reponds continuer continuez continuons passer passez passons changer
    changez discuter tahdro tahdar tahder thdro tehder nahdro nahdrou nhadro nhdro nhder nehdrou
    hder hdro tehki tahki tehkiw nahkiw nehkiw nahki etkallem atkallem atkalem tkallem tkalem
    netkalem netkallem netkelmou ntkelmo bettkallem betetkallem betetkalem tetkallem tetkalem
    tatakallam kteb kteblou ktebli ekteb ektebli ektob ktob jaweb jawbouni rod نتكلم تتكلم
    تتكلمون بتتكلم بتتكلموا اتكلم تكلم نتحدث تتحدث تتحدثون تحدث نهضرو تهضر تهضرو نهدرو تهدر
    تهدرو نحكي نحكيو تحكي تحكيو احكي اكتب اكتبوا كتبلي كتبو جاوب جاوبني اجب اجيبوا نكمل نواصل
    التحدث الحديث الكلام التواصل الرد الكتابة"""
)
_WANTING: Final = _these(
    """lieber bevorzuge möchte hätte mochte hatte prefer rather want prefere preferons veux
    voudrais aimerais geht gehts moglich kann konnen konnten possible peut peux possibilite can
    could may momkin mumkin mumken momken nejem ممكن يمكن افضل نفضل اريد نريد بغيت نحب عايز
    bghit nheb ayez 3ayez please bitte svp stp fadlak 3afak عفاك فضلك سمحت"""
)
_NEGATIONS: Final = _these(
    """nicht kein keine not don dont no pas ne ni لا ما مش مو ليس mish mouch"""
)
_TELLING: Final = _these(
    """i they je il elle elles ils qui who die man colleagues colleague people kollege kollegen
    kollegin collegues collegue partner partners partenaires staff mayor team"""
)


def wished(text: str) -> Language | None:
    """Return the language a person asks for, or None; talk about languages is no wish."""
    words = _words(text)
    if not words or len(words) > 12:
        return None
    found = [(place, language) for place, word in enumerate(words) if (language := _named(word))]
    if not found or len({language for _, language in found}) > 1:
        return None
    place, language = found[0]
    rest = words[:place] + words[place + 1 :]
    if all(word in _FILLERS or _named(word) for word in rest):
        return language
    if _NEGATIONS.intersection(rest):
        return None
    return language if _asked(words, place) else None


def _asked(words: Sequence[str], place: int) -> bool:
    following = words[place + 1] if place + 1 < len(words) else None
    before = words[max(0, place - 4) : place]
    prepared = _is_prepared(words, place)
    if following is None or prepared or following in _FILLERS | _SPEAKING:
        speaking = _SPEAKING.intersection((*before, following))
        if speaking and not _TELLING.intersection(words[:place]):
            return True
    if following is not None and following not in _FILLERS:
        return False
    short = len(words) <= 6
    wanted = short and prepared and bool(_WANTING.intersection(words))
    return wanted or _prefers(before)


def _is_prepared(words: Sequence[str], place: int) -> bool:
    """Tell whether a preposition stands before the name, or has grown together with it."""
    if place and words[place - 1] in _PREPOSITIONS:
        return True
    return bool(re.match("(?:ب|بال|لل)|b(?:i|e|el|il|l)?(?:3|a|f|i|e)", words[place]))


def _prefers(before: Sequence[str]) -> bool:
    return bool({"prefer", "prefere", "preferons", "bevorzuge", "lieber"}.intersection(before[-3:]))


def _named(word: str) -> Language | None:
    for language, pattern in _NAMES.items():
        if pattern.fullmatch(word):
            return language
    return None


def _words(text: str) -> list[str]:
    plain = without_accents(_ARABIC_MARKS.sub("", text.casefold()))
    return _WORD.findall(re.sub("[أإآ]", "ا", plain))
