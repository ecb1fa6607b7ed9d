"""A provider reports what it delivered of what it promised, and may send what shows it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.market.promises import actions as promises
from flsf.market.promises.rules import NewReport
from flsf.market.providers import queries as providers
from flsf.shared.documents import actions as documents


@transaction.atomic
def report_value(
    *,
    provider_id: int,
    report: NewReport,
    file_name: str = "",
    content: bytes | None = None,
    by: Person,
    at: datetime,
) -> int:
    """The report waits for somebody of the council, with the file if one was sent; its id.

    Raises what documents.keep raises of a file, and what promises.report raises; then neither is
    kept.
    """
    if content is not None:
        owner = providers.organisation_of(provider_id)
        kept = documents.keep(name=file_name, content=content, owner_id=owner, by=by, at=at)
        report = replace(report, document_ref=kept.ref)
    return promises.report(provider_id=provider_id, report=report, by=by, at=at).pk
