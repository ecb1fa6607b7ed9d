"""Staff registers: which checks a role needs, cover on a day, confirmation, and the letter."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.people import SYSTEM
from flsf.market.staff import actions, queries, rules
from flsf.market.staff.enums import Confirmation, Level, StaffRole, role_bit
from flsf.market.staff.models import Assurance, Member, StaffNeed
from flsf.market.staff.rules import Need, NewMember, Shown
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DBS = "001234567890"


def add(of=None, **given):
    usual = {
        "provider_id": (of or provider()).pk,
        "name": "Robin Ellwood",
        "role": StaffRole.MENTOR,
        "since": TODAY - 10 * DAY,
        "unsupervised": True,
    }
    return actions.add(member=NewMember(**usual | given), by=SYSTEM, at=NOW)


def record(one, code="dbs", **changed):
    said = {
        "number": DBS if code == "dbs" else "",
        "level": Level.ENHANCED_BARRED if code == "dbs" else None,
        "checked_on": TODAY - 20 * DAY,
        "expires_on": TODAY + 300 * DAY if code == "dbs" else None,
        "seen_by": "Nadia Hussain",
    }
    actions.record_check(member_id=one.pk, code=code, by=SYSTEM, at=NOW, **said | changed)


def check_all(one, on=TODAY):
    for check in seen(one, on).checks:
        if not check.holds:
            record(one, check.code)


def confirm(one, confirmation=Confirmation.CONFIRMED, **changed):
    said = {"reason": "Record sampled.", "by": council_member(), "at": NOW}
    return actions.confirm(member_id=one.pk, confirmation=confirmation, **said | changed)


def seen(one, on=TODAY):
    return queries.with_ref(one.ref, person=SYSTEM, on=on)


def ready(of=None, **given):
    one = add(of, **given)
    check_all(one)
    confirm(one)
    return one


TEACHES = {"identity", "dbs", "right-to-work", "qualifications", "fitness", "references"}


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        (StaffRole.OFFICE, {"identity", "right-to-work", "references"}),
        (StaffRole.VOLUNTEER, {"identity", "dbs", "references"}),
        (StaffRole.GOVERNOR, {"identity", "dbs", "section-128"}),
        (StaffRole.MENTOR, {"identity", "dbs", "right-to-work", "fitness", "references"}),
        (StaffRole.TEACHER, TEACHES | {"prohibition"}),
        (StaffRole.THERAPIST, TEACHES),
    ],
)
def test_what_a_person_does_decides_what_they_need(role, asked):
    one = add(role=role)
    assert {check.code for check in seen(one).checks} == asked
    abroad = add(name="Sam Oakden", role=role, lived_abroad=True)
    more = set() if role in {StaffRole.OFFICE, StaffRole.GOVERNOR} else {"overseas"}
    assert {check.code for check in seen(abroad).checks} == asked | more


def test_a_need_begins_and_ends_on_its_days():
    one = add()
    StaffNeed.objects.filter(code="fitness").update(until=TODAY - DAY)
    StaffNeed.objects.filter(code="references").update(in_force_from=TODAY + DAY)
    codes = {check.code for check in seen(one).checks}
    assert not codes & {"fitness", "references"}
    assert "references" in {check.code for check in seen(one, TODAY + DAY).checks}


def test_somebody_alone_with_children_needs_every_check_and_the_councils_word():
    one = add()
    assert seen(one).why_not.startswith("Not in date: Enhanced DBS check")
    check_all(one)
    assert seen(one).why_not == "The council has not confirmed them yet"
    assert [each.ref for each in queries.waiting(person=SYSTEM, on=TODAY)] == [one.ref]
    confirm(one)
    assert seen(one).why_not == ""
    assert queries.waiting(person=SYSTEM, on=TODAY) == []


def test_nobody_teaches_alone_whose_qualifications_were_not_seen():
    one = add(role=StaffRole.TEACHER)
    for check in seen(one).checks:
        if check.code != "qualifications":
            record(one, check.code)
    assert seen(one).why_not == "Not in date: Qualifications"
    record(one, "qualifications")
    confirm(one)
    assert seen(one).why_not == ""


def test_without_the_barred_list_a_check_is_not_enough_for_somebody_alone():
    alone, beside = add(), add(name="Sam Oakden", unsupervised=False)
    for one in (alone, beside):
        record(one, level=Level.ENHANCED)
    holds = [
        next(check.holds for check in seen(one).checks if check.code == "dbs")
        for one in (alone, beside)
    ]
    assert holds == [False, True]


def test_cover_is_asked_for_each_day_in_three_questions(django_assert_num_queries):
    of = provider()
    mentor, stranger = member_of(of.organisation), member_of(of.organisation)
    one = ready(of, user_id=mentor.pk)
    days = [TODAY + 300 * DAY, TODAY + 301 * DAY, TODAY - 11 * DAY]
    with django_assert_num_queries(3):
        found = queries.cover(
            [*((of.pk, mentor.pk, day) for day in days), (of.pk, stranger.pk, TODAY)]
        )
    assert found == {
        (of.pk, mentor.pk, days[0]): "",
        (of.pk, mentor.pk, days[1]): "Not in date: Enhanced DBS check",
        (of.pk, mentor.pk, days[2]): queries.NOT_LISTED,
        (of.pk, stranger.pk, TODAY): queries.NOT_LISTED,
    }
    actions.leave(member_id=one.pk, last_day=TODAY, by=SYSTEM, at=NOW)
    after = (of.pk, mentor.pk, TODAY + DAY)
    assert queries.cover([after]) == {after: queries.NOT_LISTED}


@pytest.mark.parametrize("many", [1, 3])
def test_a_register_costs_three_questions(many, django_assert_num_queries):
    of = provider()
    for number in range(many):
        record(add(of, name=f"Person {number}"))
    with django_assert_num_queries(3):
        assert len(queries.register(of.pk, person=SYSTEM, on=TODAY)) == many


def test_a_provider_sees_its_own_people_alone():
    of, other = provider(), provider()
    add(of)
    assert queries.register(of.pk, person=member_of(of.organisation), on=TODAY) != []
    assert queries.register(of.pk, person=member_of(other.organisation), on=TODAY) == []


def test_adding_refused():
    of = provider()
    user = member_of(of.organisation)
    add(of, user_id=user.pk)
    with pytest.raises(actions.NameMissing):
        add(of, name="  ")
    with pytest.raises(actions.AlreadyListed):
        add(of, name="robin ellwood")
    with pytest.raises(actions.AlreadyListed):
        add(of, name="Another", user_id=user.pk)


def test_leaving_refused():
    one = add()
    with pytest.raises(actions.LeftBeforeStart):
        actions.leave(member_id=one.pk, last_day=TODAY - 11 * DAY, by=SYSTEM, at=NOW)
    actions.leave(member_id=one.pk, last_day=TODAY, by=SYSTEM, at=NOW)
    with pytest.raises(actions.AlreadyLeft):
        actions.leave(member_id=one.pk, last_day=TODAY, by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"code": "no-such"}, actions.NoSuchCheck),
        ({"checked_on": TODAY + DAY}, actions.NotYetDone),
        ({"expires_on": TODAY - 21 * DAY}, actions.DatesOutOfOrder),
        ({"number": "123"}, actions.NumberDoesNotFit),
        ({"number": "No convictions"}, actions.NumberDoesNotFit),
        ({"level": None}, actions.LevelMissing),
        ({"seen_by": " "}, actions.SeenByMissing),
    ],
)
def test_a_check_is_not_recorded(changed, refusal):
    one = add()
    with pytest.raises(refusal):
        record(one, **changed)
    assert not any(check.holds for check in seen(one).checks)


def test_a_number_may_be_typed_with_spaces():
    one = add()
    record(one, number="0012 3456 7890")
    assert next(check.number for check in seen(one).checks if check.code == "dbs") == DBS


def test_confirming_refused():
    one, beside = add(), add(name="Sam Oakden", unsupervised=False)
    with pytest.raises(actions.NeedsAPerson):
        confirm(one, by=SYSTEM)
    with pytest.raises(actions.ReasonMissing):
        confirm(one, reason=" ")
    with pytest.raises(actions.NotWaiting):
        confirm(beside)
    with pytest.raises(actions.StaffNotChecked, match="Robin Ellwood"):
        confirm(one)
    confirm(one, Confirmation.NOT_CONFIRMED)
    check_all(one)
    confirm(one)
    with pytest.raises(actions.NotWaiting):
        confirm(one)


def test_half_a_confirmation_cannot_be_kept():
    one = add()
    with pytest.raises(IntegrityError):
        Member.objects.filter(pk=one.pk).update(confirmation="confirmed")


def test_a_letter_says_who_and_what_and_holds_until_the_first_check_runs_out():
    of = provider("Heron Trust")
    ready(of)
    manager = member_of(of.organisation)
    actions.give_assurance(provider_id=of.pk, by=manager, at=NOW)
    letter = queries.letter(of.pk, on=TODAY)
    assert letter.expires_on == TODAY + 300 * DAY
    assert [one["name"] for one in letter.people] == ["Robin Ellwood"]
    assert "Enhanced DBS check" in letter.people[0]["checks"]
    assert queries.letter(of.pk, on=TODAY + 301 * DAY) is None
    assert DBS not in str(letter.people)


def test_a_letter_refused():
    of = provider()
    manager = member_of(of.organisation)
    with pytest.raises(actions.NeedsAPerson):
        actions.give_assurance(provider_id=of.pk, by=SYSTEM, at=NOW)
    with pytest.raises(actions.NobodyListed):
        actions.give_assurance(provider_id=of.pk, by=manager, at=NOW)
    add(of)
    with pytest.raises(actions.StaffNotChecked, match="Not yet: Robin Ellwood"):
        actions.give_assurance(provider_id=of.pk, by=manager, at=NOW)
    assert not Assurance.objects.exists()


def test_a_letter_is_seen_by_the_council_and_by_its_provider():
    of, other = provider(), provider()
    ready(of)
    actions.give_assurance(provider_id=of.pk, by=member_of(of.organisation), at=NOW)
    see = Assurance.objects.visible_to
    assert see(council_member()).count() == 1
    assert see(member_of(of.organisation)).count() == 1
    assert see(member_of(other.organisation)).count() == 0
    assert see(member_of(None, Role.PARENT)).count() == 0


def test_registers_kept_elsewhere_are_taken_in_as_found():
    of = provider()
    new = NewMember(
        provider_id=of.pk,
        name="Robin Ellwood",
        role=StaffRole.OFFICE,
        since=TODAY,
        unsupervised=False,
        is_confirmed=True,
        checks=((Shown("identity", TODAY, None), ""),),
    )
    with pytest.raises(actions.NeedsAPerson):
        actions.take_in_many(members=[new], by=SYSTEM, at=NOW)
    [made] = actions.take_in_many(members=[new], by=council_member(), at=NOW)
    assert [c.code for c in seen(made).checks if c.holds] == ["identity"]


days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(
    checked_on=days,
    expires_on=st.none() | days,
    on=days,
    role=st.sampled_from(list(StaffRole)),
    mask=st.integers(0, 127),
)
def test_nothing_is_lacking_that_is_not_asked_or_that_holds(checked_on, expires_on, on, role, mask):
    need = Need("x", "X", mask, abroad_only=False, in_force_from=date(2026, 1, 1), until=None)
    lacking = rules.lacking(
        [need],
        [Shown("x", checked_on, expires_on)],
        role=role,
        unsupervised=True,
        lived_abroad=False,
        on=on,
    )
    asked = bool(mask & role_bit(role)) and on >= date(2026, 1, 1)
    holds = checked_on <= on and (expires_on is None or on <= expires_on)
    assert lacking == (["X"] if asked and not holds else [])


@given(expiries=st.lists(st.none() | days), given_on=days)
def test_a_letter_never_outlives_what_it_says(expiries, given_on):
    until = rules.letter_until(expiries, given_on=given_on)
    assert until <= given_on + 365 * DAY
    assert all(until <= day for day in expiries if day is not None)
