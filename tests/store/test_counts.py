"""Counts add up by day, whoever counts at the same time."""

from datetime import date

from kpbot.engine.counting import Counted
from kpbot.store import counts
from kpbot.store.counts import Total
from kpbot.store.database import Database

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
ASKED = Counted("asked", "intake", "de", "country")
BEGUN = Counted("begun", "intake", "de", "")


def test_counts_add_up_over_days(database: Database) -> None:
    database.write(lambda c: counts.add(c, [ASKED, BEGUN, ASKED], MONDAY))
    database.write(lambda c: counts.add(c, [ASKED], MONDAY))
    database.write(lambda c: counts.add(c, [ASKED], TUESDAY))
    assert database.read(lambda c: counts.totals(c, MONDAY, MONDAY)) == [
        Total("asked", "intake", "de", "country", 3),
        Total("begun", "intake", "de", "", 1),
    ]
    assert database.read(lambda c: counts.totals(c, MONDAY, TUESDAY))[0].number == 4
    assert database.read(lambda c: counts.totals(c, TUESDAY, MONDAY)) == []
