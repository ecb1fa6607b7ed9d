"""What the Local Offer must say, and where it is."""

from datetime import timedelta

import pytest

from flsf.core.people import SYSTEM
from flsf.market.duties import actions, queries
from flsf.market.duties.enums import Standing
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db

TOLD = {"by": SYSTEM, "at": NOW}


def test_all_of_the_schedule_is_there_and_missing_until_somebody_finds_it():
    items = queries.checklist(TODAY)
    assert [one.number for one in items] == list(range(1, 24))
    assert {one.standing for one in items} == {Standing.MISSING}
    assert all("2014/1530" in one.source for one in items)


def test_found_lost_and_found_again_with_its_history():
    officer = council_member()
    found = {"number": 3, "where": "Find support", "link": "/directory/"}
    actions.note_check(**found, is_published=True, by=officer, at=NOW)
    item = queries.item(3, on=TODAY)
    assert (item.standing, item.where, item.checked_by) == (
        Standing.PUBLISHED,
        "Find support",
        officer.name,
    )
    actions.note_check(**found, is_published=False, note="The page is gone.", **TOLD)
    item = queries.item(3, on=TODAY)
    assert (item.standing, item.where, item.note) == (Standing.MISSING, "", "The page is gone.")
    assert len(queries.history(3)) == 2


def test_after_a_year_it_is_said_to_be_old():
    actions.note_check(number=1, is_published=True, where="Here", **TOLD)
    for days, said in ((365, Standing.PUBLISHED), (366, Standing.OLD)):
        assert queries.item(1, on=TODAY + timedelta(days=days)).standing is said
    assert queries.item(1, on=TODAY - timedelta(days=1)).standing is Standing.MISSING


def test_refused():
    with pytest.raises(actions.SayWhere):
        actions.note_check(number=1, is_published=True, where=" ", **TOLD)
    with pytest.raises(actions.NoSuchItem):
        actions.note_check(number=99, is_published=False, **TOLD)
    assert queries.item(99, on=TODAY) is None
