from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from flsf.casework.children import queries as children
from flsf.casework.timetable.enums import Hold
from flsf.core import half_days
from flsf.core.people import Person


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the child sees the child's week."""
        return self.filter(child__in=children.visible_ids(person, on=on))

    def overlapping(self, first_day: date, last_day: date | None) -> Self:
        """Those in force on any day of the period; no last day means for good."""
        found = self.filter(Q(until=None) | Q(until__gte=first_day))
        return found if last_day is None else found.filter(since__lte=last_day)


class Booking(models.Model):
    """One half-day of every school week for which a child is booked with a service.

    It is at once a row of the child's week and a place taken at the service: so the two
    cannot disagree, and places are counted where they are locked.
    """

    child = models.ForeignKey("casework.Child", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("market.Service", on_delete=models.PROTECT, related_name="+")
    half_day = models.PositiveSmallIntegerField()  # core.half_days index
    minutes = models.PositiveSmallIntegerField()  # of education or support in that half-day
    since = models.DateField()
    until = models.DateField(null=True)  # the last day; null: no end agreed
    hold = models.CharField(max_length=10, choices=Hold)
    award_ref = models.CharField(max_length=12)

    objects = BookingQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["service", "half_day"], name="booking_by_service"),
            models.Index(fields=["child", "half_day"], name="booking_by_child"),
            models.Index(fields=["award_ref"], name="booking_by_award"),
        )
        constraints = (
            models.CheckConstraint(
                name="booking_in_the_week", condition=Q(half_day__lt=len(half_days.WEEK))
            ),
            models.CheckConstraint(
                name="booking_dates_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="booking_minutes_sensible", condition=Q(minutes__gt=0, minutes__lte=300)
            ),
        )

    def __str__(self) -> str:
        return f"{self.award_ref} {half_days.WEEK[self.half_day]}"
