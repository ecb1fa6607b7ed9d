from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from flsf.mandate.delegations.enums import Power
from flsf.shared.accounts.enums import Permission, Role
from flsf.shared.accounts.rules import roles_with
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text

DECIDING = {*roles_with(Permission.DECIDE_AWARDS), *roles_with(Permission.DECIDE_ADMISSIONS)}


class DelegationForm(GovukForm):
    """What a body or a post delegated, to whom, when and in which words."""

    power = forms.TypedChoiceField(
        label="What is delegated?",
        coerce=Power,
        choices=Power.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is delegated"},
    )
    role = forms.TypedChoiceField(
        label="To whom, in this system?",
        coerce=Role,
        choices=[(role.value, role.label) for role in Role if role in DECIDING],
        widget=forms.RadioSelect,
        error_messages={"required": "Select to whom"},
    )
    post = text(
        "What does the council call that post?",
        missing="Enter the post",
        help_text="For example: Director of Children's Services",
        max_length=100,
    )
    given_by = text(
        "Who delegated it?",
        missing="Enter who delegated it",
        help_text="For example: Cabinet",
        max_length=100,
    )
    given_on = DatePartsField(label="On which day?", missing="Enter the day")
    minute = text(
        "Which minute, or which written decision?",
        missing="Enter the minute or the reference of the decision",
        help_text="For example: minute 57",
        max_length=100,
    )
    terms = long_text(
        "In which words?",
        missing="Enter the words of the delegation",
        help_text="As the minute has them, with every condition.",
    )
    in_force_from = DatePartsField(label="From which day does it hold?", missing="Enter the day")
    passed_on_from = forms.TypedChoiceField(
        label="Is it passed on from another?",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        help_text="When a post passes on what it was given. It falls when the other ends.",
    )

    def __init__(self, data: Any, *, kept: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        set_choices(self, "passed_on_from", [("", "No"), *kept])


class EndDelegationForm(GovukForm):
    last_day = DatePartsField(label="Its last day", missing="Enter the last day")
    why = long_text("Why does it end?", missing="Enter why it ends")


class JudgedByForm(GovukForm):
    """For each criterion the parts of an application by which it is judged."""

    def __init__(
        self,
        data: Any,
        *,
        criteria: Sequence[str],
        parts: Sequence[tuple[str, str]],
        said: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(data)
        self.criteria = criteria
        for number, one in enumerate(criteria):
            self.fields[f"parts-{number}"] = forms.MultipleChoiceField(
                label=one,
                choices=parts,
                initial=list(said.get(one, ())),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": "Select at least one part"},
            )

    def said(self) -> dict[str, list[str]]:
        return {
            one: self.cleaned_data[f"parts-{number}"] for number, one in enumerate(self.criteria)
        }
