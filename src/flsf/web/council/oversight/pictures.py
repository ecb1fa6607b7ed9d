"""The overview's pictures: each a finding, its drawing, its figures and how they come about."""

from collections.abc import Mapping, Sequence

from flsf.mandate.framework.enums import SpendLine
from flsf.oversight.reports import queries, rules
from flsf.oversight.reports.queries import Typed
from flsf.web.components import drawings, words
from flsf.web.components.charts import Picture
from flsf.web.council.oversight.figures import Draw, Figures
from flsf.web.council.oversight.waiting import out_of_learning, waiting_list


def trajectory(figures: Figures) -> Picture:
    """Spending against the eight-year line (P1)."""
    told = figures.trajectory
    lines: dict[str, Sequence[float]] = {
        name: [float(one) for one in rules.running_total(rules.by_year(plan))]
        for name, plan in rules.PLANS.items()
    }
    paid, committed = (
        _running([one.paid for one in told.years]),
        _running([one.committed for one in told.years]),
    )
    drawn = {"Central plan": lines[rules.CENTRAL], "Paid": paid, "Committed": committed}
    drawn |= {rules.LOW: lines[rules.LOW], rules.HIGH: lines[rules.HIGH]}
    rows = [
        (
            label,
            words.pounds(round(lines[rules.CENTRAL][number])),
            words.pounds(round(lines[rules.LOW][number])),
            words.pounds(round(lines[rules.HIGH][number])),
            words.pounds(paid[number]) if number < len(paid) else "not yet",
            words.pounds(committed[number]) if number < len(committed) else "not yet",
        )
        for number, label in enumerate(told.labels)
    ]
    return Picture(
        name="spend-and-plan",
        title=(
            f"{words.millions(paid[-1] if paid else 0)} has been paid since the framework began; "
            f"the plan comes to {words.millions(rules.PROJECTED_PENCE)} over eight years."
        ),
        spec=drawings.fan(
            told.labels,
            drawn,
            (rules.LOW, rules.HIGH),
            marker=(told.labels[-1], rules.PROJECTED_PENCE, "£68.5 million"),
        ),
        headings=("Year", "Central plan", "Low", "High", "Paid", "Committed"),
        rows=rows,
        worked_out=(
            "Running totals, VAT included, from the plan's first day, "
            f"{words.day(told.starts_on)}. Its years begin on that day of each year; those of the "
            "money pages on 1 April. "
            + " ".join(f"{name}: {said}." for name, said in rules.IN_WORDS.items())
            + " Paid is money that has left; committed is money promised by awards, what has been "
            "paid of it included. The two are never added together. The framework promises no "
            "spending: volumes cannot be guaranteed."
        ),
    )


