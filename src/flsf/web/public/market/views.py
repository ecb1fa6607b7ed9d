"""How the market is made up, and what of the work goes to local, small and voluntary providers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.core.people import SYSTEM, Person
from flsf.market.admissions import queries as admissions
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode, ProviderType
from flsf.market.providers.queries.types import types_masks
from flsf.market.providers.rules import NONE_OF_THEM, UNKNOWN_TYPES
from flsf.oversight.reports.rules import HIDDEN
from flsf.oversight.shares import queries, rules
from flsf.oversight.shares.rules import Member, Part, Told
from flsf.web.access import public
from flsf.web.components import drawings, last_changed, words
from flsf.web.components.charts import Picture
from flsf.web.components.lists import Asked, Column, Kind, ListPage

PERIOD = (
    "Providers: those that may take new children today. Awards: support for one child agreed or "
    "waiting for a decision that began in the last twelve months. Paid: what left the council in "
    "them. Sums are with tax. "
)
SMALL = (
    "Local: based in the borough. Voluntary: a charity or community organisation. Small or "
    "medium: fewer than 250 people, and a turnover of at most £44 million or a "
    "balance sheet of at most £38 million. A provider can be local, small and voluntary at once, "
    "so these do not add up to the whole. Every award is for one child. What fewer than five "
    "children cost is shown as c, and so is whatever it could be worked out from; in the drawing "
    "those bars are left out."
)
NOTHING = "Nobody is in the pool yet, and nothing was bought."


def mix(_: Person, on: date) -> Picture:
    """What is local, small and voluntary: of the pool, of the awards and of what was paid (P22)."""
    every = queries.members(on)
    parts, told = rules.by_trait(every), rules.told(every)
    return Picture(
        name="market-mix",
        title=_finding(parts[0], every, told),
        spec=drawings.shares(
            [
                (part.words, of, share / 100)
                for part in parts
                for of, share, is_told in (
                    ("Providers", part.pool_share, True),
                    ("Value of awards", part.awarded_share, part.words in told.shares_awarded),
                    ("Paid", part.paid_share, part.words in told.shares_paid),
                )
                if is_told
            ]
        ),
        headings=("Providers that are", "Providers", "Of the value of awards", "Of what was paid"),
        rows=[
            (
                part.words,
                f"{part.pool} ({rules.in_words(part.pool_share)})",
                rules.in_words(part.awarded_share) if part.words in told.shares_awarded else HIDDEN,
                f"{words.pounds(part.paid)} ({rules.in_words(part.paid_share)})"
                if part.words in told.shares_paid
                else HIDDEN,
            )
            for part in parts
        ]
        if every
        else [],
        worked_out=PERIOD + SMALL,
    )


def _finding(local: Part, every: Sequence[Member], told: Told) -> str:
    pool = sum(one.is_in_pool for one in every)
    if not pool:
        return NOTHING
    if local.words not in told.shares_paid:
        return f"{local.pool} of {pool} providers are local."
    return (
        f"{local.pool} of {pool} providers are local, and {rules.in_words(local.paid_share)} of "
        "what we paid in the last twelve months went to local providers."
    )


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where support happens, and how much of it there is."""

    words: str
    services: int
    providers: int


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of provider, or the whole, as anybody may read it."""

    words: str
    pool: int
    awards: str
    awarded: str
    paid: str


def kind_rows(on: date) -> list[KindRow]:
    """Each kind of provider, then the whole; what so few children cost is hidden."""
    every = queries.members(on)
    parts, told = rules.by_kind(every), rules.told(every)
    if not parts:
        return []
    return [_row(part, told) for part in (*parts, rules.part_of(rules.WHOLE_WORDS, every, every))]


def _row(part: Part, told: Told) -> KindRow:
    """What so few children cost could tell about one of them."""
    is_told = part.words in told.awarded
    return KindRow(
        words=part.words,
        pool=part.pool,
        awards=f"{part.awards:,}" if is_told else HIDDEN,
        awarded=words.pounds(part.awarded) if is_told else HIDDEN,
        paid=words.pounds(part.paid) if part.words in told.paid else HIDDEN,
    )


@dataclass(frozen=True, slots=True)
class TypeRow:
    """A type of provider, and how many there are of it."""

    words: str
    pool: int
    share: str


def type_rows(on: date) -> list[TypeRow]:
    """How many of those who may take new children are of each type, or have not said (S18)."""
    pool = {provider_id for provider_id, _ in admissions.in_pool(on)}
    masks = types_masks(pool).values()
    said = [
        (one.label, sum(bool(mask and mask & one.bit) for mask in masks)) for one in ProviderType
    ]
    counts = [
        *said,
        (NONE_OF_THEM, sum(mask == 0 for mask in masks)),
        (UNKNOWN_TYPES, sum(mask is None for mask in masks)),
    ]
    return [
        TypeRow(name, many, rules.in_words(rules.share(many, len(pool)))) for name, many in counts
    ]


def _by_type(asked: Asked) -> list[TypeRow]:
    return type_rows(asked.on)


BY_TYPE = ListPage(
    name="market-by-type",
    title="Providers by type",
    section="market",
    permission=None,
    changed=lambda asked, _: last_changed.figures(asked.on),
    columns=(
        Column("Type", "words"),
        Column("Providers", "pool", Kind.NUMBER),
        Column("Of all providers", "share"),
    ),
    rows=_by_type,
    noun=("type", "types"),
    worked_out=(
        "Providers that may take new children today, by what they said when they applied or "
        "since. A provider can be of several types, so these do not add up to the whole."
    ),
)


def _listed(asked: Asked) -> list[KindRow]:
    return kind_rows(asked.on)


BY_KIND = ListPage(
    name="market-by-kind",
    title="Providers by kind",
    section="market",
    permission=None,
    changed=lambda asked, _: last_changed.figures(asked.on),
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


def _by_place(asked: Asked) -> list[PlaceRow]:
    """Every place there can be, those with nothing too."""
    pool = {provider_id for provider_id, _ in admissions.in_pool(asked.on)}
    counts = {mode: rest for mode, *rest in providers.by_mode(pool)}
    return [PlaceRow(str(mode.label), *counts.get(mode.value, (0, 0))) for mode in Mode]


BY_PLACE = ListPage(
    name="market-by-place",
    title="Support by where it happens",
    section="market",
    permission=None,
    changed=lambda asked, _: last_changed.figures(asked.on),
    columns=(
        Column("Where", "words"),
        Column("Services", "services", Kind.NUMBER),
        Column("Providers", "providers", Kind.NUMBER),
    ),
    rows=_by_place,
    noun=("kind of place", "kinds of place"),
    worked_out=(
        "The services that the public finds, of providers that may take new children today. One "
        "provider can give support in more than one kind of place."
    ),
)


@public
def market(request: HttpRequest) -> HttpResponse:
    on = clock.london_day(clock.now())
    context = {
        "picture": mix(SYSTEM, on),
        "kinds": kind_rows(on),
        "types": type_rows(on),
        "changed": last_changed.figures(on),
    }
    return render(request, "public/market/page.html", context)
