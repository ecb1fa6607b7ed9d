"""What of an application was accepted, whatever has become of it since."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from flsf.market.applications.enums import Status
from flsf.market.applications.models import ApplicationStatus, Submission

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
    """The lots that an application was accepted for, by name: sent again, they are kept."""
    found = accepted_submissions(on=on).filter(application=application_id)
    lots = {lot_id: name for one in found for lot_id, _, name in one.content["lots"]}
    return dict(sorted(lots.items(), key=lambda one: one[1]))
