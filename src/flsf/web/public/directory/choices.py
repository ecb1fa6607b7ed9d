"""The choices beside a search: how many each would leave, and what is chosen already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flsf.core import access, needs
from flsf.core.access import Access
from flsf.core.needs import Need
from flsf.market.directory.queries import Results
from flsf.market.directory.rules import Loosened
from flsf.market.providers.enums import Mode
from flsf.web.public.directory.question import WITHIN, Question

PARTS = {
    "words": "words",
    "needs_mask": "need",
    "age": "age",
    "lot_codes": "type",
    "modes": "mode",
    "access_mask": "access",
    "within_miles": "within",
    "taking_only": "taking",
}
SAID = {
    "words": "the words",
    "needs_mask": "the needs",
    "age": "the age",
    "lot_codes": "the type of support",
    "modes": "where it happens",
    "access_mask": "the access you chose",
    "within_miles": "the distance",
    "taking_only": "“only with places now”",
}


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Choices of one kind."""

    name: str
    title: str
    choices: Sequence[Choice]

    @property
    def is_open(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a search that differs in one part."""

    label: str
    query: str
    total: int = 0


def groups(question: Question, results: Results) -> list[Group]:
    """The choices, the many of a kind by their names; those that would leave nothing left out."""
    asked, facets = question.asked, results.facets
    chosen_needs = needs.from_mask(asked.needs_mask)
    lots = sorted(results.lot_names.items(), key=lambda pair: pair[1])
    kinds = [Choice(code, name, facets.lots[code], code in asked.lot_codes) for code, name in lots]
    wants = [
        Choice(need.value, need.label, facets.needs[need.value], need in chosen_needs)
        for need in Need
    ]
    where = [
        Choice(mode.value, mode.label, facets.modes[mode], mode in asked.modes) for mode in Mode
    ]
    features = access.from_mask(asked.access_mask)
    reach = [Choice(one.value, one.label, None, one in features) for one in Access]
    return [
        Group("need", "Needs", _some(wants)),
        Group("type", "Type of support", _some(kinds)),
        Group("mode", "Where it happens", _some(where)),
        Group("access", "Getting in and taking part", reach),
    ]


def _some(choices: Sequence[Choice]) -> list[Choice]:
    return [one for one in choices if one.count or one.is_chosen]


def distances(question: Question) -> list[Choice]:
    """How far is near enough; the first choice is any distance."""
    chosen = question.asked.within_miles
    near = [Choice(str(one), f"{one} miles", None, one == chosen) for one in WITHIN]
    return [Choice("", "Any distance", None, chosen is None), *near]


def chosen(question: Question, results: Results) -> list[Way]:
    """Everything the search is narrowed to, each with the address that drops it."""
    return list(_chosen(question, results))


def _chosen(question: Question, results: Results) -> Iterator[Way]:
    asked = question.asked
    if asked.words:
        yield Way(f"“{asked.words}”", question.without("words"))
    if asked.age is not None:
        yield Way(f"Age {asked.age}", question.without("age"))
    if question.at:
        yield Way(f"Near {question.postcode}", question.without("postcode"))
    if asked.within_miles is not None:
        yield Way(f"Within {asked.within_miles} miles", question.without("within"))
    for need in needs.from_mask(asked.needs_mask):
        yield Way(need.label, question.without("need", need.value))
    for code in sorted(asked.lot_codes):
        yield Way(results.lot_names.get(code, code), question.without("type", code))
    for mode in (one for one in Mode if one in asked.modes):
        yield Way(mode.label, question.without("mode", mode.value))
    for feature in access.from_mask(asked.access_mask):
        yield Way(feature.label, question.without("access", feature.value))
    if asked.taking_only:
        yield Way("Only with places now", question.without("taking"))


def ways_on(question: Question, nearest: Sequence[tuple[Loosened, int]]) -> list[Way]:
    """When nothing fits: what leaving out one part would find."""
    return [Way(SAID[one.part], question.without(PARTS[one.part]), total) for one, total in nearest]
