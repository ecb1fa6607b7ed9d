"""The nightly round. One task for each thing, so that one that fails keeps no other back.

A stage's nightly work is added here: a periodic task that reads the clock once and calls one
action or flow as SYSTEM.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.core.management import call_command
from procrastinate.contrib.django import app

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows import keep_listings_fresh, nudge_applicants
from flsf.flows.continuity import ask_about_children
from flsf.flows.exclude import sweep_suppliers
from flsf.flows.issue_agreements import remind_waiting
from flsf.flows.note_gaps import note_gaps
from flsf.flows.remind_providers import remind_of_reports, remind_providers
from flsf.market.exclusions import queries as exclusions
from flsf.market.exclusions.enums import Cause
from flsf.market.providers import actions as providers

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


@dataclass(frozen=True, slots=True)
class Night:
    """What the round about checks did: messages queued, decisions asked for."""

    messages: int
    decisions: int


def look_after_checks(at: datetime) -> Night:
    """Providers are reminded of what runs out, and each child where something has is asked about.

    For the task below, and for a demonstration that pretends it is another day.
    """
    return Night(remind_providers(by=SYSTEM, at=at), ask_about_children(by=SYSTEM, at=at))


@app.periodic(cron="10 0 * * *")
@app.task(name="look-after-checks", queueing_lock="look-after-checks", lock="look-after-checks")
def look_after_checks_tonight(timestamp: int) -> None:
    """Soon after midnight: a check that ran out yesterday is acted on today."""
    night = look_after_checks(clock.now())
    log.info("done", task="look-after-checks", count=night.messages + night.decisions)


@app.periodic(cron="50 2 * * *")
@app.task(name="look-at-debarment-list", queueing_lock="look-at-debarment-list")
def look_at_debarment_list(timestamp: int) -> None:
    """Every supplier is looked for on the debarment list in force, if there is one (section 62)."""
    if exclusions.in_force() is None:
        log.info("done", task="look-at-debarment-list", count=0)
        return
    found = sweep_suppliers(cause=Cause.NIGHTLY, by=SYSTEM, at=clock.now())
    log.info("done", task="look-at-debarment-list", count=found)


@app.periodic(cron="35 2 * * *")
@app.task(name="tidy-catalogue-changes", queueing_lock="tidy-catalogue-changes")
def tidy_catalogue_changes(timestamp: int) -> None:
    """Marks of change that nobody reads any more are gone."""
    dropped = providers.tidy_changes(by=SYSTEM, at=clock.now())
    log.info("done", task="tidy-catalogue-changes", count=dropped)


@app.periodic(cron="0 7 * * *")
@app.task(name="remind-applicants", queueing_lock="remind-applicants")
def remind_applicants(timestamp: int) -> None:
    """Whoever left an application half-way has been reminded, when a reminder was due."""
    count = nudge_applicants.nudge_applicants(by=SYSTEM, at=clock.now())
    log.info("done", task="remind-applicants", count=count)


@app.periodic(cron="5 7 * * *")
@app.task(name="remind-of-agreements", queueing_lock="remind-of-agreements")
def remind_of_agreements(timestamp: int) -> None:
    """Whoever has not answered about its framework agreement has been reminded, when due."""
    count = remind_waiting(by=SYSTEM, at=clock.now())
    log.info("done", task="remind-of-agreements", count=count)


@app.periodic(cron="10 7 * * *")
@app.task(name="remind-of-reports", queueing_lock="remind-of-reports", lock="remind-of-reports")
def remind_of_value_reports(timestamp: int) -> None:
    """Whoever promised social value and has not reported on it has been reminded, when due."""
    count = remind_of_reports(by=SYSTEM, at=clock.now())
    log.info("done", task="remind-of-reports", count=count)


@app.periodic(cron="30 2 * * *")
@app.task(name="forget-applications", queueing_lock="forget-applications")
def forget_applications(timestamp: int) -> None:
    """Applications never sent and left alone for twelve months are gone."""
    count = nudge_applicants.forget_applications(by=SYSTEM, at=clock.now())
    log.info("done", task="forget-applications", count=count)


@app.periodic(cron="40 2 * * *")
@app.task(name="note-gaps", queueing_lock="note-gaps")
def note_what_is_missing(timestamp: int) -> None:
    """Referrals that nothing fits are among what is missing."""
    count = note_gaps(by=SYSTEM, at=clock.now())
    log.info("done", task="note-gaps", count=count)
