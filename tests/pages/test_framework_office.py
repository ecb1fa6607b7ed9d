"""The framework as the council keeps it and as the public reads it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.money import Money
from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions
from flsf.mandate.framework.models import Framework, Lot
from flsf.shared.accounts.enums import Role
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_market import admitted, provider, require, service, suspended

pytestmark = pytest.mark.django_db

PAGE = reverse("framework-page")


def page_of(framework):
    return f"{PAGE}?framework={framework.ref}"


def day(name, year, month, of_month):
    return {f"{name}-day": of_month, f"{name}-month": month, f"{name}-year": year}


def extension(years):
    said = {"years": years, "approved_by": "Director", "reason": "It serves children well."}
    return said | day("approved_on", "2026", "5", "14")


@pytest.fixture
def running():
    made = factories.made_framework()
    factories.lot("Mentoring", inside=made)
    return made


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def signed_in(role):
    client = Client()
    client.force_login(factories.council_member(role))
    return client


def said(**changed):
    filled = {
        "name": "FLSF",
        "ceiling": "£68,500,000",
        "call_off_method": "By need first.",
        "decided_by_body": "Cabinet",
        "decided_on-day": "29",
        "decided_on-month": "1",
        "decided_on-year": "2026",
        "minute": "87",
    }
    return filled | changed


def test_the_page_tells_term_ceiling_lots_and_the_laws_numbers(officer_client, running):
    Framework.objects.update(ceiling_pence=Money.from_pounds("68500000").pence)
    html = text(officer_client.get(PAGE))
    for words in (
        *("1 April 2026 to 31 March 2029", "1,052 days left", "0 of 5 years granted"),
        *("31 March 2034", "£68,500,000", "0.0% of the ceiling", "Mentoring"),
        *("£663,540", "Cabinet report, paragraph 30: 663,000", "Procurement Act 2023"),
    ):
        assert words in html


def test_no_framework_is_said_and_not_an_error(officer_client, client):
    assert "No framework is running" in text(officer_client.get(PAGE))
    assert "No framework is running" in text(client.get(reverse("framework-public")))
    assert officer_client.get(reverse("framework-change")).status_code == 404


def test_a_change_keeps_what_it_said(officer_client, running):
    assert officer_client.post(reverse("framework-change"), said()).url == page_of(running)
    running.refresh_from_db()
    assert running.ceiling == Money.from_pounds("68500000")
    html = text(officer_client.get(PAGE))
    assert "Changed: " in html
    for words in ("Cabinet", "29 January 2026", "87"):
        assert words in html


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"ceiling": "a lot"}, "Enter an amount in pounds"),
        ({"ceiling": "0"}, "more than nothing"),
        ({"name": ""}, "Enter the framework"),
        ({"decided_on-day": ""}, "must include a day"),
    ],
)
def test_a_change_that_makes_no_sense_is_said(officer_client, running, changed, says):
    html = text(officer_client.post(reverse("framework-change"), said(**changed)))
    assert says in html
    assert "By need first." in html


def test_extensions_stop_at_eight_years(officer_client, running):
    address = reverse("framework-extend")
    assert officer_client.post(address, extension("5")).url == page_of(running)
    html = text(officer_client.post(address, extension("1")))
    assert "past the longest term" in html
    assert reverse("framework-extend") not in text(officer_client.get(PAGE))


def lot_said(**changed):
    filled = {
        "name": "Mentoring",
        "lowest_age": "5",
        "highest_age": "25",
        "unit": "hour",
        "regime": "light_touch",
        "spend_line": "mentoring",
        "direct_award_allowed": "on",
        "price_cap": "60",
    }
    return filled | changed


def test_a_lot_is_changed_from_today_and_its_earlier_terms_are_shown(officer_client, running):
    lot = Lot.objects.get()
    address = reverse("lot-change", kwargs={"code": lot.code})
    assert officer_client.post(address, lot_said()).url == f"{address}?framework={running.ref}"
    html = text(officer_client.get(address))
    for words in ("From 15 May 2026", "cap £60.00", "From 1 April 2026", "no cap"):
        assert words in html
    assert 'value="60.00"' in html


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"lowest_age": "20", "highest_age": "9"}, "must not be above"),
        ({"direct_award_allowed": ""}, "Allow at least one"),
        ({"price_cap": "0"}, "more than nothing"),
        ({"price_cap": "99999999999"}, "at most £1,000,000"),
    ],
)
def test_terms_that_make_no_sense_are_said(officer_client, running, changed, says):
    address = reverse("lot-change", kwargs={"code": Lot.objects.get().code})
    assert says in text(officer_client.post(address, lot_said(**changed)))


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.COUNCILLOR, Role.PROCUREMENT])
def test_others_read_the_framework_and_do_not_change_it(role, running):
    client = signed_in(role)
    html = text(client.get(PAGE))
    assert reverse("framework-change") not in html
    for name in ("framework-change", "framework-extend"):
        assert client.get(reverse(name)).status_code == 403


def test_one_lot_costs_as_many_queries_as_three(officer_client, running, django_assert_num_queries):
    for _ in range(2):
        # Session, person, memberships; framework, all of them, lots, called off, numbers, what
        # was done; the model thrice, its history, the law's years twice, extensions, criteria;
        # the open round; how many entries the registers have.
        with django_assert_num_queries(23):
            officer_client.get(PAGE)
        factories.lot(inside=running)
        factories.lot(inside=running)


def test_the_public_reads_what_it_is_and_what_providers_must_show(client, running):
    require()
    html = text(client.get(reverse("framework-public")))
    for words in ("Mentoring", "Public liability insurance", "Nobody is promised"):
        assert words in html


def test_the_public_register_tells_who_is_in_which_lot_today(client, running):
    lot = Lot.objects.get()
    inside, out = provider("Heron Trust"), provider("Otter")
    admitted(inside, in_lot=lot)
    service(inside, lot)
    suspended(out, in_lot=lot)
    html = text(client.get(reverse("public-register")))
    for words in ("Heron Trust", "In the pool", "Otter", "Suspended", "15 May 2026"):
        assert words in html
    assert reverse("directory-provider", kwargs={"slug": inside.slug}) in html
    rows = client.get(reverse("public-register-json")).json()["rows"]
    assert [row["provider_name"] for row in rows] == ["Heron Trust", "Otter"]


def test_the_public_register_takes_the_same_questions_for_one_and_three(
    client, running, django_assert_num_queries
):
    lot = Lot.objects.get()
    for _ in range(2):
        admitted(provider(), in_lot=lot)
        # Who is in it, listed and in date (three), and where each takes no new children.
        with django_assert_num_queries(6):
            client.get(reverse("public-register"))
        admitted(provider(), in_lot=lot)


def test_an_extension_lengthens_what_the_public_reads(client, running):
    actions.extend(
        framework_id=running.pk,
        years=2,
        approved_by="Director",
        approved_on=TODAY,
        reason="It serves children well.",
        by=SYSTEM,
        at=NOW + timedelta(days=1),
    )
    assert "31 March 2031" in text(client.get(reverse("framework-public")))
    assert running.term.last_day > TODAY