def bridge(figures: Figures) -> Picture:
    """From what was spent to what the projection needs (P2)."""
    blocks = queries.bridge(person=figures.person)
    whole = rules.bridge(tuple((one.words, one.pence) for one in blocks))
    level, drawn = whole.spent, [("Spent in 2024/25", 0, whole.spent, "total")]
    for one in blocks:
        drawn.append((one.words, level, level + one.pence, "officer"))
        level += one.pence
    drawn.append(("Unexplained", level, whole.base, "unexplained"))
    drawn.append(("Base of the projection", 0, whole.base, "total"))
    gap = whole.base - whole.spent
    share = (whole.unexplained * 100 + gap // 2) // gap
    return Picture(
        name="bridge",
        title=(
            f"{words.millions(whole.unexplained)} of the {words.millions(gap)} a year between "
            f"spending and projection is unexplained ({share}%)."
        ),
        spec=drawings.waterfall(drawn),
        headings=("Part", "Pounds a year", "Who accounts for it"),
        rows=[
            ("Spent in 2024/25", words.pounds(whole.spent), "Cabinet report, paragraph 9"),
            *((one.words, words.pounds(one.pence), one.source) for one in blocks),
            ("Unexplained", words.pounds(whole.unexplained), "Nobody"),
            ("Base of the projection", words.pounds(whole.base), "Implied by £68.5 million"),
        ],
        worked_out=(
            "The cabinet report states spending of £3.37 million in 2024/25 and a projection of "
            "£68.5 million over eight years. The projection follows from £8.0 million a year "
            "growing by 1.5 %, not from £3.37 million, and the report does not say what lies "
            "between. Officers enter what they can account for; the rest is shown as unexplained."
        ),
    )


def switch_over(figures: Figures) -> Picture:
    """Spot purchases giving way to the framework (P3)."""
    told = queries.switch_over(on=figures.on)
    kinds = list(dict.fromkeys(one.kind for one in told))
    months = sorted({one.month for one in told})
    paid = {(one.month, one.kind): one.paid for one in told}
    year = [one for one in told if one.month >= months[-min(12, len(months))]]
    whole = sum(one.paid for one in year)
    inside = sum(one.paid for one in year if one.kind == "Framework")
    said = f"{inside * 100 // whole}% of what was paid" if whole else "Nothing was paid"
    through = " went through the framework" if whole else ""
    return Picture(
        name="switch-over",
        title=f"{said}{through} in the last twelve months.",
        spec=drawings.stacked([(one.month.isoformat(), one.kind, one.paid) for one in told], kinds),
        headings=("Month", *kinds),
        rows=[
            (f"{month:%B %Y}", *(words.pounds(paid[month, kind]) for kind in kinds))
            for month in months
        ]
        if whole or any(paid.values())
        else [],
        worked_out=(
            "What was paid in each of the last 24 months, VAT included, by how it was bought. "
            "Framework: direct awards, competitions and blocks. Share: the last twelve months, "
            "this one included, cut to whole per cent."
        ),
    )


def by_type(figures: Figures) -> Picture:
    """Spending by type of provision over three years (P5)."""
    told = queries.by_type(on=figures.on)
    years = list(dict.fromkeys(one.year for one in told))
    totals: dict[SpendLine, int] = {}
    for one in told:
        totals[one.line] = totals.get(one.line, 0) + one.paid
    lines = sorted(totals, key=lambda line: (-totals[line], line.value))
    by = {(one.line, one.year): one for one in told}
    return Picture(
        name="by-type",
        title=_most(totals, lines),
        spec=drawings.small_multiples(
            [(str(line.label), year, _paid(by, line, year)) for line in lines for year in years],
            years,
        ),
        headings=("Type", *(f"Paid {year}" for year in years), "Paid, all three"),
        rows=[
            (
                str(line.label),
                *(words.pounds(_paid(by, line, year)) for year in years),
                words.pounds(totals[line]),
            )
            for line in lines
        ],
        worked_out=(
            "What was paid in each of the last three whole financial years, April to March, VAT "
            "included, by the type of provision written on the award. In millions of pounds."
        ),
    )


def _most(totals: Mapping[SpendLine, int], lines: Sequence[SpendLine]) -> str:
    if not lines:
        return "Nothing was paid in the last three whole financial years."
    whole = sum(totals.values())
    first = lines[0]
    return (
        f"{words.millions(whole)} was paid in three years, most of it for "
        f"{str(first.label).lower()}: {words.millions(totals[first])}."
        if totals[first] * 2 > whole
        else f"{words.millions(whole)} was paid in three years; the largest part, "
        f"{words.millions(totals[first])}, was for {str(first.label).lower()}."
    )


def _paid(by: Mapping[tuple[SpendLine, str], Typed], line: SpendLine, year: str) -> int:
    one = by.get((line, year))
    return one.paid if one else 0


def _running(amounts: Sequence[int]) -> list[int]:
    sums: list[int] = []
    for amount in amounts:
        sums.append(amount + (sums[-1] if sums else 0))
    return sums


# In the order of the page.
PICTURES: Mapping[str, Draw] = {
    "spend-and-plan": trajectory,
    "bridge": bridge,
    "switch-over": switch_over,
    "by-type": by_type,
    "out-of-learning": out_of_learning,
    "waiting": waiting_list,
}
