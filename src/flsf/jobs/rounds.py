"""Keeps a pool that is never shut open: a round has always begun when the last one ends."""

import structlog
from procrastinate.contrib.django import app

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.rounds import actions

log = structlog.get_logger("flsf.jobs")


@app.periodic(cron="5 1 * * *")
@app.task(name="roll-rounds", queueing_lock="roll-rounds", lock="roll-rounds")
def roll_rounds(timestamp: int) -> None:
    """Every running framework whose pool is never shut has rounds to the end of next month."""
    now = clock.now()
    for one in frameworks.running(clock.london_day(now)):
        made = actions.roll(framework_id=one.pk, by=SYSTEM, at=now)
        log.info("done", task="roll-rounds", framework=one.ref, opened=len(made))
