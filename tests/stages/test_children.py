from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.casework.children import actions, queries
from flsf.casework.children.enums import Basis, Detail, Schooling, Tag
from flsf.casework.children.models import Child, Disclosure
from flsf.core.needs import Need
from flsf.core.people import SYSTEM
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from flsf.shared.places.models import Postcode
from tests.factories import NOW, TODAY, council_member, organisation
from tests.factories_casework import (
    child,
    contact,
    disclosed,
    facts,
    pupil,
    referral,
    school,
    senco,
)

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


def tags(one):
    return list(
        AuditEntry.objects.filter(subject=f"child {one.ref}")
        .order_by("pk")
        .values_list("tag", flat=True)
    )


def test_a_child_is_added_with_its_place_on_the_grid():
    Postcode.objects.create(postcode="ZZ1 1AA", easting=400000, northing=290000)
    one = child(postcode="zz11aa", upn="b801 200005001", needs=frozenset({Need.ASD, Need.MED}))
    assert (one.postcode, one.easting, one.northing) == ("ZZ1 1AA", 400000, 290000)
    assert one.upn == "B801200005001"
    assert one.needs == [Need.ASD, Need.MED]
    assert tags(one) == [Tag.ADDED]


def test_nothing_of_the_child_is_written_into_the_record_of_what_was_done():
    child(first_name="Zebedee", last_name="Quillfeather")
    assert not AuditEntry.objects.filter(details__icontains="quillfeather").exists()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"birth_date": TOMORROW}, actions.NotAChild),
        ({"birth_date": date(2000, 5, 15)}, actions.NotAChild),
        ({"schooling": Schooling.ON_ROLL}, actions.SchoolMissing),
        ({"upn": "B801200005001"}, actions.UpnTaken),
    ],
)
def test_a_child_that_cannot_be(given, refusal):
    child(upn="B801200005001")
    with pytest.raises(refusal):
        child(**given)
    assert Child.objects.count() == 1


def test_changing_nothing_leaves_no_trace_and_changing_something_says_what():
    before = facts()
    one = actions.add_child(facts=before, by=SYSTEM, at=NOW)
    assert actions.change(child_id=one.pk, facts=before, by=SYSTEM, at=NOW) == []
    after = facts(
        first_name=before.first_name,
        last_name=before.last_name,
        birth_date=before.birth_date,
        strengths="Draws well",
    )
    assert actions.change(child_id=one.pk, facts=after, by=SYSTEM, at=NOW) == ["strengths"]
    entry = AuditEntry.objects.get(tag=Tag.CHANGED)
    assert entry.details == {"columns": ["strengths"]}


def test_a_school_the_child_has_left_sees_it_no_longer():
    old, new = school(), school()
    one = pupil(old)
    disclosed(one, organisation_id=old.organisation_id, basis=Basis.ON_ROLL, since=date(2026, 1, 5))
    assert queries.with_ref(one.ref, person=senco(old), on=TODAY) == one
    moved = facts(schooling=Schooling.ON_ROLL, school_id=new.pk, birth_date=one.birth_date)
    actions.change(child_id=one.pk, facts=moved, by=SYSTEM, at=NOW)
    assert queries.with_ref(one.ref, person=senco(old), on=TODAY) is None


@pytest.mark.parametrize("since", [Schooling.HOME_EDUCATED, Schooling.NO_SCHOOL])
def test_a_school_whose_roll_the_child_left_for_no_other_sees_it_no_longer(since):
    old = school()
    one = pupil(old)
    disclosed(one, organisation_id=old.organisation_id, basis=Basis.ON_ROLL, since=date(2026, 1, 5))
    left = facts(schooling=since, school_id=old.pk, birth_date=one.birth_date)
    actions.change(child_id=one.pk, facts=left, by=SYSTEM, at=NOW)
    assert queries.with_ref(one.ref, person=senco(old), on=TODAY) is None


def test_a_school_that_was_never_the_childs_sees_it_no_longer_once_its_school_is_known():
    asked, own = school(), school()
    one = child()
    disclosed(one, organisation_id=asked.organisation_id, basis=Basis.ON_ROLL)
    known = facts(schooling=Schooling.ON_ROLL, school_id=own.pk, birth_date=one.birth_date)
    actions.change(child_id=one.pk, facts=known, by=SYSTEM, at=NOW)
    assert queries.with_ref(one.ref, person=senco(asked), on=TODAY) is None


