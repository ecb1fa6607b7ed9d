from enum import StrEnum

from django.db.models import TextChoices


class Status(TextChoices):
    """The words of people_and_journeys 9c, the same everywhere."""

    IN_PROGRESS = "in_progress", "In progress"
    SUBMITTED = "submitted", "Submitted"
    BEING_CHECKED = "being_checked", "Being checked"
    QUESTION_SENT = "question_sent", "Question sent"
    ACCEPTED = "accepted", "Accepted"
    NOT_ACCEPTED = "not_accepted", "Not accepted yet"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Kind(TextChoices):
    """What an answer is."""

    YES_NO = "yes_no", "Yes or no"
    TEXT = "text", "Words"
    NUMBER = "number", "A number"
    MONEY = "money", "An amount of money"
    DATE = "date", "A date"
    CHOICE = "choice", "One of several"
    MANY = "many", "Any of several"
    FILE = "file", "A file"
    DECLARATION = "declaration", "A declaration"


class About(TextChoices):
    """What the law on conditions of participation asks of us depends on this (rules P22, P23)."""

    GENERAL = "general", "Anything else"
    INSURANCE = "insurance", "Insurance"
    ACCOUNTS = "accounts", "Accounts and finances"
    QUALIFICATION = "qualification", "A qualification"
    PAST_CONTRACTS = "past_contracts", "Contracts held before"
    MANDATORY_EXCLUSION = "mandatory_exclusion", "A mandatory ground for exclusion"
    DISCRETIONARY_EXCLUSION = "discretionary_exclusion", "A discretionary ground for exclusion"


class Variant(TextChoices):
    """Whom a question is for, so that evidence is in proportion."""

    SOLE_TRADER = "sole_trader", "Sole traders"
    VOLUNTARY = "voluntary", "Charities and community organisations"
    COMPANY = "company", "Companies"
    PUBLIC = "public", "Public bodies"
    NATIONAL = "national", "Those who work across the country"


class PassKind(TextChoices):
    """How an answer is told to pass."""

    ONE_OF = "one_of", "The answer is one of these"
    ALL_OF = "all_of", "All of these are chosen"
    AT_LEAST = "at_least", "At least this much"
    AT_MOST = "at_most", "At most this much"
    IN_DATE = "in_date", "Still holds on the day it is sent"
    AGREED = "agreed", "It is agreed to"


class Result(TextChoices):
    """What became of an answer."""

    MISSING = "missing", "Not answered"
    UNREADABLE = "unreadable", "Not understood"
    TAKEN = "taken", "Answered"
    PASSED = "passed", "Passes"
    EXPLAINED = "explained", "Would not pass; explained"
    FAILED = "failed", "Would not pass"


class Tag(StrEnum):
    SET_DRAFTED = "market:question-set:drafted"
    SET_CHANGED = "market:question-set:changed"
    SET_PUBLISHED = "market:question-set:published"
    SET_DISCARDED = "market:question-set:discarded"
    ASKED_TO_BEGIN = "market:application:asked-to-begin"
    BEGUN = "market:application:begun"
    ANSWERED = "market:application:answered"
    LOTS_CHOSEN = "market:application:lots-chosen"
    SUBMITTED = "market:application:submitted"
    MOVED = "market:application:moved"
    WITHDRAWN = "market:application:withdrawn"
    LEFT = "market:application:lots-left"
    LINKED = "market:application:provider-linked"
    NUDGED = "market:application:nudged"
    FORGOTTEN = "market:application:forgotten"
    BEGINNINGS_FORGOTTEN = "market:application:beginnings-forgotten"
