"""What anybody meets first, in a real browser."""

import pytest

from flsf.shared.accounts.enums import Role
from tests.factories import council_member
from tests.journeys import looks

PUBLIC = ("/", "/sign-in/", "/demo/")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_are_sound(page, address):
    assert looks.judge(page, address) == []


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_work_without_scripts(no_scripts, address):
    assert no_scripts.goto(address).ok
    assert no_scripts.locator("h1").is_visible()


def test_a_page_that_is_not_there_is_sound_too(page):
    wrong = looks.judge(page, "/nothing/")
    page.faults.clear()  # the browser itself notes the 404
    assert wrong == ["status 404"]


def test_somebody_signed_in_is_greeted_and_can_sign_out(page, sign_in):
    sign_in(page, council_member(Role.COMMISSIONER))
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("link", name="Sign in").first.is_visible()


def test_the_judge_finds_what_is_wrong(page):
    page.goto("about:blank")
    page.set_content("<html><body><img src='x'><div style='width:900px'>wide</div></body></html>")
    assert looks.scrolls_sideways(page) > 0
    assert looks.faults_of_access(page) != []
    assert looks.faults_of_html("<p><div></p>") != []
    page.faults.clear()
