"""The bid in first place is settled on, passed over, or awarded."""

from datetime import datetime
from typing import Any

from django.db import transaction

from flsf.casework.competitions import queries, rules
from flsf.casework.competitions.actions.bidding import _open_again
from flsf.casework.competitions.actions.common import (
    ReasonMissing,
    Told,
    _at_stage,
    _locked,
    _record,
)
from flsf.casework.competitions.actions.drafting import _refuse_personal, _refuse_who_may_not
from flsf.casework.competitions.enums import Stage, Tag
from flsf.casework.competitions.models import Bid, Competition
from flsf.casework.competitions.rules import Scored
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.shared.audit.enums import JSONValue


class ValueWordsMissing(Refusal):
    says = "There is a single bid. Say why it is good value for money all the same."


class LowWordsMissing(Told):
    """Says whose price."""

    says = "The price is abnormally low. Ask the provider, and write down what it explained."


class NotFirst(Refusal):
    says = "Only the bid in first place is passed over: the others come after it already."


@transaction.atomic
def settle(
    *,
    competition_id: int,
    because: str,
    value_words: str = "",
    low_words: str = "",
    by: Person,
    at: datetime,
) -> Competition:
    """The bid in first place is to be awarded; the ranking is frozen as it stands.

    A single bid goes on with words on value for money, an abnormally low price with what the
    provider explained (Procurement Act 2023, section 19(4)). Raises NotNow, MayNot, HasConflict,
    ReasonMissing, ValueWordsMissing, LowWordsMissing and SaysOfWhom.
    """
    found = _locked(competition_id)
    _at_stage(found, Stage.RANKED, at=at)
    _refuse_who_may_not(found, by=by)
    if not because.strip():
        raise ReasonMissing
    placed = queries.ranking(found)
    single = sum(one.place is not None for one in placed) == 1
    if single and not value_words.strip():
        raise ValueWordsMissing
    is_low = placed[0].offer.key in queries.low_refs(found, on=london_day(at))
    if is_low and not low_words.strip():
        raise LowWordsMissing
    _refuse_personal([because, value_words, low_words], found)
    found.settled_because = because.strip()
    found.value_words = value_words.strip() if single else ""
    found.low_words = low_words.strip() if is_low else ""
    bids = {one.ref: one for one in queries.live_bids(found.pk)}
    found.ranking = [_kept(one, bids[one.offer.key]) for one in placed]
    found.settled_by_id, found.settled_at = by.pk, at
    found.save(
        update_fields=[
            *("settled_because", "value_words", "low_words", "ranking"),
            *("settled_by", "settled_at"),
        ]
    )
    details: dict[str, JSONValue] = {"bid": placed[0].offer.key, "bids": len(placed), "low": is_low}
    _record(Tag.SETTLED, found, details, by=by, at=at)
    return found


@transaction.atomic
def pass_over(*, competition_id: int, bid_ref: str, because: str, by: Person, at: datetime) -> Bid:
    """The first bid can no longer be bought, and the next one is first: prices are measured anew.

    Raises NotNow, MayNot, HasConflict, ReasonMissing, NotFirst and SaysOfWhom.
    """
    found = _locked(competition_id)
    stage = _at_stage(found, Stage.RANKED, Stage.SETTLED, at=at)
    _refuse_who_may_not(found, by=by)
    if not because.strip():
        raise ReasonMissing
    _refuse_personal([because], found)
    first = next((one.offer.key for one in queries.ranking(found) if one.place == 1), None)
    if first != bid_ref:
        raise NotFirst
    bid = Bid.objects.get(ref=bid_ref)
    bid.passed_over_because, bid.passed_over_by_id, bid.passed_over_at = because.strip(), by.pk, at
    bid.save(update_fields=["passed_over_because", "passed_over_by", "passed_over_at"])
    if stage is Stage.SETTLED:
        _open_again(found)
    _record(Tag.PASSED_OVER, found, {"bid": bid.ref}, by=by, at=at)
    return bid


@transaction.atomic
def note_awarded(*, competition_id: int, award_ref: str, by: Person, at: datetime) -> Competition:
    """The award was made, so everybody who bid may read how it went. Raises NotNow."""
    found = _locked(competition_id)
    _at_stage(found, Stage.SETTLED, at=at)
    found.award_ref, found.awarded_at = award_ref, at
    found.save(update_fields=["award_ref", "awarded_at"])
    _record(Tag.AWARDED, found, {"award": award_ref}, by=by, at=at)
    return found


def _kept(one: Scored, bid: Bid) -> dict[str, Any]:
    """A line of the ranking as it is frozen. Points are in hundredths."""
    return {
        "bid": bid.ref,
        "provider": bid.provider.name,
        "service": bid.service.name,
        "rate_pence": bid.rate_pence,
        "scores": dict(one.offer.scores),
        "parts": {part.code: part.points for part in one.parts},
        "quality": one.quality,
        "total": one.total,
        "metres": one.offer.metres,
        "draw": one.offer.draw,
        "below": list(one.below),
        "place": one.place,
        "in_words": f"{rules.in_points(one.total)} points",
    }
