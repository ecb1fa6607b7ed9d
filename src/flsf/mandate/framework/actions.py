"""The only writes of frameworks and lots."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.core.refusals import Refusal
from flsf.mandate.framework import rules
from flsf.mandate.framework.enums import CommercialModel, Tag
from flsf.mandate.framework.models import Framework, Lot, LotVersion
from flsf.mandate.framework.rules import LotTerms, NewLot
from flsf.shared.audit import actions as audit


class BeyondTermCap(Refusal):
    says = "That would run past the longest term Cabinet approved."


class LotCodeTaken(Refusal):
    says = "This framework already has a lot with that code."


class CeilingNotFair(Refusal):
    says = "Enter a ceiling that is more than nothing, or leave it empty."


class AgesOutOfOrder(Refusal):
    says = "The lowest age must not be above the highest age."


class NoWayToBuy(Refusal):
    says = "Allow at least one of direct award, mini-competition and block purchase."


class PriceCapNotFair(Refusal):
    says = "Enter a price cap that is more than nothing, or leave it empty."


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
        ref=new_ref("F"),
        name=name,
        commercial_model=commercial_model,
        starts_on=starts_on,
        initial_years=initial_years,
        extension_years_allowed=extension_years_allowed,
        ceiling_pence=_ceiling_pence(ceiling),
        call_off_method=call_off_method,
        decided_by_body=decided_by_body,
        decided_on=decided_on,
        minute=minute,
    )
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
    commercial_model: CommercialModel,
    ceiling: Money | None,
    call_off_method: str,
    decided_by_body: str,
    decided_on: date | None,
    minute: str,
    by: Person,
    at: datetime,
) -> Framework:
    """The framework reads so from now on; the record keeps what it said before.

    Its first day and years are not changed but by extend. Raises CeilingNotFair.
    """
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    after = {
        "name": name,
        "commercial_model": commercial_model.value,
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
    if changed:
        subject = f"framework {framework.ref}"
        audit.record(tag=Tag.CHANGED, subject=subject, details=changed, by=by, at=at)
    return framework


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
        subject=f"framework {framework.ref}",
        details={"years": years, "last_day": framework.term.last_day.isoformat()},
        by=by,
        at=at,
    )
    return framework


@transaction.atomic
def open_lot(
    *,
    framework_id: int,
    code: str,
    name: str,
    terms: LotTerms = LotTerms(),  # noqa: B008 - a frozen value
    by: Person,
    at: datetime,
) -> Lot:
    """Providers may apply for the lot from the framework's first day.

    Raises LotCodeTaken, AgesOutOfOrder, NoWayToBuy and PriceCapNotFair.
    """
    return open_lots(framework_id=framework_id, lots=[NewLot(code, name, terms)], by=by, at=at)[0]


@transaction.atomic
def open_lots(
    *, framework_id: int, lots: Sequence[NewLot] = rules.DEFAULT_LOTS, by: Person, at: datetime
) -> list[Lot]:
    """As open_lot for several, all or none: by default the lots councils usually publish."""
    framework = Framework.objects.select_for_update().get(pk=framework_id)
    codes = [one.code for one in lots]
    if len(set(codes)) < len(codes) or framework.lots.filter(code__in=codes).exists():
        raise LotCodeTaken
    for one in lots:
        _check(one.terms)
    opened = Lot.objects.bulk_create(
        Lot(
            framework=framework,
            code=one.code,
            name=one.name,
            in_force_from=framework.starts_on,
            **asdict(one.terms),
        )
        for one in lots
    )
    LotVersion.objects.bulk_create(
        _version(lot, framework.starts_on, by=by, at=at) for lot in opened
    )
    audit.record(
        tag=Tag.LOT_OPENED,
        subject=f"framework {framework.ref}",
        details={"codes": codes},
        by=by,
        at=at,
    )
    return opened


@transaction.atomic
def change_lot(*, lot_id: int, name: str, terms: LotTerms, by: Person, at: datetime) -> Lot:
    """From today the lot has this name and these terms; what they were is kept.

    Awards already made keep the terms they were made on. Raises AgesOutOfOrder, NoWayToBuy
    and PriceCapNotFair.
    """
    _check(terms)
    lot = Lot.objects.select_for_update(of=("self",)).select_related("framework").get(pk=lot_id)
    differing = {
        term: list(map(str, pair)) for term, pair in terms.differing_from(lot.terms).items()
    }
    if lot.name == name and not differing:
        return lot
    lot.name = name
    for term, value in asdict(terms).items():
        setattr(lot, term, value)
    lot.save()
    _version(lot, max(london_day(at), lot.in_force_from), by=by, at=at).save()
    audit.record(
        tag=Tag.LOT_CHANGED,
        subject=f"lot {lot.code}",
        details={"framework": lot.framework.ref, "changed": differing},
        by=by,
        at=at,
    )
    return lot


def _check(terms: LotTerms) -> None:
    if not rules.ages_in_order(terms):
        raise AgesOutOfOrder
    if not terms.can_be_bought:
        raise NoWayToBuy
    if terms.price_cap_pence is not None and terms.price_cap_pence < 1:
        raise PriceCapNotFair


def _version(lot: Lot, in_force_from: date, *, by: Person, at: datetime) -> LotVersion:
    return LotVersion(
        lot=lot,
        in_force_from=in_force_from,
        name=lot.name,
        terms=asdict(lot.terms),
        changed_by_id=by.pk,
        changed_at=at,
    )


def _ceiling_pence(ceiling: Money | None) -> int | None:
    if ceiling is not None and ceiling <= Money(0):
        raise CeilingNotFair
    return None if ceiling is None else ceiling.pence


def _plain(value: object) -> str | int | None:
    return value if isinstance(value, str | int | None) else str(value)
