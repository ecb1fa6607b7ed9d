"""The list of agreements: the same rows on the page and in its files."""

from typing import Any

from django import forms
from django.urls import reverse

from flsf.market.agreements import queries
from flsf.market.agreements.enums import PaperStatus
from flsf.market.agreements.queries import Issued
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

OPEN = "open"


class AgreementFilters(FilterForm):
    name = forms.CharField(label="Provider", required=False)
    standing = forms.ChoiceField(
        label="Standing",
        required=False,
        choices=[
            ("", "All in force"),
            (OPEN, "Everything that waits"),
            *PaperStatus.choices,
        ],
    )


class Row:
    """An agreement as the list tells it."""

    def __init__(self, one: Issued) -> None:
        self.ref, self.provider, self.version = one.ref, one.provider_name, one.version
        self.lots = ", ".join(one.lots)
        self.status = one.status.label
        self.in_force_from = one.in_force_from
        self.accepted_on = _accepted_on(one)
        self.reminders = len(one.reminded_on)
        self.reminded_on = one.reminded_on[0] if one.reminded_on else None
        self.known_by = f"{one.ref}, version {one.version}"


def _accepted_on(one: Issued) -> Any:
    if one.acceptance is None:
        return None
    return one.acceptance.signed_on or one.acceptance.at.date()


def _rows(asked: Asked) -> list[Row]:
    papers = queries.papers(person=asked.person, on=asked.on)
    standing, name = asked.filters["standing"], (asked.filters["name"] or "").casefold()
    return [
        Row(one)
        for one in papers
        if _stands(one, standing) and name in one.provider_name.casefold()
    ]


def _stands(one: Issued, standing: str) -> bool:
    if standing == OPEN:
        return one.may_be_accepted
    return one.status == standing if standing else one.status is not PaperStatus.ENDED


AGREEMENTS = ListPage(
    name="agreement-list",
    title="Agreements",
    section="providers",
    permission=Permission.VIEW_PROVIDERS,
    columns=(
        Column(
            "Provider",
            "provider",
            link=lambda row: reverse("agreement-page", kwargs={"ref": row.ref}),
            hint="known_by",
        ),
        Column("Reference", "ref", in_files_only=True),
        Column("Version", "version", Kind.NUMBER, in_files_only=True),
        Column("Lots", "lots"),
        Column("Standing", "status", Kind.STATUS),
        Column("In force from", "in_force_from", Kind.DATE),
        Column("Accepted or signed", "accepted_on", Kind.DATE),
        Column("Reminders", "reminders", Kind.NUMBER),
        Column("Last reminded", "reminded_on", Kind.DATE, in_files_only=True),
    ),
    rows=_rows,
    filters=AgreementFilters,
    noun=("agreement", "agreements"),
    empty="No agreement matches these filters.",
    intro="Nothing is called off from a provider that has not accepted its agreement for the lot.",
    worked_out=(
        "Those that wait come first. Carried over means that the commercial model changed: a "
        "provider that was a party before is one still, and is asked to accept the new version."
    ),
)
