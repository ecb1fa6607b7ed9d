"""Facts measured for each of the five principles. None of them is a verdict."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.rules import EVALUATORS, FEWEST, Taken, Times, times_of
from flsf.oversight.openness.enums import Principle, Speaks


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is counted; of whom it was is not told."""

    outcome: Outcome
    time: Taken
    is_small: bool
    is_local: bool
    is_voluntary: bool
    by_published_criteria: bool
    marked_by: int  # people who finished, apart

    @property
    def is_declined(self) -> bool:
        return self.outcome is Outcome.DECLINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that is counted, of one framework up to a day."""

    days: int  # since the framework began, both ends counted
    days_open: int  # on which a round took applications
    rounds_held: int  # begun, and not withdrawn
    rounds_with_tender: int
    rounds_told: int
    rounds_told_at_once: int
    criteria_versions: int
    criteria_before_first_round: bool
    says_how_it_calls_off: bool
    questions: int
    questions_that_can_fail: int
    questions_with_reason: int  # of those that can fail an applicant
    fails_by_area: int  # questions that fail whoever is based elsewhere
    breaches: tuple[str, ...] = ()  # of section 22, in words
    no_equivalent: int = 0  # of them, a qualification without "or equivalent"
    no_self_cleaning: int = 0  # of them, a ground for exclusion without an explanation
    begun: int = 0
    sent: int = 0
    asked: int = 0  # questions to applicants
    named: int = 0  # to mark
    have_said: int = 0  # whether they have an interest
    have_an_interest: int = 0
    marked_with_an_interest: int = 0
    lots: int = 0
    lots_with_few: int = 0  # with nobody in the pool, or one provider
    pool: int = 0
    pool_small: int = 0
    challenges_open: int = 0
    decisions: tuple[Decision, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Fact:
    """Something measured, and what it says by itself."""

    principle: Principle
    words: str
    speaks: Speaks
    source: str  # what it is counted from


def facts(one: Measured) -> list[Fact]:
    """Every fact, by principle."""
    return [fact for principle in Principle for fact in FACTS[principle](one)]


def of(principle: Principle, one: Measured) -> list[Fact]:
    """The facts of one principle."""
    return list(FACTS[principle](one))


def in_words(some: Iterable[Fact]) -> str:
    """The facts as a finding keeps them: one a line."""
    return "\n".join(f"{one.words} ({one.speaks.label.lower()})" for one in some)


def _all_of(many: int, of_all: int) -> Speaks:
    """All: it speaks for it. Fewer: against it. Of nothing, nothing is told."""
    if not of_all:
        return Speaks.SILENT
    return Speaks.FOR if many == of_all else Speaks.AGAINST


def _none_of(many: int) -> Speaks:
    return Speaks.AGAINST if many else Speaks.FOR


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, rounded to the nearest; of nothing it is nought."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def compared(
    every: Sequence[Decision],
    is_first: Callable[[Decision], bool],
    first: str,
    second: str,
    tell: Callable[[Sequence[Decision]], str],
) -> tuple[str, Speaks]:
    """Two groups side by side; neither is told in numbers where either has fewer than five."""
    ones = [one for one in every if is_first(one)]
    others = [one for one in every if not is_first(one)]
    if min(len(ones), len(others)) < FEWEST:
        return f"fewer than five of {first} or of {second}", Speaks.SILENT
    return f"{first} {tell(ones)}; {second} {tell(others)}", Speaks.WEIGH


def _half_within(some: Sequence[Decision]) -> str:
    times: Times = times_of(one.time for one in some)
    return f"half within {times.half_within} working days, the longest {times.longest}"


def _declined(some: Sequence[Decision]) -> str:
    return f"{percent(sum(one.is_declined for one in some), len(some))}%"


def _on_interests(one: Measured) -> Speaks:
    """Who has yet to say cannot mark yet, so that alone speaks for nothing."""
    if one.marked_with_an_interest:
        return Speaks.AGAINST
    if not one.named:
        return Speaks.SILENT
    return Speaks.FOR if one.have_said == one.named else Speaks.WEIGH


def _fairness(one: Measured) -> list[Fact]:
    decided = len(one.decisions)
    apart = sum(each.marked_by >= EVALUATORS for each in one.decisions)
    published = sum(each.by_published_criteria for each in one.decisions)
    took, took_speaks = compared(
        one.decisions, lambda each: each.is_small, "small providers", "others", _half_within
    )
    no, no_speaks = compared(
        one.decisions, lambda each: each.is_small, "small providers", "others", _declined
    )
    held = f"{one.have_an_interest} had one and {one.marked_with_an_interest} of these marked"
    return [
        Fact(
            Principle.FAIRNESS,
            f"{apart} of {decided} decisions rest on two people who marked apart",
            _all_of(apart, decided),
            "Evaluations",
        ),
        Fact(
            Principle.FAIRNESS,
            f"{published} of {decided} decisions were by criteria published before it was sent",
            _all_of(published, decided),
            "Submissions",
        ),
        Fact(
            Principle.FAIRNESS,
            f"{one.have_said} of {one.named} named to mark have said whether they have an "
            f"interest; {held}",
            _on_interests(one),
            "Declarations of those named to mark",
        ),
        Fact(Principle.FAIRNESS, f"Time to decide: {took}", took_speaks, "Evaluations"),
        Fact(Principle.FAIRNESS, f"Not accepted: {no}", no_speaks, "Decisions"),
        Fact(
            Principle.FAIRNESS,
            _many(one.challenges_open, "challenge is open", "challenges are open"),
            Speaks.WEIGH if one.challenges_open else Speaks.FOR,
            "Register of challenges",
        ),
    ]


def _transparency(one: Measured) -> list[Fact]:
    before = "before" if one.criteria_before_first_round else "not before"
    said = "is" if one.says_how_it_calls_off else "is not"
    return [
        Fact(
            Principle.TRANSPARENCY,
            f"{one.rounds_with_tender} of {one.rounds_held} rounds have a tender notice recorded",
            _all_of(one.rounds_with_tender, one.rounds_held),
            "Rounds",
        ),
        Fact(
            Principle.TRANSPARENCY,
            _many(one.criteria_versions, "version", "versions")
            + f" of the criteria published, the first {before} the first round opened",
            Speaks.FOR
            if one.criteria_versions and one.criteria_before_first_round
            else Speaks.AGAINST,
            "Published criteria",
        ),
        Fact(
            Principle.TRANSPARENCY,
            f"Everybody was told at the same moment in {one.rounds_told_at_once} of "
            f"{one.rounds_told} rounds that were told",
            _all_of(one.rounds_told_at_once, one.rounds_told),
            "Assessment summaries",
        ),
        Fact(
            Principle.TRANSPARENCY,
            f"How call-offs are made {said} published",
            Speaks.FOR if one.says_how_it_calls_off else Speaks.AGAINST,
            "The framework",
        ),
    ]


def _proportionality(one: Measured) -> list[Fact]:
    return [
        Fact(
            Principle.PROPORTIONALITY,
            f"{len(one.breaches)} of {one.questions} questions break a limit of section 22"
            + (f": {'; '.join(one.breaches)}" if one.breaches else ""),
            _none_of(len(one.breaches)) if one.questions else Speaks.SILENT,
            "Questions in force",
        ),
        Fact(
            Principle.PROPORTIONALITY,
            f"{one.questions_with_reason} of {one.questions_that_can_fail} questions that an "
            "applicant can fail say why they are asked",
            _all_of(one.questions_with_reason, one.questions_that_can_fail),
            "Questions in force",
        ),
        Fact(
            Principle.PROPORTIONALITY,
            f"{one.sent} of {one.begun} applications begun were sent "
            f"({percent(one.sent, one.begun)}%)"
            if one.begun >= FEWEST
            else "Fewer than five applications were begun",
            Speaks.WEIGH if one.begun >= FEWEST else Speaks.SILENT,
            "Applications",
        ),
        Fact(
            Principle.PROPORTIONALITY,
            _many(one.asked, "question was put", "questions were put")
            + " to applicants after they had sent",
            Speaks.WEIGH if one.sent else Speaks.SILENT,
            "Clarifications",
        ),
    ]


def _access(one: Measured) -> list[Fact]:
    times = times_of(each.time for each in one.decisions)
    share = percent(one.days_open, one.days)
    return [
        Fact(
            Principle.ACCESS,
            f"Providers could apply on {one.days_open:,} of {one.days:,} days ({share}%)",
            Speaks.FOR if one.days and one.days_open == one.days else Speaks.WEIGH,
            "Rounds",
        ),
        Fact(
            Principle.ACCESS,
            f"{one.lots_with_few} of {one.lots} lots have nobody or one provider in the pool",
            _none_of(one.lots_with_few) if one.lots else Speaks.SILENT,
            "The pool",
        ),
        Fact(
            Principle.ACCESS,
            f"{one.pool_small} of {one.pool} providers in the pool are small "
            f"({percent(one.pool_small, one.pool)}%)",
            Speaks.WEIGH if one.pool else Speaks.SILENT,
            "The pool",
        ),
        Fact(
            Principle.ACCESS,
            f"{times.within} of {times.counted} applications were decided within the days promised"
            if times.is_telling
            else "Fewer than five applications were decided",
            _all_of(times.within, times.counted) if times.is_telling else Speaks.SILENT,
            "Evaluations",
        ),
    ]


def _non_discrimination(one: Measured) -> list[Fact]:
    where, where_speaks = compared(
        one.decisions, lambda each: each.is_local, "local applicants", "others", _declined
    )
    what, what_speaks = compared(
        one.decisions, lambda each: each.is_voluntary, "charities", "others", _declined
    )
    asks = Speaks.SILENT if not one.questions else None
    return [
        Fact(Principle.NON_DISCRIMINATION, f"Not accepted: {where}", where_speaks, "Decisions"),
        Fact(Principle.NON_DISCRIMINATION, f"Not accepted: {what}", what_speaks, "Decisions"),
        Fact(
            Principle.NON_DISCRIMINATION,
            _many(one.fails_by_area, "question fails", "questions fail")
            + " an applicant for where it is based",
            asks or _none_of(one.fails_by_area),
            "Questions in force",
        ),
        Fact(
            Principle.NON_DISCRIMINATION,
            _many(one.no_equivalent, "question names", "questions name")
            + " a qualification without “or equivalent”",
            asks or _none_of(one.no_equivalent),
            "Questions in force",
        ),
        Fact(
            Principle.NON_DISCRIMINATION,
            _many(one.no_self_cleaning, "question", "questions")
            + " about a ground for exclusion without room to say what has changed since",
            asks or _none_of(one.no_self_cleaning),
            "Questions in force",
        ),
    ]


FACTS: Mapping[Principle, Callable[[Measured], list[Fact]]] = {
    Principle.FAIRNESS: _fairness,
    Principle.TRANSPARENCY: _transparency,
    Principle.PROPORTIONALITY: _proportionality,
    Principle.ACCESS: _access,
    Principle.NON_DISCRIMINATION: _non_discrimination,
}


def days_within(spans: Iterable[tuple[date, date | None]], first: date, last: date) -> int:
    """How many days from the first to the last, both counted, are in any of the spans."""
    open_days: set[int] = set()
    for begins, ends in spans:
        low, high = max(begins, first), min(ends or last, last)
        open_days.update(range(low.toordinal(), high.toordinal() + 1))
    return len(open_days)
