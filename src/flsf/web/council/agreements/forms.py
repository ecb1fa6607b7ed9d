from datetime import date
from typing import Any

from django import forms

from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text


class SignedForm(GovukForm):
    """When it was signed on paper, by whom, and how the council knows."""

    signed_on = DatePartsField(label="When was it signed?", missing="Enter the day it was signed")
    name = forms.CharField(label="Who signed it for the provider?", required=False, max_length=200)
    reason = long_text(
        "How do you know, and where is the paper?",
        missing="Enter how you know, and where the paper is",
        help_text="For example: signed before this system was used, kept by procurement.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["signed_on"].help_text = f"For example, {today.day} {today.month} {today.year}"

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if day > self.today:
            raise forms.ValidationError("Enter a day that is not still to come")
        return day


class AnswerForm(GovukForm):
    words = long_text(
        "What do you answer?", missing="Enter your answer", help_text="The provider reads this."
    )


class AgainForm(GovukForm):
    reason = long_text(
        "Why is it issued again?",
        missing="Enter why it is issued again",
        help_text="The provider reads this in the new version.",
    )


class PlainForm(GovukForm):
    """Nothing to enter: one act."""
