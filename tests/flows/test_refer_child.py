from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from flsf.casework.children import actions as act
from flsf.casework.children import queries as children
from flsf.casework.children.enums import Basis, Detail, Relation, Schooling
from flsf.casework.children.models import Child, Contact, Disclosure, FamilyCheck
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Ground, Route, Status, Urgency
from flsf.casework.referrals.models import Note, Referral
from flsf.core.people import VISITOR
from flsf.flows.refer_child import refer_child
from flsf.oversight.concerns.models import Concern
from flsf.shared.accounts.enums import Role
from flsf.shared.audit import actions as audit
from tests.factories import NOW, TODAY, council_member
from tests.factories_casework import (
    asked,
    child,
    contact,
    disclosed,
    facts,
    parent,
    pupil,
    school,
    senco,
)

pytestmark = pytest.mark.django_db

AMARA = {"first_name": "Amara", "last_name": "Hollis", "birth_date": date(2012, 3, 4)}


def sent_by_school(place, who, **given):
    return refer_child(
        facts=facts(**AMARA, schooling=Schooling.ON_ROLL, school_id=place.pk),
        asked=asked(
            route=Route.SCHOOL,
            organisation_id=place.organisation_id,
            no_view_reason="Could not reach them",
            **given,
        ),
        by=who,
        at=NOW,
    )


def sent_by_visitor(**given):
    return refer_child(
        facts=facts(**AMARA),
        asked=asked(route=Route.FAMILY, ground=Ground.OTHER, **given),
        contact=contact(),
        by=VISITOR,
        at=NOW,
    )


def test_a_school_sends_a_pupil_and_follows_it():
    place = school()
    who = senco(place)
    receipt = sent_by_school(place, who)
    assert (receipt.is_new_child, receipt.is_joined) == (True, False)
    assert children.with_ref(receipt.child_ref, person=who, on=TODAY).school == place
    assert referrals.with_ref(receipt.ref, person=who, on=TODAY).status == Status.RECEIVED
    only = Disclosure.objects.get()
    assert (only.detail, only.basis, only.because) == (Detail.WORKING, Basis.ON_ROLL, receipt.ref)


def test_a_school_that_names_a_child_of_another_school_is_told_no_name():
    other, place = school(), school()
    known, who = pupil(other, **AMARA, health_notes="Private"), senco(place)
    receipt = sent_by_school(place, who)
    assert (receipt.is_new_child, receipt.is_joined) == (False, False)
    assert children.detail_for(known.pk, person=who, on=TODAY) is Detail.SUMMARY
    assert referrals.with_ref(receipt.ref, person=who, on=TODAY)
    known.refresh_from_db()
    assert known.school == other
    assert "knew this child already" in Note.objects.get().words


def test_a_visitor_follows_by_key_and_sees_nothing_else():
    receipt = sent_by_visitor()
    assert receipt.status_key
    assert referrals.by_status_key(receipt.status_key, on=TODAY).ref == receipt.ref
    assert not Disclosure.objects.exists()
    assert Contact.objects.get().name == "Robin Hollis"


def test_a_stranger_who_names_a_known_child_changes_nothing_and_learns_nothing():
    known = child(**AMARA, contact_caution="Father must not be told")
    receipt = sent_by_visitor()
    assert not receipt.is_new_child
    assert not Contact.objects.filter(child=known).exists()
    assert not Disclosure.objects.exists()
    assert "Check who they are" in Note.objects.get().words


def test_a_second_request_joins_the_first_and_an_officer_is_to_read_it():
    first = sent_by_visitor()
    second = sent_by_visitor(
        what_happens="She cries every morning",
        urgency=Urgency.CRISIS,
        urgency_reason="Words of danger",
    )
    assert (second.is_joined, second.referral_id) == (True, first.referral_id)
    assert second.ref != first.ref
    referral, note = Referral.objects.get(), Note.objects.get()
    assert (referral.ref, referral.urgency) == (first.ref, Urgency.CRISIS)
    assert note.needs_reading
    assert "She cries every morning" in note.words
    # As for a first request, so that nobody learns whether somebody asked before.
    assert referrals.by_status_key(second.status_key, on=TODAY).status is Status.RECEIVED


