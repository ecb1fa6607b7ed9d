from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from flsf.core.dates import in_words
from flsf.flows.suspend_provider import Terms
from flsf.market.admissions.enums import BY_HAND, Status, SuspensionReason
from flsf.market.admissions.queries import Standing
from flsf.market.admissions.rules import may_suspend
from flsf.market.checks.enums import Outcome
from flsf.market.providers.enums import NOT_SAID, TYPE_CHOICES, ProviderKind, ProviderType
from flsf.market.staff.enums import Confirmation
from flsf.oversight.escalations.enums import Rung, Signal
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text
from flsf.web.components.filters import FilterForm

OVERDUE, IN_DATE = "overdue", "in-date"
EVERYTHING, LOTS, SITE = "all", "lots", "site"
# Words by which a note is likely to be about what somebody did to a child.
ALLEGATION = ("allegation", "alleged", "lado", "assault", "abuse", "grooming", "hit a child")


class ProviderFilters(FilterForm):
    name = forms.CharField(label="Name", required=False)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any kind"), *ProviderKind.choices]
    )
    type = forms.ChoiceField(
        label="Type",
        required=False,
        choices=[("", "Any type"), *TYPE_CHOICES, (NOT_SAID, "Not said yet")],
    )
    lot = forms.TypedChoiceField(label="Lot", required=False, coerce=int, empty_value=None)
    status = forms.TypedChoiceField(
        label="Status",
        required=False,
        coerce=Status,
        empty_value=None,
        choices=[("", "Any status"), *Status.choices],
    )
    checks = forms.ChoiceField(
        label="Checks",
        required=False,
        choices=[("", "Any"), (OVERDUE, "Something overdue"), (IN_DATE, "Nothing overdue")],
    )

    def __init__(self, *args: Any, lots: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "lot", [("", "Any lot"), *lots])


class ProviderForm(GovukForm):
    """The least by which a provider is known."""

    name = text("Name of the provider", missing="Enter the name of the provider", max_length=200)
    kind = forms.TypedChoiceField(
        label="What kind of provider is it?",
        coerce=ProviderKind,
        choices=ProviderKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of provider it is"},
    )
    company_number = forms.CharField(
        label="Company number", required=False, max_length=10, help_text="If it has one"
    )
    charity_number = forms.CharField(
        label="Charity number", required=False, max_length=10, help_text="If it has one"
    )
    is_small = forms.BooleanField(label="It is small or medium-sized", required=False)
    is_local = forms.BooleanField(label="It is based in the borough", required=False)


class TypesForm(GovukForm):
    """Of which types a provider is (S18)."""

    types = forms.TypedMultipleChoiceField(
        label="Which of these is it?",
        help_text="Choose all that fit. Choose none if none fits.",
        coerce=ProviderType,
        required=False,
        choices=TYPE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )


