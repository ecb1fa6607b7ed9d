"""Judges a page as shown: faults of access, sideways scrolling, and HTML that is none."""

import re

import html5lib
from axe_playwright_python.sync_playwright import Axe

# GOV.UK's own script sets aria-expanded on a radio that opens more questions, which the
# standard does not list for a radio. GOV.UK tested it with people and keeps it.
KNOWN = {"aria-allowed-attr": "aria-expanded"}

NARROW = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}


def is_known(violation):
    word = KNOWN.get(violation["id"])
    return word is not None and all(
        'type="radio"' in node["html"] and word in node["html"] for node in violation["nodes"]
    )


def faults_of_access(page):
    """What axe finds wrong, less what is known."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in found
        if not is_known(one)
    ]


def scrolls_sideways(page):
    """By how many pixels the page is too wide for a small phone. Leaves it as wide as it was."""
    before = page.viewport_size
    page.set_viewport_size(NARROW)
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.set_viewport_size(before)
    return max(0, over)


def faults_of_html(source):
    """What a strict parser says of the page as it was sent, not as a browser mended it."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(source)
    return [f"line {place[0]}: {code}" for place, code, _ in parser.errors]


def judge(page, address):
    """Opens the address and returns everything wrong with it; an empty list is a good page."""
    answer = page.goto(address)
    wrong = [] if answer.ok else [f"status {answer.status}"]
    return wrong + judge_shown(page, answer.text())


def show_as_sent(page, address, source):
    """Shows a page as a browser without scripts does, in one that has them: axe needs some."""
    dumb = re.sub(r"<script.*?</script>", "", source, flags=re.DOTALL)
    page.route(address, lambda route: route.fulfill(body=dumb, content_type="text/html"))
    page.goto(address)
    page.unroute(address)


def judge_shown(page, source):
    """Everything wrong with the page that is open, which was sent as `source`."""
    wrong = faults_of_html(source) + faults_of_access(page)
    if over := scrolls_sideways(page):
        wrong.append(f"scrolls sideways by {over} px at 320 px")
    if (headings := page.locator("h1").count()) != 1:
        wrong.append(f"{headings} h1")
    if page.locator("[style], [onclick]").count():
        wrong.append("inline style or handler")
    return wrong


def look(page):
    """What is wrong with the page that is open, as the browser has it now."""
    return judge_shown(page, "<!doctype html>" + page.content().split(">", 1)[1])
