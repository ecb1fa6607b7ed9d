"""The file of an agreement, handed to whoever may read it: to keep, never shown within a page."""

from django.http import HttpResponse

from flsf.market.agreements import queries
from flsf.market.agreements.queries import Issued


def agreement_file(paper: Issued) -> HttpResponse:
    """Byte for byte as it was issued, under its reference and version."""
    response = HttpResponse(queries.file_of(paper.id), content_type="application/pdf")
    name = f"agreement-{paper.ref}-version-{paper.version}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
