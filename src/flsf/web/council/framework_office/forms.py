from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from flsf.core.money import Money, NotAnAmount
from flsf.mandate.framework.enums import Regime, SpendLine, Unit
from flsf.mandate.framework.rules import LotTerms
from flsf.mandate.rounds.enums import Notice
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text

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
    """By how many years, and who approved it."""

    years = forms.TypedChoiceField(
        label="By how many years?",
        coerce=int,
        choices=[(str(years), str(years)) for years in range(1, 6)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select by how many years"},
    )
    approved_by = text("Who approved it?", missing="Enter who approved it", max_length=200)
    approved_on = DatePartsField(label="Approved on", missing="Enter the day it was approved")
    reason = long_text("Why is it extended?", missing="Enter why it is extended")


class CriteriaForm(GovukForm):
    """What a provider must show, one criterion a line."""

    criteria = long_text(
        "Criteria",
        missing="Enter at least one criterion",
        help_text="One a line. Published from the day below.",
    )
    in_force_from = DatePartsField(
        label="In force from",
        missing="Enter the day they begin",
        help_text="Whoever applied before is judged by the criteria of that day.",
    )


class MeasuresForm(GovukForm):
    """How the performance of providers is measured, one measure a line."""

    measures = long_text(
        "Measures of performance",
        missing="Enter at least one measure",
        help_text="One a line, with what you aim for. Published from the day below.",
    )
    in_force_from = DatePartsField(
        label="In force from",
        missing="Enter the day they begin",
        help_text="Agreements that were issued before keep theirs.",
    )


class RoundForm(GovukForm):
    """When providers may apply."""

    opens_on = DatePartsField(label="First day", missing="Enter the first day")
    closes_on = DatePartsField(
        label="Last day",
        missing="Enter the last day",
        help_text="Leave empty to keep it open until you close it.",
    )
    decide_by = DatePartsField(label="Decide by", missing="Enter the day to decide by")
    standstill_days = forms.IntegerField(
        label="Standstill in working days",
        required=False,
        min_value=0,
        max_value=99,
        help_text="None is required for light touch. If you state one, it is at least eight.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("closes_on", "decide_by"):
            self.fields[name].required = False


class ReopenForm(RoundForm):
    """When everybody may tender again, and who decided so."""

    authority = text(
        "Who decided it?",
        missing="Enter who decided it",
        help_text="For example: Director, under delegated authority",
        max_length=200,
    )
    reason = long_text("Why does it reopen?", missing="Enter why it reopens")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_on"].required = True
        self.fields["closes_on"].help_text = "The same for everybody."


class ReissueForm(GovukForm):
    """From when every agreement is issued again, and who decided so."""

    takes_effect_on = DatePartsField(label="From which day?", missing="Enter the day")
    authority = text("Who decided it?", missing="Enter who decided it", max_length=200)
    reason = long_text("Why?", missing="Enter why")


class CloseForm(GovukForm):
    """On which day a round ends, and why so early."""

    last_day = DatePartsField(label="Last day for applications", missing="Enter the last day")
    reason = long_text("Why does it close then?", missing="Enter why")


class NoticeForm(GovukForm):
    """A notice of a round, once it is published."""

    kind = forms.TypedChoiceField(label="Notice", coerce=Notice, choices=Notice.choices)
    reference = text("Reference", missing="Enter the reference", max_length=60)
    published_on = DatePartsField(label="Published on", missing="Enter the day of publication")


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


class AnswersForm(GovukForm):
    """Which policy drivers a requirement answers, and how."""

    drivers = forms.TypedMultipleChoiceField(
        label="Which does it answer?",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none if it answers no policy.",
    )
    because = long_text(
        "How does it answer them?",
        missing="Enter how it answers them, or why it answers none",
        help_text="If it answers none: why it is asked all the same.",
    )
    seen_id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, drivers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "drivers", drivers)
