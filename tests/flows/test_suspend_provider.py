from datetime import timedelta

import pytest

from flsf.flows.suspend_provider import NothingToSuspend, Terms, suspend_provider
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries
from flsf.market.admissions.actions import NotInPool
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.providers.models import Service
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, provider, service

pytestmark = pytest.mark.django_db


def standings(of):
    return queries.standings([of.pk], on=TODAY, person=council_member())[of.pk]


def suspend(of, chosen):
    suspend_provider(
        provider_id=of.pk,
        standings=chosen,
        terms=Terms(
            reason=SuspensionReason.QUALITY,
            explanation="Two visits found the same gaps.",
            takes_effect_on=TODAY,
            review_on=TODAY + timedelta(days=28),
        ),
        by=council_member(),
        at=NOW,
    )


def test_suspends_the_chosen_lots_and_closes_their_services():
    tutoring, mentoring, canal_side = lot("Tutoring"), lot("Mentoring"), provider()
    for one in (tutoring, mentoring):
        admitted(canal_side, in_lot=one)
        service(canal_side, in_lot=one)
    suspend(canal_side, [one for one in standings(canal_side) if one.lot_id == tutoring.pk])
    assert {one.lot_name: one.status for one in standings(canal_side)} == {
        "Mentoring": Status.IN_POOL,
        "Tutoring": Status.SUSPENDED,
    }
    assert list(Service.objects.values_list("lot", "closed_from").order_by("lot")) == [
        (tutoring.pk, TODAY),
        (mentoring.pk, None),
    ]


def test_does_nothing_at_all_when_one_lot_is_refused():
    tutoring, mentoring, canal_side = lot("Tutoring"), lot("Mentoring"), provider()
    admitted(canal_side, in_lot=tutoring)
    service(canal_side, in_lot=tutoring)
    left = admitted(canal_side, in_lot=mentoring)
    admissions.remove(
        admission_id=left.pk,
        explanation="They left.",
        takes_effect_on=TODAY,
        by=council_member(),
        at=NOW,
    )
    with pytest.raises(NotInPool):
        suspend(canal_side, standings(canal_side))
    assert {one.lot_name: one.status for one in standings(canal_side)} == {
        "Mentoring": Status.REMOVED,
        "Tutoring": Status.IN_POOL,
    }
    assert Service.objects.get().closed_from is None


def test_nothing_is_suspended_where_nothing_can_be():
    with pytest.raises(NothingToSuspend):
        suspend(provider(), [])


def test_what_is_suspended_so_already_is_left_and_the_others_follow():
    canal_side = provider()
    for name in ("Tutoring", "Mentoring"):
        admitted(canal_side, in_lot=lot(name))
    before = standings(canal_side)
    suspend(canal_side, before[:1])
    suspend(canal_side, standings(canal_side))
    assert {one.status for one in standings(canal_side)} == {Status.SUSPENDED}
    assert queries.changes(canal_side.pk, person=council_member())[0].lot_name == before[1].lot_name


def test_suspending_twice_the_same_is_refused():
    canal_side = provider()
    admitted(canal_side, in_lot=lot())
    suspend(canal_side, standings(canal_side))
    with pytest.raises(NothingToSuspend):
        suspend(canal_side, standings(canal_side))