def test_a_contact_and_a_worker_are_recorded():
    one, worker = child(), council_member(Role.CASEWORKER)
    actions.add_contact(child_id=one.pk, contact=contact(), by=SYSTEM, at=NOW)
    for _ in range(2):
        actions.name_worker(child_id=one.pk, worker_id=worker.pk, by=SYSTEM, at=NOW)
    assert [who.name for who in queries.contacts(one.pk, person=worker, on=TODAY)] == [
        "Robin Hollis"
    ]
    assert queries.with_ref(one.ref, person=worker, on=TODAY).named_worker == worker
    assert tags(one) == [Tag.ADDED, Tag.CONTACT_ADDED, Tag.WORKER_NAMED]


def test_the_same_disclosure_twice_is_one():
    one, place = child(), organisation()
    assert disclosed(one, organisation_id=place.pk) == disclosed(one, organisation_id=place.pk)


def test_a_disclosure_does_not_end_before_it_begins():
    with pytest.raises(actions.AlreadyEnded):
        disclosed(child(), organisation_id=organisation().pk, until=TODAY - timedelta(days=1))


def test_closing_ends_what_that_reference_opened_and_nothing_else():
    one, place = child(), organisation()
    first = disclosed(one, organisation_id=place.pk, because="A-AAAAA", since=date(2026, 5, 1))
    later = disclosed(
        one,
        organisation_id=place.pk,
        because="A-AAAAA",
        since=date(2026, 6, 1),
        detail=Detail.FULL,
    )
    other = disclosed(one, organisation_id=place.pk, because="A-BBBBB")

    def close():
        return actions.close_disclosures(because="A-AAAAA", last_day=TODAY, by=SYSTEM, at=NOW)

    assert (close(), close()) == (2, 0)
    for made in (first, later, other):
        made.refresh_from_db()
    assert (first.until, later.until, other.until) == (TODAY, date(2026, 5, 31), None)
    assert tags(one).count(Tag.DISCLOSURE_CLOSED) == 2


@pytest.mark.parametrize("to", [{}, {"organisation": True, "person": True}])
def test_the_database_discloses_to_exactly_one(to):
    place, person, one = organisation(), council_member(), child()
    with pytest.raises(IntegrityError, match="disclosed_to_one"), transaction.atomic():
        Disclosure.objects.create(
            child=one,
            organisation=place if to else None,
            person=person if to else None,
            detail=Detail.FULL,
            basis=Basis.PLACED,
            since=TODAY,
            opened_at=NOW,
        )


def test_possible_duplicates_by_number_or_by_name_and_birth_date():
    one = child(
        first_name="Seán", preferred_name="Sean", last_name="Mac-Bride", upn="B801200005001"
    )

    def same(**given):
        asked = {"first_name": "x", "last_name": "y", "birth_date": one.birth_date} | given
        return queries.possible_duplicates(**asked, person=SYSTEM, on=TODAY)

    assert same(upn="b801200005001", birth_date=TODAY) == [one]
    assert same(first_name="sean", last_name="MACBRIDE") == [one]
    assert same(first_name="sean", last_name="MACBRIDE", birth_date=TODAY) == []
    assert same() == []


def test_many_are_taken_in_at_a_fixed_cost_and_can_be_taken_back(django_assert_num_queries):
    def taken_in(number):
        return actions.take_in_many(children=[facts() for _ in range(number)], by=SYSTEM, at=NOW)

    # Savepoint and release, numbers not asked for; references, rows, record.
    with django_assert_num_queries(5):
        taken_in(3)
    with django_assert_num_queries(5):
        ids = taken_in(300)
    kept = referral(Child.objects.get(pk=taken_in(1)[0]))
    with pytest.raises(actions.StillNeeded):
        actions.take_back_many(child_ids=[*ids, kept.child_id], by=SYSTEM, at=NOW)
    assert Child.objects.count() == 304
    actions.take_back_many(child_ids=ids, by=SYSTEM, at=NOW)
    assert Child.objects.count() == 4


def test_many_with_the_same_number_are_not_taken_in():
    twice = [facts(upn="B801200005001"), facts(upn="B801200005001")]
    with pytest.raises(actions.UpnTaken):
        actions.take_in_many(children=twice, by=SYSTEM, at=NOW)
    assert not Child.objects.exists()
