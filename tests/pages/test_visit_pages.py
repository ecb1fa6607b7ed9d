"""A provider admitted with a limit, on each person's pages, and the visit that settles it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.market.admissions import actions as admissions
from flsf.market.admissions.models import Visit
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_market import admitted, provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LIMIT = "Up to 3 children until our first visit"


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def limited(name="Heron Trust"):
    of = provider(name)
    place, officer = admitted(of, in_lot=lot(f"Lot of {name}")), council_member(Role.QUALITY)
    admissions.limit(
        admission_ids=[place.pk], most_children=3, reason="New to this.", by=officer, at=NOW
    )
    return of


@pytest.fixture
def of():
    return limited()


@pytest.fixture
def quality():
    return client_of(council_member(Role.QUALITY))


def at(name, of):
    return reverse(name, kwargs={"ref": of.ref})


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def said(**changed):
    usual = {"visited_by": "Rosa Bell", "seen": "Calm rooms, and a clear plan for each child."}
    return days("visited_on", TODAY) | usual | {"outcome": "lifted"} | changed


def test_the_limit_is_on_the_pages_of_both_and_on_my_work(of, quality):
    page = text(quality.get(at("provider-page", of)))
    assert LIMIT in page
    assert at("provider-visit", of) in page
    work = text(quality.get("/my-work/"))
    assert LIMIT in work
    assert at("provider-visit", of) in work
    lead = client_of(member_of(of.organisation))
    assert LIMIT in text(lead.get(reverse("provider-compliance")))


def test_a_recorded_visit_lifts_the_limit(of, quality):
    assert "due by 26 June 2026" in text(quality.get(at("provider-visit", of)))
    assert quality.post(at("provider-visit", of), said()).url == at("provider-page", of)
    page = text(quality.get(at("provider-page", of)))
    assert "No limit any more" in page
    assert "Visit on 15 May 2026 by Rosa Bell" in page
    assert LIMIT not in text(quality.get("/my-work/"))
    assert "No visit is due" in text(quality.get(at("provider-visit", of)))
    assert Visit.objects.count() == 1


def test_a_limit_that_changes_is_told_with_its_reason(of, quality):
    words = said(outcome="changed", most_children="5", reason="One room is not ready.")
    quality.post(at("provider-visit", of), words | days("next_visit_on", TODAY + DAY))
    page = text(client_of(member_of(of.organisation)).get(reverse("provider-compliance")))
    assert "Up to 5 children until our first visit" in page
    assert "One room is not ready." in page


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (said(seen=""), "Enter what they saw"),
        (said(visited_by=""), "Enter who went"),
        (said(outcome=""), "Select what becomes of the limit"),
        (said(outcome="changed"), "Enter how many children at most"),
        (said(outcome="kept"), "Enter why the limit is not lifted"),
        (said(outcome="kept"), "Enter a day after today for the next visit"),
        (said() | days("visited_on", TODAY + DAY), "A visit can be recorded on its day"),
        (said() | days("visited_on", TODAY - DAY), "must not be before the provider was admitted"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(of, quality, words, missing):
    page = text(quality.post(at("provider-visit", of), words))
    assert missing in page
    if words["seen"]:
        assert "Calm rooms, and a clear plan" in page
    assert not Visit.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_visits_due_cost_the_same_for_one_and_three(many, quality, django_assert_num_queries):
    for number in range(many):
        limited(f"Provider {number}")
    quality.get("/my-work/")
    with django_assert_num_queries(MY_WORK_QUERIES):
        quality.get("/my-work/")


MY_WORK_QUERIES = 68


@pytest.mark.parametrize(("away", "says"), [(1, "on its day or after it"), (-9, "before the prov")])
def test_a_day_of_a_visit_that_is_refused_is_said_at_its_field(of, quality, away, says):
    html = text(
        quality.post(at("provider-visit", of), said(**days("visited_on", TODAY + away * DAY)))
    )
    assert says in html
    assert '<a href="#id_visited_on-day">' in html
    assert 'id="id_visited_on-error"' in html
    assert "Rosa Bell" in html
