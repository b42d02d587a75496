"""A case as advisors see it in their messenger, in German."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from kpbot.cases import Announce, Case
from kpbot.events import GERMANY
from kpbot.model import CASE, Button, Card

STATES: Mapping[str, str] = {
    "open": "offen",
    "claimed": "in Bearbeitung",
    "waiting_person": "wartet auf die Person",
    "waiting_advisor": "wartet auf die Beratung",
    "closed": "abgeschlossen",
}
REASONS: Mapping[str, str] = {
    "answered": "beantwortet",
    "passed_on": "an andere Stelle verwiesen",
    "no_reply": "keine Rückmeldung",
    "outside": "außerhalb des Programms",
    "duplicate": "doppelt",
    "withdrawn": "zurückgezogen",
}
ATTACHED: Mapping[str, str] = {
    "photo": "ein Bild",
    "voice": "eine Sprachnachricht",
    "video": "ein Video",
    "sticker": "einen Sticker",
    "location": "einen Standort",
    "document": "eine Datei",
    "contact": "einen Kontakt",
    "poll": "eine Umfrage",
}
WISHES: Mapping[str, str] = {"mail": "per E-Mail", "call": "per Telefon", "wait": "im Chat"}

_NEWS: Mapping[str, str] = {
    "opened": "Neue Anfrage.",
    "completed": "Die Anfrage ist jetzt vollständig.",
    "claimed": "Übernommen von {name}.",
    "released": "{name} hat den Fall zurückgegeben.",
    "replied": "{name} hat geantwortet.",
    "noted": "Notiz von {name}.",
    "handed": "{name} hat den Fall übergeben an: {desk}.",
    "snoozed": "Zurückgestellt bis {until}.",
    "woke": "Wiedervorlage.",
    "closed": "Abgeschlossen von {name}: {reason}.",
    "reopened": "Wieder geöffnet von {name}.",
    "said": "Die Person schreibt.",
    "edited": "Die Person hat eine Nachricht geändert.",
    "attached": "Die Person hat {attached} geschickt. Das wird nicht weitergeleitet.",
    "wished": "Die Person möchte {wish} erreicht werden.",
    "lapsed": "Der Fall war zu lange ohne Bearbeitung und ist wieder offen.",
    "overdue": "Eine Antwort an die Person ist überfällig.",
    "undelivered": "Diese Nachricht konnte der Person nicht zugestellt werden. Bitte versuchen Sie "
    "es auf anderem Weg, etwa per E-Mail oder Telefon (siehe Zusammenfassung).",
    "doubtful": "Niemand weiß, ob diese Nachricht bei der Person angekommen ist. Bitte versuchen "
    "Sie es auch auf anderem Weg, etwa per E-Mail oder Telefon (siehe Zusammenfassung).",
}
_QUOTED = frozenset({"said", "edited", "noted", "replied", "undelivered", "doubtful"})
ACTIONS: Mapping[str, str] = {
    "claim": "Übernehmen",
    "reply": "Antworten",
    "release": "Zurückgeben",
    "hand": "Übergeben",
    "snooze": "Zurückstellen",
    "close": "Abschließen",
    "reopen": "Wieder öffnen",
}


def card(  # noqa: PLR0913 (what a card shows)
    case: Case,
    announced: Announce,
    *,
    summary: str,
    desk: str,
    advisor: str,
    actor: str,
    link: str = "",
) -> Card:
    """The card of the case with what just happened.

    `desk` and `advisor` are names as people read them; `actor` is who did it; `link` is the
    address of the case at the desk, if there is one.
    """
    head = f"{state_line(case, advisor)}\nZum Fall: {link}" if link else state_line(case, advisor)
    return Card(
        reference=case.reference,
        title=f"{case.reference} · {desk}",
        text=f"{head}\n\n{summary}",
        buttons=tuple(Button(each, ACTIONS[each], CASE) for each in possible(case)),
        news=news_line(case, announced, actor, desk),
        quote=announced.text if announced.news in _QUOTED else "",
        closed=case.state == "closed",
    )


def state_line(case: Case, advisor: str) -> str:
    """State, who has it, and since or until when."""
    state = STATES[case.state]
    parts = [state[:1].upper() + state[1:]]
    if advisor and case.advisor is not None:
        parts.append(advisor)
    if case.snoozed_until is not None:
        parts.append(f"zurückgestellt bis {moment(case.snoozed_until)}")
    if case.state == "closed" and case.reason is not None:
        parts.append(REASONS[case.reason])
    if case.escalated:
        parts.append("überfällig")
    return " · ".join(parts)


def possible(case: Case) -> tuple[str, ...]:
    """What can be done with the case now: keys of `ACTIONS`."""
    if case.state == "closed":
        return ("reopen",)
    if case.advisor is None:
        return ("claim",)
    return ("reply", "release", "hand", "snooze", "close")


def news_line(case: Case, announced: Announce, actor: str, desk: str) -> str:
    """What just happened, as one German sentence."""
    words = {
        "name": actor or "kpbot",
        "desk": desk,
        "until": moment(case.snoozed_until) if case.snoozed_until is not None else "",
        "reason": REASONS.get(announced.text, announced.text),
        "attached": ATTACHED.get(announced.text, "etwas"),
        "wish": WISHES.get(announced.text, announced.text),
    }
    return _NEWS[announced.news].format(**words)


def moment(at: datetime) -> str:
    """The instant in German time, to the minute."""
    return f"{at.astimezone(GERMANY):%d.%m.%Y %H:%M}"


def erased_card(reference: str, text: str) -> Card:
    """What is left of a card when the person's data are gone."""
    return Card(reference, f"{reference} · gelöscht", text, (), news=text, closed=True)
