"""Provider and council are told why a service may not move, before and when they try (E18-E19)."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.market.listings.models import Revision
from flsf.market.providers.enums import Mode
from flsf.shared.accounts.models import Organisation
from flsf.web.provider.services.forms import ServiceForm
from tests.factories import member_of
from tests.factories_market import version
from tests.factories_matching import service
from tests.flows.test_registration import booked
from tests.flows.test_registration_of_moves import FIVE_HOURS, two_places

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def typed(of, **changed):
    boxes = ServiceForm.typed(of.facts) | {"what_it_is": "Walks.", "what_to_expect": "Boots."}
    return {name: "" if one is None else one for name, one in (boxes | changed).items()}


def sent(other, **changed):
    client = Client()
    client.force_login(member_of(Organisation.objects.get(pk=other.provider.organisation_id)))
    return client.post(
        reverse("service-change", kwargs={"ref": other.ref}), typed(other, **changed)
    )


def test_the_provider_is_told_at_the_place_it_chose():
    at, other = two_places()
    html = text(sent(other, site_id=at.service.site_id))
    at_field = html.split('id="id_site_id-error"')[1].split("</p>")[0]
    assert "21 hours a week at" in at_field
    assert "Keep the service where it is, or choose another place." in at_field
    assert at.child.last_name not in html
    assert not Revision.objects.exists()


def test_or_at_where_it_happens_when_it_chose_no_place():
    at, other = two_places()
    moving = service(at.lot, at.service.provider, site=None, mode=Mode.HOME)
    booked(at.child, moving, 150, half_days_mask=FIVE_HOURS)
    html = text(sent(other, site_id="", mode=Mode.COMMUNITY))
    assert "21 hours a week at no fixed place" in html.split('id="id_mode-error"')[1]


def test_the_council_reads_why_before_it_tries_and_when_it_does(officer_client):
    at, other = two_places()
    waiting = version(other, site_id=at.service.site_id)
    html = text(officer_client.get(reverse("listing-version", kwargs={"ref": waiting.ref})))
    assert "Nobody can agree to this place while children use the service. 21 hours a week" in html
    seen = html.split('name="seen" value="')[1].split('"')[0]
    html = text(
        officer_client.post(reverse("listing-agree", kwargs={"ref": waiting.ref}), {"seen": seen})
    )
    assert "would make its new place a school. 21 hours a week at" in html
    other.refresh_from_db()
    assert other.site_id != at.service.site_id
