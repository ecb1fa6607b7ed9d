from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.masks import of_mask
from flsf.market.providers import actions
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ProviderType
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.provider.compliance.forms import OwnTypesForm


@requires(Permission.MANAGE_OWN_SERVICES)
def own_types(request: HttpRequest) -> HttpResponse:
    """A provider says of which types it is."""
    person, now = person_of(request), clock.now()
    provider = found(providers.own(person=person))
    said = of_mask(ProviderType, provider.types_mask or 0)
    form = OwnTypesForm(posted(request), initial={"types": said})
    if request.method == "POST" and form.is_valid():
        actions.say_types(provider_id=provider.pk, by=person, at=now, **form.cleaned_data)
        messages.success(request, "The council knows what type of provider you are")
        return redirect("provider-compliance")
    return render(request, "provider/compliance/types.html", {"provider": provider, "form": form})
