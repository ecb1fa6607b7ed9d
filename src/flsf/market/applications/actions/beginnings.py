"""The only writes of who would begin an application."""

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from flsf.core.people import Person
from flsf.market.applications import rules
from flsf.market.applications.enums import Tag
from flsf.market.applications.models import Beginning
from flsf.market.applications.queries import hash_of
from flsf.shared.audit import actions as audit


@transaction.atomic
def ask_to_begin(*, asked: rules.Asked, by: Person, at: datetime) -> str:
    """What was said waits for whoever has the secret that this returns.

    The secret says nothing of anybody, and only its hash is kept.
    """
    secret = secrets.token_urlsafe(24)
    Beginning.objects.create(secret_hash=hash_of(secret), told=asdict(asked), asked_at=at)
    audit.record(tag=Tag.ASKED_TO_BEGIN, subject="application", details={}, by=by, at=at)
    return secret


@transaction.atomic
def forget_beginnings(*, by: Person, at: datetime) -> int:
    """What was said two weeks ago or earlier is gone. Answers how many."""
    old = Beginning.objects.filter(asked_at__lte=at - timedelta(days=rules.KEEP_DAYS))
    count, _ = old.delete()
    if count:
        details = {"count": count}
        audit.record(
            tag=Tag.BEGINNINGS_FORGOTTEN, subject="application", details=details, by=by, at=at
        )
    return count
