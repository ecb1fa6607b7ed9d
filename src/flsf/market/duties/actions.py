"""The only writes of where the Local Offer says what it must."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.duties.enums import Tag
from flsf.market.duties.models import Duty, DutyCheck
from flsf.shared.audit import actions as audit


class SayWhere(Refusal):
    says = "Say where it is published."


class NoSuchItem(Refusal):
    says = "There is no item with that number."


@transaction.atomic
def note_check(
    *,
    number: int,
    is_published: bool,
    where: str = "",
    link: str = "",
    note: str = "",
    by: Person,
    at: datetime,
) -> None:
    """Somebody looked for it today: it is there, or it is missing; what was found before stays.

    Raises SayWhere and NoSuchItem.
    """
    duty = Duty.objects.filter(number=number, until=None).first()
    if duty is None:
        raise NoSuchItem
    if is_published and not where.strip():
        raise SayWhere
    DutyCheck.objects.create(
        duty=duty,
        is_published=is_published,
        where=where.strip() if is_published else "",
        link=link.strip() if is_published else "",
        note=note.strip(),
        checked_on=london_day(at),
        checked_by_id=by.pk,
    )
    audit.record(
        tag=Tag.CHECKED,
        subject=f"local offer item {number}",
        details={"is_published": is_published},
        by=by,
        at=at,
    )
