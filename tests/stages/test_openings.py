"""What providers are told will be needed."""

from datetime import timedelta

import pytest

from flsf.core.people import SYSTEM, VISITOR
from flsf.market.openings import actions, queries
from flsf.market.openings.models import Opening
from flsf.market.openings.rules import OpeningFacts
from tests.factories import NOW, TODAY, lot

pytestmark = pytest.mark.django_db


def told(**more):
    usual = {"title": "Mentors", "words": "Twelve places", "needed_from": TODAY}
    facts = OpeningFacts(**({"lot_id": lot().pk} | usual | more))
    return actions.tell(facts=facts, by=SYSTEM, at=NOW)


def shown(on=TODAY):
    return [one.title for one in queries.told(on=on)]


def test_it_is_shown_from_the_day_it_is_told_until_its_day_has_passed():
    told(needed_from=TODAY + timedelta(days=3))
    told(title="Sooner", needed_from=TODAY + timedelta(days=1))
    assert shown() == ["Sooner", "Mentors"]
    assert shown(TODAY - timedelta(days=1)) == []
    assert shown(TODAY + timedelta(days=2)) == ["Mentors"]
    assert shown(TODAY + timedelta(days=4)) == []


@pytest.mark.parametrize("days", [-1, 9 * 366])
def test_a_day_that_is_past_or_far_off_is_refused(days):
    with pytest.raises(actions.NotInTime):
        told(needed_from=TODAY + timedelta(days=days))
    assert not Opening.objects.exists()


@pytest.mark.parametrize("missing", ["title", "words"])
def test_saying_nothing_is_refused(missing):
    with pytest.raises(actions.SayWhat):
        told(**{missing: "  "})


def test_taken_back_it_is_no_longer_shown_and_says_why():
    one = told()
    with pytest.raises(actions.NeedsReason):
        actions.withdraw(opening_id=one.pk, why=" ", by=SYSTEM, at=NOW)
    actions.withdraw(opening_id=one.pk, why="Found", by=SYSTEM, at=NOW)
    assert shown() == []
    kept = queries.with_ref(one.ref, person=VISITOR)
    assert (kept.withdrawn_on, kept.withdrawn_why) == (TODAY, "Found")
    with pytest.raises(actions.AlreadyWithdrawn):
        actions.withdraw(opening_id=one.pk, why="Again", by=SYSTEM, at=NOW)
