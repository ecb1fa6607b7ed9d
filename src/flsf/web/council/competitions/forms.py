"""Forms of a competition. What is typed is kept; the actions say what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import widgets

from flsf.casework.competitions import actions
from flsf.casework.competitions.actions import Judged, Wanted
from flsf.casework.competitions.enums import Window
from flsf.casework.competitions.queries import Marked
from flsf.casework.competitions.rules import DESCRIPTORS, Criterion, Published
from flsf.core import half_days
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices
from flsf.web.components.half_day_fields import half_days_asked, minutes_asked
from flsf.web.components.refused import Fields

WEIGHT, REFINED, SCORE, REASON = "weight-", "refined-", "score-", "reason-"
NARROW = {"class": "govuk-input--width-3"}
NAMELESS = "Do not name the child, a diagnosis, a school or an address: providers read this."
SCORES = [
    ("", "Not scored yet"),
    *((str(one), f"{one}: {said}") for one, said in DESCRIPTORS.items()),
]

FIELDS: Fields = {
    actions.AlreadyHeld: ("lot",),
    actions.LotWithoutCompetition: ("lot",),
    actions.SaysOfWhom: ("wanted", "words", "because"),
    actions.NothingWanted: ("half_days",),
    actions.DaysOutOfOrder: ("ends_on",),
    actions.StartsTooSoon: ("last_day", "starts_on"),
    actions.WeightsWrong: ("price",),
    actions.UrgentBecauseMissing: ("urgent_because",),
    actions.DeadlineWrong: ("last_day",),
    actions.WordsMissing: ("words",),
    actions.AlreadyAnswered: ("words",),
    actions.ReasonMissing: ("because",),
    actions.NoteMissing: ("note",),
    actions.ValueWordsMissing: ("value_words",),
    actions.LowWordsMissing: ("low_words",),
}


class BriefForm(GovukForm):
    """What is wanted. Age band, needs and area are made of the record."""

    lot = forms.TypedChoiceField(
        label="Which kind of support?",
        coerce=int,
        error_messages={"required": "Choose a lot"},
    )
    wanted = long_text(
        "What is wanted?", missing="Enter what is wanted", help_text=NAMELESS, max_length=4_000
    )
    outcomes = long_text(
        "What should come of it?",
        missing="Enter what should come of it",
        help_text="What will be different for the child by the last day.",
        max_length=4_000,
    )
    half_days = half_days_asked()
    minutes = minutes_asked()
    starts_on = DatePartsField(
        label="First day",
        missing="Enter the first day",
        help_text="It must come after the deadline for bids: two working days at least when it is "
        "urgent, else five.",
    )
    ends_on = DatePartsField(label="Last day", missing="Enter the last day")

    def __init__(self, *args: Any, lots: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if lots:
            set_choices(self, "lot", [("", "Choose a lot"), *lots])
        else:
            del self.fields["lot"]

    def said(self) -> Wanted:
        given = self.cleaned_data
        codes = [half_days.BY_CODE[one] for one in given["half_days"]]
        return Wanted(
            wanted=given["wanted"],
            outcomes=given["outcomes"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            half_days_mask=half_days.to_mask(codes),
            minutes=given["minutes"],
        )


def _weight(label: str, *, required: bool, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=100,
        help_text=help_text,
        widget=widgets.NumberInput(attrs=NARROW),
        error_messages={
            "required": "Enter how much price counts",
            "invalid": "A weight must be a whole number, like 30",
            "min_value": "A weight must be 0 or more",
            "max_value": "A weight must be 100 or less",
        },
    )


class CriteriaForm(GovukForm):
    """A weight for each published criterion that is taken, and for price."""

    def __init__(
        self,
        data: Any,
        *,
        offered: Sequence[Published],
        kept: Mapping[str, Criterion],
        price: int | None,
    ) -> None:
        super().__init__(data)
        for one in offered:
            before = kept.get(one.code)
            self.fields[WEIGHT + one.code] = _weight(
                f"{one.title}: weight", required=False, help_text=f"As published: {one.line}"
            )
            self.initial[WEIGHT + one.code] = before.weight if before else None
            self.fields[REFINED + one.code] = forms.CharField(
                label=f"{one.title}: what do you ask here?",
                required=False,
                max_length=1_000,
                widget=widgets.Textarea(attrs={"rows": 2}),
            )
            self.initial[REFINED + one.code] = before.refined if before else ""
        self.fields["price"] = _weight("Price: weight", required=True)
        self.initial["price"] = price

    def said(self) -> dict[str, Any]:
        """What the action is told: a criterion without a weight is not taken."""
        given = self.cleaned_data
        weights = {
            name.removeprefix(WEIGHT): weight
            for name, weight in given.items()
            if name.startswith(WEIGHT) and weight is not None
        }
        refined = {code: given[REFINED + code] for code in weights}
        return {"weights": weights, "refined": refined, "price": given["price"]}


class PublishForm(GovukForm):
    window = forms.TypedChoiceField(
        label="How long do providers have?",
        coerce=Window,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how long providers have"},
    )
    urgent_because = forms.CharField(
        label="If it is urgent, why?",
        required=False,
        max_length=1_000,
        widget=widgets.Textarea(attrs={"rows": 2}),
        help_text="It is kept with the competition. Do not name the child.",
    )
    last_day = DatePartsField(
        label="A later last day, if you want one",
        missing="Enter the last day",
        help_text="A working day. Bids close at five in the afternoon. Leave it empty for the "
        "time above.",
    )

    def __init__(self, data: Any, *, windows: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        set_choices(self, "window", windows)
        self.fields["last_day"].required = False


class WordsForm(GovukForm):
    """One text, under a label of its own."""

    def __init__(self, data: Any, *, label: str, missing: str, name: str = "words") -> None:
        super().__init__(data)
        self.fields[name] = long_text(label, missing=missing, help_text=NAMELESS, max_length=4_000)


class NothingForm(GovukForm):
    """Only a button."""


class ScorerForm(GovukForm):
    person = forms.TypedChoiceField(
        label="Who scores the bids?",
        coerce=int,
        help_text="Two people score them, apart from each other. Neither decides on the award.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose somebody"},
    )

    def __init__(self, data: Any, *, people: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        set_choices(self, "person", people)


class MarksForm(GovukForm):
    """A score and its reason for each bid and criterion; with a note, what both agree on.

    `bids` are providers' names by reference: each label says of whom it is.
    """

    def __init__(
        self,
        data: Any,
        *,
        bids: Mapping[str, str],
        criteria: Sequence[Criterion],
        given: Mapping[tuple[str, str], Marked],
        has_note: bool = False,
    ) -> None:
        super().__init__(data)
        self.pairs = [(ref, one) for ref in bids for one in criteria]
        for ref, one in self.pairs:
            kept, key = given.get((ref, one.code)), f"{ref}-{one.code}"
            self.fields[SCORE + key] = forms.ChoiceField(
                label=f"{bids[ref]}, {one.title}: score", required=False, choices=SCORES
            )
            self.fields[REASON + key] = forms.CharField(
                label=f"{bids[ref]}, {one.title}: why?",
                required=False,
                max_length=2_000,
                widget=widgets.Textarea(attrs={"rows": 2}),
            )
            if kept:
                self.initial[SCORE + key] = str(kept.score)
                self.initial[REASON + key] = kept.reason
        if has_note:
            self.fields["note"] = long_text(
                "How did you come to agree?",
                missing="Note how you came to agree",
                help_text="Say why where you differed. It stays in the council.",
                max_length=4_000,
            )

    def of(self, ref: str, code: str) -> Iterator[Any]:
        """The bound fields of one bid's criterion."""
        for part in (SCORE, REASON):
            yield self[f"{part}{ref}-{code}"]

    def said(self) -> dict[tuple[str, str], Judged]:
        """What has a score, by bid and criterion."""
        given = self.cleaned_data
        return {
            (ref, one.code): Judged(int(score), given[f"{REASON}{ref}-{one.code}"])
            for ref, one in self.pairs
            if (score := given.get(f"{SCORE}{ref}-{one.code}"))
        }


