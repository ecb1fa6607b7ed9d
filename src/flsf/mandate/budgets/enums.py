from enum import StrEnum

from django.db.models import TextChoices


class FundKind(TextChoices):
    HIGH_NEEDS = "high_needs", "Dedicated Schools Grant: high needs"
    VIRTUAL_SCHOOL = "virtual_school", "Virtual School"
    CAPITAL = "capital", "Capital"
    DFE_GRANT = "dfe_grant", "Department for Education grant"
    COUNCIL = "council", "Council contribution"
    SCHOOL = "school", "A school pays"


class Entry(TextChoices):
    """What a line of the ledger does. Estimates are never lines: they are not promises."""

    COMMITTED = "committed", "Committed"
    PAID = "paid", "Paid"


class Route(TextChoices):
    DIRECT_AWARD = "direct_award", "Direct award"
    MINI_COMPETITION = "mini_competition", "Mini-competition"
    BLOCK = "block", "Block purchase"
    WAIVER = "waiver", "Spot purchase under a waiver"
    SPOT = "spot", "Spot purchase"


class Group(TextChoices):
    """What spending can be added up by."""

    FUND = "fund", "Fund"
    TEAM = "team", "Team"
    LOT = "lot", "Lot"
    PROVIDER = "provider", "Provider"
    ROUTE = "route", "Route"
    SPEND_LINE = "spend_line", "Type of provision"
    MONTH = "month", "Month"


class Tag(StrEnum):
    FUND_OPENED = "mandate:fund:opened"
    BUDGET_SET = "mandate:budget:set"
    LIMIT_SET = "mandate:limit:set"
    COMMITTED = "mandate:ledger:committed"
    RELEASED = "mandate:ledger:released"
    PAID = "mandate:ledger:paid"
    POSTED_MANY = "mandate:ledger:posted-many"
