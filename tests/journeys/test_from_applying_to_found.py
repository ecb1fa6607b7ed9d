"""A charity of one applies on a phone, is judged and admitted, and a parent finds what it does."""

import re

import pytest

from flsf.core import clock
from flsf.flows.see_evidence import see_evidence
from flsf.jobs.rounds import tell_round
from flsf.mandate.framework.models import Lot
from flsf.market.agreements import queries as agreements
from flsf.market.applications.models import Application
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing
from flsf.market.evaluation.models import Telling
from flsf.market.providers.models import Provider
from flsf.shared.accounts.models import User
from tests.factories_evaluation import AFTER, scene
from tests.journeys.applying import begin, do_every_task, send
from tests.journeys.judging import agree, choose, decide, follow, mark, name_both, press
from tests.journeys.looks import NARROW, WIDE, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_can_i_join_to_found_by_a_parent(page, sign_in, monkeypatch):
    at = scene()
    page.set_viewport_size(NARROW)
    begin(page)
    do_every_task(page)
    send(page)
    application, applicant = Application.objects.get(), User.objects.get(email="asha@example.org")
    page.set_viewport_size(WIDE)
    _judged(page, sign_in, at, application.ref)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    _told(page, sign_in, at)
    _accepts_its_agreement(page, sign_in, at, applicant)
    _shows_what_it_promised(page, sign_in, at, applicant)
    _tells_families(page, sign_in, applicant)
    _council_agrees(page, sign_in, at)
    _a_parent_finds_it(page)


def _judged(page, sign_in, at, ref):
    """Two mark it apart, agree and report; the Director decides."""
    sign_in(page, at.first)
    name_both(page, at, ref)
    mark(page, ref, 4)
    sign_in(page, at.second)
    mark(page, ref, 3)
    agree(page, ref)
    choose(page, f"/applications/{ref}/report/", "Both of us would have them.", "Report")
    sign_in(page, at.director)
    decide(page, ref)


def _told(page, sign_in, at):
    sign_in(page, at.director)
    page.goto("/framework-office/rounds/1/applications/")
    press(page, "Tell everyone")
    press(page, "Tell them all now")
    tell_round(Telling.objects.get().pk)  # as the worker does


def _accepts_its_agreement(page, sign_in, at, applicant):
    """Nothing is called off from it until somebody who may sign has accepted the agreement."""
    provider, lot = Provider.objects.get(), Lot.objects.get()
    pair = (provider.pk, lot.pk)
    assert pair in agreements.why_none([pair], on=AFTER.date())
    page.set_viewport_size(NARROW)
    sign_in(page, applicant)
    page.goto("/provider/")
    assert look(page) == []
    follow(page, page.get_by_role("link", name=re.compile("Read and accept your agreement")))
    said = page.locator("main").inner_text()
    assert "£45.00 an hour" in said
    assert "Keeping children safe" in said
    with page.expect_download() as file:
        page.get_by_role("link", name="Download it as a PDF").click()
    assert file.value.suggested_filename.endswith("version-1.pdf")
    press(page, "Accept it")
    press(page, "Accept the agreement")
    assert "Enter your position" in page.locator("main").inner_text()
    page.fill('[name="position"]', "Trustee")
    page.check('[name="has_authority"]')
    press(page, "Accept the agreement")
    assert "Trustee" in page.locator("main").inner_text()
    assert look(page) == []
    assert agreements.why_none([pair], on=AFTER.date()) == {}
    page.set_viewport_size(WIDE)
    sign_in(page, at.second)
    page.goto("/agreements/")
    assert look(page) == []
    assert "Accepted" in page.locator("main tbody").inner_text()


def _shows_what_it_promised(page, sign_in, at, applicant):
    """What it showed when it applied is not asked for again: only the rest is due."""
    page.set_viewport_size(NARROW)
    sign_in(page, applicant)
    page.goto("/provider/compliance/")
    assert look(page) == []
    due = page.locator(".council-due h3").all_inner_texts()
    assert "Professional indemnity insurance" in due
    assert "Public liability insurance" not in due
    assert "Enhanced DBS and barred list checks" not in due
    provider = Provider.objects.get()
    promised = [
        one.code
        for one in checks.standings([provider.pk], on=AFTER.date())[provider.pk]
        if one.standing is Standing.OVERDUE
    ]
    for code in promised:
        see_evidence(
            provider_id=provider.pk,
            code=code,
            number="N",
            holds_from=AFTER.date(),
            expires_on=AFTER.date().replace(year=2027),
            by=at.second,
            at=AFTER,
        )


def _tells_families(page, sign_in, applicant):
    """On the phone again: what it said when it applied is there already."""
    page.set_viewport_size(NARROW)
    sign_in(page, applicant)
    page.goto("/provider/services/")
    press(page, re.compile("Tell families about it"))
    assert "We walk, cook and mend bicycles" in page.locator('[name="what_it_is"]').input_value()
    page.fill('[name="name"]', "Walks and bicycles")
    page.check('[name="mode"][value="community"]')
    page.fill('[name="lowest_age"]', "9")
    page.fill('[name="highest_age"]', "16")
    page.check('[name="needs"][value="EBSA"]')
    page.check('[name="is_listed"]')
    press(page, "Send to the council")
    assert "Waiting for the council" in page.locator("main").inner_text()
    assert look(page) == []


def _council_agrees(page, sign_in, at):
    page.set_viewport_size(WIDE)
    sign_in(page, at.second)
    page.goto("/my-work/")
    row = page.locator("main tr").filter(has_text="New service: Walks and bicycles")
    follow(page, row.get_by_role("link").last)
    assert "Its price will be £45.00 an hour without VAT" in page.locator("main").inner_text()
    press(page, "Agree: families read this")


def _a_parent_finds_it(page):
    page.context.clear_cookies()
    page.set_viewport_size(NARROW)
    page.goto("/directory/")
    page.fill("#words", "anxious about school")
    press(page, "Search")
    found = page.locator("main").get_by_role("link", name=re.compile("Walks and bicycles"))
    assert look(page) == []
    follow(page, found.first)
    assert "We walk, cook and mend bicycles" in page.locator("main").inner_text()
    assert look(page) == []