class SettleForm(GovukForm):
    because = long_text(
        "What do you recommend, and why?",
        missing="Enter what you recommend and why",
        help_text="Whoever decides reads this first. Do not name the child.",
        max_length=4_000,
    )
    budget = forms.TypedChoiceField(
        label="Which budget pays?",
        coerce=int,
        error_messages={"required": "Select the budget that pays"},
    )
    value_words = forms.CharField(
        label="Why is the single bid good value for money?",
        required=False,
        max_length=4_000,
        widget=widgets.Textarea(attrs={"rows": 3}),
    )
    low_words = forms.CharField(
        label="What did the provider say of its low price?",
        required=False,
        max_length=4_000,
        widget=widgets.Textarea(attrs={"rows": 3}),
        help_text="Ask it first: it must have the chance to explain (Procurement Act 2023, "
        "section 19).",
    )
    going_on_reason = forms.CharField(
        label="Why go on with what asks for a reason?",
        required=False,
        max_length=4_000,
        widget=widgets.Textarea(attrs={"rows": 3}),
        help_text='Only if a test on this page says "asks for a reason".',
    )

    def __init__(
        self,
        data: Any,
        *,
        budgets: Sequence[tuple[int, str]],
        single: bool,
        low: bool,
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        set_choices(self, "budget", [("", "Choose a budget"), *budgets])
        if not single:
            del self.fields["value_words"]
        if not low:
            del self.fields["low_words"]
