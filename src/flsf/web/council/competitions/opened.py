"""A competition as somebody of the council may see it, and what they can do next."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from flsf.casework.competitions import queries, rules
from flsf.casework.competitions.enums import Stage
from flsf.casework.competitions.queries import BidSeen, Seen
from flsf.casework.competitions.rules import Criterion, in_points
from flsf.casework.referrals import queries as referrals
from flsf.core import clock
from flsf.core.money import Money
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of
from flsf.web.components.competition_words import Told, moment, titles, told

P = Permission
Step = tuple[str, str]


class Opened:
    """A competition that was found, at this moment."""

    def __init__(self, request: HttpRequest, ref: str) -> None:
        self.person, self.at = person_of(request), clock.now()
        self.on = clock.london_day(self.at)
        self.competition: Any = found(queries.with_ref(ref, person=self.person))
        self.ref = self.competition.ref

    @cached_property
    def seen(self) -> Seen:
        return queries.seen(self.competition, person=self.person, at=self.at)

    @property
    def stage(self) -> Stage:
        return self.seen.stage

    @property
    def criteria(self) -> list[Criterion]:
        return self.seen.criteria

    @cached_property
    def referral(self) -> Any:
        """The request it is for, if this person may see it."""
        return referrals.with_id(self.competition.referral_id, person=self.person, on=self.on)

    @property
    def holds(self) -> bool:
        """Whether this person may act for it: they work referrals and have no interest in it."""
        return self.person.may(P.WORK_REFERRALS) and not self.seen.has_conflict

    @property
    def next_steps(self) -> list[Step]:
        """What this person can do now: words and the name of the page, the main one first."""
        steps = [*self._holding(), *self._scoring()]
        may_stop = self.holds and self.stage not in (Stage.AWARDED, Stage.STOPPED)
        return [*steps, ("Stop it", "competition-stop")] if may_stop else steps

    def _holding(self) -> list[Step]:
        if not self.holds:
            return []
        match self.stage:
            case Stage.DRAFT:
                return [
                    ("Look at it whole and publish it", "competition-publish"),
                    ("Change the brief", "competition-brief"),
                    ("Choose criteria and weights", "competition-criteria"),
                ]
            case Stage.OPEN:
                return [("Add something for all to read", "competition-add")]
            case Stage.RANKED | Stage.SETTLED:
                return [
                    ("Propose the award", "competition-award"),
                    ("Pass over the first bid", "competition-pass-over"),
                ]
        return []

    def _scoring(self) -> list[Step]:
        seen = self.seen
        if not self.person.may(P.SCORE_BIDS) or seen.has_conflict:
            return []
        steps: list[Step] = []
        if self.stage is Stage.CLOSED:
            steps.append(("Open the bids", "competition-open"))
        steps.extend(self._mine())
        waits = self.stage in (Stage.OPEN, Stage.CLOSED, Stage.SCORING)
        if waits and len(seen.free) < rules.SCORERS:
            steps.append(("Name a scorer", "competition-scorers"))
        return steps

    def _mine(self) -> list[Step]:
        """What a scorer does next."""
        seen = self.seen
        if seen.mine is None or self.stage not in (Stage.SCORING, Stage.MODERATION, Stage.RANKED):
            return []
        if seen.has_conflict is None:
            return [("Say whether you have an interest", "competition-interest")]
        if seen.mine.finished_at is None:
            return [("Score the bids", "competition-marks")]
        if self.stage is Stage.MODERATION:
            return [("Agree on the scores", "competition-agree")]
        return []

    @property
    def live(self) -> list[BidSeen]:
        return [one for one in self.seen.bids if one.is_live]

    @property
    def named(self) -> dict[str, tuple[str, int]]:
        return titles(self.criteria, self.competition.price_weight)

    @property
    def ranked(self) -> list[dict[str, Any]]:
        """The bids that were scored, those in place first, with their points as they are shown."""
        return [
            {
                "place": one.place,
                "seen": self.seen.of(one),
                "parts": [in_points(part.points) for part in one.parts],
                "total": in_points(one.total),
                "price": Money(one.offer.rate_pence),
                "below": [self.named[code][0] for code in one.below],
            }
            for one in self.seen.placed
        ]

    @property
    def decided(self) -> list[Told]:
        """What put the first before each of the others."""
        placed = self.seen.placed
        if not placed or placed[0].place is None:
            return []
        return [
            told(self.seen.of(one).bid.provider.name, rules.decided(placed[0], one), self.named)
            for one in placed[1:]
        ]

    @property
    def frame(self) -> dict[str, Any]:
        """What every page of it shows."""
        one = self.competition
        return {
            "competition": one,
            "ref": self.ref,
            "brief": one.told,
            "stage": self.stage,
            "seen": self.seen,
            "criteria": self.criteria,
            "closes": moment(one.closes_at) if one.closes_at else "",
            "unit": one.lot.get_unit_display(),
        }
