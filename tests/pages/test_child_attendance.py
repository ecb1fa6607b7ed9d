import pytest
from django.test import Client

from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance.enums import AbsentBecause, Came
from flsf.delivery.attendance.rules import Facts
from flsf.shared.accounts.enums import Role
from tests import factories_casework as cases
from tests import factories_delivery as made
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    found = Client()
    found.force_login(council_member(Role.CASEWORKER))
    return found


def marked(placement, day, facts):
    attendance.mark(
        placement_id=placement.pk, day=day, half=Half.AM, facts=facts, by=SYSTEM, at=NOW
    )


def page(client, child):
    return " ".join(client.get(f"/children/{child.ref}/").content.decode().split())


def test_the_child_page_shows_six_weeks_in_letters_and_in_words(client):
    placement = made.running(of=cases.child())
    cases.referral(of=placement.child)
    marked(placement, TODAY, made.CAME)
    ill = Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS)
    marked(placement, TODAY.replace(day=13), ill)
    shown = page(client, placement.child)
    assert "Came to 1 of 2 sessions in the last six weeks." in shown
    assert '<span aria-hidden="true">K</span>' in shown
    assert '<span class="govuk-visually-hidden">Illness, of body or mind</span>' in shown
    assert "Not marked yet" in shown


def test_the_timeline_is_newest_first_and_sums_up_weeks(client):
    placement = made.running(of=cases.child())
    referral = cases.referral(of=placement.child)
    marked(placement, TODAY, made.CAME)
    shown = page(client, placement.child)
    request = shown.index(f"Request {referral.ref} received")
    week = shown.index("Came to 1 of 1 sessions in the week")
    assert request < week < shown.index("with Provider", week)
    assert "£" not in shown


def test_days_out_of_learning_are_said(client):
    child = cases.child()
    cases.referral(of=child, first_aware_on=TODAY.replace(day=11))
    assert "5 school days out of learning" in page(client, child)


def test_more_placements_take_no_more_questions(client, django_assert_max_num_queries):
    child = cases.child()
    made.running(of=child)
    page(client, child)
    with django_assert_max_num_queries(200) as one:
        page(client, child)
    for _ in range(2):
        made.running(of=child, half_days=())
    with django_assert_max_num_queries(len(one)):
        page(client, child)
