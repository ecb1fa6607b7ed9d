"""What the clock sets off."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from procrastinate.contrib.django import app

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.jobs import feed, heartbeat, nightly, outbox, rounds
from flsf.mandate.rounds import queries as round_queries
from flsf.market.agreements import queries as agreements
from flsf.market.feed.models import Edition
from flsf.market.listings import queries as listings
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel, Delivery
from tests import factories
from tests.factories import NOW, TODAY, lot
from tests.factories_market import admitted, issued, provider, service


def message(channel=Channel.EMAIL, **details):
    return notify.queue(
        template="hello",
        recipient_id=None,
        address="parent@example.org",
        channel=channel,
        details=details,
        by=SYSTEM,
        at=NOW,
    )


def settled(one):
    one.refresh_from_db()
    return Delivery(one.delivery), one.trouble


def test_a_message_is_sent_once(db):
    waiting = message(reference="R-4F7K2")
    outbox.send_outbox(0)
    outbox.send_outbox(0)
    [letter] = mail.outbox
    assert letter.to == ["parent@example.org"]
    assert "R-4F7K2" in letter.body
    assert letter.subject == "There is something new for you to read"
    assert settled(waiting) == (Delivery.SENT, "")


def test_a_mail_server_that_is_away_leaves_it_waiting(db, monkeypatch):
    def away(*_):
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "send", away)
    waiting = message()
    outbox.send_outbox(0)
    assert settled(waiting) == (Delivery.WAITING, "")


def test_what_nothing_can_carry_is_given_up_with_the_reason(db, settings):
    settings.FLSF_DEMO = False
    waiting = message(Channel.TEXT)
    outbox.send_outbox(0)
    assert settled(waiting) == (Delivery.FAILED, outbox.NO_SENDER)


def test_the_demonstration_prints_texts_and_letters(db):
    waiting = message(Channel.LETTER)
    outbox.send_outbox(0)
    assert settled(waiting) == (Delivery.SENT, "")


def test_sessions_that_ran_out_are_forgotten(db):
    nightly.forget_sessions(0)


def test_old_listings_are_taken_down_and_asked_about_at_night(db):
    of = service(provider(), lot(), confirmed_on=TODAY - timedelta(days=400))
    nightly.ask_about_listings(0)
    nightly.take_down_listings(0)
    assert listings.taken_down_ids() == {of.pk}


def test_a_pool_that_is_never_shut_has_its_rounds_every_night(db):
    pool = factories.made_framework()
    with clock.stopped_at(NOW):
        rounds.roll_rounds(0)
        rounds.roll_rounds(0)
    found = round_queries.rounds(pool.pk, on=clock.london_day(NOW))
    assert [one.number for one in found] == [2, 1]


def test_every_job_is_known_to_the_worker_and_has_its_hour():
    app.perform_import_paths()  # as the worker does first
    periodic = {one.task.name for one in app.periodic_registry.periodic_tasks.values()}
    named = {"send-outbox", "retry-stalled", "forget-sessions", "roll-rounds"}
    assert named | {"take-down-listings", "ask-about-listings"} <= periodic


def test_a_worker_that_was_never_there_is_told(db):
    assert heartbeat.told(NOW) == {"heard": False, "seconds_ago": None}


@pytest.mark.parametrize(("seconds", "heard"), [(5, True), (60, False)])
def test_a_worker_is_heard_or_silent(db, seconds, heard):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [NOW - timedelta(seconds=seconds)],
        )
    assert heartbeat.told(NOW) == {"heard": heard, "seconds_ago": seconds}


def test_the_feed_is_published_once_while_nothing_changes(db):
    feed.publish_feed(0)
    feed.publish_feed(0)
    assert Edition.objects.count() == 1


def test_agreements_that_wait_are_asked_about_by_night(db):
    paper = issued(admitted(provider()))
    with clock.stopped_at(NOW + timedelta(days=7)):
        nightly.remind_of_agreements(0)
        nightly.remind_of_agreements(0)
    assert agreements.papers(person=SYSTEM, on=TODAY)[0].reminded_on == (TODAY + timedelta(days=7),)
    assert paper.reminded_on == ()
    assert "remind-of-agreements" in {task.name for task in app.tasks.values()}


def test_marks_of_change_are_tidied_by_night(db, monkeypatch):
    asked = []

    def tidy(*, by, at):
        asked.append((by, at))
        return 3

    monkeypatch.setattr(nightly.providers, "tidy_changes", tidy)
    nightly.tidy_catalogue_changes(0)
    assert asked == [(SYSTEM, NOW)]
    assert "tidy-catalogue-changes" in {task.name for task in app.tasks.values()}
