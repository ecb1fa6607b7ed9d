"""The only writes of children, their contacts and who may see them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError, Q

from flsf.casework.children import rules
from flsf.casework.children.enums import Basis, Detail, Relation, Schooling, Tag
from flsf.casework.children.models import Child, Contact, Disclosure, FamilyCheck
from flsf.core import access, needs
from flsf.core.clock import london_day
from flsf.core.geo import Point, postcode_from
from flsf.core.people import Person
from flsf.core.refs import new_ref
from flsf.core.refusals import Refusal
from flsf.shared.audit import actions as audit
from flsf.shared.places import queries as places


class NotAChild(Refusal):
    says = "The date of birth is in the future, or makes them older than 25. Check the year."


class UpnTaken(Refusal):
    says = "Another child has that UPN. Check the number, or open that child's record."


class SchoolMissing(Refusal):
    says = "Choose the school, or say that the child is not on a school's roll."


class AlreadyEnded(Refusal):
    says = "The last day must not be before the first. Check the two dates."


class ReasonMissing(Refusal):
    says = "Write how you know: the decision stands with its reason."


class SettledAlready(Refusal):
    says = "Somebody has decided this already. Read what they wrote."


class StillNeeded(Refusal):
    says = "Something already rests on these children's records, so they cannot be taken back."

    def __init__(self, added: str = "") -> None:
        super().__init__(added)
        self.added = added

    def __str__(self) -> str:
        if not self.added:
            return self.says
        return f"Something was added to these records since, so none is taken back: {self.added}."


@transaction.atomic
def add_child(*, facts: rules.Facts, by: Person, at: datetime) -> Child:
    """The child has a record. Raises NotAChild, UpnTaken and SchoolMissing."""
    _check(facts, london_day(at))
    child = _filled(Child(ref=_fresh_refs(1)[0], added_at=at), facts)
    _place([child])
    child.save()
    audit.record(tag=Tag.ADDED, subject=f"child {child.ref}", details={}, by=by, at=at)
    return child


@transaction.atomic
def change(*, child_id: int, facts: rules.Facts, by: Person, at: datetime) -> list[str]:
    """The record says this from now on; a school that the child left sees it no longer.

    Returns the names of the columns that changed. Raises NotAChild, UpnTaken and
    SchoolMissing.
    """
    child = Child.objects.select_for_update(of=("self",)).get(pk=child_id)
    _check(facts, london_day(at), but_for=child_id)
    before = {name: getattr(child, name) for name in _COLUMNS}
    was_on_roll = child.schooling == Schooling.ON_ROLL
    _filled(child, facts)
    changed = [name for name in _COLUMNS if before[name] != getattr(child, name)]
    if not changed:
        return []
    if "postcode" in changed:
        _place([child])
    child.save()
    is_on_roll = child.schooling == Schooling.ON_ROLL
    if "school_id" in changed or (was_on_roll and not is_on_roll):
        stays = places.organisation_of(child.school_id) if is_on_roll else None
        _close(
            Q(child=child, basis=Basis.ON_ROLL, organisation__isnull=False)
            & ~Q(organisation=stays),
            last_day=london_day(at) - timedelta(days=1),
            by=by,
            at=at,
        )
    audit.record(
        tag=Tag.CHANGED, subject=f"child {child.ref}", details={"columns": changed}, by=by, at=at
    )
    return changed


@transaction.atomic
def add_contact(*, child_id: int, contact: rules.ContactFacts, by: Person, at: datetime) -> Contact:
    """The person is known as a contact of the child, and how it is safe to reach them."""
    child = Child.objects.get(pk=child_id)
    made = Contact.objects.create(child=child, **asdict(contact))
    audit.record(
        tag=Tag.CONTACT_ADDED,
        subject=f"child {child.ref}",
        details={"contact": made.pk, "relation": Relation(contact.relation).value},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def name_worker(*, child_id: int, worker_id: int, by: Person, at: datetime) -> None:
    """The person is the child's named worker; whoever was is no longer (S194)."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child_id)
    if child.named_worker_id == worker_id:
        return
    before, child.named_worker_id = child.named_worker_id, worker_id
    child.save(update_fields=["named_worker"])
    audit.record(
        tag=Tag.WORKER_NAMED,
        subject=f"child {child.ref}",
        details={"before": before, "now": worker_id},
        by=by,
        at=at,
    )


