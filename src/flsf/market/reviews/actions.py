"""The only writes of guidance and of what was found of providers."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.market.reviews import queries, rules
from flsf.market.reviews.enums import GUIDANCE, Subject, Tag
from flsf.market.reviews.models import GuidanceEdition, ProviderReview
from flsf.market.reviews.rules import NewReview
from flsf.shared.audit import actions as audit

# Further away it is a slip: an edition is announced months before it holds.
MOST_AHEAD = timedelta(days=731)


class NotGuidance(Refusal):
    says = "Choose which guidance it is an edition of."


class NameMissing(Refusal):
    says = "Enter what the edition is called and where it is published."


class KnownAlready(Refusal):
    says = "An edition of this guidance that holds from that day is known already."


class NeedsAPerson(Refusal):
    says = "A named person judges this. Sign in."


class WordsMissing(Refusal):
    says = "Enter what was found."


class ReviewedLater(Refusal):
    says = "Enter a day that is not after today."


class NoEditionHeld(Refusal):
    says = "No edition of this guidance that held on that day is known here. Add it first."


class NextTooEarly(Refusal):
    says = "The next review comes after this one."


class NextTooLate(Refusal):
    """`last` is the last day that is taken."""

    says = "That day is too far away."

    def __init__(self, last: date) -> None:
        super().__init__()
        self.last = last

    def __str__(self) -> str:
        return f"Enter a day up to {in_words(self.last)}: by then it is looked at again."


class TooFarAhead(Refusal):
    says = "Enter a day within two years from today."


@transaction.atomic
def add_edition(
    *, subject: Subject, edition: str, in_force_from: date, source: str, by: Person, at: datetime
) -> GuidanceEdition:
    """From that day guidance holds in this edition, and what rests on it is looked at anew.

    Raises NotGuidance, NameMissing, TooFarAhead and KnownAlready.
    """
    if subject not in GUIDANCE:
        raise NotGuidance
    if not edition.strip() or not source.strip():
        raise NameMissing
    if in_force_from > london_day(at) + MOST_AHEAD:
        raise TooFarAhead
    try:
        with transaction.atomic():
            made = GuidanceEdition.objects.create(
                subject=subject,
                edition=edition.strip(),
                in_force_from=in_force_from,
                source=source.strip(),
                added_by_id=by.pk,
                added_at=at,
            )
    except IntegrityError as error:
        raise KnownAlready from error
    audit.record(
        tag=Tag.EDITION_ADDED,
        subject=f"guidance {subject.value}",
        details={"edition": made.edition, "from": in_force_from.isoformat()},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def record(*, provider_id: int, review: NewReview, by: Person, at: datetime) -> ProviderReview:
    """A named person has looked at it, beside the guidance that held on that day.

    Raises NeedsAPerson, WordsMissing, ReviewedLater, NextTooEarly, NextTooLate and NoEditionHeld.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not review.words.strip():
        raise WordsMissing
    if review.reviewed_on > london_day(at):
        raise ReviewedLater
    if review.next_on <= review.reviewed_on:
        raise NextTooEarly
    if review.next_on > (last := rules.latest_next(review.subject, review.reviewed_on)):
        raise NextTooLate(last)
    beside = rules.READ_BESIDE.get(review.subject)
    edition = queries.in_force(review.reviewed_on).get(beside) if beside else None
    if beside and edition is None:
        raise NoEditionHeld
    made = ProviderReview.objects.create(
        provider_id=provider_id,
        subject=review.subject,
        edition=edition,
        outcome=review.outcome,
        words=review.words.strip(),
        reviewed_on=review.reviewed_on,
        next_on=review.next_on,
        reviewed_by_id=by.pk,
        recorded_at=at,
    )
    audit.record(
        tag=Tag.REVIEWED,
        subject=f"provider {providers.refs([provider_id])[provider_id]}",
        details={"subject": review.subject.value, "outcome": review.outcome.value},
        by=by,
        at=at,
    )
    return made
