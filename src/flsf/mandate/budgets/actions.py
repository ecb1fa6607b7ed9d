"""The only writes of funds, budgets, limits and the ledger."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.money import Money
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import queries, rules
from flsf.mandate.budgets.enums import Entry, FundKind, Route, Tag
from flsf.mandate.budgets.models import Budget, DelegatedLimit, Fund, LedgerLine
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import SpendLine
from flsf.shared.accounts.enums import Role, Team
from flsf.shared.audit import actions as audit


class FundCodeTaken(Refusal):
    says = "There is already a fund with that code. Choose another code."


class NotAFinancialYear(Refusal):
    says = "A budget is for a financial year, which begins on 1 April."


class BelowNothing(Refusal):
    says = "An amount must not be less than nothing."


class BudgetChangedMeanwhile(Refusal):
    says = "Somebody changed this budget meanwhile. Look at it again."

    def __init__(self, *, now: Money) -> None:
        super().__init__()
        self.now = now

    def __str__(self) -> str:
        return f"Somebody else set this budget to {self.now} meanwhile. Look at it again."


class LimitInThePast(Refusal):
    says = "A limit holds from today or a later day: what was decided before stands as it was."


class LimitAlreadySet(Refusal):
    says = "That role already has a limit from that day. Choose another day."


class NotEnoughBudget(Refusal):
    says = "There is not enough left in this budget. Choose another fund, or ask finance for more."

    def __init__(self, *, left: Money, asked: Money, year: str) -> None:
        super().__init__()
        self.left, self.asked, self.year = left, asked, year

    def __str__(self) -> str:
        return (
            f"This costs {self.asked} of the budget of {self.year}, which has {self.left} left. "
            "Choose another fund, buy less, or ask finance to add to the budget."
        )


class BeyondCeiling(Refusal):
    says = "That would call off more than the framework's ceiling. Speak to procurement."

    def __init__(self, *, left: Money, asked: Money) -> None:
        super().__init__()
        self.left, self.asked = left, asked

    def __str__(self) -> str:
        return (
            f"This costs {self.asked} and the framework's ceiling has {self.left} left. "
            "Buy less, or speak to procurement."
        )


@transaction.atomic
def open_fund(*, code: str, name: str, kind: FundKind, by: Person, at: datetime) -> Fund:
    """Budgets can be set for the fund. Raises FundCodeTaken."""
    fund, is_new = Fund.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
    if not is_new:
        raise FundCodeTaken
    audit.record(
        tag=Tag.FUND_OPENED, subject=f"fund {code}", details={"kind": kind.value}, by=by, at=at
    )
    return fund


@transaction.atomic
def set_budget(
    *,
    fund_id: int,
    year_begins: date,
    amount_pence: int,
    because: str = "",
    if_still_pence: int | None = None,
    by: Person,
    at: datetime,
) -> Budget:
    """So much of the fund may be promised that year, in place of any amount set before.

    A budget may be set below what is already promised: then nothing more can be.
    `if_still_pence` is what whoever decides saw, nothing for no budget yet: it must still be
    so. Raises NotAFinancialYear, BelowNothing and BudgetChangedMeanwhile.
    """
    if not rules.begins_financial_year(year_begins):
        raise NotAFinancialYear
    if amount_pence < 0:
        raise BelowNothing
    # The fund's row is what two people who set a budget for the first time queue up for.
    Fund.objects.select_for_update(no_key=True).get(pk=fund_id)
    held = Budget.objects.filter(fund_id=fund_id, year_begins=year_begins).first()
    before = held.amount_pence if held else 0
    if if_still_pence is not None and before != if_still_pence:
        raise BudgetChangedMeanwhile(now=Money(before))
    budget, _ = Budget.objects.select_for_update().update_or_create(
        fund_id=fund_id, year_begins=year_begins, defaults={"amount_pence": amount_pence}
    )
    audit.record(
        tag=Tag.BUDGET_SET,
        subject=f"budget {budget.pk}",
        details={
            "year_begins": year_begins.isoformat(),
            "before_pence": before,
            "pence": amount_pence,
            "because": because,
        },
        by=by,
        at=at,
    )
    return budget


@transaction.atomic
def set_limit(
    *,
    role: Role,
    limit_pence: int | None,
    in_force_from: date,
    source: str,
    not_before: date | None = None,
    by: Person,
    at: datetime,
) -> DelegatedLimit:
    """From that day the role decides awards up to so much, VAT included; None: any.

    What was before stays. Raises BelowNothing and LimitAlreadySet; and LimitInThePast when
    `not_before` is given and later than that day.
    """
    if limit_pence is not None and limit_pence < 0:
        raise BelowNothing
    if not_before is not None and in_force_from < not_before:
        raise LimitInThePast
    limit, is_new = DelegatedLimit.objects.get_or_create(
        role=role,
        in_force_from=in_force_from,
        defaults={"limit_pence": limit_pence, "source": source},
    )
    if not is_new:
        raise LimitAlreadySet
    audit.record(
        tag=Tag.LIMIT_SET,
        subject=f"limit of {role.value}",
        details={"from": in_force_from.isoformat(), "pence": limit_pence},
        by=by,
        at=at,
    )
    return limit


@transaction.atomic
def commit(*, posting: Posting, by: Person, at: datetime) -> LedgerLine:
    """The money is promised. Raises NotEnoughBudget and BeyondCeiling."""
    return commit_all(postings=[posting], by=by, at=at)[0]


@transaction.atomic
def commit_all(*, postings: Sequence[Posting], by: Person, at: datetime) -> list[LedgerLine]:
    """The money is promised out of every budget named, or none is.

    Raises NotEnoughBudget and BeyondCeiling. The budgets' rows are locked first, by their ids,
    and the framework's last, always in that order, so two officers who promise the last pound
    at once queue up, whichever years they promise it for, and the second is told.
    """
    ids = sorted({one.budget_id for one in postings})
    held = Budget.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    words = {one.pk: rules.year_in_words(one.year_begins) for one in held}
    made = []
    for one in postings:
        left = queries.headroom(one.budget_id)
        if not rules.fits(one.gross_pence, left):
            raise NotEnoughBudget(
                left=Money(left), asked=Money(one.gross_pence), year=words[one.budget_id]
            )
        if one.lot_code:
            _refuse_beyond_ceiling(one)
        made.append(_post(Entry.COMMITTED, one, tag=Tag.COMMITTED, by=by, at=at))
    return made


@transaction.atomic
def release(*, award_ref: str, day: date, by: Person, at: datetime) -> Money:
    """What was promised for the award and not paid is free again. Returns how much.

    Nothing left over: nothing changes, so a second run makes no difference.
    """
    of_award = LedgerLine.objects.filter(award_ref=award_ref)
    budgets = Budget.objects.filter(pk__in=of_award.values("budget")).order_by("pk")
    freed = Money(0)
    for budget in budgets.select_for_update(no_key=True):
        of_budget = list(of_award.filter(budget=budget).order_by("pk"))
        net, vat = _outstanding(of_budget)
        if net or vat:
            in_year = max(day, budget.year_begins)  # a year to come is freed in that year
            back = _as_posting(of_budget[0], net=-net, vat=-vat, day=in_year)
            _post(Entry.COMMITTED, back, tag=Tag.RELEASED, by=by, at=at)
            freed += Money(net + vat)
    return freed


@transaction.atomic
def pay(*, posting: Posting, by: Person, at: datetime) -> LedgerLine:
    """The money is paid out of what was promised for the award.

    Money owed must be paid (Procurement Act 2023, section 68), so it is never refused here: if
    more is paid than was promised, the difference is promised first, and the budget shows it.
    """
    Budget.objects.select_for_update(no_key=True).get(pk=posting.budget_id)
    lines = LedgerLine.objects.filter(award_ref=posting.award_ref, budget=posting.budget_id)
    net, vat = _outstanding(list(lines))
    more_net, more_vat = posting.net_pence - net, posting.vat_pence - vat
    if more_net + more_vat > 0:
        short = _as_posting(posting, net=more_net, vat=more_vat, day=posting.day)
        _post(Entry.COMMITTED, short, tag=Tag.COMMITTED, by=by, at=at)
    return _post(Entry.PAID, posting, tag=Tag.PAID, by=by, at=at)


@transaction.atomic
def post_many(*, lines: Sequence[tuple[Entry, Posting]], by: Person, at: datetime) -> int:
    """Lines found elsewhere are in the ledger as they are: imports, and the demonstration.

    Nothing is refused: what was promised before we kept count was promised.
    """
    LedgerLine.objects.bulk_create(
        (_line(entry, posting, at=at) for entry, posting in lines), batch_size=2000
    )
    audit.record(
        tag=Tag.POSTED_MANY,
        subject=f"ledger of {len(lines)} lines",
        details={"lines": len(lines)},
        by=by,
        at=at,
    )
    return len(lines)


def _refuse_beyond_ceiling(posting: Posting) -> None:
    ceiling = framework.ceiling_held(lot_code=posting.lot_code, on=posting.day)
    if ceiling is None:
        return
    called = queries.called_off(lot_codes=ceiling.lot_codes, since=ceiling.since)
    left = ceiling.pence - called
    if not rules.fits(posting.gross_pence, left):
        raise BeyondCeiling(left=Money(left), asked=Money(posting.gross_pence))


def _outstanding(lines: list[LedgerLine]) -> tuple[int, int]:
    """Promised and not yet paid: net and VAT."""
    sign = {Entry.COMMITTED: 1, Entry.PAID: -1}
    net = sum(sign[Entry(line.entry)] * line.net_pence for line in lines)
    vat = sum(sign[Entry(line.entry)] * line.vat_pence for line in lines)
    return net, vat


def _as_posting(like: LedgerLine | Posting, *, net: int, vat: int, day: date) -> Posting:
    """Another amount for the same thing."""
    return Posting(
        budget_id=like.budget_id,
        award_ref=like.award_ref,
        source_ref=like.source_ref,
        provider_ref=like.provider_ref,
        provider_name=like.provider_name,
        team=Team(like.team),
        route=Route(like.route),
        spend_line=SpendLine(like.spend_line),
        lot_code=like.lot_code,
        net_pence=net,
        vat_pence=vat,
        day=day,
    )


def _line(entry: Entry, posting: Posting, *, at: datetime) -> LedgerLine:
    return LedgerLine(
        entry=entry,
        budget_id=posting.budget_id,
        award_ref=posting.award_ref,
        source_ref=posting.source_ref,
        provider_ref=posting.provider_ref,
        provider_name=posting.provider_name,
        team=posting.team,
        route=posting.route,
        spend_line=posting.spend_line,
        lot_code=posting.lot_code,
        net_pence=posting.net_pence,
        vat_pence=posting.vat_pence,
        gross_pence=posting.gross_pence,
        day=posting.day,
        posted_at=at,
    )


def _post(entry: Entry, posting: Posting, *, tag: Tag, by: Person, at: datetime) -> LedgerLine:
    line = _line(entry, posting, at=at)
    line.save()
    audit.record(
        tag=tag,
        subject=f"award {posting.award_ref}",
        details={"pence": posting.gross_pence, "source": posting.source_ref},
        by=by,
        at=at,
    )
    return line
