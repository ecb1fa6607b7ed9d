"""Somebody tells us what they looked for and did not find (S101)."""

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.people import VISITOR
from flsf.market.directory import actions
from flsf.web.access import public
from flsf.web.components import spam
from flsf.web.components.fields import GovukForm
from flsf.web.public.directory.question import read

LONGEST = 500


class LookedForForm(GovukForm):
    words = forms.CharField(
        label="What did you look for?",
        max_length=LONGEST,
        help_text="Do not write a child's name, or anything else that says who you are.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say what you looked for",
            "max_length": f"Use {LONGEST} letters or fewer",
        },
    )


@public
@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """The council reads the words; they are never published."""
    now, form = clock.now(), LookedForForm(request.POST)
    asked = QueryDict(request.POST.get("question", "")[:2_000])
    trouble = ""
    if form.is_valid() and not (trouble := spam.trouble(request, at=now)):
        question = read(asked)
        actions.note_told(
            words=form.cleaned_data["words"],
            needs_mask=question.asked.needs_mask,
            age=question.asked.age,
            outcode=question.outcode,
            by=VISITOR,
            at=now,
        )
        return render(request, "public/directory/told.html", {})
    if trouble:
        form.add_error(None, trouble)
    context = {"form": form, "asked": asked.urlencode(), "spam": spam.new_token(now)}
    return render(request, "public/directory/looked_for.html", context)
