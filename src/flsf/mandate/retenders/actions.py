"""The only writes of frameworks tendered again."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.governance import queries as governance
from flsf.mandate.retenders import queries
from flsf.mandate.retenders.enums import Tag
from flsf.mandate.retenders.models import Cover, Retender
from flsf.mandate.rounds import queries as rounds
from flsf.shared.audit import actions as audit


class NeedsAPerson(Refusal):
    says = "A named person decides this. Sign in."


class ReasonMissing(Refusal):
    says = "Enter why."


class AuthorityMissing(Refusal):
    says = "Enter who decided it."


class NoChallenge(Refusal):
    says = "That challenge has not come, or it is over. Choose one that is open."


class UnderWay(Refusal):
    says = "This framework is being tendered again already. Open that one."


class AlreadyEnded(Refusal):
    says = "This has ended already."


class NotToldYet(Refusal):
    says = (
        "Not everybody who tendered has been told, and the challenge is still open. End it once "
        "the round is told, or once the challenge is settled."
    )


@transaction.atomic
def begin(
    *,
    framework_id: int,
    challenge_id: int,
    round_id: int,
    waiver_ids: Collection[int],
    covered_from: date,
    covered_until: date,
    authority: str,
    because: str,
    by: Person,
    at: datetime,
) -> Retender:
    """The framework is tendered again in that round; those waivers cover the time between.

    Raises NeedsAPerson, ReasonMissing, AuthorityMissing, NoChallenge and UnderWay: of two who
    begin at once, the second.
    """
    frameworks.hold(framework_id)
    if by.pk is None:
        raise NeedsAPerson
    if not because.strip():
        raise ReasonMissing
    if not authority.strip():
        raise AuthorityMissing
    if queries.under_way(framework_id) is not None:
        raise UnderWay
    if not governance.is_challenged_by(framework_id, challenge_id):
        raise NoChallenge
    made = Retender.objects.create(
        ref=unused_ref("RT", Retender.objects),
        framework_id=framework_id,
        challenge_id=challenge_id,
        round_id=round_id,
        covered_from=covered_from,
        covered_until=covered_until,
        authority=authority.strip(),
        because=because.strip(),
        begun_by_id=by.pk,
        begun_at=at,
    )
    Cover.objects.bulk_create(Cover(retender=made, waiver_id=pk) for pk in waiver_ids)
    audit.record(
        tag=Tag.BEGUN,
        subject=f"retender {made.ref}",
        details={"round": round_id, "waivers": len(waiver_ids)},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def end(*, retender_id: int, because: str, by: Person, at: datetime) -> Retender:
    """The time between is over: the new round was told, or the challenge is.

    Raises NeedsAPerson, ReasonMissing, AlreadyEnded and NotToldYet.
    """
    found = Retender.objects.select_for_update().get(pk=retender_id)
    if by.pk is None:
        raise NeedsAPerson
    if found.ended_at is not None:
        raise AlreadyEnded
    if not because.strip():
        raise ReasonMissing
    is_told = bool(rounds.summaries_sent([found.round_id]))
    if not is_told and governance.is_challenged_by(found.framework_id, found.challenge_id):
        raise NotToldYet
    found.ended_because, found.ended_by_id, found.ended_at = because.strip(), by.pk, at
    found.save(update_fields=["ended_because", "ended_by", "ended_at"])
    audit.record(tag=Tag.ENDED, subject=f"retender {found.ref}", details={}, by=by, at=at)
    return found
