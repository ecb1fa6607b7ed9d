from django import forms

from flsf.mandate.framework.enums import CommercialModel
from flsf.market.agreements.enums import Outcome
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text


class RehearseForm(GovukForm):
    """To which model, from when, and who decided it."""

    after = forms.TypedChoiceField(
        label="Change to which model?",
        coerce=CommercialModel,
        choices=CommercialModel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select a commercial model"},
    )
    takes_effect_on = DatePartsField(label="From which day?", missing="Enter the day")
    authority = text(
        "Who decided it?",
        missing="Enter who decided it",
        help_text="For example: Director, under delegated authority",
        max_length=200,
    )
    reason = long_text("Why?", missing="Enter why")


class LeaveOutForm(GovukForm):
    """Why a provider's agreement is not issued again."""

    outcome = forms.TypedChoiceField(
        label="What has happened?",
        coerce=Outcome,
        choices=[
            (Outcome.OPTED_OUT.value, "The provider does not want to go on"),
            (Outcome.EXCLUDED.value, "The provider is excluded or debarred"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what has happened"},
    )
    reason = long_text("How do you know?", missing="Enter how you know")


class CarryOutForm(GovukForm):
    """The debarment list must be looked at again before anybody rolls over."""

    debarment_seen_on = DatePartsField(
        label="When was the debarment list checked?", missing="Enter the day of the check"
    )
    debarment_version = text(
        "Which version of the list?",
        missing="Enter the version of the list",
        help_text="The date or number it carries",
        max_length=100,
    )


class UndoForm(GovukForm):
    """Why it is undone."""

    reason = long_text("Why do you undo it?", missing="Enter why you undo it")
