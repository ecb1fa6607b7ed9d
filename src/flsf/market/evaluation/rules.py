"""What is judged, how two judgements become one, and how long it has taken."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flsf.mandate.delegations.rules import Shown
from flsf.market.applications.enums import Kind
from flsf.market.evaluation.enums import Outcome, Stage, Verdict

EVALUATORS = 2
LOWEST, HIGHEST = 0, 5
# Peers 8.2: a written answer is scored from nought to five and passes with three.
THRESHOLD = 3
DESCRIPTORS: Mapping[int, str] = {
    0: "Nothing that answers it",
    1: "Poor: most of it is missing",
    2: "Not enough: parts are missing or do not convince",
    3: "Enough: it answers all of it",
    4: "Good: it answers all of it, with examples",
    5: "Very good: examples, and how they know that it helps",
}
# A newcomer takes so many children before a first visit, unless the decision says another number.
USUAL_LIMIT = 3


@dataclass(frozen=True, slots=True)
class Criterion:
    """A part of the application that is judged as one. Scored: it is answered in words."""

    code: str
    title: str
    is_scored: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody found of a criterion. `score` is None where nothing is scored."""

    verdict: Verdict
    score: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """A criterion with what was asked and answered of it; `said` is the same for the same."""

    criterion: Criterion
    said: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which the clock stood still: from the day of asking up to the day of the answer."""

    first: date
    last: date | None  # None: not answered yet


def criteria(
    sections: Iterable[tuple[str, str]], kinds: Mapping[str, Collection[Kind]]
) -> list[Criterion]:
    """The sections of what was sent, in their order; `kinds` are the kinds of each's answers."""
    return [
        Criterion(code, title, Kind.TEXT in kinds[code])
        for code, title in sections
        if code in kinds
    ]


def score_trouble(criterion: Criterion, score: int | None) -> str:
    """What is wrong with a score for that criterion; empty: nothing."""
    if criterion.is_scored and score is None:
        return "Give a score from 0 to 5."
    if not criterion.is_scored and score is not None:
        return "This part is met or not met; it has no score."
    if score is not None and not LOWEST <= score <= HIGHEST:
        return "A score is a whole number from 0 to 5."
    return ""


def verdict_of(score: int) -> Verdict:
    """Whether a score meets the published threshold."""
    return Verdict.MEETS if score >= THRESHOLD else Verdict.NOT_YET


def differ(judgements: Sequence[Judgement]) -> bool:
    """Whether people found different things, so that a note says what was agreed and why."""
    return len({(one.verdict, one.score) for one in judgements}) > 1


def standing(now: Iterable[Part], before: Mapping[str, tuple[Part, Verdict]]) -> list[str]:
    """The criteria of which the earlier judgement stands (cabinet report, paragraph 32).

    It was met, and is asked and answered as it was. Where all of it would stand none does:
    it was not accepted as it was, so somebody looks at it anew.
    """
    parts = list(now)
    stands = [
        one.criterion.code
        for one in parts
        if one.criterion.code in before and before[one.criterion.code] == (one, Verdict.MEETS)
    ]
    return stands if len(stands) < len(parts) else []


def outcome_fits(outcome: Outcome, verdicts: Collection[Verdict]) -> bool:
    """Accepted only if everything is met; not accepted only if something is not."""
    return (outcome is Outcome.DECLINE) == (Verdict.NOT_YET in verdicts)


def limit_fits(outcome: Outcome, most_children: int | None) -> bool:
    """A number of children goes with a limit, and with nothing else."""
    if outcome is Outcome.ACCEPT_WITH_LIMIT:
        return most_children is not None and most_children > 0
    return most_children is None


@dataclass(frozen=True, slots=True)
class Found:
    """What was agreed of a part of an application."""

    title: str
    verdict: Verdict
    score: int | None


MET, NOT_MET, NOT_JUDGED, NOT_SAID = "Met", "Not met yet", "Not asked of them", "Not said"
ON_PAPER = "Decided on paper"


