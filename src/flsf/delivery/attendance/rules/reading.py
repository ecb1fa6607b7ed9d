"""Reads the rows of a register: each distinct word once, each row by look-ups."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from flsf.casework.timetable.rules import Agreed
from flsf.core.half_days import Half
from flsf.delivery.attendance.enums import AbsentBecause, Came, NotHeldBecause
from flsf.delivery.attendance.rules import words
from flsf.delivery.attendance.rules.codes import school_code
from flsf.delivery.attendance.rules.days import has_begun
from flsf.delivery.attendance.rules.facts import Facts, Fault, fault_of, settled_minutes
from flsf.delivery.placements.enums import Commissioner
from flsf.delivery.placements.rules import Spell

COLUMNS = (
    *("placement", "date", "half", "happened", "why not", "came", "why absent", "minutes late"),
    *("minutes", "agreed by", "note"),
)
WIDTH = len(COLUMNS)
FACTS = slice(3, 9)
A_BLOCK = 10_000
WEEKEND = 5


class Terms(Protocol):
    """What the reader asks of a placement."""

    @property
    def id(self) -> int: ...

    @property
    def ref(self) -> str: ...

    @property
    def award_ref(self) -> str: ...

    @property
    def commissioner(self) -> Commissioner: ...

    @property
    def spells(self) -> Sequence[Spell]: ...


class RowError(NamedTuple):
    """What is wrong with a row, by number and column, and how to mend it."""

    number: int
    column: str
    value: str
    says: str


@dataclass(frozen=True, slots=True)
class Bad:
    """Words that mean nothing, or facts that do not fit."""

    column: str
    says: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day as typed once: its number for look-ups, its text for COPY."""

    day: date
    text: str
    ordinal: int
    weekday: int


class BadRow(Exception):  # caught as soon as the row is read
    """The row cannot be read, and which cell says so."""

    def __init__(self, column: str, value: object, says: str) -> None:
        super().__init__(says)
        self.column, self.value, self.says = column, value, says


class Fact(NamedTuple):
    """One way in which a session can go."""

    facts: Facts
    number: int


@dataclass(frozen=True, slots=True)
class Place:
    """A placement as rows ask for it: its spells and half-days as numbers."""

    id: int
    offset: int  # of its commissioner in the table of facts
    spells: tuple[tuple[int, int], ...]
    agreed: Mapping[int, tuple[tuple[int, int, int], ...]]
    seen: set[int]


Meaning = TypeVar("Meaning")


class Words(dict[Any, Meaning]):
    """Remembers what each typed word means, so that it is read once."""

    def __init__(self, read: Callable[[Any], Meaning]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, typed: object) -> Meaning:
        meaning = self._read(typed)
        self[typed] = meaning
        return meaning


EVER = date.max.toordinal()
COMMISSIONERS = tuple(Commissioner)


