"""Two officers tell one round at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from flsf.core.refusals import Refusal
from flsf.flows.release_round import release_round
from flsf.market.agreements.models import Agreement
from flsf.market.evaluation.actions import AlreadyTold
from flsf.market.evaluation.enums import Outcome
from flsf.market.providers.models import Provider
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import council_member
from tests.factories_evaluation import AFTER, decided, scene

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_them_tells_everybody_once_and_the_other_hears_so():
    at = scene()
    decided(at)
    decided(at, but={"teaching": 2}, outcome=Outcome.DECLINE)
    officers, together = [at.director, council_member(Role.DIRECTOR)], Barrier(2)

    def run(officer):
        try:
            round_of = at.round(AFTER.date())
            together.wait(timeout=5)
            return release_round(round_of=round_of, by=officer, at=AFTER)
        except Refusal as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        told = list(pool.map(run, officers))
    assert sorted(told, key=str) == sorted([2, AlreadyTold], key=str)
    assert (Message.objects.count(), Provider.objects.count(), Agreement.objects.count()) == (
        2,
        1,
        1,
    )
