"""The only writes of claims and their lines."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.casework.calloffs import queries as calloffs
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.core.refusals import Refusal
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import Route
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework.enums import SpendLine
from flsf.money.payments import queries
from flsf.money.payments.enums import OPEN, Flag, Status, Tag
from flsf.money.payments.models import Claim, Line
from flsf.money.payments.rules import Draft
from flsf.shared.accounts.enums import Team
from flsf.shared.audit import actions as audit


class MonthNotBegun(Refusal):
    says = "That month has not begun. A claim is made from sessions that have taken place."


class NothingToClaim(Refusal):
    says = "There is nothing to claim for that month yet. Mark its sessions first."


class NotOpen(Refusal):
    says = "This claim has been sent, so it cannot be changed. Ask the council to send it back."


class NotSent(Refusal):
    says = "This claim is not waiting for approval. Open it again to see where it is."


class SentItThemselves(Refusal):
    says = "You sent this claim in, so somebody else has to approve it."


class NotApproved(Refusal):
    says = "This claim is not approved, so it cannot be paid. Have it approved first."


class PaidAnotherDay(Refusal):
    says = "This claim is already recorded as paid on another day."


class PaidLater(Refusal):
    says = "That day has not come yet. Enter the day on which the money was paid."


@transaction.atomic
def draft(*, provider_id: int, month: date, by: Person, at: datetime) -> Claim:
    """The provider's claim for the month says what its marks come to (S283).

    As draft_many has it. Raises MonthNotBegun and NothingToClaim.
    """
    made = draft_many(provider_ids=[provider_id], month=month, by=by, at=at)
    if not made:
        raise NothingToClaim
    return made[0]


@transaction.atomic
def draft_many(
    *, provider_ids: Collection[int], month: date, by: Person, at: datetime
) -> list[Claim]:
    """The providers' claims for the month say what their marks come to, in order of provider.

    While a claim is open its lines follow the marks; once it is sent they stay, and what is
    corrected later comes in the next open claim as a line of its own. A second run makes no
    difference. A provider with nothing to claim has no claim. `month` is any day of it.
    Raises MonthNotBegun.
    """
    first, providers = month.replace(day=1), sorted(set(provider_ids))
    if first > london_day(at):
        raise MonthNotBegun
    new = _begin(providers, first, at)
    # Every claim of a provider is held, so that no correction lands in two of them.
    held = Claim.objects.select_for_update().filter(provider__in=providers).order_by("pk")
    claims = sorted((one for one in held if one.month == first), key=lambda one: one.provider_id)
    still_open = [claim for claim in claims if claim.status in OPEN]
    wanted = queries.lines_wanted(still_open)
    empty = {claim.pk for claim in still_open if claim.ref in new and not wanted.get(claim.pk)}
    Claim.objects.filter(pk__in=empty).delete()
    followed = [claim for claim in still_open if claim.pk not in empty]
    changes = _bring_up_to_date(followed, wanted)
    for claim in followed:
        if claim.ref in new or changes[claim.pk]:
            many, changed = len(wanted.get(claim.pk, ())), changes[claim.pk]
            _record(Tag.DRAFTED, claim, {"lines": many, "changed": changed}, by=by, at=at)
    return [claim for claim in claims if claim.pk not in empty]


def _begin(provider_ids: Sequence[int], month: date, at: datetime) -> set[str]:
    """Each provider has a claim for the month; the references of those there were not."""
    there = Claim.objects.filter(provider__in=provider_ids, month=month)
    have = set(there.values_list("provider", flat=True))
    lacking = [pk for pk in provider_ids if pk not in have]
    taken = frozenset(Claim.objects.values_list("ref", flat=True)) if lacking else frozenset()
    new = [
        Claim(provider_id=pk, month=month, ref=ref, drafted_at=at)
        for pk, ref in zip(lacking, fresh_refs("CL", len(lacking), taken), strict=True)
    ]
    # Whoever began the same claim in this moment is waited for, and theirs is taken.
    Claim.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["provider", "month"], update_fields=["month"]
    )
    return {one.ref for one in new}


@transaction.atomic
def ask_about(*, line_id: int, words: str, by: Person, at: datetime) -> None:
    """The line carries the provider's question, and an officer looks at it. Raises NotOpen."""
    line = Line.objects.select_for_update().select_related("claim").get(pk=line_id)
    if line.claim.status not in OPEN:
        raise NotOpen
    line.provider_says = words
    line.flags = sorted({*line.flags, Flag.PROVIDER_QUERY.value})
    line.save(update_fields=["provider_says", "flags"])
    _record(Tag.QUERIED, line.claim, {"line": line.pk}, by=by, at=at)


@transaction.atomic
def submit(*, claim_id: int, by: Person, at: datetime) -> None:
    """The claim waits for approval, its lines as they are. Raises NotOpen and NothingToClaim."""
    claim = _locked(claim_id)
    if claim.status not in OPEN:
        raise NotOpen
    if not claim.lines.exists():
        raise NothingToClaim
    claim.status, claim.submitted_by_id, claim.submitted_at = Status.SUBMITTED, by.pk, at
    claim.save(update_fields=["status", "submitted_by", "submitted_at"])
    _record(Tag.SUBMITTED, claim, {}, by=by, at=at)


