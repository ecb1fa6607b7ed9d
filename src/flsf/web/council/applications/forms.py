"""Forms of the evaluation. Marks and reasons are kept as typed; the actions say what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from flsf.market.evaluation import rules
from flsf.market.evaluation.enums import Outcome, Verdict, Whose
from flsf.market.evaluation.rules import Criterion, Judgement
from flsf.web.components.fields import GovukForm, long_text, set_choices

FOUND, REASON, NOTE = "found-", "reason-", "note-"
SCORES = [(str(score), f"{score}: {words}") for score, words in rules.DESCRIPTORS.items()]


class EvaluatorForm(GovukForm):
    person = forms.ChoiceField(
        label="Who evaluates it?",
        help_text="Two people mark it, apart from each other. Neither decides on it later.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose somebody"},
    )

    def __init__(self, data: Any, *, people: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        set_choices(self, "person", people)


class InterestForm(GovukForm):
    has_interest = forms.ChoiceField(
        label="Do you have an interest in this applicant?",
        help_text="You, or somebody close to you, know them, work or worked for them, have money "
        "in them or would gain or lose by the outcome. If others could think so, say yes.",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    interest = forms.CharField(
        label="If yes, what is it?",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CloseQuestionForm(GovukForm):
    because = long_text(
        "Why do you go on without an answer?",
        missing="Write why you go on",
        help_text="The applicant reads these words.",
        max_length=4_000,
    )


class AskForm(GovukForm):
    words = long_text(
        "What do you ask the applicant?",
        missing="Write what you ask",
        help_text="They read these words. The clock stands still until they answer.",
        max_length=4_000,
    )


class DeclineExcludedForm(GovukForm):
    reason = long_text(
        "Reason for the decision, as the applicant reads it",
        missing="Give the reason for the decision",
        help_text="Say on which ground they are excluded. That they are, by section 57 of the "
        "Procurement Act 2023, is written before your words.",
        max_length=4_000,
    )


class NumberForm(GovukForm):
    whose = forms.ChoiceField(
        label="Who is who?",
        choices=Whose.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is who"},
    )
    reason = long_text(
        "How do you know?",
        missing="Write how you know",
        help_text="Stays in the council. Ask the organisation you know already, by an address or "
        "number that you have from before, not from this application.",
        max_length=4_000,
    )


class ReopenForm(GovukForm):
    because = long_text(
        "Why is it judged anew?",
        missing="Write why it is judged anew",
        help_text="Both evaluators judge this part again, apart. The reason stays in the council.",
        max_length=4_000,
    )


class MarksForm(GovukForm):
    """A mark and its reason for each part; `notes` of those that also ask how it was agreed."""

    def __init__(
        self,
        data: Any,
        *,
        criteria: Sequence[Criterion],
        given: Mapping[str, Judgement],
        reason_label: str,
        notes: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.criteria = criteria
        for one in criteria:
            kept = given.get(one.code)
            self.fields[FOUND + one.code] = forms.ChoiceField(
                label=f"{one.title}: score" if one.is_scored else f"{one.title}: is it met?",
                required=False,
                choices=SCORES if one.is_scored else Verdict.choices,
                widget=forms.RadioSelect,
                initial=_found(kept),
                error_messages={"invalid_choice": "Choose one of these"},
            )
            self.fields[REASON + one.code] = forms.CharField(
                label=f"{one.title}: {reason_label}",
                required=False,
                max_length=4_000,
                widget=forms.Textarea(attrs={"rows": 4}),
                initial=kept.reason if kept else "",
            )
            if notes is not None and one.code in notes:
                self.fields[NOTE + one.code] = forms.CharField(
                    label=f"{one.title}: how did you come to agree?",
                    help_text="You differed here. This note stays in the council.",
                    required=False,
                    max_length=4_000,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    initial=notes[one.code],
                )

    def parts(self, code: str) -> list[Any]:
        """The fields of one part, in their order."""
        names = [prefix + code for prefix in (FOUND, REASON, NOTE)]
        return [self[name] for name in names if name in self.fields]

    def typed(self, code: str) -> tuple[str, str, str]:
        """What was chosen, the reason, and the note."""
        given = self.cleaned_data
        chosen = str(given.get(FOUND + code) or "")
        return chosen, given.get(REASON + code, "").strip(), given.get(NOTE + code, "").strip()

    def judgement(self, one: Criterion) -> Judgement | None:
        """What was given for a part; None if nothing was chosen."""
        chosen, reason, _ = self.typed(one.code)
        if not chosen:
            return None
        if one.is_scored:
            return Judgement(rules.verdict_of(int(chosen)), int(chosen), reason)
        return Judgement(Verdict(chosen), None, reason)


def _found(kept: Judgement | None) -> str:
    if kept is None:
        return ""
    return str(kept.score) if kept.score is not None else kept.verdict.value


class OutcomeForm(GovukForm):
    """What is recommended, or decided; only what the parts allow is offered."""

    outcome = forms.ChoiceField(
        label="What do you recommend?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one",
            "invalid_choice": "Everything is met, so it can only be accepted; or something is not "
            "met yet, so it cannot",
        },
    )
    most_children = forms.IntegerField(
        label="With a limit: most children until the first visit",
        help_text=f"Usually {rules.USUAL_LIMIT}. Leave it empty without a limit.",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
    )
    words = long_text("Why?", missing="Write the reason", max_length=8_000)

    def __init__(
        self,
        data: Any,
        *,
        verdicts: Sequence[Verdict],
        asks: str,
        why: str,
    ) -> None:
        super().__init__(data)
        fits = [one for one in Outcome if rules.outcome_fits(one, verdicts)]
        set_choices(self, "outcome", [(one.value, str(one.label)) for one in fits])
        self.fields["outcome"].label = asks
        self.fields["words"].label = why
        if Outcome.DECLINE in fits:
            del self.fields["most_children"]

    def said(self) -> dict[str, Any]:
        """As the actions take it, but for the words."""
        return {
            "outcome": Outcome(self.cleaned_data["outcome"]),
            "most_children": self.cleaned_data.get("most_children"),
        }
