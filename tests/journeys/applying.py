"""Steps of somebody who applies: from "can I join?" to an application sent, each page judged."""

import re

from django.core import mail

from tests.factories_applications import CHARITY, a_jpeg
from tests.journeys.looks import look

PARTS = ("day", "month", "year")
PAST = {"day": "3", "month": "5", "year": "2026"}
FUTURE = {"day": "31", "month": "3", "year": "2027"}


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


def do_every_task(page):
    """Every task of the list, with one paper that ran out and one wrong answer on the way."""
    to_do = page.locator("li", has=page.get_by_text(re.compile("Not started|In progress")))
    while to_do.count():
        to_do.first.get_by_role("link").click()
        while page.locator("h1").inner_text() != "Your application":
            assert look(page) == []
            if page.locator('[name="public-liability-until-day"]').count():
                _a_paper_that_ran_out(page)
            elif (
                page.locator('[name="concern"]').count() == 0
                and page.locator('[name="public-liability"]').count()
            ):
                _a_wrong_answer(page)
            else:
                fill(page)
                go_on(page)


def send(page):
    assert look(page) == []
    page.get_by_role("button", name="Check and send").click()
    assert look(page) == []
    page.get_by_role("button", name="Send my application").click()
    assert "We have your application" in page.locator("h1").inner_text()
    assert look(page) == []


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
