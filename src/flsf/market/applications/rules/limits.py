"""What a set of questions may not ask, and must say, before it can be published.

Procurement Act 2023, section 22, and the two-step test of sections 57 and 58: rules P22, P23
and 1.4. Each breach is named, with the question it is in.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from flsf.market.applications.enums import About, Kind, PassKind
from flsf.market.applications.rules.questions import AGREED, NO, YES, Question, QuestionSet

BY_START = "by_start"  # the answer "not yet: I will have it before I start"


class Breach(Enum):
    """What is wrong, and how to mend it."""

    INSURANCE_BEFORE_AWARD = (
        "asks for insurance before an award. Offer “not yet, I will have it before I start” "
        f"(key {BY_START}) as an answer that passes, and ask for dates and papers only of those "
        "who say they have it (section 22(3)(b))."
    )
    ACCOUNTS_NOT_DUE = (
        "asks for accounts of everybody. Ask only those who say the law makes them audit theirs "
        "(section 22(3)(a))."
    )
    NO_EQUIVALENT = "names a qualification without “or equivalent” (section 22(4))."
    PAST_CONTRACT = (
        "makes a contract held before a condition. Leave it optional, with no rule to pass "
        "(section 22(3)(c))."
    )
    NO_SELF_CLEANING = (
        "is about a ground for exclusion and does not let the applicant say what has changed "
        "since (sections 57 and 58). Allow an explanation."
    )
    NO_JUSTIFICATION = "can fail an applicant and does not say why it is asked (section 22(1))."
    SAME_CODE = "has the code of another question."
    NO_SECTION = "is in a section that there is not."
    ASKED_AFTER = "depends on a question that does not come before it."
    IMPOSSIBLE = "depends on an answer, or passes with one, that cannot be given."
    TOO_FEW_OPTIONS = "offers fewer than two answers."
    NO_WORDS = "asks nothing."
    NO_KIND = "The set must ask, with code “kind”, what kind of organisation applies."


@dataclass(frozen=True, slots=True)
class Found:
    """A breach, and the question it is in."""

    breach: Breach
    code: str = ""
    asks: str = ""

    def __str__(self) -> str:
        return f"“{self.asks or self.code}” {self.breach.value}" if self.code else self.breach.value


CHOSEN = frozenset({Kind.CHOICE, Kind.MANY})
INSURED = re.compile(r"\binsur(ance|ed|er)|\bindemnit", re.IGNORECASE)
AUDITED = re.compile(
    r"\b(audited|annual|filed|statutory) (accounts|financial statements)|"
    r"\baudited\b",
    re.IGNORECASE,
)
QUALIFIED = re.compile(
    r"\bQTS\b|\bqualified teacher|\bdegree\b|\bdiploma\b|\bNVQ\b|\bPGCE\b|"
    r"\blevel \d\b|\bqualification",
    re.IGNORECASE,
)
BEFORE = re.compile(r"\b(previous|past|existing|current) (contract|framework|work for)", re.I)
EXCLUSIONS = frozenset({About.MANDATORY_EXCLUSION, About.DISCRETIONARY_EXCLUSION})


def breaches(questions: QuestionSet) -> list[Found]:
    """Everything that stands in the way of publishing the set, question by question."""
    return list(_all(questions))


def _all(questions: QuestionSet) -> Iterator[Found]:
    before: dict[str, Question] = {}
    sections = {one.code for one in questions.sections}
    for question in questions.questions:
        found = (*_of_shape(question, before, sections), *_of_law(question, before))
        for breach in dict.fromkeys(found):
            yield Found(breach, question.code, question.asks)
        before.setdefault(question.code, question)
    if "kind" not in before:
        yield Found(Breach.NO_KIND)


def _of_shape(
    question: Question, before: Mapping[str, Question], sections: set[str]
) -> Iterator[Breach]:
    if question.code in before:
        yield Breach.SAME_CODE
    if question.section not in sections:
        yield Breach.NO_SECTION
    if not question.asks.strip():
        yield Breach.NO_WORDS
    if question.kind in CHOSEN and len({key for key, _ in question.options}) < 2:
        yield Breach.TOO_FEW_OPTIONS
    for condition in question.only_if:
        asked = before.get(condition.code)
        if asked is None:
            yield Breach.ASKED_AFTER
        elif not condition.values or not set(condition.values) <= possible(asked):
            yield Breach.IMPOSSIBLE
    if not _can_pass(question):
        yield Breach.IMPOSSIBLE


def possible(question: Question) -> set[str]:
    """The answers that another question can depend on."""
    if question.kind is Kind.YES_NO:
        return {YES, NO}
    if question.kind is Kind.DECLARATION:
        return {AGREED}
    return {key for key, _ in question.options}


def _can_pass(question: Question) -> bool:
    rule = question.pass_if
    if rule is None:
        return True
    if rule.kind in (PassKind.ONE_OF, PassKind.ALL_OF):
        return bool(rule.values) and set(rule.values) <= possible(question)
    if rule.kind in (PassKind.AT_LEAST, PassKind.AT_MOST):
        is_number = question.kind in (Kind.NUMBER, Kind.MONEY)
        return is_number and len(rule.values) == 1 and rule.values[0].isdigit()
    if rule.kind is PassKind.IN_DATE:
        return question.kind is Kind.DATE
    return question.kind is Kind.DECLARATION


def _of_law(question: Question, before: Mapping[str, Question]) -> Iterator[Breach]:
    can_fail = question.pass_if is not None
    says = f"{question.asks} {question.help} {question.remedy}"
    if can_fail and not question.justification.strip():
        yield Breach.NO_JUSTIFICATION
    if question.about in EXCLUSIONS and not question.mitigation_allowed:
        yield Breach.NO_SELF_CLEANING
    demands = can_fail or question.is_required
    if not demands:
        return
    if (question.about is About.INSURANCE or INSURED.search(question.asks)) and not (
        _hangs_on(question, About.INSURANCE, before) or _may_follow(question)
    ):
        yield Breach.INSURANCE_BEFORE_AWARD
    if (question.about is About.ACCOUNTS or AUDITED.search(question.asks)) and not (
        _hangs_on(question, About.ACCOUNTS, before) or _asks_no_paper(question)
    ):
        yield Breach.ACCOUNTS_NOT_DUE
    if (
        question.about is About.QUALIFICATION or QUALIFIED.search(question.asks)
    ) and "or equivalent" not in says.lower():
        yield Breach.NO_EQUIVALENT
    if question.about is About.PAST_CONTRACTS or (can_fail and BEFORE.search(question.asks)):
        yield Breach.PAST_CONTRACT


def _may_follow(question: Question) -> bool:
    """Whether insurance may come later: a promise passes, or nothing hangs on the answer."""
    if question.kind is Kind.DECLARATION or question.pass_if is None:
        return question.kind not in (Kind.FILE, Kind.DATE)
    return question.kind is Kind.CHOICE and BY_START in question.pass_if.values


def _asks_no_paper(question: Question) -> bool:
    """Whether it asks for words about finances, which anybody can give."""
    return question.pass_if is None and question.kind is not Kind.FILE


def _hangs_on(question: Question, about: About, before: Mapping[str, Question]) -> bool:
    """Whether it is asked only of those who said yes to an earlier question about that."""
    return any(one.code in before and before[one.code].about is about for one in question.only_if)
