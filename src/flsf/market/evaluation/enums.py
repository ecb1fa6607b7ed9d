from enum import StrEnum

from django.db.models import TextChoices


class Verdict(TextChoices):
    """What was found of one criterion."""

    MEETS = "meets", "Meets it"
    NOT_YET = "not_yet", "Does not meet it yet"


class Outcome(TextChoices):
    """What is recommended, and what is decided."""

    ACCEPT = "accept", "Accept"
    ACCEPT_WITH_LIMIT = "accept_with_limit", "Accept, with few children until a first visit"
    DECLINE = "decline", "Do not accept yet"


class Stage(TextChoices):
    """Where an evaluation is, told from what has been done."""

    EVALUATORS = "evaluators", "Needs two evaluators"
    MARKING = "marking", "Being marked"
    QUESTION = "question", "Waiting for the applicant"
    MODERATION = "moderation", "To be agreed on"
    REPORT = "report", "To be reported"
    DECISION = "decision", "Awaiting decision"
    DECIDED = "decided", "Decided, not told yet"
    RELEASED = "released", "Told"


class Whose(TextChoices):
    """Whose a registered number is that an applicant gave and somebody else has too."""

    SAME = "same", "They are the same organisation"
    THEIRS = "theirs", "It is this applicant's, and the others gave it by mistake"
    MISTAKEN = "mistaken", "They are another organisation, and gave the number by mistake"


class Step(TextChoices):
    """How far the telling of a round is. Nothing is written about an applicant before TOLD."""

    ASKED = "asked", "Waiting for its turn"
    DECISIONS = "decisions", "Looking whether everybody is decided"
    EXCLUSIONS = "exclusions", "Looking whether anybody accepted is excluded"
    TELLING = "telling", "Telling everybody, at one moment"
    TOLD = "told", "Everybody was told"
    REFUSED = "refused", "Nobody was told"
    FAILED = "failed", "Nobody was told: something went wrong"


class Tag(StrEnum):
    OPENED = "market:evaluation:opened"
    REOPENED = "market:evaluation:judged-anew"
    ASSIGNED = "market:evaluation:evaluator-named"
    DECLARED = "market:evaluation:interest-declared"
    MARKED = "market:evaluation:marked"
    FINISHED = "market:evaluation:finished"
    ASKED = "market:evaluation:asked"
    ANSWERED = "market:evaluation:answered"
    QUESTION_CLOSED = "market:evaluation:question-closed"
    AGREED = "market:evaluation:agreed"
    REPORTED = "market:evaluation:reported"
    DECIDED = "market:evaluation:decided"
    DECLINED_AS_EXCLUDED = "market:evaluation:declined-as-excluded"
    JUDGED_BY_SAID = "market:evaluation:judged-by-said"
    NUMBER_SETTLED = "market:evaluation:number-settled"
    RELEASED = "market:evaluation:released"
    TELLING_ASKED = "market:evaluation:telling-asked-for"
    TELLING_MOVED_ON = "market:evaluation:telling-moved-on"
    TELLING_ENDED = "market:evaluation:telling-ended"
