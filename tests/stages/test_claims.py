"""From marks to a paid claim, and what stands in the way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.casework.calloffs.models import Award, AwardYear
from flsf.core.half_days import Half
from flsf.core.money import Money
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.attendance.rules import Facts
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.actions import set_budget
from flsf.mandate.budgets.enums import Entry
from flsf.mandate.budgets.models import LedgerLine
from flsf.market.providers import actions as providers
from flsf.money.payments import actions, queries
from flsf.money.payments.enums import Flag, LineKind, Status
from flsf.money.payments.models import Claim, Line
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member, member_of, organisation
from tests.factories_money import APRIL, approved, billed, claimed, marked, sent

pytestmark = pytest.mark.django_db

MISSED = Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS)
SHUT = Facts(
    held=False,
    not_held_because=NotHeldBecause.PROVIDER,
    came=Came.NO,
    absent_because=AbsentBecause.SCHOOL,
)
APRIL_DAY, MAY_DAYS = date(2026, 4, 27), (date(2026, 5, 4), date(2026, 5, 6), date(2026, 5, 8))


def told(claim):
    return [
        (line.kind, line.day, line.gross_pence, line.flags)
        for line in claim.lines.order_by("day", "pk")
    ]


def test_a_claim_is_made_from_marks_and_rates():
    placement = billed(vat=2000)
    marked(placement, MAY_DAYS[0])
    marked(placement, MAY_DAYS[1], facts=MISSED)
    marked(placement, MAY_DAYS[2], facts=SHUT)
    claim = claimed(placement)
    assert told(claim) == [
        (LineKind.SESSION, MAY_DAYS[0], 9600, []),
        (LineKind.SESSION, MAY_DAYS[1], 9600, [Flag.ABSENT_PAID]),
    ]
    assert claim.lines.first().words == "120 minutes at £40.00 an hour"


def test_a_second_run_makes_no_difference():
    placement = billed()
    marked(placement, MAY_DAYS[0])
    before = list(claimed(placement).lines.values())
    again = claimed(placement)
    assert list(again.lines.values()) == before
    assert Claim.objects.count() == 1


def test_while_it_is_open_the_claim_follows_the_marks_and_keeps_what_was_asked():
    placement = billed()
    mark = marked(placement, MAY_DAYS[0])
    line = claimed(placement).lines.get()
    actions.ask_about(line_id=line.pk, words="It was three hours.", by=SYSTEM, at=NOW)
    attendance.correct(
        mark_id=mark.pk, facts=Facts(minutes=180), reason="Counted again.", by=SYSTEM, at=NOW
    )
    now = claimed(placement).lines.get()
    assert (now.pk, now.gross_pence) == (line.pk, 12000)
    assert now.provider_says == "It was three hours."
    assert set(now.flags) == {Flag.PROVIDER_QUERY, Flag.OVER_AWARD}


@pytest.mark.parametrize(("new", "paid"), [(3500, 3500), (4500, 4000)])
def test_a_rate_that_falls_counts_from_its_day_and_one_that_rises_waits_for_new_awards(new, paid):
    placement = billed()
    providers.set_rate(
        service_id=placement.service_id,
        rate=Money(new),
        in_force_from=MAY_DAYS[1],
        by=SYSTEM,
        at=datetime(2026, 5, 1, 9, tzinfo=UTC),
    )
    for day in MAY_DAYS:
        marked(placement, day)
    lines = claimed(placement).lines.order_by("day")
    assert [line.rate_pence for line in lines] == [4000, paid, paid]
    changed = paid != 4000
    assert [Flag.RATE_CHANGED in line.flags for line in lines] == [False, changed, changed]


def test_missed_sessions_in_a_row_are_paid_up_to_the_number_in_force():
    placement = billed()
    days = [date(2026, 5, n) for n in (1, 4, 6, 8, 11)]
    for day in days:
        marked(placement, day, facts=MISSED)
    assert [day for _, day, _, _ in told(claimed(placement))] == days[:3]


def test_a_run_of_missed_sessions_goes_on_across_months():
    placement = billed()
    for day in (date(2026, 4, 27), date(2026, 4, 29), date(2026, 5, 1), date(2026, 5, 4)):
        marked(placement, day, facts=MISSED)
    assert [day for _, day, _, _ in told(claimed(placement))] == [date(2026, 5, 1)]


def test_a_correction_after_sending_comes_in_the_next_claim_and_edits_nothing():
    placement = billed()
    mark = marked(placement, APRIL_DAY)
    april = sent(placement, APRIL)
    before = list(april.lines.values())
    marked(placement, MAY_DAYS[0])
    attendance.correct(
        mark_id=mark.pk, facts=Facts(minutes=90), reason="Left early.", by=SYSTEM, at=NOW
    )
    assert list(claimed(placement, APRIL).lines.values()) == before
    may = claimed(placement)
    assert told(may) == [
        (LineKind.ADJUSTMENT, APRIL_DAY, -2000, []),
        (LineKind.SESSION, MAY_DAYS[0], 8000, []),
    ]
    assert "£80.00 was charged before" in may.lines.first().words
    assert sum(Line.objects.values_list("gross_pence", flat=True)) == 6000 + 8000


def test_a_session_marked_after_sending_comes_in_the_next_claim():
    placement = billed()
    marked(placement, APRIL_DAY)
    sent(placement, APRIL)
    marked(placement, APRIL_DAY + timedelta(days=2))
    assert told(claimed(placement)) == [
        (LineKind.ADJUSTMENT, APRIL_DAY + timedelta(days=2), 8000, [])
    ]


def test_what_goes_beyond_the_award_is_flagged():
    placement = billed(most=16_000)
    for day in MAY_DAYS:
        marked(placement, day)
    assert [flags for _, _, _, flags in told(claimed(placement))] == [[], [], [Flag.OVER_AWARD]]


def test_a_paid_claim_moves_the_ledger_by_exactly_its_sum():
    placement = billed(vat=2000)
    for day in MAY_DAYS:
        marked(placement, day)
    claim = approved(placement)
    actions.pay(claim_id=claim.pk, paid_on=TODAY, by=council_member(Role.FINANCE), at=NOW)
    claim.refresh_from_db()
    assert (claim.status, claim.paid_on) == (Status.PAID, TODAY)
    assert budgets.of_award(placement.award.ref)[Entry.PAID] == Money(3 * 9600)


def test_paying_twice_pays_once():
    placement = billed()
    marked(placement, MAY_DAYS[0])
    claim = approved(placement)
    for _ in range(2):
        actions.pay(claim_id=claim.pk, paid_on=TODAY, by=SYSTEM, at=NOW)
    assert budgets.of_award(placement.award.ref)[Entry.PAID] == Money(8000)
    with pytest.raises(actions.PaidAnotherDay):
        actions.pay(claim_id=claim.pk, paid_on=date(2026, 5, 14), by=SYSTEM, at=NOW)


def test_a_claim_goes_its_way_and_no_other():
    placement = billed()
    marked(placement, MAY_DAYS[0])
    claim = claimed(placement)
    with pytest.raises(actions.NotSent):
        actions.approve(claim_id=claim.pk, reason="x", by=SYSTEM, at=NOW)
    with pytest.raises(actions.NotApproved):
        actions.pay(claim_id=claim.pk, paid_on=TODAY, by=SYSTEM, at=NOW)
    with pytest.raises(actions.NotSent):
        actions.send_back(claim_id=claim.pk, words="x", by=SYSTEM, at=NOW)
    officer = council_member(Role.FINANCE)
    actions.submit(claim_id=claim.pk, by=officer, at=NOW)
    with pytest.raises(actions.NotOpen):
        actions.submit(claim_id=claim.pk, by=officer, at=NOW)
    with pytest.raises(actions.NotOpen):
        actions.ask_about(line_id=claim.lines.get().pk, words="x", by=officer, at=NOW)
    with pytest.raises(actions.SentItThemselves):
        actions.approve(claim_id=claim.pk, reason="x", by=officer, at=NOW)
    actions.approve(claim_id=claim.pk, reason="As marked.", by=council_member(), at=NOW)
    with pytest.raises(actions.PaidLater):
        actions.pay(claim_id=claim.pk, paid_on=date(2026, 5, 16), by=SYSTEM, at=NOW)


def test_a_claim_sent_back_can_be_changed_and_sent_again():
    placement = billed()
    mark = marked(placement, MAY_DAYS[0])
    claim = sent(placement)
    actions.send_back(claim_id=claim.pk, words="Was it two hours?", by=SYSTEM, at=NOW)
    attendance.correct(
        mark_id=mark.pk, facts=Facts(minutes=60), reason="One hour.", by=SYSTEM, at=NOW
    )
    assert told(claimed(placement)) == [(LineKind.SESSION, MAY_DAYS[0], 4000, [])]
    actions.submit(claim_id=claim.pk, by=SYSTEM, at=NOW)
    claim.refresh_from_db()
    assert (claim.status, claim.query) == (Status.SUBMITTED, "Was it two hours?")


def test_there_is_no_claim_without_sessions_or_before_its_month():
    placement = billed()
    with pytest.raises(actions.NothingToClaim):
        claimed(placement)
    assert not Claim.objects.exists()
    with pytest.raises(actions.MonthNotBegun):
        claimed(placement, date(2026, 6, 1))


def test_a_provider_sees_its_own_claims_and_no_others():
    placement = billed()
    marked(placement, MAY_DAYS[0], half=Half.AM)
    claim = claimed(placement)
    own = member_of(placement.provider.organisation)
    assert queries.with_ref(claim.ref, person=own, on=TODAY) is not None
    stranger = member_of(organisation())
    assert queries.with_ref(claim.ref, person=stranger, on=TODAY) is None
    assert queries.exceptions_first(claim.pk, person=stranger, on=TODAY) == []


def test_lines_that_want_an_eye_come_first():
    placement = billed()
    marked(placement, MAY_DAYS[0])
    marked(placement, MAY_DAYS[2], facts=MISSED)
    lines = queries.exceptions_first(claimed(placement).pk, person=SYSTEM, on=TODAY)
    assert [line.day for line in lines] == [MAY_DAYS[2], MAY_DAYS[0]]


@pytest.mark.parametrize(
    "half", [{"approval_reason": "x"}, {"paid_on": TODAY}, {"status": Status.PAID}]
)
def test_the_table_holds_no_half_a_decision(half):
    placement = billed()
    marked(placement, MAY_DAYS[0])
    claim = claimed(placement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**half)


@pytest.mark.parametrize("many", [1, 3])
def test_a_draft_asks_as_many_questions_for_one_placement_as_for_three(
    many, django_assert_max_num_queries
):
    first = billed()
    marked(first, MAY_DAYS[0])
    for _ in range(many - 1):
        other = billed()
        type(other).objects.filter(pk=other.pk).update(provider=first.provider)
        other.award.provider = first.provider
        other.award.save(update_fields=["provider"])
        marked(other, MAY_DAYS[1])
    with django_assert_max_num_queries(22):
        claim = claimed(first)
    assert claim.lines.count() == many


def test_sessions_are_paid_by_the_budget_of_the_year_they_were_held_in():
    placement = billed()
    award = Award.objects.select_related("budget").get(pk=placement.award_id)
    other = find_budget_of(award, date(2027, 4, 1))
    for budget_id in (award.budget_id, other.pk):
        AwardYear.objects.create(award=award, budget_id=budget_id, net_pence=8000, vat_pence=0)
    marked(placement, MAY_DAYS[0])
    claim = approved(placement)
    # As if it had been held in the year to come.
    claim.lines.update(day=date(2027, 4, 5))
    actions.pay(claim_id=claim.pk, paid_on=TODAY, by=SYSTEM, at=NOW)
    paid = LedgerLine.objects.filter(entry=Entry.PAID)
    assert [(one.budget_id, one.gross_pence, one.day) for one in paid] == [(other.pk, 8000, TODAY)]


def find_budget_of(award, year_begins):
    return set_budget(
        fund_id=award.budget.fund_id,
        year_begins=year_begins,
        amount_pence=100_000,
        by=SYSTEM,
        at=NOW,
    )
