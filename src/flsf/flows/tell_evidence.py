"""A provider says what it can show, and may send the paper itself."""

from datetime import date, datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.checks import actions as checks
from flsf.market.providers import queries as providers
from flsf.shared.documents import actions as documents

# Of whom a copy must not be kept: what a certificate says of a person (E25).
NO_COPIES = frozenset({"dbs"})


class NoCopyPlease(Refusal):
    says = "Do not send a copy of a DBS certificate. Its number and day are enough."


@transaction.atomic
def tell_evidence(
    *,
    provider_id: int,
    code: str,
    number: str,
    holds_from: date,
    expires_on: date,
    file_name: str = "",
    content: bytes | None = None,
    by: Person,
    at: datetime,
) -> str:
    """The council is to look at it, and at the paper if one was sent; its reference.

    Raises NoCopyPlease, what documents.keep raises of a file, and what checks.tell raises; then
    neither is kept.
    """
    document_ref = ""
    if content is not None:
        if code in NO_COPIES:
            raise NoCopyPlease
        owner = providers.organisation_of(provider_id)
        kept = documents.keep(name=file_name, content=content, owner_id=owner, by=by, at=at)
        document_ref = kept.ref
    told = checks.tell(
        provider_id=provider_id,
        code=code,
        number=number,
        holds_from=holds_from,
        expires_on=expires_on,
        document_ref=document_ref,
        by=by,
        at=at,
    )
    return told.ref
