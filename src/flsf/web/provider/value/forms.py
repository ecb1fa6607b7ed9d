from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from flsf.market.promises.enums import Measure
from flsf.market.promises.rules import LAST_YEAR_OF_PLANS, MOST, NewPlan, NewReport, in_words
from flsf.web.components.fields import GovukForm, long_text, set_choices


class ReportForm(GovukForm):
    """What you delivered so far in a school year, and what shows it."""

    year = forms.ChoiceField(
        label="Which school year?", error_messages={"required": "Select the school year"}
    )
    evidence = long_text(
        "What shows it?",
        missing="Say what shows it",
        help_text="For example: payroll of June, letter of the college. We may ask to see it. "
        "Do not name a person.",
    )
    paper = forms.FileField(
        label="A photo or copy of what shows it, if you have one",
        required=False,
        help_text="PDF or photo. Black out the names of people in it.",
        error_messages={"empty": "That file is empty. Choose another"},
    )
    climate = forms.CharField(
        label="How does it go with travelling less and using less energy?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, years: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = {str(one.year): one for one in years}
        set_choices(self, "year", [(str(one.year), in_words(one)) for one in years])
        for one in Measure:
            self.fields[one.value] = forms.IntegerField(
                label=str(one.label),
                min_value=0,
                max_value=MOST,
                widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
                help_text="How many so far in that year. 0 if none.",
                error_messages={
                    "required": f"Enter a number for: {str(one.label).lower()}",
                    "invalid": "Enter a whole number, like 2",
                    "min_value": "Enter 0 or more",
                    "max_value": f"Enter {MOST:,} or fewer",
                },
            )
        self.order_fields(["year", *(one.value for one in Measure), "evidence", "paper", "climate"])

    def report(self) -> NewReport:
        said = self.cleaned_data
        return NewReport(
            year=self.years[said["year"]],
            amounts={one: said[one.value] for one in Measure},
            evidence=said["evidence"],
            climate=said["climate"],
        )


class PlanForm(GovukForm):
    """What you do for the climate."""

    words = long_text(
        "What do you do, or will you do, to travel less and use less energy?",
        missing="Enter what you do",
        help_text="What fits your size. A few sentences will do.",
    )
    net_zero_by = forms.IntegerField(
        label="By which year do you mean to be carbon net zero?",
        required=False,
        max_value=LAST_YEAR_OF_PLANS,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        help_text="Leave it empty if you have no such plan.",
        error_messages={
            "invalid": "Enter a year, like 2030",
            "max_value": f"Enter a year, no later than {LAST_YEAR_OF_PLANS}",
        },
    )

    def plan(self) -> NewPlan:
        return NewPlan(**self.cleaned_data)
