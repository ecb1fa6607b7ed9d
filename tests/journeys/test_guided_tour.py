"""The whole thread, by clicking only: asked for, matched, awarded, given, claimed, paid, seen.

Three times: at a desk, on a phone 320 px wide, and in a browser that runs no scripts.
"""

import re
from datetime import date

import pytest

from flsf.casework.referrals.models import Referral
from flsf.web.public.demo.story import STORY_KEYS
from tests import factories_tour as tour
from tests.factories import TODAY
from tests.journeys import looks
from tests.journeys.conftest import opened
from tests.journeys.walking import Walk

CHILD, OTHER = "Ada Marsh", "Bo Field"
WAYS = {
    "at a desk": {"viewport": looks.WIDE},
    "on a phone": {"viewport": looks.NARROW, "has_touch": True},
    "without scripts": {"viewport": looks.NARROW, "java_script_enabled": False},
}


@pytest.fixture(params=WAYS)
def walk(request, browser, server, settings):
    """A walk through the small borough that judges every page on the way."""
    settings.FLSF_DEMO = True
    tour.borough()
    options = WAYS[request.param]
    context, page = opened(browser, server, **options)
    helped, examiner = None, None
    if "java_script_enabled" in options:
        helped, examiner = opened(browser, server, viewport=looks.NARROW)
    walked = Walk(page, examiner)
    yield walked
    print("Wrong on the way:", walked.wrong, page.faults, "at", page.url)
    context.close()
    if helped:
        helped.close()


def test_from_asking_to_the_money(walk):
    walk.open("/demo/")
    senco_refers(walk)
    # In Marlbeck the tour's own children wait already.
    Referral.objects.filter(child__first_name="Ada").update(sent_once_key=STORY_KEYS[0])
    parent_asks(walk)
    referral = caseworker_takes_on(walk)
    before = committed_and_paid(walk)
    award = caseworker_proposes(walk, referral)
    value = director_approves(walk, award)
    provider_begins(walk)
    senco_sees_it_started(walk)
    mentor_marks(walk)
    claim = provider_claims(walk)
    between = committed_and_paid(walk)
    assert between == (before[0] + value, before[1])
    shown = paid_in_the_overview(walk)
    finance_pays(walk, claim)
    assert committed_and_paid(walk) == (between[0], before[1] + tour.SESSION_POUNDS)
    assert paid_in_the_overview(walk) == shown + tour.SESSION_POUNDS
    walk.take("See the spending move, as the Director")
    assert "has been paid since the framework began" in walk.words
    assert walk.wrong == {}
    assert walk.page.faults == []


def senco_refers(walk):
    walk.be("School SENCO")
    walk.press("Start")
    walk.write("First name", "Ada")
    walk.write("Last name", "Marsh")
    walk.date("Date of birth", date(2014, 3, 4))
    walk.write("Home postcode", tour.HOME)
    walk.choose("Special educational needs", "SEN support")
    walk.press("Save and go on")
    walk.choose("Why can they not fully use school?", "Special educational needs or disability")
    walk.date("First day you knew", date(2026, 5, 11))
    walk.choose("How urgent is it?", "Planned")
    walk.write("What is happening?", "Has not been able to attend since Easter.")
    walk.press("Save and go on")
    walk.write("What helps, and what are they good at?", "Trains, drawing and quiet rooms.")
    walk.choose("Needs", "Autism")
    walk.page.get_by_label("Main need").select_option("Autism")
    walk.press("Save and go on")
    walk.write("What should be different in three months?", "Two mornings a week with others.")
    walk.date("Start wanted (you can leave this empty)", TODAY)
    walk.choose("Half-days that would fit", str(tour.THIS_MORNING))
    walk.press("Save and go on")
    walk.choose("Does the parent or carer agree to this referral?", "Yes")
    walk.write("What does the parent or carer say?", "A mentor would help.")
    walk.press("Save and go on")
    walk.press("Save and go on")
    walk.press("Send this referral")
    assert "Referral sent" in walk.words
    walk.press("Follow this referral")
    assert "Received" in walk.words
    walk.go("My pupils")
    assert CHILD in walk.words


def parent_asks(walk):
    """Without an account, and sees where it is, at once and by the link."""
    walk.leave()
    walk.go("Ask for support")
    walk.press("Start")
    walk.choose("Who are you?", "A parent")
    walk.press("Save and go on")
    walk.write("First name", "Bo")
    walk.write("Last name", "Field")
    walk.press("Save and go on")
    walk.date("When was the child born?", date(2013, 9, 2))
    walk.press("Save and go on")
    walk.choose("Is there a school?", "Yes, there is a school")
    walk.write("If yes, the name of the school", "Beck Side")
    walk.press("Save and go on")
    walk.page.get_by_role("radio", name=re.compile(tour.SCHOOL)).check()
    walk.press("Save and go on")
    walk.write("What is happening?", "Bo is too worried to go in.")
    walk.press("Save and go on")
    walk.write("What helps, and what do they like?", "Dogs.")
    walk.press("Save and go on")
    walk.choose("What makes school hard?", "Autism")
    walk.press("Save and go on")
    walk.press("Save and go on")
    walk.write("Your name", "Robin Field")
    walk.write("Your phone number", "01632 960001")
    walk.press("Save and go on")
    walk.choose("How is it safe for us to reach you?", "Call me")
    walk.press("Save and go on")
    walk.press("Save and go on")
    walk.choose("May we talk to the school?", "Yes")
    walk.press("Save and go on")
    walk.press("Send")
    assert "We have it" in walk.words
    walk.page.get_by_role("link", name=re.compile("ask.status")).click()
    walk.look()
    assert "Nobody has picked it up yet" in walk.words
    walk.write("I need to tell you something", "Bo likes mornings best.")
    walk.press("Tell us")
    walk.press("Back to where things are up to")


