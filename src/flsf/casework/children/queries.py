"""Reads of children. Every one goes through `Child.objects.visible_to`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery

from flsf.casework.children import rules
from flsf.casework.children.enums import Care, Detail, SenStage
from flsf.casework.children.models import Child, Contact, Disclosure, FamilyCheck
from flsf.core.people import ChildReach, Person

NEW_CHILDREN = 0x464C5346  # any number nobody else locks by


def visible_ids(person: Person, *, on: date) -> QuerySet[Child, int]:
    """The ids of the children this person may see on a day: a subquery for later stages."""
    return Child.objects.visible_to(person, on=on).values_list("pk", flat=True)


def with_ref(ref: str, *, person: Person, on: date) -> Child | None:
    """The child, if there is one and this person may see it that day."""
    return _whole(person, on).filter(ref=ref.strip().upper()).first()


def with_id(child_id: int, *, person: Person, on: date) -> Child | None:
    """The child, if there is one and this person may see it that day."""
    return _whole(person, on).filter(pk=child_id).first()


def in_full(child_ids: Collection[int], *, person: Person, on: date) -> dict[int, Child]:
    """Those of the children that this person may see that day, by id."""
    return {child.pk: child for child in _whole(person, on).filter(pk__in=child_ids)}


def details_for(child_ids: Collection[int], *, person: Person, on: date) -> dict[int, Detail]:
    """How much of each child this person may see that day; a child left out: nothing."""
    visible = Child.objects.visible_to(person, on=on).filter(pk__in=child_ids)
    if person.reach.children is ChildReach.ALL:
        return dict.fromkeys(visible.values_list("pk", flat=True), Detail.FULL)
    opened: dict[int, list[Detail]] = {}
    for child_id, care in visible.values_list("pk", "care"):
        by_role = person.reach.children is ChildReach.LOOKED_AFTER and care != Care.NONE
        opened[child_id] = [Detail.FULL] if by_role else []
    disclosed = Disclosure.objects.open_to(person, on=on).filter(child__in=child_ids)
    for child_id, detail in disclosed.values_list("child", "detail"):
        opened[child_id].append(Detail(detail))
    found = {child_id: rules.widest(details) for child_id, details in opened.items()}
    return {child_id: detail for child_id, detail in found.items() if detail is not None}


def detail_for(child_id: int, *, person: Person, on: date) -> Detail | None:
    """How much of the child this person may see that day; None: nothing."""
    return details_for([child_id], person=person, on=on).get(child_id)


def named(child_ids: Iterable[int], *, person: Person, on: date) -> Mapping[int, rules.Named]:
    """Those of the children this person may see, as they may name them, by id.

    A summary leaves the name out, so a list never says more than the child's page would.
    """
    wanted = set(child_ids)
    details = details_for(wanted, person=person, on=on)
    found = Child.objects.visible_to(person, on=on).filter(pk__in=details)
    return {
        child.pk: rules.Named(
            pk=child.pk,
            ref=child.ref,
            known_as=child.known_as if rules.shows_name(details[child.pk]) else "",
            detail=details[child.pk],
        )
        for child in found
    }


def search(
    *,
    person: Person,
    on: date,
    words: str = "",
    care: str = "",
    schooling: str = "",
    worker_id: int | None = None,
) -> QuerySet[Child]:
    """The children this person may see that day, by name.

    Every word must begin a name or be the reference, the UPN or the postcode. A child of
    whom the person may know no name is not found by one: it is left out when words are given.
    """
    found = _whole(person, on).order_by("last_name", "first_name", "pk")
    for word in words.split():
        found = found.filter(
            Q(first_name__istartswith=word)
            | Q(last_name__istartswith=word)
            | Q(preferred_name__istartswith=word)
            | Q(ref__iexact=word)
            | Q(upn__iexact=word)
            | Q(postcode__istartswith=word)
        )
    if words.strip() and person.reach.children is not ChildReach.ALL:
        named_to_them = Disclosure.objects.open_to(person, on=on).exclude(detail=Detail.SUMMARY)
        by_name = Q(pk__in=named_to_them.values("child"))
        if person.reach.children is ChildReach.LOOKED_AFTER:
            by_name |= ~Q(care=Care.NONE)
        found = found.filter(by_name)
    if care:
        found = found.filter(care=care)
    if schooling:
        found = found.filter(schooling=schooling)
    if worker_id is not None:
        found = found.filter(named_worker=worker_id)
    return found


def possible_duplicates(
    *,
    first_name: str,
    last_name: str,
    birth_date: date,
    upn: str = "",
    person: Person,
    on: date,
) -> list[Child]:
    """Children with the same UPN, or the same name and date of birth, that the person may see.

    A flow that joins what two people sent asks as the system; what it finds is then not
    shown to whoever sent it.
    """
    number = rules.tidy_upn(upn)
    same = Q(birth_date=birth_date)
    if number:
        same |= Q(upn=number)
    return [
        child
        for child in Child.objects.visible_to(person, on=on).filter(same).order_by("pk")
        if (number and child.upn == number) or _same_person(child, first_name, last_name)
    ]


def twice_on_record(*, person: Person, on: date) -> list[tuple[str, str]]:
    """References of children of one name and birth date that the person may see, older first."""
    known = Child.objects.visible_to(person, on=on)
    twins = known.filter(
        birth_date=OuterRef("birth_date"),
        last_name__iexact=OuterRef("last_name"),
        first_name__iexact=OuterRef("first_name"),
        pk__lt=OuterRef("pk"),
    ).order_by("pk")
    found = known.annotate(twin=Subquery(twins.values("ref")[:1])).exclude(twin=None)
    return list(found.order_by("pk").values_list("twin", "ref"))


def same_birth_date(birth_dates: Collection[date], *, person: Person, on: date) -> QuerySet[Child]:
    """Children born on any of these days that the person may see: for imports to compare."""
    return Child.objects.visible_to(person, on=on).filter(birth_date__in=birth_dates)


def alike(
    *,
    refs: Collection[str] = (),
    upns: Collection[str] = (),
    birth_dates: Collection[date] = (),
    person: Person,
    on: date,
) -> QuerySet[Child]:
    """Children with any of these references, UPNs or birth dates: for imports to compare."""
    which = Q(ref__in=refs) | Q(upn__in=set(upns) - {""}) | Q(birth_date__in=birth_dates)
    return Child.objects.visible_to(person, on=on).filter(which)


def contacts(child_id: int, *, person: Person, on: date) -> QuerySet[Contact]:
    """Who cares for the child, those with parental responsibility first."""
    return (
        Contact.objects.visible_to(person, on=on)
        .filter(child=child_id)
        .order_by("-has_parental_responsibility", "pk")
    )


def disclosures(child_id: int, *, person: Person, on: date) -> QuerySet[Disclosure]:
    """Everybody to whom the child was, is or will be disclosed, open ones first."""
    return (
        Disclosure.objects.visible_to(person, on=on)
        .filter(child=child_id)
        .select_related("organisation", "person", "opened_by")
        .order_by("-until", "-since", "pk")
    )


def parents_of(child_id: int, *, on: date) -> list[int]:
    """The ids of the people to whom the child is disclosed that day as parent or as themselves."""
    return [
        person_id
        for person_id in Disclosure.objects.open_on(on)
        .filter(child=child_id, basis__in=rules.FAMILY)
        .values_list("person", flat=True)
        if person_id is not None
    ]


def family_checks(*, person: Person, on: date) -> QuerySet[FamilyCheck]:
    """Who says a child is theirs and has not been checked, the longest waiting first."""
    found = FamilyCheck.objects.visible_to(person, on=on).filter(is_theirs=None)
    return found.select_related("child", "person").order_by("asked_at", "pk")


def family_check(check_id: int, *, child_id: int, person: Person, on: date) -> FamilyCheck | None:
    """One of them, settled or not, if this person may see it that day."""
    found = FamilyCheck.objects.visible_to(person, on=on).filter(pk=check_id, child=child_id)
    return found.select_related("person", "settled_by").first()


def visible_as(person: Person, bases: Collection[str], *, on: date) -> QuerySet[Disclosure, int]:
    """The ids of the children disclosed to the person that day on one of those bases."""
    opened = Disclosure.objects.open_to(person, on=on).filter(basis__in=bases)
    return opened.values_list("child", flat=True)


def school_ids(child_ids: Collection[int]) -> dict[int, int | None]:
    """The school of each child, None for one without: it says which days are school days."""
    return dict(Child.objects.filter(pk__in=child_ids).values_list("pk", "school"))


def count_with_plan(*, born_from: date, born_to: date) -> int:
    """How many children with a plan were born in those days: a number and no child. One query."""
    born = Child.objects.filter(birth_date__range=(born_from, born_to))
    return born.filter(sen_stage=SenStage.EHCP).count()


def lock(child_id: int) -> None:
    """Nobody else changes what depends on the child until this transaction ends."""
    Child.objects.select_for_update(no_key=True).values_list("pk").get(pk=child_id)


def wait_turn() -> None:
    """Nobody else looks whether a child is new until this transaction ends.

    A row that is not there yet cannot be held, so this is a lock on the question itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NEW_CHILDREN])


def _whole(person: Person, on: date) -> QuerySet[Child]:
    return Child.objects.visible_to(person, on=on).select_related("school", "named_worker")


def _same_person(child: Child, first_name: str, last_name: str) -> bool:
    firsts = (child.first_name, child.preferred_name)
    return rules.same_name(child.last_name, last_name) and any(
        rules.same_name(one, first_name) for one in firsts if one
    )
