"""Every policy and all guidance of every provider in the pool, the most pressing first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse

from flsf.core.people import Person
from flsf.market.admissions import queries as admissions
from flsf.market.providers import queries as providers
from flsf.market.reviews import queries
from flsf.market.reviews.enums import Standing, Subject
from flsf.market.reviews.queries import Reviewed
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

PRESSING = (
    Standing.OVERDUE, Standing.NEVER, Standing.CHANGES, Standing.DUE_SOON, Standing.IN_DATE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A provider in the pool, and what was found of it about one thing."""

    ref: str
    name: str
    found: Reviewed

    @property
    def what(self) -> str:
        return str(self.found.subject.label)

    @property
    def due_on(self) -> date | None:
        return self.found.due_on


class ReviewFilters(FilterForm):
    standing = forms.ChoiceField(
        label="Standing", required=False, choices=[("", "Any"), *Standing.choices]
    )
    subject = forms.ChoiceField(
        label="What", required=False, choices=[("", "Any"), *Subject.choices]
    )


def rows(person: Person, on: date) -> list[Row]:
    """Every provider in the pool with every subject, the most pressing and longest due first."""
    pool = {provider_id for provider_id, _ in admissions.in_pool(on)}
    every = [one for one in providers.register(person=person) if one.pk in pool]
    found = queries.reviewed([one.pk for one in every], person=person, on=on)
    return sorted(
        (Row(one.ref, one.name, each) for one in every for each in found[one.pk].values()),
        key=lambda row: (
            PRESSING.index(row.found.standing),
            row.due_on or date.min,
            row.name,
            row.what,
        ),
    )


def _rows(asked: Asked) -> Sequence[Row]:
    return list(_narrowed(rows(asked.person, asked.on), asked))


def _narrowed(every: Iterable[Row], asked: Asked) -> Iterable[Row]:
    standing, subject = asked.filters["standing"], asked.filters["subject"]
    for row in every:
        if standing in ("", None, row.found.standing) and subject in ("", None, row.found.subject):
            yield row


BOARD = ListPage(
    name="reviews",
    title="Policies and guidance to review",
    section="providers",
    permission=Permission.VIEW_PROVIDERS,
    columns=(
        Column(
            "Provider",
            "name",
            link=lambda row: reverse("provider-groups", kwargs={"ref": row.ref}),
        ),
        Column("What", "what", hint=lambda row: row.found.against),
        Column("Standing", lambda row: row.found.standing.label, Kind.STATUS),
        Column("By", lambda row: row.found.reviewed_by),
        Column("On", lambda row: row.found.reviewed_on, Kind.DATE),
        Column("Again by", "due_on", Kind.DATE),
    ),
    rows=_rows,
    filters=ReviewFilters,
    noun=("review", "reviews"),
    empty="No review matches these filters.",
    template="council/reviews/board.html",
    worked_out=(
        "Each provider in the pool of a lot today. Overdue: the last day of the last review has "
        "passed, or its guidance has held in a newer edition for longer than the law row says. "
        "The safeguarding policy and Keeping children safe in education are looked at again each "
        "September, everything else in a year at most. No provider is suspended by this: checks "
        "do that."
    ),
)
