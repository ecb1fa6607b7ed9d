from typing import Any

from django import forms

from flsf.casework.children.enums import Care, Relation, SenStage
from flsf.core.access import CHOICES as ACCESS
from flsf.core.access import Access
from flsf.core.needs import CHOICES as NEEDS
from flsf.core.needs import Need
from flsf.web.components.fields import GovukForm, set_choices, text


def optional(label: str, *, hint: str = "", **options: Any) -> forms.CharField:
    """A line that may stay empty."""
    return forms.CharField(label=label, help_text=hint, required=False, **options)


def optional_text(label: str, *, hint: str = "", **options: Any) -> forms.CharField:
    """A text of several lines that may stay empty."""
    return optional(label, hint=hint, widget=forms.Textarea(attrs={"rows": 4}), **options)


class NeedsForm(GovukForm):
    """What helps, what is hard, and the support the child has by right. Strengths come first."""

    strengths = optional_text("What they like and are good at")
    about = optional_text("What helps, and what makes things hard")
    needs = forms.MultipleChoiceField(
        label="Needs",
        help_text="Choose all that are known, diagnosed or not.",
        choices=NEEDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    main_need = forms.ChoiceField(
        label="Main need", choices=[("", "Not decided"), *NEEDS], required=False
    )
    access = forms.MultipleChoiceField(
        label="What a place or worker must offer",
        choices=ACCESS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sen_stage = forms.ChoiceField(
        label="Special educational needs", choices=SenStage.choices, widget=forms.RadioSelect
    )
    plan_ref = optional("Reference of the plan", max_length=40)
    care = forms.ChoiceField(
        label="Virtual School group", choices=Care.choices, widget=forms.RadioSelect
    )
    health_notes = optional_text("Health", hint="Only what somebody with the child must know.")
    contact_caution = optional_text(
        "Who must not be told, and what is not safe",
        hint="Shown as a flag to everybody who works with the child. Never shown to families.",
    )

    def clean_main_need(self) -> Need | None:
        chosen: str = self.cleaned_data["main_need"]
        return Need(chosen) if chosen else None

    def clean_needs(self) -> frozenset[Need]:
        return frozenset(Need(one) for one in self.cleaned_data["needs"])

    def clean_access(self) -> frozenset[Access]:
        return frozenset(Access(one) for one in self.cleaned_data["access"])

    def clean_sen_stage(self) -> SenStage:
        return SenStage(self.cleaned_data["sen_stage"])

    def clean_care(self) -> Care:
        return Care(self.cleaned_data["care"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        main = given.get("main_need")
        if main and "needs" in given:
            given["needs"] = given["needs"] | {main}
        return given


class ContactForm(GovukForm):
    name = text("Name", missing="Enter their name", max_length=200)
    relation = forms.ChoiceField(
        label="Who they are to the child",
        choices=Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select who they are to the child"},
    )
    has_parental_responsibility = forms.BooleanField(
        label="Has parental responsibility", required=False
    )
    phone = optional("Phone number", max_length=20)
    email = forms.EmailField(label="Email address", required=False)
    safe = forms.MultipleChoiceField(
        label="What is safe for them?",
        help_text="Ask them. Choose nothing if you do not know yet.",
        choices=[
            ("may_phone", "Phone"),
            ("may_text", "Text message"),
            ("may_email", "Email"),
            ("may_leave_message", "A voice message"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = optional("Language they are happiest in", max_length=40)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)

    def clean_relation(self) -> Relation:
        return Relation(self.cleaned_data["relation"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        return given | dict.fromkeys(given.pop("safe", ()), True)


class WorkerForm(GovukForm):
    worker = forms.ChoiceField(
        label="Named worker", error_messages={"required": "Select who it will be"}
    )

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "worker", [("", "Select somebody"), *workers])


class CloseForm(GovukForm):
    """Only the button."""
