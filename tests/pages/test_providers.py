"""The council's pages about providers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.checks import queries as checks
from flsf.market.providers.enums import ProviderKind
from flsf.market.providers.models import Provider, Site
from flsf.market.providers.rules import NewSite
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import (
    A_CHECK,
    admitted,
    provider,
    require,
    service,
    shown,
    suspended,
)

TOMORROW = TODAY + timedelta(days=1)


def at(name, of):
    return reverse(name, kwargs={"ref": of.ref})


def day(field, when):
    return {
        f"{field}-day": str(when.day),
        f"{field}-month": str(when.month),
        f"{field}-year": str(when.year),
    }


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def signed_in(role):
    client = Client()
    client.force_login(council_member(role))
    return client


def three(client):
    """Three providers, each unlike the others."""
    require()
    inside = lot("Mentoring")
    ready, late = provider("Heron Trust"), provider("Otter", kind=ProviderKind.SOLE_TRADER)
    shown(ready)
    admitted(ready, in_lot=inside)
    suspended(late, in_lot=inside)
    provider("Wren")
    return inside


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"Heron Trust", "Otter", "Wren"}),
        ({"name": "ott"}, {"Otter"}),
        ({"kind": "sole_trader"}, {"Otter"}),
        ({"status": "suspended"}, {"Otter"}),
        ({"status": "in_pool"}, {"Heron Trust"}),
        ({"checks": "overdue"}, {"Otter", "Wren"}),
        ({"checks": "in-date"}, {"Heron Trust"}),
        ({"kind": "no-such"}, {"Heron Trust", "Otter", "Wren"}),
    ],
)
def test_the_register_is_narrowed_by_its_address(officer_client, asked, names):
    three(officer_client)
    html = text(officer_client.get(reverse("provider-list"), asked))
    assert {name for name in ("Heron Trust", "Otter", "Wren") if name in html} == names
    rows = officer_client.get(reverse("provider-list-json"), asked).json()["rows"]
    assert {row["name"] for row in rows} == names


def test_the_register_can_be_narrowed_to_a_lot(officer_client):
    inside = three(officer_client)
    html = text(officer_client.get(reverse("provider-list"), {"lot": inside.pk}))
    assert "Otter" in html
    assert "Wren" not in html


def test_one_provider_costs_the_register_as_many_queries_as_three(
    officer_client, django_assert_num_queries
):
    require()
    admitted(provider(), in_lot=lot())
    for _ in range(2):
        # Session, person, memberships; lots; count, providers, standings, three for checks.
        with django_assert_num_queries(10):
            officer_client.get(reverse("provider-list"))
        for _ in range(2):
            admitted(provider(), in_lot=lot())


def test_a_page_tells_status_checks_services_and_why(officer_client):
    require()
    of, inside = provider("Heron Trust"), lot("Mentoring")
    suspended(of, in_lot=inside)
    shown(of, until=TODAY + timedelta(days=10))
    service(of, inside, name="Canal walks", rates=((TODAY, 4_550),), places={0: 2, 1: 3})
    html = text(officer_client.get(at("provider-page", of)))
    for said in (
        *("Heron Trust", "Mentoring", "Suspended", "Standards are not met", "Due soon"),
        *("in 10 days", "Canal walks", "£45.50 an hour", "All checks seen."),
    ):
        assert said in html


def test_one_service_costs_the_page_as_many_queries_as_three(
    officer_client, django_assert_num_queries
):
    require()
    of, inside = provider(), lot()
    admitted(of, in_lot=inside)
    shown(of)
    for _ in range(2):
        service(of, inside, rates=((TODAY, 4_550),), places={0: 2})
        with django_assert_num_queries(PAGE_QUERIES):
            officer_client.get(at("provider-page", of))
        service(of, inside, rates=((TODAY, 4_550),), places={0: 2})


# Session, person, memberships; provider, services, places, rates, sites; standings, decisions,
# changes, sites suspended; three for checks, one for reminders; the children with them, and those
# to decide about; agreements, and four for lots without one; two for the standards;
# ten for the four check groups.
PAGE_QUERIES = 35


def test_a_lapsed_check_shows_the_day_after(officer_client):
    require()
    of = provider()
    shown(of, until=TODAY - timedelta(days=1))
    html = text(officer_client.get(at("provider-page", of)))
    assert "Overdue" in html
    assert "yesterday" in html


def test_an_officer_adds_a_provider(officer_client):
    said = {"name": "Wren", "kind": "voluntary", "charity_number": "1000001", "is_small": "on"}
    response = officer_client.post(reverse("provider-add"), said)
    made = Provider.objects.get()
    assert response.url == at("provider-page", made)
    assert (made.organisation.name, made.is_small, made.is_local) == ("Wren", True, False)
    again = text(officer_client.post(reverse("provider-add"), said))
    assert "already on the register" in again
    assert 'value="1000001"' in again


def test_an_officer_records_an_admission_with_its_reason(officer_client):
    of, inside = provider(), lot("Mentoring")
    said = {"lot_id": inside.pk, "reason": "Paper file 12."} | day("takes_effect_on", TODAY)
    response = officer_client.post(at("provider-admit", of), said)
    assert response.url == at("provider-page", of)
    assert admissions.in_pool(TODAY) == {(of.pk, inside.pk)}
    assert "Paper file 12." in text(officer_client.get(at("provider-page", of)))
    assert "every lot that is open" in text(officer_client.get(at("provider-admit", of)))


@pytest.mark.parametrize(
    ("name", "said", "days", "says", "field"),
    [
        ("provider-admit", {}, {"takes_effect_on": -1}, "a day that has passed", "takes_effect_on"),
        (
            "provider-suspend",
            {"scope": "all", "reason": "quality", "explanation": "Kept typing."},
            {"takes_effect_on": -1, "review_on": 9},
            "a day that has passed",
            "takes_effect_on",
        ),
        (
            "provider-suspend",
            {"scope": "all", "reason": "quality", "explanation": "Kept typing."},
            {"takes_effect_on": 0, "review_on": 0},
            "a day after the first",
            "review_on",
        ),
        (
            "evidence-see",
            {"code": A_CHECK.code, "number": "Kept typing."},
            {"holds_from": 1, "expires_on": 0},
            "must not be before the first",
            "expires_on",
        ),
        (
            "evidence-see",
            {"code": A_CHECK.code, "number": "Kept typing."},
            {"holds_from": 0, "expires_on": 4 * 366},
            "Enter a last day up to 22 May 2029",
            "expires_on",
        ),
    ],
)
def test_a_day_that_is_refused_is_said_at_its_field(officer_client, name, said, days, says, field):
    require()
    of, inside = provider(), lot("Mentoring")
    if name == "provider-suspend":
        admitted(of, in_lot=inside)
    typed = {"lot_id": inside.pk, "reason": "Kept typing."} | said
    week = timedelta(days=7)  # so that who was admitted has been in the pool for some days
    for each, away in days.items():
        typed |= day(each, TODAY + week + timedelta(days=away))
    with clock.stopped_at(NOW + week):
        html = text(officer_client.post(at(name, of), typed))
    assert says in html
    assert f'<a href="#id_{field}-day">' in html
    assert f'id="id_{field}-error"' in html
    assert "Kept typing." in html


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"reason": ""}, "Enter what the decision rests on"),
        (day("takes_effect_on", TODAY - timedelta(days=1)), "a day that has passed"),
        ({"takes_effect_on-day": "31", "takes_effect_on-month": "2"}, "must be a real date"),
        ({"lot_id": ""}, "Select a lot"),
    ],
)
def test_an_admission_that_makes_no_sense_is_said_and_typing_is_kept(officer_client, changed, says):
    of, inside = provider(), lot("Mentoring")
    said = {"lot_id": inside.pk, "reason": "Paper file 12."} | day("takes_effect_on", TODAY)
    html = text(officer_client.post(at("provider-admit", of), said | changed))
    assert says in html
    assert "There is a problem" in html
    assert ("Paper file 12." in html) == ("reason" not in changed)
    assert admissions.in_pool(TODAY) == frozenset()


def test_an_officer_records_a_check(officer_client):
    require()
    of = provider()
    said = {"code": A_CHECK.code, "number": "PL-77"}
    days = day("holds_from", TODAY) | day("expires_on", TODAY + timedelta(days=365))
    assert officer_client.post(at("evidence-see", of), said | days).url == at("provider-page", of)
    assert checks.in_date_ids(TODAY) == {of.pk}
    assert "PL-77" in text(officer_client.get(at("provider-page", of)))
    swapped = day("holds_from", TOMORROW) | day("expires_on", TODAY)
    html = text(officer_client.post(at("evidence-see", of), said | swapped))
    assert "must not be before the first" in html


def test_suspending_and_lifting(officer_client):
    of = provider()
    admission = admitted(of)
    said = {"scope": "all", "reason": "safeguarding", "explanation": "Looked into."}
    said |= day("takes_effect_on", TODAY) | day("review_on", TOMORROW)
    assert "No child has a place with them today" in text(
        officer_client.get(at("provider-suspend", of))
    )
    assert officer_client.post(at("provider-suspend", of), said).url == at("provider-page", of)
    assert admissions.status_on(TODAY, admission_id=admission.pk) == Status.SUSPENDED
    html = text(officer_client.post(at("provider-suspend", of), said))
    assert "nothing to suspend" in html
    said = {"lots": [admission.pk], "explanation": "All is well."}
    said |= day("takes_effect_on", TODAY)
    assert officer_client.post(at("provider-lift", of), said).url == at("provider-page", of)
    assert admissions.status_on(TODAY, admission_id=admission.pk) == Status.IN_POOL


@pytest.mark.parametrize(
    ("name", "said", "missing"),
    [
        ("provider-suspend", {}, "Select what they are suspended from"),
        ("provider-suspend", {}, "Enter the day on which we look at it again"),
        ("provider-suspend", {"scope": "lots"}, "Select at least one lot"),
        ("provider-suspend", {"scope": "site"}, "Select which of their places"),
        ("provider-lift", {}, "Select at least one lot or place"),
    ],
)
def test_a_form_says_what_is_missing(officer_client, name, said, missing):
    of = provider()
    admitted(of, in_lot=lot("Tutoring"))
    suspended(of, in_lot=lot("Mentoring"))
    html = text(officer_client.post(at(name, of), {"explanation": "Kept typing."} | said))
    assert missing in html
    assert "Kept typing." in html


def test_one_place_alone_is_suspended_and_lifted(officer_client):
    of = provider("Heron Trust")
    inside = lot("Mentoring")
    admitted(of, in_lot=inside)
    service(of, inside, site=NewSite("Forge Road", "ZZ1 1AA"))
    place = Site.objects.get()
    said = {"scope": "site", "site_id": place.pk, "reason": "quality", "explanation": "No heat."}
    said |= day("takes_effect_on", TODAY) | day("review_on", TOMORROW)
    assert officer_client.post(at("provider-suspend", of), said).url == at("provider-page", of)
    html = text(officer_client.get(at("provider-page", of)))
    assert "Suspended at Forge Road" in html
    register = text(Client().get(reverse("public-register")))
    assert "Takes no new children at Forge Road" in register
    assert "already" in text(officer_client.post(at("provider-suspend", of), said))
    [one] = admissions.site_suspensions(of.pk, person=council_member())
    said = {"site_suspensions": [one.id], "explanation": "Warm again."}
    said |= day("takes_effect_on", TODAY)
    assert officer_client.post(at("provider-lift", of), said).url == at("provider-page", of)
    assert admissions.suspended_sites(TODAY) == frozenset()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.COMMISSIONER, {"admit", "evidence", "suspend", "lift", "page"}),
        (Role.QUALITY, {"evidence", "suspend", "lift", "page"}),
        (Role.SAFEGUARDING, {"suspend", "lift", "page"}),
        (Role.CASEWORKER, {"page"}),
        (Role.COUNCILLOR, set()),
    ],
)
@pytest.mark.django_db
def test_each_role_opens_its_own_pages_only(role, allowed):
    of, client = provider(), signed_in(role)
    pages = {
        "page": "provider-page",
        "admit": "provider-admit",
        "evidence": "evidence-see",
        "suspend": "provider-suspend",
        "lift": "provider-lift",
    }
    for page, name in pages.items():
        assert client.get(at(name, of)).status_code == (200 if page in allowed else 403)


@pytest.mark.parametrize("name", ["provider-page", "provider-admit", "provider-suspend"])
def test_no_such_provider(officer_client, name):
    address = reverse(name, kwargs={"ref": "P-NONE2"})
    assert officer_client.get(address).status_code == 404
