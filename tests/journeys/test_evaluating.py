"""Two mark an application apart and agree; the Director decides; the applicant reads why."""

import pytest

from flsf.core import clock
from flsf.jobs.rounds import tell_round
from flsf.market.evaluation.models import Evaluation, Telling
from tests.factories_applications import applicant, sent
from tests.factories_evaluation import AFTER, scene
from tests.journeys.judging import agree, choose, decide, mark, name_both, press
from tests.journeys.looks import NARROW, look

pytestmark = pytest.mark.django_db(transaction=True)


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
    decide(page, ref)
    assert Evaluation.objects.get().decision.decided_by == at.director
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    page.goto("/framework-office/rounds/1/applications/")
    press(page, "Tell everyone")
    assert "1: Accept" in page.locator("main").inner_text()
    press(page, "Tell them all now")
    assert "Waiting for its turn" in page.locator("main").inner_text()
    assert look(page) == []
    tell_round(Telling.objects.get().pk)  # as the worker does; the page finds out by itself
    page.get_by_text("1 applicant was told").wait_for()
    assert page.get_by_text("Look again").count() == 0
    assert look(page) == []
    sign_in(page, person)
    page.goto(f"/provider/application/{ref}/")
    shown = page.locator("main").inner_text()
    assert "You are in" in shown
    assert "You say what you do, and how you know that it helps." in shown
    assert look(page) == []