def test_the_same_form_twice_makes_one_request_whichever_way_it_went():
    first = sent_by_visitor(sent_once_key="one")
    again = sent_by_visitor(sent_once_key="one")
    assert (again.ref, again.status_key, again.is_joined) == (first.ref, "", False)
    joined = sent_by_visitor(sent_once_key="two")
    twice = sent_by_visitor(sent_once_key="two")
    assert (twice.ref, twice.status_key, twice.is_joined) == (joined.ref, "", True)
    assert (Referral.objects.count(), Note.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("relation", "basis"), [(Relation.PARENT, Basis.PARENT_OF), (Relation.SELF, Basis.SELF)]
)
def test_a_signed_in_parent_follows_at_once_and_sees_the_child_once_checked(relation, basis):
    who = parent()
    receipt = refer_child(
        facts=facts(**AMARA),
        asked=asked(route=Route.FAMILY),
        contact=contact(user_id=who.pk, relation=relation),
        by=who,
        at=NOW,
    )
    assert referrals.with_ref(receipt.ref, person=who, on=TODAY)
    only = Disclosure.objects.get()
    assert (only.basis, only.detail) == (Basis.SAYS_FAMILY, Detail.SUMMARY)
    assert children.parents_of(only.child_id, on=TODAY) == []
    officer = council_member(Role.CASEWORKER)
    [check] = children.family_checks(person=officer, on=TODAY)
    act.settle_who(check_id=check.pk, is_theirs=True, reason="Called them", by=officer, at=NOW)
    opened = Disclosure.objects.open_on(TODAY).get()
    assert (opened.basis, opened.detail) == (basis, Detail.WORKING)
    assert children.parents_of(opened.child_id, on=TODAY) == [who.pk]
    assert referrals.with_ref(receipt.ref, person=who, on=TODAY)


def test_a_signed_in_parent_who_names_a_known_child_sees_nothing_until_somebody_looks():
    known, who = child(**AMARA), parent()
    refer_child(
        facts=facts(**AMARA), asked=asked(route=Route.FAMILY), contact=contact(), by=who, at=NOW
    )
    assert children.with_ref(known.ref, person=who, on=TODAY) is None
    officer = council_member(Role.CASEWORKER)
    [check] = children.family_checks(person=officer, on=TODAY)
    assert (check.child, check.person) == (known, who)


def test_somebody_who_is_known_as_the_family_is_not_checked_again():
    known, who = child(**AMARA), parent()
    disclosed(known, to=who, basis=Basis.PARENT_OF)
    refer_child(
        facts=facts(**AMARA), asked=asked(route=Route.FAMILY), contact=contact(), by=who, at=NOW
    )
    assert not FamilyCheck.objects.exists()


@pytest.mark.parametrize("route", [Route.SCHOOL, Route.FAMILY])
def test_only_a_familys_words_of_danger_are_a_concern(route):
    refer_child(
        facts=facts(**AMARA),
        asked=asked(
            route=route, what_happens="He says he will hurt her", no_view_reason="Not asked"
        ),
        contact=contact(),
        by=VISITOR,
        at=NOW,
    )
    assert Concern.objects.count() == (1 if route is Route.FAMILY else 0)


def test_an_officer_refers_a_child_they_see():
    known, officer = child(), council_member(Role.CASEWORKER)
    receipt = refer_child(facts=facts(), asked=asked(), child_id=known.pk, by=officer, at=NOW)
    assert (receipt.child_ref, Child.objects.count()) == (known.ref, 1)
    assert not Note.objects.exists()


def test_when_the_record_cannot_be_written_nothing_was_sent(monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError):
        sent_by_visitor()
    assert not Child.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_parents_who_ask_at_the_same_moment_make_one_child_and_one_referral():
    together = Barrier(2)

    def send(_):
        try:
            together.wait(timeout=10)
            return sent_by_visitor().is_joined
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(send, range(2))) == [False, True]
    assert (Child.objects.count(), Referral.objects.count()) == (1, 1)
