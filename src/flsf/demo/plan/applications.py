"""Who applies to join: one for each way that an application can stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flsf.market.applications.enums import Status
from flsf.market.evaluation.enums import Stage

APPLICANT = "Kind Steps"  # a charity of one person: the persona "applicant"

ANSWERS: Mapping[str, str] = {
    "area": "local",
    "employees": "no",
    "phone": "01632 960 114",
    **dict.fromkeys(
        (
            *("crimes", "slavery", "tax", "cartels", "debarred", "insolvent", "misconduct"),
            *("broken-contracts", "unfair-bidding", "barred"),
        ),
        "no",
    ),
    "public-liability": "by_start",
    "professional-indemnity": "by_start",
    "lead": "The same person",
    "lead-trained": "yes",
    "policy": "adopt",
    "concern": "I listen, promise nothing, and call the council's front door within the hour. "
    "I write down the child's own words.",
    "told": "on",
    "workers": "1",
    "dbs": "yes",
    "dbs-date": "14 2 2025",
    "qualified": "Nine years as a youth worker, and a level 3 certificate or equivalent.",
    "record": "yes",
    **dict.fromkeys(("health-safety", "risk", "behaviour", "data"), "adopt"),
    "first-aid": "I am trained, and carry a kit and each child's plan.",
    "programme": "We walk, cook and mend bicycles. One boy now reads the manual aloud to me.",
    "start": "A talk with the child and whoever knows them, then a look back each half-term.",
    "attendance": "on",
    "vat": "no",
    "true": "on",
}


@dataclass(frozen=True, slots=True)
class Applied:
    """An application: by whom, for which lots at what price, and how far it has come.

    `moves`: the statuses after it was sent, each with how many days ago and why.
    """

    name: str
    kind: str
    prices: Mapping[str, str]
    begun_days_ago: int
    sent_days_ago: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    moves: tuple[tuple[Status, int, str], ...] = ()
    has_paper: bool = False


# What a charity has still to do on a Sunday evening: prices, how it works, and its word.
STILL_TO_DO = (
    *("health-safety", "risk", "behaviour", "data", "first-aid", "programme", "start"),
    *("attendance", "vat", "true"),
)

APPLICATIONS = (
    Applied(
        APPLICANT,
        "voluntary",
        {},
        begun_days_ago=2,
        answers={"public-liability": "yes", "public-liability-until": "", "lead": "Asha Bell"},
        left_out=STILL_TO_DO,
    ),
    Applied(
        "Quiet Corner",
        "sole_trader",
        {},
        begun_days_ago=20,
        left_out=(*STILL_TO_DO, "lead-trained", "policy", "dbs-date"),
    ),
    Applied("Meadow Lane Tutors", "company", {"tutoring-in-person": "38"}, 9, 3, has_paper=True),
    Applied(
        "Northfold Online Learning",
        "company",
        {"tutoring-online": "29.50", "tutoring-online-qts": "36"},
        30,
        12,
        {
            "area": "national",
            "employees": "yes",
            "workers": "240",
            "vat": "yes",
            "employers-liability": "by_start",
        },
    ),
    Applied(
        "The Bicycle Shed",
        "voluntary",
        {"enrichment": "52"},
        40,
        16,
        {"crimes": "yes"},
        has_paper=True,
    ),
    Applied(
        "Calm Harbour Therapies",
        "sole_trader",
        {"therapies": "78"},
        38,
        18,
        {"therapists": "HCPC AS000000, or equivalent"},
    ),
    Applied(
        "Green Gate Farm",
        "voluntary",
        {"creative-outdoor": "45"},
        90,
        62,
    ),
    Applied(
        "Bright Path Coaching",
        "sole_trader",
        {"mentoring": "41"},
        70,
        50,
        moves=((Status.WITHDRAWN, 44, "I have taken a full-time post."),),
    ),
)

# Sent since, and further on with the evaluators than those above.
LATER_APPLICATIONS = (
    Applied("Harbour Lights Tuition", "company", {"tutoring-in-person": "36"}, 25, 9),
    Applied("Long Acre Workshops", "voluntary", {"enrichment": "48"}, 34, 17),
    Applied("Stepping Stones Mentoring", "voluntary", {"mentoring": "39"}, 36, 19),
    Applied("Larkfield Boxing Club", "voluntary", {"mentoring": "42"}, 41, 21, has_paper=True),
)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """How far the evaluators have come with an application.

    `upto`: the stage it is at. `scores`: what each of the two gives each part in words. `agreed`:
    what they agree on there.
    """

    name: str
    upto: Stage
    scores: tuple[int, int] = (4, 4)
    agreed: int = 4
    report: str = ""
    reason: str = ""
    asks: str = ""


EVALUATED = (
    Evaluated("Harbour Lights Tuition", Stage.EVALUATORS),
    Evaluated("Northfold Online Learning", Stage.MARKING),
    Evaluated(
        "Calm Harbour Therapies",
        Stage.QUESTION,
        asks="Which age groups have you worked with?",
    ),
    Evaluated("The Bicycle Shed", Stage.MODERATION, (4, 2)),
    Evaluated("Long Acre Workshops", Stage.REPORT, (3, 3), 3),
    Evaluated(
        "Stepping Stones Mentoring",
        Stage.DECISION,
        (5, 4),
        4,
        "Two mentors whom three schools speak well of. We recommend that they join.",
    ),
    Evaluated(
        "Larkfield Boxing Club",
        Stage.DECIDED,
        (4, 3),
        3,
        "Good with older boys. New to keeping records, so few children until a first visit.",
        "You know how to reach boys whom others do not. We visit before you take more children.",
    ),
    Evaluated(
        "Green Gate Farm",
        Stage.RELEASED,
        (2, 2),
        2,
        "Children would like it. There is no risk assessment of work with animals.",
        "Risk assessments of work with animals were missing. Everything else we would take.",
    ),
)
