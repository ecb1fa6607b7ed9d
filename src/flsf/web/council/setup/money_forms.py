from datetime import date
from typing import Any

from django import forms
from django.utils.text import slugify

from flsf.core.dates import anniversary
from flsf.core.money import Money
from flsf.mandate.budgets.enums import FundKind
from flsf.mandate.budgets.rules import financial_year_of, year_in_words
from flsf.shared.accounts.enums import Permission, Role
from flsf.shared.accounts.rules import roles_with
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, set_choices, text
from flsf.web.components.money_field import PoundsField

WIDTH = {"class": "govuk-input--width-10"}
YEARS_BACK, YEARS_AHEAD = 1, 8


class FundForm(GovukForm):
    """A new fund."""

    name = text("Name", missing="Enter the fund's name", max_length=100)
    kind = forms.TypedChoiceField(
        label="Where the money comes from",
        coerce=FundKind,
        choices=FundKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the money comes from"},
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not self.code_of(name):
            raise forms.ValidationError("The fund's name must have letters or numbers in it")
        return name

    @staticmethod
    def code_of(name: str) -> str:
        """The short word by which addresses and files call the fund."""
        return slugify(name)[:40].strip("-")


class BudgetForm(GovukForm):
    """How much of a fund may be promised in a financial year."""

    amount = PoundsField(
        label="Budget for the year",
        help_text="In pounds, VAT included. For example: 1,250,000",
        widget=forms.TextInput(attrs=WIDTH),
        error_messages={"required": "Enter the budget for the year"},
    )
    because = text(
        "Who decided it, and why",
        missing="Enter who decided it, and why",
        max_length=200,
        help_text="For example: Cabinet, 12 February 2026, minute 48",
    )
    is_meant = forms.BooleanField(
        label="Yes, set it below what is promised already", required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, committed: Money, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._committed = committed

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        amount = given.get("amount")
        if amount is not None and amount < self._committed.pence and not given.get("is_meant"):
            self.add_error(
                "amount",
                f"{self._committed} is promised already. With {Money(amount)} nothing more can be "
                "promised this year. Enter more, or tick that you mean it.",
            )
        return given

    @property
    def seen_pence(self) -> int:
        """The amount that stood on the page when it was opened."""
        seen = str(self.cleaned_data.get("seen", ""))
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0

    def asks_if_meant(self) -> bool:
        """Whether the tick is shown: only once the amount typed asks for it."""
        return "amount" in self.errors and self._is_low()

    def _is_low(self) -> bool:
        typed = str(self.data.get("amount", ""))
        try:
            return 0 <= Money.from_pounds(typed).pence < self._committed.pence
        except ValueError:
            return False


class LimitForm(GovukForm):
    """From which day a role may decide awards up to how much."""

    role = forms.TypedChoiceField(
        label="Role",
        coerce=Role,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    is_any = forms.BooleanField(label="Any amount", required=False)
    limit = forms.CharField(
        label="Or: the most it may decide for one award",
        required=False,
        help_text="In pounds, VAT included. For example: 10,000",
        widget=forms.TextInput(attrs=WIDTH),
    )
    in_force_from = DatePartsField(
        label="From", help_text="Today or later", missing="Enter the day from which it holds"
    )
    source = text(
        "Where it is written down",
        missing="Enter where it is written down",
        max_length=200,
        help_text="For example: scheme of delegation, part 3, as agreed on 12 February 2026",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deciding = roles_with(Permission.DECIDE_AWARDS)
        set_choices(self, "role", [(role.value, str(role.label)) for role in deciding])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        typed = str(given.get("limit", "")).strip()
        given["limit_pence"] = None
        if given.get("is_any") and typed:
            self.add_error("limit", "Tick any amount or enter one, not both")
        elif not given.get("is_any"):
            given["limit_pence"] = self._pence(typed)
        return given

    def _pence(self, typed: str) -> int | None:
        field = PoundsField(
            label="The most it may decide",
            error_messages={"required": "Tick any amount, or enter the most it may decide"},
        )
        try:
            return field.clean(typed)
        except forms.ValidationError as error:
            self.add_error("limit", error)
            return None


def years_around(today: date) -> list[tuple[date, str]]:
    """The financial years a budget may be set for: last year's, this one's, and some ahead."""
    now = financial_year_of(today)
    years = [anniversary(now, step) for step in range(-YEARS_BACK, YEARS_AHEAD + 1)]
    return [(one, year_in_words(one)) for one in years]
