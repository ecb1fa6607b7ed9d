"""A provider's own agreements: read, kept as a file, accepted, asked about or declined."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.agreements import actions, queries
from flsf.market.agreements.enums import ReplyKind
from flsf.market.agreements.queries import Issued
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.agreement_file import agreement_file
from flsf.web.components.fields import GovukForm, posted
from flsf.web.provider.agreement.forms import AcceptForm, ReplyForm
from flsf.web.provider.agreement.shown import HINTS, WORDS


def _own(request: HttpRequest, ref: str) -> Issued:
    today = clock.london_day(clock.now())
    return found(queries.own_paper_with_ref(ref, person=person_of(request), on=today))


@requires(Permission.MANAGE_OWN_SERVICES)
def own_agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement of the provider, those that wait first."""
    today = clock.london_day(clock.now())
    papers = queries.own_papers(person=person_of(request), on=today)
    context = {"papers": papers, "words": WORDS}
    return render(request, "provider/agreement/list.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def own_agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """What it says, word for word as in its file, and how it stands."""
    paper = _own(request, ref)
    word, kind = WORDS[paper.status]
    context = {
        "paper": paper,
        "writing_of": queries.writing_of(paper.id),
        "word": word,
        "kind": kind,
        "hint": HINTS.get(paper.status, ""),
    }
    return render(request, "provider/agreement/page.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def own_agreement_file(request: HttpRequest, ref: str) -> HttpResponse:
    return agreement_file(_own(request, ref))


@requires(Permission.MANAGE_OWN_SERVICES)
def agreement_accept(request: HttpRequest, ref: str) -> HttpResponse:
    """Accepted once, by somebody who says that they may."""
    paper, person = _own(request, ref), person_of(request)
    form = AcceptForm(posted(request), initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept(paper_id=paper.id, signature=form.signature(), by=person, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"You accepted agreement {paper.ref}")
            return redirect("own-agreement", ref=paper.ref)
    return _asked(request, paper, form, "provider/agreement/accept.html")


@requires(Permission.MANAGE_OWN_SERVICES)
def agreement_reply(request: HttpRequest, ref: str) -> HttpResponse:
    """A question or a no, which the council answers."""
    paper = _own(request, ref)
    form = ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply(
                paper_id=paper.id, **form.cleaned_data, by=person_of(request), at=clock.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            asked = form.cleaned_data["kind"] is ReplyKind.ASKED
            messages.success(
                request, "The council has your question" if asked else "You declined it"
            )
            return redirect("own-agreement", ref=paper.ref)
    return _asked(request, paper, form, "provider/agreement/reply.html")


def _asked(request: HttpRequest, paper: Issued, form: GovukForm, template: str) -> HttpResponse:
    return render(request, template, {"paper": paper, "form": form})
