"""How soon support begins after somebody asks, told by why they asked."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.calloffs.models import Award
from flsf.casework.referrals.enums import Ground
from flsf.delivery.attendance.models import Mark
from flsf.delivery.outcomes import actions as outcomes
from flsf.shared.accounts.enums import Role
from tests import factories_delivery
from tests.factories import NOW, TODAY, council_member
from tests.factories_casework import referral

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def as_(role):
    client = Client()
    client.force_login(council_member(role))
    return client


def cells(client):
    answer = client.get(reverse("how-soon-csv"))
    assert answer.status_code == 200
    rows = answer.content.decode("utf-8-sig").splitlines()
    return {row.split(",")[0]: row.split(",")[1:] for row in rows[1:]}


def supported(ground, *, came, first_session=None, held=True, goals=False):
    """A referral whose child has a placement, and sessions from a day on."""
    asked = referral(ground=ground, at=came, first_aware_on=came.date())
    placement = factories_delivery.running()
    Award.objects.filter(pk=placement.award_id).update(referral=asked)
    for number in range(2 if first_session else 0):
        Mark.objects.create(
            placement=placement,
            day=first_session + number * DAY,
            half="am",
            held=held,
            not_held_because="" if held else "cancelled",
            came="yes" if held else "no",
            absent_because="",
            minutes=120 if held else 0,
            school_code="B" if held else "",
            source="page",
            marked_at=came,
        )
    if goals:
        outcomes.set_goal(
            placement_id=placement.pk,
            words="Comes three times a week",
            target=7,
            set_on=TODAY,
            by=council_member(),
            at=NOW,
        )
    return asked


def test_each_ground_is_told_by_itself_and_all_together():
    came = NOW - 20 * DAY
    supported(Ground.SEND, came=came, first_session=TODAY - 16 * DAY, goals=True)
    supported(Ground.SEND, came=came, first_session=TODAY - 11 * DAY)
    supported(Ground.MEDICAL, came=came)
    referral(ground=Ground.OTHER, at=NOW - 400 * DAY, first_aware_on=date(2025, 4, 1))
    told = cells(as_(Role.VIRTUAL_SCHOOL))
    assert told == {
        "Special educational needs or disability": ["2", "2", "6½ days", "9 days", "0", "1 of 2"],
        "Medical needs": ["1", "0", "Nobody has begun", "", "1", "0 of 1"],
        "Something else that keeps them from school": [
            *("0", "0", "Nobody has begun", "", "0", "0 of 0"),
        ],
        "Every referral": ["3", "2", "6½ days", "9 days", "1", "1 of 3"],
    }


def test_the_page_is_reached_from_the_waiting_list_by_who_sees_that():
    client = as_(Role.VIRTUAL_SCHOOL)
    page = reverse("how-soon")
    assert page in client.get(reverse("waiting-list")).content.decode()
    html = unescape(client.get(page).content.decode())
    assert "How soon support begins" in html
    assert "Half began within" in html
    assert as_(Role.FINANCE).get(page).status_code == 403


def test_one_referral_costs_as_many_queries_as_three(django_assert_num_queries):
    client = as_(Role.VIRTUAL_SCHOOL)
    for _ in range(2):
        supported(Ground.SEND, came=NOW - 9 * DAY, first_session=TODAY - 5 * DAY, goals=True)
        with django_assert_num_queries(8):
            client.get(reverse("how-soon"))
        supported(Ground.MEDICAL, came=NOW - 9 * DAY)
