"""The five questions, and where to send the link."""

from collections.abc import Sequence
from typing import Any

from django import forms

from flsf.market.applications.enums import Variant
from flsf.market.applications.rules import BY_START, NO, YES
from flsf.web.components.fields import GovukForm, set_choices, text


def _one(label: str, missing: str, choices: Sequence[tuple[str, str]], hint: str = "") -> Any:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


class KindForm(GovukForm):
    kind = _one(
        "What are you?",
        "Choose what you are",
        [
            (Variant.SOLE_TRADER.value, "I work for myself (sole trader)"),
            (Variant.VOLUNTARY.value, "A charity or community organisation"),
            (Variant.COMPANY.value, "A company"),
            (Variant.PUBLIC.value, "A public body, such as a school or college"),
        ],
        "One person is enough. You can all join.",
    )


class LotsForm(GovukForm):
    lots = forms.MultipleChoiceField(
        label="What would you like to give?",
        help_text="Choose all that fit. You answer the questions once for all of them.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )

    def __init__(self, data: Any, *, lots: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        set_choices(self, "lots", lots)


class CheckedForm(GovukForm):
    checked = _one(
        "Does everybody who would work with children have an enhanced DBS check?",
        "Choose one",
        [(YES, "Yes"), (BY_START, "Not yet, but we will before we start"), (NO, "No")],
        "This includes you.",
    )


class InsuredForm(GovukForm):
    insured = _one(
        "Do you have public liability insurance?",
        "Choose one",
        [
            (YES, "Yes"),
            (BY_START, "Not yet. I will have it before I start"),
            (NO, "No, and I cannot get it"),
        ],
        "You do not need it to apply.",
    )


class PastForm(GovukForm):
    past = _one(
        "In the last five years, has anybody who runs it committed a serious crime, evaded tax or "
        "gone bankrupt?",
        "Choose yes or no",
        [(NO, "No"), (YES, "Yes")],
        "If yes, you can still apply: we ask what has changed.",
    )


class LinkForm(GovukForm):
    organisation = text(
        "What is your organisation called?",
        missing="Write the name. If you work for yourself, your own name will do",
        help_text="If you work for yourself, your own name or the name you trade under.",
        max_length=200,
    )
    name = text("Your name", missing="Write your name", max_length=200)
    email = forms.EmailField(
        label="Your email address",
        help_text="We send a link there. You need no password.",
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Write your email address",
            "invalid": "Write the email address like this: name@example.com",
        },
    )
