from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.children.enums import Care
from flsf.casework.referrals import actions, queries
from flsf.casework.referrals.enums import ClockKind, Status, Urgency
from flsf.casework.referrals.models import Clock, Referral
from flsf.core.people import SYSTEM
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import RecordView
from tests.factories import NOW, TODAY, council_member
from tests.factories_casework import child, disclosed, referral, school, senco

pytestmark = pytest.mark.django_db


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def caseworker(db):
    return council_member(Role.CASEWORKER)


@pytest.fixture
def client(caseworker):
    return client_of(caseworker)


def address(name, one):
    return reverse(name, kwargs={"ref": one.ref})


def status(one):
    return queries.status_on(TODAY, referral_id=one.pk)


def test_the_list_costs_as_many_queries_for_one_as_for_three(client, django_assert_num_queries):
    # Session, person, memberships; count, referrals, names twice, clocks; views written.
    def opened():
        with django_assert_num_queries(9):
            return client.get(reverse("referral-list")).content.decode()

    first = referral()
    assert first.ref in opened()
    more = [referral() for _ in range(2)]
    html = opened()
    assert [one.ref in html for one in (first, *more)] == [True] * 3
    assert "due in 6 days" in html


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_the_files_of_the_list(client, ending):
    one = referral()
    assert client.get(reverse(f"referral-list-{ending}")).status_code == 200
    assert RecordView.objects.filter(subject=f"child {one.child.ref}").exists()


def test_the_page_tells_clocks_in_words_and_is_written_down(client):
    one = referral(first_aware_on=TODAY - timedelta(days=30), what_helps="Drawing")
    html = client.get(address("referral-page", one)).content.decode()
    for told in ("days late", "due in 6 days", "Section 19", "Drawing", one.child.ref):
        assert told in html
    assert RecordView.objects.get().page == "referral-page"


def test_taking_on_reading_and_moving(client, caseworker):
    one = referral()
    page = client.post(address("referral-take-on", one), follow=True).content.decode()
    assert "You work on this referral now." in page
    assert status(one) is Status.LOOKED_AT
    decided = {
        "ground": "medical",
        "legal_basis": "s42",
        "purpose": "statutory",
        "team": "send",
        "urgency": "urgent",
        "urgency_reason": "",
    }
    asked = client.post(address("referral-triage", one), decided).content.decode()
    assert asked.count(actions.UrgentWithoutReason.says) == 2
    client.post(address("referral-triage", one), decided | {"urgency_reason": "Excluded"})
    client.post(address("referral-move", one), {"status": "matching", "note": "Ready"})
    one.refresh_from_db()
    assert (one.worker, one.legal_basis, one.urgency) == (caseworker, "s42", "urgent")
    assert (one.ground, one.purpose) == ("medical", "statutory")
    page = client.get(address("referral-page", one)).content.decode()
    for told in ("Medical needs", "The council&#39;s duty to arrange education"):
        assert told in page
    assert status(one) is Status.MATCHING


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"status": ""}, "Select the new status"),
        ({"status": "closed"}, "Select why it is closed"),
        ({"status": "matching", "because": "changed"}, "It is not closed"),
        ({"status": "received"}, "Select a valid choice"),
    ],
)
def test_a_move_that_does_not_make_sense_is_asked_again(client, typed, message):
    one = referral()
    html = client.post(address("referral-move", one), typed).content.decode()
    assert message in html
    assert status(one) is Status.RECEIVED


def test_a_note_the_family_told_and_what_was_read(client):
    one = referral()
    actions.add_note(referral_id=one.pk, words="More", needs_reading=True, by=SYSTEM, at=NOW)
    assert "To be read" in client.get(address("referral-page", one)).content.decode()
    client.post(address("referral-mark-read", one))
    client.post(address("referral-note-add", one), {"words": "Rang the school"})
    client.post(address("referral-told", one))
    html = client.get(address("referral-page", one)).content.decode()
    assert "To be read" not in html
    assert "Rang the school" in html
    assert Clock.objects.get(kind=ClockKind.DECISION).met_on == TODAY


