"""One definition of a question makes its field. Whether an answer will do, the rules say."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import widgets
from django.http import QueryDict

from flsf.core.dates import in_words
from flsf.market.applications.enums import Kind, Result
from flsf.market.applications.rules import NO, YES, Judged, Question
from flsf.web.components.dates import PARTS, DateParts
from flsf.web.components.fields import GovukForm, set_choices

WHY, DROP = "why-", "drop-"
BEFORE = "You told us this on {day}. Is it still right? Change it, or save it as it is."
FILES = "PDF, JPEG, PNG, Word or Excel, up to 10 MB."
PUBLIC = "If you join, everybody can read this answer on your page."
MISSING: Mapping[Kind, str] = {
    Kind.YES_NO: "Choose yes or no",
    Kind.TEXT: "Write a few words",
    Kind.NUMBER: "Write a number",
    Kind.MONEY: "Write a price",
    Kind.DATE: "Write a date",
    Kind.CHOICE: "Choose one",
    Kind.MANY: "Choose at least one",
    Kind.FILE: "Choose a file or take a photo",
    Kind.DECLARATION: "Tick the box if it is so",
}


class LotsForm(GovukForm):
    lots = forms.MultipleChoiceField(
        label="What would you like to give?",
        help_text="Choose all that fit. You answer the questions once for all of them.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one"},
    )

    def __init__(
        self, data: Any, *, lots: Sequence[tuple[str, str]], chosen: Sequence[str]
    ) -> None:
        super().__init__(data, initial={"lots": list(chosen)})
        set_choices(self, "lots", lots)


class WithdrawForm(GovukForm):
    because = forms.CharField(
        label="Why do you not go on?",
        help_text="It helps us to make joining easier. A few words will do.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why in a few words"},
    )


class PageForm(GovukForm):
    """The questions of one page as last typed, with what is wrong with each.

    `complains`: also of what is missing, as when the page was just sent.
    """

    def __init__(
        self,
        judged: Sequence[Judged],
        *,
        complains: bool,
        files: Mapping[str, Sequence[tuple[str, str]]],
        troubles: Mapping[str, str],
    ) -> None:
        super().__init__(_as_typed(judged))
        self._judged, self._complains, self._troubles = judged, complains, troubles
        for one in judged:
            self.fields[one.code] = _field(one.question, told_on=one.said.told_on)
            if kept := files.get(one.code):
                self.fields[DROP + one.code] = forms.Field(
                    label="Take a file away",
                    required=False,
                    widget=widgets.CheckboxSelectMultiple(choices=list(kept)),
                )
            if _may_explain(one):
                self.fields[WHY + one.code] = forms.CharField(
                    label="What should we know?",
                    help_text=one.question.mitigation_asks,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 4}),
                )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for one in self._judged:
            if words := self._troubles.get(one.code) or self._wrong_with(one):
                self.add_error(one.code, words)
        return given

    def _wrong_with(self, one: Judged) -> str:
        if one.result in (Result.UNREADABLE, Result.FAILED):
            return one.trouble
        if one.result is Result.MISSING and one.question.is_required and self._complains:
            return f"{MISSING[one.question.kind]}: {one.question.asks}"
        return ""


def _may_explain(one: Judged) -> bool:
    return one.question.mitigation_allowed and one.result in (Result.FAILED, Result.EXPLAINED)


def _field(question: Question, *, told_on: date | None) -> forms.Field:
    """A field that takes anything: what will not do is told by the rules, and kept."""
    optional = "" if question.is_required else " (optional)"
    public = PUBLIC if question.is_public and question.kind is not Kind.FILE else ""
    shared: dict[str, Any] = {
        "label": f"{question.asks}{optional}",
        "required": False,
        "help_text": " ".join(filter(None, (question.help, public, _before(told_on)))),
    }
    if question.kind is Kind.DECLARATION:
        return forms.BooleanField(**shared)
    if question.kind is Kind.FILE:
        shared["help_text"] = f"{shared['help_text']} {FILES}".strip()
        return forms.FileField(**shared)
    return forms.Field(widget=_widget(question), **shared)


def _before(told_on: date | None) -> str:
    return BEFORE.format(day=in_words(told_on)) if told_on else ""


def _widget(question: Question) -> widgets.Widget:
    if question.kind is Kind.YES_NO:
        return widgets.RadioSelect(choices=[(YES, "Yes"), (NO, "No")])
    if question.kind is Kind.CHOICE:
        return widgets.RadioSelect(choices=list(question.options))
    if question.kind is Kind.MANY:
        return widgets.CheckboxSelectMultiple(choices=list(question.options))
    if question.kind is Kind.DATE:
        return DateParts()
    if question.kind is Kind.TEXT and not question.fills:
        return widgets.Textarea(attrs={"rows": 4})
    narrow = {"class": "govuk-input--width-10"} if question.kind is not Kind.TEXT else {}
    return widgets.TextInput(attrs=narrow)


def _as_typed(judged: Iterable[Judged]) -> QueryDict:
    """What was typed, as a browser would send it."""
    data = QueryDict(mutable=True)
    for one in judged:
        typed = list(one.said.typed)
        if one.question.kind is Kind.DATE:
            parts = str(one.value).split("-")[::-1] if one.value and len(typed) == 1 else typed
            for name, part in zip(PARTS, parts, strict=False):
                data[f"{one.code}-{name}"] = part
        elif one.question.kind is not Kind.FILE:
            data.setlist(one.code, typed)
        data[WHY + one.code] = one.said.mitigation
    return data


def typed_in(post: QueryDict, judged: Sequence[Judged]) -> dict[str, list[str]]:
    """What a page sent, by question, without what no database keeps."""
    typed = {}
    for one in judged:
        if one.question.kind is Kind.DATE:
            given = [post.get(f"{one.code}-{part}", "") for part in PARTS]
        elif one.question.kind is Kind.FILE:
            dropped = set(post.getlist(DROP + one.code))
            given = [ref for ref in one.said.typed if ref not in dropped]
        else:
            given = post.getlist(one.code)
        typed[one.code] = [words.replace("\0", "") for words in given]
    return typed


def mitigations_in(post: QueryDict, judged: Sequence[Judged]) -> dict[str, str]:
    """What a page sent in explanation, by question."""
    return {
        one.code: str(post[WHY + one.code]).replace("\0", "")
        for one in judged
        if WHY + one.code in post
    }
