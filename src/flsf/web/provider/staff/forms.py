from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import widgets

from flsf.market.staff.enums import Level, StaffRole
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, set_choices, text


class _Dated(GovukForm):
    """A form with days: each shows today as an example."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DatePartsField) and not field.help_text:
                field.help_text = f"For example, {today.day} {today.month} {today.year}"


class AddForm(_Dated):
    """Who they are, what they do, and whether they are alone with children."""

    name = text("Their name", missing="Enter their name", max_length=200)
    role = forms.TypedChoiceField(
        label="What do they do?",
        coerce=StaffRole,
        choices=StaffRole.choices,
        widget=widgets.RadioSelect,
        error_messages={"required": "Select what they do"},
    )
    unsupervised = forms.TypedChoiceField(
        label="Are they ever alone with a child?",
        coerce=lambda value: value == "yes",
        choices=[("yes", "Yes: the council confirms them first"), ("no", "No")],
        widget=widgets.RadioSelect,
        error_messages={"required": "Select whether they are ever alone with a child"},
    )
    lived_abroad = forms.BooleanField(
        label="They have lived or worked abroad in the last five years", required=False
    )
    user_id = forms.TypedChoiceField(
        label="Do they sign in here to mark sessions?",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="So that we can tell whose checks each session rests on.",
    )
    since = DatePartsField(label="Their first day", missing="Enter their first day")

    def __init__(self, *args: Any, users: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "user_id", [("", "No"), *users])


class CheckForm(_Dated):
    """Which check was done, its number, day and level, and who saw it."""

    code = forms.ChoiceField(
        label="Which check?", error_messages={"required": "Select which check"}
    )
    number = forms.CharField(
        label="Number on it",
        required=False,
        max_length=60,
        help_text="The certificate number. Never what it says, and no copy.",
    )
    level = forms.TypedChoiceField(
        label="Level, if it is a DBS check",
        coerce=Level,
        required=False,
        empty_value=None,
        choices=[("", "It is not a DBS check"), *Level.choices],
    )
    checked_on = DatePartsField(label="When was it seen?", missing="Enter the day it was seen")
    expires_on = DatePartsField(
        label="Last day it holds", missing="", help_text="Leave empty if it is done for good."
    )
    seen_by = text("Who saw it?", missing="Enter who saw it", max_length=200)

    def __init__(self, *args: Any, checks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "code", [("", "Choose a check"), *checks])
        self.fields["expires_on"].required = False


class LeaveForm(_Dated):
    last_day = DatePartsField(label="What is their last day?", missing="Enter their last day")
