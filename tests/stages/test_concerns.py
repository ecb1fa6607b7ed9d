import pytest
from django.db import IntegrityError, transaction

from flsf.core.people import SYSTEM
from flsf.delivery.outcomes import actions as outcomes
from flsf.delivery.outcomes import queries as find_goals
from flsf.delivery.outcomes.enums import Progress
from flsf.oversight.concerns import actions, queries
from flsf.oversight.concerns.enums import Status
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.rules import HELD_AT
from flsf.shared.audit.models import AuditEntry
from flsf.shared.notify import actions as notify
from flsf.shared.notify import queries as outbox
from flsf.shared.notify.enums import Channel, Delivery
from tests import factories_delivery as made
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db


def raised(**more):
    given = {"child_id": made.child().pk, "words": "Bruises on both arms."} | more
    return actions.raise_concern(**given, by=council_member(Role.CASEWORKER), at=NOW)


@pytest.fixture
def lead():
    return council_member(Role.SAFEGUARDING)


def test_a_concern_reaches_the_safeguarding_lead_and_nobody_else(lead):
    concern = raised()
    assert [one.ref for one in queries.inbox(person=lead, on=TODAY)] == [concern.ref]
    others = {
        one
        for one in Role
        if HELD_AT.get(one, OrganisationKind.COUNCIL) is OrganisationKind.COUNCIL
    }
    for role in others - {Role.SAFEGUARDING}:
        assert not queries.inbox(person=council_member(role), on=TODAY)


def test_whoever_raised_it_does_not_read_it_again():
    concern = raised()
    assert queries.with_ref(concern.ref, person=concern.raised_by, on=TODAY) is None


def test_danger_and_new_ones_come_first(lead):
    calm, danger = raised(), raised(in_danger_now=True)
    taken = raised()
    actions.take(concern_id=taken.pk, by=lead, at=NOW)
    inbox = [one.pk for one in queries.inbox(person=lead, on=TODAY)]
    assert inbox == [danger.pk, calm.pk, taken.pk]


def test_a_concern_says_something():
    with pytest.raises(actions.NothingSaid):
        raised(words="  ")


def test_it_is_taken_noted_and_closed_with_its_outcome(lead):
    concern = raised()
    actions.take(concern_id=concern.pk, by=lead, at=NOW)
    actions.take(concern_id=concern.pk, by=lead, at=NOW)
    actions.note(concern_id=concern.pk, words="Spoke to the school.", by=lead, at=NOW)
    actions.close(concern_id=concern.pk, outcome="Referred to social care.", by=lead, at=NOW)
    now = queries.with_ref(concern.ref, person=lead, on=TODAY)
    assert (now.status, now.outcome) == (Status.CLOSED, "Referred to social care.")
    steps = queries.steps(concern.pk, person=lead, on=TODAY)
    assert [one.words for one in steps] == ["Spoke to the school."]


def test_two_leads_do_not_handle_one_concern(lead):
    concern = raised()
    actions.take(concern_id=concern.pk, by=lead, at=NOW)
    with pytest.raises(actions.AlreadyTaken):
        actions.take(concern_id=concern.pk, by=council_member(Role.SAFEGUARDING), at=NOW)


@pytest.mark.parametrize("verb", ["note", "close"])
def test_nothing_is_added_before_it_is_taken(verb, lead):
    concern = raised()
    words = {"note": {"words": "x"}, "close": {"outcome": "x"}}[verb]
    with pytest.raises(actions.NotTaken):
        getattr(actions, verb)(concern_id=concern.pk, **words, by=lead, at=NOW)


@pytest.mark.parametrize("verb", ["note", "close"])
def test_empty_words_are_refused(verb, lead):
    concern = raised()
    actions.take(concern_id=concern.pk, by=lead, at=NOW)
    words = {"note": {"words": " "}, "close": {"outcome": " "}}[verb]
    with pytest.raises(actions.NothingSaid):
        getattr(actions, verb)(concern_id=concern.pk, **words, by=lead, at=NOW)


def test_a_closed_concern_stays_closed(lead):
    concern = raised()
    actions.take(concern_id=concern.pk, by=lead, at=NOW)
    actions.close(concern_id=concern.pk, outcome="No further action.", by=lead, at=NOW)
    for verb, words in (("take", {}), ("note", {"words": "x"}), ("close", {"outcome": "x"})):
        with pytest.raises(actions.AlreadyClosed):
            getattr(actions, verb)(concern_id=concern.pk, **words, by=lead, at=NOW)


