"""Reads of referrals."""

from datetime import date

from django.db.models import QuerySet

from flsf.casework.referrals.models import Referral
from flsf.core.people import Person


def visible_ids(person: Person, *, on: date) -> QuerySet[Referral, int]:
    """The ids of the referrals this person may see on a day: a subquery for later stages."""
    return Referral.objects.visible_to(person, on=on).values_list("pk", flat=True)