class Reader:
    """Turns rows into lines for COPY, and keeps what is wrong with the others."""

    def __init__(
        self,
        terms: Mapping[int, Terms],
        booked: Mapping[str, Sequence[Agreed]],
        london_now: datetime,
    ) -> None:
        self.errors: list[RowError] = []
        self.read = 0
        self.good = 0
        self.placement_ids: set[int] = set()
        self._now = london_now
        self._today = london_now.date().toordinal()
        self._afternoon = has_begun(london_now.date(), Half.PM, london_now)
        self._facts: list[Facts] = []
        by_ref = {one.ref: one for one in terms.values()}

        def place_with(ref: str) -> Place | None:
            one = by_ref.get(ref)
            return _place(one, booked.get(one.award_ref, ())) if one else None

        # However a reference is typed, it is one place, which has seen each session once.
        places = Words(place_with)
        self._places = Words(lambda typed: places[str(typed).strip().upper()])
        self._days = Words(_read_day)
        self._halves = Words(lambda typed: words.HALVES.get(words.plain(typed)))
        self._fact_of = Words(self._read_fact)

    def refuse(self, number: int, column: str, value: object, says: str) -> None:
        """The row is left out, and why."""
        self.good -= 1
        self.errors.append(RowError(number, column, str(value), says))

    def blocks(self, rows: Iterable[Sequence[object]], first_number: int) -> Iterator[str]:
        """The good rows as lines of COPY's text format, some thousands at a time."""
        lines: list[str] = []
        for number, row in enumerate(rows, first_number):
            self.read += 1
            self.good += 1
            try:
                lines.append(self._line(number, row))
            except BadRow as bad:
                self.refuse(number, bad.column, bad.value, bad.says)
            if len(lines) == A_BLOCK:
                yield "".join(lines)
                lines.clear()
        yield "".join(lines)

    def facts_block(self) -> str:
        """The ways in which sessions went, as lines of COPY's text format."""
        return "".join(
            "\t".join(_fact_cells(number * len(COMMISSIONERS) + offset, facts, commissioner)) + "\n"
            for number, facts in enumerate(self._facts)
            for offset, commissioner in enumerate(COMMISSIONERS)
        )

    def _line(self, number: int, row: Sequence[object]) -> str:
        if len(row) != WIDTH:
            raise BadRow(COLUMNS[0], len(row), f"A row has {WIDTH} cells.")
        place = self._places[row[0]]
        if place is None:
            raise BadRow("placement", row[0], NO_PLACEMENT)
        day = self._days[row[1]]
        if day is None:
            raise BadRow("date", row[1], NO_DAY)
        half = self._halves[row[2]]
        if half is None:
            raise BadRow("half", row[2], NO_HALF)
        fact = self._fact_of[tuple(row[FACTS])]
        if isinstance(fact, Bad):
            raise BadRow(fact.column, row[COLUMNS.index(fact.column)], fact.says)
        is_pm = half is Half.PM
        self._refuse_unlikely(row, place, day, is_pm=is_pm)
        minutes, agreed_by = self._agreed(row, place, day, is_pm=is_pm)
        given = settled_minutes(fact.facts, minutes)
        if given is None:
            raise BadRow("minutes", row[8], Fault.HOW_LONG.value)
        place.seen.add(day.ordinal * 2 + is_pm)
        self.placement_ids.add(place.id)
        note = _cell(row[10]) if row[10] else ""
        kind = fact.number * len(COMMISSIONERS) + place.offset
        extra = "t" if agreed_by else "f"
        return (
            f"{number}\t{place.id}\t{day.text}\t{half.value}\t{kind}\t{given}\t{extra}\t"
            f"{agreed_by}\t{note}\n"
        )

    def _refuse_unlikely(
        self, row: Sequence[object], place: Place, day: Day, *, is_pm: bool
    ) -> None:
        ordinal = day.ordinal
        if ordinal > self._today or (ordinal == self._today and is_pm and not self._afternoon):
            raise BadRow("date", row[1], NOT_YET)
        for first, last in place.spells:
            if first <= ordinal <= last:
                break
        else:
            raise BadRow("date", row[1], NOT_RUNNING)
        if ordinal * 2 + is_pm in place.seen:
            raise BadRow("date", row[1], TWICE)

    def _agreed(
        self, row: Sequence[object], place: Place, day: Day, *, is_pm: bool
    ) -> tuple[int | None, str]:
        """Minutes by the timetable, or who agreed to a session that is not in it."""
        minutes = 0
        for since, until, booked in place.agreed.get(day.weekday * 2 + is_pm, ()):
            if since <= day.ordinal <= until:
                minutes += booked
        if minutes:
            return minutes, ""
        by = _cell(row[9])
        if not by:
            raise BadRow("agreed by", row[9], NOT_AGREED)
        return None, by

    def _read_fact(self, cells: Any) -> Fact | Bad:
        facts = _facts_from(*cells)
        if isinstance(facts, Bad):
            return facts
        if fault := fault_of(facts):
            return Bad(COLUMN_OF[fault], fault.value)
        self._facts.append(facts)
        return Fact(facts, len(self._facts) - 1)


