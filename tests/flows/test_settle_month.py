from datetime import date

import pytest

from flsf.core.people import SYSTEM
from flsf.flows.settle_month import settle_month
from flsf.money.payments.models import Claim, Line
from tests.factories import NOW
from tests.factories_money import billed, marked

pytestmark = pytest.mark.django_db


def test_every_provider_with_sessions_has_a_claim_and_a_second_run_changes_nothing():
    first, second, _ = billed(), billed(), billed()
    for placement in (first, second):
        marked(placement, date(2026, 5, 4))
    refs = settle_month(month=date(2026, 5, 1), by=SYSTEM, at=NOW)
    before = list(Line.objects.order_by("pk").values())
    assert sorted(refs) == sorted(Claim.objects.values_list("ref", flat=True))
    assert len(refs) == 2
    assert settle_month(month=date(2026, 5, 31), by=SYSTEM, at=NOW) == refs
    assert list(Line.objects.order_by("pk").values()) == before
