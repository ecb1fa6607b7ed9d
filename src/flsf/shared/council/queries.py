"""Reads of what the council says of itself."""

from dataclasses import fields

from django.conf import settings

from flsf.shared.council.models import Told
from flsf.shared.council.rules import Particulars


def particulars() -> Particulars:
    """How the council appears now; until it has told more, by the name of the settings."""
    newest = Told.objects.order_by("-told_at", "-pk").first()
    if newest is None:
        return Particulars(name=settings.COUNCIL_NAME)
    return Particulars(**{one.name: getattr(newest, one.name) for one in fields(Particulars)})


def is_told() -> bool:
    """Whether the council has said how it appears and can be reached."""
    return Told.objects.exists()
