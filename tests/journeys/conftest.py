"""A real browser on a real server, for journeys that a person would make.

    def test_a_parent_asks(visit): page = visit("/ask/"); ...

Every journey is marked `journey`. Fixtures: `page` (scripts on), `no_scripts` (scripts off),
`sign_in(page, user)`, and the helpers of tests.journeys.looks that judge what is shown.
"""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from flsf.core import clock
from tests.factories import NOW

# Playwright runs a loop of its own in this thread; the database is still used by one at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox; nothing here opens another's pages.
OPTIONS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


def found_browser():
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser():
    path = found_browser()
    if path is None:
        pytest.skip("no Chromium here: `make test` says how to have one")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield running
        running.close()


@pytest.fixture
def server(live_server, monkeypatch):
    """Its threads see the stopped clock of the test, or the day that a visitor pretends."""
    monkeypatch.setattr(clock, "now", lambda: clock._stopped_at.get() or NOW)
    return live_server


def opened(browser, server, **options):
    context = browser.new_context(base_url=server.url, locale="en-GB", **options)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on(
        "console",
        lambda told: page.faults.append(told.text) if told.type == "error" else None,
    )
    return context, page


@pytest.fixture
def page(browser, server):
    """A page at 1280 px. A fault in a script, or anything the policy forbids, fails the test."""
    context, page = opened(browser, server, viewport={"width": 1280, "height": 900})
    yield page
    context.close()
    assert page.faults == []


@pytest.fixture
def no_scripts(browser, server):
    """As `page`, in a browser that runs no scripts."""
    context, page = opened(browser, server, java_script_enabled=False)
    yield page
    context.close()


@pytest.fixture
def sign_in(server):
    """`sign_in(page, user)`: from now on the page is theirs."""

    def signed_in(page, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": server.url}])

    return signed_in
