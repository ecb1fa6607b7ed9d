"""What of an application was accepted, whatever has become of it since."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from flsf.market.applications.enums import Status
from flsf.market.applications.models import (
    Application,
    ApplicationStatus,
    LeftLot,
    Submission,
)

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def accepted_submissions(*, on: date) -> QuerySet[Submission]:
    """What was sent and accepted up to a day: an applicant who applies for more keeps what it
    has, and what it was accepted with.
    """
    following = Submission.objects.filter(
        application=OuterRef("application"), number=OuterRef("number") + 1
    )
    changes = ApplicationStatus.objects.filter(
        application=OuterRef("application"),
        status=Status.ACCEPTED,
        takes_effect_on__lte=on,
        changed_at__gte=OuterRef("submitted_at"),
        changed_at__lt=OuterRef("superseded_at"),
    )
    return Submission.objects.annotate(
        superseded_at=Coalesce(
            Subquery(following.order_by(F("number")).values("submitted_at")[:1]), Value(NEVER)
        )
    ).filter(Exists(changes))


def lots_joined(application_id: int, *, on: date) -> Mapping[int, str]:
    """The lots that an application was accepted for, by name: sent again, they are kept.

    But for those that its provider has left since: it may apply for them again.
    """
    found = accepted_submissions(on=on).filter(application=application_id).order_by("number")
    joined = {
        lot_id: (name, one.submitted_at) for one in found for lot_id, _, name in one.content["lots"]
    }
    left = {one.lot_id: one.noted_at for one in _left(application_id, on=on)}
    names = {
        lot_id: name
        for lot_id, (name, sent_at) in joined.items()
        if lot_id not in left or left[lot_id] < sent_at
    }
    return dict(sorted(names.items(), key=lambda one: one[1]))


def lots_left(application_id: int, *, on: date) -> Mapping[str, date]:
    """The lots that its provider was taken out of up to a day, by name, each with the last day."""
    return {one.lot.name: one.left_on for one in _left(application_id, on=on)}


def has_left_since(application_id: int, *, since: datetime, on: date) -> bool:
    """Whether its provider was taken out of a lot after that moment, and by that day."""
    return _left(application_id, on=on).filter(noted_at__gt=since).exists()


def _left(application_id: int, *, on: date) -> QuerySet[LeftLot]:
    provider = Application.objects.filter(pk=application_id).values("provider")
    found = LeftLot.objects.filter(provider__in=provider, left_on__lte=on)
    return found.select_related("lot").order_by("lot__name", "noted_at")
