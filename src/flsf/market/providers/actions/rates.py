"""What a unit of a service costs, from which day on."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from flsf.core.clock import london_day
from flsf.core.money import Money, is_fair_price
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.providers.enums import Tag
from flsf.market.providers.models import Rate, Service
from flsf.shared.audit import actions as audit


class PriceNotFair(Refusal):
    says = "Enter a price that is more than nothing and at most £1,000,000."


class AboveCap(Refusal):
    says = "That is above the most the framework pays in this lot. Enter a lower price."


class Backdated(Refusal):
    says = "A new price cannot begin on a day that has passed. Choose today or later."


class RateAlreadySet(Refusal):
    says = "A price from that day is already set. Choose another day."


@transaction.atomic
def set_rate(
    *, service_id: int, rate: Money, in_force_from: date, by: Person, at: datetime
) -> Rate:
    """From that day one unit costs this much, net of VAT; earlier prices are kept (S282).

    Awards made before keep the price agreed; where the new one is lower, they take it.
    Raises PriceNotFair, AboveCap, Backdated and RateAlreadySet.
    """
    service = (
        Service.objects.select_for_update(of=("self",)).select_related("lot").get(pk=service_id)
    )
    if not is_fair_price(rate):
        raise PriceNotFair
    cap = service.lot.price_cap_pence
    if cap is not None and rate.pence > cap:
        raise AboveCap
    if in_force_from < london_day(at):
        raise Backdated
    try:
        with transaction.atomic():
            made = Rate.objects.create(
                service=service,
                pence=rate.pence,
                in_force_from=in_force_from,
                set_by_id=by.pk,
                set_at=at,
            )
    except IntegrityError as error:
        raise RateAlreadySet from error
    audit.record(
        tag=Tag.RATE_SET,
        subject=f"service {service.ref}",
        details={"pence": rate.pence, "from": in_force_from.isoformat()},
        by=by,
        at=at,
    )
    return made
