from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.market.applications import rules
from flsf.market.applications.enums import Status


def new_application_ref() -> str:
    """A fresh reference of an application."""
    return new_ref("J")


class QuestionSetQuerySet(models.QuerySet["QuestionSet"]):
    def visible_to(self, person: Person) -> Self:
        """Everybody reads what is published; council staff also what is being written."""
        return self if person.reach.whole_council else self.filter(published_at__isnull=False)


class QuestionSet(models.Model):
    """What a framework asks of whoever applies, in one version. Published, it never changes."""

    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()  # as rules.QuestionSet
    sha256 = models.CharField(max_length=64, blank=True)  # of the content, once published
    drafted_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)
    because = models.TextField(blank=True)  # why this version, in words

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["framework", "version"], name="question_set_version"),
            models.UniqueConstraint(
                fields=["framework"],
                condition=Q(published_at=None),
                name="question_set_one_draft",
            ),
            models.CheckConstraint(
                name="question_set_published_whole",
                condition=Q(published_at=None, in_force_from=None, sha256="", because="")
                | (
                    Q(published_at__isnull=False, in_force_from__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(because="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def questions(self) -> rules.QuestionSet:
        return rules.from_data(self.content)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every application; others those of their own organisation."""
        if person.reach.whole_council:
            return self
        return self.filter(organisation__in=person.reach.organisation_ids)


class Application(models.Model):
    """One organisation's application to one framework: a single set of answers for all lots."""

    ref = models.CharField(max_length=12, unique=True, default=new_application_ref)
    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "shared.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    # Null: the council does not know it as a provider yet.
    provider = models.ForeignKey(
        "market.Provider", on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_with = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()  # when whoever applies last changed anything

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "framework"], name="application_once_per_framework"
            ),
        )

    def __str__(self) -> str:
        return self.ref


class AppliedLot(models.Model):
    """A lot that is applied for. In a row of its own, so that no lot asks back."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="lots")
    lot = models.ForeignKey("mandate.Lot", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["application", "lot"], name="applied_lot_once"),
        )

    def __str__(self) -> str:
        return f"{self.application} for {self.lot}"


class LeftLot(models.Model):
    """From this day on the provider is out of the lot, which it may apply for again."""

    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey("mandate.Lot", on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField()
    noted_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["provider", "lot", "left_on"], name="left_lot"),)

    def __str__(self) -> str:
        return f"provider {self.provider_id} left lot {self.lot_id} on {self.left_on}"


class ApplicationStatusQuerySet(models.QuerySet["ApplicationStatus"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the application sees how its status changed."""
        return self.filter(application__in=Application.objects.visible_to(person))

    def in_force_on(self, day: date) -> Self:
        """For each application the change that stands on that day, if any yet."""
        reached = ApplicationStatus.objects.filter(
            application=OuterRef("application"), takes_effect_on__lte=day
        )
        later = reached.filter(
            Q(takes_effect_on__gt=OuterRef("takes_effect_on"))
            | Q(takes_effect_on=OuterRef("takes_effect_on"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later), takes_effect_on__lte=day)


class ApplicationStatus(models.Model):
    """From this day on the application has this status, until a later change."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="changes")
    status = models.CharField(max_length=20, choices=Status)
    takes_effect_on = models.DateField()
    because = models.TextField(blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects = ApplicationStatusQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=["application", "-takes_effect_on", "-id"], name="application_status"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_status_display()} from {self.takes_effect_on}"


class Answer(models.Model):
    """What was typed in answer to one question: kept as typed, right or wrong."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=120)
    typed = models.JSONField(default=list)
    mitigation = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    # What it was filled in from; null: whoever applies typed it, or has looked at it since.
    told_before = models.ForeignKey(
        "market.Submission", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["application", "code"], name="answer_once"),)

    def __str__(self) -> str:
        return f"{self.application} {self.code}"


class Submission(models.Model):
    """What was sent, for good: a database trigger, made in the migration, refuses any change."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField()  # 1, and more when failed parts are redone
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()  # lots and answers, as queries.in_full tells them
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField()
    acknowledge_by = models.DateField()
    decide_by = models.DateField()

    is_new = False  # whether the sending just now made it, or it stood already

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["application", "number"], name="submission_number"),
        )

    def __str__(self) -> str:
        return f"{self.application} sent {self.number}"


class Nudge(models.Model):
    """The applicant was reminded after so many days of silence."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="nudges")
    since = models.DateTimeField()  # the last touch that it counts from
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["application", "since", "days"], name="nudge_once"),
        )

    def __str__(self) -> str:
        return f"{self.application} after {self.days} days"


class BeginningQuerySet(models.QuerySet["Beginning"]):
    def visible_to(self, person: Person) -> Self:
        """Nobody: it is found by its secret alone."""
        return self.none()


class Beginning(models.Model):
    """Somebody would begin an application, and was sent a secret: the address is to be theirs."""

    secret_hash = models.CharField(max_length=64, unique=True)  # SHA-256
    told = models.JSONField()  # as rules.Asked
    asked_at = models.DateTimeField()

    objects = BeginningQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["asked_at"], name="beginning_by_age"),)

    def __str__(self) -> str:
        return f"asked {self.asked_at}"
