"""Of several processes on one database one leads; when it is gone, the next does."""

import pytest

from kpbot.store.database import Database


@pytest.mark.slow
def test_one_leads_until_it_ends(postgresql_url: str) -> None:
    first, second = Database(postgresql_url), Database(postgresql_url)
    try:
        with first.leading("telegram") as leads, second.leading("telegram") as also:
            assert (leads, also) == (True, False)
            with second.leading("staff") as other:
                assert other, "another name is another matter"
        with second.leading("telegram") as now:
            assert now
    finally:
        first.close()
        second.close()


def test_the_one_server_of_a_file_leads(file_database: Database) -> None:
    with file_database.leading("telegram") as leads:
        assert leads
