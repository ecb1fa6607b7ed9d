"""One question a page, in words for anybody. Reading age nine to eleven."""

from datetime import date
from typing import Any

from django import forms

from flsf.casework.children.enums import Relation
from flsf.casework.children.rules import birth_date_trouble
from flsf.core.needs import ORDER, Need
from flsf.shared.places import queries as places
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, set_choices, text

NONE_OF_THESE = "none"
YES_OR_NO = [("yes", "Yes"), ("no", "No")]

# What families call it. Words of the trade are left to the council.
PLAIN_NEEDS: dict[Need, str] = {
    Need.ASD: "Autism",
    Need.SLCN: "Talking and understanding",
    Need.SPLD: "Reading, writing or numbers",
    Need.MLD: "Learning takes longer",
    Need.SLD: "Needs a lot of help to learn",
    Need.PMLD: "Needs help with nearly everything",
    Need.DS: "Down syndrome",
    Need.SEMH: "Feelings, worries or anger",
    Need.HI: "Hearing",
    Need.VI: "Seeing",
    Need.MSI: "Hearing and seeing",
    Need.PD: "Moving about",
    Need.EBSA: "Too worried to go to school",
    Need.MED: "An illness",
    Need.OTH: "Something else",
}


class WhoForm(GovukForm):
    relation = forms.ChoiceField(
        label="Who are you?",
        choices=[
            (Relation.PARENT, "A parent"),
            (Relation.CARER, "A carer"),
            (Relation.SELF, "I am asking for myself"),
            (Relation.OTHER, "Somebody else who knows the child"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who you are"},
    )


class NameForm(GovukForm):
    first_name = text("First name", missing="Write the first name", max_length=100)
    last_name = text("Last name", missing="Write the last name", max_length=100)


class BirthForm(GovukForm):
    birth_date = DatePartsField(
        label="Date of birth", help_text="For example, 4 3 2014", missing="Write the date of birth"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        if trouble := birth_date_trouble(born, self._today):
            raise forms.ValidationError(trouble)
        return born


class SchoolForm(GovukForm):
    schooling = forms.ChoiceField(
        label="Is there a school?",
        choices=[
            ("on_roll", "Yes, there is a school"),
            ("no_school", "No, not in school now"),
            ("home_educated", "No, taught at home by family"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one"},
    )
    school_words = forms.CharField(
        label="If yes, the name of the school",
        help_text="Part of the name, or the town, is enough.",
        required=False,
        max_length=100,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("schooling") == "on_roll" and not given.get("school_words"):
            self.add_error("school_words", "Write part of the name of the school")
        return given


class WhichSchoolForm(GovukForm):
    school = forms.ChoiceField(
        label="Which school is it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the school, or “It is not here”"},
    )

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [
            (str(one.urn), f"{one.name}, {one.town or one.postcode}")
            for one in places.find_schools(words, 8)
        ]
        set_choices(self, "school", [*found, (NONE_OF_THESE, "It is not here")])


class HappeningForm(GovukForm):
    what_happens = long_text(
        "What is happening?",
        missing="Tell us what is happening. A few words are enough.",
        max_length=5000,
    )


class HelpsForm(GovukForm):
    what_helps = forms.CharField(
        label="What helps, and what is liked?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class NeedsForm(GovukForm):
    needs = forms.MultipleChoiceField(
        label="What makes school hard?",
        help_text="Choose all that fit. You can leave this out.",
        choices=[(need.value, PLAIN_NEEDS[need]) for need in ORDER],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class WantedForm(GovukForm):
    outcomes_wanted = forms.CharField(
        label="What would you like to happen?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ContactForm(GovukForm):
    contact_name = text("Your name", missing="Write your name", max_length=200)
    phone = forms.CharField(label="Your phone number", required=False, max_length=20)
    email = forms.EmailField(
        label="Your email address",
        required=False,
        error_messages={"invalid": "Write the email address like this: name@example.com"},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("phone") and not given.get("email") and not self.errors:
            self.add_error("phone", "Write a phone number or an email address")
        return given


class SafeForm(GovukForm):
    safe = forms.MultipleChoiceField(
        label="How is it safe for us to reach you?",
        help_text="Choose all that are safe.",
        choices=[
            ("may_phone", "Call me"),
            ("may_text", "Send me a text"),
            ("may_email", "Email me"),
            ("may_leave_message", "Leave a voice message"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one safe way"},
    )
    caution = forms.CharField(
        label="Is there anybody we must not tell?",
        help_text="You can leave this empty.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LanguageForm(GovukForm):
    language = forms.CharField(
        label="What language do you like best?",
        help_text="Leave it empty for English.",
        required=False,
        max_length=40,
    )
    needs_interpreter = forms.BooleanField(
        label="I would like somebody who speaks my language with me", required=False
    )


class ConsentForm(GovukForm):
    may_talk_to_school = forms.ChoiceField(
        label="May we talk to the school?",
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no"},
    )


class TellForm(GovukForm):
    words = long_text("I need to tell you something", missing="Write what you want to tell us")
