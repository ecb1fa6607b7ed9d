from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.comments import actions, queries
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, long_text, posted


class AnswerForm(GovukForm):
    answer = long_text(
        "Your answer",
        missing="Write your answer",
        help_text="Everybody can read it. Say nothing that could tell who a child is.",
    )


@requires(Permission.MANAGE_OWN_SERVICES)
def provider_comments(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    found(providers.own(person=person))
    context = {"comments": queries.register(person=person)[:100]}
    return render(request, "provider/comments/list.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def comment_own(request: HttpRequest, ref: str) -> HttpResponse:
    """A published comment about one of the provider's services, answered once."""
    person = person_of(request)
    provider = found(providers.own(person=person))
    comment = found(queries.with_ref(ref, person=person))
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                comment_id=comment.pk,
                words=form.cleaned_data["answer"],
                answered_as=provider.name,
                by=person,
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Families can read your answer now")
            return redirect("provider-comments")
    context = {"comment": comment, "form": form}
    return render(request, "provider/comments/comment.html", context)
