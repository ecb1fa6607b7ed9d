"""Reads of guides: what the public reads on a day, and what staff keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.market.directory import queries as directory
from flsf.market.directory.rules import Postings, postings
from flsf.market.directory.rules.text import POSITION_BITS
from flsf.market.guides import rules
from flsf.market.guides.enums import Kind, Standing
from flsf.market.guides.models import Guide, GuideReview, GuideVersion
from flsf.market.guides.rules import Content

VersionRow: TypeAlias = GuideVersion
MOST_FOUND = 3
STEMS = """
SELECT stem, string_agg(int8send(id << %(bits)s | place), ''::bytea),
    string_agg(int8send(id << %(bits)s | place), ''::bytea) FILTER (WHERE weight = 'A')
FROM market_guideversion, unnest(words) AS kept (stem, places, weights),
    unnest(places, weights) AS at (place, weight)
WHERE id = ANY (%(ids)s)
GROUP BY stem
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A guide as it reads on a day. Of one not published yet, as it will read."""

    guide_id: int
    ref: str
    slug: str
    kind: Kind
    number: int
    content: Content
    in_force_from: date
    reviewed_on: date
    next_review_on: date
    standing: Standing
    taken_off_on: date | None
    taken_off_why: str

    @property
    def title(self) -> str:
        return self.content.title

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)


def published(kind: Kind, *, on: date) -> list[Shown]:
    """What the public reads of a kind on a day, by lowest age and then by title. Two queries."""
    found = _in_force(on).filter(guide__kind=kind)
    return _shown(found.order_by("lowest_age", "title", "pk"), on)


def with_slug(kind: Kind, slug: str, *, on: date) -> Shown | None:
    """The guide that the public reads at an address; None for one taken off or to come."""
    found = _in_force(on).filter(guide__kind=kind, guide__slug=slug)
    return next(iter(_shown(found, on)), None)


def of_schools(*, on: date) -> Shown | None:
    """What every school does, as it reads on a day."""
    return next(iter(published(Kind.OAP, on=on)), None)


def matching(words: str, *, on: date) -> list[Shown]:
    """The guides that somebody who looks for these words may want, the best first.

    One of the words in its title or in the words kept for it, or all of them anywhere in it.
    Queries: those of `directory.heard`, and two more only where anything has changed.
    """
    if not words.strip():
        return []
    heard = directory.heard(words, on=on)
    if not heard.words:
        return []
    shelf = _shelf(heard.version, on)
    named = np.sum([shelf.named.having(one) for one in heard.words], axis=0)
    anywhere = np.sum([shelf.everywhere.having(one) for one in heard.words], axis=0)
    found = np.flatnonzero((named > 0) | (anywhere == len(heard.words))).tolist()
    best = sorted(found, key=lambda row: (-named[row], -anywhere[row], row))
    return [shelf.guides[row] for row in best[:MOST_FOUND]]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The guides of a day by title, and where the stems of their texts and titles are."""

    version: tuple[int, ...]
    day: date
    guides: Sequence[Shown]
    everywhere: Postings
    named: Postings


class _Kept:
    """The shelf of the day, shared by the threads of a process."""

    shelf: _Shelf | None = None


def _shelf(version: tuple[int, ...], on: date) -> _Shelf:
    kept = _Kept.shelf
    if kept is None or (kept.version, kept.day) != (version, on):
        kept = _Kept.shelf = _read(version, on)
    return kept


def _read(version: tuple[int, ...], on: date) -> _Shelf:
    versions = list(_in_force(on).order_by("title", "pk"))
    ids = np.array([one.pk for one in versions], dtype=np.int64)
    rows = np.argsort(ids)
    with connection.cursor() as cursor:
        cursor.execute(STEMS, {"bits": POSITION_BITS, "ids": ids.tolist()})
        stems = cursor.fetchall()
    everywhere, named = (
        postings([(one[0], one[at]) for one in stems], sorted_ids=ids[rows], rows=rows)
        for at in (1, 2)
    )
    return _Shelf(version, on, _shown(versions, on), everywhere, named)


def register(*, person: Person, on: date) -> list[Shown]:
    """Every guide by kind and title: as it reads on the day, else as it will. Two queries."""
    kept = GuideVersion.objects.visible_to(person).select_related("guide").order_by("-number")
    seen: dict[int, GuideVersion] = {}
    for one in kept:
        known = seen.get(one.guide_id)
        if known is None or (known.in_force_from > on and one.in_force_from <= on):
            seen[one.guide_id] = one
    rows = sorted(seen.values(), key=lambda one: (one.guide.kind, one.title, one.pk))
    return _shown(rows, on)


def with_ref(ref: str, *, person: Person, on: date) -> Shown | None:
    """The guide, if there is one: as it reads on the day, else as it will."""
    return next((one for one in register(person=person, on=on) if one.ref == ref), None)


def versions(guide_id: int) -> Sequence[GuideVersion]:
    """Every version, the latest first."""
    found = GuideVersion.objects.filter(guide=guide_id).select_related("published_by")
    return list(found.order_by("-number"))


def reviews(guide_id: int) -> Sequence[GuideReview]:
    """Every time somebody said that it is still right, the latest first."""
    found = GuideReview.objects.filter(guide=guide_id).select_related("reviewed_by")
    return list(found.order_by("-reviewed_on", "-pk"))


def due(*, on: date, by_day: date) -> list[Shown]:
    """Published guides whose next review is due by a day, the longest due first. Two queries."""
    every = _shown(_in_force(on), on)
    return sorted(
        (one for one in every if one.next_review_on <= by_day), key=lambda one: one.next_review_on
    )


def _in_force(on: date) -> QuerySet[GuideVersion]:
    found = GuideVersion.objects.in_force_on(on).select_related("guide")
    return found.filter(guide__taken_off_on=None)


def _shown(rows: Iterable[GuideVersion], on: date) -> list[Shown]:
    found = list(rows)
    looked = {
        one.guide_id: one
        for one in GuideReview.objects.filter(
            guide__in=[row.guide_id for row in found], reviewed_on__lte=on
        ).order_by("reviewed_on", "pk")
    }
    return [_one(row, row.guide, looked.get(row.guide_id), on) for row in found]


def _one(row: GuideVersion, guide: Guide, look: GuideReview | None, on: date) -> Shown:
    latest = look if look is not None and look.reviewed_on >= row.reviewed_on else row
    return Shown(
        guide_id=guide.pk,
        ref=guide.ref,
        slug=guide.slug,
        kind=Kind(guide.kind),
        number=row.number,
        content=row.content,
        in_force_from=row.in_force_from,
        reviewed_on=latest.reviewed_on,
        next_review_on=latest.next_review_on,
        standing=rules.standing(
            row.in_force_from, latest.next_review_on, guide.taken_off_on, on=on
        ),
        taken_off_on=guide.taken_off_on,
        taken_off_why=guide.taken_off_why,
    )
