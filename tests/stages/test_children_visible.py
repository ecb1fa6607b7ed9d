"""Who sees a child: against an oracle that reads rows one by one and knows no SQL."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flsf.casework.children import queries
from flsf.casework.children.enums import Basis, Care, Detail
from flsf.casework.children.models import Child, Contact, Disclosure
from flsf.casework.referrals.models import Referral
from flsf.casework.timetable.models import Booking
from flsf.core.people import SYSTEM, VISITOR
from flsf.shared.accounts.enums import OrganisationKind, Role
from tests.factories import TODAY, member_of, organisation, user
from tests.factories_casework import child, disclosed, referral

pytestmark = pytest.mark.django_db

SEES_ALL = {Role.CASEWORKER, Role.SAFEGUARDING}
DETAILS = [Detail.SUMMARY, Detail.WORKING, Detail.FULL]


@st.composite
def worlds(draw):
    """Children, people with roles in organisations, and disclosures with days."""
    days = st.integers(-3, 3).map(lambda ahead: TODAY + timedelta(days=ahead))
    disclosures = []
    for _ in range(draw(st.integers(0, 8))):
        since = draw(days)
        ends = draw(st.none() | st.integers(-1, 4))
        disclosures.append(
            {
                "child": draw(st.integers(0, 3)),
                "to_person": draw(st.booleans()),
                "to": draw(st.integers(0, 2)),
                "detail": draw(st.sampled_from(DETAILS)),
                "basis": draw(st.sampled_from(list(Basis))),
                "since": since,
                "until": None if ends is None else since + timedelta(days=ends),
            }
        )
    return {
        "care": draw(st.lists(st.sampled_from(list(Care)), min_size=4, max_size=4)),
        "roles": draw(st.sets(st.sampled_from(list(Role)), max_size=3)),
        "member_of": draw(st.sets(st.integers(0, 2))),
        "disclosures": disclosures,
        "sent_by_them": draw(st.sets(st.integers(0, 3))),
        "day": draw(days),
    }


KINDS = (OrganisationKind.COUNCIL, OrganisationKind.SCHOOL, OrganisationKind.PROVIDER)
HOME = {Role.SENCO: 1, Role.PROVIDER_MANAGER: 2, Role.PRACTITIONER: 2}
FAMILY_ROLES = {Role.PARENT, Role.YOUNG_PERSON}


def built(world):
    """The world in tables; the person who looks has each role where it may be held."""
    places = [organisation(kind) for kind in KINDS]
    looker = user()
    held = set()
    for role in world["roles"]:
        where = None if role in FAMILY_ROLES else HOME.get(role, 0)
        if where is None or where in world["member_of"]:
            looker.memberships.create(
                organisation=None if where is None else places[where], role=role
            )
            held.add((role, where))
    people = [looker, user(), user()]
    children = [child(care=care) for care in world["care"]]
    for one in world["disclosures"]:
        Disclosure.objects.create(
            child=children[one["child"]],
            person=people[one["to"]] if one["to_person"] else None,
            organisation=None if one["to_person"] else places[one["to"]],
            detail=one["detail"],
            basis=one["basis"],
            since=one["since"],
            until=one["until"],
            opened_at="2026-05-15T09:00Z",
        )
    return looker, held, children, places


def open_to_looker(world, held):
    own = {where for _, where in held if where is not None}
    for one in world["disclosures"]:
        started = one["since"] <= world["day"]
        ended = one["until"] is not None and one["until"] < world["day"]
        theirs = one["to"] == 0 if one["to_person"] else one["to"] in own
        if started and not ended and theirs:
            yield one


def expected(world, held):
    """The oracle: for each child the widest detail, or nothing."""
    roles = {role for role, _ in held}
    told = {}
    for index, care in enumerate(world["care"]):
        details = [one["detail"] for one in open_to_looker(world, held) if one["child"] == index]
        if roles & SEES_ALL or (Role.VIRTUAL_SCHOOL in roles and care != Care.NONE):
            details.append(Detail.FULL)
        if details:
            told[index] = max(details, key=DETAILS.index)
    return told


def referrals_expected(world, held):
    roles = {role for role, _ in held}
    seen = set()
    opened = list(open_to_looker(world, held))
    for index, care in enumerate(world["care"]):
        bases = {one["basis"] for one in opened if one["child"] == index}
        visible = index in expected(world, held)
        if (
            roles & SEES_ALL
            or (Role.VIRTUAL_SCHOOL in roles and care != Care.NONE)
            or bases & {Basis.PARENT_OF, Basis.SELF}
            or (visible and index in world["sent_by_them"])
        ):
            seen.add(index)
    return seen


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_nobody_sees_a_child_but_by_role_or_an_open_disclosure(world):
    looker, held, children, _ = built(world)
    day = world["day"]
    made = [one.pk for one in children]
    visible = set(Child.objects.visible_to(looker, on=day).filter(pk__in=made))
    told = expected(world, held)
    assert visible == {children[index] for index in told}
    details = queries.details_for(made, person=looker, on=day)
    assert details == {children[index].pk: detail for index, detail in told.items()}
    named = queries.named(made, person=looker, on=day)
    assert {pk for pk, one in named.items() if one.known_as} == {
        children[index].pk for index, detail in told.items() if detail != Detail.SUMMARY
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_nobody_reads_a_referral_but_casework_whoever_sent_it_and_the_family(world):
    looker, held, children, _ = built(world)
    sent = [
        referral(one, by=looker if index in world["sent_by_them"] else SYSTEM)
        for index, one in enumerate(children)
    ]
    made = Referral.objects.filter(pk__in=[one.pk for one in sent])
    visible = set(made.visible_to(looker, on=world["day"]))
    assert visible == {sent[index] for index in referrals_expected(world, held)}


def test_a_provider_sees_what_is_open_and_on_the_day_after_nothing_at_all():
    place = organisation()
    mentor, one = member_of(place, Role.PRACTITIONER), child()
    disclosed(one, organisation_id=place.pk, until=TODAY)
    seen = referral(one)
    assert queries.with_ref(one.ref, person=mentor, on=TODAY) == one
    assert not Referral.objects.visible_to(mentor, on=TODAY).filter(pk=seen.pk).exists()
    tomorrow = TODAY + timedelta(days=1)
    for table in (Child, Contact, Disclosure, Booking, Referral):
        assert not table.objects.visible_to(mentor, on=tomorrow).exists()
    assert queries.named([one.pk], person=mentor, on=tomorrow) == {}


def test_a_visitor_sees_nothing_even_of_what_has_no_owner():
    disclosed(child(), organisation_id=organisation().pk)
    referral()
    assert not Child.objects.visible_to(VISITOR, on=TODAY).exists()
    assert not Referral.objects.visible_to(VISITOR, on=TODAY).exists()


def test_a_name_is_not_found_by_those_who_may_not_know_it():
    place = organisation()
    manager, one = member_of(place), child(first_name="Amara", last_name="Whitlock")
    disclosed(one, organisation_id=place.pk, detail=Detail.SUMMARY)
    assert list(queries.search(person=manager, on=TODAY)) == [one]
    assert list(queries.search(person=manager, on=TODAY, words="whit")) == []
    disclosed(one, organisation_id=place.pk, detail=Detail.WORKING)
    assert list(queries.search(person=manager, on=TODAY, words="whit amara")) == [one]
