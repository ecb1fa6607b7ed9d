"""The only writes of promises, of plans for the climate and of what was delivered."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.promises import queries, rules
from flsf.market.promises.enums import Measure, Outcome, Tag
from flsf.market.promises.models import ClimatePlan, Promise, ReportReminder, ValueReport
from flsf.market.promises.rules import NewPlan, NewReport
from flsf.market.providers import queries as providers
from flsf.shared.audit import actions as audit


class NumberNotSensible(Refusal):
    says = f"Enter whole numbers from 0 to {rules.MOST:,}."


class NothingPromised(Refusal):
    says = "Enter a number for at least one of them."


class SourceMissing(Refusal):
    says = "Enter where it is written that they promised it."


class WordsMissing(Refusal):
    says = "Enter what you do."


class YearNotSensible(Refusal):
    says = "Enter this year or a later one, or leave it empty."


class EvidenceMissing(Refusal):
    says = "Say what shows it."


class YearToCome(Refusal):
    says = "That school year has not begun."


class NeedsAPerson(Refusal):
    says = "A named person does this. Sign in."


class StillWaiting(Refusal):
    says = "The council is looking at your last report of that year. Wait for its answer."


class AlreadyDecided(Refusal):
    says = "Somebody has looked at this report already."


class ReasonMissing(Refusal):
    says = "Say what is missing, so that they can mend it."


@transaction.atomic
def promise(
    *,
    provider_id: int,
    amounts: Mapping[Measure, int],
    since: date,
    made_in: str,
    by: Person,
    at: datetime,
) -> None:
    """The provider promises so many of each measure named in each school year from that day on.

    Raises NothingPromised, NumberNotSensible and SourceMissing.
    """
    if not amounts:
        raise NothingPromised
    if not made_in.strip():
        raise SourceMissing
    promise_many(
        promised={provider_id: amounts}, since=since, made_in={provider_id: made_in.strip()},
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def promise_many(
    *,
    promised: Mapping[int, Mapping[Measure, int]],
    since: date,
    made_in: Mapping[int, str],
    by: Person,
    at: datetime,
) -> int:
    """As promise of many providers, by their ids. Returns how many promises there are now more.

    Raises NumberNotSensible.
    """
    if not all(rules.amounts_fit(one) for one in promised.values()):
        raise NumberNotSensible
    made = Promise.objects.bulk_create(
        Promise(
            provider_id=pk,
            measure=measure,
            amount=amount,
            since=since,
            made_in=made_in[pk],
            recorded_by_id=by.pk,
            recorded_at=at,
        )
        for pk, amounts in sorted(promised.items())
        for measure, amount in amounts.items()
    )
    refs = providers.refs(list(promised))
    entries = [
        (f"provider {refs[pk]}", {one.value: many for one, many in amounts.items()})
        for pk, amounts in sorted(promised.items())
        if amounts
    ]
    audit.record_many(tag=Tag.PROMISED, entries=entries, by=by, at=at)
    return len(made)


@transaction.atomic
def tell_plan(
    *, provider_id: int, plan: NewPlan, told_in: str, by: Person, at: datetime
) -> ClimatePlan:
    """What the provider does for the climate is on record, as said today.

    Raises WordsMissing and YearNotSensible.
    """
    [made] = tell_plans(plans={provider_id: plan}, told_in={provider_id: told_in}, by=by, at=at)
    return made


@transaction.atomic
def tell_plans(
    *, plans: Mapping[int, NewPlan], told_in: Mapping[int, str], by: Person, at: datetime
) -> list[ClimatePlan]:
    """As tell_plan of many providers, by their ids."""
    day = london_day(at)
    for one in plans.values():
        if not one.words.strip():
            raise WordsMissing
        if not rules.is_plan_year(one.net_zero_by, on=day):
            raise YearNotSensible
    made = ClimatePlan.objects.bulk_create(
        ClimatePlan(
            provider_id=pk,
            words=one.words.strip(),
            net_zero_by=one.net_zero_by,
            told_on=day,
            told_in=told_in[pk],
            recorded_by_id=by.pk,
            recorded_at=at,
        )
        for pk, one in sorted(plans.items())
    )
    refs = providers.refs(list(plans))
    entries = [
        (f"provider {refs[pk]}", {"net_zero_by": plans[pk].net_zero_by}) for pk in sorted(plans)
    ]
    audit.record_many(tag=Tag.PLAN_TOLD, entries=entries, by=by, at=at)
    return made


@transaction.atomic
def report(*, provider_id: int, report: NewReport, by: Person, at: datetime) -> ValueReport:
    """What the provider says it delivered waits for somebody of the council.

    A later report of the same year says the whole of it anew. Raises NeedsAPerson,
    NumberNotSensible, EvidenceMissing, YearToCome and StillWaiting.
    """
    if by.pk is None:
        raise NeedsAPerson
    if not rules.amounts_fit(report.amounts):
        raise NumberNotSensible
    if not report.evidence.strip():
        raise EvidenceMissing
    if report.year > london_day(at):
        raise YearToCome
    try:
        with transaction.atomic():
            made = ValueReport.objects.create(
                provider_id=provider_id,
                year=rules.year_of(report.year),
                amounts={one.value: many for one, many in report.amounts.items()},
                evidence=report.evidence.strip(),
                climate=report.climate.strip(),
                document_ref=report.document_ref,
                reported_by_id=by.pk,
                reported_at=at,
            )
    except IntegrityError as error:
        raise StillWaiting from error
    _record(Tag.REPORTED, made, by=by, at=at)
    return made


@transaction.atomic
def decide(
    *, report_id: int, outcome: Outcome, words: str, by: Person, at: datetime
) -> ValueReport:
    """The report counts, or goes back with what is missing.

    Raises NeedsAPerson, AlreadyDecided and ReasonMissing.
    """
    if by.pk is None:
        raise NeedsAPerson
    one = ValueReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    if one.outcome:
        raise AlreadyDecided
    if outcome is Outcome.SENT_BACK and not words.strip():
        raise ReasonMissing
    one.outcome, one.words = outcome, words.strip()
    one.decided_by_id, one.decided_at = by.pk, at
    one.save(update_fields=["outcome", "words", "decided_by", "decided_at"])
    _record(Tag.ACCEPTED if outcome is Outcome.ACCEPTED else Tag.SENT_BACK, one, by=by, at=at)
    return one


@transaction.atomic
def note_reminded(*, written_to: Mapping[int, int], by: Person, at: datetime) -> list[int]:
    """Of those providers, by how many are written to there, those that are reminded today of the
    report of the last school year: each that is due it, once. Asked again it notes nobody.
    """
    day = london_day(at)
    due = sorted(queries.to_remind(list(written_to), on=day))
    year = rules.year_before(day)
    ReportReminder.objects.bulk_create(
        ReportReminder(provider_id=pk, year=year, reminded_on=day, written_to=written_to[pk])
        for pk in due
    )
    refs = providers.refs(due)
    entries = [(f"provider {refs[pk]}", {"year": year.isoformat()}) for pk in due]
    audit.record_many(tag=Tag.REMINDED, entries=entries, by=by, at=at)
    return due


def _record(tag: Tag, one: ValueReport, *, by: Person, at: datetime) -> None:
    ref = providers.refs([one.provider_id])[one.provider_id]
    details = {"year": one.year.isoformat()}
    audit.record(tag=tag, subject=f"provider {ref}", details=details, by=by, at=at)
