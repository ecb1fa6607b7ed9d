"""How soon support begins, by why it was asked for, and whether it is the child's own (S117)."""

from dataclasses import dataclass
from fractions import Fraction

from flsf.casework.referrals.enums import Ground
from flsf.core.dates import anniversary
from flsf.oversight.reports import queries
from flsf.oversight.reports.rules import Timely
from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import Asked, Column, Kind, ListPage

EVERY = "Every referral"


@dataclass(frozen=True, slots=True)
class Row:
    """One ground, or all of them."""

    ground: str
    told: Timely

    @property
    def median(self) -> str:
        return "Nobody has begun" if self.told.median is None else _in_days(self.told.median)

    @property
    def longest(self) -> str:
        return "" if self.told.longest is None else _in_days(Fraction(self.told.longest))

    @property
    def tailored(self) -> str:
        return f"{self.told.tailored} of {self.told.placed}"


def _in_days(days: Fraction) -> str:
    whole, half = divmod(days, 1)
    many = f"{whole}½" if half else str(whole)
    return f"{many} {'day' if days == 1 else 'days'}"


def _rows(asked: Asked) -> list[Row]:
    told = queries.how_soon(since=anniversary(asked.on, -1), until=asked.on, on=asked.on)
    return [Row(str(one.label) if one else EVERY, told[one]) for one in (*Ground, None)]


HOW_SOON = ListPage(
    name="how-soon",
    title="How soon support begins",
    section="waiting",
    permission=Permission.VIEW_WAITING,
    columns=(
        Column("Why it was asked for", "ground"),
        Column("Referrals", lambda row: row.told.asked, Kind.NUMBER),
        Column("Support has begun", lambda row: row.told.began, Kind.NUMBER),
        Column("Half began within", "median"),
        Column("Longest", "longest"),
        Column("Still waiting", lambda row: row.told.waiting, Kind.NUMBER),
        Column("With goals of the child's own", "tailored"),
    ),
    rows=_rows,
    template="council/waiting/how_soon.html",
    noun=("line", "lines"),
    empty="No referral has come in the last twelve months.",
    worked_out=(
        "Every referral received in the last twelve months, by why it was made (cabinet report, "
        "paragraphs 2 and 25). Begun: a session of a placement that came of it took place. Days "
        "are calendar days from the day the referral came to that session; half of those begun "
        "took no longer than the first figure. Still waiting: open, and no session has taken "
        "place. Goals: of the referrals with a placement, those with at least one goal set for "
        "that child."
    ),
)
