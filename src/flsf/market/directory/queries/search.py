"""Search: words through the database's text index, everything else in one pass in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db import connection

from flsf.core.geo import Point
from flsf.market.directory import rules
from flsf.market.directory.enums import AVAILABILITY_ORDER, Ageing, Availability
from flsf.market.directory.queries.index import Index, current
from flsf.market.directory.rules import Asked, Facets, Found, Loosened, Term
from flsf.market.directory.rules.engine import NOWHERE, Ints
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import Mode

TERMS = """
SELECT numnode(asked.query) = 0,
    ARRAY(SELECT service_id FROM market_listing WHERE words @@ asked.query)
FROM (
    SELECT websearch_to_tsquery('english', one.words) AS query, one.place
    FROM unnest(%s::text[]) WITH ORDINALITY AS one (words, place)
) AS asked ORDER BY asked.place
"""

TermRows: TypeAlias = Sequence[tuple[Term, Ints]]


@dataclass(frozen=True, slots=True)
class Card:
    """A service in a list of results. Metres are None where it has no place that we know."""

    service_id: int
    slug: str
    name: str
    provider_name: str
    provider_slug: str
    lot_code: str
    lot_name: str
    mode: Mode
    site: str
    lowest_age: int
    highest_age: int
    needs_mask: int
    largest_group: int
    availability: Availability
    metres: int | None
    confirmed_on: date
    ageing: Ageing


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: some cards of a total, and how the choices would narrow it.

    `corrected` says for which words others were taken. `nearest` tells, when nothing fits,
    what leaving out one part of the question would find, the most first.
    """

    total: int
    cards: Sequence[Card]
    facets: Facets
    lot_names: Mapping[str, str]
    corrected: Mapping[str, str]
    nearest: Sequence[tuple[Loosened, int]]


def search(asked: Asked, *, at: Point | None, on: date, first: int = 0, count: int = 20) -> Results:
    """The services that answer on a day: the nearest first when there is a point, then by name.

    Queries: the version, the words if there are any (twice if none were found), the cards.
    """
    index = current(on)
    terms, corrected = corrected_terms(asked.words, index)
    found = rules.find(index.columns, asked, at=at, terms=terms)
    nearest = [] if len(found) or not asked.is_anything else _nearest(index, asked, at, terms)
    return Results(
        total=len(found),
        cards=_cards(index, found, on, first, count),
        facets=found.facets,
        lot_names=index.lot_names,
        corrected=corrected,
        nearest=nearest,
    )


def _nearest(
    index: Index, asked: Asked, at: Point | None, terms: TermRows
) -> list[tuple[Loosened, int]]:
    """What leaving out one part would find, the most first; parts that help nothing left out."""
    tried = [
        (
            one,
            len(
                rules.find(index.columns, one.asked, at=at, terms=terms if one.asked.words else ())
            ),
        )
        for one in rules.loosened(asked)
    ]
    return sorted((pair for pair in tried if pair[1]), key=lambda pair: -pair[1])


def corrected_terms(typed: str, index: Index) -> tuple[TermRows, dict[str, str]]:
    """The terms with the rows whose text has them, words found nowhere taken for others."""
    wanted = rules.terms_of(typed)
    if not wanted:
        return [], {}
    rows = _rows(wanted, index)
    corrected = {
        term.typed: near
        for term, found in rows
        if not len(found)
        and not term.needs_mask
        and (near := rules.nearest_word(term.typed, index.vocabulary))
        and near != term.typed
    }
    if not corrected:
        return rows, {}
    mended = " ".join(corrected.get(token, token) for token in rules.tokens_of(typed))
    return _rows(rules.terms_of(mended), index), corrected


def _rows(terms: Sequence[Term], index: Index) -> list[tuple[Term, Ints]]:
    """Each term with the rows whose text has its words. One query.

    A term of nothing but words too common to be indexed is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [[term.text for term in terms]])
        answers = cursor.fetchall()
    return [
        (term, index.rows_of(ids))
        for term, (says_nothing, ids) in zip(terms, answers, strict=True)
        if not says_nothing or term.needs_mask
    ]


def _cards(index: Index, found: Found, on: date, first: int, count: int) -> list[Card]:
    rows = found.rows[first : first + count]
    ids = [int(index.columns.service_id[row]) for row in rows]
    services = providers.for_cards(ids)
    return [
        _card(
            services[service_id],
            AVAILABILITY_ORDER[index.columns.availability[row]],
            None if metres == NOWHERE else int(metres),
            on,
        )
        for service_id, row, metres in zip(
            ids, rows, found.metres[first : first + count], strict=True
        )
        if service_id in services
    ]


def cards(slugs: Sequence[str], *, on: date) -> list[Card]:
    """The cards of these services in the order asked, for a pinboard; unknown ones left out."""
    index = current(on)
    services = {one.slug: one for one in providers.for_cards_by_slug(slugs).values()}
    shown = []
    for service in (services[slug] for slug in dict.fromkeys(slugs) if slug in services):
        rows = index.rows_of([service.pk])
        if len(rows):
            standing = AVAILABILITY_ORDER[index.columns.availability[rows[0]]]
            shown.append(_card(service, standing, None, on))
    return shown


def _card(
    service: providers.ServiceRow, standing: Availability, metres: int | None, on: date
) -> Card:
    return Card(
        service_id=service.pk,
        slug=service.slug,
        name=service.name,
        provider_name=service.provider.name,
        provider_slug=service.provider.slug,
        lot_code=service.lot.code,
        lot_name=service.lot.name,
        mode=Mode(service.mode),
        site=str(service.site) if service.site else "",
        lowest_age=service.lowest_age,
        highest_age=service.highest_age,
        needs_mask=service.needs_mask,
        largest_group=service.largest_group,
        availability=standing,
        metres=metres,
        confirmed_on=service.confirmed_on,
        ageing=rules.ageing(service.confirmed_on, on=on),
    )
