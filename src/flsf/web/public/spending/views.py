from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.casework.calloffs import queries as calloffs
from flsf.core import clock
from flsf.core.dates import anniversary
from flsf.core.people import SYSTEM, Person
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.budgets.enums import Group
from flsf.mandate.budgets.rules import financial_year_of, year_in_words
from flsf.mandate.framework.enums import SpendLine
from flsf.mandate.waivers import queries as waivers
from flsf.oversight.reports import queries as reports
from flsf.oversight.reports import rules
from flsf.web.access import public
from flsf.web.components import drawings, last_changed, words
from flsf.web.components.charts import Picture

HIDDEN = "Not shown: fewer than 5 children"


def by_type(_: Person, on: date) -> Picture:
    """What was paid by kind of support, where enough children had it (rules D8)."""
    told, counts = reports.by_type(on=on), reports.paid_for_by_type(on=on)
    years = list(dict.fromkeys(one.year for one in told))
    lines = list(dict.fromkeys(one.line for one in told))
    safe = rules.safe_table([[counts.get((line, year), 0) for year in years] for line in lines])
    paid = {(one.line, one.year): one.paid for one in told}

    def amount(row: int, column: int) -> int | None:
        """None where so few children had it that the amount could tell about one."""
        if safe[row][column].count is None:
            return None
        return paid.get((lines[row], years[column]), 0)

    cells = [[amount(r, c) for c in range(len(years))] for r in range(len(lines))]
    return Picture(
        name="spending-by-type",
        title="What we paid for each kind of support, in the last three whole years.",
        spec=drawings.small_multiples(
            [
                (str(line.label), year, cells[r][c] or 0)
                for r, line in enumerate(lines)
                for c, year in enumerate(years)
            ],
            years,
        ),
        headings=("Kind of support", *years),
        rows=[
            (
                _plain(line),
                *(HIDDEN if one is None else words.pounds(one) for one in cells[r]),
            )
            for r, line in enumerate(lines)
        ],
        worked_out=(
            "We add up what we paid from April to March, with tax. We leave a figure out when "
            "fewer than 5 children had that support, so that nobody can be picked out. Then we "
            "leave out one more, so that the missing one cannot be worked out. The bars are in "
            "millions of pounds."
        ),
    )


def _plain(line: SpendLine) -> str:
    return {
        SpendLine.AP: "Learning in another place",
        SpendLine.EOTAS: "Learning out of school",
    }.get(line, str(line.label))


@public
def spending(request: HttpRequest) -> HttpResponse:
    on = clock.london_day(clock.now())
    year = financial_year_of(on)
    last = date.fromordinal(anniversary(year, 1).toordinal() - 1)
    told = budgets.spend(Group.FUND, person=SYSTEM, since=year, until=last)
    hoped = calloffs.estimated(Group.FUND, person=SYSTEM, on=on)
    return render(
        request,
        "public/spending/spending.html",
        {
            "year": year_in_words(year),
            "estimated": sum(one.pence for one in hoped.values()),
            "committed": sum(one.committed.pence for one in told),
            "paid": sum(one.paid.pence for one in told),
            "budget": sum(
                one.amount.pence for one in budgets.positions(person=SYSTEM, year_begins=year)
            ),
            "waivers": waivers.count(on=on),
            "picture": by_type(SYSTEM, on),
            "changed": last_changed.figures(on),
        },
    )
