"""Bank holidays as GOV.UK publishes them; school terms and closures as a plain sheet."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from flsf.shared.calendars.enums import Nation
from flsf.shared.imports.rules import cells
from flsf.shared.imports.rules.refused import MissingHeadings, NotAsExpected
from flsf.shared.imports.rules.reports import Findings, Reader
from flsf.shared.imports.rules.schools import urn
from flsf.shared.imports.rules.tables import Table, positions, wrong_width

TERM_HEADINGS: Mapping[str, Sequence[str]] = {
    "urn": ("schoolurn", "urn", "school"),
    "name": ("name", "term", "termname", "title", "reason"),
    "first_day": ("firstday", "start", "startdate", "from", "begins", "day", "date"),
    "last_day": ("lastday", "end", "enddate", "to", "until", "ends"),
    "type": ("type", "kind"),
}
TYPES = {
    "term": False,
    "half-term": False,
    "half term": False,
    "inset": True,
    "inset day": True,
    "closure": True,
    "closed": True,
}
SAYS_CLOSED = re.compile(r"\b(inset|training|closed|closure)\b", re.IGNORECASE)
LONGEST_TITLE, LONGEST_NAME = 100, 60
LONGEST_TERM = timedelta(days=200)
LONGEST_CLOSURE = timedelta(days=60)


def holidays(text: str, findings: Findings) -> Iterator[tuple[Nation, date, str]]:
    """Each bank holiday as nation, day and title. Raises NotAsExpected."""
    try:
        divisions = json.loads(text)
    except ValueError as error:
        raise NotAsExpected("It is not the JSON of GOV.UK's bank holidays.") from error
    if not isinstance(divisions, dict) or not set(divisions) & set(Nation.values):
        raise NotAsExpected("It has no bank holidays for England and Wales, as GOV.UK's file does.")
    number = 0
    for division, listed in divisions.items():
        seen: set[date] = set()
        for event in listed.get("events", []) if isinstance(listed, dict) else []:
            number += 1
            findings.rows_read += 1
            try:
                nation, day = Nation(division), date.fromisoformat(event["date"])
                title = str(event["title"])[:LONGEST_TITLE]
            except (ValueError, KeyError, TypeError):
                findings.add(number, division, event, "We cannot read this bank holiday.")
                continue
            if day in seen:
                findings.add(number, division, day, "This day stands in the file already.")
                continue
            seen.add(day)
            yield nation, day, title


@dataclass(frozen=True, slots=True)
class Span:
    """A term, or a time when a school or every school is shut."""

    urn: int | None
    name: str
    first_day: date
    last_day: date
    is_closure: bool

    @property
    def days(self) -> list[date]:
        length = (self.last_day - self.first_day).days
        return [self.first_day + timedelta(days=ahead) for ahead in range(length + 1)]


def spans(table: Table, known_urns: Collection[int], findings: Findings) -> Iterator[Span]:
    """Each good row. A school must be in the register. Raises MissingHeadings."""
    at = positions(table.headings, TERM_HEADINGS)
    if missing := [one for one in ("name", "first_day") if one not in at]:
        raise MissingHeadings(
            "We look for School URN (empty for all schools), Name, First day, Last day and, if you"
            f" like, Type. We miss {' and '.join(missing).replace('_', ' ')}."
        )
    reader = Reader(table.headings, at, findings)
    seen: dict[tuple[int | None, date, bool], int] = {}
    for number, row in table.rows:
        if not any(row):
            continue
        findings.rows_read += 1
        reader.turn_to(number, row)
        if problem := wrong_width(row, table.headings):
            findings.add(number, "", "", problem)
            continue
        if (span := _span(reader, known_urns)) is None:
            continue
        key = (span.urn, span.first_day, span.is_closure)
        if seen.setdefault(key, number) != number:
            reader.wrong("first_day", f"Row {seen[key]} begins on the same day.")
            continue
        yield span


def _span(reader: Reader, known_urns: Collection[int]) -> Span | None:
    school = reader.optional("urn", urn)
    if school is not None and school not in known_urns:
        reader.wrong("urn", "We know no school with that URN. Bring in the schools register first.")
    name = reader.required("name", partial(cells.text, longest=LONGEST_NAME))
    first = reader.required("first_day", cells.day)
    last = reader.optional("last_day", cells.day, first)
    typed = reader.optional("type", lambda cell: cells.one_of(cell, TYPES))
    if reader.is_bad or name is None or first is None or last is None:
        return None
    is_closure = typed if typed is not None else bool(SAYS_CLOSED.search(name))
    if last < first:
        reader.wrong("last_day", "This is before the first day.")
    elif last - first > (LONGEST_CLOSURE if is_closure else LONGEST_TERM):
        reader.wrong("last_day", "This is too long. Check the year.")
    if reader.is_bad:
        return None
    return Span(school, name, first, last, is_closure)
