"""The only writes of what will be needed."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.openings import rules
from flsf.market.openings.enums import Tag
from flsf.market.openings.models import Opening
from flsf.market.openings.rules import OpeningFacts
from flsf.shared.audit import actions as audit


class NotInTime(Refusal):
    says = "Enter a day from today on, at most 8 years ahead."


class SayWhat(Refusal):
    says = "Say what will be needed."


class AlreadyWithdrawn(Refusal):
    says = "That is no longer shown. Somebody has taken it back."


class NeedsReason(Refusal):
    says = "Say why it is no longer needed."


@transaction.atomic
def tell(*, facts: OpeningFacts, by: Person, at: datetime) -> Opening:
    """Providers read that it will be needed. Raises NotInTime and SayWhat."""
    if not rules.is_in_time(facts.needed_from, on=london_day(at)):
        raise NotInTime
    if not facts.title.strip() or not facts.words.strip():
        raise SayWhat
    [ref] = Opening.fresh_refs(1)
    made = Opening(ref=ref, told_on=london_day(at), told_by_id=by.pk, **asdict(facts))
    made.save()
    audit.record(tag=Tag.TOLD, subject=f"opening {ref}", details={}, by=by, at=at)
    return made


@transaction.atomic
def withdraw(*, opening_id: int, why: str, by: Person, at: datetime) -> None:
    """It is no longer shown to providers. Raises AlreadyWithdrawn and NeedsReason."""
    if not why.strip():
        raise NeedsReason
    one = Opening.objects.select_for_update().get(pk=opening_id)
    if one.withdrawn_on is not None:
        raise AlreadyWithdrawn
    one.withdrawn_on, one.withdrawn_why = london_day(at), why.strip()
    one.save(update_fields=["withdrawn_on", "withdrawn_why"])
    audit.record(tag=Tag.WITHDRAWN, subject=f"opening {one.ref}", details={}, by=by, at=at)
