"""The grounds for exclusion, what counts as a match with the debarment list, and the clocks.

Procurement Act 2023, sections 48, 57 to 59, 62 and 78; Schedules 6 and 7.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from flsf.core.dates import anniversary
from flsf.market.exclusions.enums import Alike, CaseStatus, Weight

MANDATORY, DISCRETIONARY = Weight
LOOK_BACK_YEARS, SHORT_LOOK_BACK_YEARS = 5, 3  # Schedule 7, paragraph 15


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a supplier is excluded or may be. Events before the look-back do not count."""

    label: str
    weight: Weight
    source: str
    look_back_years: int = LOOK_BACK_YEARS


DEBARRED = "debarred"
GROUNDS: Mapping[str, Ground] = {
    "manslaughter": Ground("Corporate manslaughter", MANDATORY, "Schedule 6"),
    "terrorism": Ground("Terrorism", MANDATORY, "Schedule 6"),
    "fraud": Ground("Theft, fraud, bribery or money laundering", MANDATORY, "Schedule 6"),
    "labour": Ground("Slavery, trafficking or the minimum wage", MANDATORY, "Schedule 6"),
    "organised-crime": Ground("Organised crime", MANDATORY, "Schedule 6"),
    "tax": Ground("Tax offences or penalties", MANDATORY, "Schedule 6"),
    "cartel": Ground("A cartel", MANDATORY, "Schedule 6"),
    "no-help": Ground("They did not help a debarment investigation", MANDATORY, "Schedule 6"),
    "labour-order": Ground("A labour market order", DISCRETIONARY, "Schedule 7"),
    "environment": Ground("Harm to the environment", DISCRETIONARY, "Schedule 7"),
    "insolvency": Ground(
        "Insolvency, or business has stopped", DISCRETIONARY, "Schedule 7", SHORT_LOOK_BACK_YEARS
    ),
    "competition": Ground("They may have limited competition", DISCRETIONARY, "Schedule 7"),
    "misconduct": Ground("Professional misconduct", DISCRETIONARY, "Schedule 7"),
    "breach": Ground(
        "A serious breach of contract, or poor work again and again", DISCRETIONARY, "Schedule 7"
    ),
    "improper": Ground(
        "They acted improperly in a procurement, or misled us", DISCRETIONARY, "Schedule 7"
    ),
    "security": Ground("National security", DISCRETIONARY, "Schedule 7"),
    DEBARRED: Ground("On the debarment list", DISCRETIONARY, "Section 62"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Debarred:
    """An entry of the published list. `number` as company numbers are kept, if it has one."""

    name: str
    weight: Weight
    ground: str
    first_day: date
    number: str = ""
    last_day: date | None = None

    @property
    def key(self) -> str:
        """Names the entry from one version of the list to the next.

        What must exclude and only might before is another: somebody looks again.
        """
        told = "|".join(
            (plain(self.name), self.number, self.ground, self.first_day.isoformat(), self.weight)
        )
        return sha256(told.encode()).hexdigest()

    def is_in_force(self, on: date) -> bool:
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A supplier to look for on the list, by every name and number it is known by."""

    organisation_id: int
    names: frozenset[str]
    numbers: frozenset[str] = frozenset()


APOSTROPHES = "['\u2019]"
LEGAL_FORMS = frozenset(
    {"limited", "ltd", "llp", "plc", "cic", "cio", "inc", "company", "co", "the", "and", "uk"}
)


def plain(name: str) -> str:
    """The words that tell one name from another, in lower case: no legal form, no marks."""
    words = re.findall(r"[a-z0-9]+", re.sub(APOSTROPHES, "", name.lower()))
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def alike(entry: Debarred, candidate: Candidate) -> Alike | None:
    """Whether the entry may be about the supplier. A number tells more than a name.

    Two that have different numbers may still be one by name: somebody looks.
    """
    if entry.number and entry.number in candidate.numbers:
        return Alike.NUMBER
    wanted = plain(entry.name)
    if wanted and any(plain(name) == wanted for name in candidate.names):
        return Alike.NAME
    return None


def matches(
    entries: Iterable[Debarred], candidates: Iterable[Candidate]
) -> list[tuple[Debarred, Candidate, Alike]]:
    """Every entry with every supplier it may be about; one pass over each."""
    by_number: dict[str, list[Candidate]] = {}
    by_name: dict[str, list[Candidate]] = {}
    for one in candidates:
        for number in one.numbers - {""}:
            by_number.setdefault(number, []).append(one)
        for name in {plain(name) for name in one.names} - {""}:
            by_name.setdefault(name, []).append(one)
    found = []
    for entry in entries:
        near = {
            one.organisation_id: one
            for one in (*by_name.get(plain(entry.name), ()), *by_number.get(entry.number, ()))
        }
        for one in near.values():
            if how := alike(entry, one):
                found.append((entry, one, how))
    return found


def is_too_long_ago(ground: Ground, happened_on: date, *, on: date) -> bool:
    """Whether the event lies before the look-back, so that it does not count any more."""
    return anniversary(happened_on, ground.look_back_years) < on


NATIONAL_SECURITY = "national security"


def minister_is_told(outcome: CaseStatus, *, listed_for: str | None) -> bool:
    """Whether the Minister is to be told of what was decided (section 59(1)).

    `listed_for` is the ground by which the list has them; None: the list has no part in it. Of
    whom the list leaves no choice the Minister knows already, but for national security.
    """
    if outcome is CaseStatus.REPLACED:
        return True
    if outcome is not CaseStatus.EXCLUDED:
        return False
    return listed_for is None or NATIONAL_SECURITY in listed_for.lower()


def outcome_fits(outcome: CaseStatus, *, only_a_person: bool) -> bool:
    """Replacing an associated person settles a case only if that person was its only cause."""
    if outcome is CaseStatus.REPLACED:
        return only_a_person
    return outcome in (CaseStatus.EXCLUDED, CaseStatus.NOT_EXCLUDED)
