"""The visit that is due to a provider admitted with a limit."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.market.admissions import actions, queries
from flsf.market.admissions.actions import NewVisit
from flsf.market.admissions.enums import VisitOutcome
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, posted
from flsf.web.council.providers.views import asked_about, settled


class VisitForm(GovukForm):
    """Who went, when, what they saw, and what becomes of the limit."""

    visited_on = DatePartsField(label="Day of the visit", missing="Enter the day of the visit")
    visited_by = forms.CharField(
        label="Who went?", max_length=200, error_messages={"required": "Enter who went"}
    )
    seen = long_text(
        "What did they see?",
        missing="Enter what they saw",
        help_text="Do not name a child or a member of staff.",
    )
    outcome = forms.TypedChoiceField(
        label="What becomes of the limit?",
        coerce=VisitOutcome,
        choices=VisitOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what becomes of the limit"},
    )
    most_children = forms.IntegerField(
        label="If there is a new limit: how many children at most?",
        required=False,
        min_value=1,
        max_value=999,
    )
    reason = forms.CharField(
        label="If it is not lifted: why?",
        required=False,
        help_text="The provider will read this.",
        widget=forms.Textarea,
    )
    next_visit_on = DatePartsField(label="If it is not lifted: day of the next visit", missing="")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["next_visit_on"].required = False

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        outcome = answers.get("outcome")
        if outcome is VisitOutcome.CHANGED and not answers.get("most_children"):
            self._ask("most_children", "Enter how many children at most")
        if outcome in (VisitOutcome.KEPT, VisitOutcome.CHANGED):
            if not str(answers.get("reason", "")).strip():
                self._ask("reason", "Enter why the limit is not lifted")
            following = answers.get("next_visit_on")
            if following is None or following <= self.today:
                self._ask("next_visit_on", "Enter a day after today for the next visit")
        return answers

    def _ask(self, name: str, words: str) -> None:
        if name not in self.errors:
            self.add_error(name, words)


@requires(Permission.SUSPEND_PROVIDERS)
def provider_visit(request: HttpRequest, ref: str) -> HttpResponse:
    asked = asked_about(request, ref)
    conditions = queries.conditions(
        person=asked.person, on=asked.today, provider_id=asked.provider.pk
    )
    condition = next((one for one in conditions if one.limit is not None), None)
    form = VisitForm(posted(request), today=asked.today)
    if condition is not None and request.method == "POST" and form.is_valid():
        answers = {
            "condition_id": condition.condition_id,
            "visit": NewVisit(**form.cleaned_data),
            "by": asked.person,
            "at": asked.now,
        }
        if settled(form, actions.record_visit, answers):
            messages.success(request, f"You recorded the visit to {asked.provider.name}")
            return redirect("provider-page", ref=ref)
    context = {"provider": asked.provider, "form": form, "condition": condition}
    return render(request, "council/providers/visit.html", context)
