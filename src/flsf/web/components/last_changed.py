"""When a published page was last changed, in words and for machines (S210; seed D, L35).

**What the date means.** It is the latest day on which somebody wrote or took away something that
the page says:

- a page about one thing (a service, other help, a guide, a question set): the day on which what
  it says of that thing last changed. Saying again that it is right changes nothing, and is told
  beside it. What is asked afresh each day (whether a service takes new children today, how many
  days ago something was) is of today and moves no date.
- a list or a search: the latest such day of what it shows.
- figures that are added up each time the page is opened: today, and the page says so.
- words of the product itself: the day written beside them in the template or module
  (`written_on`); a test keeps the two together.

It is never the day on which the software was installed or the page was asked for.

A view hands `changed` to its template; a page with words of ours sets `written_on`. The layout
shows the later of the two at the foot of the page, and says the same in its head as
`dcterms.modified`. There is no Last-Modified header: it would speak of the whole answer, with who
has signed in and what they may open, and let browsers keep pages that should be asked for again.
"""

from dataclasses import dataclass
from datetime import date, datetime

from flsf.core.clock import london_day

OF_OURS = "That is when the words on this page last changed."
FIGURES = "The numbers are added up again each time this page is opened."


@dataclass(frozen=True, slots=True)
class Changed:
    """The day, and a sentence that says what changed then."""

    on: date
    what: str = OF_OURS


def figures(on: date) -> Changed:
    """Of a page whose numbers are worked out each time it is opened."""
    return Changed(on, FIGURES)


def latest(*days: date | datetime | None, what: str = OF_OURS) -> Changed | None:
    """The latest of these days and moments, those that are None left out; None of none."""
    known = [_day(one) for one in days if one is not None]
    return Changed(max(known), what) if known else None


def shown(changed: Changed | None, written_on: date | str = "") -> Changed | None:
    """What the page says: the later of what a view told and of the page's own words."""
    if isinstance(written_on, str) and written_on:
        written_on = date.fromisoformat(written_on)
    ours = Changed(written_on) if isinstance(written_on, date) else None
    both = [one for one in (changed, ours) if one]
    return max(both, key=lambda one: one.on) if both else None


def _day(one: date | datetime) -> date:
    return london_day(one) if isinstance(one, datetime) else one
