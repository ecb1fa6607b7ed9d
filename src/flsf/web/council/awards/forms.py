from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import widgets

from flsf.casework.calloffs.enums import Decision, DirectGround
from flsf.core import half_days
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices
from flsf.web.components.half_day_fields import half_days_asked, minutes_asked

LONGEST_DAYS = 366 * 2


class ProposalForm(GovukForm):
    """What to buy, and why this and so."""

    half_days = half_days_asked()
    minutes = minutes_asked()
    starts_on = DatePartsField(label="First day", missing="Enter the first day")
    ends_on = DatePartsField(label="Last day", missing="Enter the last day")
    budget = forms.TypedChoiceField(
        label="Which budget pays?",
        coerce=int,
        error_messages={"required": "Select the budget that pays"},
    )
    ground = forms.TypedChoiceField(
        label="Why may it be awarded without a competition?",
        coerce=DirectGround,
        choices=DirectGround.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the ground for a direct award"},
    )
    ground_words = long_text(
        "What do you recommend, and why?",
        missing="Enter what you recommend and why",
        help_text="Whoever decides reads this first. Do not name the child.",
    )
    override_reason = forms.CharField(
        label="Why not the service ranked first?",
        required=False,
        widget=widgets.Textarea(attrs={"rows": 3}),
        help_text="Only if this one is not ranked first.",
    )
    going_on_reason = forms.CharField(
        label="Why go on with what asks for a reason?",
        required=False,
        widget=widgets.Textarea(attrs={"rows": 3}),
        help_text='Only if a test on this page says "asks for a reason".',
    )

    def __init__(self, *args: Any, budgets: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "budget", [("", "Choose a budget"), *budgets])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("ends_on", "The last day must be on or after the first day")
            elif (last - first).days > LONGEST_DAYS:
                self.add_error("ends_on", "The last day must be within two years of the first")
        return given

    @property
    def mask(self) -> int:
        chosen = self.cleaned_data.get("half_days", [])
        return half_days.to_mask(half_days.BY_CODE[one] for one in chosen)


class DecisionForm(GovukForm):
    decision = forms.TypedChoiceField(
        label="Your decision",
        coerce=Decision,
        choices=[
            (Decision.AWARDED, "Approve: make the award"),
            (Decision.RETURNED, "Return: something must change first"),
            (Decision.NOT_AWARDED, "Decline: do not buy this"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select your decision"},
    )
    reason = long_text(
        "Why?",
        missing="Enter the reason for your decision",
        help_text="It is kept with the award. The officer reads it. Do not name the child.",
    )
