from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from flsf.casework.children import queries as children
from flsf.casework.children.enums import Care
from flsf.casework.children.rules import FAMILY
from flsf.casework.referrals.enums import (
    ClockKind,
    ClosedBecause,
    Ground,
    LegalBasis,
    Purpose,
    Route,
    Status,
    Urgency,
)
from flsf.core.people import ChildReach, Person
from flsf.shared.accounts.enums import Team


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Casework roles see the referrals of the children they see.

        Others see those of a child disclosed to them that day, and then only if they, or
        their school, sent it, or the child is theirs. A provider that supports the child
        does not read what others wrote about it.
        """
        if person.reach.children is ChildReach.ALL:
            return self
        sent = Q(organisation__in=person.reach.organisation_ids)
        if person.pk is not None:
            sent |= Q(sent_by=person.pk)
        seen = sent & Q(child__in=children.visible_ids(person, on=on))
        seen |= Q(child__in=children.visible_as(person, FAMILY, on=on))
        if person.reach.children is ChildReach.LOOKED_AFTER:
            seen |= ~Q(child__care=Care.NONE)
        return self.filter(seen)


class Referral(models.Model):
    """Somebody asked for support for a child."""

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey("casework.Child", on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=10, choices=Route)
    organisation = models.ForeignKey(
        "shared.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    team = models.CharField(max_length=20, choices=Team)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ground = models.CharField(max_length=10, choices=Ground)
    purpose = models.CharField(max_length=20, choices=Purpose)
    legal_basis = models.CharField(max_length=20, choices=LegalBasis)
    urgency = models.CharField(max_length=10, choices=Urgency)
    urgency_reason = models.TextField(blank=True)
    # Clocks run from first awareness, not from the referral (peers 5.8).
    first_aware_on = models.DateField()
    received_at = models.DateTimeField()
    what_happens = models.TextField()  # in the words of whoever asked
    what_was_tried = models.TextField(blank=True)
    what_helps = models.TextField(blank=True)
    outcomes_wanted = models.TextField(blank=True)
    child_view = models.TextField(blank=True)
    parent_view = models.TextField(blank=True)
    no_view_reason = models.TextField(blank=True)
    parent_agrees = models.BooleanField(null=True)  # null: not asked yet
    may_talk_to_school = models.BooleanField(null=True)
    # What is looked for. Null or nothing: no wish.
    lot = models.ForeignKey("mandate.Lot", on_delete=models.PROTECT, null=True, related_name="+")
    modes_mask = models.PositiveSmallIntegerField(default=0)  # market.providers.enums.mode_bit
    half_days_mask = models.PositiveSmallIntegerField(default=0)
    minutes_a_half_day = models.PositiveSmallIntegerField(default=150)
    start_wanted_on = models.DateField(null=True)
    most_metres = models.PositiveIntegerField(null=True)
    # Whoever asked without an account sees where things are with this; only its hash is kept.
    status_key_sha256 = models.CharField(max_length=64, blank=True)
    # Signed answers that came twice make one referral.
    sent_once_key = models.CharField(max_length=64, unique=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["child"], name="referral_by_child"),
            models.Index(fields=["received_at"], name="referral_by_time"),
        )
        constraints = (
            models.CheckConstraint(
                name="urgent_has_reason",
                condition=Q(urgency=Urgency.PLANNED) | ~Q(urgency_reason=""),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class ReferralChangeQuerySet(models.QuerySet["ReferralChange"]):
    def in_force_on(self, day: date) -> Self:
        """For each referral the status that stands on that day."""
        later = ReferralChange.objects.filter(
            referral=OuterRef("referral"), takes_effect_on__lte=day
        ).filter(
            Q(takes_effect_on__gt=OuterRef("takes_effect_on"))
            | Q(takes_effect_on=OuterRef("takes_effect_on"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later), takes_effect_on__lte=day)


class ReferralChange(models.Model):
    """From this day on the referral has this status, until a later change."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="changes")
    status = models.CharField(max_length=10, choices=Status)
    takes_effect_on = models.DateField()
    because = models.CharField(max_length=20, choices=ClosedBecause, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = ReferralChangeQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["referral", "-takes_effect_on", "-id"], name="referral_status_in_force"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="closed_has_reason",
                condition=(Q(status=Status.CLOSED) & ~Q(because=""))
                | (~Q(status=Status.CLOSED) & Q(because="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.status} from {self.takes_effect_on}"


class Clock(models.Model):
    """A duty with a last day on which it can still be kept.

    `due_on` is worked out when the clock starts, by the calendar and the provision in force
    then; both are kept, so that what was promised can be shown years later.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=10, choices=ClockKind)
    starts_on = models.DateField()
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    met_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["referral", "kind"], name="clock_once"),
            models.CheckConstraint(
                name="clock_due_after_start", condition=Q(due_on__gte=F("starts_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} due {self.due_on}"


class Note(models.Model):
    """Something added to a referral after it was sent; the referral itself stays as sent.

    Whoever asked for a child that somebody had asked for already gets a reference and a
    key of their own: it tells them that we have what they sent, and nothing of the rest.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="notes")
    ref = models.CharField(max_length=12, blank=True)
    status_key_sha256 = models.CharField(max_length=64, blank=True)
    organisation = models.ForeignKey(
        "shared.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_once_key = models.CharField(max_length=64, blank=True)
    # Somebody should look at it, because it came as a request or speaks of danger.
    needs_reading = models.BooleanField(default=False)
    words = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["ref"], condition=~Q(ref=""), name="note_ref_once"),
            models.UniqueConstraint(
                fields=["sent_once_key"], condition=~Q(sent_once_key=""), name="note_sent_once"
            ),
        )

    def __str__(self) -> str:
        return f"note on {self.referral}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever is writing it."""
        return self.filter(owner=person.pk) if person.pk is not None else self.none()


class Draft(models.Model):
    """Answers not yet sent, kept so that no typing is lost. Reached by its owner or its key."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    key_sha256 = models.CharField(max_length=64, unique=True)
    route = models.CharField(max_length=10, choices=Route)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"draft {self.pk}"
