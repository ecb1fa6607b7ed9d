"""What the lists of the API can be asked, said once: how it is read and how it is described."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from django.http import QueryDict

from flsf.core.geo import postcode_from

MOST_A_PAGE = 1_000
USUAL_A_PAGE = 50
LAST_PAGE = 1_000_000
LONGEST = 200
FURTHEST = 100_000
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
LOST_PLUS = re.compile(r"(.*[0-9]) ([0-9]{2}:[0-9]{2})")  # an unescaped + arrives as a space


class Wrong(ValueError):
    """What is given cannot be: says what could."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One question. `schema` is as OpenAPI writes it."""

    name: str
    says: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any]


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(given: str) -> int:
        number = int(given) if WHOLE_NUMBER.fullmatch(given) else -1
        if not least <= number <= most:
            raise Wrong(f"Give a whole number from {least} to {most}.")
        return number

    return read


def _number(given: str) -> float:
    if not NUMBER.fullmatch(given):
        raise Wrong("Give a number of years, such as 11.")
    return float(given)


def _uuid(given: str) -> UUID:
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", given):
        raise Wrong("Give an identifier as this API gives it: a UUID.")
    return UUID(given)


def _text(given: str) -> str:
    if not 1 <= len(given) <= LONGEST:
        raise Wrong(f"Give 1 to {LONGEST} characters.")
    return given


def _moment(given: str) -> datetime:
    mended = LOST_PLUS.fullmatch(given)
    try:
        moment = datetime.fromisoformat(f"{mended[1]}+{mended[2]}" if mended else given)
        whole = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return whole.astimezone(UTC)
    except OverflowError:
        return datetime(1, 1, 1, tzinfo=UTC)
    except ValueError:
        raise Wrong("Give a date and time, such as 2026-05-01T09:00:00Z.") from None


def _time(given: str) -> time:
    try:
        return time.fromisoformat(given.replace(" ", "+")).replace(tzinfo=None)
    except ValueError:
        raise Wrong("Give a time of day, such as 09:30:00Z.") from None


def _day(given: str) -> str:
    if given.upper() not in DAYS:
        raise Wrong(f"Give one of {', '.join(DAYS)}.")
    return given.upper()


def _postcode(given: str) -> str:
    postcode = postcode_from(given)
    if postcode is None or not re.fullmatch(POSTCODE, given):
        raise Wrong("Give a whole postcode, such as ZZ1 1AA.")
    return postcode


def _flag(given: str) -> bool:
    if given not in {"true", "false"}:
        raise Wrong("Give true or false.")
    return given == "true"


POSTCODE = "[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}"
UUID_SCHEMA = {"type": "string", "format": "uuid"}
TIME_SCHEMA = {"type": "string", "format": "time"}

PAGING = (
    Parameter(
        "page",
        "Which page, from 1. A page after the last is empty.",
        {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
        _whole(1, LAST_PAGE),
    ),
    Parameter(
        "per_page",
        "How many records a page has.",
        {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": USUAL_A_PAGE},
        _whole(1, MOST_A_PAGE),
    ),
    Parameter(
        "modified_after",
        "Only records that changed at that moment or later, withdrawn services among them.",
        {"type": "string", "format": "date-time"},
        _moment,
    ),
)
SEARCH = Parameter(
    "search",
    "Words to look for in names, descriptions and terms.",
    {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"^[^\u0000]+$"},
    _text,
)
FULL = Parameter("full", "Each record with everything about it.", {"type": "boolean"}, _flag)
NARROWING = (
    SEARCH,
    FULL,
    Parameter("taxonomy_term_id", "Services described by the term.", UUID_SCHEMA, _uuid),
    Parameter("taxonomy_id", "Services described by any term of the list.", UUID_SCHEMA, _uuid),
    Parameter("organization_id", "Services of the organisation.", UUID_SCHEMA, _uuid),
    Parameter(
        "minimum_age",
        "Services whose lowest age is at least this.",
        {"type": "number"},
        _number,
    ),
    Parameter(
        "maximum_age",
        "Services whose highest age is at most this.",
        {"type": "number"},
        _number,
    ),
    Parameter(
        "start_time",
        "Services with a half-day that begins at that time or later. A morning is taken to last "
        "from 9:00 to 12:00 and an afternoon from 12:00 to 15:00; an offset is not heeded.",
        TIME_SCHEMA,
        _time,
    ),
    Parameter(
        "end_time",
        "Services with a half-day that ends at that time or earlier.",
        TIME_SCHEMA,
        _time,
    ),
    Parameter("day", "Services on that day.", {"type": "string", "enum": list(DAYS)}, _day),
)
NEARNESS = (
    Parameter(
        "postcode",
        "Where to measure from. With it, only places within `proximity`; one that we do not know "
        "finds nothing.",
        {"type": "string", "pattern": f"^{POSTCODE}$"},
        _postcode,
    ),
    Parameter(
        "proximity",
        "How many metres from the postcode, as the crow flies. Without a postcode not heeded.",
        {"type": "integer", "minimum": 1, "maximum": FURTHEST, "default": 5000},
        _whole(1, FURTHEST),
    ),
)


def read(parameters: Sequence[Parameter], query: QueryDict) -> tuple[dict[str, Any], list[Any]]:
    """What was given, by name, and what is wrong with which of it. Others are not heeded."""
    given: dict[str, Any] = {}
    wrong: list[dict[str, str]] = []
    for one in parameters:
        values = query.getlist(one.name)
        if not values:
            continue
        try:
            given[one.name] = _once(one, values)
        except Wrong as reason:
            told = {"parameter": one.name, "value": values[0][:LONGEST], "reason": str(reason)}
            wrong.append(told)
    return given, wrong


def _once(one: Parameter, values: Sequence[str]) -> Any:
    if len(values) > 1:
        raise Wrong("Give it once.")
    return one.read(values[0])
