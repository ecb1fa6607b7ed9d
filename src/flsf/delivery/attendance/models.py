from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.half_days import Half
from flsf.core.people import Person
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause, Source
from flsf.delivery.placements import queries as placements

HALVES = [(half.value, half.label) for half in Half]


class MarkQuerySet(models.QuerySet["Mark"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the placement sees what happened at its sessions."""
        return self.filter(placement__in=placements.visible_ids(person, on=on))


class Mark(models.Model):
    """What happened at one session: did it take place, did the child come, were they late.

    This is the mark as it stands; what it said before is kept in Correction.
    """

    # The constraint below begins with the placement, so an index of its own would only slow
    # down the loading of registers; nobody looks marks up by who made them.
    placement = models.ForeignKey(
        "delivery.Placement", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    half = models.CharField(max_length=2, choices=HALVES)
    held = models.BooleanField()
    not_held_because = models.CharField(max_length=20, choices=NotHeldBecause, blank=True)
    came = models.CharField(max_length=4, choices=Came)
    absent_because = models.CharField(max_length=20, choices=AbsentBecause, blank=True)
    minutes_late = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField()  # of support given; 0 when there was none
    is_extra = models.BooleanField(default=False)  # outside the agreed timetable
    agreed_by = models.CharField(max_length=200, blank=True)  # who agreed to an extra one
    school_code = models.CharField(max_length=2)  # as the school's register takes it
    note = models.TextField(blank=True)
    source = models.CharField(max_length=10, choices=Source)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    marked_at = models.DateTimeField()
    late_reason = models.CharField(max_length=200, blank=True)  # why it was marked so late

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["placement", "day", "half"], name="mark_once_a_half_day"
            ),
            models.CheckConstraint(
                name="not_held_has_reason",
                condition=Q(held=True, not_held_because="")
                | (Q(held=False) & ~Q(not_held_because="")),
            ),
            models.CheckConstraint(
                name="absent_has_reason",
                # Nobody asks why a child was not at a session that was not there for them.
                condition=(Q(came=Came.NO) & ~Q(absent_because=""))
                | (~Q(came=Came.NO) & Q(absent_because=""))
                | (
                    Q(held=False, came=Came.NO, absent_because="")
                    & ~Q(not_held_because=NotHeldBecause.CHILD)
                ),
            ),
            models.CheckConstraint(
                name="late_has_minutes",
                condition=Q(came=Came.LATE, minutes_late__gt=0)
                | (~Q(came=Came.LATE) & Q(minutes_late=0)),
            ),
            models.CheckConstraint(
                name="minutes_only_where_support_was_given",
                condition=(Q(held=True) & ~Q(came=Came.NO) & Q(minutes__gt=0))
                | ((Q(held=False) | Q(came=Came.NO)) & Q(minutes=0)),
            ),
            models.CheckConstraint(
                name="extra_session_was_agreed",
                condition=Q(is_extra=False) | ~Q(agreed_by=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.half}"


class Correction(models.Model):
    """What a mark said before it was corrected, and why it was (SI 2024/208, regs 5-7)."""

    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, related_name="corrections")
    said_before = models.JSONField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"correction of {self.mark}"
