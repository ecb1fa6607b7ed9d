from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from flsf.casework.children.enums import Basis, Care
from flsf.casework.referrals import actions, queries
from flsf.casework.referrals.enums import (
    ClockKind,
    ClosedBecause,
    Ground,
    LegalBasis,
    Purpose,
    Route,
    Status,
    Tag,
    Urgency,
)
from flsf.casework.referrals.models import Clock, Draft, Note, Referral, ReferralChange
from flsf.core.people import SYSTEM, VISITOR
from flsf.mandate.law.models import Provision
from flsf.shared.accounts.enums import Role, Team
from flsf.shared.audit.models import AuditEntry
from flsf.shared.calendars.models import BankHoliday, Closure, Term
from tests.factories import NOW, TODAY, council_member
from tests.factories_casework import asked, child, disclosed, pupil, referral, school, senco

pytestmark = pytest.mark.django_db


def later(days):
    return NOW + timedelta(days=days)


def moved(one, status, *, on=TODAY, because=None, note="", at=NOW):
    actions.move(
        referral_id=one.pk,
        status=status,
        takes_effect_on=on,
        because=because,
        note=note,
        by=SYSTEM,
        at=at,
    )


def due(one, kind):
    return Clock.objects.get(referral=one, kind=kind)


def test_what_is_sent_is_received_with_its_clocks_running():
    one = referral()
    assert queries.status_on(TODAY, referral_id=one.pk) is Status.RECEIVED
    assert queries.status_on(TODAY - timedelta(days=1), referral_id=one.pk) is None
    assert {clock.kind for clock in queries.clocks(one.pk)} == {"decision", "sixth_day"}
    tags = AuditEntry.objects.filter(subject=f"referral {one.ref}").order_by("pk")
    assert list(tags.values_list("tag", flat=True)) == [Tag.SENT, *[Tag.CLOCK_STARTED] * 2]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"urgency": Urgency.URGENT}, actions.UrgentWithoutReason),
        ({"route": Route.SCHOOL}, actions.NoViewNoReason),
        ({"first_aware_on": TODAY + timedelta(days=1)}, actions.KnownBeforeItHappened),
    ],
)
def test_what_cannot_be_sent(given, refusal):
    with pytest.raises(refusal):
        referral(**given)
    assert not Referral.objects.exists()


def test_a_school_without_a_view_says_why_there_is_none():
    assert referral(route=Route.SCHOOL, no_view_reason="Mum is in hospital").pk


def test_the_same_form_sent_twice_is_one_referral():
    of = child()
    first, second = (referral(of, sent_once_key="abc") for _ in range(2))
    assert first == second
    assert (Clock.objects.count(), ReferralChange.objects.count()) == (2, 1)


def test_the_sixth_day_counts_by_the_childs_own_school_and_from_first_awareness():
    place = school()
    Term.objects.create(
        school=place, name="Summer", first_day=date(2026, 4, 13), last_day=date(2026, 7, 17)
    )
    Closure.objects.create(school=place, day=date(2026, 5, 11), reason="INSET day")
    # Monday 4 May is a bank holiday. 30 April is day one, 1 May two, 5-8 May three to six.
    BankHoliday.objects.create(nation="england-and-wales", day=date(2026, 5, 4), title="May Day")
    one = referral(pupil(place), first_aware_on=date(2026, 4, 30))
    assert due(one, ClockKind.SIXTH_DAY).due_on == date(2026, 5, 8)
    ill = referral(pupil(place), first_aware_on=date(2026, 4, 30), ground=Ground.MEDICAL)
    # 11 May is an INSET day: 12-15 May are seven to ten, 18-22 May eleven to fifteen.
    clock = due(ill, ClockKind.HEALTH)
    assert (clock.due_on, clock.days, clock.starts_on) == (
        date(2026, 5, 22),
        15,
        date(2026, 4, 30),
    )


def test_whoever_asks_is_told_within_five_working_days_the_first_counted():
    clock = due(referral(), ClockKind.DECISION)
    # Friday 15 May is day one, so Thursday 21 May is the fifth.
    assert (clock.starts_on, clock.due_on) == (TODAY, date(2026, 5, 21))


def test_what_was_promised_stays_when_the_law_changes():
    one = referral()
    before = due(one, ClockKind.SIXTH_DAY)
    Provision.objects.create(
        key="sixth-school-day",
        value=3,
        unit="school_days",
        in_force_from=TODAY,
        words="x",
        source="A later law",
    )
    after = due(one, ClockKind.SIXTH_DAY)
    assert (after.due_on, after.days, after.source) == (before.due_on, 6, before.source)
    assert due(referral(), ClockKind.SIXTH_DAY).source == "A later law"


def test_early_help_has_no_clock_until_an_officer_finds_a_duty():
    one = referral(purpose=Purpose.EARLY, first_aware_on=date(2026, 5, 11))
    assert one.legal_basis == LegalBasis.EARLY_HELP
    actions.triage(
        referral_id=one.pk,
        ground=Ground.OTHER,
        legal_basis=LegalBasis.S19,
        purpose=Purpose.STATUTORY,
        team=Team.AP,
        urgency=Urgency.URGENT,
        urgency_reason="Out of school since Monday",
        by=SYSTEM,
        at=later(3),
    )
    assert due(one, ClockKind.SIXTH_DAY).starts_on == date(2026, 5, 11)


