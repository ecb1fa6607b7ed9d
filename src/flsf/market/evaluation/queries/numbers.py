"""Registered numbers that an applicant gave and somebody else has too: who is who is settled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.market.applications import queries as applications
from flsf.market.applications.queries import Full
from flsf.market.applications.rules import provider_facts
from flsf.market.evaluation.enums import Whose
from flsf.market.evaluation.models import NumberSettled
from flsf.market.providers import queries as providers
from flsf.market.providers.rules import ProviderFacts, charity_number, company_number

NumberSettledRow: TypeAlias = NumberSettled


class NumbersToSettle(Refusal):
    """`refs` are the applications of whoever gave a number that somebody else has too."""

    says = "A company or charity number was given that somebody else has too."

    def __init__(self, refs: Collection[str]) -> None:
        super().__init__()
        self.refs = tuple(refs)

    def __str__(self) -> str:
        return (
            f"{self.says} Whoever may decide says first, on the application, whose it is: "
            f"{', '.join(self.refs)}."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A number of one application that a provider on the register or another applicant has."""

    application_id: int
    application_ref: str
    organisation_id: int
    number: str
    provider_id: int | None
    provider_ref: str
    provider_name: str
    others: tuple[tuple[str, str], ...]  # (reference, organisation) of other applicants
    settled: NumberSettled | None

    @property
    def with_whom(self) -> str:
        """Who has it too, in words."""
        named = [f"{self.provider_name} on the register"] if self.provider_id else []
        return ", ".join([*named, *(f"{name} ({ref})" for ref, name in self.others)])


def numbers_of(facts: ProviderFacts) -> list[str]:
    """The registered numbers that were given, as kept."""
    both = company_number(facts.company_number), charity_number(facts.charity_number)
    return [one for one in both if one]


def settled_numbers(application_ids: Collection[int]) -> dict[tuple[int, str], NumberSettled]:
    """What was found last of each application and number. One query."""
    rows = NumberSettled.objects.filter(application__in=application_ids)
    rows = rows.select_related("settled_by", "provider").order_by("pk")
    return {(one.application_id, one.number): one for one in rows}


def shared_numbers(*, on: date) -> dict[int, list[Shared]]:
    """Everything shared among what is with us and the register, by application.

    Settled or not. The same few questions, however many.
    """
    listed = applications.submitted(person=SYSTEM, on=on)
    if not listed:
        return {}
    ids = [one.application_id for one in listed]
    full = applications.in_full_many(ids, person=SYSTEM, on=on)
    given = {
        one.application_id: numbers_of(
            provider_facts(
                {each.code: each.value for each in one.answers}, name=one.organisation_name
            )
        )
        for one in full.values()
    }
    on_register = providers.with_numbers([one for ones in given.values() for one in ones])
    settled = settled_numbers(ids)
    by_number: dict[str, list[Full]] = {}
    for pk, numbers in given.items():
        for number in numbers:
            found = settled.get((pk, number))
            if found is None or found.whose != Whose.MISTAKEN:
                by_number.setdefault(number, []).append(full[pk])
    shared: dict[int, list[Shared]] = {}
    for pk, numbers in given.items():
        for number in numbers:
            others = [
                one
                for one in by_number.get(number, ())
                if one.organisation_id != full[pk].organisation_id
            ]
            of = on_register.get(number)
            if of is not None and of[3] == full[pk].organisation_id:
                of = None
            if of is None and not others:
                continue
            shared.setdefault(pk, []).append(
                Shared(
                    application_id=pk,
                    application_ref=full[pk].ref,
                    organisation_id=full[pk].organisation_id,
                    number=number,
                    provider_id=of[0] if of else None,
                    provider_ref=of[1] if of else "",
                    provider_name=of[2] if of else "",
                    others=tuple(sorted((one.ref, one.organisation_name) for one in others)),
                    settled=settled.get((pk, number)),
                )
            )
    return shared


def refuse_unsettled(application_ids: Collection[int], *, on: date) -> None:
    """Nothing, while it is known who is who of those who would join. Raises NumbersToSettle."""
    shared = shared_numbers(on=on)
    refs = {
        one.application_ref
        for pk in application_ids
        for one in shared.get(pk, ())
        if not is_settled(one)
    }
    if refs:
        raise NumbersToSettle(sorted(refs))


def unclear_applications(*, on: date) -> frozenset[int]:
    """The applications with a number of which nobody has said yet whose it is."""
    shared = shared_numbers(on=on)
    return frozenset(pk for pk, ones in shared.items() if not all(map(is_settled, ones)))


def is_settled(one: Shared) -> bool:
    """Whether what was found of it still answers it: a provider may have come since."""
    found = one.settled
    if found is None:
        return False
    if found.whose == Whose.SAME:
        return found.provider_id == one.provider_id
    return found.whose == Whose.MISTAKEN or one.provider_id is None
