"""Competitions, where each is, and the numbers by which they are held."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from flsf.casework.competitions import rules
from flsf.casework.competitions.enums import Stage
from flsf.casework.competitions.models import Bid, Competition
from flsf.casework.competitions.queries.interests import kept_from
from flsf.casework.competitions.rules import Bands, Counts, Lengths, Progress, Published
from flsf.core.people import SYSTEM, Person
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key

BANDS = (
    Key.COMPETITION_QUALITY_LEAST,
    Key.COMPETITION_QUALITY_MOST,
    Key.COMPETITION_PRICE_LEAST,
    Key.COMPETITION_PRICE_MOST,
)


def with_ref(ref: str, *, person: Person) -> Competition | None:
    """The competition with all it is told by, if this person may see it."""
    return _whole(Competition.objects.visible_to(person)).filter(ref=ref).first()


def with_id(competition_id: int) -> Competition:
    """The same, for whoever may act on it."""
    return _whole(Competition.objects.visible_to(SYSTEM)).get(pk=competition_id)


def listed(*, person: Person) -> QuerySet[Competition]:
    """The competitions this person may see, the latest first."""
    return _whole(Competition.objects.visible_to(person)).order_by("-made_at", "-pk")


def of_referral(referral_id: int, *, person: Person) -> list[Competition]:
    """Those held for a referral, the latest first."""
    return list(listed(person=person).filter(referral=referral_id))


def under_way(*, person: Person) -> list[Competition]:
    """Those that were published and of which something is still to come, the first first; without
    those in which this person declared an interest.
    """
    found = (
        listed(person=person)
        .filter(published_at__isnull=False, stopped_at=None, awarded_at=None)
        .exclude(pk__in=kept_from(person.pk))
    )
    return list(found.order_by("closes_at", "pk"))


def stage_of(competition: Competition, at: datetime) -> Stage:
    """Where it is at a moment."""
    live = [one for one in _in_time(competition) if _is_live(one)]
    threshold = competition.published.get("threshold", 0)
    agreed = [{each.criterion: each.score for each in one.agreed.all()} for one in live]
    return rules.stage(
        Progress(
            closes_at=competition.closes_at,
            is_published=competition.published_at is not None,
            is_opened=competition.opened_at is not None,
            live=len(live),
            finished=sum(one.finished_at is not None for one in competition.scorers.all()),
            is_moderated=competition.moderated_at is not None,
            in_place=sum(all(score >= threshold for score in one.values()) for one in agreed),
            is_settled=competition.settled_at is not None,
            is_awarded=competition.awarded_at is not None,
            is_stopped=competition.stopped_at is not None,
        ),
        at,
    )


def is_as_published(competition: Competition) -> bool:
    """Whether what is worked with is, to the last word, what was published."""
    kept = competition.published
    same = kept.get("brief") == competition.brief and kept.get("criteria") == competition.criteria
    price = kept.get("price_weight") == competition.price_weight
    return same and price and rules.sealed(kept) == competition.sha256


def counts_of(competition: Competition) -> Counts:
    """How many could bid, were asked and did; bids count once they are opened."""
    invited = list(competition.invitations.all())
    closes_at = competition.closes_at
    bids = 0
    if competition.opened_at is not None and closes_at is not None:
        bids = sum(not one.was_withdrawn_by(closes_at) for one in _in_time(competition))
    return Counts(len(invited), sum(one.written_to > 0 for one in invited), bids)


def counts(competition_ids: Collection[int]) -> Mapping[int, Counts]:
    """The same of several, in a fixed number of questions."""
    found = _whole(Competition.objects.filter(pk__in=competition_ids))
    return {one.pk: counts_of(one) for one in found}


def criteria_to_choose(framework_id: int, *, on: date) -> list[Published]:
    """The framework's published criteria that a competition may take (rule P11)."""
    found = frameworks.criteria_in_force(framework_id, on=on)
    return rules.offered(found.lines) if found else []


def bands(on: date) -> Bands:
    """How much quality and price may count."""
    found = law.values(BANDS, on=on)
    return Bands(*(found[one] for one in BANDS))


def lengths(on: date) -> Lengths:
    """The published response windows."""
    found = law.values((Key.COMPETITION_URGENT_HOURS, Key.COMPETITION_DAYS), on=on)
    return Lengths(found[Key.COMPETITION_URGENT_HOURS], found[Key.COMPETITION_DAYS])


def came_to_nothing(referral_id: int, lot_id: int) -> bool:
    """Whether a competition for a referral in a lot brought no bid that can be taken."""
    found = _whole(
        Competition.objects.filter(referral=referral_id, lot=lot_id, opened_at__isnull=False)
    )
    return any(stage_of(one, one.opened_at) is Stage.NOTHING for one in found if one.opened_at)


def is_running(competition: Competition, at: datetime) -> bool:
    """Whether something is still to come of it."""
    return stage_of(competition, at) not in (Stage.AWARDED, Stage.NOTHING, Stage.STOPPED)


def _whole(found: QuerySet[Competition]) -> QuerySet[Competition]:
    return found.select_related(
        "lot__framework", "referral__child", "made_by", "published_by", "opened_by",
        "moderated_by", "settled_by", "stopped_by", "shortlist",
    ).prefetch_related(
        "invitations__provider", "scorers__person", "questions", "addenda",
        Prefetch(
            "bids",
            Bid.objects.select_related("provider", "service", "sent_by")
            .prefetch_related("agreed")
            .order_by("provider__name", "pk"),
        ),
    )  # fmt: skip


def _in_time(competition: Competition) -> list[Bid]:
    return [one for one in competition.bids.all() if not one.is_late and one.replaced_at is None]


def _is_live(one: Bid) -> bool:
    return one.withdrawn_at is None and one.passed_over_at is None