def test_an_officer_who_finds_that_it_is_illness_starts_the_clock_of_health():
    one = referral(ground=Ground.OTHER, first_aware_on=date(2026, 5, 11))
    actions.triage(
        referral_id=one.pk,
        ground=Ground.MEDICAL,
        legal_basis=LegalBasis.S100,
        purpose=Purpose.STATUTORY,
        team=Team.SEND,
        urgency=Urgency.PLANNED,
        by=SYSTEM,
        at=NOW,
    )
    one.refresh_from_db()
    assert (one.ground, due(one, ClockKind.HEALTH).days) == (Ground.MEDICAL, 15)
    assert due(one, ClockKind.SIXTH_DAY).days == 6  # what began goes on


def test_the_team_follows_the_child():
    one = actions.send(
        child_id=child(care=Care.LOOKED_AFTER).pk,
        asked=asked(),
        care=Care.LOOKED_AFTER,
        by=SYSTEM,
        at=NOW,
    )
    assert one.team == Team.VIRTUAL_SCHOOL


def test_a_status_is_a_dated_history():
    one = referral()
    moved(one, Status.MATCHING, on=TODAY + timedelta(days=2))
    moved(one, Status.LOOKED_AT)
    assert [
        queries.status_on(TODAY + timedelta(days=ahead), referral_id=one.pk) for ahead in (0, 1, 2)
    ] == [Status.LOOKED_AT, Status.LOOKED_AT, Status.MATCHING]


@pytest.mark.parametrize(
    ("status", "given", "refusal"),
    [
        (Status.RECEIVED, {}, actions.MoveNotAllowed),
        (Status.CLOSED, {}, actions.ClosedWithoutReason),
        (Status.MATCHING, {"because": ClosedBecause.CHANGED}, actions.ClosedWithoutReason),
        (Status.MATCHING, {"on": TODAY - timedelta(days=1)}, actions.MoveNotAllowed),
    ],
)
def test_a_move_that_is_refused(status, given, refusal):
    one = referral()
    with pytest.raises(refusal):
        moved(one, status, **given)
    assert ReferralChange.objects.count() == 1


def test_a_move_is_never_backdated():
    one = referral()
    with pytest.raises(actions.Backdated):
        moved(one, Status.MATCHING, at=later(1))


@pytest.mark.parametrize(("status", "because"), [("closed", ""), ("matching", "changed")])
def test_the_database_holds_a_reason_to_closing_and_to_nothing_else(status, because):
    one = referral()
    with pytest.raises(IntegrityError, match="closed_has_reason"):
        ReferralChange.objects.create(
            referral=one, status=status, because=because, takes_effect_on=TODAY, decided_at=NOW
        )


def test_taking_one_on_begins_to_read_it():
    one, worker = referral(), council_member(Role.CASEWORKER)
    actions.take_on(referral_id=one.pk, worker_id=worker.pk, by=worker, at=NOW)
    found = queries.with_ref(one.ref, person=worker, on=TODAY)
    assert (found.worker, found.status) == (worker, Status.LOOKED_AT)
    actions.take_on(referral_id=one.pk, worker_id=worker.pk, by=worker, at=NOW)
    assert ReferralChange.objects.count() == 2


def test_a_clock_stops_once():
    one = referral()
    for day in (TODAY, TODAY + timedelta(days=1)):
        actions.stop_clock(
            referral_id=one.pk, kind=ClockKind.DECISION, met_on=day, by=SYSTEM, at=NOW
        )
    assert due(one, ClockKind.DECISION).met_on == TODAY


def test_clocks_due_are_those_still_running_of_referrals_still_open(django_assert_num_queries):
    late, soon, kept, closed = (
        referral(first_aware_on=TODAY - timedelta(days=back), purpose=Purpose.STATUTORY)
        for back in (30, 1, 2, 3)
    )
    actions.stop_clock(
        referral_id=kept.pk, kind=ClockKind.SIXTH_DAY, met_on=TODAY, by=SYSTEM, at=NOW
    )
    moved(closed, Status.CLOSED, because=ClosedBecause.MOVED_AWAY)
    with django_assert_num_queries(1):
        found = queries.clocks_due(on=TODAY, by_day=TODAY + timedelta(days=30))
    sixth = [one.ref for one in found if one.kind is ClockKind.SIXTH_DAY]
    assert sixth == [late.ref, soon.ref]
    assert closed.ref not in {one.ref for one in found}


def test_urgency_only_ever_rises_by_itself():
    one = referral(urgency=Urgency.URGENT, urgency_reason="Excluded")
    for urgency in (Urgency.PLANNED, Urgency.CRISIS, Urgency.URGENT):
        actions.hasten(
            referral_id=one.pk, urgency=urgency, reason=f"because {urgency}", by=SYSTEM, at=NOW
        )
    one.refresh_from_db()
    assert (one.urgency, one.urgency_reason) == (Urgency.CRISIS, "because crisis")
    with pytest.raises(actions.UrgentWithoutReason):
        actions.hasten(referral_id=one.pk, urgency=Urgency.CRISIS, reason=" ", by=SYSTEM, at=NOW)


