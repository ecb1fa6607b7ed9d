from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.market.staff import actions
from flsf.market.staff import queries as staff
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires


@requires(Permission.MANAGE_OWN_SERVICES)
def assurance(request: HttpRequest) -> HttpResponse:
    """The provider's letter of assurance is read, and given anew (E24)."""
    person, now = person_of(request), clock.now()
    provider = found(providers.own(person=person))
    if request.method == "POST":
        try:
            actions.give_assurance(provider_id=provider.pk, by=person, at=now)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "You gave the letter. Schools with a child here can read it.")
        return redirect("own-letter")
    on = clock.london_day(now)
    context = {
        "provider": provider,
        "letter": staff.letter(provider.pk, on=on),
        "title": "Letter about staff checks",
        "missing": [
            one for one in staff.register(provider.pk, person=person, on=on) if one.why_not
        ],
    }
    return render(request, "provider/staff/letter.html", context)
