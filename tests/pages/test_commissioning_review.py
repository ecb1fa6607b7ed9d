"""The commissioning review: every provision in use, what it rests on, and where it is mended."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.casework.calloffs.models import Award
from flsf.core.people import SYSTEM
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.waivers import actions as waivers
from flsf.market.admissions.models import StatusChange
from flsf.market.agreements import actions as agreements
from flsf.oversight.provisions import queries
from flsf.oversight.provisions.enums import Duty
from flsf.shared.accounts.enums import Role
from tests import factories_delivery as delivery
from tests.factories import NOW, TODAY, council_member
from tests.factories_market import admitted, provider, require, shown, suspended

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of():
    def made(role):
        client = Client()
        client.force_login(council_member(role))
        return client

    return made


def in_use(of=None, *, route="direct_award", governed=True, **more):
    """A placement with a service, decided under the framework and with an agreement."""
    of = of or provider()
    service = delivery.service(of)
    placement = delivery.running(at_service=service, half_days=())
    Award.objects.filter(pk=placement.award_id).update(
        route=route,
        direct_ground="continuity",
        decision="awarded",
        decided_at=NOW,
        decision_reason="So.",
        **more,
    )
    if governed:
        admission = admitted(of, in_lot=service.lot)
        agreements.issue_many(
            admission_ids=[admission.pk],
            model=CommercialModel.PSEUDO_DPS,
            in_force_from=TODAY,
            by=SYSTEM,
            at=NOW,
        )
    return placement


def covered(of):
    require()
    shown(of)


def waiver(last_day):
    return waivers.grant(
        reason="Until the framework takes it over",
        provider_name="Canal Side",
        value_pence=500_00,
        starts_on=date(2026, 4, 1),
        expires_on=last_day,
        approver_name="Director",
        approved_on=date(2026, 4, 1),
        by=SYSTEM,
        at=NOW,
    )


def gaps():
    return {one.provider_name: one.gaps for one in queries.review(TODAY)}


def read(client, query=""):
    response = client.get(reverse("commissioning-review") + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_provision_that_has_all_three_complies(client_of):
    covered(one := provider("Canal Side"))
    in_use(one)
    assert gaps() == {"Canal Side": {duty: [] for duty in Duty}}
    html = read(client_of(Role.PROCUREMENT))
    assert "The one provision in use today has governance, oversight and a procurement" in html
    assert "Agreement version 1, Tutoring" in html


def test_each_gap_is_named_and_leads_to_where_it_is_mended(client_of):
    covered(one := provider("Good Ltd"))
    in_use(one)
    bare = provider("Bare Ltd")
    in_use(bare, route="spot", governed=False)
    assert gaps()["Bare Ltd"] == {
        Duty.GOVERNANCE: ["The provider is not admitted to Tutoring"],
        Duty.OVERSIGHT: ["Not in date: Public liability insurance"],
        Duty.PROCUREMENT: ["Bought outside the framework without a waiver"],
    }
    html = read(client_of(Role.COMMISSIONER))
    assert "1 of 2 provisions in use today lacks governance" in html
    assert html.index("Bare Ltd") < html.index("Good Ltd")
    [award] = Award.objects.filter(provider=bare)
    for name, ref in (
        ("provider-page", bare.ref),
        ("evidence-see", bare.ref),
        ("award-page", award.ref),
    ):
        assert f'href="{reverse(name, kwargs={"ref": ref})}">Missing' in html
    # Who may not record evidence is led to the provider's page.
    assert reverse("evidence-see", kwargs={"ref": bare.ref}) not in read(client_of(Role.DIRECTOR))


def test_a_gap_under_one_waiver_leads_to_it_and_many_awards_to_the_list(client_of):
    covered(one := provider("Canal Side"))
    in_use(one, route="waiver", waiver=waiver(TODAY - timedelta(days=1)))
    [found] = queries.review(TODAY)
    assert found.gaps[Duty.PROCUREMENT] == ["Its waiver ran out on 14 May 2026"]
    client = client_of(Role.FINANCE)
    assert f'href="/waivers/{found.contracts[0].waiver_ref}/">Missing' in read(client)
    second = delivery.running(at_service=found_service(found), half_days=())
    assert second.provider_id == one.pk
    html = read(client)
    there = f"{reverse('without-contract-list')}?provider={one.ref}"
    assert f'href="{there}">Missing' in html
    listed = client.get(there).content.decode()
    assert "Bought outside the framework without a waiver" in listed
    assert f'href="/waivers/{found.contracts[0].waiver_ref}/"' in listed


def found_service(found):
    return Award.objects.get(ref=found.contracts[0].award_ref).service


def test_a_suspension_not_looked_at_again_and_a_service_off_the_register_are_gaps():
    one = provider("Late Ltd")
    placement = in_use(one, governed=False)
    suspended(one, in_lot=placement.service.lot)
    StatusChange.objects.filter(status="suspended").update(review_on=TODAY - timedelta(days=1))
    off = in_use(provider("Off Ltd"), route="spot", governed=False)
    type(off).objects.filter(pk=off.pk).update(service=None)
    found = gaps()
    assert "Its suspension was to be looked at by 14 May 2026" in found["Late Ltd"][Duty.OVERSIGHT]
    assert found["Late Ltd"][Duty.GOVERNANCE] == ["No agreement for Tutoring is in force"]
    assert found["Off Ltd"][Duty.GOVERNANCE] == ["It is in no lot of a framework"]
    assert "No check is asked of providers yet" in found["Off Ltd"][Duty.OVERSIGHT]
    assert queries.OFF_REGISTER in {one.name for one in queries.review(TODAY)}


def test_an_ended_placement_is_no_provision_in_use(client_of):
    assert "No provision is in use today." in read(client_of(Role.DIRECTOR))


def test_filters_are_in_the_address_and_the_files_say_the_same(client_of):
    covered(one := provider("Good Ltd"))
    in_use(one)
    in_use(provider("Bare Ltd"), route="spot", governed=False)
    client = client_of(Role.COMMISSIONER)
    assert "Good Ltd" not in read(client, "?standing=not_compliant")
    assert "Bare Ltd" not in read(client, "?route=framework")
    assert "Bare Ltd" in read(client, "?lacking=governance&team=send")
    assert "No provision answers" in read(client, "?team=ap")
    assert "Bare Ltd" in read(client, "?standing=nonsense")
    csv = client.get(reverse("commissioning-review-csv") + "?standing=not_compliant")
    assert "Bare Ltd" in csv.content.decode()
    assert "Good Ltd" not in csv.content.decode()
    rows = json.loads(client.get(reverse("commissioning-review-json")).content)["rows"]
    assert [row["governance_detail"] for row in rows] == [
        "The provider is not admitted to Tutoring",
        "Agreement version 1, Tutoring",
    ]
    assert client.get(reverse("commissioning-review-xlsx")).status_code == 200


def asked(client):
    with CaptureQueriesContext(connection) as captured:
        read(client)
    return len(captured)


def test_as_many_queries_for_three_provisions_as_for_one(client_of):
    client = client_of(Role.COMMISSIONER)
    require()
    in_use(provider("One"))
    asked(client)
    at_one = asked(client)
    for name in ("Two", "Three"):
        in_use(provider(name))
    assert (at_one, asked(client)) == (33, 33)


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.QUALITY, Role.CASEWORKER])
def test_others_do_not_read_it(client_of, role):
    assert client_of(role).get(reverse("commissioning-review")).status_code in (403, 404)


def test_the_overview_and_the_framework_lead_to_it(client_of):
    there = reverse("commissioning-review")
    client = client_of(Role.DIRECTOR)
    assert there in client.get(reverse("overview")).content.decode()
    assert there not in client_of(Role.COUNCILLOR).get(reverse("overview")).content.decode()
