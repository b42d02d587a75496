"""Cases are found and put in order by what is in their records, sealed or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kpbot.cases import Case
from kpbot.store import case_list, cases, records
from kpbot.store.case_list import After, Wanted
from kpbot.store.database import Database
from kpbot.store.keys import KEY_BYTES, FieldKey
from kpbot.store.records import KeptRecord
from walk import NOW

PEOPLE = [
    ("KP-22222", "Zwickau", "DE", "de"),
    ("KP-33333", "amberg", "DE", "fr"),
    ("KP-44444", "سوسة", "TN", "ar"),
    ("KP-55555", "", "", "de"),
    ("KP-66666", "Sousse", "TN", "fr"),
]


@pytest.fixture(params=["plain", "sealed"])
def listed(request: pytest.FixtureRequest, url: str) -> Iterator[Database]:
    """Five cases, each a day younger than the one before."""
    keys = (FieldKey(1, b"1" * KEY_BYTES),) if request.param == "sealed" else ()
    database = Database(url, keys=keys)
    for number, (reference, place, country, language) in enumerate(PEOPLE):
        at = NOW + timedelta(days=number)
        record = {"municipality_name": place, "country": country or None, "language": language}
        kept = KeptRecord(
            reference, "c", "intake", at, "desk", True, record, f"Anfrage {place}", at.date()
        )
        case = Case(reference, "c", "open", "desk", at)
        database.write(lambda c, k=kept: records.keep(c, k))
        database.write(lambda c, k=case: cases.open_case(c, k))
    yield database
    database.close()


def page(database: Database, **wanted: object) -> list[str]:
    options = {
        key: wanted.pop(key) for key in ("order", "descending", "offset", "limit") if key in wanted
    }
    found, _ = database.read(
        lambda c: case_list.page(c, Wanted(**wanted), NOW, **options)  # type: ignore[arg-type]
    )
    return [each.case.reference[-1] for each in found]


def test_they_are_found_by_language_country_and_words(listed: Database) -> None:
    assert page(listed, language="fr") == ["6", "3"]
    assert page(listed, country="TN") == ["6", "4"]
    assert page(listed, country="TN", language="ar") == ["4"]
    assert page(listed, text="sousse") == ["6"]
    assert page(listed, text="anfrage", country="DE") == ["3", "2"]
    assert page(listed, country="EG") == []


def test_they_are_in_the_order_of_the_place_or_the_language(listed: Database) -> None:
    assert page(listed, order="place") == ["3", "6", "2", "4", "5"]
    assert page(listed, order="place", descending=True) == ["4", "2", "6", "3", "5"]
    assert page(listed, order="language") == ["4", "5", "2", "6", "3"]
    assert page(listed, order="place", country="DE") == ["3", "2"]
    assert page(listed, order="opened") == ["2", "3", "4", "5", "6"]


def test_a_page_of_them_knows_how_many_there_are(listed: Database) -> None:
    for wanted, order in ((Wanted(language="fr"), "next"), (Wanted(), "place"), (Wanted(), "next")):
        found, total = listed.read(
            lambda c, w=wanted, o=order: case_list.page(c, w, NOW, order=o, offset=1, limit=1)
        )
        assert len(found) == 1
        assert total == (2 if wanted.language else 5)


def test_page_after_page_nobody_is_left_out(listed: Database) -> None:
    for wanted, every in ((Wanted(), "65432"), (Wanted(country="TN"), "64")):
        last, seen = None, ""
        while True:
            found = listed.read(
                lambda c, w=wanted, a=last: case_list.after(c, w, NOW, last=a, limit=1)
            )
            if not found:
                break
            case = found[-1].case
            last, seen = After(case.opened, case.reference), seen + case.reference[-1]
        assert seen == every


def test_the_countries_that_occur(listed: Database) -> None:
    assert listed.read(case_list.countries) == ["DE", "TN"]
