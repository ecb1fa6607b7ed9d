"""What a call-off after a competition must rest on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from flsf.casework.competitions import rules
from flsf.casework.competitions.models import Bid, Competition, Scorer
from flsf.casework.competitions.queries.bidding import ranking
from flsf.casework.competitions.queries.finding import counts
from flsf.casework.competitions.rules import Brief, Measured


@dataclass(frozen=True, slots=True)
class Won:
    """What was settled: who is first, at which price, and for what brief."""

    competition_id: int
    competition_ref: str
    referral_id: int
    bid_ref: str
    provider_id: int
    service_id: int
    service_ref: str
    rate_pence: int
    starts_on: date
    brief: Brief


def won(competition_id: int) -> Won | None:
    """The bid that is first and was settled on; None: nothing is settled, or it fell away since."""
    found = Competition.objects.filter(pk=competition_id, settled_at__isnull=False).first()
    if found is None or found.stopped_at is not None:
        return None
    return would_win(found)


def would_win(found: Competition) -> Won | None:
    """The bid that is first as things stand; None: there is none that can be taken."""
    first = next((one for one in ranking(found) if one.place == 1), None)
    if first is None:
        return None
    bid = Bid.objects.select_related("service").get(ref=first.offer.key)
    return Won(
        competition_id=found.pk,
        competition_ref=found.ref,
        referral_id=found.referral_id,
        bid_ref=bid.ref,
        provider_id=bid.provider_id,
        service_id=bid.service_id,
        service_ref=bid.service.ref,
        rate_pence=bid.rate_pence,
        starts_on=bid.starts_on,
        brief=found.told,
    )


def scored_by(competition_id: int, person_id: int | None) -> bool:
    """Whether somebody was named to mark its bids, and so does not decide the award."""
    return Scorer.objects.filter(competition=competition_id, person=person_id).exists()


def measured(competition_ids: Collection[int]) -> Measured | None:
    """Of those competitions: the medians of who could bid and did, and single bids (K10)."""
    found: Mapping[int, rules.Counts] = counts(competition_ids)
    return rules.measured(found.values())