def caseworker_takes_on(walk):
    walk.be("SEND caseworker")
    walk.go("Waiting")
    assert CHILD in walk.words
    assert OTHER in walk.words
    assert "2 children wait with no offer" in walk.words
    row = walk.page.get_by_role("row").filter(has_text=CHILD)
    link = row.get_by_role("link")
    ref = link.first.inner_text()
    link.first.click()
    walk.look()
    walk.take("Open the referral, as the caseworker")
    walk.press("Take it on")
    assert "You work on this referral now." in walk.words
    return ref


def caseworker_proposes(walk, referral):
    walk.be("SEND caseworker")
    walk.go("Referrals")
    walk.press(referral)
    walk.take("See what fits, as the caseworker")
    assert f"1 of {tour.EXCLUDED + 1} services fit" in walk.words
    walk.page.get_by_text(f"Excluded ({tour.EXCLUDED}): see why").click()
    walk.look()
    for says in (
        f"For other ages ({tour.TOO_OLD})",
        f"Does not meet the main need ({tour.WRONG_NEED})",
        f"A check is not in date ({tour.LAPSED})",
        f"Not in the pool today and on the day wanted ({tour.NOT_IN_POOL})",
        f"Not enough places free in the half-days asked for ({tour.NO_PLACE})",
    ):
        assert says in walk.words
    walk.press("Every service and every reason, as a list and as files")
    walk.page.go_back()
    walk.look()
    walk.press(f"Propose an award to {tour.SERVICE}")
    assert "Ranked first of 1 that fit" in walk.words
    walk.page.get_by_label("Which budget pays?").select_option(index=1)
    walk.write("What do you recommend, and why?", "The only one free, and close to home.")
    walk.press("Work it out again first")
    walk.press("Propose the award")
    assert "Award A-" in walk.words
    return re.search(r"A-\w+", walk.page.locator("h1").inner_text()).group()


def director_approves(walk, award):
    """On one page; returns what it commits, in pounds."""
    walk.take("Approve the award, as the Director")
    walk.choose("Your decision", "Approve: make the award")
    walk.write("Why?", "It fits and the money is there.")
    walk.press("Record the decision")
    assert f"You made award {award}" in walk.words
    return pounds(row_of(walk, "With VAT"))


def provider_begins(walk):
    walk.take("Begin the placement, as the provider's manager")
    walk.press("Begin the placement")
    walk.choose("What begins?", "The support itself")
    walk.press("Save")
    walk.press("Name who works with the child")
    walk.choose("Who works with the child?", tour.MENTOR)
    walk.press("Save")
    assert tour.MENTOR in walk.words


def senco_sees_it_started(walk):
    walk.be("School SENCO")
    walk.go("My pupils")
    row = walk.page.get_by_role("row").filter(has_text=CHILD).inner_text()
    assert "Started" in row
    assert "Cass" in row


def mentor_marks(walk):
    walk.take("Mark the session, as the mentor")
    walk.choose("Did the session happen?", "Yes")
    walk.choose(re.compile("^Did .* come"), "Yes")
    walk.write("Note (you can leave this empty)", "Drew trains for an hour.")
    walk.press("Save")
    assert "Came" in walk.words


def provider_claims(walk):
    walk.take("Make the claim, as the provider's manager")
    walk.press("Make the claim")
    assert "Lines (1)" in walk.words
    assert f"£{tour.SESSION_POUNDS}.00" in walk.words
    assert "Ada" not in walk.words
    claim = re.search(r"\b[A-Z]{1,2}-\w+", walk.words).group()
    walk.press("Check and send")
    walk.press("Send the claim")
    assert "is sent" in walk.words
    return claim


def finance_pays(walk, claim):
    walk.take("Pay the claim, as the finance officer")
    assert claim in walk.words
    walk.press("Approve")
    walk.write("Why may it be paid?", "The mark agrees with the award.")
    walk.press("Approve")
    walk.press("Record payment")
    walk.date("On which day was it paid?", TODAY)
    walk.press("Record payment")
    assert f"Claim {claim} is paid" in walk.words


def committed_and_paid(walk):
    """What the money page says of all funds, in pounds."""
    walk.be("Finance officer")
    walk.go("Money")
    table = walk.page.get_by_role("region", name="Spending by fund")
    if not table.count():
        return 0, 0
    cells = table.locator("tbody td").all_inner_texts()
    return sum(map(pounds, cells[1::3])), sum(map(pounds, cells[2::3]))


def paid_in_the_overview(walk):
    """What the first picture says was paid since the framework began, in pounds."""
    walk.be("Director")
    walk.go("Oversight")
    figure = walk.page.locator("#spend-and-plan")
    figure.get_by_text("The figures").click()
    cells = figure.locator("tbody tr").first.locator("td").all_inner_texts()
    return pounds(cells[3])


def row_of(walk, heading):
    rows = walk.page.locator(".govuk-summary-list__row")
    return rows.filter(has=walk.page.get_by_text(heading, exact=True)).locator("dd").inner_text()


def pounds(words):
    """£1,234.50 as 1234.5."""
    return float(re.sub(r"[£,]", "", words.split()[0]))
