"""Reads of concerns: for the safeguarding lead, and nobody else."""

from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from flsf.core.people import Person
from flsf.oversight.concerns.enums import Status
from flsf.oversight.concerns.models import Concern, Step

ORDER = (Status.NEW, Status.BEING_HANDLED, Status.CLOSED)


def inbox(*, person: Person, on: date, status: Status | None = None) -> QuerySet[Concern]:
    """The concerns this person may read: danger first, then new ones, the oldest first."""
    found = Concern.objects.visible_to(person, on=on)
    if status is not None:
        found = found.filter(status=status)
    stage = Case(
        *(When(status=one, then=Value(number)) for number, one in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    return (
        found.select_related("child", "placement__provider", "raised_by", "handled_by")
        .annotate(stage=stage)
        .order_by("stage", "-in_danger_now", "-is_about_an_adult", "raised_at")
    )


def with_ref(ref: str, *, person: Person, on: date) -> Concern | None:
    """The concern, if there is one and this person may read it."""
    return inbox(person=person, on=on).filter(ref=ref).first()


def steps(concern_id: int, *, person: Person, on: date) -> QuerySet[Step]:
    """What was done about it, in order, for whoever may read it."""
    visible = Concern.objects.visible_to(person, on=on).filter(pk=concern_id)
    return Step.objects.filter(concern__in=visible).select_related("by").order_by("at", "pk")
