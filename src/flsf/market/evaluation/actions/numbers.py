"""Whose a registered number is that somebody else has too."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.evaluation import queries
from flsf.market.evaluation.actions.common import Told
from flsf.market.evaluation.actions.deciding import MayNotDecide, WordsMissing
from flsf.market.evaluation.actions.marking import HasInterest
from flsf.market.evaluation.enums import Tag, Whose
from flsf.market.evaluation.models import NumberSettled
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit


class NotShared(Told):
    says = "Nobody else has this number, or everybody was told: there is nothing to settle."


class OnRegister(Told):
    says = (
        "The number is on the register under another provider. Say that they are the same "
        "organisation, or that they gave it by mistake; or mend the register first."
    )


class TheirsAlready(Told):
    says = "It was found to be another applicant's. Settle that one first."


@transaction.atomic
def settle_number(
    *, application_id: int, number: str, whose: Whose, reason: str, by: Person, at: datetime
) -> NumberSettled:
    """It is on record whose the number is, and by that they join; what was found before stays.

    The same organisation: they join as the provider that has it. By mistake: on a record of
    their own, without it. Raises MayNotDecide, NotShared, HasInterest, OnRegister,
    TheirsAlready and WordsMissing.
    """
    if not by.may(Permission.DECIDE_ADMISSIONS):
        raise MayNotDecide
    shared = queries.shared_numbers(on=london_day(at))
    found = next((one for one in shared.get(application_id, ()) if one.number == number), None)
    if found is None:
        raise NotShared
    if by.pk is not None and queries.has_interest_in(found.organisation_id, person_id=by.pk):
        raise HasInterest(
            "You have an interest in this applicant, so somebody else settles it (section 83)."
        )
    if not reason.strip():
        raise WordsMissing("Give the reason.")
    if whose is Whose.THEIRS and found.provider_id is not None:
        raise OnRegister
    if whose is Whose.THEIRS and any(
        one.settled is not None and one.settled.whose == Whose.THEIRS
        for pk, ones in shared.items()
        for one in ones
        if pk != application_id and one.number == number
    ):
        raise TheirsAlready
    made = NumberSettled.objects.create(
        application_id=application_id,
        number=number,
        whose=whose,
        provider_id=found.provider_id if whose is Whose.SAME else None,
        reason=reason.strip(),
        settled_by_id=by.pk,
        settled_at=at,
    )
    audit.record(
        tag=Tag.NUMBER_SETTLED,
        subject=f"application {found.application_ref}",
        details={"whose": whose.value, "provider": made.provider_id},
        by=by,
        at=at,
    )
    return made
