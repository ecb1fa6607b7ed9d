"""A feed of another directory in Open Referral UK (HSDS-UK 3.0): what each service says.

A service comes as a list shows it or in full; what is not there is simply not known.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flsf.core.geo import Point, postcode_from
from flsf.core.grid import is_on_grid, to_grid
from flsf.core.needs import ORDER, to_mask
from flsf.shared.imports.rules.refused import CutOff, EmptyFile, NotAsExpected, TooBig
from flsf.shared.imports.rules.reports import Findings
from flsf.shared.imports.rules.sources import Source

MOST_BYTES = 200_000_000
LONGEST_NAME, LONGEST_TEXT, LONGEST_ADDRESS = 200, 20_000, 500
OLDEST = 25
SHOWN = frozenset({"active"})
STATUSES = frozenset({"active", "inactive", "defunct", "temporarily closed"})
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One service as its directory tells it. Not shown: its directory no longer lists it."""

    number: int
    source_id: str
    name: str
    is_shown: bool
    what_it_is: str = ""
    run_by: str = ""
    link: str = ""
    email: str = ""
    fees: str = ""
    lowest_age: int = 0
    highest_age: int = OLDEST
    needs_mask: int = 0
    is_online: bool = False
    postcode: str = ""
    point: Point | None = None
    when: str = ""
    words: frozenset[str] = frozenset()  # the terms it is described by, in small letters
    confirmed_on: date | None = None


@dataclass(slots=True)
class _Reader:
    """One record, and what is found wrong with it."""

    record: Mapping[str, Any]
    number: int
    findings: Findings
    is_bad: bool = field(default=False)

    def text(self, name: str, most: int = LONGEST_TEXT) -> str:
        """The words; none if it is not there."""
        value = self.record.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or "\0" in value:
            self.wrong(name, value, "This is not text.")
            return ""
        if len(value) > most:
            self.wrong(name, value, f"This is longer than {most:,} characters.")
            return ""
        return value.strip()

    def age(self, name: str, otherwise: int) -> int:
        value = self.record.get(name)
        if value is None:
            return otherwise
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 200:
            self.wrong(name, value, "This is not an age in years.")
            return otherwise
        return int(value)

    def matching(self, name: str, pattern: re.Pattern[str], reason: str) -> str:
        """The words if they look right; else left out, and somebody should look."""
        value = self.text(name)
        if value and (not pattern.fullmatch(value) or len(value) > LONGEST_ADDRESS):
            self.findings.warn(self.number, name, value, reason)
            return ""
        return value

    def wrong(self, name: str, value: object, reason: str) -> None:
        self.is_bad = True
        self.findings.add(self.number, name, value, reason)


def services(records: Sequence[object], findings: Findings) -> Iterator[Told]:
    """Each record that can be taken, in order; the others are noted by number and reason."""
    seen: dict[str, int] = {}
    for number, record in enumerate(records, start=1):
        findings.rows_read += 1
        if not isinstance(record, Mapping):
            findings.add(number, "", record, "This is not a service.")
            continue
        told = _told(_Reader(record, number, findings))
        if told is None:
            continue
        if seen.setdefault(told.source_id, number) != number:
            first = seen[told.source_id]
            findings.add(number, "id", told.source_id, f"Record {first} has the same identifier.")
            continue
        yield told


def _told(one: _Reader) -> Told | None:
    source_id, name = _id(one), one.text("name", LONGEST_NAME)
    if not name and not one.is_bad:
        one.wrong("name", "", "This is empty and we need it.")
    status = one.text("status").lower()
    if status not in STATUSES:
        one.wrong("status", status, f"This is none of {', '.join(sorted(STATUSES))}.")
    if one.is_bad:
        return None
    if status not in SHOWN:
        return Told(number=one.number, source_id=source_id, name=name, is_shown=False)
    lowest, highest = one.age("minimum_age", 0), one.age("maximum_age", OLDEST)
    if lowest > highest:
        one.wrong("minimum_age", lowest, f"This is more than the highest age, {highest}.")
    elif lowest > OLDEST:
        one.wrong("minimum_age", lowest, f"This is for people over {OLDEST}.")
    place, postcode = _place(one)
    words = _terms(one)
    told = Told(
        number=one.number,
        source_id=source_id,
        name=name,
        is_shown=True,
        what_it_is=one.text("description"),
        run_by=_organisation(one),
        link=one.matching("url", WEB, "This is not an address on the web. Left out."),
        email=one.matching("email", EMAIL, "This is not an e-mail address. Left out."),
        fees=one.text("fees"),
        lowest_age=lowest,
        highest_age=min(highest, OLDEST),
        needs_mask=_needs(words),
        is_online=any(where.get("location_type") == "virtual" for where in _locations(one)),
        postcode=postcode,
        point=place,
        when=_when(one),
        words=words,
        confirmed_on=_confirmed(one),
    )
    return None if one.is_bad else told


