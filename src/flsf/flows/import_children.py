"""A sheet of children, taken in or found to be known already."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flsf.casework.children import actions as children
from flsf.casework.children import queries as known_children
from flsf.casework.children.enums import Care, Schooling, SenStage
from flsf.casework.children.rules import Facts, birth_date_trouble
from flsf.core import needs
from flsf.core.clock import london_day
from flsf.core.counts import Counts
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.shared.imports.rules.sheets import Outcome, SheetRow, Taking
from flsf.shared.imports.rules.tables import squeezed
from flsf.shared.places import queries as places

PLAIN = (
    *("first_name", "last_name", "birth_date", "preferred_name", "upn", "postcode", "plan_ref"),
    *("strengths", "about"),
)


@dataclass(slots=True)
class Index:
    """Children by what tells them apart: reference, UPN, and name with birth date."""

    by_key: dict[object, Any] = field(default_factory=dict)

    def add(self, child: Any) -> None:
        self.by_key[child.ref] = child
        if child.upn:
            self.by_key[child.upn] = child
        for first in {child.first_name, child.preferred_name or child.first_name}:
            key = (squeezed(first), squeezed(child.last_name), child.birth_date)
            self.by_key[key] = child

    def find(self, row: SheetRow) -> Any:
        """The child a row means, or None."""
        return next((self.by_key[key] for key in keys_of(row) if key in self.by_key), None)


def keys_of(row: SheetRow) -> list[object]:
    """What a row tells a child by, the surest first."""
    found: list[object] = [row.get(key) for key in ("child_ref", "upn") if row.get(key)]
    first, last, born = (row.get(key) for key in ("first_name", "last_name", "birth_date"))
    if first and last and born:
        found.append((squeezed(first), squeezed(last), born))
    return found


def index_for(taking: Taking) -> Index:
    """The children we know that the rows could mean, in one question.

    Asked as the system: whoever brings the sheet learns only what it says itself.
    """
    index = Index()
    found = known_children.alike(
        refs={row.get("child_ref") for row in taking.rows if row.get("child_ref")},
        upns={row.get("upn") for row in taking.rows if row.get("upn")},
        birth_dates={row.get("birth_date") for row in taking.rows if row.get("birth_date")},
        person=SYSTEM,
        on=london_day(taking.at),
    )
    for child in found:
        index.add(child)
    return index


def take(taking: Taking) -> Outcome:
    """New children have a record; known ones are changed if asked, else left and said."""
    known_children.wait_turn()
    known, schools = index_for(taking), _schools(taking)
    seen: dict[object, int] = {}
    new: list[Facts] = []
    changed = same = 0
    for row in taking.rows:
        if not _can_be(taking, row, schools):
            continue
        keys = keys_of(row)
        if twice := next((seen[key] for key in keys if key in seen), None):
            taking.wrong(row, "last_name", f"Row {twice} is the same child.")
            continue
        seen.update(dict.fromkeys(keys, row.number))
        found = known.find(row)
        if found is None:
            new.append(Facts(**_facts(row, schools)))
        elif _changed(found, row, schools, taking):
            changed += 1
        else:
            same += 1
    ids = children.take_in_many(children=new, by=taking.by, at=taking.at) if new else []
    return Outcome(Counts(new=len(ids), changed=changed, same=same), {"children": ids})


def take_back(made: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """The records made are gone. Raises children.StillNeeded."""
    children.take_back_many(child_ids=made.get("children", ()), by=by, at=at)


def _schools(taking: Taking) -> dict[int, int]:
    return places.school_ids({row.get("school_urn") for row in taking.rows} - {None})


def _can_be(taking: Taking, row: SheetRow, schools: Mapping[int, int]) -> bool:
    if trouble := birth_date_trouble(row.get("birth_date"), london_day(taking.at)):
        taking.wrong(row, "birth_date", trouble)
        return False
    if row.get("school_urn") and row.get("school_urn") not in schools:
        taking.wrong(row, "school_urn", "The schools register has no such school.")
        return False
    if len(row.get("main_need", frozenset())) > 1:
        taking.wrong(row, "main_need", "Only one need can be the main one.")
        return False
    return True


def _facts(row: SheetRow, schools: Mapping[int, int]) -> dict[str, Any]:
    """What the row says of a child; what it leaves empty is absent."""
    facts: dict[str, Any] = {key: row.get(key) for key in PLAIN if row.get(key) is not None}
    if row.get("school_urn"):
        facts |= {"school_id": schools[row.get("school_urn")], "schooling": Schooling.ON_ROLL}
    if row.get("sen_stage"):
        facts["sen_stage"] = SenStage(row.get("sen_stage"))
    if row.get("care"):
        facts["care"] = Care(row.get("care"))
    main, all_needs = row.get("main_need", frozenset()), row.get("needs", frozenset())
    if main:
        facts["main_need"] = next(iter(main))
    if main or all_needs:
        facts["needs"] = frozenset(main | all_needs)
    return facts


def _held(child: Any) -> Facts:
    """What the record says today."""
    plain = {name: getattr(child, name) for name in Facts.__dataclass_fields__}
    return Facts(
        **plain
        | {
            "needs": frozenset(child.needs),
            "access": frozenset(child.access),
            "main_need": needs.Need(child.main_need) if child.main_need else None,
        }
    )


def _changed(child: Any, row: SheetRow, schools: Mapping[int, int], taking: Taking) -> bool:
    held = _held(child)
    facts = replace(held, **_facts(row, schools))
    if facts == held:
        return False
    if not taking.merges:
        taking.doubtful(row, "last_name", f"We know this child as {child.ref}. Not changed.")
        return False
    try:
        children.change(child_id=child.pk, facts=facts, by=taking.by, at=taking.at)
    except Refusal as refusal:
        taking.wrong(row, "last_name", str(refusal))
        return False
    return True
