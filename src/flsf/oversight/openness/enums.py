from enum import StrEnum

from django.db.models import TextChoices


class Topic(TextChoices):
    """What a line of the evidence file is about."""

    MANDATE = "mandate", "Decision and model"
    CRITERIA = "criteria", "Criteria and questions"
    ROUND = "round", "Rounds"
    NOTICE = "notice", "Notices"
    CONFLICT = "conflict", "Conflicts of interest"
    EVALUATION = "evaluation", "Evaluators"
    CLARIFICATION = "clarification", "Clarifications"
    DECISION = "decision", "Decisions"
    TOLD = "told", "Summaries sent"
    CHALLENGE = "challenge", "Challenges"


class Place(StrEnum):
    """Where more of a line can be read."""

    FRAMEWORK = "framework"
    ROUND = "round"
    APPLICATION = "application"
    ENTRY = "entry"


class Principle(TextChoices):
    """The five principles of the cabinet report, paragraph 27 (S124)."""

    FAIRNESS = "fairness", "Fairness"
    TRANSPARENCY = "transparency", "Transparency"
    PROPORTIONALITY = "proportionality", "Proportionality"
    ACCESS = "access", "Competitive access"
    NON_DISCRIMINATION = "non_discrimination", "Non-discrimination"


class Speaks(TextChoices):
    """What a measured fact says by itself. The finding is a person's."""

    FOR = "for", "Speaks for it"
    AGAINST = "against", "Speaks against it"
    WEIGH = "weigh", "To be weighed"
    SILENT = "silent", "Too few to tell"
