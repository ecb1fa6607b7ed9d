"""Whoever says a child is theirs is checked by an officer before the child opens to them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from flsf.casework.children import actions
from flsf.casework.children import queries as children
from flsf.casework.children.models import Disclosure, FamilyCheck
from flsf.casework.referrals.enums import Route
from flsf.core.people import SYSTEM
from flsf.flows.refer_child import refer_child
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member
from tests.factories_casework import asked, child, contact, facts, parent, referral
from tests.factories_delivery import running

pytestmark = pytest.mark.django_db


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def who():
    return parent()


@pytest.fixture
def receipt(who):
    return refer_child(
        facts=facts(first_name="Amara", last_name="Hollis"),
        asked=asked(route=Route.FAMILY),
        contact=contact(),
        by=who,
        at=NOW,
    )


def address_of(receipt):
    check = FamilyCheck.objects.get()
    return reverse("child-family-check", kwargs={"ref": receipt.child_ref, "check": check.pk})


def test_until_then_the_family_sees_where_things_are_and_no_name(who, receipt):
    client = client_of(who)
    for page in (reverse("family-requests"), reverse("family-request", args=[receipt.ref])):
        html = client.get(page).content.decode()
        assert "Your request" in html
        assert "Amara" not in html
    assert "We check who asked" in html


def test_an_officer_is_asked_decides_and_the_child_opens(who, receipt):
    officer = client_of(council_member(Role.CASEWORKER))
    address = address_of(receipt)
    assert address in officer.get(reverse("my-work")).content.decode()
    page = officer.get(address).content.decode()
    assert who.email in page
    assert "Robin Hollis" in page
    assert "Write how you know" in officer.post(address, {"is_theirs": "yes"}).content.decode()
    assert "Choose yes or no" in officer.post(address, {"reason": "Rang"}).content.decode()
    officer.post(address, {"is_theirs": "yes", "reason": "Rang the school"})
    assert "Amara" in client_of(who).get(reverse("family-requests")).content.decode()
    assert address not in officer.get(reverse("my-work")).content.decode()
    assert "Rang the school" in officer.get(address).content.decode()


def test_who_is_not_the_family_sees_nothing_any_more(who, receipt):
    officer = client_of(council_member(Role.CASEWORKER))
    officer.post(address_of(receipt), {"is_theirs": "no", "reason": "The mother knows them not"})
    assert client_of(who).get(reverse("family-request", args=[receipt.ref])).status_code == 404
    assert not Disclosure.objects.open_to(who, on=TODAY).exists()


def test_the_week_of_a_child_shows_only_to_whom_it_is_confirmed(who):
    placement = running()
    one = referral(placement.child, by=who)
    check = actions.ask_who(
        child_id=placement.child_id,
        person_id=who.pk,
        relation="parent",
        because=one.ref,
        follows=True,
        by=who,
        at=NOW,
    )
    address, client = reverse("family-request", args=[one.ref]), client_of(who)
    assert "The week" not in client.get(address).content.decode()
    officer = council_member(Role.CASEWORKER)
    actions.settle_who(check_id=check.pk, is_theirs=True, reason="Rang", by=officer, at=NOW)
    assert "The week" in client.get(address).content.decode()


def test_of_two_officers_the_second_is_told(receipt):
    one, other = (client_of(council_member(Role.CASEWORKER)) for _ in range(2))
    address = address_of(receipt)
    one.post(address, {"is_theirs": "no", "reason": "Not theirs"})
    page = other.post(address, {"is_theirs": "yes", "reason": "Theirs"}).content.decode()
    assert "Somebody has decided this already" in page
    assert FamilyCheck.objects.get().reason == "Not theirs"


def test_a_check_of_another_child_is_not_there(receipt):
    other = child()
    check = FamilyCheck.objects.get()
    officer = client_of(council_member(Role.CASEWORKER))
    address = reverse("child-family-check", kwargs={"ref": other.ref, "check": check.pk})
    assert officer.get(address).status_code == 404


def test_is_never_settled_without_a_reason_nor_seen_by_whom_it_is_about(who, receipt):
    check = FamilyCheck.objects.get()
    with pytest.raises(actions.ReasonMissing):
        actions.settle_who(check_id=check.pk, is_theirs=True, reason=" ", by=SYSTEM, at=NOW)
    assert not children.family_checks(person=who, on=TODAY).exists()
    assert children.family_check(check.pk, child_id=check.child_id, person=who, on=TODAY) is None


@pytest.mark.parametrize("part", [{"is_theirs": True}, {"reason": "So"}, {"settled_at": NOW}])
def test_a_decision_stands_whole_or_not_at_all(receipt, part):
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyCheck.objects.update(**part)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_same_moment_make_one_decision():
    who, officer = parent(), council_member(Role.CASEWORKER)
    one = child()
    check = actions.ask_who(
        child_id=one.pk,
        person_id=who.pk,
        relation="parent",
        because="R-1",
        follows=True,
        by=who,
        at=NOW,
    )
    together = Barrier(2)

    def settle(is_theirs):
        try:
            together.wait(timeout=10)
            actions.settle_who(
                check_id=check.pk, is_theirs=is_theirs, reason="Rang", by=officer, at=NOW
            )
        except actions.SettledAlready:
            return "told"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(settle, (True, False))) == ["done", "told"]
    check.refresh_from_db()
    assert bool(children.parents_of(one.pk, on=TODAY)) is check.is_theirs
