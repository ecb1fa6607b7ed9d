from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.market.providers import queries as providers
from flsf.oversight.meetings import actions, queries
from flsf.oversight.meetings.enums import Side
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import GovukForm, long_text, posted

FIELDS: refused.Fields = {actions.ReasonMissing: ("words",)}


class DoneForm(GovukForm):
    """What the provider did."""

    words = long_text(
        "What did you do?",
        missing="Say what you did",
        help_text="Some sentences are enough. Do not name a child.",
    )
    seen_id = forms.IntegerField(required=False, widget=forms.HiddenInput)


@requires(Permission.MANAGE_OWN_SERVICES)
def own_meetings(request: HttpRequest) -> HttpResponse:
    """When we meet next and why, what the provider agreed to do, and each meeting held."""
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.own(person=person))
    timings = queries.timings(person=person, on=today, provider_id=provider.pk)
    held = queries.meetings(person=person, provider_id=provider.pk)
    agreed = [each for one in held for each in one.agreed]
    context = {
        "today": today,
        "timing": timings[0] if timings else None,
        "meetings": held,
        "to_do": [one for one in agreed if one.side is Side.PROVIDER and not one.is_settled],
    }
    return render(request, "provider/meetings/page.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def own_action_done(request: HttpRequest, ref: str) -> HttpResponse:
    """The provider says that what it agreed to is done; the council looks."""
    person, now = person_of(request), clock.now()
    one = found(queries.action_with_ref(ref, person=person))
    if one.side is not Side.PROVIDER:
        raise Http404
    form = DoneForm(posted(request), initial={"seen_id": one.latest.id})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data | {"action_id": one.id, "by": person, "at": now}
        if refused.settled(form, actions.say_done, answers, FIELDS):
            messages.success(request, "The council knows that you did it, and will look")
            return redirect("own-meetings")
    context = {"one": one, "form": form, "today": clock.london_day(now)}
    return render(request, "provider/meetings/done.html", context)
