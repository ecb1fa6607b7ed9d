"""What the council knows that may exclude a supplier, and the supplier's own answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.exclusions import actions, queries
from flsf.market.exclusions.enums import CaseStatus
from flsf.market.exclusions.rules import GROUNDS
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, long_text, posted


class AnswerForm(GovukForm):
    words = long_text(
        "What do you want the council to know?",
        missing="Enter what you want the council to know",
        help_text=(
            "What is wrong in it? What have you put right, and how do you make sure that it does "
            "not happen again? If one person is the cause, have you replaced them?"
        ),
    )


@requires(Permission.APPLY)
def own_exclusion(request: HttpRequest, ref: str) -> HttpResponse:
    """The case of the person's own organisation; while it is open they may answer, and again."""
    person, now = person_of(request), clock.now()
    own = queries.own_cases(person=person)
    one = found(own.filter(ref=ref.strip().upper()).first())
    form = AnswerForm(posted(request), initial={"words": one.answer})
    is_open = one.status == CaseStatus.OPEN
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(case_id=one.pk, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The council has your answer")
            return redirect("own-exclusion", ref=ref)
    context = {
        "one": one,
        "ground": GROUNDS[one.ground],
        "form": form if is_open or form.errors else None,
    }
    return render(request, "provider/exclusion/page.html", context)
