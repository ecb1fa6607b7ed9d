"""An insurance lapses overnight: what each sees the next day, and how new evidence lifts it.

The day is the demonstration's, which whoever looks around moves on.
"""

import re
from datetime import timedelta

import pytest

from flsf.casework.children import actions as children
from flsf.core.needs import Need
from flsf.core.people import SYSTEM
from flsf.market.checks.models import Evidence
from flsf.market.providers.models import Service
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.accounts.models import Membership, User
from flsf.shared.notify.models import Message
from tests import factories_casework
from tests import factories_tour as tour
from tests.factories import TODAY
from tests.factories_delivery import child, running
from tests.factories_market import A_CHECK
from tests.journeys import looks
from tests.journeys.conftest import opened
from tests.journeys.walking import Walk

INSURANCE = A_CHECK.name
TOMORROW = TODAY + timedelta(days=1)
WORDS = "An award to them was proposed the day before."

WHY = "It fits and the money is there."


@pytest.fixture
def walk(browser, server, settings):
    settings.FLSF_DEMO = True
    tour.borough()
    context, page = opened(browser, server, viewport=looks.WIDE)
    walked = Walk(page)
    yield walked
    print("Wrong on the way:", walked.wrong, page.faults, "at", page.url)
    context.close()


def test_a_lapse_bites_the_next_day_and_new_evidence_lifts_it(walk):
    placement, waiting = _the_day_before()
    walk.open("/demo/")
    award = _proposed(walk, waiting.ref)
    _the_next_day(walk)
    _no_award_can_be_made(walk, award)
    _the_shortlist_leaves_it_out(walk, waiting.ref)
    _the_child_is_listed(walk, placement)
    _the_provider_was_told(walk, placement)
    assert "Not taking new children" in _public_page(walk)
    _the_provider_tells_of_new_evidence(walk)
    assert "Not taking new children" in _public_page(walk)
    _the_council_has_seen_it(walk)
    assert "Taking new children" in _public_page(walk)
    _nothing_is_left_to_decide(walk)
    walk.be("Director")
    walk.page.goto(f"/awards/{award}/decision/")
    _decide(walk)
    assert f"You made award {award}" in walk.words
    assert walk.wrong == {}
    assert walk.page.faults == []


def _the_day_before():
    """Ada is with them, Bo waits and would be; their insurance is good until tonight."""
    service = Service.objects.get(name=tour.SERVICE)
    Evidence.objects.filter(provider=service.provider).update(expires_on=TODAY)
    caseworker = User.objects.get(persona="caseworker")
    council = Membership.objects.get(user=caseworker).organisation
    assert council.kind == OrganisationKind.COUNCIL
    tour.person("quality", "Quin", Role.QUALITY, council)
    placement = running(of=child("Ada"), at_service=service, half_days=[])
    waiting = factories_casework.referral(
        factories_casework.child(first_name="Bo", needs=frozenset({Need.ASD}), main_need=Need.ASD),
        half_days_mask=1 << tour.THIS_MORNING.index,
        start_wanted_on=TODAY,
    )
    for one in (placement.child_id, waiting.child_id):
        children.name_worker(child_id=one, worker_id=caseworker.pk, by=SYSTEM, at=tour.NOW)
    return placement, waiting


def _proposed(walk, ref):
    walk.be("SEND caseworker")
    walk.go("Referrals")
    walk.press(ref)
    walk.press("Take it on")
    walk.page.goto(f"/referrals/{ref}/match/")
    walk.press(f"Propose an award to {tour.SERVICE}")
    walk.page.get_by_label("Which budget pays?").select_option(index=1)
    walk.write("What do you recommend, and why?", WORDS)
    walk.press("Propose the award")
    return re.search(r"A-\w+", walk.page.locator("h1").inner_text()).group()


def _the_next_day(walk):
    walk.page.goto("/demo/day/")
    walk.look()
    walk.date("Pretend that it is", TOMORROW)
    walk.press("Go to that day")
    said = walk.page.locator(".govuk-notification-banner").inner_text()
    assert "1 message went to providers" in said
    assert "1 decision about children was asked for" in said


def _no_award_can_be_made(walk, award):
    walk.be("Director")
    walk.page.goto(f"/awards/{award}/decision/")
    walk.look()
    _decide(walk)
    assert "This service may not be chosen" in walk.words
    assert f"Not in date today and on 16 May 2026: {INSURANCE}" in walk.words
    assert walk.page.get_by_label("Why?").input_value() == WHY


def _decide(walk):
    walk.choose("Your decision", "Approve: make the award")
    walk.write("Why?", WHY)
    walk.press("Record the decision")


def _the_shortlist_leaves_it_out(walk, ref):
    walk.be("SEND caseworker")
    walk.page.goto(f"/referrals/{ref}/match/")
    walk.look()
    walk.page.get_by_text(f"Excluded ({tour.EXCLUDED + 1}): see why").click()
    assert f"A check is not in date ({tour.LAPSED + 1})" in walk.words
    assert f"Propose an award to {tour.SERVICE}" not in walk.words


def _the_child_is_listed(walk, placement):
    walk.go("My work")
    row = walk.page.get_by_role("row").filter(has_text=f"Not in date: {INSURANCE}")
    row.get_by_role("link").click()
    walk.look()
    assert f"Does {placement.child.first_name}" in walk.words
    walk.press("Decide")
    walk.press("Record the decision")
    assert "Select whether the child stays or is moved" in walk.words


def _the_provider_was_told(walk, placement):
    [told] = Message.objects.filter(template="check-lapsed")
    assert told.address == User.objects.get(persona="tuition-manager").email
    assert placement.child.first_name not in str(told.details)
    walk.be("Tuition company manager")
    walk.go("Compliance")
    assert "1 check is overdue" in walk.words
    assert "When it had lapsed" in walk.words


def _public_page(walk):
    walk.leave()
    walk.page.goto(f"/directory/services/{Service.objects.get(name=tour.SERVICE).slug}/")
    walk.look()
    return walk.words


def _the_provider_tells_of_new_evidence(walk):
    walk.page.goto("/demo/")
    walk.be("Tuition company manager")
    walk.go("Compliance")
    walk.press(re.compile("Tell us the new dates"))
    walk.write("Number on it", "PL-2")
    walk.date("First day it holds", TOMORROW)
    walk.date("Last day it holds", TOMORROW - timedelta(days=1))
    walk.press("Tell the council")
    assert walk.page.get_by_label("Number on it").input_value() == "PL-2"
    walk.date("Last day it holds", TOMORROW + timedelta(days=364))
    walk.press("Tell the council")
    assert "We are looking at it" in walk.words


def _the_council_has_seen_it(walk):
    walk.page.goto("/demo/")
    walk.be("Quality officer")
    walk.go("My work")
    walk.page.get_by_role("row").filter(has_text="says it can be shown").get_by_role("link").click()
    walk.look()
    walk.page.get_by_role("radio").first.check()
    walk.press("Record what you found")
    assert "In date" in walk.words


def _nothing_is_left_to_decide(walk):
    walk.page.goto("/demo/")
    walk.be("SEND caseworker")
    walk.go("My work")
    assert "Not in date" not in walk.words
