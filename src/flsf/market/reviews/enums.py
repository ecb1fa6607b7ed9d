from enum import StrEnum

from django.db.models import TextChoices


class Subject(TextChoices):
    """What is looked at: a policy of the provider's, or what it does beside some guidance."""

    SAFEGUARDING = "safeguarding", "Safeguarding policy"
    HEALTH_AND_SAFETY = "health-and-safety", "Health and safety policy"
    RISK = "risk", "Risk assessments"
    BEHAVIOUR = "behaviour", "Behaviour policy"
    COMPLAINTS = "complaints", "Complaints policy"
    FIRST_AID = "first-aid", "First aid and medical needs"
    DATA = "data", "Data protection policy"
    KCSIE = "kcsie", "Keeping children safe in education"
    WORKING_TOGETHER = "working-together", "Working together to safeguard children"
    ALTERNATIVE = "alternative-provision", "Arranging alternative provision"
    SEND = "send-code", "SEND code of practice"
    ATTENDANCE = "attendance", "Working together to improve school attendance"


GUIDANCE = (
    Subject.KCSIE,
    Subject.WORKING_TOGETHER,
    Subject.ALTERNATIVE,
    Subject.SEND,
    Subject.ATTENDANCE,
)
POLICIES = tuple(one for one in Subject if one not in GUIDANCE)


class Outcome(TextChoices):
    """What a named person found."""

    MEETS = "meets", "Meets it"
    CHANGES = "changes", "Changes needed"
    NOT_MET = "not_met", "Does not meet it"


class Standing(TextChoices):
    IN_DATE = "in_date", "In date"
    DUE_SOON = "due_soon", "Due soon"
    CHANGES = "changes", "Changes needed"
    OVERDUE = "overdue", "Overdue"
    NEVER = "never", "Not reviewed yet"


class Tag(StrEnum):
    EDITION_ADDED = "market:guidance:edition-added"
    REVIEWED = "market:provider:reviewed"
