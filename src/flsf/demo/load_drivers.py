"""The policy that Marlbeck's framework answers, one law of which has changed since."""

from datetime import timedelta

from flsf.core.people import Person
from flsf.demo.load_office import CLEARER_CRITERIA
from flsf.demo.plan.days import Days, moment
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.governance import actions
from flsf.mandate.governance.enums import Kind, RequirementKind
from flsf.mandate.governance.rules import Requirement
from flsf.market.checks.enums import Theme

PLAN, BILL, PRACTICE, STANDARDS = 1, 2, 3, 4
ACT = "Children's Wellbeing and Schools Act 2026"
DRIVERS = (
    (
        "SEND and AP Improvement Plan", "Department for Education, GOV.UK", "2023-03-02",
        "Guidance or plan",
        "Alternative provision that brings children back; provision near home; early help.",
    ),
    (
        "Children's Wellbeing and Schools Bill", "UK Parliament", "2024-12-17",
        "Before Parliament",
        "A register of children not in school; providers tell the council whom they teach.",
    ),
    (
        "Frameworks of other councils that stay open to new providers",
        "Contract notices on Find a Tender", "2024-11-01", "Practice of other councils",
        "Providers join at any time; lots by kind of support; prices published.",
    ),
    (
        "Voluntary national standards for non-school alternative provision",
        "Department for Education, GOV.UK", "2025-08-01", "Guidance or plan",
        "Safeguarding, health and safety, admissions and support, quality of education.",
    ),
)  # fmt: skip
ANSWERS = (
    (0, (STANDARDS,), "Its safeguarding theme asks for the same checks."),
    (2, (PLAN, STANDARDS), "The plan asks that provision is shown to work."),
    (3, (PLAN,), "The plan asks that children and families are heard."),
    (4, (PLAN,), "Progress is what brings a child back to school."),
    (5, (), "The council's own wish: social value, cabinet report, paragraph 37."),
)
LOTS = (
    ("full-time-ap", "Full-time alternative provision", (PLAN, BILL),
     "Support that brings children back; the register will count these children."),
    ("supported-internships", "Supported internships and job coaching", (PLAN,),
     "Pathways into work for young people with a plan."),
)  # fmt: skip


def load(days: Days, *, by: Person) -> None:
    """Four drivers are in the register; the Bill became an Act after answers were said."""
    framework = frameworks.current(days.today)
    if framework is None:
        raise LookupError("no framework runs")
    began = moment(days.framework_starts)
    told = [
        {
            "driver": name, "source": source, "dated": dated, "standing": standing, "asks": asks,
            "review_on": days.ahead(60).isoformat(),
        }
        for name, source, dated, standing, asks in DRIVERS
    ]  # fmt: skip
    made = [
        actions.add(framework_id=framework.pk, kind=Kind.DRIVER, told=one, by=by, at=began)
        for one in told
    ]
    _say(framework.pk, days, by=by)
    changed = told[BILL - 1] | {"driver": ACT, "source": "legislation.gov.uk, 2026 chapter 21"}
    actions.change(
        entry_id=made[BILL - 1].pk,
        told=changed | {"dated": "2026-04-29", "standing": "Passed, not in force"},
        because="Royal Assent on 29 April 2026; sections 38 and 43 wait for regulations",
        seen_version=1,
        by=by,
        at=moment(days.ago(7)),
    )


def _say(framework_id: int, days: Days, *, by: Person) -> None:
    at = moment(days.framework_starts + timedelta(days=30))
    wanted = [
        *((_criterion(CLEARER_CRITERIA[number]), drivers, how) for number, drivers, how in ANSWERS),
        *(
            (Requirement(RequirementKind.LOT, code, name), drivers, how)
            for code, name, drivers, how in LOTS
        ),
        (
            Requirement(RequirementKind.THEME, Theme.SAFEGUARDING.value, "Safeguarding"),
            (STANDARDS,),
            "The questions are built on the standards.",
        ),
    ]
    for requirement, drivers, how in wanted:
        actions.say_answers(
            framework_id=framework_id,
            requirement=requirement,
            drivers=drivers,
            because=how,
            seen_id=None,
            by=by,
            at=at,
        )


def _criterion(words: str) -> Requirement:
    return Requirement.by_words(RequirementKind.CRITERION, words)
