"""The only writes of frameworks and lots."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.core.refusals import Refusal
from flsf.mandate.framework import rules
from flsf.mandate.framework.enums import Tag
from flsf.mandate.framework.models import Framework, Lot
from flsf.shared.audit import actions as audit


class BeyondTermCap(Refusal):
    says = "That would run past the longest term Cabinet approved."


class LotCodeTaken(Refusal):
    says = "This framework already has a lot with that code."


@transaction.atomic
def establish(
    *,
    name: str,
    starts_on: date,
    initial_years: int,
    extension_years_allowed: int,
    by: Person,
    at: datetime,
) -> Framework:
    """A framework exists, with the term Cabinet approved. Raises BeyondTermCap."""
    if not rules.is_within_cap(initial_years, extension_years_allowed):
        raise BeyondTermCap
    framework = Framework.objects.create(
        ref=new_ref("F"),
        name=name,
        starts_on=starts_on,
        initial_years=initial_years,
        extension_years_allowed=extension_years_allowed,
    )
    audit.record(
        tag=Tag.ESTABLISHED,
        subject=f"framework {framework.pk}",
        details={"name": name, "last_day": framework.term.last_day.isoformat()},
        by=by,
        at=at,
    )
    return framework


@transaction.atomic
def open_lot(*, framework_id: int, code: str, name: str, by: Person, at: datetime) -> Lot:
    """Providers may apply for the lot. Raises LotCodeTaken."""
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    if framework.lots.filter(code=code).exists():
        raise LotCodeTaken
    lot = Lot.objects.create(
        framework=framework, code=code, name=name, in_force_from=framework.starts_on
    )
    audit.record(
        tag=Tag.LOT_OPENED,
        subject=f"lot {lot.pk}",
        details={"framework": framework.name, "code": code},
        by=by,
        at=at,
    )
    return lot


@transaction.atomic
def extend(*, framework_id: int, years: int, by: Person, at: datetime) -> Framework:
    """The framework runs that many years longer. Raises BeyondTermCap."""
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    if not rules.may_extend(framework.term, years):
        raise BeyondTermCap
    framework.extension_years_granted += years
    framework.save(update_fields=["extension_years_granted"])
    audit.record(
        tag=Tag.EXTENDED,
        subject=f"framework {framework.pk}",
        details={"years": years, "last_day": framework.term.last_day.isoformat()},
        by=by,
        at=at,
    )
    return framework
