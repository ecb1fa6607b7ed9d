from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from flsf.market.providers.enums import TYPE_CHOICES, ProviderType
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices


class TellForm(GovukForm):
    """Which check you can show now, by what number, and for which days."""

    code = forms.ChoiceField(
        label="What can you show?", error_messages={"required": "Select what you can show"}
    )
    number = forms.CharField(
        label="Number on it",
        required=False,
        max_length=100,
        help_text="The policy or certificate number, if it has one. Nothing else of what it says.",
    )
    holds_from = DatePartsField(label="First day it holds", missing="Enter the first day it holds")
    expires_on = DatePartsField(label="Last day it holds", missing="Enter the last day it holds")
    paper = forms.FileField(
        label="A photo or copy of it, if you have one",
        required=False,
        help_text="PDF or photo. Never a DBS certificate: its number is enough.",
        error_messages={"empty": "That file is empty. Choose another"},
    )

    def __init__(
        self, *args: Any, checks: Sequence[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "code", [("", "Choose one"), *checks])
        for name in ("holds_from", "expires_on"):
            self.fields[name].help_text = f"For example, {today.day} {today.month} {today.year}"


class OwnTypesForm(GovukForm):
    """Of which types you are (S18)."""

    types = forms.TypedMultipleChoiceField(
        label="Which of these are you?",
        help_text="Choose all that fit. Choose none if none fits.",
        coerce=ProviderType,
        required=False,
        choices=TYPE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )


class ReplyForm(GovukForm):
    words = long_text(
        "Your reply",
        missing="Write your reply",
        help_text="What you have put right, or what you see differently. Do not name a child.",
    )
