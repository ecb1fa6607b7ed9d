from datetime import date
from typing import Any

from django import forms

from flsf.market.reviews.enums import GUIDANCE, POLICIES, Outcome, Subject
from flsf.market.reviews.rules import NewReview
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text


class ReviewForm(GovukForm):
    """What was looked at, what was found, and when it is looked at again."""

    subject = forms.TypedChoiceField(
        label="What did you look at?",
        coerce=Subject,
        choices=[
            ("", "Choose one"),
            *((one.value, one.label) for one in POLICIES),
            *((one.value, f"Guidance: {one.label}") for one in GUIDANCE),
        ],
        error_messages={"required": "Select what you looked at"},
    )
    outcome = forms.TypedChoiceField(
        label="What did you find?",
        coerce=Outcome,
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you found"},
    )
    words = long_text(
        "What did you read or see, and what is to change?",
        missing="Enter what was found",
        help_text="The provider will read this. Do not name a child or a member of staff.",
    )
    reviewed_on = DatePartsField(
        label="On which day did you look?", missing="Enter the day on which you looked"
    )
    next_on = DatePartsField(
        label="By when is it looked at again?", missing="Enter by when it is looked at again"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        example = f"For example, {today.day} {today.month} {today.year}"
        self.fields["reviewed_on"].help_text = example
        self.fields["next_on"].help_text = (
            "A year at most. For the safeguarding policy and Keeping children safe in education "
            "30 September at the latest. If something is to change: by when."
        )

    def review(self) -> NewReview:
        return NewReview(**self.cleaned_data)


class EditionForm(GovukForm):
    """Statutory guidance in a new edition."""

    subject = forms.TypedChoiceField(
        label="Which guidance?",
        coerce=Subject,
        choices=[("", "Choose one"), *((one.value, one.label) for one in GUIDANCE)],
        error_messages={"required": "Select which guidance it is"},
    )
    edition = text(
        "What is the edition called?",
        missing="Enter what the edition is called",
        help_text="For example: September 2026",
        max_length=60,
    )
    in_force_from = DatePartsField(
        label="From which day does it hold?", missing="Enter the day from which it holds"
    )
    source = text(
        "Where is it published?",
        missing="Enter where it is published",
        help_text="For example: GOV.UK, Department for Education",
        max_length=200,
    )
