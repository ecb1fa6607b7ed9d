from enum import StrEnum


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


class TermId(StrEnum):
    """What points are given for. The order is the published one."""

    NEED_FIT = "need-fit"
    START = "start"
    DISTANCE = "distance"
    PRICE = "price"
    GROUP = "group"


class Tag(StrEnum):
    PUBLISHED = "casework:rule-set:published"
    SHORTLISTED = "casework:shortlist:frozen"
