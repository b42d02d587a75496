"""A desk with a day's work in it, for looking at."""

from __future__ import annotations

from datetime import timedelta

from working import Office

from kpbot.cases import Claim, Close, Note, Reply
from kpbot.engine.counting import Counted
from kpbot.model import Said
from kpbot.store import counts
from kpbot.store.advisors import Advisor

ARABIC = "نود التعاون مع مدينة ألمانية في مجال إدارة النفايات وفرزها."
NASTY = "<b>fett</b> <img src=x onerror=alert(1)> \"' \u202everkehrt \u2067اسم"
FRENCH = "Nous souhaitons relancer notre partenariat avec une ville allemande."


def day_of_work(office: Office, leila: Advisor, omar: Advisor) -> dict[str, str]:
    """Cases in every state; their references by who wrote."""
    office.time.passes(days=-3)
    found = {"anna": office.enquire("anna")}
    office.do(omar, found["anna"], Claim())
    office.time.passes(hours=2)
    office.do(omar, found["anna"], Reply("Guten Tag, wir melden uns."))
    office.do(omar, found["anna"], Close("answered"))
    office.time.passes(hours=20)
    found["bruno"] = office.enquire(
        "bruno", "fr", description=FRENCH, municipality_name="Commune de Sidi Bouzid"
    )
    office.do(omar, found["bruno"], Claim())
    office.time.passes(hours=30)
    found["amina"] = office.enquire(
        "amina",
        "ar",
        description=ARABIC,
        contact_name="أمينة بن صالح",
        municipality_name="بلدية سوسة",
    )
    office.do(leila, found["amina"], Claim())
    office.time.passes(minutes=12)
    reply = "تحية طيبة أمينة بن صالح،\nشكرًا لكم على طلبكم. ما حجم مدينتكم؟"
    office.do(leila, found["amina"], Reply(reply))
    office.do(leila, found["amina"], Note("Rückfrage an das Länderbüro Tunis gestellt."))
    office.time.passes(minutes=30)
    office.happen("amina", Said("عدد السكان حوالي 270000 نسمة."), "ar")
    office.time.passes(hours=1)
    found["eve"] = office.enquire("eve", description=f"Wir fragen: {NASTY}", contact_name=NASTY)
    office.time.passes(minutes=5)
    found["carla"] = office.enquire("carla", "en", municipality_name="Stadt Beispielburg")
    return found


def figures(office: Office) -> None:
    """Counts of a few weeks."""
    steps = [q.id for q in office.house.dialogs.dialogs["intake"].questions][:16]
    day = (office.time() - timedelta(days=5)).date()
    found: list[Counted] = []
    for language, people in (("de", 40), ("ar", 23)):
        found += [Counted("begun", "intake", language, "")] * people
        for place, step in enumerate(steps):
            asked = max(3, people - place)
            found += [Counted("asked", "intake", language, step)] * asked
            found += [Counted("answered", "intake", language, step)] * max(2, asked - place % 3)
            found += [Counted("missed", "intake", language, step)] * (place % 7)
        found += [Counted("submitted", "intake", language, "desk_general")] * (people // 2)
    found += [Counted("faq_answered", "", "de", "programme_overview")] * 31
    found += [Counted("faq_partly", "", "de", "travel_costs")] * 12
    found += [Counted("faq_unanswered", "", "de", "unknown")] * 9
    found += [Counted("faq_unanswered", "", "de", "funding_amount")] * 6
    found += [Counted("faq_answered", "", "de", "contact_human")] * 2
    office.database.write(lambda connection: counts.add(connection, found, day))
