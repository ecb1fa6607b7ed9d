"""Reads of guidance, and of what was found of each provider."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db.models import QuerySet

from flsf.core.people import Person
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.reviews import rules
from flsf.market.reviews.enums import Outcome, Standing, Subject
from flsf.market.reviews.models import GuidanceEdition, ProviderReview

EditionRow: TypeAlias = GuidanceEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """How a provider stands with a policy or some guidance on a day, by what was found last.

    `against`: the guidance it was read beside, in its edition; where that is not the one in force
    `newer` names the one that is.
    """

    subject: Subject
    standing: Standing
    against: str = ""
    newer: str = ""
    outcome: Outcome | None = None
    words: str = ""
    reviewed_on: date | None = None
    reviewed_by: str = ""
    due_on: date | None = None


def editions(*, on: date | None = None) -> QuerySet[GuidanceEdition]:
    """Every edition, by guidance and the latest first; with a day those that hold or held."""
    found = GuidanceEdition.objects.select_related("added_by")
    if on is not None:
        found = found.filter(in_force_from__lte=on)
    return found.order_by("subject", "-in_force_from")


def in_force(on: date) -> dict[Subject, GuidanceEdition]:
    """The edition of each guidance that holds on a day. One query."""
    held: dict[Subject, GuidanceEdition] = {}
    for one in editions(on=on):
        held.setdefault(Subject(one.subject), one)
    return held


def reviewed(
    provider_ids: Collection[int], *, person: Person, on: date
) -> dict[int, dict[Subject, Reviewed]]:
    """How each provider stands with every policy and all guidance. Three queries for them all."""
    held, days = in_force(on), law.value(Key.NEW_GUIDANCE_DAYS, on=on)
    rows = (
        ProviderReview.objects.visible_to(person)
        .filter(provider__in=provider_ids, reviewed_on__lte=on)
        .select_related("edition", "reviewed_by")
        .order_by("reviewed_on", "pk")
    )
    last = {(one.provider_id, Subject(one.subject)): one for one in rows}
    return {
        pk: {
            subject: _reviewed(subject, last.get((pk, subject)), held, days, on)
            for subject in Subject
        }
        for pk in provider_ids
    }


def _reviewed(
    subject: Subject,
    last: ProviderReview | None,
    held: Mapping[Subject, GuidanceEdition],
    days: int,
    on: date,
) -> Reviewed:
    beside = rules.READ_BESIDE.get(subject)
    edition = held.get(beside) if beside else None
    if last is None:
        return Reviewed(
            subject=subject, standing=Standing.NEVER, against=str(edition) if edition else ""
        )
    is_newer = edition is not None and edition.pk != last.edition_id
    due = rules.due_on(
        last.next_on, edition.in_force_from if edition and is_newer else None, days=days
    )
    outcome = Outcome(last.outcome)
    return Reviewed(
        subject=subject,
        standing=rules.standing(outcome, due, on=on),
        against=str(last.edition) if last.edition else "",
        newer=str(edition) if is_newer else "",
        outcome=outcome,
        words=last.words,
        reviewed_on=last.reviewed_on,
        reviewed_by=last.reviewed_by.name,
        due_on=due,
    )
