"""What was done to a child's record, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flsf.casework.children.enums import Tag

WORDS: Mapping[str, str] = {
    Tag.ADDED: "Record begun",
    Tag.CHANGED: "Record changed",
    Tag.CONTACT_ADDED: "Contact added",
    Tag.DISCLOSED: "Somebody may see the record",
    Tag.DISCLOSURE_CLOSED: "Somebody may see the record no longer",
    Tag.WORKER_NAMED: "Named worker set",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done."""

    what: str
    more: str
    who: str
    at: datetime


def told(entry: Any) -> Told:
    """An entry of the record as the page says it."""
    return Told(
        what=WORDS.get(entry.tag, entry.tag.rsplit(":", 1)[-1].replace("-", " ").capitalize()),
        more=_more(entry.details),
        who=entry.by_name,
        at=entry.at,
    )


def _more(details: Mapping[str, Any]) -> str:
    if columns := details.get("columns"):
        return ", ".join(str(column).removesuffix("_mask").replace("_", " ") for column in columns)
    said = [str(details[key]) for key in ("because", "since") if details.get(key)]
    if until := details.get("until"):
        said.append(f"until {until}")
    return ", ".join(said)
