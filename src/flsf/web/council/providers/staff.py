from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.staff import actions, queries
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.providers.forms import ConfirmForm
from flsf.web.council.providers.views import asked_about


@requires(Permission.VIEW_PROVIDERS)
def staff_of(request: HttpRequest, ref: str) -> HttpResponse:
    """Who works for a provider, the checks of each, and its letter about them."""
    asked = asked_about(request, ref)
    context = {
        "provider": asked.provider,
        "staff": queries.register(asked.provider.pk, person=asked.person, on=asked.today),
        "letter": queries.letter(asked.provider.pk, on=asked.today),
        "may_confirm": asked.person.may(Permission.EDIT_PROVIDERS),
    }
    return render(request, "council/providers/staff.html", context)


@requires(Permission.EDIT_PROVIDERS)
def member_confirm(request: HttpRequest, ref: str) -> HttpResponse:
    """Somebody new, alone with children, is confirmed or not yet."""
    person, now = person_of(request), clock.now()
    one = found(queries.with_ref(ref, person=person, on=clock.london_day(now)))
    form = ConfirmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm(member_id=one.id, by=person, at=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("confirmation", str(refusal))
        else:
            said = form.cleaned_data["confirmation"].label.lower()
            messages.success(request, f"{one.name}: {said}")
            return redirect("staff-of", ref=one.provider_ref)
    return render(request, "council/providers/confirm.html", {"one": one, "form": form})
