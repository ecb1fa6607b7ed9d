"""What a provider's manager says of a placement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import widgets

from flsf.core.half_days import Half
from flsf.delivery.outcomes.rules import TOP
from flsf.delivery.placements.enums import Status
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text

RUNGS = [(str(rung), str(rung)) for rung in range(TOP + 1)]


class BeginForm(GovukForm):
    status = forms.ChoiceField(
        label="What begins?",
        choices=[
            (Status.INTRODUCTION.value, "An introduction, to get to know each other"),
            (Status.ACTIVE.value, "The support itself"),
        ],
        widget=widgets.RadioSelect,
        error_messages={"required": "Say what begins"},
    )
    begins_on = DatePartsField(label="From which day?", missing="Enter the first day")


class EndForm(GovukForm):
    last_day = DatePartsField(label="What is the last day?", missing="Enter the last day")
    reason = long_text("Why does it end?", missing="Say why it ends, in a few words")


class WorkerForm(GovukForm):
    person = forms.ChoiceField(
        label="Who works with the child?",
        widget=widgets.RadioSelect,
        error_messages={"required": "Choose a person"},
    )
    since = DatePartsField(label="From which day?", missing="Enter the first day")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "person", people)


class GoalForm(GovukForm):
    words = text(
        "What does the child work towards?",
        missing="Say what the child works towards",
        max_length=300,
        help_text="In words they would use: “Stay for a whole lesson”.",
    )
    baseline = forms.ChoiceField(
        label="Where are they now, from 0 to 10?",
        choices=[("", "Not known yet"), *RUNGS],
        required=False,
    )
    target = forms.ChoiceField(
        label="Where do they want to be?",
        choices=[("", "Choose"), *RUNGS],
        error_messages={"required": "Choose a number from 0 to 10"},
    )

    def rung(self, name: str) -> int | None:
        """The number chosen, if one was."""
        said = self.cleaned_data[name]
        return int(said) if said else None


class ExtraForm(GovukForm):
    """A session outside the agreed timetable."""

    day = DatePartsField(label="Which day?", missing="Enter the day")
    half = forms.ChoiceField(
        label="Which half of the day?",
        choices=[(half.value, half.label) for half in Half],
        widget=widgets.RadioSelect,
        error_messages={"required": "Choose the morning or the afternoon"},
    )

    def code(self) -> str:
        """The session as an address names it."""
        day: date = self.cleaned_data["day"]
        return f"{day.isoformat()}-{self.cleaned_data['half']}"
