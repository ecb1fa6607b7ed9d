from datetime import date
from typing import Any

from django import forms

from flsf.market.standards.enums import Kind, Outcome
from flsf.market.standards.rules import Content, lines_of
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text


class StandardsForm(GovukForm):
    """What every provider keeps to, one a line."""

    lines = forms.CharField(
        label="What does every provider keep to?",
        help_text="One a line.",
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Enter at least one line"},
    )
    in_force_from = DatePartsField(
        label="From which day?", missing="Enter the day from which it holds"
    )
    because = long_text("Why is it published?", missing="Enter why it is published")

    def content(self) -> Content:
        said = self.cleaned_data
        return Content(
            lines=lines_of(said["lines"]), lead=said.get("lead", ""), phone=said.get("phone", "")
        )


class ProcedureForm(StandardsForm):
    """The same, with whom at the council to call and by when."""

    lead = text(
        "Who is the council's safeguarding lead?",
        missing="Enter the name of the council's safeguarding lead",
        max_length=200,
    )
    phone = text(
        "Which number do providers call?",
        missing="Enter the telephone number to call",
        max_length=30,
    )
    field_order = ("lead", "phone", "lines", "in_force_from", "because")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].label = "What is done, and by when?"
        self.fields["lines"].help_text = (
            "One a line, each with its time first and a colon. For example: "
            "The same day: Tell the council's front door."
        )


FORMS = {
    Kind.STANDARDS: StandardsForm,
    Kind.SAFEGUARDING: ProcedureForm,
    Kind.SUSTAINABILITY: StandardsForm,
}


class CheckForm(GovukForm):
    """What was found when a provider was checked."""

    kind = forms.TypedChoiceField(
        label="Against what was it checked?",
        coerce=Kind,
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select against what it was checked"},
    )
    checked_on = DatePartsField(label="On which day?", missing="Enter the day of the check")
    outcome = forms.TypedChoiceField(
        label="What was found?",
        coerce=Outcome,
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was found"},
    )
    words = long_text(
        "What did you see?",
        missing="Enter what was found",
        help_text="The provider will read this. Do not name a child or a member of staff.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_checked_on(self) -> date:
        day: date = self.cleaned_data["checked_on"]
        if day > self.today:
            raise forms.ValidationError("Enter a day that is not after today")
        return day
