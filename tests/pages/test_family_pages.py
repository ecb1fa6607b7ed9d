"""What a family sees of the support a child has: no cost, no codes, no other child."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.children.enums import Basis
from flsf.casework.referrals.enums import Route
from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.attendance.rules import Facts
from tests import factories_delivery as made
from tests.factories import NOW, TODAY
from tests.factories_casework import child, disclosed, parent, referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return parent()


@pytest.fixture
def ours(who):
    one = child()
    disclosed(one, to=who, basis=Basis.PARENT_OF)
    return referral(one, route=Route.FAMILY)


@pytest.fixture
def client(who):
    client = Client()
    client.force_login(who)
    return client


def page(client, one):
    return client.get(reverse("family-request", args=[one.ref])).content.decode()


def mark(placement, day, facts):
    attendance.mark(
        placement_id=placement.pk,
        day=TODAY.replace(day=day),
        half=Half.AM,
        facts=facts,
        by=SYSTEM,
        at=NOW,
    )


def test_the_week_and_the_sessions_are_there_in_plain_words(client, ours):
    placement = made.running(of=ours.child)
    mark(placement, 15, Facts())
    mark(placement, 13, Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS))
    mark(placement, 11, Facts(came=Came.LATE, minutes_late=15))
    mark(
        placement,
        8,
        Facts(
            held=False,
            not_held_because=NotHeldBecause.PROVIDER,
            came=Came.NO,
        ),
    )
    html = page(client, ours)
    for words in (
        "8 hours of support each week",
        placement.provider.name,
        "Came to 2 of 3 sessions",
        "<strong>C</strong> Came",
        "<strong>L</strong> Came late",
        "<strong>M</strong> Missed the session",
        "<strong>N</strong> The session did not happen",
    ):
        assert words in html
    for hidden in ("£", "regulation 10", "Illness", "local authority"):
        assert hidden not in html


def test_a_family_that_waits_sees_no_empty_week(client, ours):
    html = page(client, ours)
    assert "Half-days of this week" not in html
    assert "last six weeks" not in html


def test_more_placements_take_no_more_queries(client, ours, django_assert_num_queries):
    made.running(of=ours.child)
    page(client, ours)
    for _ in range(2):
        with django_assert_num_queries(35):
            page(client, ours)
        made.running(of=ours.child, half_days=())
        made.running(of=ours.child, half_days=())
