"""What support will be needed, so that providers can prepare (S299)."""

from collections import Counter
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.casework.children import queries as children
from flsf.casework.referrals import queries as referrals
from flsf.core import clock
from flsf.core.needs import Area, Need
from flsf.core.people import SYSTEM, Person
from flsf.market.directory import queries as directory
from flsf.market.openings import queries as openings
from flsf.oversight.reports.rules import safe_column, shown
from flsf.web.access import public
from flsf.web.components import drawings, last_changed
from flsf.web.components.charts import Picture

UNKNOWN = "Not known yet"


def waiting(_: Person, on: date) -> Picture:
    """How many children wait for support, by what they need most help with; few are hidden."""
    ids = [one.child_id for one in referrals.waiting(person=SYSTEM, on=on)]
    found = children.in_full(ids, person=SYSTEM, on=on)
    counted = Counter(
        str(Need(one.main_need).area.value) if one.main_need else UNKNOWN for one in found.values()
    )
    names = [*(str(area.value) for area in Area), UNKNOWN]
    safe = safe_column([counted[name] for name in names])
    whole = shown(len(found))
    many = f"{whole} children wait" if whole.count else "Few children wait"
    return Picture(
        name="market-waiting",
        title=f"{many} for support." if found else "No child waits for support.",
        spec=drawings.bars(
            [
                (name, count.count, "Children")
                for name, count in zip(names, safe, strict=True)
                if count.count is not None
            ],
            axis="Children",
        ),
        headings=("What they need most help with", "Children who wait"),
        rows=[(name, str(count)) for name, count in zip(names, safe, strict=True)] if found else [],
        worked_out=(
            "Children we were asked to find support for and who have no offer yet, today. A number "
            "below five is shown as c, and so is another where the total would give it away; in "
            "the drawing they are left out."
        ),
    )


@public
def market_coming(request: HttpRequest) -> HttpResponse:
    on = clock.london_day(clock.now())
    context = {
        "openings": openings.told(on=on),
        "picture": waiting(SYSTEM, on),
        "gaps": directory.gaps(on),
        "changed": last_changed.figures(on),
    }
    return render(request, "public/market/coming.html", context)
