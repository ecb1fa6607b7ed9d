from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from flsf.core import access, needs, qualities
from flsf.core.access import Access
from flsf.core.geo import postcode_from
from flsf.core.half_days import WEEK
from flsf.core.money import Money, NotAnAmount
from flsf.core.needs import Need
from flsf.core.qualities import Quality
from flsf.market.providers.enums import Mode, ServiceStatus
from flsf.market.providers.rules import MOST_PLACES, OLDEST, ServiceFacts
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text

NARROW = "govuk-input--width-3"


def _number(label: str, *, most: int, least: int = 0, help_text: str = "") -> forms.IntegerField:
    said = f"Enter a whole number from {least} to {most}"
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": NARROW}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


class ServiceForm(GovukForm):
    """What a service is. The three things families ask come first (S8)."""

    name = text("What do you call the service?", missing="Enter its name", max_length=200)
    lot_id = forms.TypedChoiceField(
        label="Which lot does it belong to?",
        coerce=int,
        error_messages={"required": "Select a lot"},
    )
    kind_id = forms.TypedChoiceField(
        label="Is it one of these kinds?",
        required=False,
        coerce=int,
        empty_value=None,
    )
    new_kind = forms.CharField(
        label="Or is it a kind we do not know yet?",
        help_text="Like a new kind of therapy. The council decides whether to add it.",
        required=False,
        max_length=80,
    )
    what_it_is = long_text("What is it?", missing="Enter what it is", help_text="Short sentences.")
    how_to_get_it = forms.CharField(
        label="How does a family get it?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    what_to_expect = long_text(
        "What can a child expect on the first day?", missing="Enter what a child can expect"
    )
    mode = forms.TypedChoiceField(
        label="Where does it happen?",
        coerce=Mode,
        choices=Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where it happens"},
    )
    site_id = forms.TypedChoiceField(
        label="At which of your places?", required=False, coerce=int, empty_value=None
    )
    lowest_age = _number("Youngest age", most=OLDEST)
    highest_age = _number("Oldest age", most=OLDEST)
    needs = forms.MultipleChoiceField(
        label="Which needs is it for?",
        required=False,
        choices=needs.CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    qualities = forms.MultipleChoiceField(
        label="What is it like?",
        help_text="Families look for these. Choose only what is true every time.",
        required=False,
        choices=qualities.CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    access = forms.MultipleChoiceField(
        label="What can you offer so that a child can take part?",
        required=False,
        choices=access.CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    largest_group = _number("Most children in a group", least=1, most=MOST_PLACES)
    days_to_start = _number(
        "School days from an agreement to the first session", most=100, help_text="Be honest."
    )
    travel = forms.CharField(
        label="How does a child get there?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_listed = forms.BooleanField(label="Show it in the public list", required=False)

    def __init__(
        self,
        *args: Any,
        lots: Sequence[tuple[int, str]],
        sites: Sequence[tuple[int, str]],
        kinds: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "lot_id", [("", "Choose a lot"), *lots])
        set_choices(self, "kind_id", [("", "None of them"), *kinds])
        set_choices(self, "site_id", [("", "None of them"), *sites])

    def facts(self, first_start_on: date | None = None) -> ServiceFacts:
        """What the actions are told. When the next child could start is said elsewhere."""
        said = dict(self.cleaned_data)
        said.pop("new_kind")
        wanted = [Need(code) for code in said.pop("needs")]
        offered = [Access(code) for code in said.pop("access")]
        like = [Quality(code) for code in said.pop("qualities")]
        return ServiceFacts(
            **said,
            needs_mask=needs.to_mask(wanted),
            access_mask=access.to_mask(offered),
            qualities_mask=qualities.to_mask(like),
            first_start_on=first_start_on,
        )

    @staticmethod
    def typed(facts: ServiceFacts) -> Mapping[str, Any]:
        """The boxes as they are for a service that is there already."""
        shown = {
            name: getattr(facts, name) for name in ServiceForm.base_fields if hasattr(facts, name)
        }
        return shown | {
            "needs": [need.value for need in needs.from_mask(facts.needs_mask)],
            "qualities": [one.value for one in qualities.from_mask(facts.qualities_mask)],
            "access": [one.value for one in access.from_mask(facts.access_mask)],
        }


class PlacesForm(GovukForm):
    """How many children in each half-day of the week; an empty box is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for half_day in WEEK:
            field = _number(str(half_day), most=MOST_PLACES)
            field.required = False
            self.fields[half_day.code] = field

    def places(self) -> dict[int, int]:
        """Children by half-day index."""
        return {one.index: self.cleaned_data[one.code] or 0 for one in WEEK}


class PoundsField(forms.CharField):
    """Pounds as people type them: 45, £45.50, 1,200."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        if not typed:
            return typed
        try:
            return Money.from_pounds(typed)
        except NotAnAmount as error:
            raise ValidationError("Enter one price in pounds, like 45 or 45.50") from error


class RateForm(GovukForm):
    """A new price, and from when."""

    rate = PoundsField(
        label="New price in pounds, without VAT",
        error_messages={"required": "Enter the new price"},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    in_force_from = DatePartsField(
        label="First day of the new price", missing="Enter its first day"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = f"Today or later. For example, {today.day} {today.month} {today.year}"
        self.fields["in_force_from"].help_text = said


class StatusForm(GovukForm):
    """Whether the service takes new children."""

    status = forms.TypedChoiceField(
        label="Does it take new children?",
        coerce=ServiceStatus,
        choices=ServiceStatus.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it takes new children"},
    )
    first_start_on = DatePartsField(
        label="If it is full, when could the next child start?",
        missing="Enter a date",
        help_text="Leave it empty if you do not know.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_start_on"].required = False


class SiteForm(GovukForm):
    """A place where children are taught."""

    name = text(
        "What is the place called?", missing="Enter what the place is called", max_length=200
    )
    postcode = text("Postcode", missing="Enter its postcode", max_length=10)

    def clean_postcode(self) -> str:
        known = postcode_from(self.cleaned_data["postcode"])
        if known is None:
            raise ValidationError("Enter a full postcode, like ZZ1 1AA")
        return known
