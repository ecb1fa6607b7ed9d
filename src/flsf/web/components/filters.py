"""What a list is narrowed to. It lives in the address and nowhere else."""

from collections.abc import Iterator
from typing import Any

from django.forms import ChoiceField, DateField, DateInput

from flsf.web.components.fields import GovukForm


class DayInput(DateInput):
    """One box with the browser's own calendar; where there is none, a day is typed."""

    input_type = "date"


def day(label: str) -> DateField:
    """A day to narrow a list by: 2026-05-15, as the browser sends it, or 15/5/2026 as typed."""
    return DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"],
        widget=DayInput(format="%Y-%m-%d", attrs={"class": "govuk-input--width-10"}),
    )


class FilterForm(GovukForm):
    """A form of filters. Give every field `required=False`; one that makes no sense is let be.

    `sent_to` names the address it is posted to where what is typed must not be in one.
    """

    sent_to = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "filter-%s")
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        """The filters that make sense, by name; None or "" where one narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def in_words(self) -> list[str]:
        """What the list is narrowed to, for the page and the cover sheet of a file."""
        return list(self._said())

    def _said(self) -> Iterator[str]:
        for name, given in self.answers().items():
            field = self.fields[name]
            if given in (None, "", [], False) or field.widget.is_hidden:
                continue
            chosen = given if isinstance(given, list | tuple) else [given]
            words = ", ".join(_word(field, one) for one in chosen)
            yield f"{field.label or name}: {words}"


def _word(field: Any, given: Any) -> str:
    if given is True:
        return "yes"
    if isinstance(field, ChoiceField):
        return {str(key): str(label) for key, label in _flat(field.choices)}.get(
            str(getattr(given, "value", given)), str(given)
        )
    return str(given)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
