"""Letters to the advisors' mailbox, in German. Short unless the operator wants the details."""

from __future__ import annotations

from collections.abc import Mapping

from kpbot.engine.card import WISHES
from kpbot.model import Letter

_SUBJECTS: Mapping[str, str] = {
    "opened": "{reference} · {desk}",
    "completed": "{reference} · {desk} · jetzt vollständig",
    "overdue": "{reference} · {desk} · Antwort überfällig",
    "wished": "{reference} · {desk} · bittet um Rückmeldung",
    "lapsed": "{reference} · {desk} · wieder offen",
    "undelivered": "{reference} · {desk} · Nachricht nicht zugestellt",
    "doubtful": "{reference} · {desk} · Nachricht vielleicht nicht angekommen",
    "handed": "{reference} · {desk} · übergeben",
    "released": "{reference} · {desk} · wieder offen",
    "said": "{reference} · {desk} · neue Nachricht",
    "edited": "{reference} · {desk} · geänderte Nachricht",
    "attached": "{reference} · {desk} · neue Nachricht",
    "erased": "{reference} · gelöscht",
    "expired": "{reference} · gelöscht",
}
_TEXTS: Mapping[str, str] = {
    "opened": "Eine neue Anfrage ist eingegangen.",
    "completed": "Die Anfrage ist jetzt vollständig.",
    "overdue": "Eine Antwort an die Person ist überfällig.",
    "wished": "Die Person wartet und möchte {wish} erreicht werden.",
    "lapsed": "Der Fall war zu lange ohne Bearbeitung und ist wieder offen.",
    "handed": "Der Fall ist jetzt bei dieser Stelle und offen.",
    "released": "Der Fall wurde zurückgegeben und ist wieder offen.",
    "said": "Die Person hat zu dieser Anfrage geschrieben. Niemand hat den Fall übernommen.",
    "edited": "Die Person hat eine Nachricht geändert. Niemand hat den Fall übernommen.",
    "attached": "Die Person hat etwas geschickt, das nicht weitergeleitet wird. "
    "Niemand hat den Fall übernommen.",
    "undelivered": "Eine Nachricht an die Person konnte nicht zugestellt werden. Bitte versuchen "
    "Sie es auf anderem Weg, etwa per E-Mail oder Telefon aus der Zusammenfassung.",
    "doubtful": "Niemand weiß, ob eine Nachricht bei der Person angekommen ist. Bitte versuchen "
    "Sie es auch auf anderem Weg, etwa per E-Mail oder Telefon aus der Zusammenfassung.",
    "erased": "Die Anfrage {reference} wurde auf Wunsch der Person gelöscht. "
    "Bitte löschen Sie auch Ihre Kopien (Art. 17, 19 DSGVO).",
    "expired": "Die Anfrage {reference} wurde nach Ablauf der Aufbewahrungsfrist gelöscht. "
    "Bitte löschen Sie auch Ihre Kopien (Art. 5 Abs. 1 lit. e DSGVO).",
}


def letter_about(  # noqa: PLR0913 (what a letter holds)
    news: str,
    reference: str,
    desk: str,
    *,
    summary: str = "",
    link: str = "",
    text: str = "",
) -> Letter:
    """The letter that tells this news of a case.

    `summary` holds what the person said: empty where mail shall hold no personal data. `text` is
    the wish of the person.
    """
    words = {"reference": reference, "desk": desk, "wish": WISHES.get(text, text)}
    parts = [_TEXTS[news].format(**words), summary]
    return Letter(
        _SUBJECTS[news].format(**words), "\n\n".join(filter(None, parts)), reference, link
    )
