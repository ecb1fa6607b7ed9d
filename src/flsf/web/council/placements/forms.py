"""What an officer says of a placement."""

from django import forms
from django.forms import widgets

from flsf.delivery.placements.enums import Status
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text


class MoveForm(GovukForm):
    status = forms.ChoiceField(
        label="What happens?",
        choices=[
            (Status.ON_HOLD.value, "It is on hold"),
            (Status.ACTIVE.value, "It is taken up again"),
        ],
        widget=widgets.RadioSelect,
        error_messages={"required": "Say what happens"},
    )
    from_day = DatePartsField(label="From which day?", missing="Enter the first day")
    reason = long_text("Why?", missing="Say why, in a few words")


class EndForm(GovukForm):
    last_day = DatePartsField(label="What is the last day?", missing="Enter the last day")
    reason = long_text("Why does it end?", missing="Say why it ends, in a few words")
