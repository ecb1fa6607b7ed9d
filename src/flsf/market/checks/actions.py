"""The only writes of what providers must show and of what they showed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.checks import queries, rules
from flsf.market.checks.enums import Outcome, Tag
from flsf.market.checks.models import Check, Evidence, EvidenceTold, Reminder
from flsf.market.checks.rules import NewCheck, NewEvidence
from flsf.shared.audit import actions as audit


class AlreadyRequired(Refusal):
    says = "There is already a check with that code."


class NoSuchCheck(Refusal):
    says = "We do not ask for that check. Choose one of the list."


class DatesOutOfOrder(Refusal):
    says = "The last day it holds must not be before the first."


class HoldsTooLong(Refusal):
    """`years` is how long evidence may hold, `last` the last day that is taken."""

    says = "That day is too far away."

    def __init__(self, *, years: int, last: date) -> None:
        super().__init__()
        self.years, self.last = years, last

    def __str__(self) -> str:
        return (
            f"Enter a last day up to {in_words(self.last)}: evidence is looked at again after "
            f"{self.years} years at most. Where it has no last day, enter when to look again."
        )


class AlreadyTold(Refusal):
    says = "You have told us of one already, and we are looking at it."


class RunOutAlready(Refusal):
    says = "That has run out already. Tell us of one that holds today or later."


class AlreadySettled(Refusal):
    says = "Somebody has looked at this already."


class WordsMissing(Refusal):
    says = "Say what is missing, so that they can mend it."


class NeedsAPerson(Refusal):
    says = "A named person looks at evidence. Sign in and look."


@transaction.atomic
def require(*, check: NewCheck, needed_from: date, by: Person, at: datetime) -> Check:
    """Every provider must show it from that day on. Raises AlreadyRequired."""
    return require_many(checks=[check], needed_from=needed_from, by=by, at=at)[0]


@transaction.atomic
def require_many(
    *,
    checks: Sequence[NewCheck] = rules.DEFAULT_CHECKS,
    needed_from: date,
    by: Person,
    at: datetime,
) -> list[Check]:
    """As require for several, all or none: by default what councils usually ask for."""
    codes = [one.code for one in checks]
    if len(set(codes)) < len(codes) or Check.objects.filter(code__in=codes).exists():
        raise AlreadyRequired
    made = Check.objects.bulk_create(
        Check(
            code=one.code,
            name=one.name,
            theme=one.theme,
            group=one.group,
            source=one.source,
            needed_from=needed_from,
            sole_traders_exempt=one.sole_traders_exempt,
        )
        for one in checks
    )
    details = {"codes": codes, "needed_from": needed_from.isoformat()}
    audit.record(tag=Tag.REQUIRED, subject="checks", details=details, by=by, at=at)
    return made


@transaction.atomic
def see_evidence(
    *,
    provider_id: int,
    code: str,
    number: str,
    holds_from: date,
    expires_on: date,
    by: Person,
    at: datetime,
) -> Evidence:
    """Somebody has seen that the provider meets the check from one day to another, both counted.

    Its number and days are kept, never its contents (E25). Raises NoSuchCheck,
    DatesOutOfOrder and HoldsTooLong.
    """
    one = NewEvidence(
        provider_id=provider_id,
        code=code,
        number=number,
        holds_from=holds_from,
        expires_on=expires_on,
    )
    return see_evidence_many(evidence=[one], by=by, at=at)[0]


@transaction.atomic
def see_evidence_many(
    *, evidence: Sequence[NewEvidence], by: Person, at: datetime
) -> list[Evidence]:
    """As see_evidence for much of it, all or none, in the order given."""
    ids = dict(Check.objects.values_list("code", "pk"))
    if any(one.code not in ids for one in evidence):
        raise NoSuchCheck
    if not all(rules.dates_fit(one.holds_from, one.expires_on) for one in evidence):
        raise DatesOutOfOrder
    _refuse_too_long([(one.holds_from, one.expires_on) for one in evidence], on=london_day(at))
    made = Evidence.objects.bulk_create(
        (
            Evidence(
                provider_id=one.provider_id,
                requirement_id=ids[one.code],
                number=one.number,
                holds_from=one.holds_from,
                expires_on=one.expires_on,
                seen_by_id=by.pk,
                seen_at=at,
            )
            for one in evidence
        ),
        batch_size=5_000,
    )
    if len(evidence) == 1:
        only = evidence[0]
        subject = f"evidence {made[0].pk}"
        details = {"check": only.code, "expires_on": only.expires_on.isoformat()}
        audit.record(tag=Tag.SEEN, subject=subject, details=details, by=by, at=at)
    else:
        audit.record(tag=Tag.SEEN, subject="evidence", details={"count": len(made)}, by=by, at=at)
    return made


def _refuse_too_long(spans: Sequence[rules.Span], *, on: date) -> None:
    """Raises HoldsTooLong for the first of them that does."""
    years = law.value(Key.EVIDENCE_MOST_YEARS, on=on)
    for first, last in spans:
        taken = rules.last_day_taken(first, on=on, most_years=years)
        if last > taken:
            raise HoldsTooLong(years=years, last=taken)


@transaction.atomic
def note_reminded(*, told: Mapping[int, int], by: Person, at: datetime) -> list[rules.Reminder]:
    """The providers have been written to about everything due today; what they were told of.

    `told` says of each provider how many addresses it has. Running again on the same day makes
    no difference: what was sent is not due any more.
    """
    # Two rounds at once take turns here, and the second finds nothing left to send.
    ids = dict(
        Check.objects.select_for_update(no_key=True).order_by("pk").values_list("code", "pk")
    )
    due = [one for one in queries.reminders_due(london_day(at)) if one.provider_id in told]
    Reminder.objects.bulk_create(
        Reminder(
            provider_id=one.provider_id,
            requirement_id=ids[one.code],
            expires_on=one.expires_on,
            step=one.step,
            told=told[one.provider_id],
            sent_at=at,
        )
        for one in due
    )
    if due:
        audit.record(
            tag=Tag.REMINDED, subject="evidence", details={"count": len(due)}, by=by, at=at
        )
    return due


@transaction.atomic
def tell(
    *,
    provider_id: int,
    code: str,
    number: str,
    holds_from: date,
    expires_on: date,
    document_ref: str = "",
    by: Person,
    at: datetime,
) -> EvidenceTold:
    """The provider says what it can show; somebody of the council is to look at it.

    Raises NoSuchCheck, DatesOutOfOrder, RunOutAlready, HoldsTooLong and AlreadyTold.
    """
    check = Check.objects.filter(code=code).first()
    if check is None:
        raise NoSuchCheck
    if not rules.dates_fit(holds_from, expires_on):
        raise DatesOutOfOrder
    if expires_on < london_day(at):
        raise RunOutAlready
    _refuse_too_long([(holds_from, expires_on)], on=london_day(at))
    try:
        with transaction.atomic():
            told = EvidenceTold.objects.create(
                ref=unused_ref("E", EvidenceTold.objects),
                provider_id=provider_id,
                requirement=check,
                number=number,
                holds_from=holds_from,
                expires_on=expires_on,
                document_ref=document_ref,
                told_by_id=by.pk,
                told_at=at,
            )
    except IntegrityError as error:
        raise AlreadyTold from error
    details = {"check": code, "expires_on": expires_on.isoformat()}
    audit.record(tag=Tag.TOLD, subject=f"evidence {told.ref}", details=details, by=by, at=at)
    return told


@transaction.atomic
def settle_told(
    *, told_id: int, outcome: Outcome, words: str = "", by: Person, at: datetime
) -> EvidenceTold:
    """What the provider told is accepted, or goes back with what is missing.

    Accepting does not yet make it evidence: the flow see_evidence does both. Raises
    AlreadySettled, WordsMissing and NeedsAPerson.
    """
    if by.pk is None:
        raise NeedsAPerson
    told = EvidenceTold.objects.select_for_update(of=("self",)).select_related("requirement").get(
        pk=told_id
    )  # fmt: skip
    if told.outcome:
        raise AlreadySettled
    if outcome is Outcome.SENT_BACK and not words.strip():
        raise WordsMissing
    told.outcome, told.words = outcome, words.strip()
    told.decided_by_id, told.decided_at = by.pk, at
    told.save(update_fields=["outcome", "words", "decided_by", "decided_at"])
    tag = Tag.ACCEPTED if outcome is Outcome.ACCEPTED else Tag.SENT_BACK
    audit.record(tag=tag, subject=f"evidence {told.ref}", details={}, by=by, at=at)
    return told
