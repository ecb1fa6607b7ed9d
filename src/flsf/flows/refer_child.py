"""Somebody asks for support for a child: what must happen together."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from flsf.casework.children import actions as children
from flsf.casework.children import queries as find_children
from flsf.casework.children.enums import Basis, Care, Detail, Relation, SenStage
from flsf.casework.children.rules import ContactFacts, Facts
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals import queries as find_referrals
from flsf.casework.referrals.enums import Route, Urgency
from flsf.casework.referrals.rules import Asked, in_words
from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.flows.hear_family import flag_danger
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel
from flsf.shared.places import queries as places

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What whoever asked is told. The key is told once: we keep only its hash."""

    ref: str
    referral_id: int
    child_ref: str
    is_new_child: bool
    is_joined: bool  # to a referral that was already there
    status_key: str  # empty when the same form had been sent before


@transaction.atomic
def refer_child(
    *,
    facts: Facts,
    asked: Asked,
    contact: ContactFacts | None = None,
    child_id: int | None = None,
    note: str = "",
    by: Person,
    at: datetime,
) -> Receipt:
    """The child is found or added, the request is with a team, and whoever asked may follow it.

    With `child_id` the child is one the person was shown. Without, a child with the same
    UPN, or the same name and birth date, is that child; nothing of its record changes and
    nothing of it is told. A request for a child with an open referral joins that. `note` is
    for whoever reads it first. A family's words of danger are a concern as well, once. The same
    form sent twice makes one request. Raises what
    `children.add_child`, `referrals.send` and `referrals.add_note` raise.
    """
    find_children.wait_turn()  # the second of two alike finds what the first made
    if earlier := _sent_before(asked.sent_once_key):
        return earlier
    known = _known_child(facts, child_id, by=by, at=at)
    child = known or children.add_child(facts=facts, by=by, at=at)
    if contact and not known:
        children.add_contact(child_id=child.pk, contact=contact, by=by, at=at)
    beside = in_words(note, contact, is_known=known is not None and child_id is None)
    key = secrets.token_urlsafe(KEY_BYTES)
    open_one = find_referrals.open_for(child.pk, person=SYSTEM, on=london_day(at))
    if open_one:
        ref = _join(open_one, asked, beside, key, by=by, at=at)
        referral_id = open_one.pk
    else:
        sent = _send(child, asked, beside, key, by=by, at=at)
        ref, referral_id = sent.ref, sent.pk
    _disclose(child, asked, contact, ref, is_new=known is None, by=by, at=at)
    _acknowledge(asked, contact, ref, key, by=by, at=at)
    if asked.route is Route.FAMILY:
        texts = (asked.what_happens, asked.what_helps, asked.outcomes_wanted, note)
        flag_danger(child_id=child.pk, ref=ref, texts=texts, by=by, at=at)
    return Receipt(
        ref=ref,
        referral_id=referral_id,
        child_ref=child.ref,
        is_new_child=known is None,
        is_joined=open_one is not None,
        status_key=key,
    )


def _acknowledge(
    asked: Asked,
    contact: ContactFacts | None,
    ref: str,
    key: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """A family that asked, and said that email is safe, is sent its number and its link."""
    if asked.route is Route.FAMILY and contact and contact.email and contact.may_email:
        notify.queue(
            template="request-received",
            recipient_id=by.pk,
            address=contact.email,
            channel=Channel.EMAIL,
            details={"reference": ref, "key": key},
            by=by,
            at=at,
        )


def _sent_before(sent_once_key: str) -> Receipt | None:
    sent = find_referrals.sent_with(sent_once_key)
    note = None if sent else find_referrals.note_sent_with(sent_once_key)
    referral = sent or (note.referral if note else None)
    if referral is None:
        return None
    return Receipt(
        ref=note.ref if note else referral.ref,
        referral_id=referral.pk,
        child_ref=referral.child.ref,
        is_new_child=False,
        is_joined=note is not None,
        status_key="",
    )


def _known_child(facts: Facts, child_id: int | None, *, by: Person, at: datetime) -> Any:
    today = london_day(at)
    if child_id is not None:
        return find_children.with_id(child_id, person=by, on=today)
    same = find_children.possible_duplicates(
        first_name=facts.first_name,
        last_name=facts.last_name,
        birth_date=facts.birth_date,
        upn=facts.upn,
        person=SYSTEM,
        on=today,
    )
    return same[0] if same else None


def _send(child: Any, asked: Asked, beside: str, key: str, *, by: Person, at: datetime) -> Any:
    sent = referrals.send(
        child_id=child.pk,
        asked=asked,
        care=Care(child.care),
        sen_stage=SenStage(child.sen_stage),
        school_id=child.school_id,
        status_key=key,
        by=by,
        at=at,
    )
    if beside:
        referrals.add_note(referral_id=sent.pk, words=beside, needs_reading=True, by=by, at=at)
    return sent


def _join(open_one: Any, asked: Asked, beside: str, key: str, *, by: Person, at: datetime) -> str:
    joined = referrals.add_note(
        referral_id=open_one.pk,
        words="\n\n".join(part for part in (asked.in_words(), beside) if part),
        is_request=True,
        status_key=key,
        organisation_id=asked.organisation_id,
        sent_once_key=asked.sent_once_key,
        needs_reading=True,
        by=by,
        at=at,
    )
    if asked.urgency is not Urgency.PLANNED:
        referrals.hasten(
            referral_id=open_one.pk,
            urgency=asked.urgency,
            reason=asked.urgency_reason,
            by=by,
            at=at,
        )
    return joined.ref


def _disclose(
    child: Any,
    asked: Asked,
    contact: ContactFacts | None,
    ref: str,
    *,
    is_new: bool,
    by: Person,
    at: datetime,
) -> None:
    """The school or the signed-in family may see the child: no more than we know to be theirs.

    A school that our record does not show as the child's sees age, area and needs until an
    officer has looked. Somebody signed in who says they are the family sees where their request
    stands; nothing at all of a child whom we knew; and an officer is to check who they are.
    """
    opened: dict[str, Any] = {"because": ref, "since": london_day(at), "by": by, "at": at}
    if asked.route is Route.SCHOOL and asked.organisation_id is not None:
        is_theirs = places.organisation_of(child.school_id) == asked.organisation_id
        children.disclose(
            child_id=child.pk,
            organisation_id=asked.organisation_id,
            detail=Detail.WORKING if is_theirs else Detail.SUMMARY,
            basis=Basis.ON_ROLL,
            **opened,
        )
    says_theirs = asked.route is Route.FAMILY and by.pk is not None
    if says_theirs and by.pk not in find_children.parents_of(child.pk, on=london_day(at)):
        children.ask_who(
            child_id=child.pk,
            person_id=by.pk,
            relation=contact.relation if contact else Relation.OTHER,
            because=ref,
            follows=is_new,
            by=by,
            at=at,
        )
