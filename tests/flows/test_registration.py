"""No place becomes a school that is not registered, whoever calls off the hours (E18-E19)."""

from dataclasses import replace

import pytest

from flsf.casework.calloffs.enums import DirectGround, ValueRule
from flsf.casework.calloffs.models import Award
from flsf.casework.calloffs.queries import registration
from flsf.casework.children.models import Child
from flsf.casework.matching import queries
from flsf.casework.timetable import actions as timetable
from flsf.casework.timetable.rules import Booked
from flsf.core.geo import Point
from flsf.core.people import SYSTEM
from flsf.flows.keep_registration import TogetherASchool, WouldBeASchool
from flsf.market.providers.enums import Mode, Registration
from flsf.market.providers.models import Provider, Site
from flsf.market.providers.rules import NewSite
from tests.factories import NOW, TODAY
from tests.factories_matching import child, decided, proposed, referral, scene, service

pytestmark = pytest.mark.django_db

TWO_MORNINGS = 0b101  # what the scene proposes: five hours
THE_REST = 0b1111111010
REASON = {
    "reasons": {ValueRule.REGISTRATION: "Two trades, taught apart."},
    "ground": DirectGround.PREFERENCE,
    "override_reason": "They know each other.",
}


def with_plan(at):
    Child.objects.filter(pk=at.child.pk).update(sen_stage="ehcp")


def booked(of_child, at_service, minutes, half_days_mask=THE_REST):
    """Another commissioner has the child there already."""
    timetable.book_many(
        bookings=[
            Booked(
                child_id=of_child.pk, service_id=at_service.pk, award_ref="A-OTHER",
                half_days_mask=half_days_mask, minutes=minutes, since=TODAY, until=None,
            )
        ],
        by=SYSTEM,
        at=NOW,
    )  # fmt: skip


def same_place(at, **more):
    """Another service of the provider at the same site, ranked after the scene's."""
    site = at.service.site
    where = NewSite(site.name, site.postcode, Point(site.easting, site.northing))
    made = service(at.lot, at.service.provider, site=where, **{"largest_group": 8} | more)
    assert made.site_id == at.service.site_id
    return made


def test_hours_that_others_called_off_at_the_place_stop_a_proposal():
    at = scene()
    with_plan(at)
    booked(at.child, same_place(at), 120)  # sixteen
    with pytest.raises(WouldBeASchool) as told:
        proposed(at)
    assert "21 hours a week at " in str(told.value)
    assert at.service.site.name in str(told.value)
    assert str(told.value).endswith(
        "Choose fewer half-days, another provider or a registered school."
    )
    assert not Award.objects.exists()


def test_hours_called_off_there_since_stop_the_decision():
    at = scene()
    with_plan(at)
    award = proposed(at)
    booked(at.child, same_place(at), 120)
    with pytest.raises(WouldBeASchool, match="21 hours a week at"):
        decided(award, at.director)
    award.refresh_from_db()
    assert award.status == "awaiting"


def test_hours_below_full_time_stop_nothing():
    at = scene()
    with_plan(at)
    award = proposed(at)
    booked(at.child, same_place(at), 90)  # twelve: seventeen in all
    assert decided(award, at.director) is not None


def test_eighteen_hours_are_not_more_than_eighteen():
    at = scene()
    with_plan(at)
    booked(at.child, same_place(at), 97, half_days_mask=THE_REST)  # 12 h 56
    assert decided(proposed(at), at.director)


def test_a_few_minutes_more_than_eighteen_hours_are():
    at = scene()
    with_plan(at)
    booked(at.child, same_place(at), 98, half_days_mask=THE_REST)  # 13 h 4
    with pytest.raises(WouldBeASchool):
        proposed(at)


def test_a_child_without_a_plan_is_the_fifth_full_time_at_the_place_or_is_not_stopped():
    at = scene()
    there = same_place(at)
    booked(at.child, there, 120)
    others = [child() for _ in range(4)]
    for one in others[:3]:
        booked(one, there, 120, half_days_mask=0b1111111111)
    assert proposed(at).pk
    booked(others[3], there, 120, half_days_mask=0b1111111111)
    again = replace(at, referral=referral(fifth := child()))
    booked(fifth, there, 120)
    with pytest.raises(WouldBeASchool, match="5 other children are full time at"):
        proposed(again)


def test_hours_at_another_of_its_places_ask_for_a_reason_and_are_not_stopped():
    at = scene()
    with_plan(at)
    booked(at.child, service(at.lot, at.service.provider), 120)
    with pytest.raises(TogetherASchool) as told:
        proposed(at)
    assert "5 hours a week at" in str(told.value)
    assert "21 with this provider in all" in str(told.value)
    award = proposed(at, **REASON)
    findings = {one["test"]: one for one in award.findings["tests"]}
    assert "all of this provider's places together" in findings["registration"]["words"]
    assert award.findings["reasons"] == {"registration": "Two trades, taught apart."}
    assert decided(award, at.director) is not None


