"""Bids as those may see them who look: sealed until they are opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flsf.casework.competitions import rules
from flsf.casework.competitions.enums import Stage
from flsf.casework.competitions.models import Bid, BidMark, Competition, Question, Scorer
from flsf.casework.competitions.queries.eligible import distances
from flsf.casework.competitions.queries.finding import counts_of, is_as_published, stage_of
from flsf.casework.competitions.queries.interests import about
from flsf.casework.competitions.rules import Counts, Criterion, Offer, Scored
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.governance import queries as governance
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.providers import queries as providers


@dataclass(frozen=True, slots=True)
class Marked:
    """A score with its reason."""

    score: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class BidSeen:
    """An opened bid. `marks` are by scorer: one's own, and all once both have finished."""

    bid: Bid
    is_live: bool
    is_low: bool
    marks: Mapping[int, Mapping[str, Marked]]
    agreed: Mapping[str, Marked]

    def differ(self, code: str) -> bool:
        """Whether the scorers gave a criterion different scores."""
        return len({found[code].score for found in self.marks.values() if code in found}) > 1


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A competition as somebody of the council may see it at a moment.

    `bids` is empty until they are opened; what they say is for scorers who have declared that
    no interest stands in the way and, once it is agreed on, for all but those who have one.
    """

    competition: Competition
    stage: Stage
    counts: Counts
    criteria: list[Criterion]
    bids: list[BidSeen]
    late: int
    scorers: list[Scorer]
    declared: Mapping[int, bool]  # by person: whether they have a conflict
    mine: Scorer | None
    has_conflict: bool | None  # of whoever looks; None: they have not said
    may_read: bool
    placed: list[Scored]  # once agreed on, those in place first
    is_as_published: bool

    @property
    def free(self) -> list[Scorer]:
        """The scorers in whose way no declared interest stands."""
        return [one for one in self.scorers if not self.declared.get(one.person_id, False)]

    def of(self, scored: Scored) -> BidSeen:
        """The bid that was scored."""
        return next(one for one in self.bids if one.bid.ref == scored.offer.key)


def seen(competition: Competition, *, person: Person, at: datetime) -> Seen:
    """All that this person may see of it at a moment."""
    stage = stage_of(competition, at)
    scorers = list(competition.scorers.all())
    declared = governance.declared_about(about(competition))
    mine = next((one for one in scorers if one.person_id == person.pk), None)
    has_conflict = declared.get(person.pk)
    is_agreed = competition.moderated_at is not None
    may_read = has_conflict is not True and (
        (mine is not None and has_conflict is False) or is_agreed
    )
    opened = list(
        Bid.objects.visible_to(person)
        .filter(competition=competition)
        .select_related("provider", "service")
        .prefetch_related("agreed")
        .order_by("provider__name", "pk")
    )
    is_final = sum(one.finished_at is not None for one in scorers) >= rules.SCORERS
    shown = [one.pk for one in scorers if is_final or one == mine] if may_read else []
    return Seen(
        competition=competition,
        stage=stage,
        counts=counts_of(competition),
        criteria=competition.judged_by,
        bids=_seen(opened, _marks(shown), on=london_day(at)),
        late=_late(competition),
        scorers=scorers,
        declared=declared,
        mine=mine,
        has_conflict=has_conflict,
        may_read=may_read,
        placed=ranking(competition) if is_agreed else [],
        is_as_published=is_as_published(competition) if competition.published_at else True,
    )


def ranking(competition: Competition) -> list[Scored]:
    """Every bid that can be taken with its points, those in place first and in order."""
    metres = distances(competition)
    offers = [
        Offer(
            key=one.ref,
            rate_pence=one.rate_pence,
            scores={each.criterion: each.score for each in one.agreed.all()},
            metres=metres.get(one.service.ref),
            draw=rules.draw(competition.sha256, one.provider.ref),
        )
        for one in Bid.objects.filter(competition=competition)
        .live()
        .select_related("service", "provider")
        .prefetch_related("agreed")
        .order_by("ref")
    ]
    return rules.judge(competition.weighing, offers)


def low_refs(competition: Competition, *, on: date) -> set[str]:
    """The bids that can be taken whose price is abnormally low."""
    live = list(Bid.objects.filter(competition=competition).live())
    return _low(live, on=on)


def live_bids(competition_id: int) -> list[Bid]:
    """The bids that can be taken, by reference."""
    found = Bid.objects.filter(competition=competition_id).live()
    return list(found.select_related("provider", "service").order_by("ref"))


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """A competition as a provider that was asked to bid sees it."""

    competition: Competition
    provider: Any  # providers.queries' own row
    stage: Stage
    bid: Bid | None  # the last in time that was not withdrawn
    withdrawn: Bid | None
    late: list[Bid]
    questions: list[Question]  # those answered, and one's own
    may_bid: bool
    mine: dict[str, Any] | None  # of the ranking, once it is awarded
    first: dict[str, Any] | None
    reasons: Mapping[str, Marked]


def own(ref: str, *, person: Person, at: datetime) -> Own | None:
    """The competition, if this person's provider was asked to bid in it."""
    provider = providers.own(person=person)
    found = Competition.objects.visible_to(person).filter(ref=ref).first() if provider else None
    if found is None or provider is None:
        return None
    bids = list(
        Bid.objects.visible_to(person)
        .filter(competition=found, replaced_at=None)
        .select_related("service", "sent_by")
        .prefetch_related("agreed")
        .order_by("-sent_at", "-pk")
    )
    in_time = [one for one in bids if not one.is_late]
    current = next((one for one in in_time if one.withdrawn_at is None), None)
    stage = stage_of(found, at)
    told = found.ranking if found.awarded_at else []
    mine = next((one for one in told if current and one["bid"] == current.ref), None)
    return Own(
        competition=found,
        provider=provider,
        stage=stage,
        bid=current,
        withdrawn=next((one for one in in_time if one.withdrawn_at is not None), None),
        late=[one for one in bids if one.is_late],
        questions=[
            one
            for one in found.questions.order_by("asked_at", "pk")
            if one.answered_at or one.provider_id == provider.pk
        ],
        may_bid=stage is Stage.OPEN,
        mine=mine,
        first=next((one for one in told if one["place"] == 1), None),
        reasons=_agreed(current) if mine and current else {},
    )


