"""What a change of the commercial model does to each agreement."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flsf.mandate.framework.rules import Carrying
from flsf.market.agreements.enums import Outcome, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An admission as it stands on the day of the rehearsal."""

    admission_id: int
    provider_id: int
    provider_name: str
    lot_name: str
    is_suspended: bool
    checks_lapsed: tuple[str, ...]
    agreement_version: int  # none yet: nought


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one agreement, and what wants mending."""

    standing: Standing
    outcome: Outcome
    gaps: tuple[str, ...]


OUTCOMES: Mapping[Carrying, Outcome] = {
    Carrying.ROLLED_OVER: Outcome.REISSUED,
    Carrying.MUST_APPLY: Outcome.MUST_APPLY,
    Carrying.ENDED: Outcome.ENDED,
}

# A provider may say no, or be found excluded, until it is carried out.
LEFT_OUT = frozenset({Outcome.OPTED_OUT, Outcome.EXCLUDED})

MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.REHEARSED: frozenset({Stage.CARRIED_OUT}),
    Stage.CARRIED_OUT: frozenset({Stage.UNDONE, Stage.CONFIRMED}),
    Stage.UNDONE: frozenset[Stage](),
    Stage.CONFIRMED: frozenset[Stage](),
}


def may_move(before: Stage, after: Stage) -> bool:
    """Whether a change of model may go from one stage to another."""
    return after in MOVES[before]


def lines(standings: Iterable[Standing], carrying: Carrying) -> list[Line]:
    """One line for each admission: nobody is forgotten and nobody is there twice."""
    return [Line(one, OUTCOMES[carrying], tuple(_gaps(one))) for one in standings]


def _gaps(one: Standing) -> Iterable[str]:
    """A gap keeps nobody from rolling over; until it is mended no new child is placed there."""
    if one.is_suspended:
        yield "Suspended, and stays so"
    for name in one.checks_lapsed:
        yield f"{name} has lapsed"
    if not one.agreement_version:
        yield "No agreement on record yet: this is the first"


def counts(outcomes: Iterable[Outcome]) -> dict[Outcome, int]:
    """How many of each, in their usual order; those of which there are none left out."""
    found = Counter(outcomes)
    return {outcome: found[outcome] for outcome in Outcome if found[outcome]}