def test_what_came_since_at_another_place_goes_back_for_a_reason():
    at = scene()
    with_plan(at)
    award = proposed(at)
    booked(at.child, service(at.lot, at.service.provider), 120)
    with pytest.raises(TogetherASchool):
        decided(award, at.director)


@pytest.mark.parametrize("mode", [Mode.HOME, Mode.COMMUNITY, Mode.ONLINE])
def test_no_fixed_place_is_a_place_of_its_own(mode):
    at = scene()
    with_plan(at)
    of = at.service.provider
    moving = [service(at.lot, of, site=None, mode=one) for one in (mode, Mode.HOME)]
    booked(at.child, moving[0], 120)
    at = replace(at, service=moving[1])
    with pytest.raises(WouldBeASchool, match="21 hours a week at no fixed place"):
        proposed(at, **REASON)


def at_one_address(at, postcode=""):
    """A service at a second "place" of the provider's, at the postcode of the first."""
    site = at.service.site
    where = NewSite(f"{site.name}, rear door", postcode or site.postcode, Point(391_000, 280_000))
    made = service(at.lot, at.service.provider, site=where, largest_group=8)
    assert made.site_id != site.pk
    return made


def test_a_second_place_at_the_same_postcode_is_the_same_place():
    at = scene()
    with_plan(at)
    booked(at.child, at_one_address(at), 120)
    name = at.service.site.name
    with pytest.raises(WouldBeASchool) as told:
        proposed(at, **REASON)
    assert f"21 hours a week at {name} and {name}, rear door (one address)" in str(told.value)


def test_however_its_postcode_was_written():
    at = scene()
    with_plan(at)
    other = at_one_address(at)
    Site.objects.filter(pk=other.site_id).update(postcode=at.service.site.postcode.lower())
    booked(at.child, other, 120)
    with pytest.raises(WouldBeASchool):
        proposed(at, **REASON)


def test_the_shortlist_counts_one_address_as_one_place():
    at = scene()
    with_plan(at)
    other = at_one_address(at)
    booked(at.child, other, 170, half_days_mask=0b0011111010)  # seventeen
    match = registration_of(at)
    assert match(at.service) == match(other) == ["registration"]


def test_another_provider_at_no_fixed_place_is_another_place():
    at = scene()
    with_plan(at)
    booked(at.child, service(at.lot, site=None, mode=Mode.HOME), 120)
    at = replace(at, service=service(at.lot, site=None, mode=Mode.HOME))
    assert proposed(at, **REASON).pk


def test_a_registered_school_may_give_it():
    at = scene()
    with_plan(at)
    Provider.objects.filter(pk=at.service.provider_id).update(registration=Registration.SCHOOL)
    booked(at.child, same_place(at), 120)
    assert decided(proposed(at), at.director)


def test_the_shortlist_judges_by_the_same_place():
    at = scene()
    with_plan(at)
    beside, apart = same_place(at), service(at.lot, at.service.provider)
    booked(at.child, same_place(at), 170, half_days_mask=0b0011111010)  # seventeen
    match = registration_of(at)
    assert match(at.service) == match(beside) == ["registration"]
    assert match(apart) == []


def registration_of(at):
    found = queries.rank(at.referral.pk, on=TODAY)
    return lambda one: [rule.value for rule in found.failed(found.place_of(one.ref))]


def test_what_is_found_tells_the_hours_before_anybody_decides():
    at = scene()
    booked(at.child, same_place(at), 90)
    findings = {one["test"]: one for one in proposed(at).findings["tests"]}
    assert findings["registration"]["verdict"] == "warning"
    assert "17 hours a week at" in findings["registration"]["words"]


FULL = (
    "at most 25 hours a week each. 2 children are there full time. For 5, or for one who has a "
    "plan or is in care, it has to be a registered school"
)


def test_each_place_is_told_in_words():
    at = scene()
    there = same_place(at)
    for _ in range(2):
        booked(child(), there, 150, half_days_mask=0b1111111111)  # 25 hours
    proposed(replace(at, referral=referral()))
    booked(child(), service(at.lot, at.service.provider, site=None, mode=Mode.HOME), 60)
    of = {"is_school": False, "on": TODAY}
    found = registration.at_places(at.service.provider_id, **of)
    assert [(one.place, one.words) for one in found] == [
        (
            at.service.site.name,
            f"3 children, {FULL}",
        ),
        ("no fixed place", "1 child, at most 8 hours a week. Nobody is there full time"),
    ]
    # What is only held for an award nobody has decided is not the provider's to know.
    booked_only = registration.at_places(at.service.provider_id, **of, only_booked=True)
    assert [one.children for one in booked_only] == [2, 1]
    school = registration.at_places(at.service.provider_id, is_school=True, on=TODAY)
    assert school[0].words.endswith("A registered school may teach them full time")