def asked_of(*, person: Person) -> list[Competition]:
    """The competitions that this person's provider was asked to bid in, the latest first."""
    if person.reach.whole_council:
        return []
    found = Competition.objects.visible_to(person).select_related("lot")
    kept = found.prefetch_related("invitations", "scorers", "bids__agreed")
    return list(kept.order_by("-published_at", "-pk"))


def bid_for_by(*, person: Person) -> frozenset[int]:
    """Of those, the ones in which its bid stands."""
    mine = Bid.objects.visible_to(person).in_time().filter(withdrawn_at=None)
    if person.reach.whole_council:
        return frozenset()
    return frozenset(mine.values_list("competition", flat=True))


def _late(competition: Competition) -> int:
    """How many came too late: told once the others are opened."""
    if competition.opened_at is None:
        return 0
    return sum(one.is_late for one in competition.bids.all())


def _seen(
    opened: list[Bid], marks: Mapping[int, Mapping[int, Mapping[str, Marked]]], *, on: date
) -> list[BidSeen]:
    live = [one for one in opened if one.withdrawn_at is None and one.passed_over_at is None]
    low = _low(live, on=on)
    return [
        BidSeen(
            bid=one,
            is_live=one in live,
            is_low=one.ref in low,
            marks=marks.get(one.pk, {}),
            agreed=_agreed(one),
        )
        for one in opened
    ]


def _low(live: list[Bid], *, on: date) -> set[str]:
    if not live:
        return set()
    share = law.value(Key.ABNORMALLY_LOW, on=on)
    return {
        one.ref
        for one in live
        if rules.is_low(
            one.rate_pence,
            [other.rate_pence for other in live if other != one],
            one.card_pence,
            share,
        )
    }


def _marks(scorer_ids: list[int]) -> dict[int, dict[int, dict[str, Marked]]]:
    """By bid, scorer and criterion."""
    found: dict[int, dict[int, dict[str, Marked]]] = {}
    if not scorer_ids:
        return found
    for one in BidMark.objects.filter(scorer__in=scorer_ids).select_related("scorer"):
        of_bid = found.setdefault(one.bid_id, {})
        of_bid.setdefault(one.scorer.person_id, {})[one.criterion] = Marked(one.score, one.reason)
    return found


def _agreed(bid: Bid) -> dict[str, Marked]:
    return {one.criterion: Marked(one.score, one.reason) for one in bid.agreed.all()}
