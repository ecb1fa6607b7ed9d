from typing import Self

from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.shared.calendars.enums import Nation


class BankHolidayQuerySet(models.QuerySet["BankHoliday"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: they are public holidays."""
        return self


class BankHoliday(models.Model):
    nation = models.CharField(max_length=20, choices=Nation)
    day = models.DateField()
    title = models.CharField(max_length=100)

    objects = BankHolidayQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["nation", "day"], name="bank_holiday_once"),)

    def __str__(self) -> str:
        return f"{self.title}, {self.day}"


class TermQuerySet(models.QuerySet["Term"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: term dates are published."""
        return self


class Term(models.Model):
    """Days on which schools are open. Half-terms are two rows with a gap between.

    Without a school it is the council's own calendar, which holds for every school
    that has none of its own.
    """

    school = models.ForeignKey(
        "shared.School", on_delete=models.CASCADE, null=True, related_name="+"
    )
    name = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school", "first_day"], name="term_begins_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="term_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.first_day} to {self.last_day}"


class ClosureQuerySet(models.QuerySet["Closure"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: schools tell families when they are shut."""
        return self


class Closure(models.Model):
    """A day within a term on which a school, or with no school every school, has no pupils."""

    school = models.ForeignKey(
        "shared.School", on_delete=models.CASCADE, null=True, related_name="+"
    )
    day = models.DateField()
    reason = models.CharField(max_length=60)  # "INSET day"

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school", "day"], name="closure_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason}, {self.day}"
