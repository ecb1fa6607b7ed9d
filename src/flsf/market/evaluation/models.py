from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from flsf.core.people import Person
from flsf.market.evaluation.enums import Outcome, Step, Verdict, Whose


class StaffOnlyEvaluation(models.QuerySet["Evaluation"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff. Applicants read the summary of theirs once it is sent."""
        return self if person.reach.whole_council else self.none()


class Evaluation(models.Model):
    """What was sent once is being judged."""

    application = models.ForeignKey(
        "market.Application", on_delete=models.PROTECT, related_name="+"
    )
    submission = models.OneToOneField(
        "market.Submission", on_delete=models.PROTECT, related_name="+"
    )
    criteria = models.JSONField()  # [code, title, is scored], frozen from what was sent
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()

    objects = StaffOnlyEvaluation.as_manager()

    def __str__(self) -> str:
        return f"evaluation of {self.application}"


class Evaluator(models.Model):
    """Somebody named to judge it, who first says whether they have an interest (rule P32)."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="evaluators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField()
    has_interest = models.BooleanField(null=True)  # null: not said yet
    interest = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["evaluation", "person"], name="evaluator_once"),
            models.CheckConstraint(
                name="evaluator_declared_whole",
                condition=Q(has_interest=None, declared_at=None, interest="")
                | Q(has_interest=False, declared_at__isnull=False, interest="")
                | (Q(has_interest=True, declared_at__isnull=False) & ~Q(interest="")),
            ),
            models.CheckConstraint(
                name="evaluator_finishes_without_interest",
                # "is not null" is said, since a check that comes to null lets a row in.
                condition=Q(finished_at=None) | Q(has_interest__isnull=False, has_interest=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} of {self.evaluation}"


class DecidersInterest(models.Model):
    """Whoever may decide on it said whether they have an interest, once, before they decide
    (rule P32). There is no row before they have said.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="deciders_interests"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    has_interest = models.BooleanField()
    interest = models.TextField(blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["evaluation", "person"], name="decider_says_once"),
            models.CheckConstraint(
                name="decider_declared_whole",
                condition=Q(has_interest=False, interest="")
                | (Q(has_interest=True) & ~Q(interest="")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} deciding on {self.evaluation}"


class Mark(models.Model):
    """What one evaluator found of one criterion. The other does not see it before both finish."""

    evaluator = models.ForeignKey(Evaluator, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10, choices=Verdict)
    score = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    marked_at = models.DateTimeField()
    # Both had finished, so each could read the other's: from then it does not change.
    final_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["evaluator", "criterion"], name="evaluator_marks_once"),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_verdict_display()}"


class Clarification(models.Model):
    """Something asked of the applicant. While it is open the clock stands still.

    It is settled by an answer, or by going on without one once the last day for it has passed.
    """

    evaluation = models.ForeignKey(
        Evaluation, on_delete=models.PROTECT, related_name="clarifications"
    )
    asks = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer_by = models.DateField()  # the last day for an answer
    answer = models.TextField(blank=True)
    closed_because = models.TextField(blank=True)  # why the council went on without an answer
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["evaluation"],
                condition=Q(answered_at=None),
                name="clarification_one_open",
            ),
            models.CheckConstraint(
                name="clarification_answered_whole",
                condition=Q(answered_at=None, answered_by=None, answer="", closed_because="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & (
                        (~Q(answer="") & Q(closed_because=""))
                        | (Q(answer="") & ~Q(closed_because=""))
                    )
                ),
            ),
        )

    def __str__(self) -> str:
        return self.asks


class Consensus(models.Model):
    """What was agreed of one criterion. Where the evaluators differed, the note says why."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="agreed")
    criterion = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10, choices=Verdict)
    score = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField()  # as the applicant reads it
    note = models.TextField(blank=True)  # of the moderation
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="agreed_once"),
            models.CheckConstraint(name="agreed_has_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_verdict_display()}"


class Standing(models.Model):
    """What was agreed of a criterion before stands, unless an evaluator opens it again."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="standing")
    criterion = models.CharField(max_length=60)
    agreed = models.ForeignKey(Consensus, on_delete=models.PROTECT, related_name="+")
    reopened_because = models.TextField(blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="stands_once"),
            models.CheckConstraint(
                name="stands_reopened_whole",
                condition=Q(reopened_at=None, reopened_by=None, reopened_because="")
                | (
                    Q(reopened_at__isnull=False, reopened_by__isnull=False)
                    & ~Q(reopened_because="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion} stands"


class Report(models.Model):
    """What is recommended. It goes before the decision, and is signed by whoever wrote it."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="report")
    outcome = models.CharField(max_length=20, choices=Outcome)
    most_children = models.PositiveSmallIntegerField(null=True)
    words = models.TextField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.get_outcome_display()


class Decision(models.Model):
    """Whether the applicant joins. The applicants of a round are told at the same moment."""

    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, related_name="decision")
    # Null: it was sent when no round was open, as under an earlier way of working.
    round = models.ForeignKey(
        "mandate.Round", on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    most_children = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True)
    # As delegations.rules.Basis: by whose leave, and against which criteria; empty: before that
    # was kept.
    basis = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(name="evaluation_decided_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="evaluation_limit_with_limit",
                condition=Q(
                    outcome=Outcome.ACCEPT_WITH_LIMIT,
                    most_children__isnull=False,
                    most_children__gt=0,
                )
                | (~Q(outcome=Outcome.ACCEPT_WITH_LIMIT) & Q(most_children=None)),
            ),
            models.CheckConstraint(
                name="evaluation_released_whole",
                condition=Q(released_by=None, released_at=None)
                | Q(released_by__isnull=False, released_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.get_outcome_display()


class EarlierDecision(models.Model):
    """What was decided before a fresh decision took its place, as it was, and why it gave way."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="earlier")
    outcome = models.CharField(max_length=20, choices=Outcome)
    most_children = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    gave_way_because = models.TextField()
    gave_way_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    gave_way_at = models.DateTimeField()
    basis = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="earlier_decision_why", condition=~Q(reason="") & ~Q(gave_way_because="")
            ),
            models.CheckConstraint(
                name="earlier_decision_before_it_gave_way",
                condition=Q(gave_way_at__gte=models.F("decided_at")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, until {self.gave_way_at}"


class NumberSettled(models.Model):
    """Whose a registered number is that somebody else has too, as a named person found.

    The last one about an application and a number stands; those before stay on record.
    """

    application = models.ForeignKey(
        "market.Application", on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(max_length=20)
    whose = models.CharField(max_length=10, choices=Whose)
    # The provider on the register that they are; null: there is none, or they are not it.
    provider = models.ForeignKey(
        "market.Provider", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="number_settled_why", condition=~Q(reason="") & ~Q(number="")
            ),
            models.CheckConstraint(
                name="number_settled_only_same_is_linked",
                condition=Q(whose=Whose.SAME) | Q(provider=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.get_whose_display()}"


class JudgedBy(models.Model):
    """By which parts of an application a published criterion is judged.

    The last one about a criterion stands; those before stay on record, and what was decided
    keeps its results.
    """

    framework = models.ForeignKey("mandate.Framework", on_delete=models.PROTECT, related_name="+")
    criterion = models.TextField()  # in the words in which it was published
    parts = models.JSONField()  # codes of sections of the questions
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["framework", "-id"], name="judged_by_framework"),)

    def __str__(self) -> str:
        return self.criterion


class StaffOnlyTelling(models.QuerySet["Telling"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff."""
        return self if person.reach.whole_council else self.none()


class Telling(models.Model):
    """Somebody asked that a round be told, which is done in the background.

    Its steps are written down one by one; the telling itself is one transaction with its end.
    """

    round = models.ForeignKey("mandate.Round", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    step = models.CharField(max_length=20, choices=Step, default=Step.ASKED)
    told = models.PositiveIntegerField(null=True)  # how many applicants
    trouble = models.TextField(blank=True)  # why nobody was told
    ended_at = models.DateTimeField(null=True)

    objects = StaffOnlyTelling.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round"], condition=Q(ended_at=None), name="telling_one_under_way"
            ),
            models.CheckConstraint(
                name="telling_ends_whole",
                condition=(
                    Q(ended_at=None, told=None, trouble="")
                    & ~Q(step__in=[Step.TOLD, Step.REFUSED, Step.FAILED])
                )
                | Q(ended_at__isnull=False, told__isnull=False, trouble="", step=Step.TOLD)
                | (
                    Q(ended_at__isnull=False, told=None, step__in=[Step.REFUSED, Step.FAILED])
                    & ~Q(trouble="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.get_step_display()
