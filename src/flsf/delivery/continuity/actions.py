"""The only writes of the decisions whether children stay."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.core.refusals import Refusal
from flsf.delivery.continuity import rules
from flsf.delivery.continuity.enums import Cause, Choice, Ended, Tag
from flsf.delivery.continuity.models import Continuity
from flsf.delivery.continuity.rules import Asked, Needed
from flsf.delivery.placements import queries as placements
from flsf.shared.audit import actions as audit


class AlreadyDecided(Refusal):
    """Says by whom, and what."""

    says = "Somebody has decided this already."

    def __init__(self, who: str, choice: Choice) -> None:
        super().__init__()
        self.who, self.choice = who, choice

    def __str__(self) -> str:
        return f"{self.who} has decided this already: {self.choice.label.lower()}."


class NoLongerNeeded(Refusal):
    """Says why."""

    says = "Nothing needs to be decided any more."

    def __init__(self, because: Ended) -> None:
        super().__init__()
        self.because = because

    def __str__(self) -> str:
        return f"Nothing needs to be decided any more. {self.because.label}."


class ReasonMissing(Refusal):
    says = "Say why. The decision rests on it."


class ReviewMissing(Refusal):
    says = f"Choose when to look again: a later day, at most {rules.MOST_DAYS_KEPT} days from now."


class NeedsAPerson(Refusal):
    says = "A named person decides whether a child stays. Sign in and decide."


@transaction.atomic
def ask_many(
    *, needed: Sequence[Needed], due_on: date, by: Person, at: datetime
) -> list[Continuity]:
    """One question stands for each placement and cause; those newly asked are returned.

    Asking again changes nothing, but for a place that was kept until today: that is asked anew.
    """
    on = london_day(at)
    # In one order, so that two rounds at once take turns and the second finds them asked.
    placements.lock({one.placement_id for one in needed})
    standing = {
        (one.placement_id, one.cause): one
        for one in Continuity.objects.standing().filter(
            placement__in={one.placement_id for one in needed}
        )
    }
    to_ask = [one for one in needed if rules.must_ask(_asked(standing, one), on=on)]
    again = [standing[key].pk for one in to_ask if (key := _key(one)) in standing]
    Continuity.objects.filter(pk__in=again).update(ended_on=on, ended_because=Ended.REVIEW_DUE)
    taken = frozenset(Continuity.objects.values_list("ref", flat=True)) if to_ask else frozenset()
    made = Continuity.objects.bulk_create(
        Continuity(
            ref=ref,
            placement_id=one.placement_id,
            cause=one.cause,
            about=one.about[:300],
            asked_on=on,
            due_on=due_on,
        )
        for ref, one in zip(fresh_refs("K", len(to_ask), taken), to_ask, strict=True)
    )
    if made:
        details = {"refs": [one.ref for one in made]}
        audit.record(tag=Tag.ASKED, subject="continuity", details=details, by=by, at=at)
    return made


@transaction.atomic
def decide(
    *,
    continuity_id: int,
    choice: Choice,
    reason: str,
    review_on: date | None = None,
    by: Person,
    at: datetime,
) -> Continuity:
    """The child stays until that day, or is to be moved.

    Raises NeedsAPerson, AlreadyDecided (with who was first), NoLongerNeeded, ReasonMissing and
    ReviewMissing.
    """
    if by.pk is None:
        raise NeedsAPerson
    one = Continuity.objects.select_for_update(of=("self",)).get(pk=continuity_id)
    if one.ended_because:
        raise NoLongerNeeded(Ended(one.ended_because))
    if one.choice:
        raise AlreadyDecided(one.decided_by.name if one.decided_by else "", Choice(one.choice))
    if not reason.strip():
        raise ReasonMissing
    keeps = choice is Choice.KEEP
    if keeps and (review_on is None or not rules.review_fits(review_on, on=london_day(at))):
        raise ReviewMissing
    one.choice, one.reason = choice, reason.strip()
    one.review_on = review_on if keeps else None
    one.decided_by_id, one.decided_at = by.pk, at
    one.save(update_fields=["choice", "reason", "review_on", "decided_by", "decided_at"])
    details = {"choice": choice.value, "review_on": str(one.review_on) if one.review_on else None}
    audit.record(tag=Tag.DECIDED, subject=f"continuity {one.ref}", details=details, by=by, at=at)
    return one


@transaction.atomic
def end(
    *,
    placement_ids: Collection[int],
    because: Ended,
    cause: Cause | None = None,
    by: Person,
    at: datetime,
) -> int:
    """The questions about these placements stand no longer, of one cause or of any; how many.

    Ending again makes no difference. Nobody's decision is taken away: it is over.
    """
    # Waits for whoever is deciding one of them just now.
    found = Continuity.objects.standing().filter(placement__in=placement_ids).order_by("pk")
    if cause is not None:
        found = found.filter(cause=cause)
    refs = dict(found.select_for_update(of=("self",)).values_list("pk", "ref"))
    if refs:
        Continuity.objects.filter(pk__in=refs).update(
            ended_on=london_day(at), ended_because=because
        )
        details = {"refs": sorted(refs.values()), "because": because.value}
        audit.record(tag=Tag.ENDED, subject="continuity", details=details, by=by, at=at)
    return len(refs)


def _key(one: Needed) -> tuple[int, str]:
    return one.placement_id, one.cause


def _asked(standing: dict[tuple[int, str], Continuity], one: Needed) -> Asked | None:
    found = standing.get(_key(one))
    if found is None:
        return None
    return Asked(Choice(found.choice) if found.choice else None, found.review_on)
