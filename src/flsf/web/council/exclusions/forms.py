from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from flsf.market.exclusions.enums import CaseStatus
from flsf.market.exclusions.rules import DEBARRED, GROUNDS
from flsf.shared.imports.rules.sources import MOST_BYTES_OF_A_SHEET
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text

A_MILLION = 1_000_000
YES, NO = "yes", "no"


class ListForm(GovukForm):
    name = text(
        "What does the list call itself?",
        missing="Enter the date or number of the list",
        help_text="The date or number it carries, like 1 May 2026.",
        max_length=100,
    )
    file = forms.FileField(
        label="The file",
        help_text=(
            f"CSV or an Excel workbook (.xlsx), up to {MOST_BYTES_OF_A_SHEET // A_MILLION} MB, "
            "with columns for Supplier name, Mandatory or discretionary, and Date added; Company "
            "number, Ground and Until are read if they are there."
        ),
        error_messages={
            "required": "Choose a file",
            "empty": "This file is empty. Check that you chose the right one",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES_OF_A_SHEET:
            raise ValidationError("This file is bigger than we can take. Is it the right one?")
        return file


class MatchForm(GovukForm):
    is_them = forms.TypedChoiceField(
        label="Is it them?",
        coerce=lambda said: said == YES,
        choices=[(YES, "Yes, the list means this supplier"), (NO, "No, it is somebody else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is them"},
    )
    because = long_text(
        "How do you know?",
        missing="Enter how you know",
        help_text="For example: company number and address compared at Companies House.",
    )


class OpenForm(GovukForm):
    """A ground that the council has learnt of."""

    ground = forms.ChoiceField(
        label="Which ground may apply?",
        choices=[
            ("", "Choose a ground"),
            *(
                (code, f"{one.label} ({one.weight.value}, {one.source})")
                for code, one in GROUNDS.items()
                if code != DEBARRED
            ),
        ],
        error_messages={"required": "Choose a ground"},
    )
    happened_on = DatePartsField(label="When did it happen?", missing="Enter the day")
    words = long_text(
        "What does the council know, and from where?",
        missing="Enter what the council knows",
        help_text="The supplier reads this and may answer. Do not name a child.",
    )
    only_a_person = forms.BooleanField(
        label="The only cause is somebody connected with them, who could be replaced",
        required=False,
    )


class DecideForm(GovukForm):
    outcome = forms.TypedChoiceField(
        label="What is decided?",
        coerce=CaseStatus,
        choices=[
            (one.value, one.label)
            for one in (CaseStatus.EXCLUDED, CaseStatus.NOT_EXCLUDED, CaseStatus.REPLACED)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is decided"},
    )
    reason = long_text(
        "Why?",
        missing="Enter why",
        help_text=(
            "Does the ground apply, and is it likely to happen again? Weigh what they said and "
            "what they have put right. The supplier reads this."
        ),
    )


class MinisterForm(GovukForm):
    told_on = DatePartsField(label="When was the Minister told?", missing="Enter the day")
    reference = text(
        "Reference of the notice", missing="Enter the reference of the notice", max_length=100
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"told_on": today})


class EndForm(GovukForm):
    because = long_text(
        "Why does the exclusion end?",
        missing="Enter why it ends",
        help_text="They may be awarded to again from today. The supplier reads this.",
    )
