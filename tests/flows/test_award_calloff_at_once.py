"""Two officers, one place or one pound, the same moment; and a connection that dies."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from flsf.casework.calloffs.enums import AwardStatus, DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.children.models import Disclosure
from flsf.casework.matching.models import Shortlist
from flsf.casework.timetable.actions import NoPlaceLeft
from flsf.casework.timetable.enums import Hold
from flsf.casework.timetable.models import Booking
from flsf.core.refusals import Refusal
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.models import Placement
from flsf.flows.keep_limit import OverLimit
from flsf.mandate.budgets.actions import NotEnoughBudget
from flsf.mandate.budgets.models import LedgerLine
from flsf.market.admissions.actions import limit
from flsf.market.admissions.models import Admission
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW
from tests.factories_awards import budget
from tests.factories_matching import decided, proposed, referral, scene, service

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """What each of them was told: the refusal's kind, or "done"."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait(timeout=5)
            act()
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_last_place_goes_to_one_and_the_other_is_told():
    at = scene()
    last = service(at.lot, places={0: 1, 2: 1})
    wanted = {
        "service_ref": last.ref,
        "ground": DirectGround.PREFERENCE,
        "override_reason": "They know each other.",
    }
    other = replace(at, referral=referral())
    told = at_once(lambda: proposed(at, **wanted), lambda: proposed(other, **wanted))
    assert sorted(told, key=str) == sorted([NoPlaceLeft, "done"], key=str)
    assert (Award.objects.count(), Shortlist.objects.count(), Booking.objects.count()) == (1, 1, 2)


def test_the_last_child_under_a_limit_is_one_officers_and_the_other_is_told():
    at = scene()
    ids = list(Admission.objects.filter(provider=at.service.provider).values_list("pk", flat=True))
    limit(admission_ids=ids, most_children=1, reason="New.", by=at.director, at=NOW)
    other = replace(at, referral=referral())
    told = at_once(lambda: proposed(at), lambda: proposed(other))
    assert sorted(told, key=str) == sorted([OverLimit, "done"], key=str)
    assert Award.objects.count() == 1


def test_the_last_pound_goes_to_one_and_the_other_is_told():
    at = scene()
    poor = budget(2000)  # each costs £1,200
    first = proposed(at, budget_id=poor.pk)
    second = proposed(replace(at, referral=referral()), budget_id=poor.pk)
    told = at_once(lambda: decided(first, at.director), lambda: decided(second, at.director))
    assert sorted(told, key=str) == sorted([NotEnoughBudget, "done"], key=str)
    assert Placement.objects.count() == LedgerLine.objects.count() == 1
    statuses = sorted(Award.objects.values_list("status", flat=True))
    assert statuses == [AwardStatus.AWAITING, AwardStatus.AWARDED]


def test_one_award_decided_twice_at_once_is_decided_once():
    at = scene()
    award = proposed(at)
    told = at_once(lambda: decided(award, at.director), lambda: decided(award, at.director))
    assert told.count("done") == 1
    assert Placement.objects.count() == LedgerLine.objects.count() == 1


def test_a_connection_that_dies_in_the_middle_leaves_nothing_half_done(monkeypatch):
    at = scene()
    award = proposed(at)
    before = AuditEntry.objects.count()
    real = placements.plan

    def dies(**given):
        """By now the place is booked and the money promised, in this transaction."""
        real(**given)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(placements, "plan", dies)
    with pytest.raises(OperationalError):
        decided(award, at.director)
    connection.close()
    award.refresh_from_db()
    assert award.status == AwardStatus.AWAITING
    assert set(Booking.objects.values_list("hold", flat=True)) == {Hold.HELD}
    assert not LedgerLine.objects.exists()
    assert not Placement.objects.exists()
    assert not Disclosure.objects.filter(because=award.ref).exists()
    assert AuditEntry.objects.count() == before
    monkeypatch.undo()
    assert decided(award, at.director)  # and it can be done again
