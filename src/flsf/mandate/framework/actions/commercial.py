"""The only writes of a framework's commercial model and of what it publishes of its criteria."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries
from flsf.mandate.framework.enums import CommercialModel, PublishedKind, Tag
from flsf.mandate.framework.models import Framework, ModelSetting, Published
from flsf.shared.audit import actions as audit


class SameModel(Refusal):
    says = "The framework already works so on that day. Choose another commercial model."


class ModelInThePast(Refusal):
    says = "A commercial model begins today or later: what was bought before stays as it was."


class ModelOutsideTerm(Refusal):
    says = "The framework is not running on that day."


class ModelReasonMissing(Refusal):
    says = "Enter who decided it and why."


class TermTooLongForModel(Refusal):
    says = "The framework's term is longer than the law allows under that commercial model."


class ModelFollowed(Refusal):
    says = "Another commercial model has been set since. Take that one back first."


class AlreadyWithdrawn(Refusal):
    says = "That change has been taken back already."


class CriteriaMissing(Refusal):
    says = "Enter at least one criterion."


class CriteriaInThePast(Refusal):
    says = "Criteria begin today or later: whoever has applied is judged by those they read."


class CriteriaUnchanged(Refusal):
    says = "These are the criteria in force already."


class MeasuresMissing(Refusal):
    says = "Enter at least one measure."


class NotAnOpenFramework(Refusal):
    says = "Only an open framework reopens. This one works by another model on that day."


class MeasuresInThePast(Refusal):
    says = "Measures begin today or later: agreements that were issued keep theirs."


class MeasuresUnchanged(Refusal):
    says = "These are the measures in force already."


TAG = {
    PublishedKind.CRITERIA: Tag.CRITERIA_PUBLISHED,
    PublishedKind.MEASURES: Tag.MEASURES_PUBLISHED,
}
MISSING = {PublishedKind.CRITERIA: CriteriaMissing, PublishedKind.MEASURES: MeasuresMissing}
IN_THE_PAST = {PublishedKind.CRITERIA: CriteriaInThePast, PublishedKind.MEASURES: MeasuresInThePast}
UNCHANGED = {PublishedKind.CRITERIA: CriteriaUnchanged, PublishedKind.MEASURES: MeasuresUnchanged}


@transaction.atomic
def set_model(
    *,
    framework_id: int,
    model: CommercialModel,
    in_force_from: date,
    authority: str,
    reason: str,
    by: Person,
    at: datetime,
) -> ModelSetting:
    """From that day the framework works by that commercial model; what it was is kept.

    Raises ModelReasonMissing, ModelInThePast, ModelOutsideTerm, SameModel and
    TermTooLongForModel.
    """
    framework = _locked(framework_id)
    if not authority.strip() or not reason.strip():
        raise ModelReasonMissing
    if in_force_from < london_day(at):
        raise ModelInThePast
    if not framework.term.contains(in_force_from):
        raise ModelOutsideTerm
    if queries.model_on(framework_id, on=in_force_from) is model:
        raise SameModel
    longest = queries.longest_term_under(model, framework, since=in_force_from)
    if framework.term.last_day > longest:
        raise TermTooLongForModel
    return _set(framework, model, in_force_from, authority, reason, Tag.MODEL_SET, by=by, at=at)


@transaction.atomic
def reopen(
    *,
    framework_id: int,
    in_force_from: date,
    authority: str,
    reason: str,
    by: Person,
    at: datetime,
) -> ModelSetting:
    """From that day the open framework is awarded anew, and the next reopening counts from it.

    The scheme still ends when it would have (section 49; rule P15). Raises ModelReasonMissing,
    ModelInThePast, ModelOutsideTerm and NotAnOpenFramework.
    """
    framework = _locked(framework_id)
    if not authority.strip() or not reason.strip():
        raise ModelReasonMissing
    if in_force_from < london_day(at):
        raise ModelInThePast
    if not framework.term.contains(in_force_from):
        raise ModelOutsideTerm
    model = CommercialModel.OPEN_FRAMEWORK
    if queries.model_on(framework_id, on=in_force_from) is not model:
        raise NotAnOpenFramework
    return _set(framework, model, in_force_from, authority, reason, Tag.REOPENED, by=by, at=at)


def _set(
    framework: Framework,
    model: CommercialModel,
    in_force_from: date,
    authority: str,
    reason: str,
    tag: Tag,
    *,
    by: Person,
    at: datetime,
) -> ModelSetting:
    setting = ModelSetting.objects.create(
        framework=framework,
        model=model,
        in_force_from=in_force_from,
        authority=authority.strip(),
        reason=reason.strip(),
        decided_by_id=by.pk,
        decided_at=at,
    )
    audit.record(
        tag=tag,
        subject=f"framework {framework.ref}",
        details={"model": model.value, "from": in_force_from.isoformat()},
        by=by,
        at=at,
    )
    return setting


@transaction.atomic
def withdraw_model(*, setting_id: int, by: Person, at: datetime) -> None:
    """The framework works as it did before the setting, which stays in the history as taken back.

    Raises AlreadyWithdrawn and ModelFollowed.
    """
    framework = _locked(ModelSetting.objects.get(pk=setting_id).framework_id)
    setting = ModelSetting.objects.select_for_update(of=("self",)).get(pk=setting_id)
    if setting.withdrawn_at is not None:
        raise AlreadyWithdrawn
    if framework.model_settings.filter(withdrawn_at=None, pk__gt=setting.pk).exists():
        raise ModelFollowed
    setting.withdrawn_by_id, setting.withdrawn_at = by.pk, at
    setting.save(update_fields=["withdrawn_by", "withdrawn_at"])
    audit.record(
        tag=Tag.MODEL_WITHDRAWN,
        subject=f"framework {framework.ref}",
        details={"model": setting.model},
        by=by,
        at=at,
    )


@transaction.atomic
def publish_criteria(
    *, framework_id: int, criteria: Sequence[str], in_force_from: date, by: Person, at: datetime
) -> Published:
    """From that day applications are judged by these, as the next version; earlier ones stay.

    Raises CriteriaMissing, CriteriaInThePast and CriteriaUnchanged.
    """
    return _publish(framework_id, PublishedKind.CRITERIA, criteria, in_force_from, by=by, at=at)


@transaction.atomic
def publish_measures(
    *, framework_id: int, measures: Sequence[str], in_force_from: date, by: Person, at: datetime
) -> Published:
    """From that day agreements are issued with these measures of performance; earlier ones stay.

    Raises MeasuresMissing, MeasuresInThePast and MeasuresUnchanged.
    """
    return _publish(framework_id, PublishedKind.MEASURES, measures, in_force_from, by=by, at=at)


def _publish(
    framework_id: int,
    kind: PublishedKind,
    lines: Sequence[str],
    in_force_from: date,
    *,
    by: Person,
    at: datetime,
) -> Published:
    """The next version of what is published line by line."""
    framework = _locked(framework_id)
    text = "\n".join(line.strip() for line in lines if line.strip())
    if not text:
        raise MISSING[kind]
    if in_force_from < min(london_day(at), framework.starts_on):
        raise IN_THE_PAST[kind]
    before = framework.published.filter(kind=kind).order_by("version").last()
    if before is not None and before.text == text:
        raise UNCHANGED[kind]
    made = Published.objects.create(
        framework=framework,
        kind=kind,
        version=before.version + 1 if before else 1,
        in_force_from=in_force_from,
        text=text,
        published_by_id=by.pk,
        published_at=at,
    )
    audit.record(
        tag=TAG[kind],
        subject=f"framework {framework.ref}",
        details={"version": made.version, "from": in_force_from.isoformat()},
        by=by,
        at=at,
    )
    return made


def _locked(framework_id: int) -> Framework:
    return Framework.objects.select_for_update(no_key=True).get(pk=framework_id)
