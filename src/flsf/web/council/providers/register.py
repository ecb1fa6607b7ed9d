"""The provider register: the same rows on the page and in its files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from flsf.mandate.framework import queries as framework
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.queries import Standing
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing as CheckStanding
from flsf.market.providers import queries as providers
from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.providers.forms import OVERDUE, ProviderFilters

# The worst says how a provider stands with its checks.
WORST_FIRST = (CheckStanding.OVERDUE, CheckStanding.DUE_SOON, CheckStanding.IN_DATE)


@dataclass(frozen=True, slots=True)
class Row:
    """One provider, how it stands in its lots and with its checks."""

    ref: str
    name: str
    kind: str
    types: str
    is_local: bool
    is_small: bool
    standings: Sequence[Standing]
    checks: str

    @property
    def known_by(self) -> str:
        return f"{self.ref}, {self.kind.lower()}"

    @property
    def lots(self) -> str:
        return ", ".join(one.lot_name for one in self.standings)

    @property
    def status(self) -> str:
        """One word for all its lots: the worst."""
        words = {one.status.label for one in self.standings}
        if len(words) > 1:
            return "Suspended in part"
        return next(iter(words), "Not in a lot")


class Register:
    """The register as a person sees it on a day: rows that are read when cut."""

    def __init__(self, asked: Asked) -> None:
        filters = asked.filters
        only = among = None
        if filters["lot"] or filters["status"]:
            only = admissions.provider_ids(
                on=asked.on, lot_id=filters["lot"], status=filters["status"]
            )
        if filters["checks"]:
            in_date = checks.in_date_ids(asked.on)
            late = filters["checks"] == OVERDUE
            among = providers.every_id() - in_date if late else in_date
        self._found = providers.register(
            person=asked.person,
            name_like=filters["name"] or "",
            kind=filters["kind"] or "",
            of_type=filters["type"] or "",
            only=only,
            among=among,
        )
        self._asked = asked

    def __len__(self) -> int:
        return self._found.count()

    def __getitem__(self, part: slice) -> list[Row]:
        listed, asked = list(self._found[part]), self._asked
        ids = [one.pk for one in listed]
        standings = admissions.standings(ids, on=asked.on, person=asked.person)
        shown = checks.standings(ids, on=asked.on)
        return [
            Row(
                ref=one.ref,
                name=one.name,
                kind=one.get_kind_display(),
                types=one.types_words,
                is_local=one.is_local,
                is_small=one.is_small,
                standings=standings[one.pk],
                checks=worst(check.standing for check in shown[one.pk]),
            )
            for one in listed
        ]


def worst(standings: Any) -> str:
    """How a provider stands with all its checks, in one word."""
    seen = set(standings)
    return next((one.label for one in WORST_FIRST if one in seen), CheckStanding.NOT_NEEDED.label)


def _filters(asked: Asked) -> ProviderFilters:
    lots = [(lot.pk, lot.name) for lot in framework.lots(person=asked.person)]
    return ProviderFilters(asked.query, lots=lots)


PROVIDERS = ListPage(
    name="provider-list",
    title="Providers",
    section="providers",
    permission=Permission.VIEW_PROVIDERS,
    columns=(
        Column(
            "Provider",
            "name",
            link=lambda row: reverse("provider-page", kwargs={"ref": row.ref}),
            hint="known_by",
        ),
        Column("Reference", "ref", in_files_only=True),
        Column("Kind", "kind", in_files_only=True),
        Column("Type", "types"),
        Column("Lots", "lots"),
        Column("Status", "status", Kind.STATUS),
        Column("Checks", "checks", Kind.STATUS),
        Column("Local", "is_local"),
        Column("Small", "is_small", in_files_only=True),
    ),
    rows=Register,
    filters=_filters,
    noun=("provider", "providers"),
    empty="No provider matches these filters.",
    template="council/providers/list.html",
    context=lambda asked: {
        "may_edit": asked.person.may(Permission.EDIT_PROVIDERS),
        "may_see_contracts": asked.person.may(Permission.VIEW_CONTRACTS),
    },
    worked_out=(
        "Status and checks are worked out for today from their dates. Checks shows the worst: "
        "overdue if anything needed is not in date, due soon if anything runs out in 60 days."
    ),
)
