from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.casework.calloffs.enums import AwardStatus, Decision, DirectGround
from flsf.casework.children import queries as children
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.mandate.budgets.enums import Route
from flsf.mandate.framework.enums import SpendLine, Unit
from flsf.shared.accounts.enums import Team

AWARDS = "view-awards"
# Neither declined nor returned.
UNDER_WAY = [AwardStatus.AWAITING, AwardStatus.AWARDED, AwardStatus.ENDED]


class AwardQuerySet(models.QuerySet["Award"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Staff who work with awards see all, by reference; a provider sees its own."""
        if person.reach.whole_council and person.may(AWARDS):
            return self
        if person.reach.whole_council:
            return self.filter(child__in=children.visible_ids(person, on=on))
        return self.filter(provider__organisation__in=person.reach.organisation_ids)


class Award(models.Model):
    """A call-off: support for one child bought from one provider.

    Money is the most it can cost over its life (P7), net, VAT and gross. What was seen when
    it was proposed and decided (value rules, headroom, shortlist) is frozen in `findings`.
    """

    ref = models.CharField(max_length=12, unique=True)
    child = models.ForeignKey("casework.Child", on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(
        "casework.Referral", on_delete=models.PROTECT, null=True, related_name="+"
    )
    shortlist = models.ForeignKey(
        "casework.Shortlist", on_delete=models.PROTECT, null=True, related_name="+"
    )
    provider = models.ForeignKey("market.Provider", on_delete=models.PROTECT, related_name="+")
    # Null: bought outside the framework, from a provider that offers no service in it.
    service = models.ForeignKey(
        "market.Service", on_delete=models.PROTECT, null=True, related_name="+"
    )
    route = models.CharField(max_length=20, choices=Route)
    direct_ground = models.CharField(max_length=20, choices=DirectGround, blank=True)
    ground_words = models.TextField(blank=True)
    # Why another than the first of the ranking; empty when it is the first.
    override_reason = models.TextField(blank=True)
    waiver = models.ForeignKey(
        "mandate.Waiver", on_delete=models.PROTECT, null=True, related_name="+"
    )
    competition = models.ForeignKey(
        "casework.Competition", on_delete=models.PROTECT, null=True, related_name="+"
    )
    budget = models.ForeignKey("mandate.Budget", on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=20, choices=Team)
    spend_line = models.CharField(max_length=20, choices=SpendLine)
    lot_code = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=20, choices=Unit)
    rate_pence = models.PositiveIntegerField()  # net, for one unit
    vat_basis_points = models.PositiveIntegerField(default=0)
    half_days_mask = models.PositiveSmallIntegerField(default=0)
    minutes_a_half_day = models.PositiveSmallIntegerField(default=150)
    starts_on = models.DateField()
    ends_on = models.DateField()
    net_pence = models.BigIntegerField()
    vat_pence = models.BigIntegerField()
    gross_pence = models.BigIntegerField()
    status = models.CharField(max_length=20, choices=AwardStatus)
    findings = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=20, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    # As delegations.rules.Basis: by whose leave it was decided, and against which criteria;
    # empty: not decided, or before that was kept, or outside the framework.
    basis = models.JSONField(default=dict)
    ended_on = models.DateField(null=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["status", "-proposed_at"], name="award_by_status"),
            models.Index(fields=["provider", "starts_on"], name="award_by_provider"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["competition"],
                condition=Q(status__in=UNDER_WAY),
                name="competition_awarded_once",
            ),
            models.CheckConstraint(
                name="award_decision_whole",
                condition=Q(decision="", decided_by=None, decided_at=None, decision_reason="")
                | (~Q(decision="") & Q(decided_at__isnull=False) & ~Q(decision_reason="")),
            ),
            models.CheckConstraint(
                name="award_gross_is_net_and_vat",
                condition=Q(gross_pence=F("net_pence") + F("vat_pence")),
            ),
            models.CheckConstraint(
                name="award_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="direct_award_has_ground",
                condition=~Q(route=Route.DIRECT_AWARD) | ~Q(direct_ground=""),
            ),
            models.CheckConstraint(
                name="competition_only_of_its_route",
                # Those found from before kept no competition.
                condition=Q(competition=None) | Q(route=Route.MINI_COMPETITION),
            ),
            models.CheckConstraint(
                name="waiver_route_names_waiver",
                condition=~Q(route=Route.WAIVER) | Q(waiver__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def gross(self) -> Money:
        return Money(self.gross_pence)


class AwardYearQuerySet(models.QuerySet["AwardYear"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the award sees which years pay for it."""
        return self.filter(award__in=Award.objects.visible_to(person, on=on))


class AwardYear(models.Model):
    """The part of an award's price that one financial year's budget pays.

    Frozen when the award is proposed. An award found from before has none: its one budget
    paid it whole.
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="years")
    budget = models.ForeignKey("mandate.Budget", on_delete=models.PROTECT, related_name="+")
    net_pence = models.BigIntegerField()
    vat_pence = models.BigIntegerField()

    objects = AwardYearQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["award", "budget"], name="award_year_once"),)

    def __str__(self) -> str:
        return f"{self.award}, {self.budget}"
