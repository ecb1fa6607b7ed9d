"""The choices beside a search: how many each would leave, and what is chosen already."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flsf.core import access, needs, qualities
from flsf.core.access import Access
from flsf.core.half_days import DAYS, Half
from flsf.core.needs import Need
from flsf.core.qualities import Quality
from flsf.market.directory.enums import GroupSize
from flsf.market.directory.queries import Results
from flsf.market.directory.rules import Loosened
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.web.public.directory.question import WEEKDAYS, WITHIN, Question

PARTS = {
    "words": "words",
    "needs_mask": "need",
    "age": "age",
    "lot_codes": "type",
    "modes": "mode",
    "access_mask": "access",
    "within_miles": "within",
    "taking_only": "taking",
    "qualities_mask": "quality",
    "weekdays": "day",
    "halves": "time",
    "groups": "group",
    "costs": "pays",
    "sectors": "sector",
    "kinds": "kind",
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
    "qualities_mask": "what matters to you",
    "weekdays": "the days",
    "halves": "the time of day",
    "groups": "the size of group",
    "costs": "who pays",
    "sectors": "the kind of help",
    "kinds": "the new kind of support",
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
    """The choices, the many of a kind by their names; those that would leave nothing left out.

    Of one group any will do, but for getting in and taking part: there all are wanted.
    """
    asked, facets = question.asked, results.facets
    features = access.from_mask(asked.access_mask)
    lots = sorted(results.lot_names.items(), key=lambda pair: pair[1])
    chosen_qualities = qualities.from_mask(asked.qualities_mask)
    return [
        Group("need", "Needs", _needs(question, results)),
        Group(
            "quality",
            "What matters to you",
            _some(_of(Quality, facets.qualities, chosen_qualities)),
        ),
        Group("sector", "Kind of help", _some(_of(Sector, facets.sectors, asked.sectors))),
        Group(
            "type",
            "Type of support",
            _some(
                [
                    Choice(code, name, facets.lots[code], code in asked.lot_codes)
                    for code, name in lots
                ]
            ),
        ),
        Group("kind", "New kinds of support", _some(_kinds(question, results))),
        Group("mode", "Where it happens", _some(_of(Mode, facets.modes, asked.modes))),
        Group("day", "Days", _some(_days(question, results))),
        Group("time", "Time of day", _some(_of(Half, facets.halves, asked.halves))),
        Group("group", "How many together", _some(_of(GroupSize, facets.groups, asked.groups))),
        Group("pays", "Who pays", _some(_of(Cost, facets.costs, asked.costs))),
        Group(
            "access",
            "Getting in and taking part (all of these)",
            [Choice(one.value, one.label, None, one in features) for one in Access],
        ),
    ]


def _needs(question: Question, results: Results) -> list[Choice]:
    chosen = needs.from_mask(question.asked.needs_mask)
    counts = results.facets.needs
    return _some([Choice(one.value, one.label, counts[one.value], one in chosen) for one in Need])


def _kinds(question: Question, results: Results) -> list[Choice]:
    counts, chosen = results.facets.kinds, question.asked.kinds
    named = sorted(results.kind_names.items(), key=lambda pair: pair[1])
    return [Choice(ref, name, counts[ref], ref in chosen) for ref, name in named]


def _days(question: Question, results: Results) -> list[Choice]:
    counts, chosen = results.facets.weekdays, question.asked.weekdays
    return [
        Choice(day, DAYS[number], counts[number], number in chosen)
        for day, number in WEEKDAYS.items()
    ]


def _of(kind: Any, counts: Mapping[Any, int], chosen: Container[Any]) -> list[Choice]:
    """The choices of an enumeration in its order."""
    return [Choice(one.value, str(one.label), counts[one], one in chosen) for one in kind]


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
    yield from _chosen_finer(question, results)
    if asked.taking_only:
        yield Way("Only with places now", question.without("taking"))


def _chosen_finer(question: Question, results: Results) -> Iterator[Way]:
    asked = question.asked
    for ref in sorted(asked.kinds):
        yield Way(results.kind_names.get(ref, ref), question.without("kind", ref))
    for quality in qualities.from_mask(asked.qualities_mask):
        yield Way(quality.label, question.without("quality", quality.value))
    for day, number in WEEKDAYS.items():
        if number in asked.weekdays:
            yield Way(DAYS[number], question.without("day", day))
    kinds: tuple[tuple[str, Any, Container[Any]], ...] = (
        ("time", Half, asked.halves),
        ("group", GroupSize, asked.groups),
        ("pays", Cost, asked.costs),
        ("sector", Sector, asked.sectors),
    )
    for part, kind, chosen_ones in kinds:
        for one in kind:
            if one in chosen_ones:
                yield Way(str(one.label), question.without(part, one.value))


def ways_on(question: Question, nearest: Sequence[tuple[Loosened, int]]) -> list[Way]:
    """When nothing fits: what leaving out one part would find."""
    return [Way(SAID[one.part], question.without(PARTS[one.part]), total) for one, total in nearest]
