"""The children affected: one list, by provider, by where the decision has got to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from flsf.casework.children import queries as children
from flsf.casework.children.enums import Detail
from flsf.casework.children.rules import Named
from flsf.core.people import Person
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.queries import Seen
from flsf.shared.accounts.enums import Permission
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.pages import Rows
from flsf.web.council.continuity.forms import ContinuityFilters


@dataclass(frozen=True, slots=True)
class Row:
    """A decision and its child, by name where the person may know it."""

    seen: Seen
    child: Named | None

    @property
    def child_words(self) -> str:
        return str(self.child) if self.child else f"Child {self.seen.child_ref}"

    @property
    def sees_reason(self) -> bool:
        """What somebody wrote may name the child, so it is for those who see the whole record."""
        return self.child is not None and self.child.detail is Detail.FULL

    @property
    def worker(self) -> str:
        return self.seen.worker_name or "Nobody is named"

    @property
    def when(self) -> date:
        return self.seen.review_on or self.seen.due_on


def named(found: list[Seen], *, person: Person, on: date) -> list[Row]:
    """Each decision, its child by name where the person may see it."""
    names: Mapping[int, Named] = children.named(
        {one.child_id for one in found}, person=person, on=on
    )
    return [Row(one, names.get(one.child_id)) for one in found]


def _rows(asked: Asked) -> Rows:
    found = continuity.listed(
        person=asked.person,
        on=asked.on,
        standing=asked.filters["standing"],
        provider_ref=(asked.filters["provider"] or "").strip().upper(),
    )
    return named(found, person=asked.person, on=asked.on)


def _child_of(row: Row) -> str | None:
    return row.child.ref if row.child and row.child.known_as else None


CONTINUITY = ListPage(
    name="continuity-list",
    title="Children to decide about",
    section="placements",
    permission=Permission.VIEW_PLACEMENTS,
    columns=(
        Column(
            "Decision",
            lambda row: row.seen.ref,
            link=lambda row: reverse("continuity-page", kwargs={"ref": row.seen.ref}),
        ),
        Column("Child", "child_words", hint="worker"),
        Column(
            "Provider", lambda row: row.seen.provider_name, hint=lambda row: row.seen.service_name
        ),
        Column("Why", lambda row: row.seen.about),
        Column("Where it has got to", lambda row: row.seen.standing.label, Kind.STATUS),
        Column("Due or looked at again", "when", Kind.DATE),
        Column("Named worker", "worker", in_files_only=True),
    ),
    rows=_rows,
    filters=ContinuityFilters,
    child=_child_of,
    noun=("decision", "decisions"),
    empty="No child needs a decision: nobody is with a provider that is suspended or has lapsed.",
    worked_out=(
        "One decision for each placement with a provider whose check has lapsed or that is "
        "suspended. It is over when new evidence is seen, the suspension is lifted, or the "
        "placement ends."
    ),
)
