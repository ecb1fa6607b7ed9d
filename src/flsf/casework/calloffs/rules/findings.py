"""The value rules of a call-off, each found met, worth a note, or to be weighed."""

from dataclasses import dataclass
from datetime import date

from flsf.casework.calloffs.enums import ValueRule, Verdict
from flsf.casework.calloffs.rules.terms import WHOLE, is_retrospective
from flsf.casework.calloffs.rules.years import YearAsked
from flsf.core.dates import in_words
from flsf.core.money import Money
from flsf.mandate.framework.rules import Answer

ACT = "Procurement Act 2023"
# Details of a light-touch contract are published within so many days of entering into it.
DETAILS_DAYS = 120
TOGETHER = (
    "No one place would be full time, but all of this provider's places together would: say why "
    "they are not one school"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the value rules look at. Money is gross of VAT; None: there is none to look at."""

    gross: Money
    direct_award_allowed: bool
    rank: int | None
    fitting: int  # services that fit
    near_full_time: bool
    full_time_in_all: bool  # not at any one place, but with all of the provider's together
    check_runs_out: bool
    is_school: bool
    years: list[YearAsked]  # empty: no budget was chosen yet
    hours_words: str  # the hours with the provider, whoever arranged them, and the limits
    ceiling: Money | None
    left_under_ceiling: Money | None
    ceiling_warning: int  # hundredths of a per cent
    called_off_in_year: Money
    light_touch: Money
    details_notice: Money
    who_may_decide: list[str]  # roles, the narrowest limit first
    own_limit: Money | None
    starts_on: date
    model: Answer | None = None  # what the commercial model says of it
    competed: str = ""  # who could bid, was asked and did; empty: no competition stands behind it
    placed: str = ""  # how the first of the bids came first
    had_no_bids: bool = False  # a competition for it brought no bid that can be taken


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule and what was found. `asks_reason`: the officer must say why it goes on."""

    test: ValueRule
    verdict: Verdict
    words: str
    source: str
    asks_reason: bool = False


def findings(facts: Facts, warned: list[str], *, on: date) -> list[Finding]:
    """Every value rule, in the order they are shown. `warned`: matching's warnings in words."""
    found = [
        _model(facts),
        _method(facts),
        _rank(facts),
        _registration(facts, warned),
        _checks(facts, warned),
        _headroom(facts),
        _ceiling(facts),
        _aggregate(facts),
        _limit(facts),
        _details_notice(facts),
        _retrospective(facts, on),
    ]
    return [one for one in found if one is not None]


def _model(facts: Facts) -> Finding | None:
    """Shown when it stands in the way: then the proposal is refused."""
    if facts.model is None or facts.model.is_allowed:
        return None
    words = f"{facts.model.why}: it cannot be proposed"
    return Finding(ValueRule.MODEL, Verdict.WARNING, words, facts.model.source)


def _method(facts: Facts) -> Finding:
    source = "The lot's terms; the published call-off method"
    if facts.competed:
        return Finding(ValueRule.METHOD, Verdict.MET, facts.competed, source)
    if facts.had_no_bids and not facts.direct_award_allowed:
        words = "A competition brought no bid that can be taken: it may be proposed on that ground"
        return Finding(ValueRule.METHOD, Verdict.NOTE, words, source)
    if facts.direct_award_allowed:
        return Finding(ValueRule.METHOD, Verdict.MET, "The lot allows direct awards", source)
    return Finding(
        ValueRule.METHOD,
        Verdict.WARNING,
        "The lot does not allow direct awards: start a competition instead",
        source,
    )


def _rank(facts: Facts) -> Finding:
    source = "The published rules for choosing"
    if facts.placed:
        source = "The competition as it was published"
        return Finding(ValueRule.RANK, Verdict.MET, facts.placed, source)
    if facts.rank == 1:
        return Finding(
            ValueRule.RANK, Verdict.MET, f"Ranked first of {facts.fitting} that fit", source
        )
    where = "Left out by the rules" if facts.rank is None else f"Ranked {facts.rank}"
    words = f"{where}, of {facts.fitting} that fit: say why it is chosen"
    return Finding(ValueRule.RANK, Verdict.WARNING, words, source)


def _registration(facts: Facts, warned: list[str]) -> Finding:
    source = "Education and Skills Act 2008, section 92; the numbers in force on the day"
    if facts.is_school:
        return Finding(ValueRule.REGISTRATION, Verdict.MET, "A registered school", source)
    if not facts.near_full_time:
        words = f"Not a school, and the hours are well below full time. {facts.hours_words}"
        return Finding(ValueRule.REGISTRATION, Verdict.MET, words.rstrip(), source)
    said = [one for one in warned if "registered school" in one]
    if facts.full_time_in_all:
        said = [TOGETHER, *said]
    words = ". ".join([*said, facts.hours_words])
    asks = facts.full_time_in_all
    return Finding(ValueRule.REGISTRATION, Verdict.WARNING, words, source, asks_reason=asks)


def _checks(facts: Facts, warned: list[str]) -> Finding:
    source = "Keeping children safe in education"
    if not facts.check_runs_out:
        words = "Every check is in date until the last day"
        return Finding(ValueRule.CHECKS, Verdict.MET, words, source)
    said = [one for one in warned if one.startswith("A check runs out")]
    return Finding(ValueRule.CHECKS, Verdict.WARNING, ". ".join(said), source)


def _headroom(facts: Facts) -> Finding | None:
    if not facts.years:
        return None
    source = "The fund's budget for each year"
    short = [one for one in facts.years if one.left_after is None or one.left_after < Money(0)]
    words = ". ".join(_year_in_words(one) for one in (short or facts.years))
    verdict = Verdict.WARNING if short else Verdict.MET
    return Finding(ValueRule.HEADROOM, verdict, words, source)


def _year_in_words(asked: YearAsked) -> str:
    year, after = asked.share.year, asked.left_after
    if after is None:
        return f"No budget is set for {year}, which would pay {asked.share.gross} of it"
    if after < Money(0):
        return (
            f"The budget of {year} has only {asked.left} left and would pay "
            f"{asked.share.gross}: it cannot be awarded from it as it stands"
        )
    return f"The budget of {year} has {asked.left} left, and {after} after this"


def _ceiling(facts: Facts) -> Finding:
    source = f"{ACT}, Schedule 3; the framework's ceiling"
    if facts.ceiling is None or facts.left_under_ceiling is None:
        return Finding(ValueRule.CEILING, Verdict.NOTE, "The framework states no ceiling", source)
    left = facts.left_under_ceiling - facts.gross
    if left < Money(0):
        words = f"Beyond the framework's ceiling by {Money(-left.pence)}: it cannot be awarded"
        return Finding(ValueRule.CEILING, Verdict.WARNING, words, source)
    used = facts.ceiling.pence - left.pence
    words = f"The framework's ceiling of {facts.ceiling} has {left} left after this"
    near = used * WHOLE >= facts.ceiling.pence * facts.ceiling_warning
    return Finding(ValueRule.CEILING, Verdict.WARNING if near else Verdict.MET, words, source)


def _aggregate(facts: Facts) -> Finding:
    """P8: call-offs that could be one contract are valued together."""
    source = f"{ACT}, section 4(3) and Schedule 3, paragraph 4"
    together = facts.called_off_in_year + facts.gross
    words = (
        f"{together} from this provider in twelve months, this included; "
        f"the light-touch threshold is {facts.light_touch}"
    )
    if together < facts.light_touch:
        return Finding(ValueRule.AGGREGATE, Verdict.MET, words, source)
    return Finding(ValueRule.AGGREGATE, Verdict.WARNING, words, source, asks_reason=True)


def _limit(facts: Facts) -> Finding:
    source = "The scheme of delegation"
    if not facts.who_may_decide:
        words = "Nobody's limit reaches this far: ask for a limit to be set"
        return Finding(ValueRule.LIMIT, Verdict.WARNING, words, source)
    words = f"May be decided by: {', '.join(facts.who_may_decide)}"
    return Finding(ValueRule.LIMIT, Verdict.NOTE, words, source)


def _details_notice(facts: Facts) -> Finding | None:
    if facts.gross < facts.details_notice:
        return None
    words = (
        f"Worth {facts.details_notice} or more: a contract details notice (UK7) is due within "
        f"{DETAILS_DAYS} days of entering into it"
    )
    return Finding(ValueRule.DETAILS_NOTICE, Verdict.NOTE, words, f"{ACT}, section 53")


def _retrospective(facts: Facts, on: date) -> Finding | None:
    if not is_retrospective(facts.starts_on, on=on):
        return None
    words = f"Retrospective: support began on {in_words(facts.starts_on)}, before it was asked for"
    return Finding(ValueRule.RETROSPECTIVE, Verdict.WARNING, words, "House rule", asks_reason=True)
