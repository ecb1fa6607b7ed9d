"""Reads of the debarment list and of exclusions."""

from collections.abc import Collection
from datetime import date
from typing import TypeAlias

from django.db.models import F, Q, QuerySet

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.exclusions.enums import Bar, CaseStatus, MatchStatus
from flsf.market.exclusions.models import Case, ListEntry, ListVersion, Match, Sweep

BY_STATUS = {CaseStatus.OPEN.value: Bar.BEING_DECIDED, CaseStatus.EXCLUDED.value: Bar.EXCLUDED}
BARRED_BY = ("organisation", "status")

MatchRow: TypeAlias = Match
CaseRow: TypeAlias = Case

EXCLUDED, TO_SETTLE = Bar.EXCLUDED.words, Bar.TO_SETTLE.words


class MayNotBeAwarded(Refusal):
    """Says why the supplier is awarded nothing."""

    says = "Nothing may be awarded to them today."

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        return f"{self.why}." if self.why else self.says


def in_force() -> ListVersion | None:
    """The version of the list that was taken in last."""
    return ListVersion.objects.select_related("taken_in_by").order_by("-taken_in_at", "-pk").first()


def entry_keys() -> frozenset[str]:
    """What names each entry of the list in force; nothing without one."""
    latest = in_force()
    return frozenset(latest.entries.values_list("key", flat=True)) if latest else frozenset()


def entries(version: ListVersion) -> list[ListEntry]:
    """What a version lists."""
    return list(version.entries.order_by("pk"))


def last_sweep(*, person: Person) -> Sweep | None:
    """When everybody was last looked for on the list."""
    found = Sweep.objects.visible_to(person).select_related("version", "done_by")
    return found.order_by("-done_at", "-pk").first()


def matches(*, person: Person, status: str = "") -> QuerySet[Match]:
    """Matches with the list, those to look at first, then the newest."""
    found = Match.objects.visible_to(person).select_related("organisation", "entry", "settled_by")
    found = found.filter(status=status) if status else found
    return found.order_by(F("settled_at").desc(nulls_first=True), "-found_at", "pk")


def match_with_ref(ref: str, *, person: Person) -> Match | None:
    """The match, if there is one and this person may see it."""
    return matches(person=person).filter(ref=ref.strip().upper()).first()


def cases(
    *, person: Person, organisation_id: int | None = None, open_only: bool = False
) -> QuerySet[Case]:
    """Cases, those that are open first, then the newest."""
    found = Case.objects.visible_to(person).select_related(
        "organisation", "match__entry", "opened_by", "answered_by", "decided_by", "ended_by"
    )
    if organisation_id is not None:
        found = found.filter(organisation=organisation_id)
    if open_only:
        found = found.filter(status=CaseStatus.OPEN)
    return found.order_by(F("decided_at").desc(nulls_first=True), "-opened_at", "pk")


def case_with_ref(ref: str, *, person: Person) -> Case | None:
    """The case, if there is one and this person may see it."""
    return cases(person=person).filter(ref=ref.strip().upper()).first()


def own_cases(*, person: Person) -> QuerySet[Case]:
    """Those about the person's own organisation."""
    return cases(person=person).filter(organisation__in=person.reach.organisation_ids)


def to_tell_minister(*, person: Person) -> QuerySet[Case]:
    """Cases of which the Minister is still to be told, the most pressing first."""
    found = cases(person=person).filter(minister_due_on__isnull=False, minister_told_on=None)
    return found.order_by("minister_due_on", "pk")


def why_none(
    organisation_ids: Collection[int], *, on: date, open_cases: bool = True
) -> dict[int, str]:
    """Why nothing may be awarded to some of these suppliers that day, by organisation.

    Not in it: nothing stands in the way (section 57). An entry that the latest version of the
    list no longer has, or that has ended, stands in nobody's way. `open_cases`: nor is anything
    awarded while it is being decided whether somebody is excluded. Two queries.
    """
    found = bars(on=on, organisation_ids=organisation_ids)
    return {
        organisation: bar.words
        for organisation, bar in found.items()
        if open_cases or bar is not Bar.BEING_DECIDED
    }


def bars(*, on: date, organisation_ids: Collection[int] | None = None) -> dict[int, Bar]:
    """The same of everybody, or of some, as it is kept: the heaviest of each. Two queries."""
    latest = ListVersion.objects.order_by("-taken_in_at", "-pk").values("pk")[:1]
    waiting = Match.objects.filter(status=MatchStatus.OPEN, entry__version=latest).filter(
        Q(entry__last_day=None) | Q(entry__last_day__gte=on)
    )
    standing = Case.objects.filter(status__in=BY_STATUS)
    if organisation_ids is not None:
        waiting = waiting.filter(organisation__in=organisation_ids)
        standing = standing.filter(organisation__in=organisation_ids)
    found: dict[int, Bar] = {}
    cases_found = [(of, BY_STATUS[status]) for of, status in standing.values_list(*BARRED_BY)]
    for bar in (Bar.BEING_DECIDED, Bar.TO_SETTLE, Bar.EXCLUDED):
        found |= {of: bar for of, by_case in cases_found if by_case is bar}
        if bar is Bar.TO_SETTLE:
            found |= dict.fromkeys(waiting.values_list("organisation", flat=True), bar)
    return found


def is_excluded(organisation_id: int) -> bool:
    """Whether the supplier is excluded today."""
    return Case.objects.filter(organisation=organisation_id, status=CaseStatus.EXCLUDED).exists()


def refuse_if_excluded(organisation_id: int, *, on: date) -> None:
    """Nothing is awarded to whoever is excluded or may be debarred (sections 45(6) and 57).

    Raises MayNotBeAwarded.
    """
    if why := why_none([organisation_id], on=on).get(organisation_id):
        raise MayNotBeAwarded(why)
