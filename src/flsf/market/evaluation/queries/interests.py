"""Who has an interest in an applicant, and is kept from all of theirs (section 83, rule P32)."""

from django.db.models import Q

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.market.evaluation.models import DecidersInterest, Evaluation, Evaluator


class KeptFromIt(Refusal):
    says = (
        "You declared an interest in this provider, or have yet to say if you have one. "
        "Somebody else settles this (section 83)."
    )


def is_kept_from(organisation_id: int, *, person: Person) -> bool:
    """Whether somebody declared an interest in an applicant, or was named to mark what it sent
    and has yet to say: then they read nothing of it, its files neither (rule P32).
    """
    return organisation_id in kept_from(person)


def refuse_if_kept(organisation_id: int, *, person: Person) -> None:
    """Nothing, unless they are kept from whoever it is: then they settle nothing of theirs.

    Raises KeptFromIt.
    """
    if is_kept_from(organisation_id, person=person):
        raise KeptFromIt


def kept_from(person: Person) -> frozenset[int]:
    """The organisations that a person is kept from. One question."""
    found = Evaluation.objects.filter(keeps_from(person))
    return frozenset(found.values_list("application__organisation", flat=True))


def keeps_from(person: Person) -> Q:
    """The evaluations of applicants that a person is kept from."""
    named = Evaluator.objects.filter(
        Q(has_interest=True) | Q(has_interest=None, evaluation__decision=None), person=person.pk
    )
    deciding = DecidersInterest.objects.filter(has_interest=True, person=person.pk)
    whose = "evaluation__application__organisation"
    return Q(application__organisation__in=named.values(whose)) | Q(
        application__organisation__in=deciding.values(whose)
    )


def has_interest_in(organisation_id: int, *, person_id: int) -> bool:
    """Whether somebody declared an interest in an applicant, whatever it was that they judged."""
    said = {
        "person": person_id,
        "has_interest": True,
        "evaluation__application__organisation": organisation_id,
    }
    if Evaluator.objects.filter(**said).exists():
        return True
    return DecidersInterest.objects.filter(**said).exists()


def says_of_deciding(evaluation_id: int, *, person: Person) -> bool | None:
    """Whether they have an interest, as they said before deciding; None: they have not said."""
    found = DecidersInterest.objects.filter(evaluation=evaluation_id, person=person.pk)
    return found.values_list("has_interest", flat=True).first()
