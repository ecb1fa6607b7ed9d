"""The only write of what the council says of itself."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.shared.audit import actions as audit
from flsf.shared.council import rules
from flsf.shared.council.enums import Tag
from flsf.shared.council.models import Told
from flsf.shared.council.rules import Particulars


class NoName(Refusal):
    says = "Enter the council's name: it stands on every page."


class NotUsable(Refusal):
    says = "That cannot be used."

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def __str__(self) -> str:
        return self.why


class NotAColour(NotUsable):
    says = "That colour cannot be used."


class NotANumber(NotUsable):
    says = "Nobody could call that telephone number."


@transaction.atomic
def tell(*, particulars: Particulars, by: Person, at: datetime) -> None:
    """The council appears so from now on; what it said before is kept.

    Raises NoName, NotAColour and NotANumber.
    """
    if not particulars.name.strip():
        raise NoName
    if trouble := rules.colour_trouble(particulars.colour):
        raise NotAColour(trouble)
    for number in (particulars.phone, particulars.duty_phone):
        if trouble := rules.phone_trouble(number):
            raise NotANumber(trouble)
    told = Told.objects.create(**asdict(particulars), told_at=at)
    details = {name: value for name, value in asdict(particulars).items() if value}
    audit.record(tag=Tag.TOLD, subject=f"council {told.pk}", details=details, by=by, at=at)
