"""A charity of one person joins from a phone, with one paper that ran out and one wrong answer."""

import re

import pytest
from django.core import mail

from flsf.market.applications.models import Submission
from tests.factories import made_framework
from tests.factories_applications import CHARITY, a_jpeg, mentoring, questions
from tests.journeys.looks import NARROW, judge_shown

pytestmark = pytest.mark.django_db(transaction=True)

PARTS = ("day", "month", "year")
PAST = {"day": "3", "month": "5", "year": "2026"}
FUTURE = {"day": "31", "month": "3", "year": "2027"}


def look(page):
    """What is wrong with the page that is open."""
    return judge_shown(page, "<!doctype html>" + page.content().split(">", 1)[1])


def fill(page, **instead):
    """Answers whatever the page asks as CHARITY says, but for what is given."""
    said = CHARITY | {code.replace("_", "-"): [value] for code, value in instead.items()}
    names = page.eval_on_selector_all(
        "main form [name]", "all => [...new Set(all.map(one => one.name))]"
    )
    for name in names:
        code, _, part = name.rpartition("-")
        if part in PARTS:
            given = FUTURE if code == "public-liability-until" else None
            page.fill(
                f'[name="{name}"]', (given or {"day": "14", "month": "2", "year": "2025"})[part]
            )
        elif name in said and page.locator(f'[name="{name}"][type=radio]').count():
            page.check(f'[name="{name}"][value="{said[name][0]}"]')
        elif name in said and page.locator(f'[name="{name}"][type=checkbox]').count():
            page.check(f'[name="{name}"]')
        elif name in said:
            page.fill(f'[name="{name}"]', said[name][0])


def go_on(page):
    page.get_by_role("button", name="Save and go on").click()


def begin(page):
    """From the front page to the list of tasks, by a link in a letter."""
    page.goto("/framework/join/")
    page.get_by_role("button", name="See if you can join").click()
    for slug, value in (
        *(("kind", "voluntary"), ("lots", "mentoring"), ("checked", "yes")),
        *(("insured", "yes"), ("past", "no")),
    ):
        assert look(page) == []
        page.check(f'[name="{slug}"][value="{value}"]')
        page.get_by_role("button", name="Go on").click()
    assert page.locator("h1").inner_text() == "You can join"
    page.get_by_role("button", name="Begin").click()
    page.fill('[name="organisation"]', "Kind Steps")
    page.fill('[name="name"]', "Asha Bell")
    page.fill('[name="email"]', "asha@example.org")
    assert look(page) == []
    page.get_by_role("button", name="Email me a link").click()
    page.goto(re.search(r"http://\S+?(/framework/join/begin/\S+)", mail.outbox[-1].body)[1])
    page.get_by_role("button", name="Begin now").click()


def test_a_one_person_charity_joins_on_a_phone(page):
    page.set_viewport_size(NARROW)
    inside = made_framework()
    questions(inside)
    mentoring(inside)
    begin(page)
    assert page.locator("h1").inner_text() == "Your application"
    assert look(page) == []
    to_do = page.locator("li", has=page.get_by_text(re.compile("Not started|In progress")))
    while to_do.count():
        to_do.first.get_by_role("link").click()
        while page.locator("h1").inner_text() != "Your application":
            assert look(page) == []
            if page.locator('[name="public-liability-until-day"]').count():
                _a_paper_that_ran_out(page)
                continue
            if (
                page.locator('[name="concern"]').count() == 0
                and page.locator('[name="public-liability"]').count()
            ):
                _a_wrong_answer(page)
                continue
            fill(page)
            go_on(page)
    assert look(page) == []
    page.get_by_role("button", name="Check and send").click()
    assert look(page) == []
    page.get_by_role("button", name="Send my application").click()
    assert "We have your application" in page.locator("h1").inner_text()
    assert "By 16 June 2026 we decide" in page.locator("main").inner_text()
    assert look(page) == []
    [sent] = Submission.objects.all()
    said = {one["code"]: one for one in sent.content["answers"]}
    assert said["public-liability-until"]["value"] == "2027-03-31"
    assert len(said["public-liability-paper"]["documents"]) == 1
    assert said["price--mentoring"]["value"] == 4500


def _a_wrong_answer(page):
    """ "No" would not pass: the page says so now, and what would."""
    fill(page, public_liability="no")
    go_on(page)
    assert "You can promise to have it before you start" in page.locator("main").inner_text()
    assert look(page) == []
    fill(page)
    go_on(page)


def _a_paper_that_ran_out(page):
    fill(page)
    for part, words in PAST.items():
        page.fill(f'[name="public-liability-until-{part}"]', words)
    page.set_input_files(
        '[name="public-liability-paper"]',
        {"name": "IMG_0042.JPG", "mimeType": "image/jpeg", "buffer": a_jpeg()},
    )
    go_on(page)
    shown = page.locator("main").inner_text()
    assert "This ran out on 3 May 2026. It passes with a date of 15 May 2026 or later." in shown
    assert "IMG 0042.jpg" in shown or "IMG_0042.jpg" in shown
    assert look(page) == []
    fill(page)
    go_on(page)
