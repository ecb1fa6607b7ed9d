"""Reads of agreements and of changes of the commercial model."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from flsf.core.fingerprints import fingerprint
from flsf.core.people import Person
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.agreements import rules
from flsf.market.agreements.enums import Outcome, Stage
from flsf.market.agreements.models import Agreement, Transition, TransitionLine
from flsf.market.agreements.rules import Standing
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing as CheckStanding


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that a change of model came to."""

    stage: Stage
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the commercial model, as far as it has come."""

    id: int
    ref: str
    framework_id: int
    framework_ref: str
    framework_name: str
    before: CommercialModel
    after: CommercialModel
    takes_effect_on: date
    authority: str
    reason: str
    record: dict[str, Any]
    found: str
    setting_id: int | None
    debarment_seen_on: date | None
    debarment_version: str
    placements_before: str
    placements_after: str
    round_number: int | None  # in which an open framework reopened; None: the model changes
    steps: tuple[Step, ...]
    counts: dict[Outcome, int]

    @property
    def reopens(self) -> bool:
        return self.round_number is not None

    @property
    def title(self) -> str:
        """What its pages call it."""
        if self.reopens:
            return f"Reopening in round {self.round_number}: {self.ref}"
        return f"Change of model {self.ref}"

    @property
    def stage(self) -> Stage:
        return self.steps[-1].stage


def standings(framework_id: int, *, on: date) -> list[Standing]:
    """Every admission of a framework as it stands on a day, by provider. Seven queries or so."""
    rows = admissions.standing_in(frameworks.lot_ids(framework_id), on=on)
    lapsed = {
        provider: tuple(one.name for one in found if one.standing is CheckStanding.OVERDUE)
        for provider, found in checks.standings({row.provider_id for row in rows}, on=on).items()
    }
    versions = in_force([row.admission_id for row in rows], on=on)
    return [
        Standing(
            admission_id=row.admission_id,
            provider_id=row.provider_id,
            provider_name=row.provider_name,
            lot_name=row.lot_name,
            is_suspended=row.status is Status.SUSPENDED,
            checks_lapsed=lapsed.get(row.provider_id, ()),
            agreement_version=versions.get(row.admission_id, 0),
        )
        for row in rows
    ]


def found_word(standings: Collection[Standing]) -> str:
    """One word for all that a rehearsal looked at: another if anything has changed since."""
    return fingerprint(sorted(map(repr, standings)))


def in_force(admission_ids: Collection[int], *, on: date) -> dict[int, int]:
    """The version of the agreement in force on a day, by admission; those without one left out."""
    rows = Agreement.objects.in_force_on(on).filter(admission__in=admission_ids)
    return dict(rows.values_list("admission", "version"))


def of_admissions(admission_ids: Collection[int], *, person: Person) -> QuerySet[Agreement]:
    """Every agreement of those admissions, the latest version first."""
    return (
        Agreement.objects.visible_to(person)
        .filter(admission__in=admission_ids)
        .order_by("admission", "-version")
    )


def changes(framework_id: int, *, person: Person) -> list[Change]:
    """Every change of a framework's model that was rehearsed, the latest first."""
    return [_change(one) for one in _seen(person).filter(framework=framework_id)]


def of_round(round_id: int, *, person: Person) -> list[Change]:
    """Each time the agreements of a reopening were rehearsed to be issued again, latest first."""
    return [_change(one) for one in _seen(person).filter(round=round_id)]


def with_ref(ref: str, *, person: Person) -> Change | None:
    """The change of model, if there is one and this person may see it."""
    one = _seen(person).filter(ref=ref).first()
    return _change(one) if one else None


def lines(change_id: int, *, person: Person) -> QuerySet[TransitionLine]:
    """What becomes of each agreement, by provider."""
    return (
        TransitionLine.objects.visible_to(person)
        .filter(transition=change_id)
        .select_related("admission__provider", "admission__lot", "left_out_by")
        .annotate(transition_ref=F("transition__ref"))
        .order_by("number")
    )


def line(change_id: int, number: int, *, person: Person) -> TransitionLine | None:
    """One of them by its number."""
    return lines(change_id, person=person).filter(number=number).first()


def admissions_with(change_id: int, outcomes: Collection[Outcome]) -> list[int]:
    """The admissions of which that becomes."""
    found = TransitionLine.objects.filter(transition=change_id, outcome__in=outcomes)
    return list(found.order_by("number").values_list("admission", flat=True))


def provider_outcomes(change_id: int) -> dict[int, set[Outcome]]:
    """What becomes of each provider's agreements, by provider: what its letter says."""
    found: dict[int, set[Outcome]] = {}
    rows = TransitionLine.objects.filter(transition=change_id)
    for provider, outcome in rows.values_list("admission__provider", "outcome"):
        found.setdefault(provider, set()).add(Outcome(outcome))
    return found


def _seen(person: Person) -> QuerySet[Transition]:
    return (
        Transition.objects.visible_to(person)
        .select_related("framework", "round")
        .prefetch_related("changes__decided_by", "lines")
        .order_by("-pk")
    )


def _change(one: Transition) -> Change:
    steps = sorted(one.changes.all(), key=lambda step: step.pk)
    return Change(
        id=one.pk,
        ref=one.ref,
        framework_id=one.framework_id,
        framework_ref=one.framework.ref,
        framework_name=one.framework.name,
        before=CommercialModel(one.before),
        after=CommercialModel(one.after),
        takes_effect_on=one.takes_effect_on,
        authority=one.authority,
        reason=one.reason,
        record=one.record,
        found=one.found,
        setting_id=one.setting_id,
        debarment_seen_on=one.debarment_seen_on,
        debarment_version=one.debarment_version,
        placements_before=one.placements_before,
        placements_after=one.placements_after,
        round_number=one.round.number if one.round else None,
        steps=tuple(
            Step(
                Stage(step.stage),
                step.reason,
                step.decided_by.name if step.decided_by else "The system",
                step.decided_at,
            )
            for step in steps
        ),
        counts=rules.counts(Outcome(line.outcome) for line in one.lines.all()),
    )
