"""Reads of what the council says of itself."""

from dataclasses import fields
from datetime import datetime

from django.conf import settings

from flsf.shared.council.models import Told
from flsf.shared.council.rules import Particulars


def particulars() -> Particulars:
    """How the council appears now; until it has told more, by the name of the settings."""
    newest = Told.objects.order_by("-told_at", "-pk").first()
    if newest is None:
        return Particulars(name=settings.COUNCIL_NAME)
    return Particulars(**{one.name: getattr(newest, one.name) for one in fields(Particulars)})


def told_at() -> datetime | None:
    """When the council last said how it appears and can be reached; None: not yet."""
    return Told.objects.order_by("-told_at").values_list("told_at", flat=True).first()


def is_told() -> bool:
    """Whether the council has said how it appears and can be reached."""
    return Told.objects.exists()
