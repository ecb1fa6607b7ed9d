from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from flsf.casework.children.enums import Basis, Care, Detail, Relation, Schooling, SenStage
from flsf.casework.children.rules import Facts
from flsf.core import access, needs
from flsf.core.people import ChildReach, Person


class ChildQuerySet(models.QuerySet["Child"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """The one door to children's records.

        Roles that reach every child, or the Virtual School's children, see those. Anybody
        else sees the children with a disclosure to them or their organisation open that day.
        """
        if person.reach.children is ChildReach.ALL:
            return self
        disclosed = Q(pk__in=Disclosure.objects.open_to(person, on=on).values("child"))
        if person.reach.children is ChildReach.LOOKED_AFTER:
            return self.filter(disclosed | ~Q(care=Care.NONE))
        return self.filter(disclosed)


class Child(models.Model):
    """A child or young person up to 25. Never named in an address, a log or a message."""

    ref = models.CharField(max_length=12, unique=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    preferred_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField()
    upn = models.CharField(max_length=13, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    schooling = models.CharField(max_length=20, choices=Schooling, default=Schooling.NO_SCHOOL)
    school = models.ForeignKey(
        "shared.School", on_delete=models.PROTECT, null=True, related_name="+"
    )
    sen_stage = models.CharField(max_length=10, choices=SenStage, default=SenStage.NONE)
    plan_ref = models.CharField(max_length=40, blank=True)  # of the EHCP or support plan (S48)
    care = models.CharField(max_length=20, choices=Care, default=Care.NONE)
    needs_mask = models.IntegerField(default=0)
    main_need = models.CharField(max_length=10, choices=needs.CHOICES, blank=True)
    access_mask = models.IntegerField(default=0)
    strengths = models.TextField(blank=True)  # what they like and are good at, first (section 7)
    about = models.TextField(blank=True)  # what helps, and what makes things hard
    health_notes = models.TextField(blank=True)
    contact_caution = models.TextField(blank=True)  # who must not be told, and what is not safe
    named_worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = ChildQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "children"
        indexes = (
            models.Index(fields=["last_name", "first_name"], name="child_by_name"),
            models.Index(fields=["birth_date"], name="child_by_birth_date"),
        )
        constraints = (
            models.UniqueConstraint(fields=["upn"], condition=~Q(upn=""), name="upn_once"),
            models.CheckConstraint(
                name="child_on_roll_has_school",
                condition=~Q(schooling=Schooling.ON_ROLL) | Q(school__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def known_as(self) -> str:
        return f"{self.preferred_name or self.first_name} {self.last_name}"

    @property
    def needs(self) -> list[needs.Need]:
        return needs.from_mask(self.needs_mask)

    @property
    def access(self) -> list[access.Access]:
        return access.from_mask(self.access_mask)

    @property
    def facts(self) -> Facts:
        """What the record holds, as `actions.change` takes it."""
        return Facts(
            **{name: getattr(self, name) for name in _AS_IT_IS},
            schooling=Schooling(self.schooling),
            sen_stage=SenStage(self.sen_stage),
            care=Care(self.care),
            needs=frozenset(self.needs),
            main_need=needs.Need(self.main_need) if self.main_need else None,
            access=frozenset(self.access),
        )


_AS_IT_IS = (
    *("first_name", "last_name", "preferred_name", "birth_date", "upn", "postcode", "school_id"),
    *("plan_ref", "strengths", "about", "health_notes", "contact_caution"),
)


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the child; what of it they are shown is the page's level of detail."""
        return self.filter(child__in=Child.objects.visible_to(person, on=on))


class Contact(models.Model):
    """Somebody who cares for the child, and how it is safe to reach them."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=20, choices=Relation)
    has_parental_responsibility = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    may_phone = models.BooleanField(default=False)
    may_text = models.BooleanField(default=False)
    may_email = models.BooleanField(default=False)
    may_leave_message = models.BooleanField(default=False)
    language = models.CharField(max_length=40, blank=True)
    needs_interpreter = models.BooleanField(default=False)

    objects = ContactQuerySet.as_manager()

    def __str__(self) -> str:
        return f"contact {self.pk}"


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def open_on(self, day: date) -> Self:
        """Those that show something on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def open_to(self, person: Person, *, on: date) -> Self:
        """Those open on that day to the person or to an organisation of theirs."""
        if person.pk is None:
            return self.none()
        to_them = Q(person=person.pk) | Q(organisation__in=person.reach.organisation_ids)
        return self.open_on(on).filter(to_them)

    def visible_to(self, person: Person, *, on: date) -> Self:
        """Whoever sees the child sees who else may."""
        return self.filter(child__in=Child.objects.visible_to(person, on=on))


class Disclosure(models.Model):
    """From one day until another, somebody outside the casework team may see a child.

    Referrals, offers, placements and reviews open and close these through this stage's
    actions; nothing else decides who may see a child (rules D7 and E14).
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="disclosures")
    organisation = models.ForeignKey(
        "shared.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    detail = models.CharField(max_length=10, choices=Detail)
    basis = models.CharField(max_length=20, choices=Basis)
    because = models.CharField(max_length=20, blank=True)  # the reference that opened it
    since = models.DateField()
    until = models.DateField(null=True)  # the last day it shows anything; null: open
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "since"], name="disclosure_by_organisation"),
            models.Index(fields=["person", "since"], name="disclosure_by_person"),
            models.Index(fields=["because"], name="disclosure_by_reason"),
        )
        constraints = (
            models.CheckConstraint(
                name="disclosed_to_one",
                condition=Q(organisation__isnull=False, person=None)
                | Q(organisation=None, person__isnull=False),
            ),
            # A disclosure closed the day before it began never showed anything.
            models.CheckConstraint(
                name="disclosure_dates_in_order",
                condition=Q(until=None) | Q(until__gte=F("since") - timedelta(days=1)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.child} to {self.organisation_id or self.person_id}"


class FamilyCheckQuerySet(models.QuerySet["FamilyCheck"]):
    def visible_to(self, person: Person, *, on: date) -> Self:
        """Casework roles, for the children they see: never whoever says so of themselves."""
        if person.reach.children is ChildReach.DISCLOSED:
            return self.none()
        return self.filter(child__in=Child.objects.visible_to(person, on=on))


class FamilyCheck(models.Model):
    """Somebody signed in said that a child is theirs, and an officer finds out whether it is so."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="family_checks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=Relation)  # as they said
    because = models.CharField(max_length=20)  # the request they sent
    asked_at = models.DateTimeField()
    is_theirs = models.BooleanField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects = FamilyCheckQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["child", "person"],
                condition=Q(is_theirs=None),
                name="family_check_open_once",
            ),
            models.CheckConstraint(
                name="family_check_settled_whole",
                condition=Q(is_theirs=None, reason="", settled_by=None, settled_at=None)
                | Q(is_theirs__isnull=False, settled_by__isnull=False, settled_at__isnull=False)
                & ~Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"family check {self.pk}"
