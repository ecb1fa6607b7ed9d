"""Who keeps to which version, and who was checked against which (S10, S11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse

from flsf.core.people import SYSTEM, Person
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import PublishedKind
from flsf.market.admissions import queries as admissions
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status
from flsf.market.providers import queries as providers
from flsf.market.standards import queries
from flsf.market.standards.enums import Kind as Standard
from flsf.market.standards.queries import Kept, StandardRow
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage

NOTHING = "Nothing is published yet"
KEEPS, OLDER, SILENT = "Keeps to the version in force", "An older version", "Has not said yet"


@dataclass(frozen=True, slots=True)
class Row:
    """A provider in the pool, and the versions it stands by."""

    ref: str
    name: str
    joined_by: str
    kept: Kept
    in_force: Mapping[Standard, StandardRow | None]

    @property
    def standing(self) -> str:
        """Of both together, the worse."""
        if not any(self.in_force.values()):
            return NOTHING
        if all(self.kept.has_said(one) for one in self.in_force.values()):
            return KEEPS
        said = any(self.kept.last_said(kind) for kind in Standard)
        return OLDER if said else SILENT

    def version(self, kind: Standard) -> str:
        last = self.kept.last_said(kind)
        return f"Version {last.version}" if last else ""

    @property
    def lead(self) -> str:
        last = self.kept.last_said(Standard.SAFEGUARDING)
        return last.lead if last else ""

    @property
    def checked(self) -> str:
        last = self.kept.last_looked
        if last is None:
            return "Not yet"
        return f"{last.kind.label} version {last.version}: {str(last.outcome.label).lower()}"

    @property
    def checked_on(self) -> date | None:
        return self.kept.last_looked.checked_on if self.kept.last_looked else None


class BoardFilters(FilterForm):
    standing = forms.ChoiceField(
        label="Standing",
        required=False,
        choices=[("", "Any"), *((one, one) for one in (KEEPS, OLDER, SILENT))],
    )
    checked = forms.ChoiceField(
        label="Checked",
        required=False,
        choices=[("", "Any"), ("yes", "Checked"), ("no", "Not yet")],
    )


def joined_by(on: date, person: Person) -> dict[int, str]:
    """By which criteria each provider was let in, in words, by provider.

    Those of its application; for who was let in on paper, those in force on its first day.
    """
    current = framework.current(on)
    if current is None:
        return {}
    published = framework.published(current.pk, PublishedKind.CRITERIA)
    dated = [(one.in_force_from, one.version) for one in published]
    found: dict[int, str] = {}
    for provider_id, _, day, _ in sorted(admissions.all_changes(), key=lambda row: row[2]):
        version = next((number for since, number in dated if since <= day), None)
        words = f"Version {version}, in force when admitted" if version else "None was published"
        found.setdefault(provider_id, words)
    accepted = applications.listed(
        person=person, on=on, statuses=[Status.ACCEPTED], framework_id=current.pk
    )
    full = applications.in_full_many([one.application_id for one in accepted], person=person, on=on)
    for one in full.values():
        if one.provider_id is not None and one.criteria_version is not None:
            found[one.provider_id] = f"Version {one.criteria_version}, applied under it"
    return found


def _rows(asked: Asked) -> list[Row]:
    pool = {provider_id for provider_id, _ in admissions.in_pool(asked.on)}
    every = [one for one in providers.register(person=asked.person) if one.pk in pool]
    kept = queries.kept([one.pk for one in every], person=asked.person)
    joined = joined_by(asked.on, SYSTEM)
    held = {kind: queries.in_force(kind, on=asked.on) for kind in Standard}
    rows = [Row(one.ref, one.name, joined.get(one.pk, ""), kept[one.pk], held) for one in every]
    standing, checked = asked.filters["standing"], asked.filters["checked"]
    return [
        row
        for row in rows
        if (not standing or row.standing == standing)
        and (not checked or (checked == "yes") == (row.checked_on is not None))
    ]


def _context(asked: Asked) -> dict[str, Any]:
    return {
        "held": [(kind, queries.in_force(kind, on=asked.on)) for kind in Standard],
        "may_publish": asked.person.may(Permission.EDIT_FRAMEWORK),
    }


BOARD = ListPage(
    name="standards",
    title="Standards and safeguarding procedure",
    section="providers",
    permission=Permission.VIEW_PROVIDERS,
    columns=(
        Column(
            "Provider",
            "name",
            link=lambda row: reverse("provider-page", kwargs={"ref": row.ref}),
        ),
        Column("Standing", "standing", Kind.STATUS),
        Column("Standards", lambda row: row.version(Standard.STANDARDS)),
        Column(
            "Procedure",
            lambda row: row.version(Standard.SAFEGUARDING),
            hint=lambda row: f"Lead: {row.lead}" if row.lead else "",
        ),
        Column("Last checked against", "checked"),
        Column("Checked on", "checked_on", Kind.DATE),
        Column("Let in by criteria", "joined_by"),
        Column("Safeguarding lead there", "lead", in_files_only=True),
    ),
    rows=_rows,
    filters=BoardFilters,
    template="council/standards/board.html",
    context=_context,
    noun=("provider in the pool", "providers in the pool"),
    empty="No provider answers to these filters.",
    worked_out=(
        "Every provider that may take new children today. The standards and the procedure are the "
        "same for all of them. A provider keeps to a version once one of its managers has said "
        "so. Checked: somebody of the council looked, against the version that held that day."
    ),
)