def _id(one: _Reader) -> str:
    given = one.record.get("id")
    try:
        return str(UUID(given if isinstance(given, str) else ""))
    except ValueError:
        one.wrong("id", given, "This is not an identifier (a UUID).")
        return ""


def _organisation(one: _Reader) -> str:
    given = one.record.get("organization")
    name = given.get("name") if isinstance(given, Mapping) else None
    return name.strip()[:LONGEST_NAME] if isinstance(name, str) else ""


def _many(given: object, name: str) -> list[Mapping[str, Any]]:
    """The members of a list that are objects; none if there is no list."""
    found = given.get(name) if isinstance(given, Mapping) else None
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _locations(one: _Reader) -> list[Mapping[str, Any]]:
    there = (each.get("location") for each in _many(one.record, "service_at_locations"))
    return [where for where in there if isinstance(where, Mapping)]


def _place(one: _Reader) -> tuple[Point | None, str]:
    """The first place it happens at: a point of the grid and a postcode, as far as told."""
    for where in _locations(one):
        codes = [each.get("postal_code") for each in _many(where, "addresses")]
        found = [postcode_from(code) for code in codes if isinstance(code, str)]
        postcode = next((code for code in found if code), "")
        if codes and not postcode:
            reason = "This is not a postcode of the United Kingdom. Left out."
            one.findings.warn(one.number, "postal_code", codes[0], reason)
        point = _point(where.get("longitude"), where.get("latitude"))
        if point or postcode:
            return point, postcode
    return None, ""


def _point(longitude: object, latitude: object) -> Point | None:
    if not isinstance(longitude, int | float) or not isinstance(latitude, int | float):
        return None
    if not is_on_grid(longitude, latitude):
        return None
    eastings, northings = to_grid([longitude], [latitude])
    return Point(int(eastings[0]), int(northings[0]))


def _terms(one: _Reader) -> frozenset[str]:
    terms = (each.get("taxonomy_term") for each in _many(one.record, "attributes"))
    return frozenset(
        str(term.get(key, "")).strip().lower()
        for term in terms
        if isinstance(term, Mapping)
        for key in ("term", "name")
    )


def _needs(words: frozenset[str]) -> int:
    """Those of our needs that it is described by, by code or by name."""
    return to_mask(need for need in ORDER if {need.value.lower(), need.label.lower()} & words)


def _when(one: _Reader) -> str:
    said = [each.get("description") for each in _many(one.record, "schedules")]
    return "; ".join(words.strip() for words in said if isinstance(words, str))[:LONGEST_NAME]


def _confirmed(one: _Reader) -> date | None:
    given = one.text("assured_date")
    try:
        return date.fromisoformat(given[:10]) if given else None
    except ValueError:
        one.findings.warn(one.number, "assured_date", given, "This is not a date. Left out.")
        return None


@dataclass(frozen=True, slots=True)
class Feed:
    """What was read. Not whole: there are pages that are not in it."""

    records: Sequence[object]
    is_whole: bool = True

    @property
    def ids(self) -> frozenset[str]:
        """Every identifier in it, also of records that cannot be taken."""
        found = (one.get("id") for one in self.records if isinstance(one, Mapping))
        return frozenset(str(one).lower() for one in found)


def feed_in(source: Source) -> Feed:
    """What a file holds: a list, a page of the API, or a record a line. Raises FileRefused."""
    with source.open() as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TooBig
    if not content.strip():
        raise EmptyFile
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAsExpected("It is not text in UTF-8.") from None
    return _feed_of(_parsed(text))


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        raise CutOff
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        raise CutOff from None


def _feed_of(whole: object) -> Feed:
    is_whole = True
    if isinstance(whole, Mapping):
        is_whole = whole.get("total_pages", 1) in {0, 1} and "id" not in whole
        whole = next((whole[key] for key in ("contents", "services") if key in whole), [whole])
    if not isinstance(whole, list):
        raise NotAsExpected("We looked for a list of services in Open Referral UK.")
    return Feed(whole, is_whole)
