"""Whether a child stays: asked once, decided once, over when its cause is gone."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.people import SYSTEM
from flsf.delivery.continuity import actions, queries, rules
from flsf.delivery.continuity.enums import Cause, Choice, Ended, Standing
from flsf.delivery.continuity.models import Continuity
from flsf.delivery.continuity.rules import Asked, Needed
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.queries import history_of
from tests.factories import NOW, TODAY, council_member
from tests.factories_delivery import manager, running

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
ABOUT = "Not in date: Public liability insurance"


def ask(*placements, cause=Cause.CHECK_LAPSED, at=NOW):
    needed = [Needed(one.pk, cause, ABOUT) for one in placements]
    return actions.ask_many(needed=needed, due_on=TODAY + 2 * DAY, by=SYSTEM, at=at)


def decide(one, choice=Choice.KEEP, **changed):
    said = {
        "choice": choice,
        "reason": "Cover is confirmed by telephone.",
        "review_on": TODAY + 14 * DAY if choice is Choice.KEEP else None,
        "by": council_member(Role.CASEWORKER),
        "at": NOW,
    }
    return actions.decide(continuity_id=one.pk, **said | changed)


def seen(one):
    return queries.with_ref(one.ref, person=SYSTEM, on=TODAY)


def test_a_placement_is_asked_about_once_for_each_cause():
    placement = running()
    [made] = ask(placement)
    assert ask(placement) == []
    assert len(ask(placement, cause=Cause.SUSPENDED)) == 1
    assert seen(made).standing is Standing.TO_DECIDE
    assert seen(made).due_on == TODAY + 2 * DAY
    assert len(queries.standing_for([placement.pk])[placement.pk]) == 2


def test_the_database_itself_refuses_a_second():
    [made] = ask(running())
    made.pk, made.ref = None, "K-OTHER"
    with pytest.raises(IntegrityError):
        made.save(force_insert=True)


@pytest.mark.parametrize(
    "half",
    [
        {"choice": "keep"},
        {"choice": "move", "reason": "Because."},
        {"reason": "Because."},
        {"ended_on": TODAY},
        {"ended_because": "lifted"},
    ],
)
def test_the_database_refuses_half_a_decision(half):
    [made] = ask(running())
    with pytest.raises(IntegrityError):
        Continuity.objects.filter(pk=made.pk).update(**half)


def test_to_keep_sets_the_day_to_look_again():
    officer = council_member(Role.CASEWORKER)
    [made] = ask(running())
    decide(made, by=officer)
    found = seen(made)
    assert (found.standing, found.review_on) == (Standing.KEPT, TODAY + 14 * DAY)
    assert found.decided_by == officer.name
    tags = [entry.tag for entry in history_of(f"continuity {made.ref}", person=officer)]
    assert tags == ["delivery:continuity:decided"]


def test_to_move_sets_none():
    [made] = ask(running())
    decide(made, Choice.MOVE, review_on=TODAY + 14 * DAY)
    assert (seen(made).standing, seen(made).review_on) == (Standing.TO_MOVE, None)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"by": SYSTEM}, actions.NeedsAPerson),
        ({"reason": "  "}, actions.ReasonMissing),
        ({"review_on": None}, actions.ReviewMissing),
        ({"review_on": TODAY}, actions.ReviewMissing),
        ({"review_on": TODAY + 43 * DAY}, actions.ReviewMissing),
    ],
)
def test_refused(changed, refusal):
    [made] = ask(running())
    with pytest.raises(refusal):
        decide(made, **changed)
    assert seen(made).is_open


def test_the_second_to_decide_is_told_who_was_first():
    first = council_member(Role.CASEWORKER)
    [made] = ask(running())
    decide(made, by=first)
    with pytest.raises(actions.AlreadyDecided) as refused:
        decide(made, Choice.MOVE)
    assert str(refused.value) == f"{first.name} has decided this already: keep the place for now."


def test_what_evidence_has_settled_needs_no_decision():
    placement = running()
    [made] = ask(placement)
    actions.end(placement_ids=[placement.pk], because=Ended.EVIDENCE, by=SYSTEM, at=NOW)
    with pytest.raises(actions.NoLongerNeeded) as refused:
        decide(made)
    assert str(refused.value).endswith("New evidence was seen.")
    assert seen(made).standing is Standing.OVER


def test_to_end_again_changes_nothing_and_other_causes_stand():
    placement = running()
    ask(placement)
    [other] = ask(placement, cause=Cause.SUSPENDED)
    over = {"placement_ids": [placement.pk], "because": Ended.EVIDENCE, "by": SYSTEM, "at": NOW}
    assert actions.end(cause=Cause.CHECK_LAPSED, **over) == 1
    assert actions.end(cause=Cause.CHECK_LAPSED, **over) == 0
    assert seen(other).is_open


def test_a_place_that_was_kept_is_asked_about_on_its_day_and_not_before():
    placement = running()
    [made] = ask(placement)
    decide(made)
    assert ask(placement, at=NOW + 13 * DAY) == []
    [again] = ask(placement, at=NOW + 14 * DAY)
    assert again.ref != made.ref
    assert seen(made).ended_because is Ended.REVIEW_DUE


def test_a_new_lapse_is_asked_about_although_an_old_one_was_decided():
    placement = running()
    [made] = ask(placement)
    decide(made)
    actions.end(placement_ids=[placement.pk], because=Ended.EVIDENCE, by=SYSTEM, at=NOW)
    assert len(ask(placement)) == 1


def test_lists_are_narrowed_and_a_provider_sees_its_own_alone():
    mine, theirs = running(), running()
    made, _ = ask(mine, theirs)
    decide(made)

    def listed(person=SYSTEM, **only):
        return {one.placement_ref for one in queries.listed(person=person, on=TODAY, **only)}

    assert listed() == {mine.ref, theirs.ref}
    assert listed(standing=Standing.KEPT) == {mine.ref}
    assert listed(standing=Standing.TO_DECIDE) == {theirs.ref}
    assert listed(standing=Standing.OVER) == set()
    assert listed(provider_ref=theirs.provider.ref) == {theirs.ref}
    assert listed(manager(mine)) == {mine.ref}


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_one_query(many, django_assert_num_queries):
    ask(*(running() for _ in range(many)))
    with django_assert_num_queries(1):
        queries.listed(person=SYSTEM, on=TODAY)


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(choice=st.sampled_from([None, *Choice]), review_on=st.none() | days, on=days)
def test_nothing_is_asked_twice_at_a_time(choice, review_on, on):
    again = rules.must_ask(Asked(choice, review_on), on=on)
    assert again == (choice is Choice.KEEP and review_on is not None and review_on <= on)
    assert rules.must_ask(None, on=on)
