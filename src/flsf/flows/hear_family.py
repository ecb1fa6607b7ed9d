"""A family tells us more: it is kept, and words of danger reach whoever keeps children safe."""

from datetime import datetime

from django.db import transaction

from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.rules import looks_dangerous
from flsf.core.people import Person
from flsf.flows.record_session import Worry, raise_concern

ASKED = "Words of request {ref} speak of danger. Nobody was stopped from sending it."


@transaction.atomic
def hear_more(
    *,
    referral_id: int,
    child_id: int,
    ref: str,
    words: str,
    by_name: str = "",
    by: Person,
    at: datetime,
) -> bool:
    """What was told is with the team; whether its words speak of danger.

    Then the safeguarding leads have a concern as well. Raises what `referrals.add_note` raises.
    """
    referrals.add_note(
        referral_id=referral_id, words=words, by_name=by_name, needs_reading=True, by=by, at=at
    )
    return flag_danger(child_id=child_id, ref=ref, texts=(words,), by=by, at=at)


def flag_danger(
    *, child_id: int, ref: str, texts: tuple[str, ...], by: Person, at: datetime
) -> bool:
    """Words of danger are with the safeguarding leads at once; whether there were any."""
    dangerous = [one for one in texts if looks_dangerous(one)]
    if not dangerous:
        return False
    worry = Worry(words="\n\n".join([ASKED.format(ref=ref), *dangerous]), in_danger_now=True)
    raise_concern(child_id=child_id, placement_id=None, worry=worry, by=by, at=at)
    return True
