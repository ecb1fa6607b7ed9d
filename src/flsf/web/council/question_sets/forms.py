"""A question as a form: everything of it can be changed without a programmer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from flsf.market.applications.enums import About, Kind, PassKind, Variant
from flsf.market.applications.rules import OnlyIf, Pass, Question, QuestionSet
from flsf.market.checks.enums import Group, Theme
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text

SAYS, IS = ":", "="


def _words(label: str, hint: str = "", rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, widget=area)


def _several(label: str, choices: Sequence[tuple[str, str]], hint: str) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class QuestionForm(GovukForm):
    code = forms.SlugField(
        label="Code",
        help_text="Small letters and hyphens: public-liability. Answers are kept under it.",
        max_length=60,
        error_messages={
            "required": "Write a code",
            "invalid": "Use small letters, numbers and hyphens only",
        },
    )
    asks = text("What is asked?", missing="Write the question", max_length=300)
    help = _words("Help below the question", "In words for anybody.")
    kind = forms.ChoiceField(label="The answer is", choices=Kind.choices)
    options = _words(
        "Answers to choose from",
        "One a line, as key: words. For example, by_start: Not yet. I will have it before I start",
        5,
    )
    section = forms.ChoiceField(label="Part of the application")
    page = forms.IntegerField(
        label="Page of that part",
        min_value=1,
        max_value=9,
        error_messages={"required": "Write a number from 1 to 9"},
    )
    lots = _several("Asked only for", (), "Choose none if it is asked of everybody.")
    each_lot = forms.BooleanField(label="Asked once for each lot, as prices are", required=False)
    variants = _several(
        "Asked only of", Variant.choices, "Choose none if it is asked of everybody."
    )
    only_if = _words(
        "Asked only if",
        "Earlier answers, one a line, as code = answer. Several answers: code = yes, by_start",
    )
    is_required = forms.BooleanField(label="It must be answered", required=False)
    pass_kind = forms.ChoiceField(
        label="It passes if", required=False, choices=[("", "Any answer passes"), *PassKind.choices]
    )
    pass_values = forms.CharField(
        label="Which answers, or what number",
        help_text="Keys with commas between, or one number. Money in pence.",
        required=False,
    )
    remedy = _words("What would pass, in words")
    mitigation_allowed = forms.BooleanField(
        label="The applicant may explain an answer that does not pass", required=False
    )
    mitigation_asks = _words("What they are asked to explain")
    expires_after = forms.IntegerField(
        label="Months after which it must be shown again", required=False, min_value=1
    )
    is_reusable = forms.BooleanField(
        label="Filled in when they apply again",
        help_text="In another framework of ours that asks the same. They look at it and save it. "
        "What has run out is not filled in.",
        required=False,
    )
    is_public = forms.BooleanField(
        label="Shown to the public",
        help_text="The answers of accepted providers, on their pages. Those who apply are told so "
        "beside the question. A file is never shown.",
        required=False,
    )
    theme = forms.ChoiceField(label="Theme of the national standards", choices=Theme.choices)
    group = forms.ChoiceField(label="Check group", choices=Group.choices, required=False)
    about = forms.ChoiceField(
        label="What the law needs to know: it is about", choices=About.choices
    )
    check = forms.ChoiceField(label="Evidence for the check", required=False)
    justification = _words(
        "Why it is asked", "The law wants a reason for every question that can turn somebody down."
    )
    source = forms.CharField(label="Where it comes from", required=False, max_length=300)

    def __init__(
        self,
        data: Any,
        *,
        within: QuestionSet,
        question: Question | None,
        lots: Sequence[tuple[str, str]],
        checks: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial=_initial(question) if question else {"page": 1})
        self._question = question
        set_choices(self, "section", [(one.code, one.title) for one in within.sections])
        set_choices(self, "lots", lots)
        set_choices(self, "check", [("", "None"), *checks])
        if question is not None:
            del self.fields["code"]

    def clean_options(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (key.strip(), words.strip())
            for key, words in self._pairs("options", SAYS, "by_start: Not yet")
        )

    def clean_only_if(self) -> tuple[OnlyIf, ...]:
        return tuple(
            OnlyIf(code.strip(), tuple(one.strip() for one in answers.split(",") if one.strip()))
            for code, answers in self._pairs("only_if", IS, "employees = yes")
        )

    def _pairs(self, field: str, between: str, example: str) -> list[tuple[str, str]]:
        found = []
        for line in self.cleaned_data[field].splitlines():
            if not line.strip():
                continue
            left, sign, right = line.partition(between)
            if not (left.strip() and sign and right.strip()):
                raise forms.ValidationError(f"Write each line like this: {example}")
            found.append((left, right))
        return found

    def question(self) -> Question:
        """The question as given."""
        given: dict[str, Any] = dict(self.cleaned_data)
        kind, values = given.pop("pass_kind"), given.pop("pass_values")
        parts = tuple(one.strip() for one in values.split(",") if one.strip())
        before = self._question
        return Question(
            **given
            | {
                "code": before.code if before else given["code"],
                "kind": Kind(given["kind"]),
                "lots": tuple(given["lots"]),
                "variants": tuple(Variant(one) for one in given["variants"]),
                "pass_if": Pass(PassKind(kind), parts) if kind else None,
                "theme": Theme(given["theme"]),
                "group": Group(given["group"]),
                "about": About(given["about"]),
                "fills": before.fills if before else "",
                "unit": before.unit if before else "",
                "not_needed": before.not_needed if before else "",
            }
        )


class PublishForm(GovukForm):
    because = long_text(
        "Why is there a new version?",
        missing="Say why: providers read it",
        max_length=1_000,
        help_text="Providers read it.",
    )
    in_force_from = DatePartsField(
        label="It holds from",
        missing="Write the day from which it holds",
        help_text="Today or later. For example, 1 9 2026",
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"in_force_from": today})


def _initial(question: Question) -> dict[str, Any]:
    rule = question.pass_if
    return {name: getattr(question, name) for name in Question.__dataclass_fields__} | {
        "options": "\n".join(f"{key}{SAYS} {words}" for key, words in question.options),
        "only_if": "\n".join(
            f"{one.code} {IS} {', '.join(one.values)}" for one in question.only_if
        ),
        "lots": list(question.lots),
        "variants": [one.value for one in question.variants],
        "pass_kind": rule.kind if rule else "",
        "pass_values": ", ".join(rule.values) if rule else "",
    }
