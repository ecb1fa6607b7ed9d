"""The council decides about a kind of service that a provider proposed; its services follow."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.market.directory import actions as directory
from flsf.market.kinds import actions as kinds
from flsf.market.providers import actions as providers


@transaction.atomic
def adopt(*, kind_id: int, why: str, by: Person, at: datetime) -> None:
    """Families find services by the kind. Raises what kinds.adopt raises."""
    kinds.adopt(kind_id=kind_id, why=why, by=by, at=at)
    moved = providers.move_kind(from_id=kind_id, to_id=kind_id, by=by, at=at)
    directory.relist(service_ids=moved, by=by, at=at)


@transaction.atomic
def decline(*, kind_id: int, why: str, by: Person, at: datetime) -> None:
    """Services of the kind are of none. Raises what kinds.decline raises."""
    kinds.decline(kind_id=kind_id, why=why, by=by, at=at)
    moved = providers.move_kind(from_id=kind_id, to_id=None, by=by, at=at)
    directory.relist(service_ids=moved, by=by, at=at)


@transaction.atomic
def merge(*, kind_id: int, into_id: int, why: str, by: Person, at: datetime) -> None:
    """Services of the kind are of the other. Raises what kinds.merge raises."""
    kinds.merge(kind_id=kind_id, into_id=into_id, why=why, by=by, at=at)
    moved = providers.move_kind(from_id=kind_id, to_id=into_id, by=by, at=at)
    directory.relist(service_ids=moved, by=by, at=at)
