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


def test_the_same_questions_are_put_for_one_provider_and_for_three(django_assert_num_queries):
    for already in (0, 1):
        for _ in range(1 + already):
            for day in (date(2026, 5, 4), date(2026, 5, 6)):
                marked(billed(), day)
        settle_month(month=date(2026, 5, 1), by=SYSTEM, at=NOW)
        with django_assert_num_queries(16):
            settle_month(month=date(2026, 5, 1), by=SYSTEM, at=NOW)
    assert Claim.objects.count() == 6


def test_a_claim_of_one_provider_says_nothing_of_anothers_sessions():
    first, second = billed(), billed()
    marked(first, date(2026, 5, 4))
    marked(second, date(2026, 5, 6))
    settle_month(month=date(2026, 5, 1), by=SYSTEM, at=NOW)
    told = Claim.objects.values_list("provider", "lines__placement", "lines__day")
    assert sorted(told) == sorted(
        [
            (first.provider_id, first.pk, date(2026, 5, 4)),
            (second.provider_id, second.pk, date(2026, 5, 6)),
        ]
    )
