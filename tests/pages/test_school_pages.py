from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.children.enums import Care
from flsf.casework.referrals.enums import Route
from flsf.casework.referrals.models import Draft, Note, Referral
from flsf.shared.audit.models import RecordView
from tests import factories_delivery as made
from tests.factories_casework import disclosed, pupil, referral, school, senco

pytestmark = pytest.mark.django_db

ANSWERS = {
    "pupil": {
        "first_name": "Amara",
        "last_name": "Hollis",
        "upn": "B801200005001",
        "birth_date-day": "4",
        "birth_date-month": "3",
        "birth_date-year": "2014",
        "sen_stage": "support",
    },
    "why": {
        "ground": "send",
        "urgency": "planned",
        "what_happens": "Not able to attend.",
        "first_aware_on-day": "11",
        "first_aware_on-month": "5",
        "first_aware_on-year": "2026",
    },
    "needs": {"what_helps": "A quiet room", "needs": ["ASD"], "main_need": "ASD"},
    "hopes": {
        "outcomes_wanted": "Two mornings a week",
        "half_days": ["mon-am", "fri-pm"],
        "modes": ["site"],
    },
    "views": {"parent_agrees": "yes", "parent_view": "Mum is glad of it"},
    "parent": {"contact_name": "Robin Hollis", "phone": "01632 960001", "safe": ["may_phone"]},
}


def step(slug):
    return reverse("school-refer-step", kwargs={"slug": slug})


@pytest.fixture
def place(db):
    return school()


@pytest.fixture
def client(place):
    client = Client()
    client.force_login(senco(place))
    return client


def answer(client, **changed):
    for slug, typed in (ANSWERS | changed).items():
        response = client.post(step(slug), typed)
    return response


def send(client, **changed):
    answer(client, **changed)
    return client.post(reverse("school-refer-check"), follow=True)


def test_six_pages_a_check_and_it_is_sent_with_what_happens_next(client, place):
    slugs = list(ANSWERS)
    for slug, following in pairwise(slugs):
        assert client.get(step(slug)).status_code == 200
        assert client.post(step(slug), ANSWERS[slug]).url == step(following)
    assert client.post(step("parent"), ANSWERS["parent"]).url == reverse("school-refer-check")
    assert "Two mornings a week" in client.get(reverse("school-refer-check")).content.decode()
    html = client.post(reverse("school-refer-check"), follow=True).content.decode()
    one = Referral.objects.get()
    for told in (one.ref, "SEND team", "21 May 2026", "18 May 2026"):
        assert told in html
    assert (one.organisation, one.child.school) == (place.organisation, place)
    assert (one.half_days_mask, one.modes_mask) == (1 | 1 << 9, 1)
    assert not Draft.objects.exists()


def test_what_was_typed_is_there_at_another_computer(place):
    who = senco(place)
    for number in range(2):
        client = Client()
        client.force_login(who)
        if number == 0:
            client.post(step("why"), ANSWERS["why"] | {"ground": ""})
    assert "Not able to attend." in client.get(step("why")).content.decode()
    assert "In progress" in client.get(reverse("school-refer")).content.decode()


