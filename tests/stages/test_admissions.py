from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from flsf.core.people import SYSTEM
from flsf.market.admissions import actions, queries
from flsf.market.admissions.enums import Decision, Status, SuspensionReason
from flsf.market.admissions.models import Admission, StatusChange
from flsf.market.admissions.rules import NewAdmission
from flsf.shared.audit import actions as audit
from flsf.shared.audit.queries import history_of
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, application, provider, suspended

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


def admit(admission, **changed):
    said = {"takes_effect_on": TODAY, "reason": "All checks seen.", "by": council_member()}
    actions.admit(admission_id=admission.pk, **said | changed, at=NOW)


def suspend(admission, **changed):
    said = {
        "reason": SuspensionReason.SAFEGUARDING,
        "explanation": "An allegation is being looked into.",
        "takes_effect_on": TODAY,
        "review_on": TODAY + timedelta(days=28),
        "by": council_member(),
    }
    actions.suspend(admission_id=admission.pk, **said | changed, at=NOW)


def lift(admission, takes_effect_on=TODAY):
    actions.lift(
        admission_id=admission.pk,
        explanation="All checks are in date.",
        takes_effect_on=takes_effect_on,
        by=council_member(),
        at=NOW,
    )


def status(admission, on=TODAY):
    return queries.status_on(on, admission_id=admission.pk)


def test_apply_waits_for_a_decision():
    waiting = application()
    assert (waiting.decision, waiting.decided_by, waiting.decided_at) == ("", None, None)
    assert status(waiting) is None


def test_apply_refused_twice_for_one_lot():
    first = application()
    with pytest.raises(actions.AlreadyApplied):
        actions.apply(provider_id=first.provider_id, lot_id=first.lot_id, by=SYSTEM, at=NOW)


def test_admit_puts_the_provider_in_the_pool_from_that_day():
    officer = council_member()
    admission = admitted(takes_effect_on=TOMORROW, by=officer)
    admission.refresh_from_db()
    decision = (admission.decision, admission.decided_by, admission.decided_at)
    assert decision == (Decision.ACCEPTED, officer, NOW)
    assert (status(admission), status(admission, TOMORROW)) == (None, Status.IN_POOL)


def test_admit_refused_when_already_decided():
    admission = admitted()
    with pytest.raises(actions.AlreadyDecided):
        admit(admission)


def test_admit_refused_after_the_framework_ends():
    with pytest.raises(actions.OutsideTerm):
        admitted(takes_effect_on=date(2029, 4, 1))


def test_admit_refused_without_a_reason_or_a_person():
    waiting = application()
    with pytest.raises(actions.ReasonMissing):
        admit(waiting, reason="  ")
    with pytest.raises(actions.NeedsAPerson):
        admit(waiting, by=SYSTEM)
    with pytest.raises(actions.Backdated):
        admit(waiting, takes_effect_on=YESTERDAY)
    waiting.refresh_from_db()
    assert waiting.decision == ""


def test_not_accepted_yet_may_apply_again():
    waiting = application()
    actions.refuse(
        admission_id=waiting.pk, reason="No insurance seen.", by=council_member(), at=NOW
    )
    waiting.refresh_from_db()
    assert waiting.decision == Decision.NOT_ACCEPTED
    assert status(waiting) is None
    again = actions.apply(provider_id=waiting.provider_id, lot_id=waiting.lot_id, by=SYSTEM, at=NOW)
    assert (again.pk, again.decision, again.decision_reason) == (waiting.pk, "", "")
    admit(again)
    assert status(again) == Status.IN_POOL


def test_an_officer_records_an_admission_in_one_step_once():
    of, inside, officer = provider(), lot(), council_member()
    said = {
        "provider_id": of.pk,
        "lot_id": inside.pk,
        "takes_effect_on": TODAY,
        "reason": "Paper file 12.",
        "by": officer,
        "at": NOW,
    }
    admission = actions.admit_at_once(**said)
    assert status(admission) == Status.IN_POOL
    with pytest.raises(actions.AlreadyDecided):
        actions.admit_at_once(**said)


def test_an_application_that_waits_is_decided_in_one_step():
    waiting = application()
    admission = actions.admit_at_once(
        provider_id=waiting.provider_id,
        lot_id=waiting.lot_id,
        takes_effect_on=TODAY,
        reason="Paper file 12.",
        by=council_member(),
        at=NOW,
    )
    assert admission.pk == waiting.pk


def new(of, inside, **changed):
    said = {"takes_effect_on": TODAY, "reason": "All checks seen."}
    return NewAdmission(provider_id=of.pk, lot_id=inside.pk, **said | changed)


