"""Issuing agreements: the first, and a later one that mends it. Each is written out for good."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.agreements import queries, rules
from flsf.market.agreements.enums import Stage, Tag
from flsf.market.agreements.models import Agreement, Paper, Transition, TransitionChange
from flsf.market.agreements.queries import ToWrite
from flsf.shared import typesetting
from flsf.shared.audit import actions as audit
from flsf.shared.audit.enums import JSONValue

ONE_DAY = timedelta(days=1)


class AgreementInForce(Refusal):
    says = "One of them has an agreement already."


class ReasonMissing(Refusal):
    says = "Enter why."


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in."


class NotInForce(Refusal):
    says = "This version is no longer in force. Open the one that took its place."


class ChangeNotConfirmed(Refusal):
    says = (
        "It was issued by a change of the commercial model that can still be undone. Confirm or "
        "undo that change first."
    )


@transaction.atomic
def issue_many(
    *,
    admission_ids: Collection[int],
    model: CommercialModel,
    in_force_from: date,
    by: Person,
    at: datetime,
) -> list[Agreement]:
    """Each admission rests on its first agreement from that day, all or none.

    What a provider's agreements say is written out once for all its lots, and does not change.
    Raises AgreementInForce.
    """
    if Agreement.objects.filter(admission__in=admission_ids).exists():
        raise AgreementInForce
    made = _issue(dict.fromkeys(admission_ids), model, in_force_from, None, by=by, at=at)
    details: dict[str, JSONValue] = {"agreements": len(made), "model": model.value}
    audit.record(tag=Tag.ISSUED, subject="agreements", details=details, by=by, at=at)
    return made


@transaction.atomic
def write_out(*, admission_ids: Collection[int], by: Person, at: datetime) -> list[int]:
    """What their agreements say is written out, where it was not; nothing else changes.

    Answers with the agreements' ids.
    """
    found = list(
        Agreement.objects.filter(
            admission__in=admission_ids, paper=None, in_force_until=None, withdrawn_at=None
        ).select_for_update(of=("self",))
    )
    by_terms: dict[tuple[str, date], list[Agreement]] = {}
    for one in found:
        by_terms.setdefault((one.model, one.in_force_from), []).append(one)
    for (model, first_day), rows in by_terms.items():
        _write(_Batch(CommercialModel(model), first_day), rows, by=by, at=at)
    return [one.pk for one in found]


@transaction.atomic
def issue_again(*, paper_id: int, reason: str, by: Person, at: datetime) -> str:
    """A next version takes this one's place from today and waits to be accepted; its reference.

    Nothing is called off under it until then. Raises ReasonMissing, NeedsAPerson, NotInForce and
    ChangeNotConfirmed.
    """
    if not reason.strip():
        raise ReasonMissing
    if by.pk is None:
        raise NeedsAPerson
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper_id)
    frameworks.hold(paper.framework_id)
    before = list(paper.agreements.filter(in_force_until=None, withdrawn_at=None))
    if not before:
        raise NotInForce
    _refuse_open_change([one.transition_id for one in before])
    today = london_day(at)
    first_day = max(today, before[0].in_force_from)
    Agreement.objects.filter(pk__in=[one.pk for one in before]).update(
        in_force_until=first_day - ONE_DAY
    )
    made = _issue(
        {one.admission_id: one for one in before},
        CommercialModel(before[0].model),
        first_day,
        None,
        because=reason.strip(),
        by=by,
        at=at,
    )
    following = Paper.objects.get(agreements=made[0])
    audit.record(
        tag=Tag.ISSUED_AGAIN,
        subject=f"agreement {following.ref}",
        details={"instead_of": paper.ref},
        by=by,
        at=at,
    )
    return following.ref


@dataclass(frozen=True, slots=True)
class _Batch:
    """What agreements that are issued together share."""

    model: CommercialModel
    in_force_from: date
    because: str = ""


def _issue(
    following: Mapping[int, Agreement | None],
    model: CommercialModel,
    in_force_from: date,
    because_of: Transition | None,
    *,
    because: str = "",
    by: Person,
    at: datetime,
) -> list[Agreement]:
    """One new agreement for each admission, after the one it follows, each written out."""
    latest: dict[int, int] = {}
    found = Agreement.objects.filter(admission__in=following).values_list("admission", "version")
    for admission, version in found:
        latest[admission] = max(version, latest.get(admission, 0))
    refs = fresh_refs("G", len(following), set(Agreement.objects.values_list("ref", flat=True)))
    made = Agreement.objects.bulk_create(
        Agreement(
            ref=ref,
            admission_id=admission,
            version=latest.get(admission, 0) + 1,
            model=model,
            in_force_from=in_force_from,
            reissued_from=before,
            transition=because_of,
            issued_by_id=by.pk,
            issued_at=at,
        )
        for ref, (admission, before) in zip(refs, following.items(), strict=True)
    )
    if because_of is not None:
        because = (
            f"The framework reopened in round {because_of.round.number}, and every agreement is "
            f"issued again ({because_of.authority})"
            if because_of.round
            else f"The commercial model of the framework changes ({because_of.authority})"
        )
    _write(_Batch(model, in_force_from, because), made, by=by, at=at)
    return made


def _write(batch: _Batch, made: Sequence[Agreement], *, by: Person, at: datetime) -> None:
    """A paper for each provider among them, in each framework, which its agreements point to."""
    rows = Agreement.objects.filter(pk__in=[one.pk for one in made]).select_related(
        "admission__lot", "reissued_from__paper"
    )
    by_framework: dict[int, dict[int, list[Agreement]]] = {}
    for one in rows.order_by("admission__lot__name", "pk"):
        inside = by_framework.setdefault(one.admission.lot.framework_id, {})
        inside.setdefault(one.admission.provider_id, []).append(one)
    for framework_id, by_provider in sorted(by_framework.items()):
        _write_in(framework_id, batch, by_provider, by=by, at=at)


def _write_in(
    framework_id: int,
    batch: _Batch,
    by_provider: Mapping[int, Sequence[Agreement]],
    *,
    by: Person,
    at: datetime,
) -> None:
    # Two who issue at once take turns, so that no two papers have the same version.
    frameworks.hold(framework_id)
    to_write = _to_write(framework_id, batch, by_provider)
    terms = queries.terms(
        framework_id,
        batch.model,
        to_write,
        in_force_from=batch.in_force_from,
        issued_on=london_day(at),
    )
    papers = Paper.objects.bulk_create(
        _paper(framework_id, one, terms[one.ref], by=by, at=at) for one in to_write
    )
    paper_of = {one.provider_id: one for one in papers}
    for provider_id, agreements in by_provider.items():
        for one in agreements:
            one.paper = paper_of[provider_id]
    Agreement.objects.bulk_update([one for each in by_provider.values() for one in each], ["paper"])


def _to_write(
    framework_id: int, batch: _Batch, by_provider: Mapping[int, Sequence[Agreement]]
) -> list[ToWrite]:
    latest: dict[int, int] = {}
    known = Paper.objects.filter(framework=framework_id, provider__in=by_provider)
    for provider_id, version in known.values_list("provider", "version"):
        latest[provider_id] = max(version, latest.get(provider_id, 0))
    taken = set(Paper.objects.values_list("ref", flat=True))
    refs = fresh_refs("FA", len(by_provider), taken)
    return [
        ToWrite(
            provider_id=provider_id,
            lot_ids=tuple(one.admission.lot_id for one in agreements),
            ref=ref,
            version=latest.get(provider_id, 0) + 1,
            follows=_follows(agreements),
            because=batch.because,
        )
        for ref, (provider_id, agreements) in zip(refs, by_provider.items(), strict=True)
    ]


def _follows(agreements: Sequence[Agreement]) -> str:
    """The papers whose place it takes, in words."""
    before = [one.reissued_from.paper for one in agreements if one.reissued_from]
    named = {str(paper.ref): f"{paper.ref}, version {paper.version}" for paper in before if paper}
    return "; ".join(named.values())


def _paper(
    framework_id: int, one: ToWrite, terms: rules.Terms, *, by: Person, at: datetime
) -> Paper:
    writing = rules.writing(terms)
    pdf = typesetting.as_pdf(writing, at=at)
    return Paper(
        ref=one.ref,
        provider_id=one.provider_id,
        framework_id=framework_id,
        version=one.version,
        writing=writing.as_json(),
        wording=rules.WORDING,
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        because=one.because,
        issued_by_id=by.pk,
        issued_at=at,
    )


def _refuse_open_change(transition_ids: Collection[int | None]) -> None:
    settled = TransitionChange.objects.filter(stage__in=[Stage.UNDONE, Stage.CONFIRMED])
    open_ones = Transition.objects.filter(
        pk__in=[one for one in transition_ids if one is not None]
    ).exclude(pk__in=settled.values("transition"))
    if open_ones.exists():
        raise ChangeNotConfirmed
