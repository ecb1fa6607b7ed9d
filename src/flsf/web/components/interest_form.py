"""Whoever scores bids, or decides what comes of them, says whether they have an interest."""

from django import forms

from flsf.web.components.fields import GovukForm


class InterestForm(GovukForm):
    has_conflict = forms.TypedChoiceField(
        label="Do you have an interest in any of these providers?",
        help_text="You, or somebody close to you, know them, work or worked for them, have money "
        "in them or would gain or lose by the outcome. If others could think so, say yes.",
        choices=[("no", "No"), ("yes", "Yes")],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )
    words = forms.CharField(
        label="If yes, what is it?",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
