from datetime import date, timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction

from flsf.core.people import SYSTEM
from flsf.core.refs import drawn_from
from flsf.delivery.placements import actions, queries
from flsf.delivery.placements.enums import Status
from flsf.delivery.placements.models import Placement, PlacementChange
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests import factories_delivery as made
from tests.factories import NOW, TODAY, council_member, member_of, organisation

pytestmark = pytest.mark.django_db


def moved(placement, status, day=TODAY, reason="They are ill."):
    return actions.move(
        placement_id=placement.pk,
        status=status,
        takes_effect_on=day,
        reason=reason,
        by=SYSTEM,
        at=NOW,
    )


def status_on(placement, day):
    return queries.with_ref(placement.ref, person=SYSTEM, on=day).status


def test_an_award_has_one_placement():
    placement = made.planned()
    with pytest.raises(actions.AlreadyPlanned):
        actions.plan(
            award_id=placement.award_id,
            child_id=placement.child_id,
            provider_id=placement.provider_id,
            service_id=None,
            starts_on=TODAY,
            planned_end_on=TODAY,
            nature="Mentoring",
            by=SYSTEM,
            at=NOW,
        )


def test_it_cannot_end_before_it_starts():
    with pytest.raises(actions.EndsBeforeItStarts):
        made.planned(starts_on=TODAY, ends_on=TODAY - timedelta(days=1), half_days=())


def test_status_is_dated_so_yesterday_stays_what_it_was():
    placement = made.running()
    moved(placement, Status.ON_HOLD)
    assert status_on(placement, TODAY - timedelta(days=1)) is Status.ACTIVE
    assert status_on(placement, TODAY) is Status.ON_HOLD
    moved(placement, Status.ACTIVE, TODAY + timedelta(days=7))
    assert status_on(placement, TODAY + timedelta(days=7)) is Status.ACTIVE


def test_a_move_the_table_does_not_allow_is_refused():
    with pytest.raises(actions.NoSuchMove):
        moved(made.planned(), Status.ON_HOLD)


def test_nothing_follows_an_end():
    placement = made.running()
    moved(placement, Status.ENDED)
    with pytest.raises(actions.NoSuchMove):
        moved(placement, Status.ACTIVE, TODAY + timedelta(days=1))


def test_a_change_is_not_slipped_in_before_a_later_one():
    placement = made.running()
    with pytest.raises(actions.OutOfOrder):
        moved(placement, Status.ENDED, made.BEGAN - timedelta(days=1))


@pytest.mark.parametrize("status", [Status.ON_HOLD, Status.ENDED])
def test_holding_and_ending_need_a_reason(status):
    with pytest.raises(actions.NeedsReason):
        moved(made.running(), status, reason=" ")


def test_a_move_is_on_the_record_without_the_childs_name():
    placement = made.running()
    moved(placement, Status.ON_HOLD)
    entry = AuditEntry.objects.filter(subject=f"placement {placement.ref}").latest("pk")
    assert entry.tag == "delivery:placement:moved"
    assert entry.details == {"status": "on_hold", "takes_effect_on": TODAY.isoformat()}


def test_only_the_providers_own_people_are_named():
    placement = made.planned()
    stranger = member_of(organisation(), Role.PRACTITIONER)
    with pytest.raises(actions.NotOfTheProvider):
        actions.name_worker(
            placement_id=placement.pk, user_id=stranger.pk, since=TODAY, by=SYSTEM, at=NOW
        )


def test_nobody_is_named_twice_for_the_same_days():
    placement = made.planned()
    person = made.mentor(placement)
    with pytest.raises(actions.AlreadyNamed):
        actions.name_worker(
            placement_id=placement.pk, user_id=person.pk, since=TODAY, by=SYSTEM, at=NOW
        )


def test_a_worker_who_left_marks_no_more_from_the_day_after():
    placement = made.running()
    person = made.mentor(placement)
    worker = queries.workers(placement.pk)[0]
    actions.relieve_worker(worker_id=worker.id, last_day=TODAY, by=SYSTEM, at=NOW)
    assert queries.works_with(person.pk, placement.pk, on=TODAY)
    assert not queries.works_with(person.pk, placement.pk, on=TODAY + timedelta(days=1))
    assert [one.ref for one in queries.of_worker(person.pk, on=TODAY)] == [placement.ref]


def plan_of(placement, status):
    child, service = made.child(), placement.service
    return actions.Plan(
        award_id=made.award(child, service).pk,
        child_id=child.pk,
        provider_id=service.provider_id,
        service_id=service.pk,
        starts_on=made.BEGAN,
        planned_end_on=TODAY - timedelta(days=1) if status is Status.ENDED else made.ENDS,
        nature="Mentoring",
        status=status,
    )


def test_many_placements_are_taken_in_with_the_status_they_were_found_in():
    first = made.planned()
    plans = [plan_of(first, status) for status in Status]
    placements = actions.plan_many(plans=plans, by=SYSTEM, at=NOW)
    assert [status_on(one, TODAY) for one in placements] == list(Status)
    assert queries.terms([placements[4].pk])[placements[4].pk].runs_on(made.BEGAN)


def test_references_that_would_be_drawn_twice_are_drawn_again():
    first = made.planned()
    for _ in range(2):
        with drawn_from(Random("the same")):
            actions.plan_many(plans=[plan_of(first, Status.ACTIVE)], by=SYSTEM, at=NOW)
    assert Placement.objects.count() == 3


def test_many_or_none():
    first = made.planned()
    plans = [plan_of(first, Status.ACTIVE), plan_of(first, Status.ACTIVE)]
    twice = [plans[0], plans[0]]
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.plan_many(plans=twice, by=SYSTEM, at=NOW)
    assert Placement.objects.count() == 1


def test_many_placements_take_the_same_questions_as_one(django_assert_num_queries):
    first = made.running()
    for count in (1, 3):
        with django_assert_num_queries(1):
            assert len(queries.register(person=SYSTEM, on=TODAY)) == count
        made.running()
        made.running()
    everyone = list(Placement.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        queries.terms(everyone)
    assert first.ref in {one.ref for one in queries.live(TODAY)}


def test_a_provider_sees_its_own_placements_and_no_others():
    mine, other = made.running(), made.running()
    person = made.manager(mine)
    assert [one.ref for one in queries.register(person=person, on=TODAY)] == [mine.ref]
    assert queries.with_ref(other.ref, person=person, on=TODAY) is None


def test_staff_who_work_with_placements_see_all_and_others_none():
    made.running()
    seen = queries.register(person=council_member(Role.QUALITY), on=TODAY)
    assert len(seen) == 1
    assert queries.register(person=council_member(Role.COUNCILLOR), on=TODAY) == []


def test_a_placement_ends_no_earlier_than_it_starts_whoever_writes():
    placement = made.planned()
    placement.planned_end_on = placement.starts_on - timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        placement.save()


def test_changes_are_told_newest_first():
    placement = made.running()
    moved(placement, Status.ENDED, date(2026, 6, 1), "Back at school")
    told = [(one.status, one.reason) for one in queries.changes(placement.pk)]
    assert told == [
        (Status.ENDED, "Back at school"),
        (Status.ACTIVE, ""),
        (Status.PLANNED, ""),
    ]
    assert PlacementChange.objects.in_force_on(TODAY).get().status == Status.ACTIVE
