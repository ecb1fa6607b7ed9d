"""Contract review meetings, what was agreed there, and when the next is due."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.core.people import SYSTEM
from flsf.mandate.law import actions as law
from flsf.mandate.law.enums import Key
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.models import Admission
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation.queries import KeptFromIt
from flsf.market.reviews import actions as reviews
from flsf.market.reviews.enums import Outcome, Subject
from flsf.market.reviews.rules import NewReview
from flsf.oversight.escalations import actions as escalations
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.oversight.escalations.rules import NewStep
from flsf.oversight.meetings import actions, queries
from flsf.oversight.meetings.enums import Side, Standing, Status, Tag
from flsf.oversight.meetings.models import AgreedAction, AgreedStep, Meeting, MeetingAccount
from flsf.oversight.meetings.rules import NewAction
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_applications import applicant
from tests.factories_evaluation import opened, scene
from tests.factories_market import admitted, provider, require, shown, suspended
from tests.factories_meetings import agreed, in_pool, meeting, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def of():
    made = provider("Heron")
    in_pool(made)
    return made


@pytest.fixture
def officer():
    return council_member(Role.COMMISSIONER)


def record(of, by, **changed):
    return actions.record(provider_id=of.pk, meeting=told(**changed), by=by, at=NOW)


def timing(of, on=TODAY):
    [found] = queries.timings(person=SYSTEM, on=on, provider_id=of.pk)
    return found


def step(one):
    found = queries.action_with_ref(one.ref, person=SYSTEM)
    assert found is not None
    return found.latest


# --- Meetings ---


def test_a_meeting_is_on_record_as_it_was_told(of, officer):
    made = record(of, officer, income_pence=40_000_000, leaving=" They stop music in July. ")
    one = queries.with_ref(made.ref, person=officer)
    assert one is not None
    assert (one.told.held_on, one.told.told_by) == (TODAY, officer.name)
    assert one.told.income_pence == 40_000_000
    assert one.told.leaving == "They stop music in July."
    assert one.earlier == ()
    assert AuditEntry.objects.get(tag=Tag.HELD).subject == f"meeting {made.ref}"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"held_on": TODAY + DAY}, actions.MeetingToCome),
        ({"held_on": TODAY - 31 * DAY}, actions.NotAdmittedThen),
        ({"attended": " "}, actions.AttendedMissing),
        ({"topics": ()}, actions.TopicsMissing),
        ({"notes": "  "}, actions.NotesMissing),
        ({"income_pence": -1}, actions.IncomeNotSensible),
        ({"income_pence": 100_000_000_001}, actions.IncomeNotSensible),
    ],
)
def test_a_meeting_that_cannot_have_been_is_refused(of, officer, changed, refusal):
    with pytest.raises(refusal):
        record(of, officer, **changed)
    assert not Meeting.objects.exists()


def test_the_first_day_in_the_pool_is_early_enough(of, officer):
    assert record(of, officer, held_on=TODAY - 30 * DAY)


def test_nobody_is_met_before_they_are_admitted(officer):
    with pytest.raises(actions.NotAdmittedThen):
        record(provider(), officer)


def test_a_person_records_it(of):
    with pytest.raises(actions.NeedsAPerson):
        record(of, SYSTEM)


def test_one_day_has_one_meeting(of, officer):
    record(of, officer)
    with pytest.raises(actions.MetThatDay):
        record(of, officer)
    other = provider()
    admitted(other)
    assert record(other, officer)


def interested(of):
    """Somebody who declared an interest when what the provider sent was marked."""
    at = scene()
    made = opened(at, applicant(of.organisation))
    sister = council_member(Role.COMMISSIONER)
    said = {"evaluation_id": made.pk, "at": NOW}
    evaluation.assign(person_id=sister.pk, by=at.first, **said)
    evaluation.declare(has_interest=True, interest="My sister.", by=sister, **said)
    return sister


def test_whoever_has_an_interest_in_the_provider_keeps_away(of):
    sister, held = interested(of), meeting(of)
    action = agreed(held)
    seen = {"action_id": action.pk, "seen_id": step(action).id, "by": sister, "at": NOW}
    for act in (
        lambda: record(of, sister),
        lambda: correct(held, sister, notes="Other."),
        lambda: actions.agree(meeting_id=held.pk, action=AGREED, by=sister, at=NOW),
        lambda: actions.finish(done_on=TODAY, words="", **seen),
        lambda: actions.drop(because="So.", **seen),
        lambda: actions.find_not_done(words="So.", **seen),
        lambda: actions.change(
            owner="A B, clerk", owner_id=None, due_on=TODAY, because="So.", **seen
        ),
    ):
        with pytest.raises(KeptFromIt):
            act()


def correct(held, by, because="A slip.", seen_id=None, **changed):
    last = MeetingAccount.objects.filter(meeting=held).latest("pk")
    return actions.correct(
        meeting_id=held.pk,
        meeting=told(**changed),
        because=because,
        seen_id=seen_id or last.pk,
        by=by,
        at=NOW,
    )


def test_a_correction_takes_the_place_and_what_was_said_stays(of, officer):
    held = meeting(of)
    correct(held, officer, held_on=TODAY - DAY, notes="Claims come in time.")
    one = queries.with_ref(held.ref, person=officer)
    assert one is not None
    assert (one.told.notes, one.told.because) == ("Claims come in time.", "A slip.")
    assert [before.notes for before in one.earlier] == ["Lessons go well. Claims come late."]
    assert timing(of).last_on == TODAY - DAY
    assert AuditEntry.objects.filter(tag=Tag.CORRECTED).count() == 1


def test_a_correction_is_refused_without_a_reason_or_beside_another(of, officer):
    held = meeting(of)
    first = MeetingAccount.objects.get()
    with pytest.raises(actions.ReasonMissing):
        correct(held, officer, because=" ")
    correct(held, officer)
    with pytest.raises(actions.ChangedMeanwhile):
        correct(held, officer, seen_id=first.pk)
    with pytest.raises(actions.MeetingToCome):
        correct(held, officer, held_on=TODAY + DAY)
    meeting(of, TODAY - DAY)
    with pytest.raises(actions.MetThatDay):
        correct(held, officer, held_on=TODAY - DAY)
    with pytest.raises(actions.NeedsAPerson):
        correct(held, SYSTEM)
    assert MeetingAccount.objects.filter(meeting=held).count() == 2


def test_a_meeting_is_not_moved_behind_what_was_due_from_it(of, officer):
    held = meeting(of, TODAY - 9 * DAY)
    agreed(held, due_on=TODAY - 5 * DAY)
    with pytest.raises(actions.HeldAfterDue):
        correct(held, officer, held_on=TODAY)
    assert correct(held, officer, held_on=TODAY - 5 * DAY)


# --- What was agreed ---

AGREED = NewAction(
    side=Side.PROVIDER, what="Send claims.", owner="Rosa Bell, manager", due_on=TODAY + DAY
)


def test_an_action_has_an_owner_and_a_day(of, officer):
    held = meeting(of)
    made = actions.agree(meeting_id=held.pk, action=AGREED, by=officer, at=NOW)
    found = queries.action_with_ref(made.ref, person=officer)
    assert found is not None
    assert (found.side, found.what, found.latest.owner) == (
        Side.PROVIDER,
        "Send claims.",
        "Rosa Bell, manager",
    )
    assert (found.is_late(TODAY + DAY), found.is_late(TODAY + 2 * DAY)) == (False, True)
    assert found.standing(TODAY + 2 * DAY) == "Overdue"
    assert AuditEntry.objects.get(tag=Tag.AGREED).subject == f"agreed action {made.ref}"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"what": " "}, actions.WhatMissing),
        ({"owner": " "}, actions.OwnerMissing),
        ({"due_on": TODAY - DAY}, actions.DueBeforeMeeting),
    ],
)
def test_an_action_that_makes_no_sense_is_refused(of, officer, changed, refusal):
    held = meeting(of)
    action = replace(AGREED, **changed)
    with pytest.raises(refusal):
        actions.agree(meeting_id=held.pk, action=action, by=officer, at=NOW)
    with pytest.raises(actions.NeedsAPerson):
        actions.agree(meeting_id=held.pk, action=AGREED, by=SYSTEM, at=NOW)
    assert not AgreedAction.objects.exists()


def change(one, officer, **changed):
    usual = {
        "action_id": one.pk,
        "owner": "Rosa Bell, manager",
        "owner_id": None,
        "due_on": TODAY + 30 * DAY,
        "because": "She was ill.",
        "seen_id": step(one).id,
        "by": officer,
        "at": NOW,
    }
    return actions.change(**usual | changed)


def test_another_day_is_a_new_fact(of, officer):
    one = agreed(meeting(of), due_on=TODAY + DAY)
    change(one, officer)
    found = queries.action_with_ref(one.ref, person=officer)
    assert found is not None
    assert [each.due_on for each in found.steps] == [TODAY + 30 * DAY, TODAY + DAY]
    assert found.latest.words == "She was ill."
    assert AuditEntry.objects.filter(tag=Tag.CHANGED).count() == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"owner": ""}, actions.OwnerMissing),
        ({"due_on": TODAY - DAY}, actions.DueBeforeMeeting),
        ({"due_on": TODAY + 14 * DAY}, actions.NothingChanged),
        ({"because": ""}, actions.ReasonMissing),
        ({"seen_id": 0}, actions.ChangedMeanwhile),
        ({"by": SYSTEM}, actions.NeedsAPerson),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(of, officer, changed, refusal):
    one = agreed(meeting(of))
    with pytest.raises(refusal):
        change(one, officer, **changed)
    assert AgreedStep.objects.count() == 1


def say_done(one, by, words="Sent on the third.", **changed):
    said = {"action_id": one.pk, "words": words, "seen_id": step(one).id, "by": by, "at": NOW}
    return actions.say_done(**said | changed)


def test_a_provider_says_done_and_the_council_confirms(of, officer):
    one = agreed(meeting(of, TODAY - 2 * DAY), due_on=TODAY - DAY)
    manager = member_of(of.organisation)
    say_done(one, manager)
    found = queries.action_with_ref(one.ref, person=officer)
    assert found is not None
    assert found.latest.status is Status.SAID_DONE
    assert not found.is_late(TODAY + DAY)
    actions.finish(
        action_id=one.pk, done_on=TODAY, words="Seen.", seen_id=step(one).id, by=officer, at=NOW
    )
    assert (step(one).status, step(one).done_on) == (Status.DONE, TODAY)
    assert queries.open_actions(person=officer) == []
    with pytest.raises(actions.SettledAlready):
        say_done(one, manager)
    tags = AuditEntry.objects.filter(subject=f"agreed action {one.ref}").values_list("tag")
    assert {tag for (tag,) in tags} == {Tag.AGREED, Tag.SAID_DONE, Tag.SETTLED}


def test_what_was_said_to_be_done_and_is_not_goes_back(of, officer):
    one = agreed(meeting(of))
    said = {"action_id": one.pk, "by": officer, "at": NOW}
    with pytest.raises(actions.NobodySaidDone):
        actions.find_not_done(words="No.", seen_id=step(one).id, **said)
    say_done(one, member_of(of.organisation))
    with pytest.raises(actions.ReasonMissing):
        actions.find_not_done(words=" ", seen_id=step(one).id, **said)
    actions.find_not_done(words="May is missing.", seen_id=step(one).id, **said)
    assert (step(one).status, step(one).words) == (Status.OPEN, "May is missing.")
    assert AuditEntry.objects.filter(tag=Tag.SENT_BACK).count() == 1


def test_a_provider_says_nothing_of_what_the_council_does(of):
    manager = member_of(of.organisation)
    ours = agreed(meeting(of), side=Side.COUNCIL, owner="Priya Shah")
    with pytest.raises(actions.NotYours):
        say_done(ours, manager)
    theirs = agreed(meeting(of, TODAY - DAY))
    with pytest.raises(actions.ReasonMissing):
        say_done(theirs, manager, words=" ")
    with pytest.raises(actions.NeedsAPerson):
        say_done(theirs, SYSTEM)
    with pytest.raises(actions.ChangedMeanwhile):
        say_done(theirs, manager, seen_id=0)


def test_a_day_on_which_it_was_done_makes_sense(of, officer):
    one = agreed(meeting(of))
    said = {"action_id": one.pk, "words": "", "by": officer, "at": NOW}
    with pytest.raises(actions.DoneToCome):
        actions.finish(done_on=TODAY + DAY, seen_id=step(one).id, **said)
    with pytest.raises(actions.DoneBeforeMeeting):
        actions.finish(done_on=TODAY - DAY, seen_id=step(one).id, **said)
    with pytest.raises(actions.NeedsAPerson):
        actions.finish(done_on=TODAY, seen_id=step(one).id, **said | {"by": SYSTEM})


def test_an_action_is_dropped_with_a_reason(of, officer):
    one = agreed(meeting(of))
    said = {"action_id": one.pk, "by": officer, "at": NOW}
    with pytest.raises(actions.ReasonMissing):
        actions.drop(because=" ", seen_id=step(one).id, **said)
    with pytest.raises(actions.NeedsAPerson):
        actions.drop(because="So.", seen_id=step(one).id, **said | {"by": SYSTEM})
    first = step(one).id
    actions.drop(because="The form is gone.", seen_id=first, **said)
    assert (step(one).status, step(one).words) == (Status.DROPPED, "The form is gone.")
    with pytest.raises(actions.SettledAlready):
        actions.drop(because="Again.", seen_id=first, **said)
    with pytest.raises(actions.SettledAlready):
        change(one, officer)


def test_the_table_holds_no_half_settled_action(of):
    one = agreed(meeting(of))
    row = AgreedStep.objects.get(action=one)
    for half in (
        {"status": Status.DONE, "done_on": None},
        {"status": Status.OPEN, "done_on": TODAY},
        {"status": Status.DROPPED, "words": ""},
        {"owner": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            AgreedStep.objects.filter(pk=row.pk).update(**half)


def test_a_provider_sees_its_own_alone(of):
    held = meeting(of)
    one = agreed(held)
    mine, other = member_of(of.organisation), member_of(provider().organisation)
    assert queries.with_ref(held.ref, person=mine)
    assert queries.with_ref(held.ref, person=other) is None
    assert queries.action_with_ref(one.ref, person=mine)
    assert queries.action_with_ref(one.ref, person=other) is None
    assert len(queries.open_actions(person=mine)) == 1
    assert queries.open_actions(person=other) == []
    assert queries.timings(person=other, on=TODAY, provider_id=of.pk) == []


# --- When the next is due ---


def test_the_first_is_due_a_year_after_the_admission(of):
    found = timing(of)
    assert (found.last_on, found.due.months) == (None, 12)
    assert found.due.on == (TODAY - 30 * DAY).replace(year=2027)
    assert found.word == "Not due yet, the first"
    late = timing(of, on=found.due.on + DAY)
    assert late.standing is Standing.OVERDUE


def test_what_is_known_of_it_asks_for_more(of, officer):
    meeting(of)
    step_taken(of, officer, Rung.NOTE)
    assert timing(of).due.months == 6
    assert timing(of).due.because == ("informal note in force since 15 May 2026",)
    step_taken(of, officer, Rung.ACTION_PLAN)
    assert timing(of).due.months == 3


def step_taken(of, officer, rung):
    step = NewStep(
        rung=rung, signal=Signal.SAFEGUARDING, reason="Gaps.", takes_effect_on=TODAY, due_on=TODAY
    )
    escalations.take_step(provider_id=of.pk, step=step, by=officer, at=NOW)


def test_a_suspension_a_check_and_a_review_ask_for_more(officer):
    shut, late, judged, mild = (provider(name) for name in ("Shut", "Late", "Judged", "Mild"))
    require()
    inside = lot()
    for one in (late, judged, mild):
        admitted(one, in_lot=inside)
    suspended(shut, in_lot=inside)
    for one in (shut, judged, mild):
        shown(one)
    shown(late, until=TODAY - 3 * DAY)
    for one, outcome in ((judged, Outcome.NOT_MET), (mild, Outcome.CHANGES)):
        review = NewReview(
            subject=Subject.DATA, outcome=outcome, words="Read.", reviewed_on=TODAY - DAY,
            next_on=TODAY + DAY,
        )  # fmt: skip
        reviews.record(provider_id=one.pk, review=review, by=officer, at=NOW)
    found = {one.provider_name: one.due for one in queries.timings(person=officer, on=TODAY)}
    assert {name: due.months for name, due in found.items()} == {
        "Shut": 3, "Late": 3, "Judged": 3, "Mild": 6,
    }  # fmt: skip
    assert found["Shut"].because == ("it is suspended since 15 May 2026",)
    assert found["Late"].because == (
        "a check is overdue (Public liability insurance) since 12 May 2026",
    )
    assert found["Judged"].because == (
        "a review found: does not meet it (Data protection policy) since 14 May 2026",
    )


def test_another_number_holds_from_its_day(of, officer):
    meeting(of)
    law.set_value(
        key=Key.MEETING_USUAL_MONTHS, value=6, in_force_from=TODAY + DAY, source="Cabinet",
        by=officer, at=NOW,
    )  # fmt: skip
    assert timing(of).due.months == 12
    assert timing(of, on=TODAY + DAY).due.months == 6


def test_only_who_is_admitted_is_met(of, officer):
    provider("Never admitted")
    late = provider("To come")
    admitted(late, takes_effect_on=TODAY + DAY)
    assert [one.provider_name for one in queries.timings(person=officer, on=TODAY)] == ["Heron"]
    admissions.remove(
        admission_id=Admission.objects.get(provider=of).pk, explanation="It closed.",
        takes_effect_on=TODAY, by=officer, at=NOW,
    )  # fmt: skip
    assert queries.timings(person=officer, on=TODAY) == []
