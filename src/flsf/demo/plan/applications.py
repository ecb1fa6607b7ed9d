"""Who applies to join: one for each way that an application can stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flsf.market.applications.enums import Status

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
        moves=((Status.BEING_CHECKED, 14, ""),),
        has_paper=True,
    ),
    Applied(
        "Calm Harbour Therapies",
        "sole_trader",
        {"therapies": "78"},
        38,
        18,
        {"therapists": "HCPC AS000000, or equivalent"},
        moves=(
            (Status.BEING_CHECKED, 15, ""),
            (Status.QUESTION_SENT, 5, "Which age groups have you worked with?"),
        ),
    ),
    Applied(
        "Green Gate Farm",
        "voluntary",
        {"creative-outdoor": "45"},
        90,
        62,
        moves=(
            (Status.BEING_CHECKED, 58, ""),
            (Status.NOT_ACCEPTED, 36, "Risk assessments of work with animals were missing."),
        ),
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
