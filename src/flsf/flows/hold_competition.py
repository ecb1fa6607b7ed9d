"""A competition is published, answered, added to, stopped and told: all hear it at once."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from flsf.casework.competitions import actions
from flsf.casework.competitions import queries as competitions
from flsf.casework.competitions.actions import Asked, ReferralNotSeen
from flsf.casework.competitions.enums import Window
from flsf.casework.matching import actions as matching
from flsf.casework.matching import queries as find_matching
from flsf.casework.referrals import queries as referrals
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.actions import NewMessage
from flsf.shared.notify.enums import Channel

Addresses = dict[int, list[tuple[int | None, str]]]


@transaction.atomic
def publish_competition(
    *,
    competition_id: int,
    window: Window,
    urgent_because: str = "",
    last_day: date | None = None,
    by: Person,
    at: datetime,
) -> None:
    """What fits is frozen, the brief with it, and every provider of the lot that could be awarded
    it is asked to bid, in one message each.

    Raises ReferralNotSeen and what competitions.publish raises.
    """
    found, on = competitions.with_id(competition_id), london_day(at)
    if referrals.with_id(found.referral_id, person=by, on=on) is None:
        raise ReferralNotSeen
    match = find_matching.rank(found.referral_id, on=on)
    may_bid = competitions.eligible(match, found.lot_id)
    addresses = _addresses(may_bid.provider_ids)
    actions.publish(
        competition_id=competition_id,
        window=window,
        urgent_because=urgent_because,
        last_day=last_day,
        asked=Asked(
            shortlist_id=matching.freeze(match=match, by=by, at=at).pk,
            written_to={pk: len(to) for pk, to in addresses.items()},
            left_out=may_bid.left_out,
        ),
        by=by,
        at=at,
    )
    _tell("competition-opened", found.ref, addresses, by=by, at=at)


@transaction.atomic
def answer_all(*, question_id: int, words: str, by: Person, at: datetime) -> None:
    """Everybody who was asked to bid is told that a question was answered.

    Raises what competitions.answer raises.
    """
    asked = actions.answer(question_id=question_id, words=words, by=by, at=at)
    _tell_invited("competition-answered", asked.competition_id, by=by, at=at)


@transaction.atomic
def add_to_competition(*, competition_id: int, words: str, by: Person, at: datetime) -> None:
    """Everybody who was asked to bid is told what is new, and that there is more time.

    Raises what competitions.add raises.
    """
    actions.add(competition_id=competition_id, words=words, by=by, at=at)
    _tell_invited("competition-added-to", competition_id, by=by, at=at)


@transaction.atomic
def stop_competition(*, competition_id: int, because: str, by: Person, at: datetime) -> None:
    """Everybody who was asked to bid is told that nothing comes of it.

    Raises what competitions.stop raises.
    """
    actions.stop(competition_id=competition_id, because=because, by=by, at=at)
    _tell_invited("competition-stopped", competition_id, by=by, at=at)


def tell_bidders(*, competition_id: int, by: Person, at: datetime) -> None:
    """Everybody whose bid was scored is told at one moment that they may read how it went."""
    found = competitions.with_id(competition_id)
    bidders = [one.provider_id for one in competitions.live_bids(competition_id)]
    _tell("competition-decided", found.ref, _addresses(bidders), by=by, at=at)


def _tell_invited(template: str, competition_id: int, *, by: Person, at: datetime) -> None:
    found = competitions.with_id(competition_id)
    invited = [one.provider_id for one in found.invitations.all()]
    _tell(template, found.ref, _addresses(invited), by=by, at=at)


def _addresses(provider_ids: Collection[int]) -> Addresses:
    """Whom to write to at each provider: those who manage it."""
    organisations = providers.organisations_of(provider_ids)
    managers = accounts.members_of(list(organisations.values()), role=Role.PROVIDER_MANAGER)
    return {
        pk: [(one.pk, one.email) for one in managers.get(organisations[pk], [])]
        for pk in provider_ids
    }


def _tell(template: str, ref: str, addresses: Addresses, *, by: Person, at: datetime) -> None:
    notify.queue_many(
        new=[
            NewMessage(
                template=template,
                recipient_id=recipient_id,
                address=email,
                channel=Channel.EMAIL,
                details={"reference": ref},
            )
            for to in addresses.values()
            for recipient_id, email in to
        ],
        by=by,
        at=at,
    )
