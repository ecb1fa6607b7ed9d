"""The commercial model changes, every agreement is papered again, and no placement differs."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from flsf.core.people import SYSTEM
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.models import Placement
from flsf.flows import change_model as flow
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework import queries as find_frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds import queries as find_rounds
from flsf.mandate.rounds.enums import Status as RoundStatus
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.agreements import actions, queries
from flsf.market.agreements.enums import Outcome, PaperStatus, Stage
from flsf.market.agreements.models import Agreement, Transition
from flsf.shared.notify.models import Message
from tests import factories
from tests.factories import NOW, TODAY
from tests.factories_delivery import running, service
from tests.factories_market import (
    admitted,
    all_shown,
    issued,
    party,
    provider,
    require,
    suspended,
)

pytestmark = pytest.mark.django_db

M = CommercialModel
TOMORROW = TODAY + timedelta(days=1)


class Setting:
    """A pool of three: one ready, one whose check lapsed, one suspended; a child at the first."""

    def __init__(self):
        self.framework = factories.made_framework()
        self.lot = factories.lot(inside=self.framework)
        require()
        self.ready, self.lapsed, self.out = provider("Ash"), provider("Birch"), provider("Cedar")
        all_shown(self.ready)
        all_shown(self.out)
        self.admissions = [
            admitted(self.ready, in_lot=self.lot),
            admitted(self.lapsed, in_lot=self.lot),
            suspended(self.out, in_lot=self.lot),
        ]
        self.placement = running(at_service=service(self.ready))
        rounds.roll(framework_id=self.framework.pk, by=SYSTEM, at=NOW)
        self.officer = factories.council_member()

    def issue(self):
        return actions.issue_many(
            admission_ids=[one.pk for one in self.admissions],
            model=M.PSEUDO_DPS,
            in_force_from=self.framework.starts_on,
            by=SYSTEM,
            at=NOW,
        )

    def rehearse(self, after=M.OPEN_FRAMEWORK, on=TODAY, **changed):
        usual = {"authority": "Director", "reason": "Guidance is clear."}
        return flow.rehearse(
            framework_id=self.framework.pk,
            after=after,
            takes_effect_on=on,
            **(usual | changed),
            by=self.officer,
            at=NOW,
        )

    def carry_out(self, ref, **changed):
        usual = {"debarment_seen_on": TODAY, "debarment_version": "15 May 2026"}
        usual |= {"by": self.officer, "at": NOW}
        flow.carry_out(ref=ref, **(usual | changed))

    def undo(self, ref, reason="Not yet."):
        flow.undo(ref=ref, reason=reason, by=self.officer, at=NOW)

    def confirm(self, ref):
        return flow.confirm(ref=ref, by=self.officer, at=NOW)

    def change(self, ref):
        return queries.with_ref(ref, person=self.officer)

    def model(self, on=TODAY):
        return find_frameworks.model_on(self.framework.pk, on=on)

    def line(self, ref, number):
        return queries.line(self.change(ref).id, number, person=self.officer)


@pytest.fixture
def pool():
    return Setting()


def test_a_rehearsal_lists_everything_and_changes_nothing(pool):
    pool.issue()
    ref = pool.rehearse(on=TOMORROW)
    change = pool.change(ref)
    assert (change.stage, change.counts) == (Stage.REHEARSED, {Outcome.REISSUED: 3})
    record = {key: change.record[key] for key in ("providers", "agreements", "children", "gaps")}
    assert record == {"providers": 3, "agreements": 3, "children": 1, "gaps": 2}
    gaps = [one.gaps for one in queries.lines(change.id, person=pool.officer)]
    assert gaps == [
        [],
        ["Public liability insurance has lapsed"],
        ["Suspended, and stays so"],
    ]
    assert any(one["what"].startswith("UK7") for one in change.record["dues"])
    assert pool.model(TOMORROW) is M.PSEUDO_DPS
    assert Agreement.objects.count() == 3


def test_carried_out_every_agreement_is_issued_again_and_no_placement_changed(pool):
    pool.issue()
    before = placements.every_as_it_is()
    ref = pool.rehearse(on=TOMORROW)
    pool.carry_out(ref)
    assert (pool.model(), pool.model(TOMORROW)) == (M.PSEUDO_DPS, M.OPEN_FRAMEWORK)
    ids = [one.pk for one in pool.admissions]
    assert queries.in_force(ids, on=TODAY) == dict.fromkeys(ids, 1)
    assert queries.in_force(ids, on=TOMORROW) == dict.fromkeys(ids, 2)
    second = Agreement.objects.filter(version=2)
    assert {one.reissued_from.version for one in second} == {1}
    change = pool.change(ref)
    assert change.placements_before == change.placements_after == before
    assert placements.every_as_it_is() == before
    assert not Message.objects.exists()
    statuses = [admissions.status_on(TODAY, admission_id=one) for one in ids]
    assert statuses == [Status.IN_POOL, Status.IN_POOL, Status.SUSPENDED]


def test_a_pool_that_rolled_stops_and_rolls_again_when_it_is_undone(pool):
    ref = pool.rehearse(on=TOMORROW)
    pool.carry_out(ref)
    found = find_rounds.rounds(pool.framework.pk, on=TOMORROW)
    assert [one.status for one in found] == [RoundStatus.WITHDRAWN, RoundStatus.CLOSED]
    assert find_rounds.open_round(pool.framework.pk, on=TOMORROW) is None
    assert find_rounds.open_round(pool.framework.pk, on=TODAY) is not None
    pool.undo(ref)
    for ahead in range(30):
        assert find_rounds.open_round(pool.framework.pk, on=TODAY + timedelta(days=ahead))


def test_undone_the_agreements_before_are_in_force_again_and_the_record_is_kept(pool):
    pool.issue()
    ref = pool.rehearse()
    pool.carry_out(ref)
    pool.undo(ref)
    ids = [one.pk for one in pool.admissions]
    assert queries.in_force(ids, on=TODAY) == dict.fromkeys(ids, 1)
    assert Agreement.objects.filter(withdrawn_at__isnull=False).count() == 3
    assert pool.model() is M.PSEUDO_DPS
    steps = [(one.stage, one.reason) for one in pool.change(ref).steps]
    assert steps == [
        (Stage.REHEARSED, ""),
        (Stage.CARRIED_OUT, ""),
        (Stage.UNDONE, "Not yet."),
    ]
    with pytest.raises(actions.NotCarriedOut):
        pool.confirm(ref)
    again = pool.rehearse()
    pool.carry_out(again)
    assert queries.in_force(ids, on=TODAY) == dict.fromkeys(ids, 3)


def test_confirmed_every_provider_is_told_and_it_cannot_be_undone(pool):
    factories.member_of(pool.ready.organisation)
    ref = pool.rehearse()
    pool.carry_out(ref)
    assert pool.confirm(ref) == 3
    told = Message.objects.order_by("pk")
    assert [one.template for one in told] == ["agreement-issued-again"] * 3
    assert {one.channel for one in told} == {"email", "letter"}
    with pytest.raises(actions.NotCarriedOut):
        pool.undo(ref)
    with pytest.raises(actions.NotCarriedOut):
        pool.confirm(ref)


def test_who_opts_out_or_is_excluded_has_no_agreement_and_takes_no_new_children(pool):
    pool.issue()
    ref = pool.rehearse()
    for number, outcome in ((1, Outcome.OPTED_OUT), (2, Outcome.EXCLUDED)):
        actions.leave_out(
            line_id=pool.line(ref, number).pk,
            outcome=outcome,
            reason="By letter of 12 May.",
            by=pool.officer,
            at=NOW,
        )
    pool.carry_out(ref)
    ids = [one.pk for one in pool.admissions]
    assert queries.in_force(ids, on=TODAY) == {ids[2]: 2}
    pool.confirm(ref)
    statuses = [admissions.status_on(TODAY, admission_id=one) for one in ids]
    assert statuses == [Status.SUSPENDED] * 3
    assert sorted(Message.objects.values_list("template", flat=True)) == [
        *("agreement-ends", "agreement-ends", "agreement-issued-again")
    ]
    assert Placement.objects.count() == 1


def test_who_was_left_out_is_taken_back_in_until_it_is_carried_out(pool):
    ref = pool.rehearse()
    line = pool.line(ref, 1)
    said = {"line_id": line.pk, "by": pool.officer, "at": NOW}
    with pytest.raises(actions.ReasonMissing):
        actions.leave_out(outcome=Outcome.OPTED_OUT, reason=" ", **said)
    with pytest.raises(ValueError, match="reissued"):
        actions.leave_out(outcome=Outcome.REISSUED, reason="Why not.", **said)
    actions.leave_out(outcome=Outcome.OPTED_OUT, reason="By letter.", **said)
    actions.take_back_in(outcome=Outcome.REISSUED, **said)
    assert pool.change(ref).counts == {Outcome.REISSUED: 3}
    pool.carry_out(ref)
    with pytest.raises(actions.NotRehearsed):
        actions.leave_out(outcome=Outcome.OPTED_OUT, reason="Too late.", **said)
    with pytest.raises(actions.NotRehearsed):
        actions.take_back_in(outcome=Outcome.REISSUED, **said)


@pytest.mark.parametrize(
    ("after", "outcome"), [(M.DYNAMIC_MARKET, Outcome.MUST_APPLY), (M.SPOT, Outcome.ENDED)]
)
def test_leaving_frameworks_ends_the_agreements_and_touches_no_placement(pool, after, outcome):
    pool.issue()
    ref = pool.rehearse(after)
    assert pool.change(ref).counts == {outcome: 3}
    pool.carry_out(ref)
    assert queries.in_force([one.pk for one in pool.admissions], on=TODAY) == {}
    assert pool.change(ref).placements_after == placements.every_as_it_is()
    pool.undo(ref)
    assert pool.model() is M.PSEUDO_DPS


def test_what_has_changed_since_the_rehearsal_stops_it_and_nothing_is_done(pool):
    pool.issue()
    ref = pool.rehearse()
    all_shown(pool.lapsed)
    with pytest.raises(actions.StaleRehearsal):
        pool.carry_out(ref)
    assert pool.model() is M.PSEUDO_DPS
    assert Agreement.objects.filter(version=2).count() == 0


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"debarment_version": " "}, actions.DebarmentNotChecked),
        ({"debarment_seen_on": TOMORROW}, actions.DebarmentNotChecked),
        ({"debarment_seen_on": TODAY - timedelta(days=1)}, actions.DebarmentCheckTooOld),
        ({"by": SYSTEM}, actions.NeedsAPerson),
    ],
)
def test_nobody_rolls_over_without_a_named_person_and_a_fresh_debarment_check(
    pool, changed, refusal
):
    ref = pool.rehearse()
    with pytest.raises(refusal):
        pool.carry_out(ref, **changed)
    assert pool.model() is M.PSEUDO_DPS


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"authority": ""}, actions.ReasonMissing),
        ({"reason": " "}, actions.ReasonMissing),
        ({"on": TODAY - timedelta(days=1)}, actions.DayHasPassed),
        ({"after": M.PSEUDO_DPS}, flow.SameModel),
    ],
)
def test_a_rehearsal_that_makes_no_sense_is_refused(pool, changed, refusal):
    with pytest.raises(refusal):
        pool.rehearse(**changed)
    assert not Transition.objects.exists()


def test_one_change_at_a_time(pool):
    first, second = pool.rehearse(), pool.rehearse(M.SPOT)
    pool.carry_out(first)
    with pytest.raises(actions.AnotherChangeUnderWay):
        pool.carry_out(second)
    with pytest.raises(actions.AnotherChangeUnderWay):
        pool.rehearse(M.LIGHT_TOUCH_CLOSED)
    assert pool.model() is M.OPEN_FRAMEWORK


def test_undo_and_confirm_want_a_reason_and_a_person(pool):
    ref = pool.rehearse()
    pool.carry_out(ref)
    with pytest.raises(actions.ReasonMissing):
        pool.undo(ref, reason=" ")
    pool.officer = SYSTEM
    with pytest.raises(actions.NeedsAPerson):
        pool.undo(ref)
    with pytest.raises(actions.NeedsAPerson):
        pool.confirm(ref)


def test_a_rehearsal_of_a_day_that_has_passed_is_not_carried_out(pool):
    ref = pool.rehearse()
    late = NOW + timedelta(days=1)
    with pytest.raises(frameworks.ModelInThePast):
        pool.carry_out(ref, at=late, debarment_seen_on=TOMORROW)


def test_a_placement_that_changed_is_refused_by_name(pool):
    ref = pool.rehearse()
    with pytest.raises(actions.PlacementsChanged):
        actions.record_placements(
            transition_id=pool.change(ref).id, before="a", after="b", by=pool.officer, at=NOW
        )


def test_an_unknown_change_is_refused(pool):
    for act in (pool.undo, pool.confirm, pool.carry_out):
        with pytest.raises(flow.NotThere):
            act("T-XXXXX")


def test_an_admission_has_one_first_agreement(pool):
    pool.issue()
    with pytest.raises(actions.AgreementInForce):
        pool.issue()


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_carry_it_out_once():
    pool = Setting()
    pool.issue()
    ref, together = pool.rehearse(), Barrier(2)

    def carry(_):
        try:
            together.wait(timeout=10)
            pool.carry_out(ref)
        except (actions.NotRehearsed, frameworks.SameModel) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "carried out"

    with ThreadPoolExecutor(max_workers=2) as both:
        told = sorted(both.map(carry, range(2)))
    assert told[0] in ("NotRehearsed", "SameModel")
    assert told[1] == "carried out"
    assert Agreement.objects.count() == 6


def test_whoever_was_a_party_is_one_after_the_change_and_nobody_else(pool):
    [*rest, ready] = reversed(pool.admissions)
    party(ready)
    issued(*rest[:1])
    ref = pool.rehearse()
    pool.carry_out(ref)
    pairs = [(one.provider_id, one.lot_id) for one in pool.admissions]
    why = queries.why_none(pairs, on=TODAY)
    assert (ready.provider_id, ready.lot_id) not in why
    assert len(why) == 2
    papers = {
        one.provider_id: one.status
        for one in queries.papers(person=pool.officer, on=TODAY)
        if one.status is not PaperStatus.ENDED
    }
    assert papers[ready.provider_id] is PaperStatus.CARRIED_OVER
    assert papers[rest[0].provider_id] is PaperStatus.WAITING


def test_a_version_that_a_change_made_is_mended_once_the_change_is_confirmed(pool):
    pool.issue()
    ref = pool.rehearse()
    pool.carry_out(ref)
    paper = next(
        one
        for one in queries.papers(person=pool.officer, on=TODAY)
        if one.status is not PaperStatus.ENDED
    )
    assert paper.because == "The commercial model of the framework changes (Director)"
    mend = {"paper_id": paper.id, "reason": "The name.", "by": pool.officer, "at": NOW}
    with pytest.raises(actions.ChangeNotConfirmed):
        actions.issue_again(**mend)
    pool.confirm(ref)
    assert actions.issue_again(**mend)
