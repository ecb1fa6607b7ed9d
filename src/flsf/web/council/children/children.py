"""The list of children."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse

from flsf.casework.children import queries, rules
from flsf.casework.children.enums import Care, Schooling, SenStage
from flsf.core.needs import Need
from flsf.shared.accounts.enums import Permission
from flsf.web.components.filters import FilterForm
from flsf.web.components.kept_words import kept
from flsf.web.components.lists import Asked, Column, Kind, ListPage


@dataclass(frozen=True, slots=True)
class Row:
    """A child as the list may name it."""

    ref: str
    name: str
    age: int
    school_year: str
    school: str
    main_need: str
    sen_stage: str
    care: str
    worker: str
    named: bool


class ChildFilters(FilterForm):
    """Posted, so that no name is in an address; the address then says a key to the words."""

    sent_to = "child-find"
    words = forms.CharField(
        label="Name, reference, UPN or postcode", required=False, max_length=100
    )
    care = forms.ChoiceField(
        label="Virtual School group", required=False, choices=[("", "Any"), *Care.choices]
    )
    schooling = forms.ChoiceField(
        label="Schooling", required=False, choices=[("", "Any"), *Schooling.choices]
    )
    mine = forms.BooleanField(label="I am the named worker", required=False)


def filters_of(asked: Asked) -> ChildFilters:
    """What the address says, with the words its key leads to in the place of any of its own."""
    said = asked.query.copy()
    said["words"] = kept(str(said.get("search", "")), person=asked.person)
    return ChildFilters(said)


class Rows:
    """The children the person may see, each named as far as that person may name it."""

    def __init__(self, asked: Asked) -> None:
        wanted: Mapping[str, Any] = asked.filters
        self._asked = asked
        self._found = queries.search(
            person=asked.person,
            on=asked.on,
            words=wanted["words"] or "",
            care=wanted["care"] or "",
            schooling=wanted["schooling"] or "",
            worker_id=asked.person.pk if wanted["mine"] else None,
        )

    def __len__(self) -> int:
        return self._found.count()

    def __getitem__(self, part: slice) -> list[Row]:
        children = list(self._found[part])
        named = queries.named(
            [one.pk for one in children], person=self._asked.person, on=self._asked.on
        )
        return [self._row(one, named[one.pk]) for one in children]

    def _row(self, child: Any, named: rules.Named) -> Row:
        knows = bool(named.known_as)
        return Row(
            ref=child.ref,
            name=named.known_as or "Name not shown to you",
            age=rules.age_on(child.birth_date, self._asked.on),
            school_year=rules.school_year(child.birth_date, self._asked.on),
            school=child.school.name if child.school and knows else "",
            main_need=Need(child.main_need).label if child.main_need else "",
            sen_stage=str(SenStage(child.sen_stage).label),
            care=str(Care(child.care).label),
            worker=child.named_worker.name if child.named_worker else "Nobody yet",
            named=knows,
        )


CHILDREN = ListPage(
    name="child-list",
    title="Children and young people",
    section="children",
    permission=Permission.VIEW_CHILDREN,
    columns=(
        Column("Name", "name", link=lambda row: reverse("child-page", kwargs={"ref": row.ref})),
        Column("Reference", "ref"),
        Column("Age", "age", Kind.NUMBER),
        Column("Year", "school_year"),
        Column("School", "school"),
        Column("Main need", "main_need", hint="sen_stage"),
        Column("Virtual School group", "care"),
        Column("Named worker", "worker"),
    ),
    rows=Rows,
    filters=filters_of,
    child=lambda row: row.ref,
    noun=("child or young person", "children and young people"),
    empty="No child or young person fits. Try part of a name, or the reference, such as C-7K3FD.",
    worked_out=(
        "You see the children your role looks after and those disclosed to you today. Each name "
        "you see here is written to the record of who looked."
    ),
)