def shown(criterion: str, parts: Iterable[str], found: Mapping[str, Found]) -> Shown:
    """A published criterion with what was found of the parts by which it is judged.

    Met only if every one of them that was asked is met (S43).
    """
    wanted = list(parts)
    if not wanted:
        where = "Nobody has said by which parts of an application it is judged"
        return Shown(criterion, NOT_SAID, where)
    judged = [found[one] for one in wanted if one in found]
    if not judged:
        return Shown(criterion, NOT_JUDGED, "None of the parts that judge it were asked")
    is_met = all(one.verdict is Verdict.MEETS for one in judged)
    where = "; ".join(_found_in_words(one) for one in judged)
    return Shown(criterion, MET if is_met else NOT_MET, where)


def _found_in_words(one: Found) -> str:
    said = "meets it" if one.verdict is Verdict.MEETS else "does not meet it yet"
    return f"{one.title}: {said}" + ("" if one.score is None else f", {one.score} of {HIGHEST}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What has been done of an evaluation."""

    marking: int  # evaluators who declared no interest
    finished: int  # of them, those whose marks are final
    asks: bool  # a question to the applicant is open
    criteria: int
    agreed: int
    is_reported: bool = False
    is_decided: bool = False
    is_released: bool = False


def stage(done: Progress) -> Stage:
    """Where an evaluation is. What was asked of the applicant goes before everything open."""
    if done.is_released:
        return Stage.RELEASED
    if done.is_decided:
        return Stage.DECIDED
    if done.asks:
        return Stage.QUESTION
    if done.is_reported:
        return Stage.DECISION
    if done.criteria and done.agreed == done.criteria:
        return Stage.REPORT
    if done.finished >= EVALUATORS:
        return Stage.MODERATION
    return Stage.MARKING if done.marking >= EVALUATORS else Stage.EVALUATORS


def is_paused(day: date, pauses: Iterable[Pause]) -> bool:
    """Whether the clock stands still on a day: from the question's day until before its answer."""
    return any(one.first <= day and (one.last is None or day < one.last) for one in pauses)


def days_taken(
    first: date, last: date, pauses: Sequence[Pause], is_working_day: Callable[[date], bool]
) -> int:
    """Working days from the first to the last, both counted, without the pauses."""
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return sum(1 for day in days if is_working_day(day) and not is_paused(day, pauses))


def due_on(
    first: date, n: int, pauses: Sequence[Pause], is_working_day: Callable[[date], bool]
) -> date | None:
    """The nth working day that counts; None while a pause without end keeps it from coming."""
    if any(one.last is None for one in pauses):
        return None
    day, found = first - timedelta(days=1), 0
    while found < n:
        day += timedelta(days=1)
        if is_working_day(day) and not is_paused(day, pauses):
            found += 1
    return day


# Fewer than these are not told in numbers: each would stand for somebody.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """How many working days one thing took, and within how many it was promised."""

    days: int
    promised: int


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in working days that count; what K8, S125 and S298 ask for."""

    counted: int
    within: int  # of them, in no more days than were promised
    half_within: int  # the fewest days within which at least half were done
    longest: int
    promised: int | None  # working days; None: not the same for all

    @property
    def is_telling(self) -> bool:
        """Whether there are enough of them to be told in numbers."""
        return self.counted >= FEWEST


def times_of(taken: Iterable[Taken]) -> Times:
    """How long these took. Of none all is nought, which is not telling."""
    every = list(taken)
    if not every:
        return Times(0, 0, 0, 0, None)
    days = sorted(one.days for one in every)
    promised = {one.promised for one in every}
    return Times(
        counted=len(days),
        within=sum(1 for one in every if one.days <= one.promised),
        half_within=days[(len(days) - 1) // 2],
        longest=days[-1],
        promised=promised.pop() if len(promised) == 1 else None,
    )
