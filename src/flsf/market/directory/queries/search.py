"""Search: words through the database's text index, everything else in one pass in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeAlias

import numpy as np
from django.db import connection

from flsf.core.geo import Point
from flsf.market.directory import rules
from flsf.market.directory.enums import AVAILABILITY_ORDER
from flsf.market.directory.queries.cards import Card, card_of, card_of_other
from flsf.market.directory.queries.index import Index, current
from flsf.market.directory.rules import Asked, Facets, Found, Loosened, Term
from flsf.market.directory.rules.engine import NOWHERE, Ints, TermRow
from flsf.market.others import queries as others
from flsf.market.providers import queries as providers

# The listings that have the words, and those named so; help of others below zero. Each part is
# answered by an index alone: the text of thousands of rows is never looked into.
TERMS = """
SELECT numnode(asked.query) = 0, array_to_string(ARRAY(
    SELECT service_id FROM market_listing WHERE words @@ asked.query
    UNION ALL
    SELECT -id FROM market_otherservice WHERE taken_off_on IS NULL AND words @@ asked.query
), ','), array_to_string(ARRAY(
    SELECT service_id FROM market_listing WHERE ts_filter(words, '{a}') @@ asked.named
    UNION ALL
    SELECT -id FROM market_otherservice
    WHERE taken_off_on IS NULL AND ts_filter(words, '{a}') @@ asked.named
), ',')
FROM (
    SELECT websearch_to_tsquery('english', one.words) AS query,
        websearch_to_tsquery('english', one.named) AS named, one.place
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS one (words, named, place)
) AS asked ORDER BY asked.place
"""
PAUSED_SHOWN = 3

TermRows: TypeAlias = Sequence[TermRow]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: some cards of a total, and how the choices would narrow it.

    `corrected` says for which words others were taken. When nothing fits, `nearest` tells what
    leaving out one part of the question would find, the most first, and `paused` which services
    that take no new children at the moment have the words.
    """

    total: int
    cards: Sequence[Card]
    facets: Facets
    lot_names: Mapping[str, str]
    corrected: Mapping[str, str]
    nearest: Sequence[tuple[Loosened, int]]
    paused: Sequence[Card]
    needs_meant: int  # what the words are about, as a mask
    kind_names: Mapping[str, str]  # by reference


def search(asked: Asked, *, at: Point | None, on: date, first: int = 0, count: int = 20) -> Results:
    """The services that answer on a day: what fits the words best, then the nearest, then by name.

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
        paused=_paused(index, asked, at, terms, on) if terms and not len(found) else (),
        kind_names=index.kind_names,
        needs_meant=reduce(or_, (term.first_mask for term, *_ in terms), 0),
    )


def _paused(index: Index, asked: Asked, at: Point | None, terms: TermRows, on: date) -> list[Card]:
    """The first of those who would answer, were they to take new children: somebody who looks
    for them by name should not believe that they are gone.
    """
    wanted = replace(asked, taking_only=False)
    found = rules.find(index.columns, wanted, at=at, terms=terms, paused=True)
    return _cards(index, found, on, 0, PAUSED_SHOWN)


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
    wanted = rules.terms_of(typed, index.book)
    if not wanted:
        return [], {}
    rows = _rows(wanted, index)
    corrected = {
        term.typed: near
        for term, found, _ in rows
        if not len(found)
        and not term.needs_mask
        and (near := _nearest_word(term.typed, index))
        and near != term.typed
    }
    if not corrected:
        return rows, {}
    mended = " ".join(corrected.get(token, token) for token in rules.tokens_of(typed))
    return _rows(rules.terms_of(mended, index.book), index), corrected


def _nearest_word(typed: str, index: Index) -> str | None:
    mended = dict(index.mended)
    if typed in mended:
        return mended[typed]
    return index.mended.keep(typed, rules.nearest_word(typed, index.vocabulary))


def _rows(terms: Sequence[Term], index: Index) -> list[TermRow]:
    """Each term with the rows whose text has its words, and those named so.

    One query for those not yet heard. A term of nothing but words too common to be indexed is
    left out.
    """
    known = dict(index.heard)
    asked = {term.text: term.named for term in terms if term.text not in known}
    known |= _listen(asked, index)
    nothing = np.empty(0, dtype=np.int64)
    return [
        (term, *(known[term.text] or (nothing, nothing)))
        for term in terms
        if known[term.text] is not None or term.needs_mask
    ]


def _listen(asked: Mapping[str, str], index: Index) -> dict[str, tuple[Ints, Ints] | None]:
    """The rows whose text has each of these words, and those that say in their name what goes
    with them; None for words too common to be indexed.
    """
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TERMS, [list(asked), list(asked.values())])
        answers = cursor.fetchall()
    return {
        text: index.heard.keep(text, None if says_nothing else _both(listed, named, index))
        for text, (says_nothing, listed, named) in zip(asked, answers, strict=True)
    }


def _both(listed: str, named: str, index: Index) -> tuple[Ints, Ints]:
    rows, so_named = index.rows_of(_numbers(listed)), index.rows_of(_numbers(named))
    has = np.zeros(len(index.columns), dtype=np.bool_)
    has[rows] = True
    return rows, so_named[has[so_named]]


def _numbers(listed: str) -> Ints:
    # One text of thousands of numbers is read far quicker than an array of them.
    return np.fromstring(listed, dtype=np.int64, sep=",")


def _cards(index: Index, found: Found, on: date, first: int, count: int) -> list[Card]:
    rows = found.rows[first : first + count]
    ids = index.columns.service_id[rows].tolist()
    standings = dict(zip(ids, index.columns.availability[rows].tolist(), strict=True))
    shown = dict(index.shown)
    missing = [pk for pk in ids if pk not in shown]
    if ours := [pk for pk in missing if pk > 0]:
        for pk, service in providers.for_cards(ours).items():
            card = card_of(service, AVAILABILITY_ORDER[standings[pk]], on=on)
            shown[pk] = index.shown.keep(pk, card)
    if theirs := [-pk for pk in missing if pk < 0]:
        for pk, other in others.with_ids(theirs).items():
            shown[-pk] = index.shown.keep(-pk, card_of_other(other, on=on))
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
    rest = [one for one in slugs if one not in services]
    elsewhere = others.with_slugs(rest) if rest else {}
    shown = []
    for slug in dict.fromkeys(slugs):
        if slug in elsewhere:
            shown.append(card_of_other(elsewhere[slug], on=on))
        elif slug in services:
            rows = index.rows_of([services[slug].pk])
            if len(rows):
                standing = AVAILABILITY_ORDER[index.columns.availability[rows[0]]]
                shown.append(card_of(services[slug], standing, on=on))
    return shown
