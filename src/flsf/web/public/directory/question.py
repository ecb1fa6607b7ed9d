"""What the address of a search asks, and what it says that makes no sense."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from flsf.core import access, needs, qualities
from flsf.core.access import Access
from flsf.core.geo import Point, postcode_from
from flsf.core.half_days import DAYS, Half
from flsf.core.needs import Need
from flsf.core.qualities import Quality
from flsf.market.directory.enums import GroupSize
from flsf.market.directory.rules import Asked
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.shared.places import queries as places

OLDEST = 25
LONGEST_WORDS = 200
WITHIN = (2, 5, 10, 20)
MODES = {mode.value: mode for mode in Mode}
NEEDS = {need.value: need for need in Need}
ACCESS = {feature.value: feature for feature in Access}
QUALITIES = {one.value: one for one in Quality}
WEEKDAYS = {name[:3].lower(): number for number, name in enumerate(DAYS)}
HALVES = {half.value: half for half in Half}
GROUPS = {size.value: size for size in GroupSize}
COSTS = {cost.value: cost for cost in Cost}
SECTORS = {sector.value: sector for sector in Sector}


@dataclass(frozen=True, slots=True)
class Question:
    """The question, with what was typed for the boxes and what is wrong with it."""

    asked: Asked
    words: str = ""
    age: str = ""
    postcode: str = ""
    at: Point | None = None
    postcode_note: str = ""
    is_outside: bool = False  # the postcode is unknown to us, or not in the borough
    wrong: Mapping[str, str] = field(default_factory=dict)
    page: int = 1

    @property
    def outcode(self) -> str:
        """The first half of the postcode: a district, not a street."""
        known = postcode_from(self.postcode)
        return known.split(" ", maxsplit=1)[0] if known else ""

    @property
    def query(self) -> str:
        """The address of this search, less its page."""
        return urlencode(list(_pairs(self)))

    def without(self, part: str, value: str = "") -> str:
        """The address of this search less one part, or less one choice of it."""
        kept = [
            (name, given)
            for name, given in _pairs(self)
            if name != part or (value and given != value)
        ]
        return urlencode(kept)


def read(query: QueryDict) -> Question:
    """The question of an address. What makes no sense narrows nothing, and is said."""
    wrong: dict[str, str] = {}
    words = " ".join(query.get("words", "").split())[:LONGEST_WORDS]
    typed_age = query.get("age", "").strip()
    age = _age(typed_age)
    if typed_age and age is None:
        wrong["age"] = f"Enter an age from 0 to {OLDEST}, like 9"
    page = query.get("page", "1")
    question = Question(
        asked=_asked(query, words, age),
        words=words,
        age=typed_age[:10],
        wrong=wrong,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )
    return _placed(question, query.get("postcode", "").strip()[:20])


def _age(typed: str) -> int | None:
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 7
    return int(typed) if is_number and int(typed) <= OLDEST else None


def _asked(query: QueryDict, words: str, age: int | None) -> Asked:
    within = query.get("within", "")
    return Asked(
        words=words,
        needs_mask=needs.to_mask(_chosen(query, "need", NEEDS)),
        age=age,
        lot_codes=frozenset(query.getlist("type")),
        modes=frozenset(_chosen(query, "mode", MODES)),
        access_mask=access.to_mask(_chosen(query, "access", ACCESS)),
        within_miles=int(within) if within in {str(one) for one in WITHIN} else None,
        taking_only=query.get("taking") == "yes",
        qualities_mask=qualities.to_mask(_chosen(query, "quality", QUALITIES)),
        weekdays=frozenset(_chosen(query, "day", WEEKDAYS)),
        halves=frozenset(_chosen(query, "time", HALVES)),
        groups=frozenset(_chosen(query, "group", GROUPS)),
        costs=frozenset(_chosen(query, "pays", COSTS)),
        sectors=frozenset(_chosen(query, "sector", SECTORS)),
        kinds=frozenset(query.getlist("kind")),
    )


def _placed(question: Question, typed: str) -> Question:
    """The question with where it asks from. A postcode we cannot place is never an error."""
    if not typed:
        return question
    placed = places.placed(typed)
    if placed is not None:
        return replace(
            question,
            postcode=postcode_from(typed) or typed,
            at=placed.at,
            is_outside=placed.is_near_our_wards is False,
        )
    note = (
        f"We do not know the postcode {typed.upper()}, so we cannot show how far away things are. "
        "Check it, or search without it."
    )
    return replace(question, postcode=typed, postcode_note=note, is_outside=True)


def _chosen(query: QueryDict, name: str, known: Mapping[str, object]) -> list:  # type: ignore[type-arg]
    return [known[value] for value in query.getlist(name) if value in known]


def _pairs(question: Question) -> Iterator[tuple[str, str]]:
    asked = question.asked
    single = (
        ("words", question.words),
        ("postcode", question.postcode),
        ("age", question.age),
        ("within", str(asked.within_miles or "")),
        ("taking", "yes" if asked.taking_only else ""),
    )
    yield from (pair for pair in single if pair[1])
    yield from (("need", need.value) for need in needs.from_mask(asked.needs_mask))
    yield from (("type", code) for code in sorted(asked.lot_codes))
    yield from (("mode", mode.value) for mode in Mode if mode in asked.modes)
    yield from (("access", one.value) for one in access.from_mask(asked.access_mask))
    yield from (("quality", one.value) for one in qualities.from_mask(asked.qualities_mask))
    yield from (("day", day) for day, number in WEEKDAYS.items() if number in asked.weekdays)
    yield from (("time", half.value) for half in Half if half in asked.halves)
    yield from (("group", size.value) for size in GroupSize if size in asked.groups)
    yield from (("pays", cost.value) for cost in Cost if cost in asked.costs)
    yield from (("kind", ref) for ref in sorted(asked.kinds))
    yield from (("sector", sector.value) for sector in Sector if sector in asked.sectors)
