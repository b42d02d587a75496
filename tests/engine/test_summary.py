"""The German summary, as advisors read it."""

from datetime import UTC, date, datetime
from typing import Any

from building import Chat

from kpbot.engine.dialog import Dialogs
from kpbot.engine.record import freeze
from kpbot.engine.summary import summarise
from kpbot.model import Answered, Asked, Hit, Language, Part

CONSENT_AT = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)
DELETE_ON = date(2027, 2, 22)

HESSE: dict[str, Any] = {
    "group": "german_municipality",
    "municipality_name": "Stadt Musterhausen",
    "body_type": "city",
    "region": "Hessen",
    "partnership_status": "none",
    "wanted_country": ("open",),
    "concern": ("new_partnership",),
    "topics": ("waste_management", "environmental_education"),
    "description": "Wir suchen eine Partnerkommune.",
    "contact_name": "Sabine Kern",
    "function": None,
    "department": "Hauptamt",
    "email": "s.kern@musterhausen.de",
    "phone": None,
    "preferred_channel": "email",
}


def summary(dialogs: Dialogs, *, hand_over: str = "send", **values: Any) -> str:
    chat = Chat(dialogs, at=CONSENT_AT).begin("intake")
    chat.send(Answered((Part("consent", True, "ja"),)), at=CONSENT_AT)
    for name, value in values.items():
        typed = "ca. 12.000" if name == "population" else f"{value}"
        chat.send(Answered((Part(name, value, typed),)))
    chat.send(Asked("gibt's da ne frist?", (Hit("funding_deadlines", "none"),)))
    if hand_over == "send":
        chat.command("brief")
    chat.command("send" if hand_over == "send" else "human")
    submit = chat.submitted
    assert submit is not None
    record = freeze(dialogs.dialogs["intake"], submit, chat.conversation)
    return summarise(dialogs, {**record, "reference": "KP-7F3KQ"}, RECEIVED, DELETE_ON)


def test_the_advisors_read_the_town_in_hesse_exactly_so(dialogs: Dialogs) -> None:
    values = {**HESSE, "population": 12000}
    assert (
        summary(dialogs, **values)
        == """\
Anfrage KP-7F3KQ · eingegangen 2026-11-24 10:12 · Chatsprache de · Beratung auf: Deutsch
Wer:        Stadt Musterhausen (Stadt, Deutschland, Hessen, ca. 12.000 Einw.)  \
Kontakt: Sabine Kern, Hauptamt
Erreichbar: s.kern@musterhausen.de · Telefon: nicht angegeben · bevorzugt: E-Mail
Partnerschaft: keine · gesuchtes Land: offen      Anliegen: neue Partnerschaft
Themen:     Abfallmanagement; Umweltbildung
Text (Original): „Wir suchen eine Partnerkommune.“
Offene Fragen: „gibt's da ne frist?“ (funding_deadlines – nicht beantwortet)
Hinweise:   –        Einwilligung v1 (de) 2026-11-24 10:05 · Löschung spätestens 2027-02-22"""
    )


def test_a_half_record_reads_like_one_with_nothing_given(dialogs: Dialogs) -> None:
    text = summary(dialogs, hand_over="human", group="association")
    assert "(noch nicht abgeschlossen)" in text
    assert "E-Mail: nicht angegeben · Telefon: nicht angegeben" in text
    assert "Absender:   Verein oder NGO" in text


def test_arabic_words_stay_untouched_in_their_own_direction(dialogs: Dialogs) -> None:
    text = summary(dialogs, **{**HESSE, "municipality_name": "محافظة الجيزة"})
    assert "\u2068محافظة الجيزة\u2069" in text


def test_a_phone_number_is_shown_as_typed_as_well(dialogs: Dialogs) -> None:
    chat = Chat(dialogs).begin("intake")
    arabic: Language = "ar"
    for name, value in {"consent": True, **HESSE, "email": None}.items():
        typed = "٠١٠٠ ١٢٣ ٤٥٦٧" if name == "phone" else ""
        answer = "0100 123 4567" if name == "phone" else value
        chat.send(Answered((Part(name, answer, typed),)), language=arabic)
    chat.command("brief")
    chat.command("send")
    assert chat.submitted is not None
    record = freeze(dialogs.dialogs["intake"], chat.submitted, chat.conversation)
    text = summarise(dialogs, record, RECEIVED, DELETE_ON)
    assert "0100 123 4567 (geschrieben: \u2068٠١٠٠ ١٢٣ ٤٥٦٧\u2069)" in text
    assert "keine E-Mail" in text
