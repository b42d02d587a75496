"""Slips of the pen in the words that questions about the calendar are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kpbot.model import Language
from kpbot.understand.normalise import normalise

_WORD = re.compile(r"[^\W\d_]+")
_THE = "ال"
_SHORTEST = 5
_LONG = 8
"""Letters from which on two may be wrong instead of one."""


def _words(*texts: str) -> tuple[str, ...]:
    return tuple(normalise(" ".join(texts)).split())


_FRENCH = """
    conférence conférences séminaire séminaires atelier ateliers webinaire webinaires formation
    formations événement événements manifestation manifestations colloque congrès réunion réunions
    rencontre rencontres prochain prochaine prochains prochaines calendrier
"""
_RIGHT: Mapping[Language, tuple[str, ...]] = {
    "de": _words(
        """
        konferenz konferenzen seminar seminare seminaren workshop workshops webinar webinare
        veranstaltung veranstaltungen netzwerktreffen treffen schulung schulungen fortbildung
        fortbildungen weiterbildung weiterbildungen tagung tagungen event events termine
        kalender kongress nächste nächster nächsten nächstes geplant abgesagt bestätigt
        """
    ),
    "fr": _words(_FRENCH),
    "ar": _words(
        _FRENCH,
        """
        مؤتمر المؤتمر مؤتمرات المؤتمرات فعالية الفعالية فعاليات الفعاليات الندوة الندوات ورشات
        الورشات الورشة ملتقى الملتقى اللقاء اللقاءات الاجتماع اجتماعات تدريبات دورات الدورات
        القادم القادمة المقبل المقبلة رزنامة الأنشطة ويبينار
        """,
    ),
    "en": _words(
        """
        conference conferences seminar seminars workshop workshops webinar webinars training
        trainings event events meeting meetings upcoming calendar cancelled congress
        """
    ),
}
_OTHERS = frozenset(
    normalise(
        "veranstalten veranstalter veranstaltet bestätigen termin treffe treffer planen geplante "
        "geplanten confidence conférencier rencontrer rencontrent manifester "
        "الفعلية فعلية"
    ).split()
)
"""Words of their own that are near to them."""


def respelt(text: str, language: Language) -> str:
    """The text with the calendar's words of the language where a word is nearly one of them."""
    return _WORD.sub(lambda found: _respelt(found[0], language), text)


@lru_cache(maxsize=8192)
def _respelt(word: str, language: Language) -> str:
    plain = normalise(word)
    if len(plain) < _SHORTEST or plain in _OTHERS:
        return word
    near = process.extractOne(plain, _RIGHT[language], scorer=OSA.distance, score_cutoff=2)
    if near is None:
        return word
    right, wrong, _ = near
    right, plain = right.removeprefix(_THE), plain.removeprefix(_THE)
    likely = right[:1] == plain[:1] and wrong <= (2 if min(len(right), len(plain)) >= _LONG else 1)
    return near[0] if wrong and likely else word