def test_the_record_never_says_what_was_said(lead):
    concern = raised()
    actions.take(concern_id=concern.pk, by=lead, at=NOW)
    actions.note(concern_id=concern.pk, words="Spoke to the school.", by=lead, at=NOW)
    entries = AuditEntry.objects.filter(subject=f"concern {concern.ref}")
    assert [one.tag.rpartition(":")[2] for one in entries.order_by("pk")] == [
        "raised",
        "taken",
        "noted",
    ]
    assert all(one.details == {} for one in entries)


@pytest.mark.parametrize(
    "columns",
    [{"status": Status.CLOSED}, {"outcome": "Fine"}, {"closed_at": NOW}],
    ids=str,
)
def test_closed_is_whole_or_not_at_all(columns):
    concern = raised()
    for name, value in columns.items():
        setattr(concern, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        concern.save()


def goal(**more):
    given = {"words": "Stay for a whole session", "baseline": 2, "target": 6, "set_on": TODAY}
    return outcomes.set_goal(placement_id=made.running().pk, **(given | more), by=SYSTEM, at=NOW)


def test_a_goal_moves_from_the_childs_own_start():
    one = goal()
    outcomes.record_step(goal_id=one.pk, day=TODAY, progress=Progress.FORWARD, by=SYSTEM, at=NOW)
    (seen,) = find_goals.of_placement(one.placement_id)
    assert (seen.baseline, seen.now, seen.target, seen.baseline_on) == (2, 3, 6, TODAY)


def test_a_goal_without_a_baseline_shows_no_progress_yet():
    one = goal(baseline=None)
    (seen,) = find_goals.of_placement(one.placement_id)
    assert (seen.now, seen.baseline_on) == (None, None)


def test_said_again_for_the_same_day_the_later_word_stands():
    one = goal()
    for progress in (Progress.FORWARD, Progress.BACK):
        outcomes.record_step(goal_id=one.pk, day=TODAY, progress=progress, by=SYSTEM, at=NOW)
    (seen,) = find_goals.of_placement(one.placement_id)
    assert seen.steps == ((TODAY, Progress.BACK),)


def test_a_goal_has_words_and_is_on_the_ladder():
    with pytest.raises(outcomes.NothingToWorkTowards):
        goal(words=" ")
    with pytest.raises(outcomes.OffTheLadder):
        goal(target=11)


def test_a_step_is_never_of_a_day_to_come():
    with pytest.raises(outcomes.NotYet):
        outcomes.record_step(
            goal_id=goal().pk,
            day=TODAY.replace(day=16),
            progress=Progress.SAME,
            by=SYSTEM,
            at=NOW,
        )


@pytest.mark.parametrize("columns", [{"target": 11}, {"baseline_on": None}], ids=str)
def test_the_table_keeps_goals_on_the_ladder_and_baselines_dated(columns):
    one = goal()
    for name, value in columns.items():
        setattr(one, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


def queued():
    return notify.queue(
        template="absent-unexplained",
        recipient_id=None,
        address="senco@example.org",
        channel=Channel.EMAIL,
        details={"ref": "PL-TEST2"},
        by=SYSTEM,
        at=NOW,
    )


def test_a_message_waits_until_it_is_sent():
    first, second = queued(), queued()
    assert [one.pk for one in outbox.waiting()] == [first.pk, second.pk]
    notify.mark_sent(message_id=first.pk, by=SYSTEM, at=NOW)
    notify.mark_failed(message_id=second.pk, trouble="No such address", by=SYSTEM, at=NOW)
    assert outbox.waiting() == []
    second.refresh_from_db()
    assert (second.delivery, second.trouble) == (Delivery.FAILED, "No such address")


def test_a_message_is_settled_once():
    message = queued()
    notify.mark_sent(message_id=message.pk, by=SYSTEM, at=NOW)
    with pytest.raises(notify.AlreadySettled):
        notify.mark_failed(message_id=message.pk, trouble="Late", by=SYSTEM, at=NOW)


def test_staff_see_every_message_and_others_their_own():
    queued()
    assert outbox.messages(person=council_member(Role.QUALITY)).count() == 1
    assert not outbox.messages(person=made.mentor(made.running())).exists()
