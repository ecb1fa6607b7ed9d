from datetime import date
from typing import Any

from django import forms

from flsf.delivery.continuity.enums import Choice, Standing
from flsf.delivery.continuity.rules import MOST_DAYS_KEPT
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text
from flsf.web.components.filters import FilterForm


class ContinuityFilters(FilterForm):
    standing = forms.TypedChoiceField(
        label="Where it has got to",
        required=False,
        coerce=Standing,
        empty_value=None,
        choices=[("", "Anywhere"), *Standing.choices],
    )
    provider = forms.CharField(label="Provider reference", required=False)


class DecideForm(GovukForm):
    """Whether the child stays, why, and until when."""

    choice = forms.TypedChoiceField(
        label="Does the child stay?",
        coerce=Choice,
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the child stays or is moved"},
    )
    reason = long_text(
        "Why?",
        missing="Say why the child stays or is moved",
        help_text="What makes it safe to stay, or why it is not. Whom you have spoken to.",
    )
    review_on = DatePartsField(label="If the child stays, when do we look again?", missing="")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].required = False
        self.fields["review_on"].help_text = (
            f"At most {MOST_DAYS_KEPT} days from now. For example, "
            f"{today.day} {today.month} {today.year}"
        )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        keeps = answers.get("choice") is Choice.KEEP
        if keeps and answers.get("review_on") is None and "review_on" not in self.errors:
            self.add_error("review_on", "Enter the day on which we look again")
        return answers