@transaction.atomic
def approve(*, claim_id: int, reason: str, by: Person, at: datetime) -> None:
    """The claim may be paid. Asked twice by the same person, it is approved once.

    Raises NotSent and SentItThemselves.
    """
    claim = _locked(claim_id)
    if claim.status == Status.APPROVED and claim.approved_by_id == by.pk:
        return
    if claim.status != Status.SUBMITTED:
        raise NotSent
    if claim.submitted_by_id == by.pk and by.pk is not None:
        raise SentItThemselves
    claim.status, claim.approved_by_id, claim.approved_at = Status.APPROVED, by.pk, at
    claim.approval_reason = reason
    claim.save(update_fields=["status", "approved_by", "approved_at", "approval_reason"])
    _record(Tag.APPROVED, claim, {}, by=by, at=at)


@transaction.atomic
def send_back(*, claim_id: int, words: str, by: Person, at: datetime) -> None:
    """The provider is asked to look again, and may change the claim. Raises NotSent."""
    claim = _locked(claim_id)
    if claim.status != Status.SUBMITTED:
        raise NotSent
    claim.status, claim.query = Status.QUERY, words
    claim.save(update_fields=["status", "query"])
    _record(Tag.SENT_BACK, claim, {}, by=by, at=at)


@transaction.atomic
def pay(*, claim_id: int, paid_on: date, by: Person, at: datetime) -> None:
    """The claim is paid, and the ledger says so for each award, as of that day.

    Recorded twice with the same day it is paid once. Raises NotApproved, PaidLater and
    PaidAnotherDay.
    """
    claim = _locked(claim_id)
    if claim.status == Status.PAID:
        if claim.paid_on == paid_on:
            return
        raise PaidAnotherDay
    if claim.status != Status.APPROVED:
        raise NotApproved
    if paid_on > london_day(at):
        raise PaidLater
    claim.status, claim.paid_on = Status.PAID, paid_on
    claim.save(update_fields=["status", "paid_on"])
    for posting in _postings(claim, paid_on):
        budgets.pay(posting=posting, by=by, at=at)
    _record(Tag.PAID, claim, {"paid_on": paid_on.isoformat()}, by=by, at=at)


def _locked(claim_id: int) -> Claim:
    """The claim, held until the transaction ends, so that changes queue up."""
    return Claim.objects.select_for_update().get(pk=claim_id)


def _postings(claim: Claim, paid_on: date) -> Iterable[Posting]:
    """What the claim comes to for each award, out of the budget of the sessions' year."""
    sums = queries.sums_by_award(claim.pk)
    agreed = calloffs.agreed({one.award_id for one in sums})
    payers = calloffs.payers(agreed)
    for one in sums:
        award = agreed[one.award_id]
        if one.net_pence == 0 and one.vat_pence == 0:
            continue
        yield Posting(
            budget_id=payers.get((one.award_id, one.year_begins), award.budget_id),
            award_ref=award.ref,
            source_ref=claim.ref,
            provider_ref=award.provider_ref,
            provider_name=award.provider_name,
            team=Team(award.team),
            route=Route(award.route),
            spend_line=SpendLine(award.spend_line),
            lot_code=award.lot_code,
            net_pence=one.net_pence,
            vat_pence=one.vat_pence,
            day=paid_on,
        )


def _bring_up_to_date(
    claims: Sequence[Claim], wanted: Mapping[int, Iterable[Draft]]
) -> Counter[int]:
    """The claims' lines are those wanted, and no others. How many changed, by claim."""
    there: dict[int, dict[tuple[int, str], Line]] = {claim.pk: {} for claim in claims}
    for line in Line.objects.filter(claim__in=there):
        there[line.claim_id][line.mark_id, line.kind] = line
    new: list[Line] = []
    changed: list[Line] = []
    for claim in claims:
        for one in wanted.get(claim.pk, ()):
            known = there[claim.pk].pop((one.mark_id, one.kind.value), None)
            if known is None:
                new.append(_filled(Line(claim=claim), one))
            else:
                before = _said(known)
                if _said(_filled(known, one)) != before:
                    changed.append(known)
    gone = [line for lines in there.values() for line in lines.values()]
    Line.objects.filter(pk__in=[line.pk for line in gone]).delete()
    Line.objects.bulk_update(changed, [*SAID, "placement"])
    Line.objects.bulk_create(new, batch_size=2_000)
    return Counter(line.claim_id for line in (*gone, *changed, *new))


SAID = (
    *("day", "minutes", "rate_pence", "net_pence", "vat_pence", "gross_pence"),
    *("words", "flags"),
)


def _said(line: Line) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in SAID)


def _filled(line: Line, one: Draft) -> Line:
    """The line, saying what is wanted; what the provider asked about it stays."""
    asked = {Flag.PROVIDER_QUERY.value} & set(line.flags)
    line.placement_id, line.mark_id, line.kind = one.placement_id, one.mark_id, one.kind
    line.day, line.minutes, line.rate_pence = one.day, one.minutes, one.rate_pence
    line.net_pence, line.vat_pence = one.net_pence, one.vat_pence
    line.gross_pence, line.words = one.gross_pence, one.words
    line.flags = sorted({*(flag.value for flag in one.flags), *asked})
    return line


def _record(
    tag: Tag, claim: Claim, details: dict[str, int | str], *, by: Person, at: datetime
) -> None:
    audit.record(tag=tag, subject=f"claim {claim.ref}", details=details, by=by, at=at)
