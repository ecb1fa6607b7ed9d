from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from flsf.core.money import Money, NotAnAmount
from flsf.mandate.framework.enums import CommercialModel, Regime, SpendLine, Unit
from flsf.mandate.framework.rules import LotTerms
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text

POUNDS = {"class": "govuk-input--width-10"}


class PoundsField(forms.CharField):
    """An amount of pounds that may be left empty."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return None
        try:
            return Money.from_pounds(typed)
        except NotAnAmount as error:
            raise ValidationError("Enter an amount in pounds, like 68500000 or 45.50") from error


class FrameworkForm(GovukForm):
    """What may be changed without a new framework. Its first day and years are not here."""

    name = text("Name", missing="Enter the framework's name", max_length=200)
    commercial_model = forms.TypedChoiceField(
        label="Commercial model",
        coerce=CommercialModel,
        choices=CommercialModel.choices,
        widget=forms.RadioSelect,
    )
    ceiling = PoundsField(
        label="Ceiling in pounds, VAT included",
        required=False,
        help_text="The most that may ever be called off. Empty: none stated.",
        widget=forms.TextInput(attrs=POUNDS),
    )
    call_off_method = long_text(
        "How call-offs are made", missing="Enter how call-offs are made", help_text="Published."
    )
    decided_by_body = forms.CharField(label="Decided by", required=False, max_length=100)
    decided_on = DatePartsField(label="Decided on", missing="Enter the day it was decided")
    minute = forms.CharField(label="Minute", required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].required = False


class ExtendForm(GovukForm):
    """By how many years."""

    years = forms.TypedChoiceField(
        label="By how many years?",
        coerce=int,
        choices=[(str(years), str(years)) for years in range(1, 6)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select by how many years"},
    )


class LotForm(GovukForm):
    """A lot's name and terms."""

    name = text("Name", missing="Enter the lot's name", max_length=200)
    lowest_age = forms.IntegerField(label="Youngest age", min_value=0, max_value=25)
    highest_age = forms.IntegerField(label="Oldest age", min_value=0, max_value=25)
    unit = forms.TypedChoiceField(label="Priced by", coerce=Unit, choices=Unit.choices)
    regime = forms.TypedChoiceField(label="Bought under", coerce=Regime, choices=Regime.choices)
    spend_line = forms.TypedChoiceField(
        label="Counts as", coerce=SpendLine, choices=SpendLine.choices
    )
    registered_only = forms.BooleanField(label="Only registered schools", required=False)
    direct_award_allowed = forms.BooleanField(label="Direct award", required=False)
    competition_allowed = forms.BooleanField(label="Mini-competition", required=False)
    block_allowed = forms.BooleanField(label="Block purchase", required=False)
    price_cap = PoundsField(
        label="Most paid for one unit, without VAT",
        required=False,
        help_text="Empty: no cap.",
        widget=forms.TextInput(attrs=POUNDS),
    )

    def terms(self) -> LotTerms:
        """What the action is told."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "name"}
        cap: Money | None = said.pop("price_cap")
        return LotTerms(**said, price_cap_pence=None if cap is None else cap.pence)
