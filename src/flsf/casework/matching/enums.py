from enum import IntFlag, StrEnum


class RuleId(StrEnum):
    """The hard tests, in the order their bits and reasons stand. Add at the end, never move."""

    LOT = "lot"
    ADMITTED = "admitted"
    CHECKS = "checks"
    OPEN = "open"
    AGE = "age"
    NEED = "need"
    MODE = "mode"
    HALF_DAYS = "half-days"
    START = "start"
    DISTANCE = "distance"
    PRICE = "price"
    ACCESS = "access"
    REGISTRATION = "registration"
    LIMIT = "limit"
    BARRED = "barred"
    AGREEMENT = "agreement"

    @property
    def bit(self) -> int:
        return 1 << RULE_ORDER.index(self)


RULE_ORDER: tuple[RuleId, ...] = tuple(RuleId)
# Those of each published version: what was frozen by them is worked out by them for good.
PUBLISHED_RULES = (
    RULE_ORDER[: RULE_ORDER.index(RuleId.LIMIT)],
    RULE_ORDER[: RULE_ORDER.index(RuleId.AGREEMENT)],
    RULE_ORDER,
)


class TermId(StrEnum):
    """What points are given for. The order is the published one."""

    NEED_FIT = "need-fit"
    START = "start"
    DISTANCE = "distance"
    PRICE = "price"
    GROUP = "group"


TERM_ORDER: tuple[TermId, ...] = tuple(TermId)


class Flag(IntFlag):
    """What an officer should weigh although no rule leaves the service out."""

    DISTANCE_UNKNOWN = 1
    NEAR_FULL_TIME = 2
    ONLY_EDUCATION = 4
    CHECK_RUNS_OUT = 8
    FULL_TIME_IN_ALL = 16


class Tag(StrEnum):
    PUBLISHED = "casework:rule-set:published"
    SHORTLISTED = "casework:shortlist:frozen"
