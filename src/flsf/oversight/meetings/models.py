from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.oversight.meetings.enums import Side, Status


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every meeting; a provider's people those with them."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Meeting(models.Model):
    """A contract review meeting with a provider; what happened there is in its accounts."""

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")

    objects = MeetingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.ref


class MeetingAccount(models.Model):
    """A meeting as somebody told of it. The latest account counts; the earlier ones stay."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="accounts")
    held_on = models.DateField()
    attended = models.TextField()  # by role
    topics = models.JSONField()  # of Topic
    notes = models.TextField()
    # Its whole income of its last year, as the provider said; null: it did not say.
    income_pence = models.BigIntegerField(null=True)
    leaving = models.TextField(blank=True)  # what it said about leaving or stopping a service
    because = models.TextField(blank=True)  # why this account takes the place of the one before
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="meeting_account_whole", condition=~Q(attended="") & ~Q(notes="")
            ),
            models.CheckConstraint(
                name="meeting_income_not_below_nothing",
                condition=Q(income_pence=None) | Q(income_pence__gte=0),
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting} as told at {self.told_at}"


class AgreedActionQuerySet(models.QuerySet["AgreedAction"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the meeting sees what was agreed there."""
        return self.filter(meeting__in=Meeting.objects.visible_to(person))


class AgreedAction(models.Model):
    """Something that was agreed at a meeting, and whose it is to do."""

    ref = models.CharField(max_length=12, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agreed")
    side = models.CharField(max_length=10, choices=Side)
    what = models.TextField()

    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(name="agreed_action_with_words", condition=~Q(what="")),
        )

    def __str__(self) -> str:
        return self.ref


class AgreedStep(models.Model):
    """From this step on an action stands so. The latest step counts; none is ever edited."""

    action = models.ForeignKey(AgreedAction, on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=10, choices=Status)
    owner = models.CharField(max_length=200)  # name and job
    # The owner's account, if it is one of the council's.
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="agreed_step_done_on_a_day",
                condition=Q(status=Status.DONE, done_on__isnull=False)
                | (~Q(status=Status.DONE) & Q(done_on=None)),
            ),
            models.CheckConstraint(
                name="agreed_step_dropped_because",
                condition=~Q(status=Status.DROPPED) | ~Q(words=""),
            ),
            models.CheckConstraint(name="agreed_step_owned", condition=~Q(owner="")),
        )

    def __str__(self) -> str:
        return f"{self.action}: {self.status}"
