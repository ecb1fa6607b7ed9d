"""What a set of questions is: data that staff edit, read the same by every page and rule."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeAlias

from flsf.market.applications.enums import About, Kind, PassKind, Variant
from flsf.market.checks.enums import Group, Theme

Pairs: TypeAlias = tuple[tuple[str, str], ...]
BETWEEN = "--"  # of a question asked for each lot: its own code, then the lot's
YES, NO, AGREED = "yes", "no", "agreed"


@dataclass(frozen=True, slots=True)
class Pass:
    """When an answer passes. `values`: the answers, or the one number (pence for money)."""

    kind: PassKind
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnlyIf:
    """Asked only when an earlier answer is one of these."""

    code: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked. Empty lots or variants: asked of all.

    `page` gathers questions of a section on one page. `check` is the check of market.checks
    that the answer is evidence for. `fills` names what is known of a provider already.
    """

    code: str
    kind: Kind
    asks: str
    section: str
    page: int = 1
    help: str = ""
    options: Pairs = ()
    lots: tuple[str, ...] = ()
    each_lot: bool = False
    variants: tuple[Variant, ...] = ()
    only_if: tuple[OnlyIf, ...] = ()
    not_needed: str = ""  # what to say when an earlier answer spares the applicant
    is_required: bool = True
    pass_if: Pass | None = None
    remedy: str = ""  # what would pass, in words
    mitigation_allowed: bool = False
    mitigation_asks: str = ""
    expires_after: int | None = None  # months; None: it does not
    is_reusable: bool = True
    is_public: bool = False
    theme: Theme = Theme.LEGAL
    group: Group = Group.NONE
    about: About = About.GENERAL
    check: str = ""
    fills: str = ""
    unit: str = ""  # of money: what the price is for
    justification: str = ""
    source: str = ""

    def with_lot(self, code: str, name: str, unit: str) -> "Question":
        """The question as asked for one lot."""
        return replace(
            self,
            code=f"{self.code}{BETWEEN}{code}",
            asks=self.asks.replace("{lot}", name).replace("{unit}", unit),
            unit=unit or self.unit,
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A task of the list."""

    code: str
    title: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What is asked of whoever applies."""

    title: str
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    def question(self, code: str) -> Question | None:
        """The question of that code, or of the code before a lot's."""
        plain = code.split(BETWEEN, maxsplit=1)[0]
        return next((one for one in self.questions if one.code == plain), None)


def as_data(questions: QuestionSet) -> dict[str, Any]:
    """The set as kept; `from_data` reads it back the same."""
    data: dict[str, Any] = json.loads(json.dumps(asdict(questions)))
    return data


def from_data(data: Mapping[str, Any]) -> QuestionSet:
    """The set that was kept so."""
    return QuestionSet(
        title=data["title"],
        sections=tuple(Section(**one) for one in data["sections"]),
        questions=tuple(question_from_data(one) for one in data["questions"]),
    )


def question_from_data(data: Mapping[str, Any]) -> Question:
    """One question as kept."""
    passing = data["pass_if"]
    return Question(
        **dict(data)
        | {
            "kind": Kind(data["kind"]),
            "options": tuple((key, label) for key, label in data["options"]),
            "lots": tuple(data["lots"]),
            "variants": tuple(Variant(one) for one in data["variants"]),
            "only_if": tuple(OnlyIf(one["code"], tuple(one["values"])) for one in data["only_if"]),
            "pass_if": Pass(PassKind(passing["kind"]), tuple(passing["values"]))
            if passing
            else None,
            "theme": Theme(data["theme"]),
            "group": Group(data["group"]),
            "about": About(data["about"]),
        }
    )


def fingerprint(data: Mapping[str, Any] | Sequence[Any]) -> str:
    """The same for the same content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
