"""Two mark an application apart and agree; the Director decides; the applicant reads why."""

import pytest

from flsf.core import clock
from flsf.market.evaluation.models import Evaluation
from tests.factories_applications import applicant, sent
from tests.factories_evaluation import AFTER, scene
from tests.journeys.looks import NARROW, judge_shown

pytestmark = pytest.mark.django_db(transaction=True)


def look(page):
    """What is wrong with the page that is open."""
    return judge_shown(page, "<!doctype html>" + page.content().split(">", 1)[1])


def press(page, name):
    """Presses a button or a link that looks like one, once the page was judged."""
    assert look(page) == []
    follow(page, page.locator("main").get_by_role("button", name=name).first)


def follow(page, link):
    with page.expect_navigation():
        link.click()


def name_both(page, at, ref):
    for person in (at.first, at.second):
        page.goto(f"/applications/{ref}/evaluators/")
        page.check(f'[name="person"][value="{person.pk}"]')
        press(page, "Name this person")


def mark(page, ref, score):
    """Says that there is no interest, and marks every part."""
    page.goto("/applications/")
    assert look(page) == []
    follow(page, page.get_by_role("link", name=ref))
    press(page, "Say whether you have an interest")
    page.check('[name="has_interest"][value="no"]')
    press(page, "Record what I said")
    fill(page, score, "What they wrote shows it.")
    press(page, "Finish: my marks are final")
    assert "Your marks are final" in page.locator("body").inner_text()


def fill(page, score, reason):
    for box in page.locator('main [name^="reason-"]').all():
        box.fill(reason)
        code = box.get_attribute("name").removeprefix("reason-")
        scored = page.locator(f'[name="found-{code}"][value="{score}"]')
        met = page.locator(f'[name="found-{code}"][value="meets"]')
        (scored if scored.count() else met).check()


def agree(page, ref):
    page.goto(f"/applications/{ref}/agree/")
    fill(page, 4, "You say what you do, and how you know that it helps.")
    for box in page.locator('main [name^="note-"]').all():
        box.fill("We read the example again together.")
    press(page, "We agree on all of this")


def choose(page, address, words, button):
    page.goto(address)
    page.check('[name="outcome"][value="accept"]')
    page.fill('[name="words"]', words)
    press(page, button)


def test_an_application_is_judged_decided_and_told(page, sign_in, monkeypatch):
    at, person = scene(), applicant()
    ref = sent(person, at.framework).application.ref
    sign_in(page, at.first)
    name_both(page, at, ref)
    mark(page, ref, 4)
    sign_in(page, at.second)
    mark(page, ref, 3)
    agree(page, ref)
    choose(page, f"/applications/{ref}/report/", "Both of us would have them.", "Report")
    sign_in(page, at.director)
    page.set_viewport_size(NARROW)
    choose(page, f"/applications/{ref}/decision/", "You do this well.", "Record the decision")
    assert Evaluation.objects.get().decision.decided_by == at.director
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    page.goto("/framework-office/rounds/1/applications/")
    press(page, "Tell everyone")
    assert "1: Accept" in page.locator("main").inner_text()
    press(page, "Tell them all now")
    assert "1 applicant was told" in page.locator("body").inner_text()
    sign_in(page, person)
    page.goto(f"/provider/application/{ref}/")
    shown = page.locator("main").inner_text()
    assert "You are in" in shown
    assert "You say what you do, and how you know that it helps." in shown
    assert look(page) == []
