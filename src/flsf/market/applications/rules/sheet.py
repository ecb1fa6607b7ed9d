"""All that is asked of one applicant, with what they said and whether it would pass."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flsf.core.dates import in_words
from flsf.core.money import Money
from flsf.market.applications.enums import Kind, PassKind, Result, Variant
from flsf.market.applications.rules.questions import Question, QuestionSet, Section
from flsf.market.applications.rules.typed import Value, in_plain_words, read

# The answers that tell which variants apply; every set has these two questions.
KIND_OF_APPLICANT, AREA = "kind", "area"
NATIONAL = "national"
BLOCKING = frozenset({Result.UNREADABLE, Result.FAILED})


@dataclass(frozen=True, slots=True)
class WantedLot:
    """A lot that is applied for: what its questions need to know of it."""

    code: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed in answer to one question, and why it should do though it fails.

    `told_on`: the day on which it was told in another application, from which it was filled in;
    whoever applies has not looked at it yet.
    """

    typed: tuple[str, ...] = ()
    mitigation: str = ""
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer, and what became of it. `trouble` is for whoever typed it."""

    question: Question
    said: Said
    value: Value
    result: Result
    trouble: str = ""

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def words(self) -> str:
        return in_plain_words(self.question, self.value)

    @property
    def is_settled(self) -> bool:
        """Nothing more is needed here before it can be sent."""
        if self.said.told_on is not None:
            return False
        if self.result is Result.MISSING:
            return not self.question.is_required
        return self.result not in BLOCKING


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every question that is asked of the applicant, in order."""

    sections: tuple[Section, ...]
    judged: tuple[Judged, ...]
    by_code: Mapping[str, Judged] = field(default_factory=dict)
    spared: tuple[Question, ...] = ()  # what an answer makes needless

    @property
    def waiting(self) -> tuple[Judged, ...]:
        """What stands in the way of sending it."""
        return tuple(one for one in self.judged if not one.is_settled)

    @property
    def is_ready(self) -> bool:
        return not self.waiting

    def of_section(self, code: str, page: int | None = None) -> list[Judged]:
        """What a section asks, or one page of it."""
        return [
            one
            for one in self.judged
            if one.question.section == code and page in (None, one.question.page)
        ]

    def pages(self) -> list[tuple[str, int]]:
        """Every (section, page) that asks anything, in order."""
        order = {one.code: place for place, one in enumerate(self.sections)}
        found = dict.fromkeys((one.question.section, one.question.page) for one in self.judged)
        return sorted(found, key=lambda pair: (order.get(pair[0], len(order)), pair[1]))


def judge(
    questions: QuestionSet,
    answers: Mapping[str, Said],
    *,
    lots: Sequence[WantedLot],
    on: date,
) -> Sheet:
    """What is asked given what was said so far, and how each answer stands on that day."""
    judged: dict[str, Judged] = {}
    spared = []
    for question in questions.questions:
        if not _is_asked(question, judged, lots):
            if question.not_needed and _is_spared(question, judged):
                spared.append(question)
            continue
        for one in _expanded(question, lots):
            judged[one.code] = judge_one(one, answers.get(one.code, Said()), on=on)
    order = {one.code: place for place, one in enumerate(questions.sections)}
    ordered = sorted(
        judged.values(), key=lambda one: (order[one.question.section], one.question.page)
    )
    return Sheet(questions.sections, tuple(ordered), judged, tuple(spared))


def _is_asked(question: Question, before: Mapping[str, Judged], lots: Sequence[WantedLot]) -> bool:
    if question.lots and not {one.code for one in lots} & set(question.lots):
        return False
    if question.variants and not variants(before) & set(question.variants):
        return False
    return all(
        one.code in before and _answers(before[one.code]) & set(one.values)
        for one in question.only_if
    )


def _is_spared(question: Question, before: Mapping[str, Judged]) -> bool:
    """Whether the answers it depends on have been given, rather than are still to come."""
    return all(one.code in before and _answers(before[one.code]) for one in question.only_if)


def variants(judged: Mapping[str, Judged]) -> set[Variant]:
    """Which variants the applicant is of, as far as they have said."""
    found = set()
    if KIND_OF_APPLICANT in judged and judged[KIND_OF_APPLICANT].value:
        found.add(Variant(str(judged[KIND_OF_APPLICANT].value)))
    if AREA in judged and judged[AREA].value == NATIONAL:
        found.add(Variant.NATIONAL)
    return found


def _answers(one: Judged) -> set[str]:
    value = one.value
    return set(value) if isinstance(value, list) else set() if value is None else {str(value)}


def _expanded(question: Question, lots: Sequence[WantedLot]) -> Iterator[Question]:
    if not question.each_lot:
        yield question
        return
    for lot in lots:
        if not question.lots or lot.code in question.lots:
            yield question.with_lot(lot.code, lot.name, lot.unit)


def judge_one(question: Question, said: Said, *, on: date) -> Judged:
    """One answer, as it stands on a day."""
    found = read(question, said.typed)
    if found.trouble:
        return Judged(question, said, None, Result.UNREADABLE, found.trouble)
    if found.value is None:
        return Judged(question, said, None, Result.MISSING)
    if question.pass_if is None:
        return Judged(question, said, found.value, Result.TAKEN)
    trouble = failing(question, found.value, on=on)
    if not trouble:
        return Judged(question, said, found.value, Result.PASSED)
    if question.mitigation_allowed and said.mitigation.strip():
        return Judged(question, said, found.value, Result.EXPLAINED, trouble)
    return Judged(question, said, found.value, Result.FAILED, trouble)


def failing(question: Question, value: Value, *, on: date) -> str:
    """Why the answer would not pass, and what would; empty if it passes."""
    rule = question.pass_if
    if rule is None or _passes(rule.kind, rule.values, value, on):
        return ""
    if rule.kind is PassKind.IN_DATE:
        ended = in_words(date.fromisoformat(str(value)))
        return f"This ran out on {ended}. It passes with a date of {in_words(on)} or later." + (
            f" {question.remedy}" if question.remedy else ""
        )
    return f"This would not pass. {question.remedy or what_passes(question)}"


def _passes(kind: PassKind, values: Sequence[str], value: Value, on: date) -> bool:
    if kind in (PassKind.ONE_OF, PassKind.AGREED):
        return kind is PassKind.AGREED or str(value) in values
    if kind is PassKind.ALL_OF:
        return isinstance(value, list) and set(values) <= set(value)
    if kind is PassKind.IN_DATE:
        return date.fromisoformat(str(value)) >= on
    number, limit = int(str(value)), int(values[0])
    return number >= limit if kind is PassKind.AT_LEAST else number <= limit


def what_passes(question: Question) -> str:
    """What passes, in words; empty if any answer does."""
    rule = question.pass_if
    if rule is None:
        return ""
    labels = dict(question.options) | {"yes": "Yes", "no": "No"}
    if rule.kind is PassKind.ONE_OF:
        return f"It passes with: {' or '.join(labels.get(one, one) for one in rule.values)}."
    if rule.kind is PassKind.ALL_OF:
        return f"It passes with all of: {', '.join(labels.get(one, one) for one in rule.values)}."
    if rule.kind is PassKind.IN_DATE:
        return "It passes with a date that has not gone by on the day you send it."
    if rule.kind is PassKind.AGREED:
        return "It passes when you agree."
    amount = str(Money(int(rule.values[0]))) if question.kind is Kind.MONEY else rule.values[0]
    least = "at least" if rule.kind is PassKind.AT_LEAST else "at most"
    return f"It passes with {least} {amount}."
