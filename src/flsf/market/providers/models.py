from dataclasses import asdict
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.text import slugify

from flsf.core import access, half_days, needs, qualities
from flsf.core.people import Person
from flsf.core.refs import fresh_refs
from flsf.market.providers import rules
from flsf.market.providers.enums import (
    NOT_SAID,
    Mode,
    ProviderKind,
    ProviderType,
    Registration,
    ServiceStatus,
)
from flsf.market.providers.rules import ProviderFacts, ServiceFacts


class ProviderQuerySet(models.QuerySet["Provider"]):
    def visible_to(self, person: Person) -> Self:
        """Council staff see every provider; a provider's people see their own."""
        if person.reach.whole_council:
            return self
        return self.filter(organisation__in=person.reach.organisation_ids)

    def of_type(self, code: str) -> Self:
        """Those of a type, whatever else they are; NOT_SAID: those of whom nobody has said."""
        if code == NOT_SAID:
            return self.filter(types_mask=None)
        bit = ProviderType(code).bit
        return self.annotate(of_it=F("types_mask").bitand(bit)).filter(of_it__gt=0)


class Provider(models.Model):
    ref = models.CharField(max_length=12, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ProviderKind)
    # "+" because the stages upstream must not be able to ask about providers.
    organisation = models.OneToOneField(
        "shared.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    company_number = models.CharField(max_length=10, blank=True)
    charity_number = models.CharField(max_length=10, blank=True)
    registration = models.CharField(
        max_length=20, choices=Registration, default=Registration.NOT_A_SCHOOL
    )
    urn = models.PositiveIntegerField(null=True)  # of a registered school
    is_small = models.BooleanField(default=True)  # P9: small or medium-sized
    is_local = models.BooleanField(default=False)  # based in the borough
    types_mask = models.PositiveSmallIntegerField(null=True)  # null: nobody has said
    vat_basis_points = models.PositiveIntegerField(default=0)  # 2000 is 20 per cent
    about = models.TextField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    safeguarding_lead = models.CharField(max_length=200, blank=True)
    # What its public page says of it last changed; null: not since it came on the register.
    changed_on = models.DateField(null=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["company_number"],
                condition=~Q(company_number=""),
                name="company_number_once",
            ),
            models.UniqueConstraint(
                fields=["charity_number"],
                condition=~Q(charity_number=""),
                name="charity_number_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def fresh_refs(cls, count: int) -> list[str]:
        """References that no provider has."""
        return fresh_refs("P", count, frozenset(cls.objects.values_list("ref", flat=True)))

    @classmethod
    def from_facts(cls, facts: ProviderFacts, organisation_id: int, *, ref: str) -> Self:
        """A row not yet saved."""
        slug = f"{slugify(facts.name)[:100]}-{ref[2:].lower()}"
        return cls(ref=ref, slug=slug, organisation_id=organisation_id, **rules.columns(facts))

    @property
    def types_words(self) -> str:
        """Its types as a reader is told of them."""
        return rules.types_in_words(self.types_mask)

    @property
    def facts(self) -> ProviderFacts:
        return ProviderFacts(
            **{name: getattr(self, name) for name in ProviderFacts.__dataclass_fields__}
        )


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the provider sees its sites."""
        return self.filter(provider__in=Provider.objects.visible_to(person))


class Site(models.Model):
    """A place where children are taught."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8)
    # Metres of the British National Grid; null: the postcode is not known to us.
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)

    objects = SiteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}, {self.postcode}"


