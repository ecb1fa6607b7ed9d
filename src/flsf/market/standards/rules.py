"""What standards and the procedure must say, and what councils usually write."""

from collections.abc import Sequence
from dataclasses import dataclass

from flsf.market.standards.enums import Kind

# Starting points, which a council makes its own before it publishes them.
DEFAULT_STANDARDS = (
    "Children are safe. Everyone who works with them has the checks that the work needs.",
    "Each child has a plan, agreed with the child, the family and the school.",
    "Children are heard, and what they say changes what is done.",
    "Staff know what each child needs and how to meet it.",
    "The school and the council know the same day when a child does not come.",
    "How each child gets on is written down and told at least once each half term.",
    "Complaints are answered. Nobody is treated worse for making one.",
)
# Keeping Children Safe in Education (parts 1 and 4); Working Together to Safeguard Children.
DEFAULT_STEPS = (
    "At once: If a child is in danger now, call 999. Then tell us.",
    "The same hour: Tell your own safeguarding lead. Do not ask the child questions of your own.",
    "The same day: Your lead tells the council's front door, and the child's school.",
    "The same day: Write down what was seen and said, in the child's words.",
    "Within 1 working day: Tell us of any worry about somebody who works with children.",
    "Within 5 working days: Tell us what you have done since.",
)


# Cabinet report, paragraph 48 (S178): in proportion, so that one person can keep to them.
DEFAULT_EXPECTATIONS = (
    "Travel no further than the child needs: work near where children live.",
    "Work online where that is as good for the child.",
    "Use places in the community that are there already.",
    "Walk, cycle, share lifts or use the bus where you can.",
    "Say what you do towards carbon net zero by 2030, as fits your size, and how it goes.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """By when, and what must have been done by then."""

    by_when: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a version says. `lead` and `phone` are the council's own, for the procedure."""

    lines: tuple[str, ...]
    lead: str = ""
    phone: str = ""

    @property
    def steps(self) -> list[Step]:
        """The lines of a procedure, each with its time."""
        return [Step(*(part.strip() for part in one.split(":", 1))) for one in self.lines]


def lines_of(typed: str) -> tuple[str, ...]:
    """What was typed, one a line, without what is empty."""
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def problems(kind: Kind, content: Content) -> dict[str, str]:
    """What is missing, by field; empty when it may be published."""
    found = {}
    if not content.lines:
        found["lines"] = "Enter at least one line"
    if kind is Kind.SAFEGUARDING:
        if without := _without_time(content.lines):
            found["lines"] = f"Begin each line with a time and a colon. Line {without} does not"
        if not content.lead.strip():
            found["lead"] = "Enter the name of the council's safeguarding lead"
        if not content.phone.strip():
            found["phone"] = "Enter the telephone number to call"
    return found


def _without_time(lines: Sequence[str]) -> int:
    """The number of the first line without a time, a colon and something after it; 0: none."""
    for number, line in enumerate(lines, start=1):
        when, colon, what = line.partition(":")
        if not colon or not when.strip() or not what.strip():
            return number
    return 0
