"""Six short pages, nothing asked twice: a referral in twelve minutes."""

from datetime import date
from typing import Any

from django import forms

from flsf.casework.children.enums import SenStage
from flsf.casework.children.rules import birth_date_trouble, upn_trouble
from flsf.casework.referrals.enums import Ground, Urgency
from flsf.core.half_days import WEEK
from flsf.core.needs import CHOICES as NEEDS
from flsf.market.providers.enums import Mode
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text

YES_OR_NO = [("yes", "Yes"), ("no", "No")]


def may_be_empty(label: str, *, hint: str = "", rows: int = 3) -> forms.CharField:
    """A text of several lines that may stay empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class PupilForm(GovukForm):
    first_name = text("First name", missing="Enter the first name", max_length=100)
    last_name = text("Last name", missing="Enter the last name", max_length=100)
    birth_date = DatePartsField(
        label="Date of birth", help_text="For example, 4 3 2014", missing="Enter the date of birth"
    )
    upn = forms.CharField(
        label="UPN",
        help_text="13 characters, for example A123456789012. Leave it empty if there is none.",
        required=False,
        max_length=20,
    )
    postcode = forms.CharField(label="Home postcode", required=False, max_length=10)
    sen_stage = forms.ChoiceField(
        label="Special educational needs",
        choices=SenStage.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the stage of special educational needs"},
    )
    plan_ref = forms.CharField(label="Reference of the plan", required=False, max_length=40)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        if trouble := birth_date_trouble(born, self._today):
            raise forms.ValidationError(trouble)
        return born

    def clean_upn(self) -> str:
        typed: str = self.cleaned_data["upn"]
        if trouble := upn_trouble(typed):
            raise forms.ValidationError(trouble)
        return typed


class WhyForm(GovukForm):
    ground = forms.ChoiceField(
        label="Why can they not fully use school?",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select why they cannot fully use school"},
    )
    first_aware_on = DatePartsField(
        label="First day you knew",
        help_text="The council's clock of the sixth or fifteenth school day counts from this day.",
        missing="Enter the first day you knew",
    )
    urgency = forms.ChoiceField(
        label="How urgent is it?",
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how urgent it is"},
    )
    urgency_reason = may_be_empty("If it is urgent: why?", rows=2)
    what_happens = long_text(
        "What is happening?",
        missing="Write what is happening",
        help_text="For example: since when, what a school day looks like, attendance of late.",
        max_length=5000,
    )
    what_was_tried = may_be_empty("What has been tried?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("urgency") not in (None, Urgency.PLANNED) and not given.get("urgency_reason"):
            self.add_error("urgency_reason", "Say why it is urgent")
        aware = given.get("first_aware_on")
        if aware and aware > self._today:
            self.add_error("first_aware_on", "This day is in the future. Check the date")
        return given


class PupilNeedsForm(GovukForm):
    what_helps = long_text(
        "What helps, and what are they good at?",
        missing="Write what helps, and what they are good at",
        max_length=5000,
    )
    needs = forms.MultipleChoiceField(
        label="Needs",
        choices=NEEDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one need"},
    )
    main_need = forms.ChoiceField(
        label="Main need",
        choices=[("", "Select one"), *NEEDS],
        error_messages={"required": "Select the main need"},
    )


class HopesForm(GovukForm):
    outcomes_wanted = long_text(
        "What should be different in three months?",
        missing="Write what should be different",
        max_length=5000,
    )
    start_wanted_on = DatePartsField(label="Start wanted (you can leave this empty)", missing="")
    half_days = forms.MultipleChoiceField(
        label="Half-days that would fit",
        help_text="Choose none if any would.",
        choices=[(one.code, str(one)) for one in WEEK],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    modes = forms.MultipleChoiceField(
        label="Where could it happen?",
        help_text="Choose none if anywhere would do.",
        choices=Mode.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start_wanted_on"].required = False


class ViewsForm(GovukForm):
    parent_agrees = forms.ChoiceField(
        label="Does the parent or carer agree to this referral?",
        choices=[*YES_OR_NO, ("not_asked", "Not asked yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether the parent or carer agrees"},
    )
    parent_view = may_be_empty("What does the parent or carer say?")
    child_view = may_be_empty("What does the child or young person say?")
    no_view_reason = may_be_empty(
        "If neither has been asked: why not, and when will they be?", rows=2
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not any(given.get(name) for name in ("parent_view", "child_view", "no_view_reason")):
            self.add_error(
                "no_view_reason",
                "Write what the parent or the child says, or why neither has been asked",
            )
        return given


class ParentForm(GovukForm):
    contact_name = forms.CharField(
        label="Name of a parent or carer", required=False, max_length=200
    )
    phone = forms.CharField(label="Their phone number", required=False, max_length=20)
    email = forms.EmailField(label="Their email address", required=False)
    safe = forms.MultipleChoiceField(
        label="What is safe for them?",
        help_text="Choose only what they have told you.",
        choices=[
            ("may_phone", "Phone"),
            ("may_text", "Text message"),
            ("may_email", "Email"),
            ("may_leave_message", "A voice message"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    caution = may_be_empty("Is there anybody who must not be told?", rows=2)


class AddForm(GovukForm):
    words = long_text("What do you want to add?", missing="Write what you want to add")
