"""Places for supported internships and the young people who want one (S259)."""

from datetime import date, timedelta

import pytest

from flsf.casework.children.enums import SenStage
from flsf.casework.referrals.enums import ClosedBecause, Status
from flsf.casework.referrals.models import ReferralChange
from flsf.casework.timetable import actions as timetable
from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as framework
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import ServiceStatus
from flsf.market.trainers import actions as trainers
from flsf.market.trainers.enums import Offer
from flsf.oversight.internships import queries
from flsf.oversight.internships.enums import Standing
from flsf.oversight.internships.rules import LOT_CODE
from tests.factories import NOW, TODAY, made_framework
from tests.factories_casework import child, referral
from tests.factories_market import admitted, provider, service, suspended, trainer

pytestmark = pytest.mark.django_db

PLACES = {0: 3, 2: 4}
MASK = 0b101


@pytest.fixture
def lot(db):
    inside = made_framework()
    return framework.open_lot(
        framework_id=inside.pk, code=LOT_CODE, name="Supported internships", by=SYSTEM, at=NOW
    )


def internship(lot, *, name="Hotel year", of=None, **more):
    of = of or provider()
    admitted(of, in_lot=lot)
    return service(of, lot, name=name, places=PLACES, lowest_age=16, highest_age=24, **more)


def booked(one, *, until, ref, since=TODAY):
    young = child(birth_date=date(2008, 1, 1))
    timetable.hold(
        child_id=young.pk, service_id=one.pk, award_ref=ref, half_days_mask=MASK, minutes=150,
        since=since, until=until, by=SYSTEM, at=NOW,
    )  # fmt: skip


def test_places_open_today_and_to_come(lot):
    one = internship(lot)
    booked(one, until=TODAY + timedelta(days=60), ref="A-ONE22")
    booked(one, until=None, ref="A-TWO22")
    booked(one, until=None, ref="A-THREE", since=TODAY + timedelta(days=100))
    there = queries.internships(TODAY)
    [supply] = there.services
    assert (supply.places, supply.taken, supply.open_now) == (3, 2, 1)
    assert supply.open_then == (2, 1, 1)
    assert (there.open_now, there.open_then, there.coming, there.in_place) == (1, [2, 1, 1], 1, 2)


def test_only_services_that_take_people_have_open_places(lot):
    full, closes, paused = (internship(lot, name=name) for name in ("Full", "Closes", "Paused"))
    at = {"by": SYSTEM, "at": NOW}
    providers.set_status(
        service_id=full.pk, status=ServiceStatus.FULL,
        first_start_on=TODAY + timedelta(days=30), **at,
    )  # fmt: skip
    providers.set_status(
        service_id=closes.pk, status=ServiceStatus.CLOSED,
        closed_from=TODAY + timedelta(days=120), **at,
    )  # fmt: skip
    out = provider()
    suspended(out, in_lot=lot)
    shut = service(out, lot, name="Suspended", places=PLACES)
    found = {one.name: (one.open_now, one.open_then) for one in queries.internships(TODAY).services}
    assert found == {
        "Full": (0, (3, 3, 3)),
        "Closes": (3, (3, 0, 0)),
        "Paused": (3, (3, 3, 3)),
        shut.name: (0, (0, 0, 0)),
    }
    assert paused.name == "Paused"


def test_who_wants_one_is_who_asked_and_has_no_offer(lot):
    internship(lot)
    young = child(birth_date=date(2008, 1, 1), sen_stage=SenStage.EHCP, plan_ref="E-1")
    referral(young, lot_id=lot.pk)
    referral(lot_id=None)
    for status, because in ((Status.OFFERED, ""), (Status.CLOSED, ClosedBecause.WITHDRAWN)):
        ReferralChange.objects.create(
            referral=referral(lot_id=lot.pk),
            status=status,
            because=because,
            takes_effect_on=TODAY,
            decided_at=NOW,
        )
    there = queries.internships(TODAY)
    assert (there.wanting, there.offered) == (1, 1)
    assert there.standing is Standing.ON_TRACK
    assert there.finding.startswith("1 young person wants")


@pytest.mark.parametrize(
    ("born", "counts"),
    [
        (date(2010, 5, 15), True),  # sixteen today
        (date(2010, 5, 16), False),
        (date(2001, 5, 16), True),  # twenty-five tomorrow
        (date(2001, 5, 15), False),
    ],
)
def test_who_could_have_one_is_of_the_age_and_has_a_plan(born, counts):
    child(birth_date=born, sen_stage=SenStage.EHCP)
    child(birth_date=date(2008, 1, 1), sen_stage=SenStage.SUPPORT)
    assert queries.internships(TODAY).could == int(counts)


def test_nothing_at_all_is_no_error():
    there = queries.internships(TODAY)
    assert (there.services, there.wanting, there.open_now, there.coming) == ([], 0, 0, 0)


def test_the_same_questions_for_one_service_and_for_three(lot, django_assert_num_queries):
    for count in (1, 3):
        while len(queries.internships(TODAY).services) < count:
            made = internship(lot)
            booked(made, until=None, ref=f"A-{made.pk}")
            trainer(f"Others {made.pk}", offers=(Offer.INTERNSHIPS,), places=2)
        with django_assert_num_queries(9):
            queries.internships(TODAY)


def test_places_with_others_are_as_they_told_and_not_told_is_no_zero(lot):
    both = (Offer.INTERNSHIPS, Offer.SKILLS)
    trainer("Told", offers=both, places=12, open_places=3)
    trainer("Full", offers=both, places=4, open_places=0)
    trainer("Silent", offers=both)
    trainer("Of places only", offers=both, places=6)
    trainer("No internships", offers=(Offer.SKILLS,))
    gone = trainer("Gone", offers=both, places=9, open_places=9)
    trainers.take_off(trainer_id=gone.pk, why="It has ended.", by=SYSTEM, at=NOW)
    there = queries.internships(TODAY)
    found = [(one.name, one.places, one.open_now, one.told_on) for one in there.others]
    assert found == [
        ("Told", 12, 3, TODAY),
        ("Full", 4, 0, TODAY),
        ("Of places only", 6, None, TODAY),
        ("Silent", None, None, TODAY),
    ]
    assert (there.open_now, there.open_elsewhere, there.silent) == (0, 3, 2)


def test_who_is_on_the_framework_is_not_counted_twice(lot):
    internship(lot, of=provider("Marl Works Ltd"))
    trainer("MARL WORKS", offers=(Offer.INTERNSHIPS,), places=5, open_places=5)
    there = queries.internships(TODAY)
    assert (there.open_now, there.others) == (3, [])


@pytest.mark.parametrize(("wanted", "standing"), [(3, Standing.ON_TRACK), (4, Standing.AT_RISK)])
def test_a_place_with_others_is_a_place(lot, wanted, standing):
    trainer("Told", offers=(Offer.INTERNSHIPS,), places=12, open_places=3)
    for _ in range(wanted):
        referral(lot_id=lot.pk)
    assert queries.internships(TODAY).standing is standing
