"""Every page that anybody may read says when it was last changed (S210)."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows import keep_listings_fresh, offer_service
from flsf.market.comments import actions as comments
from flsf.market.others import actions as others
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import ServiceStatus
from flsf.market.providers.models import Provider
from flsf.shared.council import actions as council
from flsf.shared.council.rules import Particulars
from flsf.web.access import PUBLIC
from flsf.web.components import last_changed
from flsf.web.components.last_changed import Changed
from tests.access import matrix
from tests.access.objects import BY_ITSELF, captured_for, kind_of
from tests.access.world import made
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, comment, other, provider, service

pytestmark = pytest.mark.django_db

SEARCH = reverse("directory-search")
# Pages that publish nothing: they ask, answer one person, or belong to the demonstration.
ASKS = re.compile(
    r"ask-|account_|mfa_|openid|socialaccount|sign-|second-factor|demo|join-(answer|email|sent|step"
    r"|link)|feedback-(say|thanks)|directory-looked-for|health|your-|council-colour|how-we-choose-"
)
BY_NAME = {"model-policy": {"slug": "safeguarding"}, "feedback-year": {"year": 2026}}
FILES = ("-csv", "-xlsx", "-json", "-svg", "-ndjson", "-file", "-picture")


def told(html):
    """The day at the foot of a page and the sentence beside it; the head says the same."""
    shown = re.findall(r'Last changed: <time datetime="([\d-]+)">[^<]+</time>\. ([^<]+)</p>', html)
    in_head = re.findall(r'<meta name="dcterms.modified" content="([\d-]+)">', html)
    assert [day for day, _ in shown] == in_head
    return (date.fromisoformat(shown[0][0]), shown[0][1]) if shown else None


def day_of(client, address, **query):
    return told(client.get(address, query).content.decode())[0]


def address_of(entry, world):
    names = matrix.takes(entry)
    if entry.name in BY_NAME or not names:
        return reverse(entry.name, kwargs=BY_NAME.get(entry.name, {}))
    return reverse(entry.name, kwargs=captured_for(names, getattr(world.mine, kind_of(entry.name))))


def test_every_page_that_anybody_may_read_says_it(client):
    world, silent, said = made(), [], []
    comment()
    for entry in matrix.every().values():
        if entry.callback.permission != PUBLIC or entry.name.endswith(FILES):
            continue
        is_by_itself = entry.name in BY_ITSELF and entry.name not in {
            "model-policy",
            "feedback-year",
        }
        if ASKS.match(entry.name) or is_by_itself:
            continue
        answer = client.get(address_of(entry, world))
        if answer.status_code == 405 or "text/html" not in answer.headers["Content-Type"]:
            continue
        assert answer.status_code == 200, entry.name
        (said if told(answer.content.decode()) else silent).append(entry.name)
    assert silent == []
    assert {"start", "privacy", "directory-search", "directory-service", "public-spend"} <= set(
        said
    )
    assert len(said) > 25


def test_a_page_that_asks_or_belongs_to_somebody_says_no_such_day(client, officer_client):
    assert told(client.get(reverse("sign-in")).content.decode()) is None
    assert told(officer_client.get(reverse("my-work")).content.decode()) is None


def live(name="Maths", **more):
    of, inside = provider("Heron Trust"), lot()
    admitted(of, in_lot=inside)
    return service(of, inside, name=name, **more)


LATER = NOW + timedelta(days=9)
LATEST = NOW + timedelta(days=12)


def test_a_services_day_moves_with_what_its_page_says_and_with_nothing_else(client):
    one = live()
    page = reverse("directory-service", kwargs={"slug": one.slug})
    later, latest = TODAY + timedelta(days=9), TODAY + timedelta(days=12)
    assert day_of(client, page) == TODAY
    with clock.stopped_at(LATER):
        offer_service.confirm_services(service_ids=[one.pk], by=SYSTEM, at=LATER)
        offer_service.change_service(service_id=one.pk, facts=one.facts, by=SYSTEM, at=LATER)
        providers.set_status(service_id=one.pk, status=ServiceStatus.FULL, by=SYSTEM, at=LATER)
        assert day_of(client, page) == TODAY
        facts = replace(one.facts, what_to_expect="Tea and biscuits.")
        offer_service.change_service(service_id=one.pk, facts=facts, by=SYSTEM, at=LATER)
        assert day_of(client, page) == later
    with clock.stopped_at(LATEST):
        assert day_of(client, page) == later
        facts = replace(one.provider.facts, phone="01632 960 111")
        offer_service.change_provider(
            provider_id=one.provider_id, facts=facts, by=SYSTEM, at=LATEST
        )
        assert day_of(client, page) == latest


def test_a_comment_and_its_answer_change_the_page_of_a_service(client):
    one, officer = live(), council_member()
    page = reverse("directory-service", kwargs={"slug": one.slug})
    said = comment(one, published=False)
    with clock.stopped_at(LATER):
        assert day_of(client, page) == TODAY
        comments.publish(comment_id=said.pk, shown="They listened.", by=officer, at=LATER)
        assert day_of(client, page) == TODAY + timedelta(days=9)
        assert day_of(client, reverse("feedback-year", kwargs={"year": 2026})) >= date(2026, 5, 24)
    with clock.stopped_at(LATEST):
        comments.answer(
            comment_id=said.pk, words="Thank you.", did="", answered_as="Us", by=officer, at=LATEST
        )
        assert day_of(client, page) == TODAY + timedelta(days=12)


def test_taking_an_old_listing_down_changes_its_page(client):
    one = live(confirmed_on=TODAY - timedelta(days=400))
    keep_listings_fresh.take_down_old(by=SYSTEM, at=LATER)
    with clock.stopped_at(LATEST):
        page = reverse("directory-service", kwargs={"slug": one.slug})
        assert day_of(client, page) == TODAY + timedelta(days=9)


def test_other_help_and_its_list(client):
    live()
    one = other()
    others.note_checked(other_id=one.pk, by=SYSTEM, at=LATER)
    facts = replace(one.facts, when="On Mondays")
    others.change(other_id=one.pk, facts=facts, by=SYSTEM, at=LATER)
    page = reverse("directory-other", kwargs={"slug": one.slug})
    with clock.stopped_at(LATEST):
        others.note_checked(other_id=one.pk, by=SYSTEM, at=LATEST)
        others.change(other_id=one.pk, facts=facts, by=SYSTEM, at=LATEST)
        assert day_of(client, page) == TODAY + timedelta(days=9)
        # A search says the latest day of what it found, and no other's.
        assert day_of(client, SEARCH) == TODAY + timedelta(days=9)
        assert day_of(client, SEARCH, words="maths") == TODAY
        assert day_of(
            client, reverse("directory-compare"), service=[one.slug]
        ) == TODAY + timedelta(days=9)
        others.take_off(other_id=one.pk, why="Closed.", by=SYSTEM, at=LATEST)
        assert day_of(client, page) == TODAY + timedelta(days=12)
        assert day_of(client, SEARCH) == TODAY


def test_what_a_provider_says_of_itself_changes_its_page_alone(client):
    one = live()
    at = {"provider_id": one.provider_id, "by": SYSTEM, "at": LATER}
    page = reverse("directory-provider", kwargs={"slug": one.provider.slug})
    assert day_of(client, page) == TODAY
    private = replace(one.provider.facts, safeguarding_lead="Jo Field", is_small=False)
    offer_service.change_provider(facts=private, **at)
    assert Provider.objects.get(pk=one.provider_id).changed_on is None
    offer_service.change_provider(facts=replace(private, about="By the canal."), **at)
    with clock.stopped_at(LATEST):
        assert day_of(client, page) == TODAY + timedelta(days=9)
        service_page = reverse("directory-service", kwargs={"slug": one.slug})
        assert day_of(client, service_page) == TODAY


def test_where_nothing_is_listed_that_is_so_today(client):
    assert told(client.get(SEARCH).content.decode()) == (TODAY, "Nothing is listed here today.")


def test_numbers_that_are_added_up_are_of_today(client):
    assert told(client.get(reverse("public-spend")).content.decode()) == (
        TODAY,
        last_changed.FIGURES,
    )


def test_how_the_council_can_be_reached_changes_the_page_that_says_so(client):
    when = NOW + timedelta(days=400)
    council.tell(particulars=Particulars(name="Marlbeck Council"), by=SYSTEM, at=when)
    assert day_of(client, reverse("contact")) == when.date()


@given(st.none() | st.dates(), st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_the_later_of_what_is_told_and_of_our_words(told_on, written_on):
    told_of = Changed(told_on, "Told.") if told_on else None
    shown = last_changed.shown(told_of, written_on.isoformat() if written_on else "")
    both = [one for one in (told_on, written_on) if one]
    assert (shown.on if shown else None) == (max(both) if both else None)
    if shown and told_on == shown.on:
        assert shown.what == "Told."


def test_the_latest_of_no_days_is_none():
    assert last_changed.latest(None) is None
    assert last_changed.latest(None, NOW, date(2026, 1, 1)) == Changed(TODAY)
