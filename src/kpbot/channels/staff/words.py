"""What the advisors' bot says itself, in German."""

from __future__ import annotations

from collections.abc import Mapping

STRANGER = (
    "Dieser Bot ist nur für das Team der Beratung; wenn Sie dazugehören, nennen Sie der "
    "Verwaltung bitte Ihre Telegram-Nummer {id}."
)
STRANGER_TOAST = "Das ist nur für das Team der Beratung."

DONE: Mapping[str, str] = {
    "claim": "Sie haben den Fall.",
    "release": "Zurückgegeben.",
    "hand": "Übergeben an: {what}.",
    "snooze": "Zurückgestellt bis {what}.",
    "close": "Abgeschlossen: {what}.",
    "reopen": "Wieder geöffnet. Sie haben den Fall.",
}
REFUSED: Mapping[str, str] = {
    "taken": "Schon bei {name}.",
    "speaking": "Mit der Person spricht gerade {name} in einem anderen Fall.",
    "not_yours": "Der Fall ist bei {name}.",
    "nobodys": "Bitte übernehmen Sie den Fall zuerst.",
    "closed": "Der Fall ist abgeschlossen.",
    "not_closed": "Der Fall ist nicht abgeschlossen.",
    "empty": "Das ist leer oder schon vorbei.",
    "too_long": "Das ist zu lang: höchstens {longest} Zeichen.",
    "unknown": "Diesen Fall gibt es nicht mehr.",
}
SOMEBODY = "jemand anderem"
FAILED = "Das hat gerade nicht geklappt. Bitte versuchen Sie es noch einmal."
OLD_BUTTON = "Dieser Knopf gilt nicht mehr."

ASK_REPLY = "{name}, bitte antworten Sie auf diese Nachricht: Der Text geht an die Person ({case})."
REPLY_FIELD = "Antwort an die Person"
SENT = "→ gesendet"
NOTED = "→ notiert, nur für das Team"
ONLY_TEXT = "Es wird nur Text weitergeleitet. Dies ist nicht bei der Person angekommen."
EDITED = "Änderungen gehen nicht an die Person. Bitte schreiben Sie es noch einmal."
NO_CASE = "Diese Nachricht gehört zu keinem Fall. Es wurde nichts weitergeleitet."
NO_COMMAND = "Diesen Befehl gibt es nicht. Es wurde nichts weitergeleitet."
NOTE_HOW = "Bitte antworten Sie mit /note und Ihrem Text auf eine Nachricht des Falls."
CASE_HOW = "Bitte nennen Sie die Nummer des Falls: /case KP-…"
NO_SUCH_CASE = "Den Fall {case} gibt es nicht."

BACK = "Zurück"
SNOOZES: Mapping[str, str] = {
    "hour": "1 Stunde",
    "morning": "Morgen früh",
    "days": "In 3 Tagen",
    "week": "Nächste Woche",
}

HELP = """Neue Anfragen erscheinen hier als Karten.

Übernehmen: Der Fall gehört Ihnen, der Bot schweigt bei der Person.
Antworten: Was Sie auf die Karte oder auf eine Nachricht der Person antworten, geht an sie.
/note Text: als Antwort auf eine Nachricht des Falls, nur für das Team.

/cases zeigt alle offenen Fälle.
/mine zeigt Ihre Fälle.
/case KP-… zeigt einen Fall.
/stats zeigt Zahlen."""
COMMANDS: Mapping[str, str] = {
    "cases": "Offene Fälle",
    "mine": "Meine Fälle",
    "case": "Einen Fall zeigen: /case KP-…",
    "note": "Notiz für das Team, als Antwort",
    "stats": "Zahlen",
    "help": "Hilfe",
}

NOTHING_OPEN = "Nichts ist offen."
NOTHING_YOURS = "Sie haben gerade keinen Fall."
CASES = "Offene Fälle ({count})"
MINE = "Ihre Fälle ({count})"
NOBODY = "niemand"

STATS = """Offen, bei niemandem: {open}
In Bearbeitung: {claimed}
Warten auf die Person: {waiting_person}
Warten auf die Beratung: {waiting_advisor}
Zurückgestellt: {snoozed}
Überfällig: {overdue}
Diese Woche abgeschlossen: {closed}
Erste Antwort nach (Median): {median}"""
NO_ANSWER_YET = "noch keine Antwort"

DIGEST = "Stand am {day}"
DIGEST_OPEN = "Bei niemandem ({count}):"
DIGEST_OVERDUE = "Erste Antwort überfällig ({count}):"
DIGEST_SNOOZED = "Heute wieder vorzulegen ({count}):"
DIGEST_TAKEN = "In Bearbeitung oder wartend: {count}."
MORE = "… und {count} weitere"
LEASE_ENDS = (
    "{name}, der Fall {case} war lange ohne Bearbeitung. "
    "Um {time} Uhr ist er wieder für alle offen."
)
GONE = "Gelöscht."
