from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.shared.accounts.enums import Permission
from flsf.shared.council import actions, queries
from flsf.web.access import person_of, requires
from flsf.web.components import council
from flsf.web.components.fields import posted
from flsf.web.council.setup.council_forms import CouncilForm


@requires(Permission.MANAGE_SETTINGS)
def council_page(request: HttpRequest) -> HttpResponse:
    """How the council appears on every page, and how it can be reached."""
    form = CouncilForm(posted(request), initial=asdict(queries.particulars()))
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell(particulars=form.particulars(), by=person_of(request), at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            council.forget()
            messages.success(request, "Saved. Every page says so within a quarter of a minute")
            return redirect("setup")
    context = {
        "title": "The council",
        "section": "settings",
        "form": form,
        "button": "Save",
        "cancel": reverse("setup"),
    }
    return render(request, "layouts/question.html", context)
