"""What children get, what it costs, and the good a provider does nearby."""

from typing import Any

from flsf.market.applications.enums import About, Kind, PassKind, Variant
from flsf.market.applications.rules.questions import OnlyIf, Pass, Question
from flsf.market.checks.enums import Group, Theme

STANDARDS = "DfE voluntary national standards for non-school AP, August 2025"
AP_LOTS = ("full-time-ap", "part-time-ap-academic", "part-time-ap-vocational", "day-six")


def _teaching(code: str, asks: str, check: str, **more: Any) -> Question:
    given: dict[str, Any] = {
        "kind": Kind.TEXT,
        "section": "teaching",
        "theme": Theme.QUALITY,
        "group": Group.GUIDANCE,
        "source": f"{STANDARDS}: quality of education",
    }
    return Question(code=code, asks=asks, check=check, **(given | more))


TEACHING = (
    _teaching(
        "programme",
        "What do you do with children, and what do they get from it?",
        "programme",
        help="Think of one child. What did you do, and what changed? No names.",
        is_public=True,
    ),
    _teaching(
        "start",
        "How do you find out where a child starts from, and tell how they get on?",
        "baseline",
        theme=Theme.ADMISSIONS,
    ),
    _teaching(
        "attendance",
        "I will mark every session the same day, so that everybody knows where the child is",
        "attendance",
        kind=Kind.DECLARATION,
        pass_if=Pass(PassKind.AGREED),
        theme=Theme.ADMISSIONS,
        justification="Schools must know where each child is in school hours.",
        source="School attendance regulations 2024",
    ),
    _teaching(
        "not-a-school",
        "How do you make sure that you do not become a school that ought to be registered?",
        "programme",
        page=2,
        lots=AP_LOTS,
        help="Full-time for five children, or for one who is looked after or has a plan.",
        source="Education and Skills Act 2008",
    ),
    _teaching(
        "qualified-teachers",
        "Are the tutors for these lots qualified teachers, or equivalent by experience?",
        "qualified-staff",
        kind=Kind.CHOICE,
        options=(
            ("qts", "Yes, qualified teacher status"),
            ("equivalent", "Equivalent: trained elsewhere, or long experience"),
            ("no", "No"),
        ),
        page=2,
        lots=("tutoring-in-person-qts", "tutoring-online-qts"),
        pass_if=Pass(PassKind.ONE_OF, ("qts", "equivalent")),
        remedy="If not, apply for the tutoring lot that does not ask for it.",
        about=About.QUALIFICATION,
        group=Group.STAFF,
        justification="Families are told that these tutors are qualified teachers or equivalent.",
    ),
    _teaching(
        "therapists",
        "Therapists' registration numbers (HCPC or equivalent)",
        "qualified-staff",
        page=2,
        lots=("therapies",),
        about=About.QUALIFICATION,
        group=Group.STAFF,
        source="Health Professions Order 2001; or equivalent",
    ),
    _teaching(
        "quality-checks",
        "Who checks the quality of your work, and how often?",
        "programme",
        page=2,
        variants=(Variant.COMPANY, Variant.PUBLIC, Variant.NATIONAL),
    ),
)

PRICES = (
    Question(
        code="price",
        kind=Kind.MONEY,
        asks="{lot}: your price for {unit}",
        help="In pounds, without VAT. For example, 45 or 45.50.",
        section="prices",
        each_lot=True,
        pass_if=Pass(PassKind.AT_LEAST, ("1",)),
        remedy="A price must be more than nothing.",
        theme=Theme.LEGAL,
        justification="Prices are compared openly, like with like.",
        source="Procurement Act 2023, section 23",
    ),
    Question(
        code="vat",
        kind=Kind.YES_NO,
        asks="Do you charge VAT?",
        section="prices",
        source="So that budgets hold",
    ),
)

SOCIAL_VALUE = "Public Services (Social Value) Act 2012; cabinet report, paragraph 37(6)"
CLIMATE = "Cabinet report, paragraph 48"
MOST_PROMISED = "10000"


def _promise(option: str, asks: str) -> Question:
    """A number, asked only of whoever says that they do it."""
    return Question(
        code=f"promise-{option}",
        kind=Kind.NUMBER,
        asks=asks,
        help="A number you can keep to. We ask each year how it went. Leave it empty if unsure.",
        section="good",
        only_if=(OnlyIf("social-value", (option,)),),
        is_required=False,
        pass_if=Pass(PassKind.AT_MOST, (MOST_PROMISED,)),
        remedy="Write how many people it is.",
        theme=Theme.QUALITY,
        justification="What is promised is looked at each year, so it has to be a real number.",
        source=SOCIAL_VALUE,
    )


GOOD = (
    Question(
        code="social-value",
        kind=Kind.MANY,
        asks="What good do you do nearby, beyond the lessons?",
        help="Choose what is true or what you promise. Choose none if none fits.",
        options=(
            ("jobs", "We employ people who live here"),
            ("apprentices", "We take apprentices or trainees"),
            ("training", "We give training or work experience"),
            ("volunteers", "We give volunteers a place"),
            ("families", "We help families too"),
            ("green", "We walk, cycle or share lifts"),
        ),
        section="good",
        is_required=False,
        is_public=True,
        theme=Theme.QUALITY,
        source="Public Services (Social Value) Act 2012; cabinet report, paragraph 37(6)",
    ),
    _promise("jobs", "How many local people will have work with you in a school year?"),
    _promise("apprentices", "How many apprentices will you have in a school year?"),
    _promise(
        "training", "How many people will you train, or give work experience, in a school year?"
    ),
    Question(
        code="social-value-promise",
        kind=Kind.TEXT,
        asks="If you promise something else, what, how much and by when?",
        section="good",
        is_required=False,
        theme=Theme.QUALITY,
        source="Public Services (Social Value) Act 2012; cabinet report, paragraph 37(6)",
    ),
    Question(
        code="climate",
        kind=Kind.TEXT,
        asks="What do you do to travel less and use less energy?",
        help="What fits your size: meeting near the child, walking, sharing lifts, working online.",
        section="good",
        is_required=False,
        theme=Theme.QUALITY,
        source=f"{CLIMATE}: net zero by 2030",
    ),
    Question(
        code="net-zero-by",
        kind=Kind.NUMBER,
        asks="By which year do you mean to be carbon net zero?",
        help="Leave it empty if you have no such plan.",
        section="good",
        variants=(Variant.COMPANY, Variant.PUBLIC, Variant.NATIONAL),
        is_required=False,
        theme=Theme.QUALITY,
        source=f"{CLIMATE}: net zero by 2030",
    ),
    Question(
        code="referee",
        kind=Kind.TEXT,
        asks="Somebody who knows your work and whom we may ask",
        help="Name and email address. A parent, a school, a club: it need not be a council.",
        section="good",
        page=2,
        is_required=False,
        theme=Theme.SAFEGUARDING,
        group=Group.STAFF,
        is_reusable=False,
        source="Keeping children safe in education: references",
    ),
)

TRUTH = (
    Question(
        code="true",
        kind=Kind.DECLARATION,
        asks="What I have said is true, and I will tell the council if it changes",
        section="truth",
        pass_if=Pass(PassKind.AGREED),
        is_reusable=False,
        theme=Theme.LEGAL,
        justification="Decisions rest on it.",
        source="Procurement Act 2023, Schedule 7: misleading information",
    ),
)

SUPPORT = (*TEACHING, *PRICES, *GOOD, *TRUTH)
