"""What nothing fits is missing: the public list is told of referrals without a match (S101)."""

from datetime import datetime

from django.db import transaction

from flsf.casework.children import queries as children
from flsf.casework.matching import queries as matching
from flsf.casework.referrals import queries as referrals
from flsf.core.clock import london_day
from flsf.core.geo import outcode_of
from flsf.core.people import SYSTEM, Person
from flsf.market.directory import actions as directory


@transaction.atomic
def note_gaps(*, by: Person, at: datetime) -> int:
    """Every child who waits and whom nothing fits today counts once among what is missing.

    No name or address leaves the referral: needs, age and postcode district. Returns how many
    were new.
    """
    on = london_day(at)
    new = 0
    for waiting in referrals.waiting(person=SYSTEM, on=on):
        match = matching.rank(waiting.referral_id, on=on)
        referral = referrals.with_id(waiting.referral_id, person=SYSTEM, on=on)
        if len(match.result.ranked) or referral is None:
            continue
        child = children.with_id(referral.child_id, person=SYSTEM, on=on)
        new += directory.note_no_match(
            referral_ref=referral.ref,
            needs_mask=match.question.needs,
            age=match.question.age,
            outcode=outcode_of(child.postcode) if child else "",
            by=by,
            at=at,
        )
    return new
