from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from flsf.oversight.meetings.enums import Side, Topic
from flsf.oversight.meetings.queries import Agreed, Held
from flsf.oversight.meetings.rules import NewAction, NewMeeting
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text
from flsf.web.components.money_field import PoundsField

INCOME = "Their whole income of their last year"
NO_NAMES = "The provider will read this. Do not name a child."
DONE, NOT_DONE, DROPPED = "done", "not_done", "dropped"

Staff = Sequence[tuple[int, str]]


class MeetingForm(GovukForm):
    """What happened at a contract review meeting."""

    held_on = DatePartsField(
        label="On which day was it held?", missing="Enter the day on which it was held"
    )
    attended = text(
        "Who was there?",
        missing="Enter who was there, by role",
        help_text="By role, for example: their manager and safeguarding lead; our contract "
        "manager. Do not name a child.",
        max_length=500,
    )
    topics = forms.TypedMultipleChoiceField(
        label="What was looked at?",
        coerce=Topic,
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one thing that was looked at"},
    )
    notes = long_text(
        "What was said and found?", missing="Enter what was said and found", help_text=NO_NAMES
    )
    income_pence = forms.CharField(
        label=INCOME,
        required=False,
        help_text="In pounds, as they said, from everybody who pays them. It shows how much they "
        "depend on us. Leave it empty if they did not say.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    leaving = forms.CharField(
        label="Did they say that they may leave, or stop a service?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What, and from when. Leave it empty if they said nothing of it.",
    )

    def clean_income_pence(self) -> int | None:
        typed = str(self.cleaned_data["income_pence"]).strip()
        return PoundsField(label=INCOME).clean(typed) if typed else None

    def meeting(self) -> NewMeeting:
        said = self.cleaned_data
        return NewMeeting(
            held_on=said["held_on"],
            attended=said["attended"],
            topics=tuple(said["topics"]),
            notes=said["notes"],
            income_pence=said["income_pence"],
            leaving=said["leaving"],
        )


class CorrectForm(MeetingForm):
    """The same, put right, with why. `seen_id`: the account that is put right."""

    because = long_text("Why do you correct it?", missing="Enter why it is corrected")
    seen_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def as_told(one: Held) -> dict[str, Any]:
        told = one.told
        pounds = None if told.income_pence is None else f"{told.income_pence / 100:.2f}"
        return {
            "held_on": told.held_on,
            "attended": told.attended,
            "topics": [each.value for each in told.topics],
            "notes": told.notes,
            "income_pence": pounds,
            "leaving": told.leaving,
            "seen_id": told.id,
        }


class AgreeForm(GovukForm):
    """What was agreed, who does it, and by when."""

    what = long_text("What was agreed?", missing="Enter what was agreed", help_text=NO_NAMES)
    owner_id = forms.TypedChoiceField(
        label="Who of the council does it?", coerce=int, required=False, empty_value=None
    )
    owner = forms.CharField(
        label="Or who of the provider does it?",
        required=False,
        max_length=200,
        help_text="Name and job, for example: Rosa Bell, manager",
    )
    due_on = DatePartsField(label="By which day?", missing="Enter the day by which it is done")

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = dict(staff)
        set_choices(self, "owner_id", [("", "Nobody of the council"), *staff])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("owner_id") and said.get("owner"):
            self.add_error("owner", "Choose somebody of the council or name somebody, not both")
        return said

    def action(self) -> NewAction:
        said = self.cleaned_data
        owner_id: int | None = said["owner_id"]
        return NewAction(
            side=Side.COUNCIL if owner_id else Side.PROVIDER,
            what=said["what"],
            owner=self.staff[owner_id] if owner_id else said["owner"],
            owner_id=owner_id,
            due_on=said["due_on"],
        )


class ChangeForm(GovukForm):
    """Another owner or another day, and why."""

    owner_id = forms.TypedChoiceField(
        label="Who of the council does it?",
        coerce=int,
        error_messages={"required": "Select who does it"},
    )
    owner = text(
        "Who of the provider does it?",
        missing="Enter who does it: a name and a job",
        max_length=200,
        help_text="Name and job, for example: Rosa Bell, manager",
    )
    due_on = DatePartsField(label="By which day?", missing="Enter the day by which it is done")
    because = long_text("Why is it changed?", missing="Enter why it is changed", help_text=NO_NAMES)
    seen_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, one: Agreed, staff: Staff, **kwargs: Any) -> None:
        last = one.latest
        kwargs["initial"] = {
            "owner_id": last.owner_id,
            "owner": last.owner,
            "due_on": last.due_on,
            "seen_id": last.id,
        }
        super().__init__(*args, **kwargs)
        self.staff = dict(staff)
        if last.owner_id:  # whoever does it now stays a choice, whatever their role has become
            self.staff.setdefault(last.owner_id, last.owner)
        if one.side is Side.COUNCIL:
            del self.fields["owner"]
            set_choices(self, "owner_id", list(self.staff.items()))
        else:
            del self.fields["owner_id"]

    def answers(self) -> dict[str, Any]:
        said = self.cleaned_data
        owner_id: int | None = said.get("owner_id")
        owner = self.staff[owner_id] if owner_id else said["owner"]
        return {name: said[name] for name in ("due_on", "because", "seen_id")} | {
            "owner": owner,
            "owner_id": owner_id,
        }


class SettleForm(GovukForm):
    """What became of an action."""

    outcome = forms.ChoiceField(
        label="What became of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select what became of it"},
    )
    done_on = DatePartsField(label="If it is done: on which day?", missing="")
    words = forms.CharField(
        label="What do you see of it?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Say why if it is dropped, or what is missing. {NO_NAMES}",
    )
    seen_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, one: Agreed, is_said_done: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen_id": one.latest.id}
        super().__init__(*args, **kwargs)
        not_done = [(NOT_DONE, "It is not done: it is still to be done")] if is_said_done else []
        choices = [(DONE, "It is done"), *not_done, (DROPPED, "It is dropped")]
        set_choices(self, "outcome", choices)
        self.fields["done_on"].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        day: date | None = said.get("done_on")
        if said.get("outcome") == DONE and day is None and "done_on" not in self.errors:
            self.add_error("done_on", "Enter the day on which it was done")
        return said
