"""Two people, one admission, the same moment: why actions lock the row first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from flsf.market.admissions import actions
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.admissions.models import StatusChange
from tests.factories import NOW, TODAY, council_member
from tests.factories_market import admitted


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_suspend_once():
    admission, together = admitted(), Barrier(2)

    def suspend(officer):
        try:
            together.wait(timeout=5)
            actions.suspend(
                admission_id=admission.pk,
                reason=SuspensionReason.QUALITY,
                explanation="Two visits found the same gaps.",
                takes_effect_on=TODAY,
                review_on=TODAY + timedelta(days=28),
                by=officer,
                at=NOW,
            )
        except actions.NotInPool as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "suspended"

    with ThreadPoolExecutor(max_workers=2) as pool:
        told = set(pool.map(suspend, [council_member(), council_member()]))
    assert told == {"suspended", actions.NotInPool.says}
    assert StatusChange.objects.filter(status=Status.SUSPENDED).count() == 1
