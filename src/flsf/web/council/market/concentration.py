"""Whether we lean on few providers (S160)."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.core.people import Person
from flsf.oversight.shares import queries, rules
from flsf.oversight.shares.queries import LotSupply
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components import drawings, words
from flsf.web.components.charts import Picture
from flsf.web.components.lists import Asked, Column, Kind, ListPage

SHOWN = 10
OTHERS = "All others"
PENCE = 100
A_THOUSAND_POUNDS = 100_000  # in pence


def picture(_: Person, on: date) -> Picture:
    """Who was paid most in the last twelve months, and how much of the whole that is (P23)."""
    paid = sorted(
        ((one.name, one.paid) for one in queries.members(on) if one.paid > 0),
        key=lambda pair: (-pair[1], pair[0]),
    )
    told = rules.concentration(amount for _, amount in paid)
    rest = sum(amount for _, amount in paid[SHOWN:])
    drawn = [*paid[:SHOWN], *([(OTHERS, rest)] if rest else [])]
    return Picture(
        name="market-concentration",
        title=_finding(told),
        spec=drawings.bars(
            [
                (name, amount // A_THOUSAND_POUNDS, _band(place))
                for place, (name, amount) in enumerate(paid[:SHOWN])
            ],
            axis="£ thousand paid in twelve months",
        ),
        headings=("Provider", "Paid", "Share"),
        rows=[
            (name, words.pounds(amount), rules.in_words(rules.share(amount, told.total)))
            for name, amount in drawn
        ],
        worked_out=(
            "What each provider was paid in the last twelve months, with tax. The index "
            "(Herfindahl-Hirschman) adds up the squares of all shares in per cent, cut to a whole "
            "number: 10,000 is one provider with everything. Above 1,000 the Competition and "
            "Markets Authority calls a market concentrated, above 2,000 highly concentrated."
        ),
        file_rows=[
            (name, amount / PENCE, rules.share(amount, told.total) / 100) for name, amount in drawn
        ],
    )


def _band(place: int) -> str:
    return "First five" if place < rules.FIRST else "Next five"


def _finding(told: rules.Concentration) -> str:
    if not told.total:
        return "Nothing was paid in the last twelve months."
    many = min(told.providers, rules.FIRST)
    who = "One provider" if many == 1 else f"The {many} providers paid most"
    return (
        f"{who} had {rules.in_words(told.first_five_share)} of what was paid to "
        f"{told.providers} in twelve months. Index {told.index:,}: "
        f"{told.crowding.value.lower()}."
    )


def _warning(row: LotSupply) -> str:
    if row.in_pool == 0:
        return "Nobody"
    return "Only one" if row.in_pool == 1 else "More than one"


def _supply(asked: Asked) -> list[LotSupply]:
    return queries.lot_supply(asked.on)


SUPPLY = ListPage(
    name="market-supply",
    title="Kinds of support by how many can give it",
    section="market",
    permission=Permission.VIEW_MONEY,
    columns=(
        Column("Kind of support", "name"),
        Column("How many", _warning, Kind.STATUS),
        Column("Providers in the pool", "in_pool", Kind.NUMBER),
        Column("The only one", "only"),
        Column("Providers paid in twelve months", "paid_to", Kind.NUMBER),
    ),
    rows=_supply,
    noun=("kind of support", "kinds of support"),
    empty="No framework is running today.",
    worked_out=(
        "Each lot of a framework that runs today. In the pool: may take new children today. "
        "Providers paid: as the ledger says, for awards in the lot. If the only provider of a lot "
        "stops, no new child can be given that support under the framework."
    ),
)


@requires(Permission.VIEW_MONEY)
def market_concentration(request: HttpRequest) -> HttpResponse:
    on, person = clock.london_day(clock.now()), person_of(request)
    supply = queries.lot_supply(on)
    context = {
        "picture": picture(person, on),
        "nobody": [one for one in supply if one.in_pool == 0],
        "only_one": [one for one in supply if one.in_pool == 1],
        "may_tell": person.may(Permission.EDIT_FRAMEWORK),
    }
    return render(request, "council/market/concentration.html", context)