def test_many_are_admitted_together(django_assert_max_num_queries):
    inside, officer = lot(), council_member()
    some = [provider() for _ in range(3)]
    with django_assert_max_num_queries(11):
        actions.admit_many(admissions=[new(one, inside) for one in some], by=officer, at=NOW)
    assert queries.in_pool(TODAY) == {(one.pk, inside.pk) for one in some}


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": ""}, actions.ReasonMissing),
        ({"takes_effect_on": date(2030, 4, 1)}, actions.OutsideTerm),
        ({"takes_effect_on": YESTERDAY}, actions.Backdated),
    ],
)
def test_many_are_admitted_all_or_none(changed, refusal):
    inside, officer = lot(), council_member()
    rows = [new(provider(), inside), new(provider(), inside, **changed)]
    with pytest.raises(refusal):
        actions.admit_many(admissions=rows, by=officer, at=NOW)
    assert queries.in_pool(TODAY) == frozenset()


def test_many_refused_when_one_has_applied_or_nobody_decides():
    waiting, officer = application(), council_member()
    row = NewAdmission(
        provider_id=waiting.provider_id,
        lot_id=waiting.lot_id,
        takes_effect_on=TODAY,
        reason="All checks seen.",
    )
    with pytest.raises(actions.AlreadyApplied):
        actions.admit_many(admissions=[row], by=officer, at=NOW)
    with pytest.raises(actions.NeedsAPerson):
        actions.admit_many(admissions=[row], by=SYSTEM, at=NOW)


def test_the_pool_is_worked_out_for_the_day_asked_about():
    admission = suspended(takes_effect_on=TOMORROW)
    pair = (admission.provider_id, admission.lot_id)
    assert queries.in_pool(TODAY) == {pair}
    assert queries.in_pool(TOMORROW) == frozenset()
    ended = date(2029, 4, 1)
    lift(admission, takes_effect_on=TOMORROW + timedelta(days=1))
    assert queries.in_pool(TOMORROW + timedelta(days=1)) == {pair}
    assert queries.in_pool(ended) == frozenset()


def test_suspend_takes_effect_on_its_day():
    admission = admitted()
    suspend(admission, takes_effect_on=TOMORROW)
    assert (status(admission), status(admission, TOMORROW)) == (Status.IN_POOL, Status.SUSPENDED)


def test_suspend_refused_when_not_in_the_pool():
    admission = application()
    with pytest.raises(actions.NotInPool):
        suspend(admission)


def test_suspend_refused_for_a_day_that_has_passed():
    admission = admitted()
    StatusChange.objects.filter(admission=admission).update(takes_effect_on=YESTERDAY)
    with pytest.raises(actions.Backdated):
        suspend(admission, takes_effect_on=YESTERDAY)


def test_a_suspension_today_goes_before_one_already_planned():
    admission = suspended(takes_effect_on=TOMORROW)
    suspend(admission, takes_effect_on=TODAY)
    assert status(admission) == Status.SUSPENDED


def test_lift_on_the_same_day_puts_the_provider_back():
    admission = suspended()
    lift(admission)
    assert status(admission) == Status.IN_POOL


def test_lift_refused_when_not_suspended():
    admission = admitted()
    with pytest.raises(actions.NotSuspended):
        lift(admission)


def test_every_change_is_on_the_record_with_who_made_it():
    officer = council_member()
    admission = admitted(by=officer)
    suspend(admission, by=officer)
    history = history_of(f"admission {admission.pk}", person=officer)
    assert [(entry.tag, entry.by_name) for entry in history] == [
        ("market:admission:suspended", officer.name),
        ("market:admission:admitted", officer.name),
        ("market:admission:applied", SYSTEM.name),
    ]


def test_nothing_changes_when_it_cannot_be_recorded(monkeypatch):
    admission = admitted()

    def fail(**_: object) -> None:
        raise OSError("the record is out of reach")

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(OSError, match="out of reach"):
        suspend(admission)
    assert status(admission) == Status.IN_POOL


@pytest.mark.parametrize(
    "half",
    [{"decision": ""}, {"decided_by": None}, {"decided_at": None}, {"decision_reason": ""}],
)
def test_the_database_refuses_half_a_decision(half):
    admission = admitted()
    with pytest.raises(IntegrityError):
        Admission.objects.filter(pk=admission.pk).update(**half)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"status": Status.IN_POOL}])
def test_the_database_refuses_a_suspension_without_a_reason(wrong):
    admission = suspended()
    with pytest.raises(IntegrityError):
        StatusChange.objects.filter(admission=admission, status=Status.SUSPENDED).update(**wrong)


def test_provider_ids_are_those_that_stand_so_on_the_day():
    tutoring, mentoring = lot("Tutoring"), lot("Mentoring")
    here, gone, elsewhere = provider(), provider(), provider()
    admitted(here, in_lot=tutoring)
    suspended(gone, in_lot=tutoring)
    admitted(elsewhere, in_lot=mentoring)
    application(provider(), in_lot=tutoring)
    assert set(queries.provider_ids(on=TODAY)) == {here.pk, gone.pk, elsewhere.pk}
    assert set(queries.provider_ids(on=TODAY, lot_id=tutoring.pk)) == {here.pk, gone.pk}
    in_pool = queries.provider_ids(on=TODAY, lot_id=tutoring.pk, status=Status.IN_POOL)
    assert set(in_pool) == {here.pk}
