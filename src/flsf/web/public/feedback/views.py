from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import VISITOR
from flsf.market.comments import actions, queries, rules
from flsf.market.directory import queries as directory
from flsf.web.access import found, public
from flsf.web.components import last_changed, spam
from flsf.web.components.fields import GovukForm, posted
from flsf.web.components.pages import page_of, pagination

SURE = "sure"
SAID = "That is when something here was last published or answered."


class CommentForm(GovukForm):
    words = forms.CharField(
        label="What would you like to say?",
        help_text=(
            "What went well? What should be better? Do not write a child's name, where a child "
            "goes, or anything else that could say who a child is."
        ),
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write what you want to say",
            "max_length": f"Use {rules.LONGEST:,} letters or fewer",
        },
    )
    name = forms.CharField(
        label="Your first name, if you want it shown",
        required=False,
        max_length=60,
        error_messages={"max_length": "Use 60 letters or fewer"},
    )


@public
def feedback(request: HttpRequest) -> HttpResponse:
    page = page_of(queries.published(), request)
    context = {
        "comments": page.object_list,
        "changed": last_changed.latest(*queries.moments(page), what=SAID),
        "pagination": pagination(page, request),
        "years": queries.years(),
    }
    return render(request, "public/feedback/all.html", context)


@public
def feedback_say(request: HttpRequest) -> HttpResponse:
    """A comment waits to be read; what could say who a child is is asked about once."""
    now = clock.now()
    slug = request.GET.get("service", "")[:140]
    about = directory.service(slug, on=clock.london_day(now)) if slug else None
    form, doubts = CommentForm(posted(request)), []
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        doubts = [] if request.POST.get(SURE) == "yes" else rules.personal_details(words)
        if doubts:
            form.add_error("words", _doubt(doubts))
        elif trouble := spam.trouble(request, at=now):
            form.add_error(None, trouble)
        else:
            actions.say(
                words=words,
                name=form.cleaned_data["name"],
                service_id=about.service.pk if about else None,
                by=VISITOR,
                at=now,
            )
            return redirect("feedback-thanks")
    context = {"form": form, "about": about, "doubts": doubts, "spam": spam.new_token(now)}
    return render(request, "public/feedback/say.html", context)


def _doubt(doubts: list[str]) -> str:
    return (
        f"Your words look as if they hold {' and '.join(doubts)}. Take it out. If it says nothing "
        "about a child, tick the box and send it as it is"
    )


@public
def feedback_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "public/feedback/thanks.html", {})


@public
def feedback_year(request: HttpRequest, year: int) -> HttpResponse:
    """What was said in a year, what was answered, and what changed."""
    found(year if year in queries.years() else None)
    page = page_of(queries.published(year=year), request)
    context = {
        "summary": queries.of_year(year),
        "comments": page.object_list,
        "changed": last_changed.latest(*queries.moments(page), what=SAID),
        "pagination": pagination(page, request),
    }
    return render(request, "public/feedback/year.html", context)
