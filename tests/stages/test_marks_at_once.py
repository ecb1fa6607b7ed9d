"""Two hands on one register, and a database that goes away in the middle of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection

from flsf.core.half_days import Half
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions
from flsf.delivery.attendance.models import Correction, Mark
from flsf.shared.audit.models import AuditEntry
from tests import factories_delivery as made
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = date(2026, 5, 11)


def test_the_same_session_marked_twice_at_once_has_one_mark_and_the_other_is_told():
    placement, together = made.running(), Barrier(2)

    def mark(_):
        try:
            together.wait(timeout=5)
            actions.mark(
                placement_id=placement.pk,
                day=TODAY,
                half=Half.AM,
                facts=made.CAME,
                by=SYSTEM,
                at=NOW,
            )
        except actions.AlreadyMarked as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "marked"

    with ThreadPoolExecutor(max_workers=2) as pool:
        told = set(pool.map(mark, range(2)))
    assert told == {"marked", actions.AlreadyMarked.says}
    assert Mark.objects.count() == 1


def rows(placements, note=""):
    ways = ["yes", "", "yes", "", "", "", "", note]
    return [[one.ref, "2026-05-11", "am", *ways] for one in placements]


def upload(given):
    return actions.upload(rows=given, organisation_ids=None, by=SYSTEM, at=NOW)


def test_the_same_register_twice_at_once_is_added_once():
    placements, together = [made.running() for _ in range(3)], Barrier(2)

    def send(_):
        try:
            together.wait(timeout=5)
            done = upload(rows(placements))
        finally:
            connection.close()
        return done.added, done.same

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(send, range(2))) == [(0, 3), (3, 0)]
    assert (Mark.objects.count(), Correction.objects.count()) == (3, 0)


def killed_after(given, number):
    """The rows; but once that many are read, the server drops our connection."""
    pid = connection.connection.info.backend_pid
    settings = connection.get_connection_params()
    for read, one in enumerate(given):
        if read == number:
            allowed = {"host", "port", "user", "password", "dbname"}
            with psycopg.connect(**{k: v for k, v in settings.items() if k in allowed}) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [pid])
        yield one


def test_a_connection_lost_during_an_upload_leaves_nothing_half_done():
    placements = [made.running() for _ in range(3)]
    upload(rows(placements[:1]))
    before = list(Mark.objects.values())
    entries = AuditEntry.objects.count()
    many = rows(placements, note="said otherwise") * 20_000
    with pytest.raises((OperationalError, InterfaceError)):
        upload(killed_after(many, 30_000))
    connection.close()
    assert list(Mark.objects.values()) == before
    assert Correction.objects.count() == 0
    assert AuditEntry.objects.count() == entries
    assert upload(rows(placements)).added == 2
