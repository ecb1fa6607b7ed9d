from enum import StrEnum

from django.db.models import TextChoices


class SenStage(TextChoices):
    NONE = "none", "No special educational need recorded"
    SUPPORT = "support", "SEN support"
    EHCP = "ehcp", "Education, health and care plan"


class Care(TextChoices):
    """The Virtual School's cohorts (S73)."""

    NONE = "none", "Not in these groups"
    LOOKED_AFTER = "looked_after", "Looked after"
    PREVIOUSLY = "previously", "Previously looked after"
    SOCIAL_WORKER = "social_worker", "Has a social worker"


class Schooling(TextChoices):
    ON_ROLL = "on_roll", "On a school's roll"
    NO_SCHOOL = "no_school", "Not on a school's roll"
    HOME_EDUCATED = "home_educated", "Educated at home by family"


class Relation(TextChoices):
    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    SELF = "self", "The young person"
    SOCIAL_WORKER = "social_worker", "Social worker"
    OTHER = "other", "Somebody else"


class Detail(TextChoices):
    """How much an open disclosure shows (rules D7 and E14)."""

    SUMMARY = "summary", "Age, area and needs, without a name"
    WORKING = "working", "Name, needs, contacts and timetable"
    FULL = "full", "The whole record"


class Basis(TextChoices):
    PARENT_OF = "parent_of", "Parent or carer of the child"
    SELF = "self", "The young person"
    SAYS_FAMILY = "says_family", "Says they are the family; not checked yet"
    ON_ROLL = "on_roll", "The child's school"
    OFFERED = "offered", "Asked whether they can help"
    PLACED = "placed", "Teaches or supports the child"
    SOCIAL_CARE = "social_care", "Social worker for the child"


class Tag(StrEnum):
    ADDED = "casework:child:added"
    CHANGED = "casework:child:changed"
    TAKEN_BACK = "casework:child:taken-back"
    CONTACT_ADDED = "casework:contact:added"
    DISCLOSED = "casework:disclosure:opened"
    DISCLOSURE_CLOSED = "casework:disclosure:closed"
    FAMILY_SAID = "casework:family-check:asked"
    FAMILY_SETTLED = "casework:family-check:settled"
    WORKER_NAMED = "casework:child:worker-named"
