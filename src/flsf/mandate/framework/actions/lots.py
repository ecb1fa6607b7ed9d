"""The only writes of lots."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.money import Money, is_fair_price
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.framework import rules
from flsf.mandate.framework.enums import Tag
from flsf.mandate.framework.models import Framework, Lot, LotVersion
from flsf.mandate.framework.rules import LotTerms, NewLot
from flsf.shared.audit import actions as audit

USUAL_TERMS = LotTerms()


class LotCodeTaken(Refusal):
    says = "This framework already has a lot with that code."


class AgesOutOfOrder(Refusal):
    says = "The lowest age must not be above the highest age."


class NoWayToBuy(Refusal):
    says = "Allow at least one of direct award, mini-competition and block purchase."


class PriceCapNotFair(Refusal):
    says = "Enter a price cap that is more than nothing and at most £1,000,000, or leave it empty."


@transaction.atomic
def open_lot(
    *,
    framework_id: int,
    code: str,
    name: str,
    terms: LotTerms = USUAL_TERMS,
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
    if terms.price_cap_pence is not None and not is_fair_price(Money(terms.price_cap_pence)):
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
