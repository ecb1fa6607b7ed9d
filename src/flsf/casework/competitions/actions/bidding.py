"""Providers ask, bid and withdraw; the council answers all of them alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from flsf.casework.competitions import queries
from flsf.casework.competitions.actions.common import (
    Told,
    WordsMissing,
    _at_stage,
    _locked,
    _record,
    _record_sealed,
)
from flsf.casework.competitions.actions.drafting import _refuse_personal, _refuse_who_may_not
from flsf.casework.competitions.enums import Stage, Tag
from flsf.casework.competitions.models import Bid, Competition, Question
from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.money import Money
from flsf.core.people import SYSTEM, Person
from flsf.core.refs import unused_ref
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBid:
    """What a provider offers: a service, its price net for one unit, from when, and its words."""

    service_ref: str
    rate_pence: int
    starts_on: date
    words: Mapping[str, str]  # by criterion


class NotAsked(Refusal):
    says = "Your organisation was not asked to bid in this competition."


class NotYourService(Refusal):
    says = "Choose one of your services in this lot."


class NoRateYet(Refusal):
    says = "That service has no price on your rate card for the day you can start. Set it first."


class BeyondRateCard(Told):
    """Says what the rate card says."""

    says = "Your price may not be higher than your rate card."


class AnswersMissing(Told):
    """Says to which criteria. `codes` are theirs."""

    says = "Answer every criterion."

    def __init__(self, words: str = "", codes: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.codes = codes


class StartOutsideBrief(Told):
    """Says between which days."""

    says = "The day you can start must fall within the days asked for."


class CannotBeBought(Told):
    """Says by which published rules."""

    says = "The published rules leave this service out. Choose another."


class NoBidThere(Refusal):
    says = "Your organisation has no bid in this competition that could be withdrawn."


class AlreadyAnswered(Refusal):
    says = "This question has been answered. What was said to all does not change: add to it."


@transaction.atomic
def ask(*, competition_id: int, words: str, by: Person, at: datetime) -> Question:
    """A question waits for an answer to all. Raises NotAsked, NotNow and WordsMissing."""
    found = _locked(competition_id)
    provider_id = _asked(found, by)
    _at_stage(found, Stage.OPEN, at=at)
    if not words.strip():
        raise WordsMissing
    made = Question.objects.create(
        competition=found,
        provider_id=provider_id,
        words=words.strip(),
        asked_by_id=by.pk,
        asked_at=at,
    )
    _record_question(found, made, at=at)
    return made


@transaction.atomic
def answer(*, question_id: int, words: str, by: Person, at: datetime) -> Question:
    """All who were asked to bid read the question and the answer, and not who asked.

    Raises NotNow once bids have closed, MayNot, HasConflict, WordsMissing, SaysOfWhom and
    AlreadyAnswered.
    """
    found = _locked(Question.objects.values_list("competition_id", flat=True).get(pk=question_id))
    asked = Question.objects.get(pk=question_id)
    _at_stage(found, Stage.OPEN, at=at)
    _refuse_who_may_not(found, by=by)
    if asked.answered_at is not None:
        raise AlreadyAnswered
    if not words.strip():
        raise WordsMissing
    _refuse_personal([words], found)
    asked.answer, asked.answered_by_id, asked.answered_at = words.strip(), by.pk, at
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    _record(Tag.ANSWERED, found, {"question": asked.pk}, by=by, at=at)
    return asked


@transaction.atomic
def bid(*, competition_id: int, offer: NewBid, by: Person, at: datetime) -> Bid:
    """The provider's bid is this one, sealed until bids are opened; an earlier one is replaced.

    At the deadline, or once bids have been opened, it is kept as late (`is_late`) and never
    opened: an earlier one stands. Raises NotAsked, NotNow, NotYourService, NoRateYet,
    BeyondRateCard, AnswersMissing, StartOutsideBrief and CannotBeBought.
    """
    found = _locked(competition_id)
    provider_id = _asked(found, by)
    if found.stopped_at is not None or found.awarded_at is not None:
        _at_stage(found, Stage.OPEN, at=at)
    on = london_day(at)
    service = providers.service_with_ref(offer.service_ref, person=by, on=on)
    if service is None or service.provider_id != provider_id or service.lot_id != found.lot_id:
        raise NotYourService
    brief = found.told
    card = providers.rate_on(service.pk, max(offer.starts_on, on))
    if card is None:
        raise NoRateYet
    if offer.rate_pence > card:
        raise BeyondRateCard(f"Your rate card says {Money(card)}. Offer that or less.")
    is_late = found.opened_at is not None or found.closes_at is None or at >= found.closes_at
    if not is_late:
        _refuse_gaps(found, offer)
        if not brief.starts_on <= offer.starts_on <= brief.ends_on:
            raise StartOutsideBrief(
                f"Choose a day from {in_words(brief.starts_on)} to {in_words(brief.ends_on)}."
            )
        if why := queries.stands_in_the_way(
            found, offer.service_ref, starts_on=offer.starts_on, on=on
        ):
            raise CannotBeBought(
                f"This service cannot be bought for this brief by the published rules. They ask: "
                f"{'. '.join(why)}. Choose another service."
            )
        _standing(found, provider_id).update(replaced_at=at)
    made = Bid.objects.create(
        ref=unused_ref("B", Bid.objects),
        competition=found,
        provider_id=provider_id,
        service_id=service.pk,
        rate_pence=offer.rate_pence,
        card_pence=card,
        starts_on=offer.starts_on,
        words={code: words.strip() for code, words in offer.words.items()},
        sent_by_id=by.pk,
        sent_at=at,
        is_late=is_late,
    )
    _record_sealed(Tag.BID_LATE if is_late else Tag.BID_SEALED, made, at=at)
    return made


@transaction.atomic
def withdraw(*, competition_id: int, by: Person, at: datetime) -> Bid:
    """The provider's bid can be taken no more; that it was there stays on record.

    Before the deadline it may bid again. What was settled on a bid withdrawn since is open
    again. Raises NotAsked, NotNow once an award is made, and NoBidThere.
    """
    found = _locked(competition_id)
    provider_id = _asked(found, by)
    stage = _at_stage(found, *(set(Stage) - {Stage.AWARDED, Stage.STOPPED, Stage.DRAFT}), at=at)
    mine = _standing(found, provider_id).first()
    if mine is None:
        raise NoBidThere
    mine.withdrawn_at, mine.withdrawn_by_id = at, by.pk
    mine.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if stage is Stage.SETTLED:
        _open_again(found)
    _record_sealed(Tag.BID_WITHDRAWN, mine, at=at)
    return mine


def _open_again(found: Competition) -> None:
    """What was settled is to be settled anew, on the bids that are left."""
    found.settled_because = found.value_words = found.low_words = ""
    found.ranking, found.settled_by, found.settled_at = [], None, None
    found.save(
        update_fields=[
            *("settled_because", "value_words", "low_words"),
            *("ranking", "settled_by", "settled_at"),
        ]
    )


def _asked(found: Competition, by: Person) -> int:
    """The provider of whoever acts, if it was asked to bid and they manage it."""
    is_theirs = Competition.objects.visible_to(by).filter(pk=found.pk).exists()
    provider = providers.own(person=by)
    if provider is None or not is_theirs or by.reach.whole_council:
        raise NotAsked
    return provider.pk


def _standing(found: Competition, provider_id: int) -> QuerySet[Bid]:
    mine = Bid.objects.filter(competition=found, provider=provider_id)
    return mine.filter(is_late=False, replaced_at=None, withdrawn_at=None)


def _refuse_gaps(found: Competition, offer: NewBid) -> None:
    missing = [one for one in found.judged_by if not offer.words.get(one.code, "").strip()]
    if missing:
        raise AnswersMissing(
            f"Answer: {', '.join(one.title for one in missing)}.",
            tuple(one.code for one in missing),
        )


def _record_question(found: Competition, made: Question, *, at: datetime) -> None:
    """Nor does the record say who asked: whoever asks may well bid."""
    _record(Tag.ASKED, found, {"question": made.pk}, by=SYSTEM, at=at)
