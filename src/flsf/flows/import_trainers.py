"""A sheet of those who give training and apprenticeships, taken in or found to be known already."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flsf.core.counts import Counts
from flsf.core.people import SYSTEM, Person
from flsf.core.refusals import Refusal
from flsf.market.trainers import actions as trainers
from flsf.market.trainers import queries, rules
from flsf.market.trainers.enums import Kind, Offer
from flsf.market.trainers.queries import TrainerRow
from flsf.market.trainers.rules import TrainerFacts
from flsf.shared.imports.rules.sheets import Outcome, SheetRow, Taking

CHANGED, SAME, REFUSED = "changed", "same", "refused"
COLUMNS: Mapping[type[Refusal], str] = {
    trainers.NotInternships: "places",
    trainers.MoreOpenThanPlaces: "open_places",
}


def take(taking: Taking) -> Outcome:
    """New ones are on the list; known ones are changed if asked, else left and said.

    One is known by its UKPRN, else by its name. What was taken off stays off.
    """
    known = _known()
    seen: dict[str, int] = {}
    new: list[TrainerFacts] = []
    changed = same = 0
    for row in taking.rows:
        keys = _keys(row.get("name"), row.get("ukprn", ""))
        if twice := next((seen[key] for key in keys if key in seen), None):
            taking.wrong(row, "name", f"Row {twice} is the same one: name or UKPRN is alike.")
            continue
        seen.update(dict.fromkeys(keys, row.number))
        found = next((known[key] for key in keys if key in known), None)
        if found is not None and found.taken_off_on is not None:
            why = f"It was taken off the list: {found.taken_off_why} Add it by hand if it is back."
            taking.wrong(row, "name", why)
        elif found is None:
            new += _new(row, taking)
        else:
            became = _settled(found, row, taking)
            changed += became == CHANGED
            same += became == SAME
    made = trainers.take_in_many(new=new, by=taking.by, at=taking.at) if new else []
    return Outcome(
        Counts(new=len(made), changed=changed, same=same), {"trainers": [one.pk for one in made]}
    )


def take_back(made: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """Those that were made are gone; what was changed stays so."""
    trainers.take_out_many(trainer_ids=made.get("trainers", ()), by=by, at=at)


def _keys(name: str, ukprn: str) -> list[str]:
    by_name = f"name {rules.same_name(name)}"
    return [f"ukprn {ukprn}", by_name] if ukprn else [by_name]


def _known() -> dict[str, TrainerRow]:
    """Each by its number and name; one that is on the list before one that was taken off."""
    found: dict[str, TrainerRow] = {}
    rows = list(queries.register(person=SYSTEM))
    for one in sorted(rows, key=lambda row: row.taken_off_on is not None):
        for key in _keys(one.name, one.ukprn):
            found.setdefault(key, one)
    return found


def _facts(before: TrainerFacts, row: SheetRow) -> TrainerFacts:
    """What was known with what the sheet says; an empty cell says nothing."""
    names = TrainerFacts.__dataclass_fields__
    said = {name: row.get(name) for name in names if row.get(name) is not None}
    if "kind" in said:
        said["kind"] = Kind(said["kind"])
    if "offers" in said:
        said["offers"] = tuple(one for one in Offer if one.value in said["offers"])
    return replace(before, **said)


def _new(row: SheetRow, taking: Taking) -> list[TrainerFacts]:
    facts = _facts(TrainerFacts(name=row.get("name")), row)
    if rules.has_places_of_nothing(facts):
        taking.wrong(row, "places", trainers.NotInternships.says)
    elif rules.has_more_open_than_places(facts):
        taking.wrong(row, "open_places", trainers.MoreOpenThanPlaces.says)
    else:
        return [facts]
    return []


def _settled(found: TrainerRow, row: SheetRow, taking: Taking) -> str:
    """What became of one that is known: changed as asked, left as it is, or refused."""
    facts = _facts(found.facts, row)
    names = sorted(TrainerFacts.__dataclass_fields__)
    differ = [name for name in names if getattr(facts, name) != getattr(found.facts, name)]
    if not differ:
        return SAME
    if not taking.merges:
        words = ", ".join(differ)
        taking.doubtful(row, "name", f"It is on the list as {found.ref}. Not changed: {words}.")
        return SAME
    try:
        trainers.change(trainer_id=found.pk, facts=facts, by=taking.by, at=taking.at)
    except Refusal as refusal:
        taking.wrong(row, COLUMNS.get(type(refusal), "name"), str(refusal))
        return REFUSED
    return CHANGED