@transaction.atomic
def disclose(
    *,
    child_id: int,
    organisation_id: int | None = None,
    person_id: int | None = None,
    detail: Detail,
    basis: Basis,
    because: str,
    since: date,
    until: date | None = None,
    by: Person,
    at: datetime,
) -> Disclosure:
    """From `since` to `until` the organisation or the person may see the child.

    `because` is the reference that opened it: by it the disclosure is closed again. The
    same disclosure opened twice stays one. Raises AlreadyEnded.
    """
    if until is not None and until < since:
        raise AlreadyEnded
    child = Child.objects.select_for_update(of=("self",)).get(pk=child_id)
    same = Disclosure.objects.filter(
        child=child,
        organisation=organisation_id,
        person=person_id,
        detail=detail,
        basis=basis,
        because=because,
        since__lte=since,
        until=until,
    ).first()
    if same is not None:
        return same
    made = Disclosure.objects.create(
        child=child,
        organisation_id=organisation_id,
        person_id=person_id,
        detail=detail,
        basis=basis,
        because=because,
        since=since,
        until=until,
        opened_by_id=by.pk,
        opened_at=at,
    )
    _record_disclosure(Tag.DISCLOSED, child.ref, made, until=until, by=by, at=at)
    return made


@transaction.atomic
def ask_who(
    *,
    child_id: int,
    person_id: int,
    relation: Relation,
    because: str,
    follows: bool,
    by: Person,
    at: datetime,
) -> FamilyCheck:
    """An officer is to find out whether the child is theirs, once for both.

    With `follows` they meanwhile see where their own request stands, and no name.
    """
    child = Child.objects.select_for_update(of=("self",)).get(pk=child_id)
    if follows:
        disclose(
            child_id=child_id,
            person_id=person_id,
            detail=Detail.SUMMARY,
            basis=Basis.SAYS_FAMILY,
            because=because,
            since=london_day(at),
            by=by,
            at=at,
        )
    made, is_new = FamilyCheck.objects.get_or_create(
        child=child,
        person_id=person_id,
        is_theirs=None,
        defaults={"relation": relation, "because": because, "asked_at": at},
    )
    if is_new:
        audit.record(
            tag=Tag.FAMILY_SAID, subject=f"child {child.ref}", details={"by": because}, by=by, at=at
        )
    return made


@transaction.atomic
def settle_who(*, check_id: int, is_theirs: bool, reason: str, by: Person, at: datetime) -> None:
    """The person sees the child as their own, or nothing of it any more.

    Raises ReasonMissing, and SettledAlready to the second of two officers.
    """
    if not reason.strip():
        raise ReasonMissing
    check = FamilyCheck.objects.select_for_update(of=("self",)).get(pk=check_id)
    if check.is_theirs is not None:
        raise SettledAlready
    check.is_theirs, check.reason = is_theirs, reason.strip()
    check.settled_by_id, check.settled_at = by.pk, at
    check.save()
    today = london_day(at)
    said = Q(child=check.child_id, person=check.person_id, basis=Basis.SAYS_FAMILY)
    _close(said, last_day=date.fromordinal(today.toordinal() - 1), by=by, at=at)
    if is_theirs:
        disclose(
            child_id=check.child_id,
            person_id=check.person_id,
            detail=Detail.WORKING,
            basis=Basis.SELF if check.relation == Relation.SELF else Basis.PARENT_OF,
            because=check.because,
            since=today,
            by=by,
            at=at,
        )
    audit.record(
        tag=Tag.FAMILY_SETTLED,
        subject=f"child {check.child.ref}",
        details={"is_theirs": is_theirs, "check": check.pk},
        by=by,
        at=at,
    )


@transaction.atomic
def close_disclosures(*, because: str, last_day: date, by: Person, at: datetime) -> int:
    """What that reference opened shows nothing after its last day. Says how many it closed.

    One that would begin later never shows anything at all.
    """
    return _close(Q(because=because), last_day=last_day, by=by, at=at)


@transaction.atomic
def close_disclosure(*, disclosure_id: int, last_day: date, by: Person, at: datetime) -> int:
    """That one disclosure shows nothing after its last day."""
    return _close(Q(pk=disclosure_id), last_day=last_day, by=by, at=at)


@transaction.atomic
def take_in_many(*, children: Sequence[rules.Facts], by: Person, at: datetime) -> list[int]:
    """Every child has a record, in the order given; their ids are returned.

    For imports and set-up: the caller has said which rows are bad. Raises NotAChild,
    UpnTaken and SchoolMissing for the first that cannot be.
    """
    today = london_day(at)
    numbers = [number for one in children if (number := rules.tidy_upn(one.upn))]
    if len(set(numbers)) < len(numbers) or Child.objects.filter(upn__in=numbers).exists():
        raise UpnTaken
    for one in children:
        _check_alone(one, today)
    refs = _fresh_refs(len(children))
    made = [
        _filled(Child(ref=ref, added_at=at), one) for ref, one in zip(refs, children, strict=True)
    ]
    _place(made)
    Child.objects.bulk_create(made, batch_size=1000)
    audit.record(
        tag=Tag.ADDED, subject=f"children {len(made)}", details={"refs": refs}, by=by, at=at
    )
    return [child.pk for child in made]


