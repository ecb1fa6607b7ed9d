"""The main pages of each kind of person, judged as a browser shows them.

A page is sound when it answers, is HTML to a strict parser, passes axe, has one h1, says
nothing twice to a screen reader, and does not scroll sideways on a small phone: with scripts
and without.
"""

import pytest
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.budgets import actions as budgets
from flsf.shared.accounts.enums import Role
from tests.access import matrix, world
from tests.access.objects import captured_for
from tests.factories import NOW, TODAY
from tests.journeys import looks

PUBLIC = (
    *("directory-search", "directory-gaps", "directory-saved", "ask", "ask-danger"),
    *("framework-public", "public-register", "public-spend", "how-we-choose", "sign-in-link"),
    *("accessibility", "privacy", "contact", "for-providers", "join-questions"),
    "model-policies",
)
# By role: names of pages, or a name with the thing of the world that it is about.
PAGES = {
    Role.CASEWORKER: (
        *("my-work", "child-list", "referral-list", "waiting-list", "second-factor"),
        *(("child-page", "child"), ("child-needs", "child"), ("child-contacts", "child")),
        *(("child-who-may-see", "child"), ("child-history", "child")),
        *(("referral-page", "referral"), ("referral-triage", "referral")),
        *(("referral-match", "referral"), ("placement-page", "placement")),
        "mfa_activate_totp",
    ),
    Role.DIRECTOR: (
        *("my-work", "overview", "award-list", ("award-page", "award"), "report-check"),
        *("waiver-list", ("waiver-page", "waiver"), "framework-page", "money-overview"),
    ),
    Role.COMMISSIONER: (
        "provider-list",
        ("provider-page", "provider"),
        "bridge-edit",
        "import-list",
        *("questions", ("question-set", "question_set")),
    ),
    Role.FINANCE: ("my-work", "claim-list", ("claim-page", "claim"), "payment-list", "spend-list"),
    Role.SAFEGUARDING: ("my-work", "concern-list", ("concern-page", "concern")),
    Role.ADMINISTRATOR: (
        *("user-list", ("user-page", "user"), "setup", "user-invite", "setup-council"),
        *("setup-money", "setup-fund-add", "setup-limit-add", "setup-framework", "setup-checks"),
    ),
    Role.INFORMATION_GOVERNANCE: ("view-log", "audit-log"),
    Role.SENCO: (
        *("school-refer", "pupil-list", ("pupil-page", "referral")),
        *(("pupil-worry", "referral"), "pupil-worry-told"),
    ),
    Role.QUALITY: ("my-work", "attendance-exceptions", ("provider-page", "provider")),
    Role.VIRTUAL_SCHOOL: ("my-work", "waiting-list", "money-overview"),
    Role.PROCUREMENT: ("my-work", "award-list", "waiver-list", "framework-page"),
    Role.COUNCILLOR: ("my-work", "overview", "framework-page"),
    Role.PROVIDER_MANAGER: (
        *("provider-home", "provider-services", "provider-compliance", "provider-claims"),
        *(("provider-claim", "claim"), "register-upload"),
    ),
    Role.PRACTITIONER: ("provider-today", ("provider-placement", "placement")),
    Role.APPLICANT: (
        *(("application-tasks", "application"), ("application-lots", "application")),
        *(("application-page", "application"), ("application-check", "application")),
        ("application-withdraw", "application"),
    ),
    Role.PARENT: ("family-requests", ("family-request", "referral")),
}


def made():
    """The world of tests.access, with the law and the rules that a real database begins with."""
    budgets.set_limit(
        role=Role.COMMISSIONER,
        limit_pence=1_000_000,
        in_force_from=TODAY,
        source="Scheme of delegation, part 3, as agreed by the full council",
        by=SYSTEM,
        at=NOW,
    )
    return world.made()


def address_of(page, there):
    if isinstance(page, str):
        return reverse(page)
    name, kind = page
    [entry] = [one for one in matrix.every().values() if one.name == name]
    thing = getattr(there.mine, kind)
    return reverse(name, kwargs=captured_for(matrix.takes(entry), thing))


def faults_without_scripts(page, address):
    """What is wrong on a small phone that runs no scripts."""
    page.set_viewport_size(looks.NARROW)
    answer = page.goto(address)
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    wrong = [] if answer.ok else [f"status {answer.status} without scripts"]
    return [*wrong, f"{over} px too wide without scripts"] if over > 0 else wrong


def found(page, no_scripts, addresses):
    """By address, whatever is wrong with it."""
    wrong = {
        address: looks.judge(page, address) + faults_without_scripts(no_scripts, address)
        for address in addresses
    }
    return {address: faults for address, faults in wrong.items() if faults}


def test_public_pages_are_sound_at_every_width(page, no_scripts):
    made()
    assert found(page, no_scripts, map(reverse, PUBLIC)) == {}


@pytest.mark.parametrize("role", PAGES, ids=str)
def test_the_pages_of_a_role_are_sound_at_every_width(page, no_scripts, sign_in, role):
    there = made()
    for shown in (page, no_scripts):
        sign_in(shown, there.people[role])
    assert found(page, no_scripts, [address_of(one, there) for one in PAGES[role]]) == {}


def test_a_page_of_one_question_says_it_once(page, sign_in):
    page.goto(reverse("ask-step", kwargs={"slug": "who"}))
    assert page.get_by_text("Who are you?", exact=True).count() == 1
    assert page.get_by_role("group", name="Who are you?").is_visible()
    page.get_by_label("A parent", exact=True).check()
    page.get_by_role("button", name="Save and go on").click()
    assert looks.judge(page, reverse("ask-step", kwargs={"slug": "what-is-happening"})) == []
    assert page.get_by_role("textbox", name="What is happening?").is_visible()


def test_on_a_phone_what_was_found_comes_before_the_finer_choices(page):
    made()
    page.set_viewport_size(looks.NARROW)
    page.goto(reverse("directory-search"))
    assert page.get_by_label("How far?").is_hidden()
    page.get_by_text("More choices").click()
    assert page.get_by_label("How far?").is_visible()
    page.set_viewport_size(looks.WIDE)
    page.goto(reverse("directory-search"))
    assert page.get_by_label("How far?").is_visible()