def test_notes_stand_beside_the_referral():
    one = referral()
    with pytest.raises(actions.NothingSaid):
        actions.add_note(referral_id=one.pk, words="  ", by=SYSTEM, at=NOW)
    actions.add_note(referral_id=one.pk, words="Rang mum", needs_reading=True, by=SYSTEM, at=NOW)
    assert [note.words for note in queries.notes(one.pk)] == ["Rang mum"]
    actions.mark_read(referral_id=one.pk, by=SYSTEM, at=NOW)
    assert not Note.objects.filter(needs_reading=True).exists()


def test_the_waiting_list_is_in_order_of_wait_and_leaves_out_who_has_an_offer(
    django_assert_num_queries,
):
    today, week, month, offered = (
        referral(first_aware_on=TODAY - timedelta(days=back)) for back in (0, 8, 31, 60)
    )
    moved(offered, Status.OFFERED)
    # Referrals; terms, closures, bank holidays; the law's number.
    with django_assert_num_queries(5):
        waits = queries.waiting(on=TODAY)
    assert [one.ref for one in waits] == [month.ref, week.ref, today.ref]
    assert [one.is_too_long for one in waits] == [True, False, False]
    assert waits[-1].school_days == 1


def test_those_who_answer_for_the_waiting_list_see_it_by_reference_only():
    one = referral()
    director, manager = council_member(Role.DIRECTOR), council_member(Role.FINANCE)
    assert [wait.ref for wait in queries.waiting(person=director, on=TODAY)] == [one.ref]
    assert queries.with_ref(one.ref, person=director, on=TODAY) is None
    assert queries.waiting(person=manager, on=TODAY) == []


def test_a_school_reads_what_it_sent_while_the_child_is_disclosed_to_it():
    place = school()
    one, who = pupil(place), senco(place)
    theirs = referral(one, organisation_id=place.organisation_id, no_view_reason="x")
    parents = referral(one, route=Route.FAMILY)
    assert queries.with_ref(theirs.ref, person=who, on=TODAY) is None
    disclosed(one, organisation_id=place.organisation_id, basis=Basis.ON_ROLL, until=TODAY)
    assert queries.with_ref(theirs.ref, person=who, on=TODAY) == theirs
    assert queries.with_ref(parents.ref, person=who, on=TODAY) is None
    tomorrow = TODAY + timedelta(days=1)
    assert queries.with_ref(theirs.ref, person=who, on=tomorrow) is None


def test_the_holder_of_a_key_sees_where_it_is_and_only_the_hash_is_kept():
    one = referral(status_key="open sesame")
    found = queries.by_status_key("open sesame", on=TODAY)
    assert (found.ref, found.status) == (one.ref, Status.RECEIVED)
    assert found.tell_by == date(2026, 5, 21)
    assert queries.by_status_key("open says me", on=TODAY) is None
    assert queries.by_status_key("", on=TODAY) is None
    assert "sesame" not in str(Referral.objects.values().get())


def test_a_request_that_joined_another_tells_nothing_of_it():
    one = referral()
    note = actions.add_note(
        referral_id=one.pk,
        words="Me too",
        is_request=True,
        status_key="key",
        sent_once_key="form-x",
        by=VISITOR,
        at=NOW,
    )
    found = queries.by_status_key("key", on=TODAY)
    assert (found.ref, found.status, found.worker_name) == (note.ref, Status.LOOKED_AT, "")
    again = actions.add_note(
        referral_id=one.pk,
        words="Me too",
        is_request=True,
        status_key="other",
        sent_once_key="form-x",
        by=VISITOR,
        at=NOW,
    )
    assert again == note


def test_a_draft_is_found_by_its_key_or_its_owner_and_by_nobody_else():
    owner, other = senco(school()), senco(school())

    def save(key, by):
        return actions.save_draft(route=Route.SCHOOL, answers={"a": 1}, key=key, by=by, at=NOW)

    mine = save("k1", owner)
    public = save("k2", VISITOR)
    assert queries.draft_of(owner, route=Route.SCHOOL) == mine
    assert queries.draft_of(other, route=Route.SCHOOL) is None
    assert queries.draft_of(VISITOR, route=Route.SCHOOL) is None
    assert queries.draft_with_key("k2") == public
    assert queries.draft_with_key("") is None
    assert save("k2", VISITOR) == public
    actions.discard_draft(key="k1", by=owner, at=NOW)
    assert list(Draft.objects.all()) == [public]


def test_a_referral_of_last_winter_counts_in_last_winters_calendar():
    at = datetime(2025, 12, 18, 9, 0, tzinfo=ZoneInfo("Europe/London"))
    one = referral(at=at, first_aware_on=date(2025, 12, 18))
    # No terms are entered: the usual English year stands in, Christmas included.
    assert due(one, ClockKind.SIXTH_DAY).due_on > date(2026, 1, 4)
