from collections.abc import Iterable
from typing import Any

from django import forms

from flsf.shared.accounts.enums import Role, Team
from flsf.web.components.fields import GovukForm, set_choices, text
from flsf.web.components.filters import FilterForm

NOWHERE = "none"


class PeopleFilters(FilterForm):
    words = forms.CharField(label="Name or email", required=False)
    role = forms.TypedChoiceField(
        label="Role",
        required=False,
        coerce=Role,
        empty_value=None,
        choices=[("", "Any role"), *Role.choices],
    )
    account = forms.ChoiceField(
        label="Account",
        required=False,
        choices=[("", "Any"), ("open", "Open"), ("closed", "Closed")],
    )


class RoleForm(GovukForm):
    """A role, where it is held, and for which team."""

    role = forms.TypedChoiceField(
        label="Role",
        coerce=Role,
        choices=[("", "Choose a role"), *Role.choices],
        error_messages={"required": "Choose a role"},
    )
    organisation = forms.TypedChoiceField(
        label="Where they hold it",
        coerce=lambda chosen: None if chosen == NOWHERE else int(chosen),
        error_messages={"required": "Choose where they hold it"},
    )
    team = forms.TypedChoiceField(
        label="Team",
        required=False,
        coerce=Team,
        empty_value=None,
        help_text="Only for council staff who buy support",
        choices=[("", "No team"), *Team.choices],
    )

    def __init__(self, *args: Any, organisations: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(one.pk), f"{one.name} ({one.get_kind_display()})") for one in organisations]
        set_choices(
            self,
            "organisation",
            [("", "Choose a place"), (NOWHERE, "Nowhere: a family"), *places],
        )

    def answers(self) -> dict[str, Any]:
        """What the action needs to be told."""
        given = self.cleaned_data
        return {
            "role": given["role"],
            "organisation_id": given["organisation"],
            "team": given["team"],
        }


class InviteForm(RoleForm):
    """Who is invited, and to do what."""

    name = text("Full name", missing="Enter their name")
    email = forms.EmailField(
        label="Email address",
        help_text="They will sign in with it",
        error_messages={
            "required": "Enter their email address",
            "invalid": "Enter an email address like name@example.org",
        },
    )
    field_order = ("name", "email", "role", "organisation", "team")

    def answers(self) -> dict[str, Any]:
        return super().answers() | {
            "name": self.cleaned_data["name"],
            "email": self.cleaned_data["email"].lower(),
        }
