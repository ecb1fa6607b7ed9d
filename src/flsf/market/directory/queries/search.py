"""Search: words through the database's text index, everything else in one pass in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

import numpy as np
from django.db import connection

from flsf.core.geo import Point
from flsf.market.directory import rules
from flsf.market.directory.enums import AVAILABILITY_ORDER
from flsf.market.directory.queries.cards import Card, card_of
from flsf.market.directory.queries.index import Index, current
from flsf.market.directory.rules import Asked, Facets, Found, Loosened, Term
from flsf.market.directory.rules.engine import NOWHERE, Ints
from flsf.market.providers import queries as providers

TERMS = """
SELECT numnode(asked.query) = 0,
    array_to_string(ARRAY(SELECT service_id FROM market_listing WHERE words @@ asked.query), ',')
FROM (
    SELECT websearch_to_tsquery('english', one.words) AS query, one.place
    FROM unnest(%s::text[]) WITH ORDINALITY AS one (words, place)
) AS asked ORDER BY asked.place
"""

TermRows: TypeAlias = Sequence[tuple[Term, Ints]]


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

    Queries: the version; and, unless they were asked of the same listings before, the words if
    there are any (twice if none were found) and the cards.
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
        and (near := _nearest_word(term.typed, index))
        and near != term.typed
    }
    if not corrected:
        return rows, {}
    mended = " ".join(corrected.get(token, token) for token in rules.tokens_of(typed))
    return _rows(rules.terms_of(mended), index), corrected


def _nearest_word(typed: str, index: Index) -> str | None:
    mended = dict(index.mended)
    if typed in mended:
        return mended[typed]
    return index.mended.keep(typed, rules.nearest_word(typed, index.vocabulary))


def _rows(terms: Sequence[Term], index: Index) -> list[tuple[Term, Ints]]:
    """Each term with the rows whose text has its words. One query for those not yet heard.

    A term of nothing but words too common to be indexed is left out.
    """
    texts = {term.text for term in terms}
    known = dict(index.heard)
    known |= _listen(sorted(texts - known.keys()), index)
    nothing = np.empty(0, dtype=np.int64)
    return [
        (term, nothing if (rows := known[term.text]) is None else rows)
        for term in terms
        if known[term.text] is not None or term.needs_mask
    ]


def _listen(texts: Sequence[str], index: Index) -> dict[str, Ints | None]:
    """The rows whose text has each of these words; None for words too common to be indexed."""
    if not texts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [list(texts)])
        answers = cursor.fetchall()
    return {
        text: index.heard.keep(text, None if says_nothing else index.rows_of(_numbers(ids)))
        for text, (says_nothing, ids) in zip(texts, answers, strict=True)
    }


def _numbers(listed: str) -> Ints:
    # One text of thousands of numbers is read far quicker than an array of them.
    return np.fromstring(listed, dtype=np.int64, sep=",")


def _cards(index: Index, found: Found, on: date, first: int, count: int) -> list[Card]:
    rows = found.rows[first : first + count]
    ids = index.columns.service_id[rows].tolist()
    standings = dict(zip(ids, index.columns.availability[rows].tolist(), strict=True))
    shown = dict(index.shown)
    if missing := [pk for pk in ids if pk not in shown]:
        for pk, service in providers.for_cards(missing).items():
            card = card_of(service, AVAILABILITY_ORDER[standings[pk]], on=on)
            shown[pk] = index.shown.keep(pk, card)
    metres = found.metres[first : first + count].tolist()
    return [
        shown[pk] if far == NOWHERE else replace(shown[pk], metres=far)
        for pk, far in zip(ids, metres, strict=True)
        if pk in shown
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
            shown.append(card_of(service, standing, on=on))
    return shown
