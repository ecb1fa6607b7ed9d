from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from flsf.casework.competitions.enums import Window
from flsf.casework.competitions.rules import Brief, Criterion, Weighing
from flsf.core.people import Person

AWARDS = "view-awards"
PROVIDERS_OWN = "manage-own-services"


class CompetitionQuerySet(models.QuerySet["Competition"]):
    def visible_to(self, person: Person) -> Self:
        """Staff who work with awards see all; a provider those it was asked to bid in.

        A brief says nothing of whom it is.
        """
        if person.reach.whole_council:
            return self if person.may(AWARDS) or person.pk is None else self.none()
        if not person.may(PROVIDERS_OWN):
            return self.none()
        asked = Invitation.objects.filter(
            competition=OuterRef("pk"),
            provider__organisation__in=person.reach.organisation_ids,
        )
        return self.filter(Exists(asked), published_at__isnull=False)


class Competition(models.Model):
    """Providers of a lot are asked to bid for one brief, for a child nobody tells them of.

    Frozen as it is published; `sha256` is of `published`, which holds all of it.
    """

    ref = models.CharField(max_length=12, unique=True)
    referral = models.ForeignKey("casework.Referral", on_delete=models.PROTECT, related_name="+")
    lot = models.ForeignKey("mandate.Lot", on_delete=models.PROTECT, related_name="+")
    brief = models.JSONField()
    criteria = models.JSONField(default=list)  # of the framework's published ones
    price_weight = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    # What was published, and when bids close. Null: a draft.
    shortlist = models.ForeignKey(
        "casework.Shortlist", on_delete=models.PROTECT, null=True, related_name="+"
    )
    window = models.CharField(max_length=10, choices=Window, blank=True)
    urgent_because = models.TextField(blank=True)
    published = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    left_out = models.JSONField(default=list)  # [provider, why] of the lot's who were not asked
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)
    moderation_note = models.TextField(blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    moderated_at = models.DateTimeField(null=True)
    # Why the bid in first place is taken; frozen with the ranking as it stood.
    settled_because = models.TextField(blank=True)
    value_words = models.TextField(blank=True)  # of a single bid: why it is worth its price
    low_words = models.TextField(blank=True)  # of an abnormally low price: what they explained
    ranking = models.JSONField(default=list)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    award_ref = models.CharField(max_length=12, blank=True)
    awarded_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True)

    objects = CompetitionQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["-made_at"], name="competition_by_time"),)
        constraints = (
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(stopped_at=None, awarded_at=None, opened_at=None),
                name="competition_one_running",
            ),
            models.CheckConstraint(
                name="competition_published_whole",
                condition=Q(published_at=None, closes_at=None, sha256="", shortlist=None)
                | (
                    Q(published_at__isnull=False, closes_at__gt=models.F("published_at"))
                    & Q(shortlist__isnull=False)
                    & ~Q(sha256="")
                    & ~Q(window="")
                ),
            ),
            models.CheckConstraint(
                name="competition_urgent_because",
                condition=~Q(window=Window.URGENT) | ~Q(urgent_because=""),
            ),
            models.CheckConstraint(
                name="competition_opened_after_close",
                condition=Q(opened_at=None) | Q(opened_at__gte=models.F("closes_at")),
            ),
            models.CheckConstraint(
                name="competition_settled_whole",
                condition=Q(settled_at=None, settled_because="")
                | (
                    Q(settled_at__isnull=False, moderated_at__isnull=False) & ~Q(settled_because="")
                ),
            ),
            models.CheckConstraint(
                name="competition_awarded_whole",
                condition=Q(awarded_at=None, award_ref="")
                | (Q(awarded_at__isnull=False, settled_at__isnull=False) & ~Q(award_ref="")),
            ),
            models.CheckConstraint(
                name="competition_stopped_whole",
                condition=Q(stopped_at=None, stopped_because="")
                | (Q(stopped_at__isnull=False, awarded_at=None) & ~Q(stopped_because="")),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def told(self) -> Brief:
        """The brief as it is worked with."""
        return Brief.from_json(self.brief)

    @property
    def judged_by(self) -> list[Criterion]:
        """The criteria in their published order."""
        return [Criterion.from_json(one) for one in self.criteria]

    @property
    def weighing(self) -> Weighing:
        """The weights as they were published."""
        return Weighing(
            tuple((one.code, one.weight) for one in self.judged_by),
            self.price_weight,
            self.published["threshold"],
        )


class Invitation(models.Model):
    """A provider that could bid was asked to. `written_to`: how many people; 0: nobody there."""

    competition = models.ForeignKey(
        Competition, on_delete=models.PROTECT, related_name="invitations"
    )
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    written_to = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["competition", "provider"], name="invited_once"),
        )

    def __str__(self) -> str:
        return f"{self.provider} to {self.competition}"


