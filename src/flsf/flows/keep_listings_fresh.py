"""Nobody reads what nobody stands by: providers are asked, and old listings taken down (S7)."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.flows import tell_provider
from flsf.market.directory import actions as directory
from flsf.market.listings import actions as listings
from flsf.market.listings import queries

STILL_RIGHT = "listing-still-right"
TAKEN_DOWN = "listing-taken-down"


@transaction.atomic
def ask_whether_still_right(*, by: Person, at: datetime) -> int:
    """Every provider with a listing old enough has one message a month about all of them.

    Returns how many listings were asked about.
    """
    asked = queries.to_prompt(london_day(at))
    if asked:
        listings.note_prompts(asked=asked, by=by, at=at)
    for provider_id in sorted({one.provider_id for one in asked}):
        refs = " ".join(one.ref for one in asked if one.provider_id == provider_id)
        tell_provider.tell(
            provider_id=provider_id, template=STILL_RIGHT, reference=refs, by=by, at=at
        )
    return len(asked)


@transaction.atomic
def take_down_old(*, by: Person, at: datetime) -> int:
    """The public no longer finds a listing that nobody has confirmed for the set number of days.

    Its provider is told, and puts it back by saying that it is right. Returns how many.
    """
    old = queries.to_take_down(london_day(at))
    if not old:
        return 0
    listings.take_down(old=old, by=by, at=at)
    directory.relist(service_ids=[one.service_id for one in old], by=by, at=at)
    for one in old:
        tell_provider.tell(
            provider_id=one.provider_id, template=TAKEN_DOWN, reference=one.ref, by=by, at=at
        )
    return len(old)
