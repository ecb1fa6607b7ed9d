from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core.masks import of_mask
from flsf.market.providers import actions
from flsf.market.providers.enums import ProviderType
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.council.providers.forms import TypesForm
from flsf.web.council.providers.views import asked_about


@requires(Permission.EDIT_PROVIDERS)
def provider_types(request: HttpRequest, ref: str) -> HttpResponse:
    """Of which types a provider is, as far as anybody has said."""
    asked = asked_about(request, ref)
    said = of_mask(ProviderType, asked.provider.types_mask or 0)
    form = TypesForm(posted(request), initial={"types": said})
    if request.method == "POST" and form.is_valid():
        actions.say_types(
            provider_id=asked.provider.pk, by=asked.person, at=asked.now, **form.cleaned_data
        )
        messages.success(request, f"You said what type of provider {asked.provider.name} is")
        return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form}
    return render(request, "council/providers/types.html", context)
