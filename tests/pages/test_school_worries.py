"""A school tells the safeguarding leads of a worry, and nobody else reads it."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.children.enums import Basis
from flsf.oversight.concerns.models import Concern
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests import factories_delivery as made
from tests.factories import council_member
from tests.factories_casework import disclosed, pupil, referral, school, senco

pytestmark = pytest.mark.django_db
WORDS = "Says the man at the workshop shouts at him."


@pytest.fixture
def place():
    return school()


@pytest.fixture
def client(place):
    return signed_in(senco(place))


@pytest.fixture
def ours(place):
    """A referral of this school, whose pupil has support that runs."""
    one = pupil(place)
    disclosed(one, organisation_id=place.organisation_id, basis=Basis.ON_ROLL)
    return referral(one, organisation_id=place.organisation_id)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def address(of):
    return reverse("pupil-worry", args=[of.ref])


def test_the_leads_are_told_and_the_school_hears_that_it_arrived(client, ours):
    lead = council_member(Role.SAFEGUARDING)
    placement = made.running(of=ours.child)
    page = client.get(reverse("pupil-page", args=[ours.ref])).content.decode()
    assert address(ours) in page
    assert placement.provider.name in client.get(address(ours)).content.decode()
    typed = {"words": WORDS, "about": placement.ref, "is_about_an_adult": "on"}
    told = client.post(address(ours), typed, follow=True).content.decode()
    concern = Concern.objects.get()
    assert (concern.words, concern.is_about_an_adult) == (WORDS, True)
    assert (concern.child, concern.placement) == (ours.child, placement)
    assert concern.ref in told
    assert WORDS not in told
    assert Message.objects.get(recipient=lead).details["reference"] == concern.ref


def test_a_worry_need_not_be_about_support(client, ours):
    made.running(of=ours.child)
    client.post(address(ours), {"words": WORDS, "about": "none"})
    assert Concern.objects.get().placement is None


def test_a_pupil_without_support_is_not_asked_about_it(client, ours):
    assert "support the pupil goes to" not in client.get(address(ours)).content.decode()
    client.post(address(ours), {"words": WORDS})
    assert Concern.objects.get().placement is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"about": "none"}, "Say what has worried you, in your own words"),
        ({"words": WORDS}, "Say which support it is about"),
        ({"words": WORDS, "about": "PL-OTHER"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_lost(client, ours, typed, message):
    made.running(of=ours.child)
    html = client.post(address(ours), typed).content.decode()
    assert message in html
    assert typed.get("words", "") in html
    assert not Concern.objects.exists()


def test_the_provider_never_reads_it(client, ours):
    placement = made.running(of=ours.child)
    made.disclosed(placement)
    client.post(address(ours), {"words": WORDS, "about": placement.ref})
    concern = Concern.objects.get()
    manager = signed_in(made.manager(placement))
    assert manager.get(reverse("concern-page", args=[concern.ref])).status_code == 403
    for name in ("provider-home", "provider-placements"):
        assert WORDS not in manager.get(reverse(name)).content.decode()
    seen = manager.get(reverse("provider-placement", args=[placement.ref])).content.decode()
    assert concern.ref not in seen
    assert WORDS not in seen


def test_another_schools_pupil_is_not_there(ours):
    assert signed_in(senco(school())).get(address(ours)).status_code == 404
