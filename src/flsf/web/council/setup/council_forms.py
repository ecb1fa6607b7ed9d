from typing import Any

from django import forms

from flsf.shared.council.rules import Particulars, colour_trouble, phone_trouble
from flsf.web.components.fields import GovukForm, text

NARROW = {"class": "govuk-input--width-10"}
NUMBER = {"class": "govuk-input--width-20", "autocomplete": "off"}


def _number(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=30,
        help_text=help_text,
        widget=forms.TextInput(attrs=NUMBER),
    )


class CouncilForm(GovukForm):
    """How the council appears and can be reached."""

    name = text("Name", missing="Enter the council's name", max_length=100)
    colour = text(
        "Colour",
        missing="Enter the council's colour",
        max_length=7,
        help_text="For the top of each page. # and six digits or letters, like #14505c.",
        widget=forms.TextInput(attrs=NARROW),
    )
    phone = _number("Telephone", "For families, schools and providers who want to talk to you.")
    email = forms.EmailField(
        label="Email address",
        required=False,
        error_messages={"invalid": "Enter an email address like name@council.example"},
    )
    office_hours = forms.CharField(
        label="When somebody answers",
        required=False,
        max_length=100,
        help_text="For example: 9 to 5, Monday to Friday",
    )
    duty_phone = _number(
        "Duty line for urgent worries",
        "Shown where somebody speaks of danger, below 999.",
    )
    duty_hours = forms.CharField(
        label="When the duty line is answered",
        required=False,
        max_length=100,
        help_text="For example: day and night",
    )

    def clean_colour(self) -> str:
        typed = str(self.cleaned_data["colour"]).strip()
        colour = typed if typed.startswith("#") else f"#{typed}"
        if trouble := colour_trouble(colour):
            raise forms.ValidationError(trouble)
        return colour.lower()

    def clean_phone(self) -> str:
        return self._number("phone")

    def clean_duty_phone(self) -> str:
        return self._number("duty_phone")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number, hours, missing in (
            ("phone", "office_hours", "Enter the number, or take away when it is answered"),
            ("duty_phone", "duty_hours", "Enter the number, or take away when it is answered"),
        ):
            if given.get(hours) and not given.get(number) and number not in self.errors:
                self.add_error(number, missing)
        return given

    def particulars(self) -> Particulars:
        """What the action is told."""
        return Particulars(**self.cleaned_data)

    def _number(self, name: str) -> str:
        typed = str(self.cleaned_data[name]).strip()
        if trouble := phone_trouble(typed):
            raise forms.ValidationError(trouble)
        return typed
