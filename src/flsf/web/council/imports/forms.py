from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules.sheet_columns import SHEETS
from flsf.shared.imports.rules.sources import MOST_BYTES_OF_A_SHEET
from flsf.web.components.fields import GovukForm, set_choices

A_MILLION = 1_000_000
NOT_THERE = ("", "Not in this file")
LEAVE, CHANGE = "leave", "change"


class FileForm(GovukForm):
    kind = forms.ChoiceField(
        label="What is in the file?",
        choices=[(kind.value, kind.label) for kind in SHEETS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is in the file"},
    )
    file = forms.FileField(
        label="The file",
        help_text=(
            f"CSV or an Excel workbook (.xlsx), up to {MOST_BYTES_OF_A_SHEET // A_MILLION} MB. "
            "Your own headings will do: you match them in the next step."
        ),
        error_messages={
            "required": "Choose a file",
            "empty": "This file is empty. Check that you chose the right one",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES_OF_A_SHEET:
            raise ValidationError("This file is bigger than we can take. Split it into two")
        return file


class SheetForm(GovukForm):
    sheet = forms.ChoiceField(
        label="Which sheet of the workbook?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a sheet"},
    )

    def __init__(self, data: Any, *, sheets: Sequence[str]) -> None:
        super().__init__(data)
        set_choices(self, "sheet", [(one, one) for one in sheets])


class ColumnsForm(GovukForm):
    """One select for each of our columns, and what to do with what we know already."""

    known = forms.ChoiceField(
        label="What should happen to records that we hold already?",
        choices=[
            (LEAVE, "Leave them as they are, and tell me what differs"),
            (CHANGE, "Change them to what the file says"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what should happen"},
    )

    def __init__(
        self,
        data: Any,
        *,
        kind: Kind,
        headings: Sequence[str],
        chosen: Mapping[str, str],
        merges: bool,
    ) -> None:
        super().__init__(data, initial={"known": CHANGE if merges else LEAVE, **chosen})
        self._kind = kind
        choices = [NOT_THERE, *((one, one) for one in headings if one)]
        for column in SHEETS[kind]:
            self.fields[column.key] = forms.ChoiceField(
                label=column.label if column.is_required else f"{column.label} (optional)",
                help_text=f"For example: {column.example}" if column.example else "",
                choices=choices,
                required=column.is_required,
                error_messages={
                    "required": f"Choose the heading that stands for {column.label.lower()}"
                },
            )
        self.order_fields([*(column.key for column in SHEETS[kind]), "known"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        taken: dict[str, str] = {}
        for key, heading in self._chosen(given).items():
            if heading in taken:
                self.add_error(key, f"“{heading}” already stands for another column")
            taken[heading] = key
        return given

    def _chosen(self, given: Mapping[str, Any]) -> dict[str, str]:
        return {one.key: given[one.key] for one in SHEETS[self._kind] if given.get(one.key)}

    @property
    def columns(self) -> dict[str, str]:
        """Ours to theirs."""
        return self._chosen(self.cleaned_data)

    @property
    def merges(self) -> bool:
        return bool(self.cleaned_data["known"] == CHANGE)
