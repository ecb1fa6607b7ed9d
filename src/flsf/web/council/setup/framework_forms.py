from typing import Any

from django import forms

from flsf.core.money import Money
from flsf.mandate.framework.enums import CommercialModel
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, text
from flsf.web.components.money_field import PoundsField

FEW = {"class": "govuk-input--width-2"}
WIDTH = {"class": "govuk-input--width-10"}


def _years(label: str, help_text: str) -> forms.IntegerField:
    wrong = "Enter a number of years from 0 to 8, like 3"
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=8,
        widget=forms.TextInput(attrs=FEW),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class FirstFrameworkForm(GovukForm):
    """The framework as it was decided."""

    name = text("Name", missing="Enter the framework's name", max_length=200)
    commercial_model = forms.TypedChoiceField(
        label="Commercial model",
        coerce=CommercialModel,
        choices=CommercialModel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a commercial model"},
    )
    starts_on = DatePartsField(label="First day", missing="Enter the first day")
    initial_years = _years("Years it runs", "For example, 3")
    extension_years_allowed = _years(
        "Years it may be extended by", "For example, 5. Together at most 8."
    )
    ceiling = forms.CharField(
        label="Ceiling in pounds, VAT included",
        required=False,
        help_text="The most that may ever be called off. Empty: none stated.",
        widget=forms.TextInput(attrs=WIDTH),
    )
    decided_by_body = text(
        "Decided by", missing="Enter who decided it", max_length=100, help_text="Such as Cabinet"
    )
    decided_on = DatePartsField(label="Decided on", missing="Enter the day it was decided")
    minute = text("Minute", missing="Enter the number of the minute", max_length=60)

    def clean_ceiling(self) -> Money | None:
        typed = str(self.cleaned_data["ceiling"]).strip()
        return Money(PoundsField(label="Ceiling").clean(typed)) if typed else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("initial_years") == 0:
            self.add_error("initial_years", "Enter a number of years from 1 to 8, like 3")
        return given


class ChecksForm(GovukForm):
    """From which day the usual checks are asked for."""

    needed_from = DatePartsField(
        label="From which day must providers have them?",
        missing="Enter the day from which providers must have them",
    )
