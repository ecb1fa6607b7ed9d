"""Who may bid: every provider of the lot to which something could be awarded on the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flsf.casework.competitions.models import Competition
from flsf.casework.matching import queries as matching
from flsf.casework.matching import rules as matching_rules
from flsf.casework.matching.enums import RuleId
from flsf.casework.matching.queries import Match
from flsf.market.providers import queries as providers

# In the pool, checks in date, under no limit that is reached, not excluded, party to an agreement.
ASKED_OF_ALL = (
    RuleId.ADMITTED.bit
    | RuleId.CHECKS.bit
    | RuleId.LIMIT.bit
    | RuleId.BARRED.bit
    | RuleId.AGREEMENT.bit
)


@dataclass(frozen=True, slots=True)
class Eligible:
    """The providers that may bid by name, and of the lot's others why each may not."""

    provider_ids: tuple[int, ...]
    left_out: tuple[tuple[str, str], ...]


def eligible(match: Match, lot_id: int) -> Eligible:
    """By the published rules that are asked of a provider, whatever the child needs."""
    columns, masks = match.columns, match.result.masks
    best: dict[int, int] = {}  # of each provider the row of its service with the fewest reasons
    for place in range(len(columns)):
        if int(columns.lot[place]) != lot_id:
            continue
        provider, reasons = int(columns.provider[place]), int(masks[place]) & ASKED_OF_ALL
        kept = best.get(provider)
        if kept is None or reasons.bit_count() < (int(masks[kept]) & ASKED_OF_ALL).bit_count():
            best[provider] = place
    names = providers.names([int(columns.service[place]) for place in best.values()])
    named = sorted(
        (names[int(columns.service[place])].provider_name, provider, place)
        for provider, place in best.items()
    )
    return Eligible(
        tuple(pk for _, pk, place in named if not int(masks[place]) & ASKED_OF_ALL),
        tuple(
            (name, _why(match, place))
            for name, _, place in named
            if int(masks[place]) & ASKED_OF_ALL
        ),
    )


def _why(match: Match, place: int) -> str:
    mask = int(match.result.masks[place]) & ASKED_OF_ALL
    said = matching_rules.why_not(place, mask, match.question, match.columns)
    return ". ".join(one.words for one in said)


def stands_in_the_way(
    competition: Competition, service_ref: str, *, starts_on: date, on: date
) -> list[str]:
    """The published rules by which a service could not be bought for the brief, in their own
    words: nothing of the child is told.
    """
    match = matching.rank(competition.referral_id, on=on)
    place = match.place_of(service_ref)
    if place is None:
        return ["The service must be on the register"]
    brief = competition.told
    asked = matching.asked_so(
        match,
        starts_on=starts_on,
        ends_on=brief.ends_on,
        half_days_mask=brief.half_days_mask,
        minutes=brief.minutes,
    )
    columns = matching.services(asked, child_id=match.child_id)
    mask = int(matching_rules.rank(asked, columns, match.book).masks[place])
    final = mask & (match.book.never_set_aside | RuleId.HALF_DAYS.bit)
    return [match.book.rule(one).means.rstrip(".") for one in matching_rules.failed(final)]


def distances(competition: Competition) -> Mapping[str, int | None]:
    """How far each service was when it was published, by reference, in whole metres.

    0: the child need not travel; None: not known. A service that came later is not in it.
    """
    if competition.shortlist is None:
        return {}
    inputs = competition.shortlist.inputs
    question = matching_rules.Question.from_json(inputs["question"])
    columns = matching_rules.columns_from(inputs)
    return {
        ref: matching_rules.metres(place, question, columns) if columns.travels[place] else 0
        for place, ref in enumerate(columns.refs)
    }
