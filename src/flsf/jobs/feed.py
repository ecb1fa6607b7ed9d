"""Publishes the directory for other systems."""

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.market.feed import actions as feed

log = structlog.get_logger("flsf.jobs")


@app.periodic(cron="*/5 * * * *")
@app.task(name="publish-feed", queueing_lock="publish-feed", lock="publish-feed")
def publish_feed(timestamp: int) -> None:
    """The feed says what the directory says. Nothing differs: nothing is written."""
    edition = feed.publish(
        council=settings.COUNCIL_NAME, address=settings.FLSF_ADDRESS, by=SYSTEM, at=clock.now()
    )
    if edition is not None:
        log.info("feed-published", edition=edition.pk, changed=edition.changed)