class _Dated(GovukForm):
    """A form with days: each shows today as an example."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DatePartsField):
                field.help_text = f"For example, {today.day} {today.month} {today.year}"


class AdmitForm(_Dated):
    """Into which lot, from when, and on what the decision rests."""

    lot_id = forms.TypedChoiceField(
        label="Which lot are they admitted to?",
        coerce=int,
        error_messages={"required": "Select a lot"},
    )
    takes_effect_on = DatePartsField(
        label="First day in the pool", missing="Enter the first day in the pool"
    )
    reason = long_text(
        "What does the decision rest on?",
        missing="Enter what the decision rests on",
        help_text="For example: all checks seen, and two references taken.",
    )

    def __init__(self, *args: Any, lots: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "lot_id", [("", "Choose a lot"), *lots])


class EvidenceForm(_Dated):
    """Which check was shown, by what number, and for which days."""

    code = forms.ChoiceField(
        label="Which check did they show?", error_messages={"required": "Select a check"}
    )
    number = forms.CharField(
        label="Number on it",
        required=False,
        max_length=100,
        help_text="The policy or certificate number. Never what a certificate says.",
    )
    holds_from = DatePartsField(label="First day it holds", missing="Enter the first day it holds")
    expires_on = DatePartsField(label="Last day it holds", missing="Enter the last day it holds")

    def __init__(self, *args: Any, checks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "code", [("", "Choose a check"), *checks])


class ToldForm(GovukForm):
    """Whether what the provider told can be believed, and what is missing if not."""

    outcome = forms.TypedChoiceField(
        label="Have you seen it, and is it right?",
        coerce=Outcome,
        choices=[(Outcome.ACCEPTED, "Yes: accept it"), (Outcome.SENT_BACK, "No: send it back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is right"},
    )
    words = forms.CharField(
        label="If not, what is missing?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The provider will read this.",
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("outcome") is Outcome.SENT_BACK and not answers.get("words"):
            self.add_error("words", "Say what is missing, so that they can mend it")
        return answers


class ConfirmForm(GovukForm):
    """Whether somebody may be alone with children, and what that rests on."""

    confirmation = forms.TypedChoiceField(
        label="May they be alone with children?",
        coerce=Confirmation,
        choices=[
            (Confirmation.CONFIRMED, "Yes: confirm them"),
            (Confirmation.NOT_CONFIRMED, "Not yet"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether they may be alone with children"},
    )
    reason = long_text(
        "What does that rest on?",
        missing="Enter what that rests on",
        help_text="The provider will read this.",
    )


class StepForm(_Dated):
    """Which step, what made us look, why, and until when it is to be put right."""

    rung = forms.TypedChoiceField(
        label="Which step?",
        coerce=Rung,
        choices=[(one.value, one.label) for one in Rung if one is not Rung.SUSPENDED],
        widget=forms.RadioSelect,
        help_text="Suspension has a page of its own.",
        error_messages={"required": "Select a step"},
    )
    signal = forms.TypedChoiceField(
        label="What made us look?",
        coerce=Signal,
        choices=Signal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what made us look"},
    )
    reason = long_text(
        "Why, and what is to be put right?",
        missing="Enter why, and what is to be put right",
        help_text="The provider will read this. Do not name a child or a member of staff.",
    )
    is_no_allegation = forms.BooleanField(
        label="This is about how the service works, and not an allegation about a person",
        required=False,
    )
    takes_effect_on = DatePartsField(label="From which day?", missing="Enter the first day")
    due_on = DatePartsField(
        label="By when is it to be put right?", missing="Enter the day it is to be put right by"
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        said = str(answers.get("reason", "")).casefold()
        if not answers.get("is_no_allegation") and any(word in said for word in ALLEGATION):
            self.add_error(
                "is_no_allegation",
                "This reads like an allegation about a person. Raise a concern, which only "
                "safeguarding leads read, or tick the box if it is none",
            )
        return answers

    def step(self) -> dict[str, Any]:
        """What a step is made of."""
        said = dict(self.cleaned_data)
        del said["is_no_allegation"]
        return said


class CloseForm(GovukForm):
    because = long_text(
        "What has changed?",
        missing="Enter what has changed",
        help_text="The provider will read this.",
    )


class _OfLots(_Dated):
    """A form about some of a provider's lots."""

    def __init__(self, *args: Any, standings: Sequence[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standings = standings
        set_choices(self, "lots", [(one.admission_id, _lot_label(one)) for one in standings])


def _lot_label(one: Standing) -> str:
    return f"{one.lot_name} ({one.status.label.lower()} since {in_words(one.since)})"


class SuspendForm(_OfLots):
    """Which lots or which place, why, from when, and when it is looked at again."""

    scope = forms.ChoiceField(
        label="What are they suspended from?",
        choices=[
            (EVERYTHING, "Everything they do"),
            (LOTS, "Some lots"),
            (SITE, "One of their places"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what they are suspended from"},
    )
    lots = forms.TypedMultipleChoiceField(
        label="If some lots, which?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    site_id = forms.TypedChoiceField(
        label="If one of their places, which?", coerce=int, required=False, empty_value=None
    )
    reason = forms.TypedChoiceField(
        label="Why are they suspended?",
        coerce=SuspensionReason,
        choices=[(one.value, one.label) for one in BY_HAND],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why they are suspended"},
    )
    explanation = long_text(
        "What happened?",
        missing="Enter what happened",
        help_text="The provider will read this. Do not name a child or a member of staff.",
    )
    takes_effect_on = DatePartsField(
        label="First day of the suspension", missing="Enter the first day of the suspension"
    )
    review_on = DatePartsField(
        label="When do we look at it again?", missing="Enter the day on which we look at it again"
    )
    lifts_on = DatePartsField(label="If it ends by itself: first day back", missing="")

    def __init__(self, *args: Any, sites: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "site_id", [("", "Choose a place"), *sites])
        lifts_on = self.fields["lifts_on"]
        lifts_on.required = False
        lifts_on.help_text = "Leave empty unless a rule sets the day. It then needs no decision."

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("scope") == LOTS and not answers.get("lots"):
            self.add_error("lots", "Select at least one lot")
        if answers.get("scope") == SITE and not answers.get("site_id"):
            self.add_error("site_id", "Select which of their places")
        return answers

    def terms(self) -> Terms:
        """Why, from when, and until when."""
        said = self.cleaned_data
        return Terms(**{name: said[name] for name in Terms.__dataclass_fields__})

    def chosen(self) -> list[Standing]:
        """The lots: those chosen, or all."""
        if self.cleaned_data["scope"] == EVERYTHING:
            reason = self.cleaned_data["reason"]
            return [one for one in self.standings if may_suspend(one.status, reason)]
        return [one for one in self.standings if one.admission_id in self.cleaned_data["lots"]]


class LiftForm(_OfLots):
    """Which lots, why, and from when."""

    lots = forms.TypedMultipleChoiceField(
        label="In which lots is the suspension lifted?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    site_suspensions = forms.TypedMultipleChoiceField(
        label="At which places is the suspension lifted?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    explanation = long_text(
        "What has changed?",
        missing="Enter what has changed",
        help_text="The provider will read this. Do not name a child or a member of staff.",
    )
    takes_effect_on = DatePartsField(
        label="First day back in the pool", missing="Enter the first day back in the pool"
    )

    def __init__(self, *args: Any, sites: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "site_suspensions", sites)
        for name, choices in (("lots", self.standings), ("site_suspensions", sites)):
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not (answers.get("lots") or answers.get("site_suspensions")):
            first = "lots" if "lots" in self.fields else "site_suspensions"
            self.add_error(first, "Select at least one lot or place")
        return answers

    def answers(self) -> dict[str, Any]:
        """What the flow needs to be told."""
        answers = {"lots": (), "site_suspensions": (), **self.cleaned_data}
        chosen = answers.pop("lots")
        return answers | {"standings": [o for o in self.standings if o.admission_id in chosen]}
