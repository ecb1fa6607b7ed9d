from django import forms

from flsf.web.components.fields import GovukForm, long_text


class WorryForm(GovukForm):
    """Goes to the safeguarding leads alone."""

    words = long_text(
        "What has worried you?",
        missing="Say what has worried you, in your own words",
        help_text="What you saw or heard, when and where. Use the child's words if you can.",
    )
    in_danger_now = forms.BooleanField(label="They may be in danger now", required=False)
    is_about_an_adult = forms.BooleanField(
        label="It is about how an adult who works with children has behaved", required=False
    )
