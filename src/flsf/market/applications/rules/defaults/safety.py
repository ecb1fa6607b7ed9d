"""Safeguarding, the people who work with children, health and safety, and policies."""

from typing import Any

from flsf.market.applications.enums import About, Kind, PassKind, Variant
from flsf.market.applications.rules.questions import NO, YES, OnlyIf, Pass, Question
from flsf.market.checks.enums import Group, Theme

STANDARDS = "DfE voluntary national standards for non-school AP, August 2025"
KCSIE = "Keeping children safe in education"
SCR = "Single central record"
IS_YES = Pass(PassKind.ONE_OF, (YES,))
WILL_DO = "Say how you will put this right before you start, and by when."


def _safeguarding(code: str, asks: str, check: str, **more: Any) -> Question:
    given: dict[str, Any] = {
        "kind": Kind.YES_NO,
        "section": "safeguarding",
        "theme": Theme.SAFEGUARDING,
        "group": Group.SAFEGUARDING,
        "source": f"{STANDARDS}: safeguarding and welfare; {KCSIE}",
        "justification": "Nobody may work with children here before this is in place.",
    }
    return Question(code=code, asks=asks, check=check, **(given | more))


def _people(code: str, asks: str, check: str, **more: Any) -> Question:
    given: dict[str, Any] = {
        "kind": Kind.YES_NO,
        "section": "people",
        "theme": Theme.SAFEGUARDING,
        "group": Group.STAFF,
        "source": SCR,
        "justification": "The law asks for these checks of everybody who works with children.",
    }
    return Question(code=code, asks=asks, check=check, **(given | more))


def _policy(code: str, asks: str, check: str, **more: Any) -> Question:
    given: dict[str, Any] = {
        "kind": Kind.CHOICE,
        "options": (
            ("have", "Yes, we have one"),
            ("adopt", "Not yet. We will use your model and make it ours before we start"),
            ("no", "No"),
        ),
        "section": "policies",
        "theme": Theme.HEALTH_AND_SAFETY,
        "group": Group.POLICIES,
        "pass_if": Pass(PassKind.ONE_OF, ("have", "adopt")),
        "remedy": "You can use our model policy: choose “Not yet”.",
        "source": STANDARDS,
        "justification": "Everybody knows beforehand what is done when something happens.",
    }
    return Question(code=code, asks=asks, check=check, **(given | more))


SAFEGUARDING = (
    _safeguarding(
        "lead",
        "Who leads on safeguarding?",
        "safeguarding-lead",
        kind=Kind.TEXT,
        help="If you work alone, it is you.",
        fills="safeguarding_lead",
    ),
    _safeguarding(
        "lead-trained",
        "Has that person had safeguarding training in the last two years, or equivalent?",
        "safeguarding-lead",
        pass_if=IS_YES,
        remedy="A course booked before you start will do: explain it in the box.",
        mitigation_allowed=True,
        mitigation_asks=WILL_DO,
        about=About.QUALIFICATION,
        expires_after=24,
    ),
    _safeguarding(
        "policy",
        "Do you have a safeguarding policy?",
        "safeguarding-policy",
        kind=Kind.CHOICE,
        options=(
            ("have", "Yes"),
            ("adopt", "Not yet. I will use your model and make it mine before I start"),
            ("no", "No"),
        ),
        pass_if=Pass(PassKind.ONE_OF, ("have", "adopt")),
        remedy="You can use our model policy: choose “Not yet”.",
        group=Group.POLICIES,
    ),
    _safeguarding(
        "policy-paper",
        "Your safeguarding policy",
        "safeguarding-policy",
        kind=Kind.FILE,
        page=2,
        only_if=(OnlyIf("policy", ("have",)),),
        is_required=False,
        group=Group.POLICIES,
        expires_after=12,
        help="You can also send it later, before you start.",
    ),
    _safeguarding(
        "concern",
        "A child tells you something that worries you. What do you do?",
        "safeguarding-policy",
        kind=Kind.TEXT,
        page=2,
        help="A few sentences: what you do at once, whom you tell, what you write down.",
        is_reusable=True,
        group=Group.GUIDANCE,
    ),
    _safeguarding(
        "told",
        "I will tell the council and the school the same day if a child may be at risk, and if "
        "anybody who works with children changes",
        "staff-record",
        kind=Kind.DECLARATION,
        page=2,
        pass_if=Pass(PassKind.AGREED),
        group=Group.GUIDANCE,
        source=f"{KCSIE}: alternative provision",
    ),
)

