from enum import StrEnum

from django.db.models import TextChoices


class Route(TextChoices):
    SCHOOL = "school", "A school"
    OFFICER = "officer", "A council officer"
    FAMILY = "family", "A parent, carer or young person"


class Ground(TextChoices):
    """Cabinet report, paragraph 2."""

    SEND = "send", "Special educational needs or disability"
    MEDICAL = "medical", "Medical needs"
    OTHER = "other", "Something else that keeps them from school"


class Purpose(TextChoices):
    EARLY = "early", "Early help"
    REINTEGRATION = "reintegration", "Going back to school"
    STATUTORY = "statutory", "The council's duty to arrange education"


class LegalBasis(TextChoices):
    """Rule E1; each is an authority to arrange, not a description of the child."""

    S19 = "s19", "Section 19, Education Act 1996: out of school"
    S42 = "s42", "Section 42, Children and Families Act 2014: named in a plan"
    S61 = "s61", "Section 61, Children and Families Act 2014: otherwise than at school"
    S100 = "s100", "Section 100, Children and Families Act 2014: medical conditions"
    OFF_SITE = "off_site", "A school directs or arranges it"
    SUSPENSION = "suspension", "From the sixth day of a suspension"
    VIRTUAL_SCHOOL = "virtual_school", "The Virtual School's duties"
    EARLY_HELP = "early_help", "No duty yet: help before one arises"


class Urgency(TextChoices):
    PLANNED = "planned", "Planned"
    URGENT = "urgent", "Urgent"
    CRISIS = "crisis", "Crisis"


class Status(TextChoices):
    RECEIVED = "received", "Received"
    LOOKED_AT = "looked_at", "Being looked at"
    MATCHING = "matching", "Matching"
    OFFERED = "offered", "Offered"
    STARTED = "started", "Started"
    CLOSED = "closed", "Closed"


# What the family reads in place of the staff word (people_and_journeys 9c).
FAMILY_WORDS = {
    Status.RECEIVED: "We have it",
    Status.LOOKED_AT: "We are reading it",
    Status.MATCHING: "We are finding the right support",
    Status.OFFERED: "We have a suggestion",
    Status.STARTED: "Support has started",
    Status.CLOSED: "Closed",
}


class ClosedBecause(TextChoices):
    COMPLETED = "completed", "Support was found and started"
    NOT_ELIGIBLE = "not_eligible", "The framework cannot help"
    DUPLICATE = "duplicate", "Sent by mistake, or sent twice"
    MET_ANOTHER_WAY = "met_another_way", "Helped in another way"
    WITHDRAWN = "withdrawn", "The family or school no longer wants it"
    MOVED_AWAY = "moved_away", "Moved away"
    CHANGED = "changed", "Things changed"


class ClockKind(TextChoices):
    SIXTH_DAY = "sixth_day", "Education from the sixth school day"
    HEALTH = "health", "Fifteen school days away through illness"
    DECISION = "decision", "Tell the family what happens next"


class Tag(StrEnum):
    SENT = "casework:referral:sent"
    ADDED_TO = "casework:referral:added-to"
    READ = "casework:referral:read"
    MOVED = "casework:referral:moved"
    CHANGED = "casework:referral:changed"
    DRAFT_BEGUN = "casework:draft:begun"
    DRAFT_DISCARDED = "casework:draft:discarded"
    CLOCK_STARTED = "casework:clock:started"
    CLOCK_STOPPED = "casework:clock:stopped"
