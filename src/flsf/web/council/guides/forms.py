"""Writing what every school does, and a route after 16."""

import re
from typing import Any

from django import forms

from flsf.market.guides import rules
from flsf.market.guides.enums import Housed, Kind, Outcome
from flsf.market.guides.rules import OLDEST, ROUTE_PARTS, Content, Section
from flsf.shared.documents.rules import ACCEPTED
from flsf.web.components.dates import DatePartsField
from flsf.web.components.fields import GovukForm, long_text, text

# The field for each part of a route.
PARTS = dict(zip(ROUTE_PARTS, ("what", "get_in", "next_step", "ask"), strict=True))
A_POINT = "Begin a line with a dash and a space to make it a point in a list."


def _age(label: str) -> forms.IntegerField:
    said = f"Enter a whole number from 0 to {OLDEST}"
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=OLDEST,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


class _GuideForm(GovukForm):
    """What both kinds ask. `seen_version` is the version that was changed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = text("What is it called?", missing="Enter what it is called", max_length=120)
    summary = long_text(
        "What is it, in a sentence or two?",
        missing="Say in a sentence or two what it is",
        max_length=600,
    )
    for_whom = long_text("Who is it for?", missing="Say who it is for", max_length=600)
    search_words = forms.CharField(
        label="Other words that people may look for (optional)",
        help_text="Whoever searches the directory for one of them is shown this.",
        required=False,
        max_length=300,
    )
    reviewed_on = DatePartsField(
        label="The day it was last looked at",
        missing="Enter the day on which it was last looked at",
    )
    next_review_on = DatePartsField(
        label="The day by which to look again", missing="Enter the day by which to look again"
    )
    in_force_from = DatePartsField(
        label="The day from which people read it", missing="Enter the day from which people read it"
    )
    because = long_text(
        "Why is this version published?",
        missing="Say why it is published",
        help_text="It stands beside the version, for everybody.",
        max_length=1000,
    )

    def days(self) -> dict[str, Any]:
        """When it was and will be looked at, since when it is read, and why."""
        names = ("reviewed_on", "next_review_on", "in_force_from", "because")
        return {name: self.cleaned_data[name] for name in names}


class SchoolsForm(_GuideForm):
    housed = forms.TypedChoiceField(
        label="Where are the words?",
        coerce=Housed,
        choices=Housed.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select where the words are"},
    )
    sections = forms.CharField(
        label="The words, if they are written here",
        help_text=f"Begin each section with its heading: a line whose first sign is #. {A_POINT}",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 25}),
    )
    link = forms.CharField(
        label="Its address, if it is on another website",
        help_text="Like https://www.example.org/guidance",
        required=False,
        max_length=500,
    )
    file = forms.FileField(
        label="The file, if it is in a file",
        help_text=f"{ACCEPTED} If you choose none, the file of the version before stays.",
        required=False,
        error_messages={"empty": "This file is empty. Check that you chose the right one"},
    )

    field_order = (
        *("seen_version", "title", "summary", "for_whom", "housed", "sections", "link", "file"),
        *("search_words", "reviewed_on", "next_review_on", "in_force_from", "because"),
    )

    def content(self, before: Content | None) -> Content:
        """What is published: only the words of where they are said to be."""
        said, housed = self.cleaned_data, self.cleaned_data["housed"]
        kept = before.file_ref if before and housed is Housed.FILE else ""
        return Content(
            title=said["title"],
            summary=said["summary"],
            for_whom=said["for_whom"],
            housed=housed,
            sections=rules.sections_of(said["sections"]) if housed is Housed.PAGE else (),
            link=said["link"].strip() if housed is Housed.LINK else "",
            file_ref=kept,
            search_words=said["search_words"],
        )

    @staticmethod
    def typed(content: Content) -> dict[str, Any]:
        """The boxes as they are for a version that is there already."""
        return {
            "housed": content.housed.value,
            "sections": rules.typed(content.sections),
            "link": content.link,
        }


class RouteForm(_GuideForm):
    lowest_age = _age("Youngest age")
    highest_age = _age("Oldest age")
    outcomes = forms.MultipleChoiceField(
        label="What does it help with?",
        choices=Outcome.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what the route leads to"},
    )
    what = long_text("What is it?", missing="Say what it is", help_text=A_POINT, max_length=4000)
    get_in = long_text(
        "How does somebody get in?", missing="Say how somebody gets in", max_length=4000
    )
    next_step = long_text("What comes after?", missing="Say what comes after", max_length=4000)
    ask = long_text("Who can they ask?", missing="Say who they can ask", max_length=2000)
    services = forms.CharField(
        label="Services of the directory that belong to it (optional)",
        help_text="The address of each in the directory, one a line.",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    field_order = (
        *("seen_version", "title", "summary", "for_whom", "lowest_age", "highest_age", "outcomes"),
        *("what", "get_in", "next_step", "ask", "services", "search_words", "reviewed_on"),
        *("next_review_on", "in_force_from", "because"),
    )

    def content(self, before: Content | None) -> Content:
        """What is published."""
        said = self.cleaned_data
        return Content(
            title=said["title"],
            summary=said["summary"],
            for_whom=said["for_whom"],
            sections=tuple(Section(part, said[name].strip()) for part, name in PARTS.items()),
            search_words=said["search_words"],
            lowest_age=said["lowest_age"],
            highest_age=said["highest_age"],
            outcomes=tuple(one for one in Outcome if one.value in said["outcomes"]),
            services=tuple(dict.fromkeys(_slugs(said["services"]))),
        )

    @staticmethod
    def typed(content: Content) -> dict[str, Any]:
        """The boxes as they are for a version that is there already."""
        said = {one.heading: one.words for one in content.sections}
        return {
            "lowest_age": content.lowest_age,
            "highest_age": content.highest_age,
            "outcomes": [one.value for one in content.outcomes],
            "services": "\n".join(content.services),
            **{name: said.get(part, "") for part, name in PARTS.items()},
        }


def _slugs(typed: str) -> list[str]:
    """The last part of each address: what names a service in the directory."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    paths = [re.split(r"[?#]", line)[0].rstrip("/") for line in lines]
    return [path.rpartition("/")[2] or path for path in paths]


FORMS: dict[Kind, type[SchoolsForm] | type[RouteForm]] = {
    Kind.OAP: SchoolsForm,
    Kind.ROUTE: RouteForm,
}


class ReviewForm(GovukForm):
    next_review_on = DatePartsField(
        label="By which day should somebody look again?",
        missing="Enter the day by which to look again",
    )


class TakeOffForm(GovukForm):
    why = text(
        "Why is it taken off?",
        missing="Say why it is taken off",
        help_text="People no longer find it. What it said is kept.",
        max_length=300,
    )
