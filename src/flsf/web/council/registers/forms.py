"""A form for an entry, made from what its register asks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from flsf.mandate.governance.enums import FieldKind
from flsf.mandate.governance.rules import Field, Register
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text


def _field(one: Field) -> forms.Field:
    missing = f"Enter: {one.label}"
    match one.kind:
        case FieldKind.LINE:
            made: forms.Field = text(one.label, missing=missing, max_length=300)
        case FieldKind.WORDS:
            made = long_text(one.label, missing=missing)
        case FieldKind.DAY:
            made = DatePartsField(label=one.label, missing=missing)
        case FieldKind.CHOICE:
            made = forms.ChoiceField(
                label=one.label,
                choices=[(choice, choice) for choice in one.choices],
                widget=forms.RadioSelect,
                error_messages={"required": f"Select: {one.label}"},
            )
    made.required, made.help_text = one.is_needed, one.hint
    return made


class EntryForm(GovukForm):
    """What the register asks; and why, when an entry that is there is changed."""

    def __init__(
        self, register: Register, *args: Any, changes: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        for one in register.fields:
            self.fields[one.name] = _field(one)
        if changes:
            self.fields["because"] = long_text("Why is it changed?", missing="Enter why")
            self.fields["seen_version"] = forms.IntegerField(widget=forms.HiddenInput)

    def told(self) -> dict[str, str]:
        """What the action is told: words, and days as 2026-05-15."""
        said = {one.name: self.cleaned_data.get(one.name) for one in self.register.fields}
        return {name: _plain(value) for name, value in said.items()}


def initial(register: Register, told: Mapping[str, str]) -> dict[str, Any]:
    """What an entry says, as the form shows it."""
    days = {one.name for one in register.fields if one.kind is FieldKind.DAY}
    return {
        name: date.fromisoformat(said) if said and name in days else said
        for name, said in told.items()
    }


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


class CloseEntryForm(GovukForm):
    """Why nothing more is to be done."""

    because = long_text("Why is it closed?", missing="Enter why")