NO_PLACEMENT = "There is no such placement of yours. Check the reference, such as PL-7K3FD."
NO_DAY = "Write the day as 14/05/2026 or 2026-05-14."
NO_HALF = "Write am or pm."
NO_WORDS = "Write yes or no."
NOT_YET = "That session has not begun."
NOT_RUNNING = "The placement was not running on that day."
TWICE = "An earlier row is for the same session. Keep one of them."
NOT_AGREED = "That half-day is not in the agreed timetable. Say who agreed to an extra session."

COLUMN_OF: Mapping[Fault, str] = {
    Fault.WHY_NOT_HELD: "why not",
    Fault.HELD_HAS_NO_WHY: "why not",
    Fault.CHILD_CAME: "why not",
    Fault.WHY_ABSENT: "why absent",
    Fault.CAME_HAS_NO_WHY: "why absent",
    Fault.HOW_LATE: "minutes late",
    Fault.NOT_LATE: "minutes late",
    Fault.LATE_FOR_NOTHING: "came",
    Fault.HOW_LONG: "minutes",
}


def _place(terms: Terms, booked: Sequence[Agreed]) -> Place:
    agreed: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for one in booked:
        until = one.until.toordinal() if one.until else EVER
        agreed[one.half_day].append((one.since.toordinal(), until, one.minutes))
    return Place(
        id=terms.id,
        offset=COMMISSIONERS.index(terms.commissioner),
        spells=tuple(
            (
                spell.first_day.toordinal(),
                spell.last_day.toordinal() if spell.last_day else EVER,
            )
            for spell in terms.spells
        ),
        agreed={half_day: tuple(spans) for half_day, spans in agreed.items()},
        seen=set(),
    )


def _read_day(typed: object) -> Day | None:
    day = words.day_from(typed)
    if day is None:
        return None
    # A weekend has no half-day of the school week: its number finds nothing agreed.
    weekday = day.weekday() if day.weekday() < WEEKEND else WEEKEND
    return Day(day, day.isoformat(), day.toordinal(), weekday)


def _facts_from(
    happened: object, why_not: object, came: object, why_absent: object, late: object, long: object
) -> Facts | Bad:
    held = words.YES_OR_NO.get(words.plain(happened))
    if held is None:
        return Bad("happened", NO_WORDS)
    not_held_because = words.choice_from(why_not, NotHeldBecause)
    if not_held_because is None and words.plain(why_not):
        return Bad("why not", f"Write one of: {words.labels(NotHeldBecause)}.")
    child_came = words.CAME.get(words.plain(came))
    if child_came is None:
        return Bad("came", f"Write one of: {words.labels(Came)}.")
    absent_because = words.choice_from(why_absent, AbsentBecause)
    if absent_because is None and words.plain(why_absent):
        return Bad("why absent", f"Write one of: {words.labels(AbsentBecause)}.")
    numbers = [words.number_from(typed) if words.plain(typed) else 0 for typed in (late, long)]
    if None in numbers:
        column = "minutes late" if numbers[0] is None else "minutes"
        return Bad(column, "Write a whole number of minutes.")
    return Facts(
        held=held,
        not_held_because=not_held_because,
        came=child_came,
        absent_because=absent_because,
        minutes_late=numbers[0] or 0,
        minutes=numbers[1] or None,
    )


def _fact_cells(number: int, facts: Facts, commissioner: Commissioner) -> Collection[str]:
    code = school_code(
        commissioner,
        held=facts.held,
        came=facts.came,
        absent_because=facts.absent_because,
        not_held_because=facts.not_held_because,
    )
    return (
        str(number),
        "t" if facts.held else "f",
        facts.not_held_because or "",
        facts.came,
        facts.absent_because or "",
        str(facts.minutes_late),
        code,
    )


def _cell(typed: object) -> str:
    """Free text as COPY takes it: on one line, its own marks escaped."""
    text = str(typed).strip()
    for mark, escaped in (("\\", "\\\\"), ("\t", " "), ("\r", " "), ("\n", " "), ("\0", "")):
        text = text.replace(mark, escaped)
    return text
