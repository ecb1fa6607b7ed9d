"""What becomes of rounds: a pool that is never shut stays open, and applicants are told."""

from datetime import datetime

import structlog
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from flsf.core import clock
from flsf.core.people import SYSTEM, Person
from flsf.flows import tell_round as flow
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.rounds import actions
from flsf.mandate.rounds.rules import RoundFacts
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation import queries as evaluations
from flsf.market.evaluation.actions import MayNotTell
from flsf.market.evaluation.enums import Step
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission

TELL_ROUND = "tell-round"
WENT_WRONG = (
    "Something went wrong on our side, so everything was put back as it was. "
    "Whoever looks after the system can read why in its log."
)

log = structlog.get_logger("flsf.jobs")


@app.periodic(cron="5 1 * * *")
@app.task(name="roll-rounds", queueing_lock="roll-rounds", lock="roll-rounds")
def roll_rounds(timestamp: int) -> None:
    """Every running framework whose pool is never shut has rounds to the end of next month."""
    now = clock.now()
    for one in frameworks.running(clock.london_day(now)):
        made = actions.roll(framework_id=one.pk, by=SYSTEM, at=now)
        log.info("done", task="roll-rounds", framework=one.ref, opened=len(made))


@transaction.atomic
def ask_to_tell(*, round_of: RoundFacts, by: Person, at: datetime) -> bool:
    """The round will be told, soon and by the worker; false: somebody asked before, and it is.

    Kept and handed to the worker together, or neither. A telling that nobody carries out any more
    is ended as failed, and a new one begins. Raises what evaluation.ask_to_tell raises.
    """
    asked, is_new = evaluation.ask_to_tell(round_of=round_of, by=by, at=at)
    if not is_new and is_dead(asked.pk):
        _nobody_told(asked.pk, Step.FAILED, WENT_WRONG, at)
        asked, is_new = evaluation.ask_to_tell(round_of=round_of, by=by, at=at)
    if is_new:
        tell_round.configure(lock=f"tell-round-{round_of.round_id}").defer(telling_id=asked.pk)
    return is_new


def is_dead(telling_id: int) -> bool:
    """Whether no job stands behind a telling that has not ended: none waits, and none is done."""
    live = ProcrastinateJob.objects.filter(
        task_name=TELL_ROUND, args__telling_id=telling_id, status__in=["todo", "doing"]
    )
    return not live.exists()


@app.task(name=TELL_ROUND)
def tell_round(telling_id: int) -> None:
    """A round is told for whoever asked, if they still may; or the reason is kept why it is not.

    The moment is the worker's, and never before that of asking: a demonstration may pretend
    that it is a later day.
    """
    asked = evaluations.telling_with_id(telling_id, person=SYSTEM)
    at = max(clock.now(), asked.asked_at)
    may = accounts.staff_with(Permission.DECIDE_ADMISSIONS)
    officer = may.filter(pk=asked.asked_by_id).first()
    if officer is None:
        _nobody_told(telling_id, Step.REFUSED, MayNotTell.says, at)
        return
    try:
        flow.tell_round(telling_id=telling_id, by=officer, at=at)
    except Exception:
        # Whoever waits is told so; the worker keeps the job among those that failed.
        _nobody_told(telling_id, Step.FAILED, WENT_WRONG, at)
        raise
    log.info("done", task="tell-round", round=asked.round_id)


def _nobody_told(telling_id: int, step: Step, trouble: str, at: datetime) -> None:
    evaluation.end_untold(telling_id=telling_id, step=step, trouble=trouble, by=SYSTEM, at=at)
