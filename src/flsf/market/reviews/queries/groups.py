"""How a provider stands in the four check groups (cabinet report, paragraph 24; S108-S111)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Group
from flsf.market.checks.enums import Standing as CheckStanding
from flsf.market.checks.queries import CheckStanding as Shown
from flsf.market.reviews import queries, rules
from flsf.market.reviews.enums import GUIDANCE, POLICIES, Standing, Subject
from flsf.market.reviews.queries import Reviewed
from flsf.market.staff import queries as staff
from flsf.market.standards import queries as standards
from flsf.market.standards.enums import Kind
from flsf.market.standards.queries import Kept, StandardRow

GROUPS = tuple(one for one in Group if one is not Group.NONE)
# The worst of a group's lines says how the provider stands in it.
WORST_FIRST = (Standing.OVERDUE, Standing.NEVER, Standing.CHANGES, Standing.DUE_SOON)
MISSING = frozenset({Standing.OVERDUE, Standing.NEVER, Standing.CHANGES})
OF_CHECK = {
    CheckStanding.IN_DATE: Standing.IN_DATE,
    CheckStanding.DUE_SOON: Standing.DUE_SOON,
    CheckStanding.OVERDUE: Standing.OVERDUE,
}
PROCEDURE_OR_STANDARDS = {
    Group.SAFEGUARDING: Kind.SAFEGUARDING,
    Group.GUIDANCE: Kind.STANDARDS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was or is to be checked: against what, by whom, when and until when."""

    what: str
    against: str
    standing: Standing
    by: str = ""
    on: date | None = None
    until: date | None = None
    words: str = ""
    subject: str = ""  # of a policy or guidance, by which it is reviewed again

    @property
    def is_missing(self) -> bool:
        return self.standing in MISSING


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """A check group with all its lines."""

    group: Group
    lines: Sequence[Line]

    @property
    def standing(self) -> Standing:
        """The worst of its lines."""
        seen = {one.standing for one in self.lines}
        return next((one for one in WORST_FIRST if one in seen), Standing.IN_DATE)

    @property
    def missing(self) -> list[str]:
        """What is missing, by name."""
        return [one.what for one in self.lines if one.is_missing]


def standing_in_groups(
    provider_id: int, *, person: Person, on: date, shown: Sequence[Shown], kept: Kept
) -> list[GroupStanding]:
    """How one provider stands in each group on a day. `shown` and `kept` are what checks and
    standards say of it; ten queries more, however much was checked.
    """
    asked = {one.code: (Group(one.group), one.source) for one in checks.every()}
    held = {kind: standards.in_force(kind, on=on) for kind in Kind}
    found = queries.reviewed([provider_id], person=person, on=on)[provider_id]
    lines: dict[Group, list[Line]] = {one: [] for one in GROUPS}
    for one in shown:
        group, source = asked.get(one.code, (Group.NONE, ""))
        if group in lines and one.standing in OF_CHECK:
            lines[group].append(_of_check(one, source))
    for group, kind in PROCEDURE_OR_STANDARDS.items():
        lines[group] += _kept(held[kind], kept, kind)
    lines[Group.POLICIES] += _reviews(found, POLICIES, "Read: ")
    lines[Group.STAFF] += _people(provider_id, person, on)
    lines[Group.GUIDANCE] += _reviews(found, GUIDANCE)
    return [GroupStanding(group, lines[group]) for group in GROUPS]


def _of_check(one: Shown, source: str) -> Line:
    return Line(
        what=one.name,
        against=source,
        standing=OF_CHECK[one.standing],
        by=one.seen_by,
        on=london_day(one.seen_at) if one.seen_at else None,
        until=one.expires_on,
    )


def _kept(held: StandardRow | None, kept: Kept, kind: Kind) -> Iterator[Line]:
    """Whether the provider keeps to the version in force, and what was found there last."""
    if held is None:
        return
    said = next((one for one in kept.said[kind] if one.version == held.version), None)
    yield Line(
        what=f"Keeps to the {str(kind.label).lower()}",
        against=f"Version {held.version}",
        standing=Standing.IN_DATE if said else Standing.NEVER,
        by=said.by if said else "",
        on=london_day(said.at) if said else None,
    )
    looked = next((one for one in kept.looked if one.kind is kind), None)
    if looked is not None:
        yield Line(
            what=f"Checked against the {str(kind.label).lower()}",
            against=f"Version {looked.version}",
            standing=Standing.IN_DATE if looked.outcome == "met" else Standing.CHANGES,
            by=looked.by,
            on=looked.checked_on,
            words=looked.words,
        )


def _reviews(
    found: Mapping[Subject, Reviewed], subjects: Sequence[Subject], prefix: str = ""
) -> Iterator[Line]:
    for subject in subjects:
        one = found[subject]
        newer = f"Now in force: {one.newer}. " if one.newer else ""
        yield Line(
            what=f"{prefix}{subject.label}",
            against=one.against or rules.READ_BESIDE_OTHERS.get(subject, ""),
            standing=one.standing,
            by=one.reviewed_by,
            on=one.reviewed_on,
            until=one.due_on,
            words=f"{newer}{one.words}",
            subject=subject.value,
        )


def _people(provider_id: int, person: Person, on: date) -> Iterator[Line]:
    """The staff register in a line, and the letter about staff checks."""
    people = staff.register(provider_id, person=person, on=on)
    lacking = sum(bool(one.why_not) for one in people)
    if people:
        words = f"{len(people)} on the register, {len(people) - lacking} with every check in date"
        standing = Standing.OVERDUE if lacking else Standing.IN_DATE
    else:
        words, standing = "Nobody is on the staff register yet", Standing.NEVER
    yield Line(
        what="Everybody on the staff register",
        against="What each one's work needs",
        standing=standing,
        words=words,
    )
    letter = staff.letter(provider_id, on=on)
    yield Line(
        what="Letter about staff checks",
        against="Keeping children safe in education: written confirmation",
        standing=Standing.IN_DATE if letter else Standing.NEVER,
        by=letter.given_by if letter else "",
        on=letter.given_on if letter else None,
        until=letter.expires_on if letter else None,
    )
