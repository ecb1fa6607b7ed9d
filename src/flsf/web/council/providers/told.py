from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.flows.see_evidence import accept_told, send_back_told
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Outcome
from flsf.market.evaluation import queries as evaluation
from flsf.shared.accounts.enums import Permission
from flsf.shared.documents import actions as document_actions
from flsf.shared.documents import queries as documents
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.providers.forms import ToldForm


@requires(Permission.EDIT_PROVIDERS)
def told_page(request: HttpRequest, ref: str) -> HttpResponse:
    """What a provider says it can show is read, and accepted or sent back."""
    person, now = person_of(request), clock.now()
    told = found(checks.told_with_ref(ref, person=person))
    form = ToldForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            if form.cleaned_data["outcome"] is Outcome.ACCEPTED:
                accept_told(told_id=told.id, by=person, at=now)
            else:
                send_back_told(told_id=told.id, words=words, by=person, at=now)
        except Refusal as refusal:
            form.add_error("outcome", str(refusal))
        else:
            messages.success(request, f"{told.name}: {form.cleaned_data['outcome'].label.lower()}")
            return redirect("provider-page", ref=told.provider_ref)
    paper = documents.with_ref(told.document_ref, person=person) if told.document_ref else None
    if paper and evaluation.is_kept_from(paper.owner_id, person=person):
        paper = None
    context = {"told": told, "form": form, "paper": paper}
    return render(request, "council/providers/told.html", context)


@requires(Permission.EDIT_PROVIDERS)
def told_file(request: HttpRequest, ref: str) -> HttpResponse:
    """The paper that a provider sent with what it told: to keep apart, never shown in a page.

    Whoever has an interest in the provider reads it nowhere.
    """
    person = person_of(request)
    told = found(checks.told_with_ref(ref, person=person))
    paper = found(documents.with_ref(told.document_ref, person=person))
    if evaluation.is_kept_from(paper.owner_id, person=person):
        raise PermissionDenied
    content = found(documents.content(paper.ref, person=person))
    document_actions.note_opened(ref=paper.ref, by=person, at=clock.now())
    response = HttpResponse(content, content_type=paper.mime_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=paper.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
