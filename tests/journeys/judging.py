"""Steps of those who judge an application, each page judged too."""

from tests.journeys.looks import look


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


def decide(page, ref):
    """Whoever decides says first whether they have an interest."""
    page.goto(f"/applications/{ref}/decision/")
    page.check('[name="has_interest"][value="no"]')
    press(page, "Record what I said")
    choose(page, f"/applications/{ref}/decision/", "You do this well.", "Record the decision")
