"""Versions of listings: sent, agreed, sent back; old ones asked about and taken down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flsf.core.people import SYSTEM
from flsf.flows import agree_listing, keep_listings_fresh
from flsf.flows import offer_service as offers
from flsf.mandate.law import actions as law
from flsf.mandate.law.enums import Key
from flsf.market.directory import queries as directory
from flsf.market.directory.rules import Asked
from flsf.market.listings import actions, queries
from flsf.market.listings.enums import RevisionStatus
from flsf.market.listings.models import Recheck, Revision, TakenDown
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import Mode
from flsf.market.providers.models import Service
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import Organisation
from flsf.shared.audit.models import AuditEntry
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_market import admitted, facts, provider, service, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(db):
    return lot()


@pytest.fixture
def walks(inside):
    of = provider("Heron Trust")
    admitted(of, in_lot=inside)
    return service(of, inside, name="Walks", what_it_is="Short walks.", largest_group=4)


@pytest.fixture
def officer(db):
    return council_member(Role.COMMISSIONER)


def agreed(revision, officer, seen=None):
    seen = queries.compared(fresh(revision)).seen if seen is None else seen
    return agree_listing.agree(
        revision_id=revision.pk,
        provider_id=revision.provider_id,
        ref=revision.ref,
        seen=seen,
        by=officer,
        at=NOW,
    )


def sent_back(revision, officer, words="Say who leads the walks."):
    agree_listing.send_back(
        revision_id=revision.pk,
        provider_id=revision.provider_id,
        ref=revision.ref,
        words=words,
        by=officer,
        at=NOW,
    )


def fresh(revision):
    return Revision.objects.select_related("service").get(pk=revision.pk)


def listed():
    return [card.name for card in directory.search(Asked(), at=None, on=TODAY).cards]


def public_words(of):
    return directory.service(of.slug, on=TODAY).service.what_it_is


def test_the_version_agreed_to_last_stays_public_until_the_next_is(walks, officer):
    waiting = version(walks, what_it_is="Long walks.", name="Hikes")
    assert (listed(), public_words(walks)) == (["Walks"], "Short walks.")
    assert agreed(waiting, officer) == walks.pk
    assert (listed(), public_words(walks)) == (["Hikes"], "Long walks.")
    assert fresh(waiting).status == RevisionStatus.APPROVED
    assert AuditEntry.objects.filter(subject=f"listing {waiting.ref}").count() == 2


def test_a_new_service_is_nobodys_until_agreed(inside, officer):
    of = provider()
    admitted(of, in_lot=inside)
    waiting = actions.propose(
        provider_id=of.pk, facts=facts(inside, name="Kiln"), by=SYSTEM, at=NOW
    )
    assert (listed(), Service.objects.count()) == ([], 0)
    made = Service.objects.get(pk=agreed(waiting, officer))
    assert (made.provider, listed()) == (of, ["Kiln"])
    assert set(Recheck.objects.get().fields) >= {"mode", "largest_group"}


def test_what_was_seen_is_what_is_agreed(walks, officer):
    waiting = version(walks, what_it_is="Long walks.")
    seen = queries.compared(fresh(waiting)).seen
    # Somebody at the council mends the name while the page is open.
    providers.change_service(
        service_id=walks.pk,
        facts=replace(walks.facts, name="Canal walks"),
        by=officer,
        at=NOW,
    )
    with pytest.raises(actions.ChangedSinceSeen):
        agreed(waiting, officer, seen)
    assert agreed(waiting, officer) == walks.pk
    walks.refresh_from_db()
    assert (walks.name, walks.what_it_is) == ("Canal walks", "Long walks.")


def test_a_newer_version_takes_the_place_of_one_that_waits(walks, officer):
    first = version(walks, what_it_is="Long walks.")
    second = version(walks, what_it_is="Very long walks.")
    assert fresh(first).status == RevisionStatus.REPLACED
    with pytest.raises(actions.NotWaiting):
        agreed(first, officer)
    assert queries.waiting_for(walks.pk) == second
    agreed(second, officer)
    assert public_words(walks) == "Very long walks."
    with pytest.raises(actions.NotWaiting):
        agreed(second, officer)


def test_sent_back_with_words_and_told(walks, officer):
    manager = member_of(Organisation.objects.get(pk=walks.provider.organisation_id))
    waiting = version(walks)
    with pytest.raises(actions.NeedsWords):
        sent_back(waiting, officer, "  ")
    sent_back(waiting, officer)
    assert fresh(waiting).words == "Say who leads the walks."
    told = Message.objects.get()
    assert (told.template, told.recipient) == ("listing-sent-back", manager)
    with pytest.raises(actions.NotWaiting):
        sent_back(waiting, officer)
    assert queries.latest_of(walks.provider_id) == {walks.pk: [fresh(waiting)]}
    version(walks, what_it_is="Walks led by Jo.")
    [[shown]] = queries.latest_of(walks.provider_id).values()
    assert shown.status == RevisionStatus.WAITING


def test_a_new_service_sent_back_is_sent_again_in_its_place(inside, officer):
    of = provider()
    told = {"provider_id": of.pk, "by": SYSTEM, "at": NOW}
    first = actions.propose(facts=facts(inside), **told)
    sent_back(first, officer)
    second = actions.propose(facts=facts(inside), replaces=first.ref, **told)
    assert queries.latest_of(of.pk) == {None: [second]}
    third = actions.propose(facts=facts(inside), replaces=second.ref, **told)
    assert queries.latest_of(of.pk) == {None: [third]}
    agreed(third, officer)
    with pytest.raises(actions.NotWaiting):
        actions.propose(facts=facts(inside), replaces=third.ref, **told)


def test_nothing_changed_is_refused(walks):
    with pytest.raises(actions.NothingChanged):
        version(walks, name="Walks")
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"mode": Mode.SITE}, providers.PlaceDoesNotMatchMode),
        ({"lowest_age": 20}, providers.AgesNotSensible),
        ({"mode": Mode.SITE, "site_id": 0}, providers.NotTheirSite),
    ],
)
def test_what_could_not_be_offered_cannot_be_sent(walks, changed, refusal):
    with pytest.raises(refusal):
        version(walks, **changed)
    assert not Revision.objects.exists()


def test_taken_back_by_its_provider(walks):
    waiting = version(walks)
    actions.withdraw(revision_id=waiting.pk, by=SYSTEM, at=NOW)
    assert fresh(waiting).status == RevisionStatus.WITHDRAWN
    assert queries.latest_of(walks.provider_id) == {}
    with pytest.raises(actions.NotWaiting):
        actions.withdraw(revision_id=waiting.pk, by=SYSTEM, at=NOW)


def test_only_a_change_of_what_was_checked_asks_for_another_look(walks, officer):
    agreed(version(walks, what_it_is="Long walks."), officer)
    assert not Recheck.objects.exists()
    walks.refresh_from_db()
    agreed(version(walks, largest_group=8), officer)
    [task] = queries.rechecks_open(person=officer)
    assert task.fields == ["largest_group"]
    finish = {"recheck_id": task.pk, "by": officer, "at": NOW}
    with pytest.raises(actions.SayWhatYouFound):
        actions.finish_recheck(found=" ", **finish)
    actions.finish_recheck(found="Insurance covers eight.", **finish)
    assert not queries.rechecks_open(person=officer).exists()
    with pytest.raises(actions.AlreadyLookedAt):
        actions.finish_recheck(found="Again.", **finish)


def test_providers_see_their_own_versions_only(walks):
    waiting = version(walks)
    place = Organisation.objects.get(pk=walks.provider.organisation_id)
    assert queries.with_ref(waiting.ref, person=member_of(place)) == waiting
    stranger = member_of(Organisation.objects.get(pk=provider().organisation_id))
    assert queries.with_ref(waiting.ref, person=stranger) is None
    assert not queries.rechecks_open(person=stranger).exists()


def old(inside, days, **more):
    of = provider()
    admitted(of, in_lot=inside)
    return service(of, inside, confirmed_on=TODAY - timedelta(days=days), **more)


def test_what_nobody_confirms_is_taken_down_on_its_day_and_put_back_by_confirming(inside):
    gone = old(inside, 365, name="Old walks")
    old(inside, 364, name="Nearly old walks")
    member_of(Organisation.objects.get(pk=gone.provider.organisation_id))
    assert len(listed()) == 2
    assert keep_listings_fresh.take_down_old(by=SYSTEM, at=NOW) == 1
    assert listed() == ["Nearly old walks"]
    assert directory.service(gone.slug, on=TODAY).taken_down_on == TODAY
    assert Message.objects.get().template == "listing-taken-down"
    # A second run the same night, and anything that relists, leave it down.
    assert keep_listings_fresh.take_down_old(by=SYSTEM, at=NOW) == 0
    offers.change_provider(
        provider_id=gone.provider_id, facts=gone.provider.facts, by=SYSTEM, at=NOW
    )
    assert listed() == ["Nearly old walks"]
    offers.confirm_services(service_ids=[gone.pk], by=SYSTEM, at=NOW)
    assert listed() == ["Nearly old walks", "Old walks"]
    assert TakenDown.objects.get().put_back_on == TODAY
    assert directory.service(gone.slug, on=TODAY).taken_down_on is None


def test_the_age_is_the_one_set_for_the_day(inside):
    old(inside, 200)
    set_to = {"key": Key.LISTING_TAKEN_DOWN_DAYS, "source": "Council", "by": SYSTEM, "at": NOW}
    law.set_value(value=200, in_force_from=TODAY + timedelta(days=1), **set_to)
    assert keep_listings_fresh.take_down_old(by=SYSTEM, at=NOW) == 0
    tomorrow = NOW + timedelta(days=1)
    assert keep_listings_fresh.take_down_old(by=SYSTEM, at=tomorrow) == 1


def test_one_message_a_month_for_all_of_a_providers_old_listings(inside):
    first = old(inside, 90)
    service(first.provider, inside, confirmed_on=TODAY - timedelta(days=120))
    old(inside, 89)
    member_of(Organisation.objects.get(pk=first.provider.organisation_id))
    assert keep_listings_fresh.ask_whether_still_right(by=SYSTEM, at=NOW) == 2
    [told] = Message.objects.all()
    assert told.template == "listing-still-right"
    assert first.ref in told.details["reference"]
    later = NOW + timedelta(days=29)
    assert keep_listings_fresh.ask_whether_still_right(by=SYSTEM, at=later) == 1  # the third
    assert keep_listings_fresh.ask_whether_still_right(by=SYSTEM, at=NOW + timedelta(days=30)) == 2


def test_nobody_is_asked_about_what_is_closed(inside):
    closed = old(inside, 400)
    providers.close_to_new_children(
        provider_id=closed.provider_id, lot_ids=[inside.pk], closed_from=TODAY, by=SYSTEM, at=NOW
    )
    Service.objects.filter(pk=closed.pk).update(status="closed")
    assert keep_listings_fresh.ask_whether_still_right(by=SYSTEM, at=NOW) == 0


def test_agreeing_puts_a_listing_back(inside, officer):
    gone = old(inside, 400)
    keep_listings_fresh.take_down_old(by=SYSTEM, at=NOW)
    agreed(version(gone, name="Old walks, new words"), officer)
    assert listed() == ["Old walks, new words"]
