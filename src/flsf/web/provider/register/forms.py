"""Three questions about a session, and what goes with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import widgets

from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.attendance.rules import MOST_MINUTES, Facts, Fault, fault_of
from flsf.delivery.outcomes.enums import Progress
from flsf.delivery.outcomes.queries import GoalSeen
from flsf.web.components.fields import GovukForm, long_text, text

HELD = (("yes", "Yes"), ("no", "No"))
NOT_TODAY = ("", "Not worked on")

FIELD_OF: Mapping[Fault, str] = {
    Fault.WHY_NOT_HELD: "not_held_because",
    Fault.HELD_HAS_NO_WHY: "not_held_because",
    Fault.CHILD_CAME: "not_held_because",
    Fault.WHY_ABSENT: "absent_because",
    Fault.CAME_HAS_NO_WHY: "absent_because",
    Fault.HOW_LATE: "minutes_late",
    Fault.NOT_LATE: "minutes_late",
    Fault.LATE_FOR_NOTHING: "came",
    Fault.HOW_LONG: "minutes",
}


def _choice(label: str, choices: Any, missing: str, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=widgets.RadioSelect,
        error_messages={"required": missing},
        **options,
    )


def _minutes(label: str, **options: Any) -> forms.IntegerField:
    words = f"Enter a whole number of minutes, from 1 to {MOST_MINUTES}"
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        widget=widgets.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
        **options,
    )


class SessionForm(GovukForm):
    """`seen` is the mark that stood when the page was opened, so a second hand is noticed."""

    held = _choice("Did the session happen?", HELD, "Say whether the session happened")
    not_held_because = _choice("Why did it not happen?", NotHeldBecause.choices, "", required=False)
    came = _choice("Did they come?", Came.choices, "Say whether they came")
    minutes_late = _minutes("How many minutes late?")
    absent_because = _choice("Why did they not come?", AbsentBecause.choices, "", required=False)
    minutes = _minutes("How many minutes did it last?")
    agreed_by = text("Who agreed to an extra session?", missing="", required=False, max_length=200)
    late_reason = text("Why is it marked so late?", missing="", required=False, max_length=200)
    note = long_text(
        "Note (you can leave this empty)",
        missing="",
        required=False,
        max_length=2000,
        help_text="Two lines are enough. Do not name other children.",
    )
    worried = forms.BooleanField(label="I am worried about them", required=False)
    reason = text("Why are you changing what it says?", missing="", required=False, max_length=200)
    seen = forms.CharField(required=False, widget=widgets.HiddenInput)

    def __init__(
        self, *args: Any, known_as: str = "", goals: Sequence[GoalSeen] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if known_as:
            self.fields["came"].label = f"Did {known_as} come?"
        self.fields["note"].widget.attrs["rows"] = 2
        self.goal_fields = [f"goal_{one.id}" for one in goals]
        for one in goals:
            self.fields[f"goal_{one.id}"] = _choice(
                one.words, [*Progress.choices, NOT_TODAY], "", required=False
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not {"held", "came"} <= answers.keys():
            return answers
        if fault := fault_of(self.facts()):
            self.add_error(FIELD_OF[fault], fault.value.removesuffix("."))
        return answers

    def facts(self) -> Facts:
        """The answers as the stage takes them; reasons that no longer apply are left out.

        Without scripts every reason stays in sight, so one left over from a changed answer
        is no fault of the worker's.
        """
        answers = self.cleaned_data
        held, came = answers["held"] == "yes", Came(answers["came"])
        why_not = "" if held else answers.get("not_held_because", "")
        absent = came is Came.NO and (held or why_not == NotHeldBecause.CHILD)
        why = answers.get("absent_because", "") if absent else ""
        return Facts(
            held=held,
            not_held_because=NotHeldBecause(why_not) if why_not else None,
            came=came,
            absent_because=AbsentBecause(why) if why else None,
            minutes_late=(answers.get("minutes_late") or 0) if came is Came.LATE else 0,
            minutes=answers.get("minutes"),
        )

    def steps(self) -> dict[int, Progress]:
        """How each goal went that was worked on."""
        return {
            int(name.removeprefix("goal_")): Progress(said)
            for name in self.goal_fields
            if (said := self.cleaned_data.get(name))
        }


class HandOverForm(GovukForm):
    """For whoever would rather speak than write."""

    told = text(
        "Who have you told?",
        missing="Write the name of the person you told",
        max_length=200,
        help_text="A safeguarding lead of the council or of your organisation.",
    )
