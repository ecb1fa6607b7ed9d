from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.people import Person
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.agreements.enums import How, Outcome, ReplyKind, Stage


class TransitionQuerySet(models.QuerySet["Transition"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Transition(models.Model):
    """A change of a framework's commercial model: rehearsed, carried out, undone or confirmed."""

    ref = models.CharField(max_length=12, unique=True)
    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=20, choices=CommercialModel)
    after = models.CharField(max_length=20, choices=CommercialModel)
    # The round in which an open framework reopened: then the model stays, and all is issued again.
    round = models.ForeignKey(
        "mandate.Round", on_delete=models.PROTECT, null=True, related_name="+"
    )
    takes_effect_on = models.DateField()
    authority = models.CharField(max_length=200)
    reason = models.TextField()
    # What the rehearsal found, frozen: dates, numbers, and a word for the whole of it.
    record = models.JSONField()
    found = models.CharField(max_length=64)
    # Set when it is carried out.
    setting_id = models.BigIntegerField(null=True)  # of the model, in the framework's history
    debarment_seen_on = models.DateField(null=True)
    debarment_version = models.CharField(max_length=100, blank=True)
    placements_before = models.CharField(max_length=64, blank=True)
    placements_after = models.CharField(max_length=64, blank=True)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="transition_touches_no_placement",
                condition=Q(placements_before=F("placements_after")),
            ),
            models.CheckConstraint(
                name="transition_carried_out_whole",
                condition=Q(setting_id=None, debarment_seen_on=None, debarment_version="")
                | (
                    Q(setting_id__isnull=False, debarment_seen_on__isnull=False)
                    & ~Q(debarment_version="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.ref


class TransitionChangeQuerySet(models.QuerySet["TransitionChange"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the change of model."""
        return self.filter(transition__in=Transition.objects.visible_to(person))


class TransitionChange(models.Model):
    """The change of model came to this stage: when, by whom, and why."""

    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="changes")
    stage = models.CharField(max_length=20, choices=Stage)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = TransitionChangeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["transition", "stage"], name="transition_each_stage_once"
            ),
        )

    def __str__(self) -> str:
        return self.get_stage_display()


class TransitionLineQuerySet(models.QuerySet["TransitionLine"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the change of model."""
        return self.filter(transition__in=Transition.objects.visible_to(person))


class TransitionLine(models.Model):
    """What becomes of one agreement, as rehearsed or as its provider chose since."""

    transition = models.ForeignKey(Transition, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    admission = models.ForeignKey("market.Admission", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome)
    gaps = models.JSONField()  # words
    left_out_because = models.TextField(blank=True)
    left_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    left_out_at = models.DateTimeField(null=True)

    objects = TransitionLineQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["transition", "admission"], name="transition_line_once_each"
            ),
            models.UniqueConstraint(
                fields=["transition", "number"], name="transition_line_number_once"
            ),
            models.CheckConstraint(
                name="transition_line_left_out_whole",
                condition=Q(left_out_because="", left_out_at=None)
                | (~Q(left_out_because="") & Q(left_out_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.transition} {self.number}"


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every paper; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Paper(models.Model):
    """What one provider's agreements of one moment say, in words and as a file: for good.

    The lots of one decision share a paper, so that they are read and accepted once.
    """

    ref = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()  # of this provider's in this framework
    writing = models.JSONField()  # every word, as core.writing.Writing
    wording = models.PositiveSmallIntegerField()  # which version of our words was filled in
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)  # of the file
    because = models.TextField(blank=True)  # why it was issued again, if it was
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["provider", "framework", "version"], name="paper_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref}, version {self.version}"


class Acceptance(models.Model):
    """A provider is a party to what a paper says: who accepted it, when, and which bytes.

    Or it was signed on paper, which somebody of the council recorded and why.
    """

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="acceptance")
    how = models.CharField(max_length=10, choices=How)
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=200, blank=True)
    has_authority = models.BooleanField(default=False)
    signed_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="acceptance_whole",
                condition=(
                    Q(how=How.ONLINE, has_authority=True, signed_on=None, reason="")
                    & ~Q(sha256="")
                    & ~Q(name="")
                    & ~Q(position="")
                )
                | (
                    Q(how=How.ON_PAPER, has_authority=False, sha256="", signed_on__isnull=False)
                    & ~Q(reason="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_how_display()}"


class Reply(models.Model):
    """What a provider said instead of accepting, and what the council answered."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="replies")
    kind = models.CharField(max_length=10, choices=ReplyKind)
    words = models.TextField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="reply_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="reply_answered_whole",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.paper}: {self.get_kind_display()}"


class Chase(models.Model):
    """A provider was written to because its agreement waits."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="chases")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["paper", "sent_on"], name="paper_chased_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.paper}: {self.sent_on}"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every agreement; a provider's people their own."""
        if person.reach.whole_council:
            return self
        return self.filter(admission__provider__organisation__in=person.reach.organisation_ids)

    def in_force_on(self, day: date) -> Self:
        """Those that hold on that day."""
        begun = self.filter(in_force_from__lte=day, withdrawn_at=None)
        return begun.filter(Q(in_force_until=None) | Q(in_force_until__gte=day))


class Agreement(models.Model):
    """The agreement between council and provider on which an admission rests, in versions.

    One that was withdrawn was never used: the change that made it was undone.
    """

    ref = models.CharField(max_length=12, unique=True)
    admission = models.ForeignKey("market.Admission", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    # What it says; null: issued before agreements were written out here.
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="agreements")
    model = models.CharField(max_length=20, choices=CommercialModel)
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)  # the last day; null: until it is ended
    reissued_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    transition = models.ForeignKey(
        Transition, on_delete=models.PROTECT, null=True, related_name="agreements"
    )
    withdrawn_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["admission", "version"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["admission"],
                condition=Q(in_force_until=None, withdrawn_at=None),
                name="agreement_one_without_end",
            ),
        )

    def __str__(self) -> str:
        return self.ref
