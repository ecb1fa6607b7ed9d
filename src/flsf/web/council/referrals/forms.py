from datetime import date
from typing import Any

from django import forms

from flsf.casework.children.enums import Care, SenStage
from flsf.casework.children.rules import birth_date_trouble, upn_trouble
from flsf.casework.referrals.enums import (
    ClosedBecause,
    Ground,
    LegalBasis,
    Purpose,
    Status,
    Urgency,
)
from flsf.casework.referrals.rules import may_move_to
from flsf.core import needs
from flsf.shared.accounts.enums import Team
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text


class TriageForm(GovukForm):
    """What an officer decides on first reading."""

    ground = forms.ChoiceField(
        label="Why they cannot fully use school",
        help_text="Whoever asked gave a first answer. Change it if it is another.",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select why they cannot fully use school"},
    )
    legal_basis = forms.ChoiceField(
        label="Legal basis",
        help_text="The authority to arrange support, not a description of the child.",
        choices=LegalBasis.choices,
        widget=forms.RadioSelect,
    )
    purpose = forms.ChoiceField(
        label="What it is for",
        help_text="The council's duty and going back to school start the clock of the sixth or "
        "the fifteenth school day. Early help does not.",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
    )
    team = forms.ChoiceField(label="Team", choices=Team.choices, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(label="Urgency", choices=Urgency.choices, widget=forms.RadioSelect)
    urgency_reason = forms.CharField(
        label="Why it is urgent", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kinds = {
            "ground": Ground,
            "legal_basis": LegalBasis,
            "purpose": Purpose,
            "team": Team,
            "urgency": Urgency,
        }
        return given | {name: kind(given[name]) for name, kind in kinds.items() if name in given}


class MoveForm(GovukForm):
    status = forms.ChoiceField(
        label="New status",
        widget=forms.RadioSelect,
        error_messages={"required": "Select the new status"},
    )
    because = forms.ChoiceField(
        label="If it is closed: why",
        choices=[("", "It is not closed"), *ClosedBecause.choices],
        required=False,
    )
    note = forms.CharField(
        label="What was decided",
        help_text="Staff read this. The family sees the status in plain words.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, before: Status, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "status", [(one.value, one.label) for one in may_move_to(before)])

    def clean_status(self) -> Status:
        return Status(self.cleaned_data["status"])

    def clean_because(self) -> ClosedBecause | None:
        chosen = self.cleaned_data["because"]
        return ClosedBecause(chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        closing = given.get("status") is Status.CLOSED
        if closing and given.get("because") is None:
            self.add_error("because", "Select why it is closed")
        if not closing and given.get("because") is not None:
            self.add_error("because", "Select “It is not closed”, or close it")
        return given


class NoteForm(GovukForm):
    words = long_text("What do you want to add?", missing="Write what you want to add")


class OfficerReferralForm(GovukForm):
    """A child not yet known, or found by reference, and what is asked for."""

    child_ref = forms.CharField(
        label="Reference of a child we know",
        help_text="Such as C-7K3FD. Leave it empty for a child we do not know yet.",
        required=False,
        max_length=12,
    )
    first_name = text("First name", missing="", required=False, max_length=100)
    last_name = text("Last name", missing="", required=False, max_length=100)
    birth_date = DatePartsField(label="Date of birth", missing="")
    upn = text("UPN, if you know it", missing="", required=False, max_length=20)
    care = forms.ChoiceField(label="Virtual School group", choices=Care.choices)
    sen_stage = forms.ChoiceField(label="Special educational needs", choices=SenStage.choices)
    main_need = forms.ChoiceField(
        label="Main need", choices=[("", "Not known yet"), *needs.CHOICES], required=False
    )
    ground = forms.ChoiceField(
        label="Why they cannot fully use school",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select why they cannot fully use school"},
    )
    purpose = forms.ChoiceField(
        label="What it is for",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what it is for"},
    )
    first_aware_on = DatePartsField(
        label="First day anybody at the council or school knew",
        help_text="Clocks count from this day, for example 12 11 2026.",
        missing="Enter the day somebody first knew",
    )
    urgency = forms.ChoiceField(
        label="Urgency", choices=Urgency.choices, widget=forms.RadioSelect, initial="planned"
    )
    urgency_reason = forms.CharField(
        label="If it is urgent: why", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    what_happens = long_text("What is happening", missing="Write what is happening")
    what_helps = forms.CharField(
        label="What helps, and what they like", required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["birth_date"].required = False

    def clean_upn(self) -> str:
        typed: str = self.cleaned_data["upn"]
        if trouble := upn_trouble(typed):
            raise forms.ValidationError(trouble)
        return typed

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("child_ref"):
            for name, missing in (
                ("first_name", "Enter the first name, or the reference of a child we know"),
                ("last_name", "Enter the last name"),
                ("birth_date", "Enter the date of birth"),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, missing)
            born = given.get("birth_date")
            if born and (trouble := birth_date_trouble(born, self._today)):
                self.add_error("birth_date", trouble)
        if given.get("urgency") != Urgency.PLANNED and not given.get("urgency_reason"):
            self.add_error("urgency_reason", "Say why it is urgent")
        aware = given.get("first_aware_on")
        if aware and aware > self._today:
            self.add_error("first_aware_on", "This day is in the future. Check the date")
        return given
