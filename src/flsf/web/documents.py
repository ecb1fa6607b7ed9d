"""A file that was handed in: to those who may see it, to keep and not to run.

An evaluator with an interest in whoever handed it in reads it nowhere.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from flsf.core import clock
from flsf.market.evaluation import queries as evaluation
from flsf.shared.documents import actions, queries
from flsf.web.access import found, person_of, signed_in


@signed_in
def document(request: HttpRequest, ref: str) -> HttpResponse:
    """Never shown within a page of ours, whatever it holds; the reading is on record."""
    person = person_of(request)
    file = found(queries.with_ref(ref, person=person))
    if evaluation.is_kept_from(file.owner_id, person=person):
        raise PermissionDenied
    content = found(queries.content(ref, person=person))
    actions.note_opened(ref=ref, by=person, at=clock.now())
    response = HttpResponse(content, content_type=file.mime_type)
    response["Content-Disposition"] = f'attachment; filename="{file.ref}.{file.kind.value}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
