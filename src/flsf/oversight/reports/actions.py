"""The only writes of the officer's account of the projection."""

from datetime import datetime

from django.db import transaction

from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.oversight.reports import rules
from flsf.oversight.reports.enums import Tag
from flsf.oversight.reports.models import BridgeBlock
from flsf.shared.audit import actions as audit


class MoreThanTheGap(Refusal):
    says = "The blocks would come to more than the gap. Enter a smaller amount."


class NoSuchBlock(Refusal):
    says = "That block is no longer there. Open the page again."


@transaction.atomic
def add_block(*, words: str, pence: int, source: str, by: Person, at: datetime) -> BridgeBlock:
    """A part of the gap between spending and projection is accounted for (P2).

    Raises MoreThanTheGap.
    """
    held = list(BridgeBlock.objects.select_for_update().order_by("order", "pk"))
    blocks = (*((one.words, one.pence) for one in held), (words, pence))
    if rules.bridge(blocks).unexplained < 0:
        raise MoreThanTheGap
    block = BridgeBlock.objects.create(
        words=words,
        pence=pence,
        order=held[-1].order + 1 if held else 1,
        source=source,
        set_by_id=by.pk,
        set_at=at,
    )
    _record(block, {"pence": pence, "there": True}, by=by, at=at)
    return block


@transaction.atomic
def take_out_block(*, block_id: int, by: Person, at: datetime) -> None:
    """That part of the gap is unexplained again. Raises NoSuchBlock."""
    block = BridgeBlock.objects.select_for_update().filter(pk=block_id).first()
    if block is None:
        raise NoSuchBlock
    _record(block, {"pence": block.pence, "there": False}, by=by, at=at)
    block.delete()


def _record(
    block: BridgeBlock, details: dict[str, int | bool], *, by: Person, at: datetime
) -> None:
    audit.record(
        tag=Tag.BRIDGE_SET, subject=f"bridge block {block.pk}", details=details, by=by, at=at
    )
