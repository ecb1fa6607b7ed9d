"""The only writes of guides."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.contrib.postgres.search import SearchVector
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.utils.text import slugify

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.directory import queries as directory
from flsf.market.guides import rules
from flsf.market.guides.enums import Kind, Tag
from flsf.market.guides.models import Guide, GuideReview, GuideVersion
from flsf.market.guides.rules import Content
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue


class NotWhole(Refusal):
    """Says which fields."""

    says = "Something is missing or makes no sense."

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__()
        self.problems = dict(problems)


class ReasonMissing(Refusal):
    says = "Say why it is published."


class BeginsInThePast(Refusal):
    says = "A version begins today or later: what was read before stays as it was."


class BeginsBeforeAnother(Refusal):
    says = "Another version begins later than that. Enter its day, or a later one."


class Unchanged(Refusal):
    says = "This is what the latest version says already. Record a review instead."


class SomebodyWasFaster(Refusal):
    says = "Somebody has published another version meanwhile. Read it, then publish yours."


class OnlyOne(Refusal):
    says = "There is one of that kind already. Publish a new version of it."


class TakenOff(Refusal):
    says = "It is no longer on the Local Offer. Somebody has taken it off."


class NotListed(Refusal):
    says = "One of these is not in the directory."

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug

    def __str__(self) -> str:
        return f"“{self.slug}” is not in the directory. Copy the end of its address there"


@transaction.atomic
def publish(
    *,
    kind: Kind,
    content: Content,
    reviewed_on: date,
    next_review_on: date,
    in_force_from: date,
    because: str,
    guide_id: int | None = None,
    seen_version: int = 0,
    by: Person,
    at: datetime,
) -> Guide:
    """From that day the public reads this; earlier versions stay.

    Without `guide_id` it is a new guide. `seen_version` is the number of the version that was
    changed: two people at once do not overwrite each other. Raises NotWhole, ReasonMissing,
    BeginsInThePast, BeginsBeforeAnother, Unchanged, SomebodyWasFaster, OnlyOne, TakenOff and
    NotListed.
    """
    today = london_day(at)
    _check(kind, content, reviewed_on, next_review_on, today)
    if not because.strip():
        raise ReasonMissing
    if in_force_from < today:
        raise BeginsInThePast
    _refuse_unlisted(content, today)
    guide = _begun(kind, content.title) if guide_id is None else _locked(guide_id)
    before = guide.versions.order_by("-number").first()
    if before is not None:
        _refuse_after(before, content, in_force_from, seen_version)
    number = before.number + 1 if before else 1
    named, about, rest = content.searched
    GuideVersion.objects.create(
        guide=guide,
        number=number,
        in_force_from=in_force_from,
        **_columns(content),
        reviewed_on=reviewed_on,
        next_review_on=next_review_on,
        because=because.strip(),
        published_by_id=by.pk,
        published_at=at,
        words=SearchVector(Value(named), weight="A", config="english")
        + SearchVector(Value(about), weight="B", config="english")
        + SearchVector(Value(rest), weight="D", config="english"),
    )
    details: dict[str, JSONValue] = {"version": number, "from": in_force_from.isoformat()}
    audit.record(tag=Tag.PUBLISHED, subject=f"guide {guide.ref}", details=details, by=by, at=at)
    return guide


@transaction.atomic
def review(*, guide_id: int, next_review_on: date, by: Person, at: datetime) -> None:
    """Somebody looked today: it is right as it is, until the next review.

    Raises NotWhole and TakenOff.
    """
    today = london_day(at)
    if found := rules.review_problem(today, next_review_on, on=today):
        raise NotWhole(found)
    guide = _locked(guide_id)
    GuideReview.objects.create(
        guide=guide,
        reviewed_on=today,
        next_review_on=next_review_on,
        reviewed_by_id=by.pk,
        reviewed_at=at,
    )
    audit.record(tag=Tag.REVIEWED, subject=f"guide {guide.ref}", details={}, by=by, at=at)


@transaction.atomic
def take_off(*, guide_id: int, why: str, by: Person, at: datetime) -> None:
    """The public no longer reads it; what it said is kept. Raises ReasonMissing and TakenOff."""
    if not why.strip():
        raise ReasonMissing
    guide = _locked(guide_id)
    guide.taken_off_on, guide.taken_off_why = london_day(at), why.strip()
    guide.save(update_fields=["taken_off_on", "taken_off_why"])
    audit.record(tag=Tag.TAKEN_OFF, subject=f"guide {guide.ref}", details={}, by=by, at=at)


def _check(
    kind: Kind, content: Content, reviewed_on: date, next_review_on: date, today: date
) -> None:
    found = rules.problems(kind, content)
    found |= rules.review_problem(reviewed_on, next_review_on, on=today)
    if found:
        raise NotWhole(found)


def _refuse_unlisted(content: Content, today: date) -> None:
    if content.services:
        listed = {card.slug for card in directory.cards(content.services, on=today)}
        for slug in content.services:
            if slug not in listed:
                raise NotListed(slug)


def _refuse_after(
    before: GuideVersion, content: Content, in_force_from: date, seen_version: int
) -> None:
    if before.number != seen_version:
        raise SomebodyWasFaster
    if in_force_from < before.in_force_from:
        raise BeginsBeforeAnother
    if before.content == content:
        raise Unchanged


def _begun(kind: Kind, title: str) -> Guide:
    [ref] = Guide.fresh_refs(1)
    slug = f"{slugify(title)[:120]}-{ref[2:].lower()}"
    try:
        with transaction.atomic():
            return Guide.objects.create(ref=ref, slug=slug, kind=kind)
    except IntegrityError as error:
        raise OnlyOne from error


def _locked(guide_id: int) -> Guide:
    guide = Guide.objects.select_for_update().get(pk=guide_id)
    if guide.taken_off_on is not None:
        raise TakenOff
    return guide


def _columns(content: Content) -> dict[str, object]:
    said = asdict(content)
    return said | {
        "title": content.title.strip(),
        "sections": [asdict(one) for one in content.sections],
        "outcomes": [one.value for one in content.outcomes],
        "services": list(content.services),
    }