PEOPLE = (
    _people(
        "workers",
        "How many people will work with children, you included?",
        "staff-record",
        kind=Kind.NUMBER,
        help="If it is just you, write 1.",
        pass_if=Pass(PassKind.AT_LEAST, ("1",)),
    ),
    _people(
        "dbs",
        "Does everybody have an enhanced DBS check with the barred list?",
        "dbs",
        help="Do not send certificates. We only write down the number and the date.",
        pass_if=IS_YES,
        remedy="Checks on their way will do: explain it in the box.",
        mitigation_allowed=True,
        mitigation_asks=WILL_DO,
    ),
    _people(
        "dbs-date",
        "What is the date of the oldest of these certificates?",
        "dbs",
        kind=Kind.DATE,
        help="For example, 14 2 2025",
        page=2,
        only_if=(OnlyIf("dbs", (YES,)),),
    ),
    _people(
        "qualified",
        "What prepares you, or them, for this work?",
        "qualified-staff",
        kind=Kind.TEXT,
        page=2,
        help="A qualification or equivalent, or years of doing it. Experience counts.",
        theme=Theme.QUALITY,
        about=About.QUALIFICATION,
    ),
    _people(
        "record",
        "Do you keep a record of every check of everybody who works for you?",
        "staff-record",
        page=2,
        variants=(Variant.VOLUNTARY, Variant.COMPANY, Variant.PUBLIC),
        pass_if=IS_YES,
        remedy="We can give you a sheet to fill in: explain in the box when it will be done.",
        mitigation_allowed=True,
        mitigation_asks=WILL_DO,
    ),
    _people(
        "recruitment",
        "How do you choose people safely?",
        "safer-recruitment",
        kind=Kind.TEXT,
        page=2,
        help="References, gaps in work asked about, and who on the panel is trained.",
        variants=(Variant.COMPANY, Variant.PUBLIC, Variant.NATIONAL),
        source=f"{KCSIE}: safer recruitment",
    ),
    _people(
        "barred",
        "Is anybody who manages it barred from managing a school (section 128)?",
        "section-128",
        page=2,
        variants=(Variant.VOLUNTARY, Variant.COMPANY, Variant.PUBLIC),
        pass_if=Pass(PassKind.ONE_OF, (NO,)),
        remedy="Nobody who is barred may manage it.",
        group=Group.STAFF,
        source="Education and Skills Act 2008, section 128",
    ),
)

POLICIES = (
    _policy("health-safety", "A health and safety policy", "health-and-safety"),
    _policy(
        "risk",
        "Risk assessments of each place and activity",
        "risk-assessments",
    ),
    _policy(
        "behaviour",
        "A policy on behaviour and one on complaints",
        "complaints",
        theme=Theme.ADMISSIONS,
    ),
    _policy(
        "data",
        "Are you registered with the Information Commissioner (ICO)?",
        "data-protection",
        options=(
            ("have", "Yes"),
            ("exempt", "The ICO says that I need not be"),
            ("adopt", "Not yet. I will be before I start"),
            ("no", "No"),
        ),
        pass_if=Pass(PassKind.ONE_OF, ("have", "exempt", "adopt")),
        remedy="It takes ten minutes on the ICO's website: choose “Not yet”.",
        theme=Theme.LEGAL,
        source="Data Protection (Charges and Information) Regulations 2018",
    ),
    _policy(
        "first-aid",
        "If a child is hurt or taken ill, who helps and how?",
        "first-aid",
        kind=Kind.TEXT,
        options=(),
        pass_if=None,
        remedy="",
        page=2,
    ),
    _policy(
        "policy-papers",
        "Any of these policies that you have",
        "health-and-safety",
        kind=Kind.FILE,
        options=(),
        pass_if=None,
        remedy="",
        page=2,
        is_required=False,
        expires_after=12,
        help="You can send them later, before you start.",
    ),
)

SAFETY = (*SAFEGUARDING, *PEOPLE, *POLICIES)
