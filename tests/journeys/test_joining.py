"""A charity of one person joins from a phone, with one paper that ran out and one wrong answer."""

import pytest

from flsf.market.applications.models import Submission
from tests.factories import made_framework
from tests.factories_applications import mentoring, questions
from tests.journeys.applying import begin, do_every_task, send
from tests.journeys.looks import NARROW, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_one_person_charity_joins_on_a_phone(page):
    page.set_viewport_size(NARROW)
    inside = made_framework()
    questions(inside)
    mentoring(inside)
    begin(page)
    assert page.locator("h1").inner_text() == "Your application"
    assert look(page) == []
    do_every_task(page)
    send(page)
    assert "By 16 June 2026 we decide" in page.locator("main").inner_text()
    [sent] = Submission.objects.all()
    said = {one["code"]: one for one in sent.content["answers"]}
    assert said["public-liability-until"]["value"] == "2027-03-31"
    assert len(said["public-liability-paper"]["documents"]) == 1
    assert said["price--mentoring"]["value"] == 4500
