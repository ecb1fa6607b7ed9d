"""Help that is not on the framework: kept, looked at, taken off, brought in from other lists."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flsf.core.geo import Point
from flsf.core.people import SYSTEM
from flsf.market.directory import queries as directory
from flsf.market.directory.rules import Asked
from flsf.market.others import actions, queries
from flsf.market.others.models import OtherService
from flsf.market.others.rules import NewOther, OtherFacts
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.shared.places.models import Postcode
from tests.factories import NOW, TODAY, council_member
from tests.factories_market import other

pytestmark = pytest.mark.django_db

FACTS = OtherFacts(
    name="Swim club",
    run_by="Marl Baths",
    sector=Sector.COMMUNITY,
    mode=Mode.COMMUNITY,
    cost=Cost.FAMILY,
    what_it_is="A quiet hour in the pool.",
)


def found():
    return [card.name for card in directory.search(Asked(), at=None, on=TODAY).cards]


def test_added_changed_and_taken_off():
    one = other()
    assert found() == ["Chess club"]
    changed = {"other_id": one.pk, "by": SYSTEM, "at": NOW + timedelta(days=9)}
    actions.change(facts=FACTS, **changed)
    one.refresh_from_db()
    assert (found(), one.facts) == (["Swim club"], FACTS)
    assert one.checked_on == TODAY + timedelta(days=9)
    with pytest.raises(actions.NeedsReason):
        actions.take_off(why=" ", **changed)
    actions.take_off(why="It has closed.", **changed)
    assert found() == []
    assert queries.with_slug(one.slug).taken_off_why == "It has closed."
    for act in (
        lambda: actions.change(facts=FACTS, **changed),
        lambda: actions.note_checked(**changed),
        lambda: actions.take_off(why="Again.", **changed),
    ):
        with pytest.raises(actions.AlreadyTakenOff):
            act()


def test_ages_make_sense():
    with pytest.raises(actions.AgesNotSensible):
        other(lowest_age=12, highest_age=9)
    one = other()
    with pytest.raises(actions.AgesNotSensible):
        actions.change(other_id=one.pk, facts=replace(FACTS, highest_age=99), by=SYSTEM, at=NOW)


def test_it_lies_where_its_postcode_lies_if_we_know_it():
    Postcode.objects.create(postcode="ZZ1 1AA", easting=400_000, northing=290_000)
    assert other("Here", postcode="zz11aa").easting == 400_000
    assert other("Nowhere", postcode="ZZ9 9ZZ").easting is None


def test_what_nobody_has_looked_at_since_a_day():
    other("Old")
    fresh = other("Fresh")
    actions.note_checked(other_id=fresh.pk, by=SYSTEM, at=NOW + timedelta(days=1))
    old = queries.not_checked_since(TODAY + timedelta(days=1))
    assert [one.name for one in old] == ["Old"]


def test_another_list_is_taken_in_once_and_its_changes_follow():
    new = [
        NewOther(facts=FACTS, source="Elsewhere", source_id="1", point=Point(1, 2)),
        NewOther(facts=replace(FACTS, name="Dive club"), source="Elsewhere", source_id="2"),
    ]
    told = {"by": SYSTEM, "at": NOW}
    assert actions.take_in(new=new, **told) == (2, 0)
    assert actions.take_in(new=new, **told) == (0, 0)
    changed = [replace(new[0], facts=replace(FACTS, when="Mondays")), new[1]]
    assert actions.take_in(new=changed, **told) == (0, 1)
    assert OtherService.objects.get(source_id="1").when == "Mondays"
    wrong = replace(new[0], facts=replace(FACTS, lowest_age=30), source_id="3")
    with pytest.raises(actions.AgesNotSensible):
        actions.take_in(new=[new[1], wrong], **told)
    assert OtherService.objects.count() == 2


def test_the_register_is_narrowed_by_name_and_kind():
    other("Chess club")
    other("Talking clinic", sector=Sector.HEALTH)
    officer = council_member()
    assert [one.name for one in queries.register(person=officer, words="CHESS")] == ["Chess club"]
    assert [one.name for one in queries.register(person=officer, sector="health")] == [
        "Talking clinic"
    ]
