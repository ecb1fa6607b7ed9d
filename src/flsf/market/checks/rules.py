"""What providers must show, until when it holds, and what a council starts with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from flsf.core.dates import anniversary
from flsf.market.checks.enums import Group, Standing, Step, Theme

# Peers 8.3: providers are reminded 60 days before evidence expires.
DUE_SOON_DAYS = 60
ONE_DAY = timedelta(days=1)
Span: TypeAlias = tuple[date, date]  # of evidence: its first and last day, both counted


@dataclass(frozen=True, slots=True)
class NewCheck:
    """Something to ask of every provider. `lasts_months` is how long evidence usually holds."""

    code: str
    name: str
    theme: Theme
    source: str
    lasts_months: int = 12
    sole_traders_exempt: bool = False

    @property
    def group(self) -> Group:
        """The check group of the cabinet report that it belongs to, by its code."""
        return GROUP_OF.get(self.code, Group.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """What a provider showed for a check: its number and days, never its contents (E25)."""

    provider_id: int
    code: str
    number: str
    holds_from: date
    expires_on: date


@dataclass(frozen=True, slots=True, order=True)
class Reminder:
    """Whose evidence runs out, and at which step they are to be written to."""

    provider_id: int
    step: Step
    code: str
    name: str
    expires_on: date


def step_due(expires_on: date, *, on: date) -> Step | None:
    """The step that a day asks for; None: it is too early for the first.

    A round that did not run for some days makes good for the most pressing step alone: nobody
    wants to read today what was true last week.
    """
    left = (expires_on - on).days
    if left < 0:
        return Step.LAPSED
    return min((one for one in Step if one >= left), default=None)


def dates_fit(holds_from: date, expires_on: date) -> bool:
    """Whether evidence could hold on any day."""
    return holds_from <= expires_on


def last_day_taken(holds_from: date, *, on: date, most_years: int) -> date:
    """The last day until which evidence recorded on a day may hold.

    The years count from that day, or from the evidence's first where it comes later; of a first
    day more than a year away only that year.
    """
    return anniversary(min(max(on, holds_from), anniversary(on, 1)), most_years)


def lapses(spans: Sequence[Span], *, on: date) -> date | None:
    """The last day before there is a gap in what was shown, on a day; None: nothing was shown yet.

    What holds on the day is followed through everything that joins on. Where nothing holds any
    more it is the last day that anything did.
    """
    begun = [last for first, last in spans if first <= on]
    if not begun:
        return None
    until = max(begun)
    if until < on:
        return until
    for first, last in sorted(spans):
        if first <= until + ONE_DAY:
            until = max(until, last)
    return until


def standing(*, expires_on: date | None, needed_from: date, is_exempt: bool, on: date) -> Standing:
    """How a provider stands with one check on a day.

    `expires_on` is the last day of the evidence that holds on that day, the longest lasting
    if several do; None if none holds. Evidence holds through its last day.
    """
    if is_exempt or on < needed_from:
        return Standing.NOT_NEEDED
    if expires_on is None or expires_on < on:
        return Standing.OVERDUE
    if expires_on - on <= timedelta(days=DUE_SOON_DAYS):
        return Standing.DUE_SOON
    return Standing.IN_DATE


# The four check groups of the cabinet report, paragraph 24 (S108-S111), as questions have them.
GROUP_OF: Mapping[str, Group] = {
    "safeguarding-lead": Group.SAFEGUARDING,
    **dict.fromkeys(
        (
            *("safeguarding-policy", "health-and-safety", "risk-assessments", "first-aid"),
            *("complaints", "data-protection"),
        ),
        Group.POLICIES,
    ),
    **dict.fromkeys(
        ("dbs", "staff-record", "section-128", "safer-recruitment", "qualified-staff"),
        Group.STAFF,
    ),
    **dict.fromkeys(("attendance", "baseline", "programme"), Group.GUIDANCE),
}
STANDARDS = "DfE voluntary national standards for non-school AP, August 2025"
KCSIE = "Keeping children safe in education"
SCR = "Single central record"
PA23 = "Procurement Act 2023, exclusions and conditions of participation"

# peers_and_defaults.md 8.2 in the four groups of the cabinet report, paragraph 24 (S108-S111).
DEFAULT_CHECKS: tuple[NewCheck, ...] = (
    NewCheck("legal-identity", "Who you are in law, and who owns you", Theme.LEGAL, PA23),
    NewCheck("exclusion-grounds", "No ground for exclusion or debarment", Theme.LEGAL, PA23),
    NewCheck("public-liability", "Public liability insurance", Theme.LEGAL, "Common practice, £5m"),
    NewCheck(
        "employers-liability",
        "Employers' liability insurance",
        Theme.LEGAL,
        "Employers' Liability (Compulsory Insurance) Act 1969, £5m",
        sole_traders_exempt=True,
    ),
    NewCheck(
        "professional-indemnity", "Professional indemnity insurance", Theme.LEGAL, "House rule, £1m"
    ),
    NewCheck("financial-standing", "Sound finances, in proportion", Theme.LEGAL, "House rule"),
    NewCheck(
        "data-protection",
        "Registered with the Information Commissioner",
        Theme.LEGAL,
        "Data Protection (Charges and Information) Regulations 2018",
    ),
    NewCheck("dbs", "Enhanced DBS and barred list checks", Theme.SAFEGUARDING, SCR),
    NewCheck("staff-record", "Single central record of staff checks", Theme.SAFEGUARDING, SCR),
    NewCheck(
        "section-128",
        "No direction against managers (section 128)",
        Theme.SAFEGUARDING,
        "Education and Skills Act 2008, section 128",
        sole_traders_exempt=True,
    ),
    NewCheck("safer-recruitment", "Safer recruitment", Theme.SAFEGUARDING, KCSIE),
    NewCheck("safeguarding-lead", "A trained safeguarding lead", Theme.SAFEGUARDING, KCSIE, 24),
    NewCheck("safeguarding-policy", "Safeguarding policy", Theme.SAFEGUARDING, KCSIE),
    NewCheck("health-and-safety", "Health and safety policy", Theme.HEALTH_AND_SAFETY, STANDARDS),
    NewCheck("risk-assessments", "Risk assessments", Theme.HEALTH_AND_SAFETY, STANDARDS),
    NewCheck("first-aid", "First aid and medical needs", Theme.HEALTH_AND_SAFETY, STANDARDS, 36),
    NewCheck("attendance", "Attendance told for every session", Theme.ADMISSIONS, STANDARDS),
    NewCheck("baseline", "Baseline and plan for each child", Theme.ADMISSIONS, STANDARDS),
    NewCheck("complaints", "Behaviour and complaints policies", Theme.ADMISSIONS, STANDARDS),
    NewCheck("programme", "A planned programme", Theme.QUALITY, STANDARDS, 24),
    NewCheck("qualified-staff", "Qualified or experienced staff", Theme.QUALITY, STANDARDS, 24),
)
