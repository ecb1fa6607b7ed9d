from django import forms

from flsf.market.agreements.actions import Signature
from flsf.market.agreements.enums import ReplyKind
from flsf.web.components.fields import GovukForm, long_text, text


class AcceptForm(GovukForm):
    """Who accepts it, as what, and that they may."""

    name = text("Your full name", missing="Enter your full name", max_length=200)
    position = text(
        "Your position",
        missing="Enter your position",
        max_length=200,
        help_text="For example: director, trustee, owner.",
    )
    has_authority = forms.BooleanField(
        label="I may sign agreements for this provider",
        error_messages={
            "required": "Tick that you may sign for this provider. If not, ask somebody who may"
        },
    )

    def signature(self) -> Signature:
        """What was typed."""
        return Signature(**self.cleaned_data)


class ReplyForm(GovukForm):
    """A question, or a no, in the provider's own words."""

    kind = forms.TypedChoiceField(
        label="What do you want to say?",
        coerce=ReplyKind,
        choices=ReplyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to say"},
    )
    words = long_text(
        "In your own words",
        missing="Enter what you want to say",
        help_text="Say which part you mean. Do not name a child.",
    )