class Question(models.Model):
    """Something a provider asked. The answer goes to all who were asked to bid, without a name."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="questions")
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="competition_answered_whole",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.words


class Addendum(models.Model):
    """Something added after publication, told to all, with the whole time to bid again."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="addenda")
    words = models.TextField()
    closed_before_at = models.DateTimeField()  # the deadline it took the place of
    closes_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="addendum_gives_time",
                condition=Q(closes_at__gte=models.F("closed_before_at")) & ~Q(words=""),
            ),
        )

    def __str__(self) -> str:
        return self.words


class BidQuerySet(models.QuerySet["Bid"]):
    def visible_to(self, person: Person) -> Self:
        """A provider sees its own. Nobody of the council sees one, or whose it is, before bids
        are opened; one that came late is never opened.
        """
        if not person.reach.whole_council:
            if not person.may(PROVIDERS_OWN):
                return self.none()
            return self.filter(provider__organisation__in=person.reach.organisation_ids)
        seen = self.filter(
            competition__in=Competition.objects.visible_to(person),
            competition__opened_at__isnull=False,
        )
        return seen.filter(is_late=False, replaced_at=None)

    def in_time(self) -> Self:
        """The last that each provider sent before the deadline, withdrawn or not."""
        return self.filter(is_late=False, replaced_at=None)

    def live(self) -> Self:
        """Those that can be taken."""
        return self.in_time().filter(withdrawn_at=None, passed_over_at=None)


class Bid(models.Model):
    """What a provider offers. Sent again it is a new row, and the earlier one is replaced."""

    ref = models.CharField(max_length=12, unique=True)
    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="bids")
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("market.Service", on_delete=models.PROTECT, related_name="+")
    rate_pence = models.PositiveIntegerField()  # net, for one unit of the lot
    card_pence = models.PositiveIntegerField()  # what the rate card said for that day
    starts_on = models.DateField()
    words = models.JSONField()  # by criterion
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    replaced_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    # It can no longer be bought, and why; the next in the ranking comes first.
    passed_over_because = models.TextField(blank=True)
    passed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    passed_over_at = models.DateTimeField(null=True)

    objects = BidQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["competition", "provider"],
                condition=Q(is_late=False, replaced_at=None, withdrawn_at=None),
                name="bid_once",
            ),
            models.CheckConstraint(
                name="bid_within_rate_card", condition=Q(rate_pence__lte=models.F("card_pence"))
            ),
            models.CheckConstraint(
                name="bid_withdrawn_whole",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="bid_passed_over_whole",
                condition=Q(passed_over_at=None, passed_over_because="")
                | (Q(passed_over_at__isnull=False) & ~Q(passed_over_because="")),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    def was_withdrawn_by(self, moment: datetime) -> bool:
        """Whether it had been withdrawn before a moment."""
        return self.withdrawn_at is not None and self.withdrawn_at < moment


class Scorer(models.Model):
    """Somebody named to mark the bids. Whether an interest stands in the way they declare in
    mandate.governance (rule P32).
    """

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="scorers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    named_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["competition", "person"], name="scorer_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} of {self.competition}"


class BidMark(models.Model):
    """What one scorer gave a bid on one criterion. The other sees it when both have finished."""

    scorer = models.ForeignKey(Scorer, on_delete=models.PROTECT, related_name="marks")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="marks")
    criterion = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField()
    reason = models.TextField()
    marked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["scorer", "bid", "criterion"], name="bid_marked_once"),
            models.CheckConstraint(
                name="bid_mark_within_scale", condition=Q(score__gte=0, score__lte=5)
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class Agreed(models.Model):
    """What both agreed on for a bid's criterion, and why, as the bidder reads it."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="agreed")
    criterion = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["bid", "criterion"], name="bid_agreed_once"),
            models.CheckConstraint(
                name="bid_agreed_within_scale",
                condition=Q(score__gte=0, score__lte=5) & ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"
