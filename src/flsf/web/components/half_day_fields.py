"""What is bought of a week: asked alike of whoever awards and of whoever opens a competition."""

from django import forms
from django.forms import widgets

from flsf.core import half_days

SHORTEST, LONGEST = 15, 300


def half_days_asked() -> forms.MultipleChoiceField:
    """The half-days of a week, by their codes; at least one."""
    return forms.MultipleChoiceField(
        label="Which half-days of every school week?",
        choices=[(one.code, str(one)) for one in half_days.WEEK],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one half-day"},
    )


def minutes_asked() -> forms.IntegerField:
    """The minutes of each half-day, from SHORTEST to LONGEST."""
    return forms.IntegerField(
        label="How many minutes in each half-day?",
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=widgets.NumberInput(attrs={"class": "govuk-input--width-4"}),
        error_messages={
            "required": "Enter how many minutes",
            "invalid": "Minutes must be a whole number, like 150",
            "min_value": f"Minutes must be {SHORTEST} or more",
            "max_value": f"Minutes must be {LONGEST} or fewer: a half-day is no longer",
        },
    )