FORM = {
    "first_name": "Amara",
    "last_name": "Hollis",
    "birth_date-day": "4",
    "birth_date-month": "3",
    "birth_date-year": "2012",
    "care": "none",
    "sen_stage": "support",
    "main_need": "EBSA",
    "ground": "other",
    "purpose": "statutory",
    "first_aware_on-day": "11",
    "first_aware_on-month": "5",
    "first_aware_on-year": "2026",
    "urgency": "planned",
    "what_happens": "Not able to attend since Monday.",
    "sent_once_key": "a" * 32,
}


def test_an_officer_refers_a_child_and_pressing_twice_sends_once(client):
    for _ in range(2):
        page = client.post(reverse("referral-new"), FORM, follow=True)
    assert "Not able to attend since Monday." in page.content.decode()
    one = Referral.objects.get()
    assert (one.route, one.first_aware_on.isoformat()) == ("officer", "2026-05-11")


def test_an_officer_refers_a_child_they_know_by_reference(client):
    known = child()
    wanted = FORM | {"child_ref": known.ref.lower(), "first_name": "", "last_name": ""}
    client.post(reverse("referral-new"), wanted)
    assert Referral.objects.get().child == known
    again = client.post(reverse("referral-new"), wanted | {"sent_once_key": "b" * 32}, follow=True)
    assert "had an open referral" in again.content.decode()
    unknown = client.post(reverse("referral-new"), wanted | {"child_ref": "C-NOSUC"})
    assert "We know no child with that reference" in unknown.content.decode()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"first_name": ""}, "Enter the first name"),
        ({"birth_date-year": "2031"}, "The date of birth is in the future"),
        ({"birth_date-year": "1990"}, "We help children and young people up to 25"),
        ({"upn": "A801200005001"}, "Character 1 of the UPN does not fit"),
        ({"urgency": "urgent"}, "Say why it is urgent"),
        ({"first_aware_on-year": "2027"}, "This day is in the future"),
        ({"what_happens": ""}, "Write what is happening"),
        ({"ground": ""}, "Select why they cannot fully use school"),
        ({"purpose": ""}, "Select what it is for"),
    ],
)
def test_what_an_officer_typed_wrong_is_said_and_kept(client, changed, message):
    html = client.post(reverse("referral-new"), FORM | changed).content.decode()
    assert html.count(message) == 2
    assert 'value="Hollis"' in html
    assert not Referral.objects.exists()


def test_the_virtual_school_works_on_its_own_childrens_referrals_only():
    officer = council_member(Role.VIRTUAL_SCHOOL)
    theirs, other = referral(child(care=Care.LOOKED_AFTER)), referral()
    their_client = client_of(officer)
    assert their_client.get(address("referral-page", theirs)).status_code == 200
    for name in ("referral-page", "referral-triage", "referral-move", "referral-note-add"):
        assert their_client.get(address(name, other)).status_code == 404
    for name in ("referral-take-on", "referral-mark-read", "referral-told"):
        assert their_client.post(address(name, other)).status_code == 404


def test_a_school_does_not_open_the_councils_pages():
    place = school()
    one = referral(organisation_id=place.organisation_id)
    disclosed(one.child, organisation_id=place.organisation_id)
    assert client_of(senco(place)).get(address("referral-page", one)).status_code == 403


def test_the_waiting_list_says_who_waits_how_long(client, django_assert_num_queries):
    late = referral(first_aware_on=TODAY - timedelta(days=40))
    fresh = referral(first_aware_on=TODAY)

    # Session, person, memberships; twice over: waits (5); names twice; views written.
    with django_assert_num_queries(16):
        html = client.get(reverse("waiting-list")).content.decode()
    assert "2 children wait with no offer; 1 has waited too long" in html
    assert html.index(late.ref) < html.index(fresh.ref)
    narrowed = client.get(reverse("waiting-list"), {"band": "up to 5 school days"})
    assert late.ref not in narrowed.content.decode()


def test_a_director_reads_the_waiting_list_without_a_name():
    one = referral(child(last_name="Unheard"), urgency=Urgency.URGENT, urgency_reason="x")
    html = client_of(council_member(Role.DIRECTOR)).get(reverse("waiting-list")).content.decode()
    assert one.ref in html
    assert "Unheard" not in html
    assert address("referral-page", one) not in html
