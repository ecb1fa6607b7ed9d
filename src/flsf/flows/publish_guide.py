"""What is published on the Local Offer, with its file if it is one: both or neither."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.guides import actions as guides
from flsf.market.guides.rules import Content
from flsf.shared.accounts import queries as accounts
from flsf.shared.documents import actions as documents


class NoCouncil(Refusal):
    says = "The council has no organisation here yet, so nothing can be kept for it."


@transaction.atomic
def publish_guide(
    *,
    content: Content,
    file_name: str = "",
    file_content: bytes | None = None,
    by: Person,
    at: datetime,
    **version: Any,
) -> str:
    """The guide reads so from its day. Returns its reference.

    The file is looked into, and kept for the council, before anybody reads it. Raises NoCouncil,
    what documents.keep raises of a file, and what guides.publish raises; then neither is kept.
    """
    if file_content is not None:
        council = accounts.council()
        if council is None:
            raise NoCouncil
        kept = documents.keep(
            name=file_name, content=file_content, owner_id=council.pk, by=by, at=at
        )
        content = replace(content, file_ref=kept.ref)
    return guides.publish(content=content, **version, by=by, at=at).ref
