from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.core.money import Money
from flsf.core.people import Person
from flsf.mandate.framework.enums import CommercialModel, PublishedKind, Regime, SpendLine, Unit
from flsf.mandate.framework.rules import MOST_YEARS, LotTerms, Term


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the framework and its notices are published."""
        return self


class Framework(models.Model):
    ref = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    initial_years = models.PositiveSmallIntegerField()
    extension_years_allowed = models.PositiveSmallIntegerField()
    extension_years_granted = models.PositiveSmallIntegerField(default=0)
    # The most that may ever be called off, in pence, VAT included; null: none stated.
    ceiling_pence = models.BigIntegerField(null=True)
    # How call-offs are made, as published last; competitions and direct awards quote it (S137).
    call_off_method = models.TextField(blank=True)
    # The decision it rests on (S32).
    decided_by_body = models.CharField(max_length=100, blank=True)
    decided_on = models.DateField(null=True)
    minute = models.CharField(max_length=60, blank=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="framework_within_cap",
                condition=Q(initial_years__lte=MOST_YEARS - F("extension_years_allowed")),
            ),
            models.CheckConstraint(
                name="framework_extended_as_allowed",
                condition=Q(extension_years_granted__lte=F("extension_years_allowed")),
            ),
            models.CheckConstraint(
                name="framework_ceiling_more_than_nothing",
                condition=Q(ceiling_pence=None) | Q(ceiling_pence__gt=0),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def term(self) -> Term:
        return Term(
            starts_on=self.starts_on,
            initial_years=self.initial_years,
            extension_years_allowed=self.extension_years_allowed,
            extension_years_granted=self.extension_years_granted,
        )

    @property
    def ceiling(self) -> Money | None:
        return None if self.ceiling_pence is None else Money(self.ceiling_pence)


class ModelSettingQuerySet(models.QuerySet["ModelSetting"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: how the framework works is published."""
        return self


class ModelSetting(models.Model):
    """From this day on the framework works by this commercial model, until a later setting.

    One that was taken back stays to be read, and no longer holds.
    """

    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, related_name="model_settings"
    )
    model = models.CharField(max_length=20, choices=CommercialModel)
    in_force_from = models.DateField()
    authority = models.CharField(max_length=200)  # who decided it, in words
    reason = models.TextField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = ModelSettingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="model_setting_whole", condition=~Q(authority="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="model_setting_withdrawn_whole",
                condition=Q(withdrawn_by=None) | Q(withdrawn_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_model_display()} from {self.in_force_from}"


class PublishedQuerySet(models.QuerySet["Published"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone."""
        return self


class Published(models.Model):
    """A version of what the framework publishes of itself, from a day on."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="published")
    kind = models.CharField(max_length=20, choices=PublishedKind)
    version = models.PositiveSmallIntegerField()
    in_force_from = models.DateField()
    text = models.TextField()  # criteria: one a line
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()

    objects = PublishedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["framework", "kind", "version"], name="published_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.version}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: how long the framework runs is published, and why."""
        return self


class Extension(models.Model):
    """Years added to the term: who approved it, when and why (S44)."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="extensions")
    years = models.PositiveSmallIntegerField()
    last_day = models.DateField()  # of the term, with these years
    approved_by = models.CharField(max_length=200)
    approved_on = models.DateField()
    reason = models.TextField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="extension_approved_whole",
                condition=Q(years__gte=1) & ~Q(approved_by="") & ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.years} more years"


class LotQuerySet(models.QuerySet["Lot"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: the lots are published with the framework."""
        return self


class Lot(models.Model):
    """One kind of support that providers apply to give, and how it may be bought."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="lots")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=200)
    lowest_age = models.PositiveSmallIntegerField(default=5)
    highest_age = models.PositiveSmallIntegerField(default=25)
    unit = models.CharField(max_length=20, choices=Unit, default=Unit.HOUR)
    regime = models.CharField(max_length=20, choices=Regime, default=Regime.LIGHT_TOUCH)
    spend_line = models.CharField(max_length=20, choices=SpendLine, default=SpendLine.OTHER)
    registered_only = models.BooleanField(default=False)
    direct_award_allowed = models.BooleanField(default=True)
    competition_allowed = models.BooleanField(default=True)
    block_allowed = models.BooleanField(default=False)
    # The most paid for one unit, net of VAT; null: no cap.
    price_cap_pence = models.PositiveIntegerField(null=True)
    in_force_from = models.DateField()

    objects = LotQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["framework", "code"], name="lot_code_used_once"),
            models.CheckConstraint(
                name="lot_ages_in_order", condition=Q(highest_age__gte=F("lowest_age"))
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> LotTerms:
        return LotTerms(
            lowest_age=self.lowest_age,
            highest_age=self.highest_age,
            unit=Unit(self.unit),
            regime=Regime(self.regime),
            spend_line=SpendLine(self.spend_line),
            registered_only=self.registered_only,
            direct_award_allowed=self.direct_award_allowed,
            competition_allowed=self.competition_allowed,
            block_allowed=self.block_allowed,
            price_cap_pence=self.price_cap_pence,
        )


class LotVersionQuerySet(models.QuerySet["LotVersion"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: what the terms were is published as what they are."""
        return self


class LotVersion(models.Model):
    """The name and terms of a lot from a day on. The lot's own row repeats the latest."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="versions")
    in_force_from = models.DateField()
    name = models.CharField(max_length=200)
    terms = models.JSONField()  # as rules.LotTerms
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    objects = LotVersionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} from {self.in_force_from}"
