"""The nightly round. One task for each thing, so that one that fails keeps no other back.

A stage's nightly work is added here: a periodic task that reads the clock once and calls one
action or flow as SYSTEM.
"""

import structlog
from django.core.management import call_command
from procrastinate.contrib.django import app

log = structlog.get_logger("flsf.jobs")


@app.periodic(cron="15 2 * * *")
@app.task(name="forget-sessions", queueing_lock="forget-sessions")
def forget_sessions(timestamp: int) -> None:
    """Sign-ins that ran out are gone from the database."""
    call_command("clearsessions")
    log.info("done", task="forget-sessions")
