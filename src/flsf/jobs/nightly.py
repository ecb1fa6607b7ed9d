"""The nightly round. One task for each thing, so that one that fails keeps no other back.

A stage's nightly work is added here: a periodic task that reads the clock once and calls one
action or flow as SYSTEM.
"""

import structlog
from django.core.management import call_command
from procrastinate.contrib.django import app

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows import keep_listings_fresh

log = structlog.get_logger("flsf.jobs")


@app.periodic(cron="15 2 * * *")
@app.task(name="forget-sessions", queueing_lock="forget-sessions")
def forget_sessions(timestamp: int) -> None:
    """Sign-ins that ran out are gone from the database."""
    call_command("clearsessions")
    log.info("done", task="forget-sessions")


@app.periodic(cron="25 2 * * *")
@app.task(name="take-down-listings", queueing_lock="take-down-listings")
def take_down_listings(timestamp: int) -> None:
    """What nobody has confirmed for too long is no longer public."""
    count = keep_listings_fresh.take_down_old(by=SYSTEM, at=clock.now())
    log.info("done", task="take-down-listings", count=count)


@app.periodic(cron="0 7 * * *")
@app.task(name="ask-about-listings", queueing_lock="ask-about-listings")
def ask_about_listings(timestamp: int) -> None:
    """Providers are asked whether what the public reads of them is still right."""
    count = keep_listings_fresh.ask_whether_still_right(by=SYSTEM, at=clock.now())
    log.info("done", task="ask-about-listings", count=count)
