"""How the market is made up, and what of the work goes to local, small and voluntary providers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.core.people import SYSTEM, Person
from flsf.oversight.reports.rules import Shown, safe_column
from flsf.oversight.shares import queries, rules
from flsf.oversight.shares.rules import Member, Part
from flsf.web.access import public
from flsf.web.components import drawings, words
from flsf.web.components.charts import Picture
from flsf.web.components.lists import Asked, Column, ListPage

PERIOD = (
    "Providers: those that may take new children today. Awards: support for one child agreed or "
    "waiting for a decision that began in the last twelve months. Paid: what left the council in "
    "them. Sums are with tax. "
)
SMALL = (
    "Local: based in the borough. Voluntary: a charity or community organisation. Small or "
    "medium: fewer than 250 people, and a turnover of at most £44 million or a "
    "balance sheet of at most £38 million. A provider can be local, small and voluntary at once, "
    "so these do not add up to the whole. Every award is for one child: a number below five is "
    "shown as c, with what it cost, and so is another where the total would give it away."
)
NOTHING = "Nobody is in the pool yet, and nothing was bought."


def mix(_: Person, on: date) -> Picture:
    """What is local, small and voluntary: of the pool, of the awards and of what was paid (P22)."""
    every = queries.members(on)
    parts = rules.by_trait(every)
    return Picture(
        name="market-mix",
        title=_finding(parts[0], every),
        spec=drawings.shares(
            [
                (part.words, of, share / 100)
                for part in parts
                for of, share in (
                    ("Providers", part.pool_share),
                    ("Value of awards", part.awarded_share),
                    ("Paid", part.paid_share),
                )
            ]
        ),
        headings=("Providers that are", "Providers", "Of the value of awards", "Of what was paid"),
        rows=[
            (
                part.words,
                f"{part.pool} ({rules.in_words(part.pool_share)})",
                rules.in_words(part.awarded_share),
                f"{words.pounds(part.paid)} ({rules.in_words(part.paid_share)})",
            )
            for part in parts
        ]
        if every
        else [],
        worked_out=PERIOD + SMALL,
    )


def _finding(local: Part, every: Sequence[Member]) -> str:
    pool = sum(one.is_in_pool for one in every)
    if not pool:
        return NOTHING
    return (
        f"{local.pool} of {pool} providers are local, and {rules.in_words(local.paid_share)} of "
        "what we paid in the last twelve months went to local providers."
    )


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of provider, or the whole, as anybody may read it."""

    words: str
    pool: int
    awards: str
    awarded: str
    paid: str


def kind_rows(on: date) -> list[KindRow]:
    """Each kind of provider, then the whole; small numbers of children hidden, with their money."""
    every = queries.members(on)
    parts = rules.by_kind(every)
    if not parts:
        return []
    shown = safe_column([part.awards for part in parts])
    whole = rules.part_of("All", every, every)
    [many] = safe_column([whole.awards])
    return [_row(*pair) for pair in zip([*parts, whole], [*shown, many], strict=True)]


def _row(part: Part, count: Shown) -> KindRow:
    """What so few children cost could tell about one of them."""
    money = (part.awarded, part.paid)
    awarded, paid = (str(count) if count.count is None else words.pounds(one) for one in money)
    return KindRow(part.words, part.pool, str(count), awarded, paid)


def _listed(asked: Asked) -> list[KindRow]:
    return kind_rows(asked.on)


BY_KIND = ListPage(
    name="market-by-kind",
    title="Providers by kind",
    section="market",
    permission=None,
    columns=(
        Column("Kind", "words"),
        Column("Providers", "pool"),
        Column("Awards", "awards"),
        Column("Value of awards", "awarded"),
        Column("Paid", "paid"),
    ),
    rows=_listed,
    noun=("kind", "kinds"),
    empty=NOTHING,
    worked_out=PERIOD + SMALL,
)


@public
def market(request: HttpRequest) -> HttpResponse:
    on = clock.london_day(clock.now())
    context = {"picture": mix(SYSTEM, on), "kinds": kind_rows(on)}
    return render(request, "public/market/page.html", context)
