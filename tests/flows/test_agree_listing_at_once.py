"""The provider sends another version while an officer agrees; two officers agree at once."""

import pytest

from flsf.core.people import SYSTEM
from flsf.flows import agree_listing
from flsf.market.listings import actions, queries
from flsf.market.listings.actions import NotWaiting
from flsf.market.listings.enums import RevisionStatus
from flsf.market.listings.models import Revision
from flsf.market.providers.models import Service
from tests.factories import NOW, council_member, lot
from tests.factories_market import facts, provider, service, version
from tests.flows.test_award_calloff_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def agreeing(revision, seen, officer):
    return lambda: agree_listing.agree(
        revision_id=revision.pk,
        provider_id=revision.provider_id,
        ref=revision.ref,
        seen=seen,
        by=officer,
        at=NOW,
    )


def seen_of(revision):
    found = Revision.objects.select_related("service").get(pk=revision.pk)
    return queries.compared(found).seen


def test_what_is_agreed_is_what_was_seen_whoever_comes_first():
    walks = service(provider(), lot(), what_it_is="Short.")
    first, officer = version(walks, what_it_is="Long."), council_member()
    told = at_once(
        agreeing(first, seen_of(first), officer),
        lambda: version(walks, what_it_is="Never seen."),
    )
    walks.refresh_from_db()
    waiting = Revision.objects.get(status=RevisionStatus.WAITING)
    assert waiting.facts.what_it_is == "Never seen."
    assert told[1] == "done"
    assert (told[0], walks.what_it_is) in {("done", "Long."), (NotWaiting, "Short.")}


def test_two_officers_agree_once():
    first = version(service(provider(), lot()))
    seen = seen_of(first)
    told = at_once(agreeing(first, seen, council_member()), agreeing(first, seen, council_member()))
    assert sorted(told, key=str) == sorted([NotWaiting, "done"], key=str)


def test_a_new_service_is_made_once():
    first = actions.propose(provider_id=provider().pk, facts=facts(lot()), by=SYSTEM, at=NOW)
    seen = seen_of(first)
    told = at_once(agreeing(first, seen, council_member()), agreeing(first, seen, council_member()))
    assert sorted(told, key=str) == sorted([NotWaiting, "done"], key=str)
    assert Service.objects.count() == 1
