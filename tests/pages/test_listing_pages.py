"""The council compares a provider's version with the one families read, and decides."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.market.listings import actions
from flsf.market.listings.models import Recheck, Revision
from flsf.market.providers import actions as providers
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member, lot, member_of, organisation
from tests.factories_market import facts, provider, service, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def walks(db):
    return service(provider("Heron Trust"), lot(), name="Walks", what_it_is="Short walks.")


def at(name, of):
    return reverse(name, kwargs={"ref": of.ref})


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def seen_on(html):
    return html.split('name="seen" value="')[1].split('"')[0]


def test_both_versions_are_shown_field_by_field_and_agreed(officer_client, walks):
    waiting = version(walks, what_it_is="Long walks.", largest_group=6)
    html = text(officer_client.get(at("listing-version", waiting)))
    for said in ("<del>Short walks.</del>", "<ins>Long walks.</ins>", "Checked", "Heron Trust"):
        assert said in html
    assert "most children in a group" in html
    response = officer_client.post(at("listing-agree", waiting), {"seen": seen_on(html)})
    assert response.url == at("listing-version", waiting)
    walks.refresh_from_db()
    assert walks.what_it_is == "Long walks."
    html = text(officer_client.get(response.url))
    assert "Look again" in html
    assert "Agree: families read this" not in html


def test_a_listing_that_changed_meanwhile_is_read_again_first(officer_client, walks):
    waiting = version(walks, what_it_is="Long walks.")
    html = text(officer_client.get(at("listing-version", waiting)))
    providers.change_service(
        service_id=walks.pk, facts=replace(walks.facts, travel="Bus 4"), by=SYSTEM, at=NOW
    )
    html = text(officer_client.post(at("listing-agree", waiting), {"seen": seen_on(html)}))
    assert "has changed since you opened this page" in html
    assert officer_client.post(at("listing-agree", waiting), {"seen": seen_on(html)}).url


def test_a_version_replaced_meanwhile_is_not_agreed(officer_client, walks):
    waiting = version(walks)
    html = text(officer_client.get(at("listing-version", waiting)))
    version(walks, what_it_is="Other words.")
    html = text(officer_client.post(at("listing-agree", waiting), {"seen": seen_on(html)}))
    assert "no longer waits for a decision" in html
    assert "Replaced by a newer version" in html
    sent = text(officer_client.post(at("listing-version", waiting), {"words": "Too late."}))
    assert "no longer waits" in sent


def test_sent_back_only_with_words_and_typing_is_kept(officer_client, walks):
    waiting = version(walks)
    assert "Say what the provider should change" in text(
        officer_client.post(at("listing-version", waiting), {"words": ""})
    )
    response = officer_client.post(at("listing-version", waiting), {"words": "Name the leader."})
    assert response.url == reverse("listing-list")
    assert Revision.objects.get().words == "Name the leader."
    assert "Name the leader." in text(officer_client.get(at("listing-version", waiting)))


def test_a_new_service_is_shown_whole_and_looked_at_again(officer_client):
    waiting = actions.propose(
        provider_id=provider().pk, facts=facts(lot(), name="Kiln"), by=SYSTEM, at=NOW
    )
    html = text(officer_client.get(at("listing-version", waiting)))
    assert "A new service: nobody reads it yet" in html
    officer_client.post(at("listing-agree", waiting), {"seen": seen_on(html)})
    assert "Say what you looked at" in text(officer_client.post(at("listing-recheck", waiting)))
    said = {"found": "Visited on Tuesday."}
    assert officer_client.post(at("listing-recheck", waiting), said).status_code == 302
    assert Recheck.objects.get().found == "Visited on Tuesday."
    assert "Visited on Tuesday." in text(officer_client.get(at("listing-version", waiting)))
    again = text(officer_client.post(at("listing-recheck", waiting), said))
    assert "already looked at that again" in again


def test_there_is_nothing_to_look_at_again_before_it_is_agreed(officer_client, walks):
    waiting = version(walks)
    assert officer_client.post(at("listing-recheck", waiting), {}).status_code == 404


def test_what_waits_is_in_my_work_and_in_the_list(officer_client, walks):
    waiting = version(walks)
    html = text(officer_client.get(reverse("my-work")))
    assert "Changes to Walks" in html
    html = text(officer_client.get(reverse("listing-list"), {"status": "waiting"}))
    assert waiting.ref in html
    assert "New service" not in html
    assert waiting.ref in officer_client.get(reverse("listing-list-csv")).content.decode()


def test_one_version_costs_as_many_queries_as_three(officer_client, django_assert_num_queries):
    inside = lot()
    for _ in range(2):
        version(service(provider(), inside))
        # Session, person, memberships; how many, which.
        with django_assert_num_queries(5):
            officer_client.get(reverse("listing-list"))
        version(service(provider(), inside))


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.FINANCE, Role.PROVIDER_MANAGER])
def test_others_do_not_decide(walks, role):
    waiting, client = version(walks), Client()
    client.force_login(council_member(role) if role is not Role.PROVIDER_MANAGER else _manager())
    for name in ("listing-version", "listing-agree", "listing-recheck"):
        assert client.post(at(name, waiting), {}).status_code == 403


def _manager():
    return member_of(organisation())
