"""The registers as data: one definition makes the form, the list, the files and the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flsf.mandate.governance.enums import FieldKind, Kind

LINE, WORDS, DAY, CHOICE = FieldKind
READS, READS_ADVICE, READS_CONFLICTS = (
    "view-framework",
    "view-legal-advice",
    "view-conflicts",
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a register asks of an entry."""

    name: str
    label: str
    kind: FieldKind = LINE
    is_needed: bool = True
    choices: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register: what it is for and what it asks. The first field names an entry."""

    slug: Kind
    title: str
    intro: str
    fields: tuple[Field, ...]
    stated: tuple[tuple[str, str], ...] = ()  # what the documents say, with the place
    read_with: str = READS  # the permission it takes to read it

    @property
    def columns(self) -> tuple[Field, ...]:
        return self.fields


def _review(label: str = "Look at it again on") -> Field:
    return Field("review_on", label, DAY)


POSITION = Register(
    slug=Kind.POSITION,
    title="Position on compliance",
    intro=(
        "How far the way the framework works is lawful, as the council itself sees it. It is a "
        "position with a name and a date, not a certificate."
    ),
    fields=(
        Field("stance", "Where the council stands", WORDS),
        Field("model", "Commercial model it is about"),
        Field("approved_by", "Approved by"),
        Field("approved_on", "Approved on", DAY),
        Field("plan", "What is done if guidance becomes clear", WORDS, is_needed=False),
        _review(),
    ),
    stated=(
        ("A pseudo-DPS aligns with the principles of the Procurement Act 2023", "paragraph 27"),
        ("The risk of challenge is low", "paragraph 32"),
        (
            "A pseudo-DPS is no listed technique, so currently not compliant: slightly more risk",
            "paragraph 47",
        ),
    ),
)

CHALLENGE = Register(
    slug=Kind.CHALLENGE,
    title="Challenges",
    intro="Who has questioned a decision in law, and until when anybody may.",
    fields=(
        Field("about", "Which decision is it about?", hint="A round, an award or a notice"),
        Field("by_whom", "Who challenges, or may?"),
        Field("knew_on", "When did they know, or ought to have known?", DAY),
        Field("published_on", "First publication of the tender", DAY, is_needed=False),
        Field("entered_on", "Contract entered into", DAY, is_needed=False),
        Field(
            "details_notice",
            "Is a contract details notice (UK7) out?",
            CHOICE,
            choices=("Yes", "No"),
        ),
        Field(
            "standing",
            "How it stands",
            CHOICE,
            choices=(
                "May still come",
                "Letter received",
                "Claim notified: signing is blocked",
                "Claim issued",
                "Settled",
                "Window closed, none came",
            ),
        ),
        Field("response", "What was done", WORDS, is_needed=False),
    ),
)

CONFLICT = Register(
    slug=Kind.CONFLICT,
    title="Conflicts assessments",
    intro=(
        "Prepared before a tender or transparency notice, kept under review, and confirmed in "
        "the notices. It covers everybody who can influence a decision."
    ),
    fields=(
        Field("about", "What it is about", hint="A round or a competition"),
        Field("interests", "Actual and potential conflicts", WORDS),
        Field("perceived", "What a fair-minded person might think", WORDS),
        Field("steps", "What is done about them", WORDS),
        Field("prepared_by", "Prepared by"),
        Field("prepared_on", "Prepared on", DAY),
        Field("confirmed_on", "Reviewed and confirmed on", DAY, is_needed=False),
        _review(),
    ),
    read_with=READS_CONFLICTS,
)

HOW_LIKELY = ("Low", "Medium", "High")

RISK = Register(
    slug=Kind.RISK,
    title="Risks",
    intro="What could go wrong with the framework, how likely that is, and what is done.",
    fields=(
        Field("risk", "What could go wrong?"),
        Field("likelihood", "How likely?", CHOICE, choices=HOW_LIKELY),
        Field("impact", "How bad?", CHOICE, choices=HOW_LIKELY),
        Field("owner", "Whose is it?"),
        Field("mitigation", "What is done about it?", WORDS),
        Field("fallback", "What is done if it happens?", WORDS, is_needed=False),
        _review(),
    ),
)


def score(told: Mapping[str, str]) -> int | None:
    """How likely times how bad, each from one to three; None where either is not said."""
    said = [told.get(name, "") for name in ("likelihood", "impact")]
    if not all(one in HOW_LIKELY for one in said):
        return None
    likely, bad = (HOW_LIKELY.index(one) + 1 for one in said)
    return likely * bad


WATCH = Register(
    slug=Kind.WATCH,
    title="Guidance to watch",
    intro="Guidance and cases that may change what the council may do, and what follows from each.",
    fields=(
        Field("what", "What is it?"),
        Field("source", "Where is it from?"),
        Field("effect", "What could change?", WORDS),
        Field("action", "What will be done?", WORDS),
        Field("owner", "Who watches?"),
        _review(),
    ),
)

APPRAISAL = Register(
    slug=Kind.APPRAISAL,
    title="Options appraisal",
    intro="The ways of buying that were weighed, and why one was chosen.",
    fields=(
        Field("option", "Option"),
        Field("good", "What speaks for it", WORDS),
        Field("bad", "What speaks against it", WORDS),
        Field("outcome", "Outcome", CHOICE, choices=("Chosen", "Fallback", "Not chosen")),
        Field("why", "Why", WORDS),
        Field("decided_by", "Decided by"),
        Field("decided_on", "Decided on", DAY),
    ),
)

ADVICE = Register(
    slug=Kind.ADVICE,
    title="Legal advice",
    intro="Advice from lawyers and procurement. Only those who need it may read it.",
    fields=(
        Field("question", "What was asked?"),
        Field("decision", "Which decision does it stand behind?"),
        Field("adviser", "Who advised?"),
        Field("advised_on", "Advised on", DAY),
        Field("advice", "What they said", WORDS),
    ),
    read_with=READS_ADVICE,
)

DISCUSSION = Register(
    slug=Kind.DISCUSSION,
    title="Discussions",
    intro="Talks with the Cabinet Office and the region about how the framework works.",
    fields=(
        Field("with_whom", "With whom?"),
        Field("held_on", "Held on", DAY),
        Field("about", "About what?"),
        Field("said", "What was said", WORDS),
        Field("follows", "What follows", WORDS, is_needed=False),
    ),
)

PRINCIPLES = (
    "Fairness",
    "Transparency",
    "Proportionality",
    "Competitive access",
    "Non-discrimination",
)

PRINCIPLE = Register(
    slug=Kind.PRINCIPLE,
    title="Findings on the five principles",
    intro=(
        "What an officer finds of each principle (cabinet report, paragraph 27), from what was "
        "measured that day. The measured facts speak for it or against it; the finding is a "
        "person's."
    ),
    fields=(
        Field("principle", "Which principle?", CHOICE, choices=PRINCIPLES),
        Field("finding", "What do you find?", WORDS),
        Field("rests_on", "What does it rest on?", WORDS, hint="The facts as they are on the day"),
        Field("follows", "What follows", WORDS, is_needed=False),
        Field("found_on", "Found on", DAY),
        _review(),
    ),
)

DRIVER = Register(
    slug=Kind.DRIVER,
    title="Policy drivers",
    intro=(
        "The law, plans and practice that the framework answers, each with its source and date. "
        "When one changes, change its entry: whatever was said to answer it is to be looked at "
        "again."
    ),
    fields=(
        Field("driver", "Which law, plan or practice?"),
        Field("source", "Where is it published?"),
        Field("dated", "Its date", DAY),
        Field(
            "standing",
            "How it stands",
            CHOICE,
            choices=(
                "Before Parliament",
                "Passed, not in force",
                "In force",
                "Guidance or plan",
                "Practice of other councils",
            ),
        ),
        Field("asks", "What does it ask for?", WORDS),
        _review(),
    ),
    stated=(
        ("The SEND and AP Improvement Plan (DfE, 2023) drives the framework", "paragraph 3"),
        ("So does the Children's Wellbeing and Schools Bill (2024)", "paragraphs 3, 8 and 40"),
        (
            "So does the practice of other councils with dynamic purchasing frameworks",
            "paragraph 3",
        ),
    ),
)

KINDS: Mapping[Kind, Register] = {
    one.slug: one
    for one in (
        POSITION,
        CHALLENGE,
        CONFLICT,
        RISK,
        WATCH,
        APPRAISAL,
        ADVICE,
        DISCUSSION,
        PRINCIPLE,
        DRIVER,
    )
}


def problems(kind: Kind, told: Mapping[str, str]) -> dict[str, str]:
    """What is missing or makes no sense, by field; empty when an entry may be kept so."""
    fields = {one.name: one for one in KINDS[kind].fields}
    found = dict.fromkeys(told.keys() - fields.keys(), "The register does not ask that")
    for name, one in fields.items():
        said = told.get(name, "").strip()
        if not said:
            if one.is_needed:
                found[name] = f"Enter: {one.label}"
        elif one.kind is CHOICE and said not in one.choices:
            found[name] = f"Choose one of: {', '.join(one.choices)}"
        elif one.kind is DAY and not _is_day(said):
            found[name] = "Enter a day"
    return found


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True
