"""The only writes of a framework: its term, ceiling and published method."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries, rules
from flsf.mandate.framework.enums import CommercialModel, PublishedKind, Tag
from flsf.mandate.framework.models import Extension, Framework, ModelSetting, Published
from flsf.shared.audit import actions as audit

NOT_STATED = "Not stated"


class BeyondTermCap(Refusal):
    says = "That would run past the longest term Cabinet approved."


class BeyondLegalTerm(Refusal):
    says = "The law does not let a framework of this kind run so long."


class ApprovalMissing(Refusal):
    says = "Enter who approved it and why."


class ApprovedLater(Refusal):
    says = "The approval is dated after today. Enter the day on which it was approved."


class CeilingNotFair(Refusal):
    says = "Enter a ceiling that is more than nothing, or leave it empty."


@transaction.atomic
def establish(
    *,
    name: str,
    starts_on: date,
    initial_years: int,
    extension_years_allowed: int,
    commercial_model: CommercialModel = CommercialModel.PSEUDO_DPS,
    ceiling: Money | None = None,
    call_off_method: str = rules.DEFAULT_CALL_OFF_METHOD,
    decided_by_body: str = "",
    decided_on: date | None = None,
    minute: str = "",
    by: Person,
    at: datetime,
) -> Framework:
    """A framework exists, with the term Cabinet approved.

    The ceiling is the most that may ever be called off, VAT included. Raises BeyondTermCap
    and CeilingNotFair.
    """
    if not rules.is_within_cap(initial_years, extension_years_allowed):
        raise BeyondTermCap
    framework = Framework.objects.create(
        ref=unused_ref("F", Framework.objects),
        name=name,
        starts_on=starts_on,
        initial_years=initial_years,
        extension_years_allowed=extension_years_allowed,
        ceiling_pence=_ceiling_pence(ceiling),
        call_off_method=call_off_method,
        decided_by_body=decided_by_body,
        decided_on=decided_on,
        minute=minute,
    )
    ModelSetting.objects.create(
        framework=framework,
        model=commercial_model,
        in_force_from=starts_on,
        authority=decided_by_body or NOT_STATED,
        reason="As the framework was established",
        decided_by_id=by.pk,
        decided_at=at,
    )
    _publish_method(framework, max(london_day(at), starts_on), by=by, at=at)
    audit.record(
        tag=Tag.ESTABLISHED,
        subject=f"framework {framework.ref}",
        details={"last_day": framework.term.last_day.isoformat()},
        by=by,
        at=at,
    )
    return framework


@transaction.atomic
def change(
    *,
    framework_id: int,
    name: str,
    ceiling: Money | None,
    call_off_method: str,
    decided_by_body: str,
    decided_on: date | None,
    minute: str,
    by: Person,
    at: datetime,
) -> Framework:
    """The framework reads so from now on; the record keeps what it said before.

    Its first day and years are not changed but by extend, its commercial model by set_model.
    A changed call-off method is published as its next version. Raises CeilingNotFair.
    """
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    after = {
        "name": name,
        "ceiling_pence": _ceiling_pence(ceiling),
        "call_off_method": call_off_method,
        "decided_by_body": decided_by_body,
        "decided_on": decided_on,
        "minute": minute,
    }
    before = {field: getattr(framework, field) for field in after}
    for field, value in after.items():
        setattr(framework, field, value)
    framework.save(update_fields=list(after))
    changed = {
        field: {"before": _plain(before[field]), "after": _plain(after[field])}
        for field in after
        if before[field] != after[field]
    }
    if "call_off_method" in changed:
        _publish_method(framework, london_day(at), by=by, at=at)
    if changed:
        subject = f"framework {framework.ref}"
        audit.record(tag=Tag.CHANGED, subject=subject, details=changed, by=by, at=at)
    return framework


@transaction.atomic
def extend(
    *,
    framework_id: int,
    years: int,
    approved_by: str,
    approved_on: date,
    reason: str,
    by: Person,
    at: datetime,
) -> Framework:
    """The framework runs that many years longer, as the Director approved (S44).

    Raises BeyondTermCap, BeyondLegalTerm, ApprovalMissing and ApprovedLater.
    """
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    if not approved_by.strip() or not reason.strip():
        raise ApprovalMissing
    if approved_on > london_day(at):
        raise ApprovedLater
    if not rules.may_extend(framework.term, years):
        raise BeyondTermCap
    framework.extension_years_granted += years
    if framework.term.last_day > queries.longest_term(framework, on=london_day(at)):
        raise BeyondLegalTerm
    framework.save(update_fields=["extension_years_granted"])
    Extension.objects.create(
        framework=framework,
        years=years,
        last_day=framework.term.last_day,
        approved_by=approved_by.strip(),
        approved_on=approved_on,
        reason=reason.strip(),
        recorded_by_id=by.pk,
        recorded_at=at,
    )
    audit.record(
        tag=Tag.EXTENDED,
        subject=f"framework {framework.ref}",
        details={"years": years, "last_day": framework.term.last_day.isoformat()},
        by=by,
        at=at,
    )
    return framework


def _publish_method(framework: Framework, in_force_from: date, *, by: Person, at: datetime) -> None:
    if not framework.call_off_method.strip():
        return
    kind = PublishedKind.CALL_OFF_METHOD
    Published.objects.create(
        framework=framework,
        kind=kind,
        version=framework.published.filter(kind=kind).count() + 1,
        in_force_from=in_force_from,
        text=framework.call_off_method,
        published_by_id=by.pk,
        published_at=at,
    )


def _ceiling_pence(ceiling: Money | None) -> int | None:
    if ceiling is not None and ceiling <= Money(0):
        raise CeilingNotFair
    return None if ceiling is None else ceiling.pence


def _plain(value: object) -> str | int | None:
    return value if isinstance(value, str | int | None) else str(value)