@pytest.mark.parametrize(
    ("slug", "changed", "message"),
    [
        ("pupil", {"upn": "A801200005001"}, "Character 1 of the UPN does not fit the rest"),
        ("pupil", {"upn": "B80120O005001"}, "Character 7 of the UPN must be a number"),
        ("pupil", {"birth_date-year": "2031"}, "The date of birth is in the future"),
        ("why", {"urgency": "urgent"}, "Say why it is urgent"),
        ("why", {"first_aware_on-year": "2027"}, "This day is in the future"),
        ("needs", {"main_need": ""}, "Select the main need"),
        ("views", {"parent_view": ""}, "or why neither has been asked"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, slug, changed, message):
    html = client.post(step(slug), ANSWERS[slug] | changed).content.decode()
    assert html.count(message) == 2
    assert Draft.objects.get().answers[slug]


def test_a_page_that_seems_to_hold_somebody_elses_details_warns_and_lets_on(client):
    client.post(step("pupil"), ANSWERS["pupil"])
    typed = ANSWERS["why"] | {"what_happens": "He fights with Kian Brathwaite at lunch."}
    html = client.post(step("why"), typed).content.decode()
    assert "Kian Brathwaite" in html
    assert "seems to hold somebody else" in html
    assert client.post(step("why"), typed | {"go-on": "yes"}).url == step("needs")


def test_a_pupil_with_an_open_referral_of_ours_leads_to_it(client):
    send(client)
    one = Referral.objects.get()
    response = client.post(step("pupil"), ANSWERS["pupil"])
    assert response.url == reverse("pupil-page", args=[one.ref])
    client.post(response.url, {"words": "Two more days away"})
    assert Note.objects.get().words == "Two more days away"


def test_a_pupil_for_whom_somebody_else_asked_is_joined_and_nothing_told(client, place):
    one = pupil(place, upn="B801200005001")
    parents = referral(one, route=Route.FAMILY, what_happens="Private words")
    html = send(client).content.decode()
    assert "Added to a request we already had" in html
    assert parents.ref not in html
    assert Note.objects.get().organisation == place.organisation
    page = client.get(reverse("pupil-list")).content.decode()
    assert Note.objects.get().ref in page
    assert client.get(reverse("pupil-page", args=[parents.ref])).status_code == 404


def test_the_tracker_costs_as_many_queries_for_one_as_for_three(
    client, place, django_assert_num_queries
):
    def sent_by_us():
        one = pupil(place)
        disclosed(one, organisation_id=place.organisation_id, basis="on_roll")
        return referral(one, organisation_id=place.organisation_id)

    def opened():
        # Session, person, memberships; referrals, names (3), views, clocks, joined.
        with django_assert_num_queries(10):
            return client.get(reverse("pupil-list")).content.decode()

    first = sent_by_us()
    html = opened()
    for told in (first.child.known_as, "Received", "We have it", "due in 6 days", "Nobody yet"):
        assert told in html
    for one in (sent_by_us(), sent_by_us()):
        assert one.ref in opened()
    assert RecordView.objects.filter(subject=f"child {first.child.ref}").count() == 3


@pytest.fixture
def with_support(place):
    """A referral of ours whose pupil has a placement that runs."""
    one = pupil(place)
    disclosed(one, organisation_id=place.organisation_id, basis="on_roll")
    made.running(of=one)
    return referral(one, organisation_id=place.organisation_id)


def test_the_school_sees_the_week_and_six_weeks_of_sessions_and_no_money(client, with_support):
    html = client.get(reverse("pupil-page", args=[with_support.ref])).content.decode()
    assert "Half-days of this week" in html
    assert "Each half-day of the last six weeks" in html
    assert "Not marked yet" in html
    assert "£" not in html


def test_a_child_of_another_school_shows_no_whereabouts_and_no_care(client, place):
    """A name and a birth date are enough to ask for a child, and not to learn where it is."""
    known = pupil(school(), upn="B801200005001", care=Care.LOOKED_AFTER)
    placement = made.running(of=known)
    sent = send(client).content.decode()
    ours = Referral.objects.get()
    address = reverse("pupil-page", args=[ours.ref])
    pages = [client.get(address), client.get(reverse("pupil-worry", args=[ours.ref]))]
    pages.append(client.get(reverse("school-providers")))
    html = sent + "".join(page.content.decode() for page in pages)
    assert ours.child == known
    for kept in (
        *(placement.provider.name, placement.ref, known.last_name, "Virtual School"),
        *("Half-days of this week", "last six weeks", "support the pupil goes to"),
    ):
        assert kept not in html
    letter = reverse("placement-letter", args=[placement.ref])
    assert client.get(letter).status_code == 404


def test_a_pupil_without_support_has_no_empty_week(client, place):
    one = pupil(place)
    disclosed(one, organisation_id=place.organisation_id, basis="on_roll")
    ours = referral(one, organisation_id=place.organisation_id)
    html = client.get(reverse("pupil-page", args=[ours.ref])).content.decode()
    assert "Half-days of this week" not in html


def test_more_placements_of_a_pupil_take_no_more_queries(
    client, with_support, django_assert_num_queries
):
    address = reverse("pupil-page", args=[with_support.ref])
    client.get(address)
    for _ in range(2):
        with django_assert_num_queries(35):
            client.get(address)
        made.running(of=with_support.child, half_days=())
        made.running(of=with_support.child, half_days=())


def test_another_schools_referral_is_not_there(client):
    other = school()
    one = pupil(other)
    disclosed(one, organisation_id=other.organisation_id, basis="on_roll")
    theirs = referral(one, organisation_id=other.organisation_id)
    assert client.get(reverse("pupil-page", args=[theirs.ref])).status_code == 404
    assert client.get(reverse("school-refer-sent", args=[theirs.ref])).status_code == 404
    assert theirs.ref not in client.get(reverse("pupil-list")).content.decode()
