"""What a guide says, and what must be there before it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flsf.core.dates import anniversary
from flsf.market.guides.enums import Housed, Kind, Outcome, Standing

OLDEST = 25
LONGEST_YEARS_TO_REVIEW = 3
MOST_SECTIONS = 40
BULLET, HEADING = "- ", "#"
# What a young person asks of every route, in this order.
ROUTE_PARTS = ("What it is", "How to get in", "What comes after", "Who to ask")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or points in a list."""

    words: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the words under it. A line that begins with "- " is a point of a list."""

    heading: str
    words: str

    @property
    def blocks(self) -> list[Block]:
        found: list[Block] = []
        for line in (one.strip() for one in self.words.splitlines()):
            if not line:
                continue
            is_point = line.startswith(BULLET)
            words = line.removeprefix(BULLET).strip() if is_point else line
            if is_point and found and found[-1].is_list:
                found[-1] = Block((*found[-1].words, words), is_list=True)
            else:
                found.append(Block((words,), is_point))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a version says. `services` are addresses in the directory, of a route."""

    title: str
    summary: str
    for_whom: str
    housed: Housed = Housed.PAGE
    sections: tuple[Section, ...] = ()
    link: str = ""
    file_ref: str = ""
    search_words: str = ""
    lowest_age: int = 0
    highest_age: int = OLDEST
    outcomes: tuple[Outcome, ...] = ()
    services: tuple[str, ...] = ()

    @property
    def searched(self) -> tuple[str, str, str]:
        """What a search looks in: what it is called, what it is about, and the rest."""
        rest = [one for part in self.sections for one in (part.heading, part.words)]
        about = " ".join([self.summary, self.for_whom])
        return f"{self.title} {self.search_words}", about, " ".join(rest)


def sections_of(typed: str) -> tuple[Section, ...]:
    """What was typed as sections: each begins with a line whose first sign is "#".

    Words before the first such line are a section without a heading, which `problems` refuses.
    """
    found: list[tuple[str, list[str]]] = []
    for line in typed.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line.lstrip().startswith(HEADING):
            found.append((line.lstrip().lstrip(HEADING).strip(), []))
        elif found:
            found[-1][1].append(line.rstrip())
        elif line.strip():
            found.append(("", [line.rstrip()]))
    return tuple(Section(heading, "\n".join(lines).strip()) for heading, lines in found)


def typed(sections: Sequence[Section]) -> str:
    """The sections as somebody would type them: `sections_of` reads the same again."""
    return "\n\n".join(f"{HEADING} {one.heading}\n{one.words}" for one in sections)


def problems(kind: Kind, content: Content) -> dict[str, str]:
    """What is missing or makes no sense, by field; empty when it may be published."""
    found = {}
    if not content.title.strip():
        found["title"] = "Enter what it is called"
    if not content.summary.strip():
        found["summary"] = "Say in a sentence or two what it is"
    if not content.for_whom.strip():
        found["for_whom"] = "Say who it is for"
    if not 0 <= content.lowest_age <= content.highest_age <= OLDEST:
        found["lowest_age"] = f"Enter ages from 0 to {OLDEST}, the lowest first"
    if kind is Kind.ROUTE:
        return found | _of_route(content)
    return found | _of_words(content)


def _of_route(content: Content) -> dict[str, str]:
    said = {one.heading: one.words for one in content.sections if one.words.strip()}
    missing = {part: f"Say this: {part.lower()}" for part in ROUTE_PARTS if part not in said}
    if not content.outcomes:
        missing["outcomes"] = "Select what the route leads to"
    return missing


def _of_words(content: Content) -> dict[str, str]:
    if content.housed is Housed.LINK:
        if not _leads_somewhere(content.link):
            return {"link": "Enter its address, like https://www.example.org/guidance"}
    elif content.housed is Housed.FILE:
        if not content.file_ref:
            return {"file": "Choose the file"}
    elif not content.sections:
        return {"sections": "Write at least one section"}
    elif len(content.sections) > MOST_SECTIONS:
        return {"sections": f"Write {MOST_SECTIONS} sections at most"}
    elif not content.sections[0].heading:
        return {"sections": "Begin with a heading: a line whose first sign is #"}
    elif empty := next((one for one in content.sections if not one.words or not one.heading), None):
        return {"sections": f"Write a heading, and words under it: “{empty.heading}”"}
    return {}


def _leads_somewhere(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:  # of brackets that hold no address
        return False
    return parts.scheme in ("https", "http") and bool(parts.netloc)


def review_problem(reviewed_on: date, next_review_on: date, *, on: date) -> dict[str, str]:
    """What is wrong with the days of a review, by field."""
    if reviewed_on > on:
        return {"reviewed_on": "Enter the day on which it was last looked at: today or before"}
    if next_review_on <= on:
        return {"next_review_on": "Enter a day after today"}
    if next_review_on > anniversary(on, LONGEST_YEARS_TO_REVIEW):
        return {"next_review_on": f"Enter a day within {LONGEST_YEARS_TO_REVIEW} years"}
    return {}


def standing(
    in_force_from: date | None, next_review_on: date | None, taken_off_on: date | None, *, on: date
) -> Standing:
    """How a guide stands on a day. It stays published when its review is late, and says so."""
    if taken_off_on is not None and taken_off_on <= on:
        return Standing.TAKEN_OFF
    if in_force_from is None or in_force_from > on:
        return Standing.TO_COME
    is_late = next_review_on is not None and next_review_on < on
    return Standing.REVIEW_DUE if is_late else Standing.PUBLISHED