@transaction.atomic
def take_back_many(*, child_ids: Sequence[int], by: Person, at: datetime) -> None:
    """The records are gone, as if never taken in. Raises StillNeeded and keeps them all.

    Only to undo an import on which nothing rests yet: what was added to a record since is
    named, and where.
    """
    found = Child.objects.select_for_update(of=("self",)).filter(pk__in=child_ids)
    refs = [child.ref for child in found]
    if added := _added_to(child_ids):
        raise StillNeeded(added)
    try:
        Child.objects.filter(pk__in=child_ids).delete()
    except ProtectedError as error:
        raise StillNeeded from error
    audit.record(
        tag=Tag.TAKEN_BACK, subject=f"children {len(refs)}", details={"refs": refs}, by=by, at=at
    )


def _added_to(child_ids: Sequence[int]) -> str:
    """What people have put beside the records, each by the child's reference; empty if nothing."""
    # A disclosure that was taken back before it began has shown nothing.
    shown = Q(until=None) | Q(until__gte=F("since"))
    kinds = (
        ("a contact", Contact.objects.filter(child__in=child_ids)),
        ("leave to see it", Disclosure.objects.filter(shown, child__in=child_ids)),
        ("somebody to be checked", FamilyCheck.objects.filter(child__in=child_ids)),
    )
    told = [
        f"{words} for {ref}"
        for words, rows in kinds
        for ref in rows.order_by("child__ref").values_list("child__ref", flat=True).distinct()
    ]
    named = Child.objects.filter(pk__in=child_ids, named_worker__isnull=False).order_by("ref")
    told += [f"a named worker for {ref}" for ref in named.values_list("ref", flat=True)]
    more = f", and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
    return ", ".join(told[:MOST_NAMED]) + more


MOST_NAMED = 5

_COLUMNS = (
    *("first_name", "last_name", "preferred_name", "birth_date", "upn", "postcode"),
    *("schooling", "school_id", "sen_stage", "plan_ref", "care", "needs_mask", "main_need"),
    *("access_mask", "strengths", "about", "health_notes", "contact_caution"),
)


def _filled(child: Child, facts: rules.Facts) -> Child:
    plain: dict[str, Any] = asdict(facts)
    plain["needs_mask"] = needs.to_mask(plain.pop("needs"))
    plain["access_mask"] = access.to_mask(plain.pop("access"))
    plain["main_need"] = plain["main_need"] or ""
    plain["upn"] = rules.tidy_upn(facts.upn)
    plain["postcode"] = postcode_from(facts.postcode) or ""
    for name, value in plain.items():
        setattr(child, name, value)
    return child


def _place(children: Sequence[Child]) -> None:
    """Where each child lives, in metres of the grid; nowhere if the postcode is not known."""
    points = places.locate_many([child.postcode for child in children if child.postcode])
    for child in children:
        point: Point | None = points.get(child.postcode)
        child.easting = point.easting if point else None
        child.northing = point.northing if point else None


def _check(facts: rules.Facts, today: date, *, but_for: int | None = None) -> None:
    _check_alone(facts, today)
    number = rules.tidy_upn(facts.upn)
    with_it = Child.objects.filter(upn=number) if number else Child.objects.none()
    if any(pk != but_for for pk in with_it.values_list("pk", flat=True)):
        raise UpnTaken


def _check_alone(facts: rules.Facts, today: date) -> None:
    if rules.birth_date_trouble(facts.birth_date, today):
        raise NotAChild
    if facts.schooling == Schooling.ON_ROLL and facts.school_id is None:
        raise SchoolMissing


def _fresh_refs(count: int) -> list[str]:
    """That many references that no child has."""
    fresh: list[str] = []
    while len(fresh) < count:
        made = {new_ref("C") for _ in range(count - len(fresh))} - set(fresh)
        taken = set(Child.objects.filter(ref__in=made).values_list("ref", flat=True))
        fresh += sorted(made - taken)
    return fresh


def _close(which: Q, *, last_day: date, by: Person, at: datetime) -> int:
    still_open = (
        Disclosure.objects.select_for_update(of=("self",))
        .select_related("child")
        .filter(which)
        .filter(Q(until=None) | Q(until__gt=last_day, until__gte=F("since")))
        .order_by("pk")
    )
    closed = 0
    for one in still_open:
        one.until = max(last_day, one.since - timedelta(days=1))
        one.save(update_fields=["until"])
        _record_disclosure(Tag.DISCLOSURE_CLOSED, one.child.ref, one, until=one.until, by=by, at=at)
        closed += 1
    return closed


def _record_disclosure(
    tag: Tag, child_ref: str, one: Disclosure, *, until: date | None, by: Person, at: datetime
) -> None:
    audit.record(
        tag=tag,
        subject=f"child {child_ref}",
        details={
            "disclosure": one.pk,
            "organisation": one.organisation_id,
            "person": one.person_id,
            "detail": str(one.detail),
            "basis": str(one.basis),
            "because": one.because,
            "since": one.since.isoformat(),
            "until": until.isoformat() if until else None,
        },
        by=by,
        at=at,
    )
