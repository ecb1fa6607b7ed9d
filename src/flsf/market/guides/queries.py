"""Reads of guides: what the public reads on a day, and what staff keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import F, Func, Q, QuerySet, Value

from flsf.core.people import Person
from flsf.market.guides import rules
from flsf.market.guides.enums import Kind, Standing
from flsf.market.guides.models import Guide, GuideReview, GuideVersion
from flsf.market.guides.rules import Content

VersionRow: TypeAlias = GuideVersion
MOST_FOUND = 3


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
    """
    if not words.strip():
        return []
    every = SearchQuery(words, config="english", search_type="plain")
    named = Func(F("words"), Value("{a}"), function="ts_filter", output_field=SearchVectorField())
    found = (
        _in_force(on)
        .annotate(named=named, rank=SearchRank(F("words"), every))
        .filter(Q(words=every) | Q(named=_any_of(words)))
        .order_by("-rank", "title", "pk")
    )
    return _shown(found[:MOST_FOUND], on)


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


def _any_of(words: str) -> SearchQuery:
    parts = [SearchQuery(one, config="english", search_type="plain") for one in words.split()[:20]]
    whole = parts[0]
    for one in parts[1:]:
        whole = whole | one
    return whole


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
