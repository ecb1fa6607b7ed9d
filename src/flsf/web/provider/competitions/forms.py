"""What a provider types in a competition."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import widgets

from flsf.casework.competitions import actions
from flsf.casework.competitions.actions import NewBid
from flsf.casework.competitions.rules import Criterion
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices
from flsf.web.components.money_field import PoundsField
from flsf.web.components.refused import Fields

WORDS = "words-"

FIELDS: Fields = {
    actions.NotYourService: ("service",),
    actions.NoRateYet: ("service",),
    actions.CannotBeBought: ("service",),
    actions.BeyondRateCard: ("price",),
    actions.StartOutsideBrief: ("starts_on",),
    actions.WordsMissing: ("words",),
}


class QuestionForm(GovukForm):
    words = long_text(
        "What do you want to know?",
        missing="Enter your question",
        help_text="The answer goes to everybody who was asked to bid. Nobody is told who asked: "
        "do not say who you are.",
        max_length=4_000,
    )


class BidForm(GovukForm):
    """A service, a price, a first day, and an answer to each criterion."""

    service = forms.ChoiceField(
        label="Which of your services do you offer?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of your services"},
    )

    def __init__(
        self,
        data: Any,
        *,
        services: Sequence[tuple[str, str]],
        unit: str,
        criteria: Sequence[Criterion],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        set_choices(self, "service", services)
        self.fields["price"] = PoundsField(
            label=f"Your price for {unit}, in pounds without VAT",
            help_text="The same as your rate card, or less.",
            max_length=20,
            widget=widgets.TextInput(attrs={"class": "govuk-input--width-5"}),
            error_messages={"required": "Enter your price"},
        )
        self.fields["starts_on"] = DatePartsField(
            label="The first day you can start", missing="Enter the first day you can start"
        )
        for one in criteria:
            self.fields[WORDS + one.code] = long_text(
                f"{one.title} ({one.weight} of 100)",
                missing=f"Answer: {one.title}",
                help_text=one.refined or one.line,
                max_length=8_000,
            )

    def said(self) -> NewBid:
        given = self.cleaned_data
        return NewBid(
            service_ref=given["service"],
            rate_pence=given["price"],
            starts_on=given["starts_on"],
            words={
                name.removeprefix(WORDS): words
                for name, words in given.items()
                if name.startswith(WORDS)
            },
        )
