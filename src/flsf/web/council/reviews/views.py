from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.market.checks import queries as checks
from flsf.market.providers import queries as providers
from flsf.market.reviews import actions, queries
from flsf.market.reviews.enums import GUIDANCE, Subject
from flsf.market.reviews.queries.groups import standing_in_groups
from flsf.market.reviews.rules import latest_next
from flsf.market.standards import queries as standards
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import posted
from flsf.web.council.reviews.forms import EditionForm, ReviewForm

FIELDS: refused.Fields = {
    actions.ReviewedLater: ("reviewed_on",),
    actions.NoEditionHeld: ("reviewed_on",),
    actions.NextTooEarly: ("next_on",),
    actions.NextTooLate: ("next_on",),
    actions.WordsMissing: ("words",),
    actions.KnownAlready: ("in_force_from",),
    actions.TooFarAhead: ("in_force_from",),
    actions.NameMissing: ("edition",),
}


@requires(Permission.VIEW_PROVIDERS)
def provider_groups(request: HttpRequest, ref: str) -> HttpResponse:
    """What was checked of a provider in each of the four groups, by whom, and until when."""
    person, today = person_of(request), clock.london_day(clock.now())
    provider = found(providers.with_ref(ref, person=person))
    context = {
        "provider": provider,
        "groups": standing_in_groups(
            provider.pk,
            person=person,
            on=today,
            shown=checks.standings([provider.pk], on=today)[provider.pk],
            kept=standards.kept([provider.pk], person=person)[provider.pk],
        ),
        "today": today,
        "may_review": person.may(Permission.SUSPEND_PROVIDERS),
    }
    return render(request, "council/reviews/groups.html", context)


@requires(Permission.SUSPEND_PROVIDERS)
def provider_review(request: HttpRequest, ref: str) -> HttpResponse:
    """A named person records what they found, and by when it is looked at again."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    provider = found(providers.with_ref(ref, person=person))
    about = request.GET.get("about", "")
    subject = Subject(about) if about in Subject else None
    initial = {
        "subject": about if subject else "",
        "reviewed_on": today,
        "next_on": latest_next(subject, today) if subject else None,
    }
    form = ReviewForm(posted(request), today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = {"provider_id": provider.pk, "review": form.review(), "by": person, "at": now}
        if refused.settled(form, actions.record, answers, FIELDS):
            said = form.cleaned_data
            words = f"{said['subject'].label}: {said['outcome'].label.lower()}"
            messages.success(request, words)
            return redirect("provider-groups", ref=ref)
    context = {"provider": provider, "form": form, "held": queries.in_force(today)}
    return render(request, "council/reviews/review.html", context)


@requires(Permission.VIEW_PROVIDERS)
def guidance(request: HttpRequest) -> HttpResponse:
    """Which guidance providers are judged against, in which edition, since when."""
    person, today = person_of(request), clock.london_day(clock.now())
    held = {one.pk for one in queries.in_force(today).values()}
    every = list(queries.editions())
    context = {
        "guidance": [
            (one, [each for each in every if each.subject == one.value]) for one in GUIDANCE
        ],
        "held": held,
        "today": today,
        "may_add": person.may(Permission.EDIT_FRAMEWORK),
    }
    return render(request, "council/reviews/guidance.html", context)


@requires(Permission.EDIT_FRAMEWORK)
def guidance_add(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    form = EditionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data | {"by": person, "at": now}
        if refused.settled(form, actions.add_edition, answers, FIELDS):
            said = form.cleaned_data
            messages.success(request, f"{said['subject'].label}, {said['edition']}, is added")
            return redirect("guidance")
    return render(request, "council/reviews/add.html", {"form": form})
