"""Somebody who walks through the product by clicking, and judges every page that opens."""

import re
from datetime import date

from tests.journeys import looks

REF = re.compile(r"\b[A-Z]{1,2}-[0-9A-Z]+\b")


class Walk:
    """A person at a browser. `wrong` gathers what is wrong with the pages seen, by address.

    Of pages that differ only in whom they are about, the first is judged.
    """

    def __init__(self, page, examiner=None):
        """`examiner` is a page of a browser with scripts, to judge for one that runs none."""
        self.page, self.examiner, self.wrong, self.seen = page, examiner, {}, set()
        self._last = None
        page.on("response", self._keep)

    def _keep(self, response):
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self._last = response

    @property
    def words(self):
        return self.page.locator("main").inner_text()

    def look(self):
        """Judges the page that is open."""
        self.page.wait_for_load_state()
        kind = REF.sub("…", self.page.url), self.page.title()
        if kind in self.seen:
            return
        self.seen.add(kind)
        answer = self._last
        found = [] if answer.ok else [f"status {answer.status}"]
        source = answer.text()
        if self.examiner:
            looks.show_as_sent(self.examiner, self.page.url, source)
        if found := found + looks.judge_shown(self.examiner or self.page, source):
            self.wrong[self.page.url] = found

    def open(self, address):
        """Types an address: only the very first."""
        self.page.goto(address)
        self.look()

    def press(self, name, *, within=None, exact=True):
        """A button or a link of that name, which leads to another page."""
        place = within or self.page
        button = place.get_by_role("button", name=name, exact=exact)
        link = place.get_by_role("link", name=name, exact=exact)
        button.or_(link).first.click()
        self.look()

    def go(self, name):
        """By the links at the top of every page, which fold away on a phone that runs scripts."""
        navigation = self.page.get_by_role("navigation", name="Menu")
        link = navigation.get_by_role("link", name=name, exact=True)
        if not link.is_visible():
            self.page.get_by_role("button", name="Menu", exact=True).click()
        link.click()
        self.look()

    def be(self, who):
        """Another persona."""
        self.take(f"Look around as {who}")

    def take(self, step):
        """A step of the guided tour, which makes one somebody else at some page."""
        banner = self.page.get_by_role("region", name="Demonstration")
        banner.get_by_role("link").click()
        self.look()
        self.press(step)

    def leave(self):
        """Nobody in particular again."""
        button = self.page.get_by_role("button", name="Sign out", exact=True)
        if not button.is_visible():
            self.page.get_by_role("button", name="Menu", exact=True).click()
        button.click()
        self.look()

    def write(self, label, words):
        self.page.get_by_label(label, exact=True).fill(words)

    def choose(self, question, *answers):
        group = self.page.get_by_role("group", name=question)
        for answer in answers:
            group.get_by_label(answer, exact=True).check()

    def date(self, question, day: date):
        group = self.page.get_by_role("group", name=question)
        for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(part, exact=True).fill(str(number))
