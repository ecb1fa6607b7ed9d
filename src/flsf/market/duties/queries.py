"""Reads of what must be published, and where it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flsf.market.duties import rules
from flsf.market.duties.enums import Standing
from flsf.market.duties.models import Duty, DutyCheck


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that must be published, and what was found when it was last looked for."""

    number: int
    words: str
    source: str
    standing: Standing
    where: str
    link: str
    note: str
    checked_on: date | None
    checked_by: str
    in_force_from: date

    @property
    def told_on(self) -> date:
        """The day since which it reads as it does: asked for by law, or last looked for."""
        return max(self.in_force_from, self.checked_on or self.in_force_from)


def checklist(on: date) -> list[Item]:
    """Everything that must be published on a day, in its order. Two queries."""
    duties = list(
        Duty.objects.filter(in_force_from__lte=on).exclude(until__lte=on).order_by("number")
    )
    latest = {
        one.duty_id: one
        for one in DutyCheck.objects.filter(checked_on__lte=on)
        .select_related("checked_by")
        .order_by("checked_on", "pk")
    }
    return [_item(one, latest.get(one.pk), on) for one in duties]


def item(number: int, *, on: date) -> Item | None:
    """One of them by its number."""
    return next((one for one in checklist(on) if one.number == number), None)


def history(number: int) -> Sequence[DutyCheck]:
    """Every time somebody looked for it, the latest first."""
    found = DutyCheck.objects.filter(duty__number=number).select_related("checked_by")
    return list(found.order_by("-checked_on", "-pk"))


def _item(duty: Duty, check: DutyCheck | None, on: date) -> Item:
    return Item(
        number=duty.number,
        words=duty.words,
        source=duty.source,
        standing=rules.standing(
            is_published=bool(check and check.is_published),
            checked_on=check.checked_on if check else None,
            on=on,
        ),
        where=check.where if check else "",
        link=check.link if check else "",
        note=check.note if check else "",
        checked_on=check.checked_on if check else None,
        checked_by=check.checked_by.name if check and check.checked_by else "",
        in_force_from=duty.in_force_from,
    )
