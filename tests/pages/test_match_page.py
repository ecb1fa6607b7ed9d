"""What fits, what does not and why: as staff see it, and as it can be shown to a family."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.market.admissions.actions import limit
from flsf.market.admissions.models import Admission
from flsf.market.providers.enums import ServiceStatus
from flsf.market.providers.models import Service
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import RecordView
from tests import factories
from tests.factories import NOW, council_member
from tests.factories_exclusions import match
from tests.factories_market import require
from tests.factories_matching import proposed, referral, scene, service

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return scene()


@pytest.fixture
def client(at):
    return signed_in(at.caseworker)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def address(at, name="referral-match", **more):
    return reverse(name, kwargs={"ref": at.referral.ref, **more})


def page(client, at, name="referral-match", **query):
    return client.get(address(at, name), query).content.decode()


def test_says_what_fits_and_why_in_words(client, at):
    body = page(client, at)
    assert "1 of 1 services fit" in body
    for words in ("Meets: Autism", "0.6 miles in a straight line", "£40.00 an hour", "Local"):
        assert words in body
    assert f"/referrals/{at.referral.ref}/award/{at.service.ref}/" in body


def test_says_why_others_were_left_out_and_which_nearly_fit(client, at):
    late = service(at.lot, days_to_start=30)
    body = page(client, at)
    assert "Excluded (1): see why" in body
    assert "Fits but for one thing" in body
    assert body.count(late.name) >= 2  # as a near miss, and under its reason
    assert "wanted by 8 June 2026" in body


def test_a_kind_of_support_that_was_asked_for_leaves_the_others_aside():
    at = scene(lot_id=(mentoring := factories.lot("Mentoring")).pk)
    client = signed_in(at.caseworker)
    first, second = service(mentoring), service(mentoring, days_to_start=30)
    body = page(client, at)
    assert "1 of 2 services fit" in body
    assert "Excluded (1): see why" in body
    assert "Mentoring was asked for. 1 service of another kind is left aside." in body
    assert first.name in body
    assert second.name in body
    assert at.service.name not in body
    assert at.service.name in page(client, at, "referral-match-every", only="lot")


def test_a_family_sees_no_price_and_no_points(client, at):
    body = page(client, at, view="family")
    assert at.service.name in body
    assert "£" not in body
    assert "points: how" not in body
    assert "Propose an award" not in body


def test_fewer_half_days_can_be_looked_for(client, at):
    half = service(at.lot, places={0: 1})
    assert "1 of 2 services fit" in page(client, at)
    assert "2 of 2 services fit" in page(client, at, half_days="1")
    assert "1 of 2 services fit" in page(client, at, half_days="purple")
    assert half.name


def test_the_looked_at_child_is_on_the_record(client, at):
    page(client, at)
    assert RecordView.objects.filter(
        subject=f"child {at.child.ref}", page="referral-match"
    ).exists()


def test_as_many_queries_for_one_service_as_for_three(client, at):
    page(client, at)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, at)
        counts.append(len(asked))
        service(at.lot)
        service(at.lot)
        page(client, at)  # read the services anew
    assert counts == [15, 15]


def test_a_service_looked_at_before_is_told_by_the_name_it_has_now(client, at):
    before = at.service.name
    assert before in page(client, at)
    Service.objects.filter(pk=at.service.pk).update(name="Lanterns at dusk")
    body = page(client, at)
    assert "Lanterns at dusk" in body
    assert before not in body


def test_compares_up_to_four_side_by_side(client, at):
    refs = [at.service.ref, *(service(at.lot).ref for _ in range(5)), "S-NONE2"]
    body = page(client, at, "referral-match-compare", service=refs)
    assert body.count('scope="col"') == 4
    assert "The first 4 of those you chose are shown." in body
    assert "Choose services to compare" in page(client, at, "referral-match-compare")


def test_every_service_and_reason_as_a_list_and_files(client, at):
    late = service(at.lot, days_to_start=30)
    body = page(client, at, "referral-match-every")
    assert late.name in body
    assert at.service.name in body
    assert at.service.name not in page(client, at, "referral-match-every", only="start")
    assert late.name not in page(client, at, "referral-match-every", only="fits")
    headings = re.findall(r'<th scope="row"[^>]*>\s*([^<]*)', body)
    assert [one.strip() for one in headings] == [at.service.name, late.name]
    rows = client.get(address(at, "referral-match-every-json")).json()["rows"]
    assert [row["rank"] for row in rows] == [1, None]
    assert client.get(address(at, "referral-match-every-csv")).status_code == 200
    assert client.get(address(at, "referral-match-every-xlsx")).status_code == 200


@pytest.mark.parametrize("role", [Role.FINANCE, Role.DIRECTOR])
def test_roles_that_do_not_match_are_refused(at, role):
    assert signed_in(council_member(role)).get(address(at)).status_code == 403


def test_a_virtual_school_officer_does_not_match_a_child_out_of_reach(at):
    other = signed_in(council_member(Role.VIRTUAL_SCHOOL))
    for name in ("referral-match", "referral-match-compare", "referral-match-every"):
        assert other.get(address(at, name)).status_code == 404


def test_how_we_choose_tells_the_public_every_rule_and_weight(at):
    body = Client().get(reverse("how-we-choose")).content.decode()
    assert "A service must pass all 16 tests" in body
    assert "40 of 100" in body
    assert "Ranked first by the published rules" in body
    versions = Client().get(reverse("how-we-choose-json")).json()["versions"]
    assert [one["version"] for one in versions] == [3, 2, 1]


def test_a_provider_that_may_take_nobody_is_told_to_staff_with_the_reason(client, at):
    match(at.service.provider.organisation)
    body = page(client, at)
    assert "Nothing may be awarded to its provider now (1)" in body
    assert "They may be on the debarment list" in body
    assert "Procurement Act 2023, sections 45(6) and 57" in body
    assert "Nobody may set this rule aside" in body
    assert "Fits but for one thing" in body
    assert "Propose it all the same" not in body  # as nobody may
    rows = client.get(address(at, "referral-match-every-json")).json()["rows"]
    assert "debarment list" in rows[0]["reasons"]
    propose = {"service_ref": at.service.ref}
    body = client.get(address(at, "award-propose", **propose)).content.decode()
    assert "It cannot be proposed so." in body
    assert "They may be on the debarment list" in body


def test_a_family_is_never_told_why_a_provider_takes_nobody(client, at):
    full = service(at.lot, status=ServiceStatus.FULL)
    match(at.service.provider.organisation)
    body = page(client, at, view="family")
    # Full and barred are one heading, and in the near misses the same words.
    assert "It cannot take new children now. (2)" in body
    near = re.findall(r"<li><strong>([^<]*)</strong>[^✗]*✗</span> ([^<\n]*)", body)
    assert sorted((name, words.strip()) for name, words in near) == sorted(
        (one.name, "It cannot take new children now") for one in (full, at.service)
    )
    for word in ("debar", "exclu", "award", "Procurement"):
        assert word not in _without_the_box(body)


def _without_the_box(body):
    """The page but for the heading that says how many were left out."""
    return body[body.index("Fits but for one thing") :].replace("Excluded (2): see why", "")


def test_a_lapsed_check_is_told_to_a_family_without_its_name(client, at):
    require()
    assert "Public liability" in page(client, at)
    body = page(client, at, view="family")
    assert "Some of its safety checks need renewing first" in body
    assert "Public liability" not in body


def test_a_price_is_no_reason_a_family_is_told(client, at):
    service(at.lot, rates=())
    assert "We cannot agree its price" in page(client, at, view="family")
    assert "It has no price that holds" in page(client, at)


def test_a_provider_at_its_limit_is_told_to_both(client, at):
    ids = list(Admission.objects.filter(provider=at.service.provider).values_list("pk", flat=True))
    limit(admission_ids=ids, most_children=1, reason="New.", by=at.director, at=NOW)
    proposed(at)
    at = replace(at, referral=referral())
    body = page(client, at)
    assert "Takes no more children until our first visit (1)" in body
    assert "up to 1 child, and 1 other child has a place in those days" in body
    assert "Propose it all the same" in body  # other days may do
    body = page(client, at, view="family")
    assert "It takes no more children until our first visit. (1)" in body
    assert "1 other child" not in body


def test_what_stands_against_providers_costs_no_query_for_each(client, at):
    match(at.service.provider.organisation)
    page(client, at)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, at)
        counts.append(len(asked))
        for _ in range(2):
            match(service(at.lot).provider.organisation)
        page(client, at)
    assert counts == [15, 15]
