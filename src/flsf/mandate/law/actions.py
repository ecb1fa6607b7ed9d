"""The only writes of the numbers the law sets."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.law.enums import Key, Tag
from flsf.mandate.law.models import Provision
from flsf.shared.audit import actions as audit


class AlreadySet(Refusal):
    says = "A value from that day is already recorded. Choose another day."


@transaction.atomic
def set_value(
    *, key: Key, value: int, in_force_from: date, source: str, by: Person, at: datetime
) -> Provision:
    """From that day the number has this value; what it was before stays. Raises AlreadySet."""
    latest = Provision.objects.filter(key=key).latest("in_force_from")
    provision, is_new = Provision.objects.get_or_create(
        key=key,
        in_force_from=in_force_from,
        defaults={"value": value, "unit": latest.unit, "words": latest.words, "source": source},
    )
    if not is_new:
        raise AlreadySet
    audit.record(
        tag=Tag.SET,
        subject=f"provision {key}",
        details={"value": value, "from": in_force_from.isoformat()},
        by=by,
        at=at,
    )
    return provision
