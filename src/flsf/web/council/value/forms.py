from typing import Any

from django import forms

from flsf.market.promises.enums import Measure, Outcome
from flsf.market.promises.rules import MOST
from flsf.web.components.fields import GovukForm, text


class PromiseForm(GovukForm):
    """What a provider promises in each school year from today, and where that is written."""

    made_in = text(
        "Where is it written?",
        missing="Enter where it is written that they promised it",
        help_text="For example: letter of 3 March 2026",
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in Measure:
            self.fields[one.value] = forms.IntegerField(
                label=f"{one.label}, in a school year",
                required=False,
                min_value=0,
                max_value=MOST,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
                help_text="Leave it empty if nothing was said. 0: it is promised no more.",
                error_messages={"invalid": "Enter a whole number, like 2"},
            )
        self.order_fields([*(one.value for one in Measure), "made_in"])

    def amounts(self) -> dict[Measure, int]:
        said = self.cleaned_data
        return {one: said[one.value] for one in Measure if said[one.value] is not None}


class DecideForm(GovukForm):
    """Whether a report counts, and what is missing if not."""

    outcome = forms.TypedChoiceField(
        label="Does it count?",
        coerce=Outcome,
        choices=[(Outcome.ACCEPTED, "Yes: accept it"), (Outcome.SENT_BACK, "No: send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it counts"},
    )
    words = forms.CharField(
        label="If not, what is missing?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The provider will read this.",
    )