class ServiceQuerySet(models.QuerySet["Service"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the provider sees its services."""
        return self.filter(provider__in=Provider.objects.visible_to(person))

    def with_rate(self, day: date) -> Self:
        """Each service with `rate_pence`, the net price of its unit on that day, or None."""
        in_force = Rate.objects.filter(service=OuterRef("pk"), in_force_from__lte=day)
        latest = in_force.order_by("-in_force_from", "-pk").values("pence")[:1]
        return self.annotate(rate_pence=Subquery(latest))


class Service(models.Model):
    """Something a provider does for a child in a lot. Sets are kept as bit masks (core)."""

    ref = models.CharField(max_length=12, unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    lot = models.ForeignKey("mandate.Lot", on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="services")
    kind = models.ForeignKey("market.Kind", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    mode = models.CharField(max_length=20, choices=Mode)
    lowest_age = models.PositiveSmallIntegerField()
    highest_age = models.PositiveSmallIntegerField()
    needs_mask = models.IntegerField(default=0)
    access_mask = models.IntegerField(default=0)
    qualities_mask = models.IntegerField(default=0)
    largest_group = models.PositiveSmallIntegerField(default=1)
    days_to_start = models.PositiveSmallIntegerField(default=5)  # school days, as claimed (S86)
    first_start_on = models.DateField(null=True)  # null: at once
    status = models.CharField(max_length=10, choices=ServiceStatus, default=ServiceStatus.OPEN)
    closed_from = models.DateField(null=True)  # null: takes new children
    what_it_is = models.TextField(blank=True)  # the three things of S8
    how_to_get_it = models.TextField(blank=True)
    what_to_expect = models.TextField(blank=True)
    travel = models.TextField(blank=True)
    confirmed_on = models.DateField()  # the provider last said that this is still right (S7)
    is_listed = models.BooleanField(default=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="service_has_site_if_it_happens_there",
                condition=~Q(mode=Mode.SITE) | Q(site__isnull=False),
            ),
            models.CheckConstraint(
                name="service_online_has_no_site", condition=~Q(mode=Mode.ONLINE) | Q(site=None)
            ),
            models.CheckConstraint(
                name="service_ages_in_order", condition=Q(highest_age__gte=F("lowest_age"))
            ),
        )

    def __str__(self) -> str:
        return self.name

    @classmethod
    def fresh_refs(cls, count: int) -> list[str]:
        """References that no service has."""
        return fresh_refs("S", count, frozenset(cls.objects.values_list("ref", flat=True)))

    @classmethod
    def from_facts(cls, provider_id: int, facts: ServiceFacts, *, ref: str, **more: Any) -> Self:
        """A row not yet saved. `more` goes before the facts."""
        slug = f"{slugify(facts.name)[:120]}-{ref[2:].lower()}"
        return cls(ref=ref, slug=slug, provider_id=provider_id, **(asdict(facts) | more))

    @property
    def facts(self) -> ServiceFacts:
        names = ServiceFacts.__dataclass_fields__
        said = {name: getattr(self, name) for name in names}
        return ServiceFacts(**said | {"mode": Mode(self.mode)})

    def status_on(self, day: date) -> ServiceStatus:
        """Its status on a day: a dated closing takes hold by itself."""
        return rules.status_on(ServiceStatus(self.status), self.closed_from, on=day)

    @property
    def needs(self) -> list[needs.Need]:
        return needs.from_mask(self.needs_mask)

    @property
    def access(self) -> list[access.Access]:
        return access.from_mask(self.access_mask)

    @property
    def qualities(self) -> list[qualities.Quality]:
        return qualities.from_mask(self.qualities_mask)


class CapacityQuerySet(models.QuerySet["Capacity"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the service sees its places."""
        return self.filter(service__in=Service.objects.visible_to(person))


class Capacity(models.Model):
    """How many children a service can take in one half-day of every week (S297)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacity")
    half_day = models.PositiveSmallIntegerField()  # core.half_days index: 0 is Monday morning
    places = models.PositiveSmallIntegerField()

    objects = CapacityQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service", "half_day"], name="capacity_once"),
            models.CheckConstraint(
                name="capacity_in_the_week", condition=Q(half_day__lt=len(half_days.WEEK))
            ),
        )

    def __str__(self) -> str:
        return f"{self.places} on {half_days.WEEK[self.half_day]}"


class RateQuerySet(models.QuerySet["Rate"]):
    def visible_to(self, person: Person) -> Self:
        """Whoever sees the service sees its rates."""
        return self.filter(service__in=Service.objects.visible_to(person))


class Rate(models.Model):
    """From this day on one unit of the service costs this much, net of VAT (S282)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="rates")
    pence = models.PositiveIntegerField()
    in_force_from = models.DateField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField()

    objects = RateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["service", "in_force_from"], name="rate_once_a_day"),
            models.CheckConstraint(name="rate_more_than_nothing", condition=Q(pence__gt=0)),
        )

    def __str__(self) -> str:
        return f"{self.pence}p from {self.in_force_from}"


class CatalogueChangeQuerySet(models.QuerySet["CatalogueChange"]):
    def visible_to(self, person: Person) -> Self:
        """Everyone: a row says that something changed, and nothing more."""
        return self


class CatalogueChange(models.Model):
    """Something changed by which services are matched or listed.

    Database triggers add a row for every statement that touches a provider, a service, its
    places, rates, admissions, evidence or bookings, so nobody can forget to. Rows are only
    added, so writers never wait for each other; a reader compares which are there.
    """

    objects = CatalogueChangeQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)
