"""A record is frozen under a reference that nobody else has."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from kpbot.store.database import Database
from kpbot.store.records import KeptRecord, every, get, is_taken, keep
from walk import NOW

KEPT = KeptRecord(
    reference="KP-7FQ2M",
    conversation="c1",
    dialog="intake",
    at=NOW,
    outcome="desk_egypt",
    complete=True,
    record={"municipality_name": "القاهرة", "population": 45000, "topics": ["a"], "phone": None},
    summary="Zusammenfassung",
    delete_on=date(2027, 2, 22),
)


def test_a_record_is_read_as_it_was_kept(database: Database) -> None:
    database.write(lambda c: keep(c, KEPT))
    assert database.read(lambda c: get(c, "KP-7FQ2M")) == KEPT


@pytest.mark.parametrize("spelling", ["kp-7fq2m", " KP-7FQ2M\n", "Kp-7fQ2m"])
def test_a_reference_is_found_as_people_write_it(database: Database, spelling: str) -> None:
    database.write(lambda c: keep(c, KEPT))
    assert database.read(lambda c: get(c, spelling)) == KEPT


@pytest.mark.parametrize("reference", ["", "KP-", "KP-7FQ2N", "%", "KP-7FQ2M' OR '1'='1"])
def test_no_other_reference_finds_it(database: Database, reference: str) -> None:
    database.write(lambda c: keep(c, KEPT))
    assert database.read(lambda c: get(c, reference)) is None


def test_a_reference_is_given_once(database: Database) -> None:
    assert not database.read(lambda c: is_taken(c, KEPT.reference))
    database.write(lambda c: keep(c, KEPT))
    assert database.read(lambda c: is_taken(c, KEPT.reference))
    with pytest.raises(sa.exc.IntegrityError):
        database.write(lambda c: keep(c, replace(KEPT, conversation="c2")))
    assert database.read(every) == [KEPT]


def test_records_come_oldest_first_of_all_or_of_one_conversation(database: Database) -> None:
    second = replace(KEPT, reference="KP-22222", at=NOW + timedelta(hours=1))
    third = replace(KEPT, reference="KP-33333", at=NOW + timedelta(hours=2), conversation="c2")
    for each in (third, KEPT, second):
        database.write(lambda c, kept=each: keep(c, kept))
    assert database.read(every) == [KEPT, second, third]
    assert database.read(lambda c: every(c, "c1")) == [KEPT, second]
    assert database.read(lambda c: every(c, "nobody")) == []
