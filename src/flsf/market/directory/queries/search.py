"""Search: words by where their stems are, everything else in one pass, all of it in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeAlias

import numpy as np

from flsf.core.geo import Point
from flsf.market.directory import rules
from flsf.market.directory.enums import AVAILABILITY_ORDER
from flsf.market.directory.queries.cards import Card, card_of, card_of_other
from flsf.market.directory.queries.index import Index, current
from flsf.market.directory.rules import Asked, Facets, Found, Loosened, Nothing, Query, Term
from flsf.market.directory.rules.engine import NOWHERE, TermRow
from flsf.market.others import queries as others
from flsf.market.providers import queries as providers

PAUSED_SHOWN = 3
MOST_WORDS = 20

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
    changed_on: date | None  # the latest day on which the page of one that answers changed


def search(asked: Asked, *, at: Point | None, on: date, first: int = 0, count: int = 20) -> Results:
    """The services that answer on a day: what fits the words best, then the nearest, then by name.

    Queries: the version; and one for words that no listing is called by and that nobody asked
    for since anything changed.
    """
    index = current(on)
    terms, corrected = corrected_terms(asked.words, index)
    found = rules.find(index.columns, asked, at=at, terms=terms)
    nearest = [] if len(found) or not asked.is_anything else _nearest(index, asked, at, terms)
    return Results(
        total=len(found),
        cards=_cards(index, found, first, count),
        facets=found.facets,
        lot_names=index.lot_names,
        corrected=corrected,
        nearest=nearest,
        paused=_paused(index, asked, at, terms) if terms and not len(found) else (),
        kind_names=index.kind_names,
        changed_on=index.changed_on(found.rows),
        needs_meant=reduce(or_, (term.first_mask for term, *_ in terms), 0),
    )


def _paused(index: Index, asked: Asked, at: Point | None, terms: TermRows) -> list[Card]:
    """The first of those who would answer, were they to take new children: somebody who looks
    for them by name should not believe that they are gone.
    """
    wanted = replace(asked, taking_only=False)
    found = rules.find(index.columns, wanted, at=at, terms=terms, paused=True)
    return _cards(index, found, 0, PAUSED_SHOWN)


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
        and (near := index.vocabulary.nearest(term.typed))
        and near != term.typed
    }
    if not corrected:
        return rows, {}
    mended = " ".join(corrected.get(token, token) for token in rules.tokens_of(typed))
    return _rows(rules.terms_of(mended, index.book), index), corrected


def _rows(terms: Sequence[Term], index: Index) -> list[TermRow]:
    """Each term with the rows whose text has its words, and of them those named so.

    A term of nothing but words too common to be kept is left out.
    """
    typed = {one for term in terms for one in (term.text, term.named)}
    # The words one by one too, as `heard` tells them: so it need not ask again.
    meant = index.meanings(typed.union(*(term.typed.split() for term in terms)))
    return [
        _row(term, meant[term.text], meant[term.named], index)
        for term in terms
        if meant[term.text] != Nothing() or term.needs_mask
    ]


def _row(term: Term, text: Query, named: Query, index: Index) -> TermRow:
    has = index.everywhere.having(text)
    return term, np.flatnonzero(has), np.flatnonzero(has & index.names.having(named))


def _cards(index: Index, found: Found, first: int, count: int) -> list[Card]:
    shown = slice(first, first + count)
    return [
        card if far == NOWHERE else replace(card, metres=far)
        for row, far in zip(found.rows[shown].tolist(), found.metres[shown].tolist(), strict=True)
        if (card := index.card(row))
    ]


@dataclass(frozen=True, slots=True)
class Heard:
    """What each word of a line asks for, and the version of the catalogue it was asked of."""

    version: tuple[int, ...]
    words: Sequence[Query]


def heard(typed: str, *, on: date) -> Heard:
    """The first words of a line, one by one; words too common to be kept are left out.

    Queries: the version, and one for words that a search did not ask for before.
    """
    index = current(on)
    tokens = list(dict.fromkeys(rules.tokens_of(typed)))[:MOST_WORDS]
    meant = index.meanings(tokens)
    return Heard(index.version, [meant[one] for one in tokens if meant[one] != Nothing()])


def changed_on(service_ids: Sequence[int], *, on: date) -> date | None:
    """The latest day on which the page of one of these services changed; None of none.

    The key of other help is below zero. Asks nothing more where the listings are known.
    """
    index = current(on)
    return index.changed_on(index.rows_of(service_ids))


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
