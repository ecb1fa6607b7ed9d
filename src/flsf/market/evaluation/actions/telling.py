"""A round is told in the background: asked for once, its steps written down, and ended."""

from datetime import datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Step, Tag
from flsf.market.evaluation.models import Telling
from flsf.shared.audit import actions as audit


@transaction.atomic
def ask_to_tell(*, round_of: RoundFacts, by: Person, at: datetime) -> tuple[Telling, bool]:
    """The telling of the round is asked for; false: somebody had, and theirs is under way.

    Whoever calls it has it carried out. Raises what release raises, for what can be told now.
    """
    on = london_day(at)
    queries.look_at_decisions(round_of, person=by, on=on)
    queries.look_at_exclusions(round_of, on=on)
    made, is_new = Telling.objects.get_or_create(
        round_id=round_of.round_id,
        ended_at=None,
        defaults={"asked_by_id": by.pk, "asked_at": at},
    )
    if is_new:
        _record(Tag.TELLING_ASKED, made, by=by, at=at)
    return made, is_new


@transaction.atomic
def note_step(*, telling_id: int, step: Step, by: Person, at: datetime) -> bool:
    """Whoever looks reads that the telling is at this step; false: it has ended, and stays so."""
    one = Telling.objects.select_for_update().get(pk=telling_id)
    if one.ended_at is not None:
        return False
    one.step = step
    one.save(update_fields=["step"])
    _record(Tag.TELLING_MOVED_ON, one, by=by, at=at)
    return True


@transaction.atomic
def end_told(*, telling_id: int, told: int, by: Person, at: datetime) -> None:
    """So many applicants were told. Call it in the transaction that told them."""
    one = Telling.objects.select_for_update().get(pk=telling_id)
    one.step, one.told, one.ended_at = Step.TOLD, told, at
    one.save(update_fields=["step", "told", "ended_at"])
    _record(Tag.TELLING_ENDED, one, by=by, at=at)


@transaction.atomic
def end_untold(*, telling_id: int, step: Step, trouble: str, by: Person, at: datetime) -> None:
    """Nobody was told, for this reason: REFUSED by a rule, or FAILED. What has ended stays so."""
    one = Telling.objects.select_for_update().get(pk=telling_id)
    if one.ended_at is not None:
        return
    one.step, one.trouble, one.ended_at = step, trouble, at
    one.save(update_fields=["step", "trouble", "ended_at"])
    _record(Tag.TELLING_ENDED, one, by=by, at=at)


def _record(tag: Tag, one: Telling, *, by: Person, at: datetime) -> None:
    details = {"step": one.step, "told": one.told}
    audit.record(tag=tag, subject=f"round {one.round_id}", details=details, by=by, at=at)
