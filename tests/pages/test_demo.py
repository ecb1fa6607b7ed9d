"""Personas one click away, in a demonstration and nowhere else."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client
from django.urls import reverse

from flsf.casework.calloffs.enums import Decision, DirectGround
from flsf.casework.calloffs.models import Award
from flsf.casework.calloffs.queries import Wanted
from flsf.casework.matching import queries as matching
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.enums import ClosedBecause, Status
from flsf.core import clock
from flsf.core.half_days import Half
from flsf.core.needs import Need
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions as attendance
from flsf.delivery.attendance.rules import Facts
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.models import Placement
from flsf.flows.award_calloff import Choice, decide_award, propose_award
from flsf.flows.start_placement import start_placement
from flsf.mandate.budgets.models import Budget
from flsf.money.payments import actions as payments
from flsf.shared.accounts import actions
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.web import demo_clock
from flsf.web.public.demo.personas import WORDS
from flsf.web.public.demo.story import STORY_KEYS
from tests import factories_casework as casework
from tests import factories_tour as tour
from tests.factories import NOW, TODAY, organisation
from tests.factories_market import provider, require, shown

DEMO = reverse("demo")


def as_(persona):
    return reverse("demo-as", kwargs={"persona": persona})


@pytest.fixture
def finance(settings, db):
    settings.FLSF_DEMO = True
    person = actions.open_account(
        email="f@marlbeck.example", name="Fay", password=None, persona="finance", by=SYSTEM, at=NOW
    )
    place = organisation(OrganisationKind.COUNCIL)
    actions.add_member(
        user_id=person.pk, organisation_id=place.pk, role=Role.FINANCE, by=SYSTEM, at=NOW
    )
    return person


def test_every_persona_that_is_there_has_a_card(finance):
    page = Client().get(DEMO).content.decode()
    assert f'action="{as_("finance")}"' in page
    assert "Fay." in page
    assert f'action="{as_("director")}"' not in page


def test_one_click_makes_you_that_person(finance):
    client = Client()
    response = client.post(as_("finance"))
    assert response.status_code == 302
    page = client.get(reverse("your-pages")).content.decode()
    assert "nothing here is real." in page
    assert "You are Fay." in page
    assert f'href="{DEMO}"' in page


def test_a_link_alone_changes_nobody(finance):
    client = Client()
    assert client.get(as_("finance")).status_code == 405
    assert client.get(reverse("your-pages")).status_code == 302


def test_a_stop_of_the_tour_begins_at_its_page_and_never_elsewhere(finance):
    asked = reverse("your-pages")
    assert Client().post(as_("finance"), {"next": asked}).url == asked
    elsewhere = Client().post(as_("finance"), {"next": "https://evil.example/"}).url
    assert "evil" not in elsewhere


def test_a_persona_that_is_not_there_is_not_found(finance):
    assert Client().post(as_("nobody")).status_code == 404


def test_outside_a_demonstration_there_is_nothing(finance, settings):
    settings.FLSF_DEMO = False
    client = Client()
    assert client.get(DEMO).status_code == 404
    assert client.post(as_("finance")).status_code == 404
    assert client.get(reverse("your-pages")).status_code == 302


def test_the_addresses_of_the_personas_are_those_promised():
    promised = {
        *("commissioner", "caseworker", "virtual-school", "finance", "director", "quality"),
        *("safeguarding", "councillor", "procurement", "information-governance"),
        *("administrator", "senco", "parent", "young-person", "sole-provider"),
        *("tuition-manager", "mentor", "applicant"),
    }
    assert {persona for words in WORDS.values() for persona in words} == promised


def to(client, day):
    said = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
    return client.post(reverse("demo-day"), said, follow=True).content.decode()


def test_it_can_be_a_later_day_and_the_night_before_has_been(finance):
    require()
    shown(provider(email="hello@canal.example"), until=TODAY + timedelta(days=2))
    client = Client()
    page = to(client, TODAY + timedelta(days=3))
    assert "It is 18 May 2026. Last night 1 message went to providers" in page
    assert "You pretend that it is <strong>18 May 2026</strong>, 3 days ahead" in page
    assert "You pretend that it is" not in Client().get(DEMO).content.decode()


def test_the_day_goes_on_when_somebody_else_looks_and_ends_with_the_real_one(finance):
    client = Client()
    to(client, TODAY + timedelta(days=3))
    client.post(as_("finance"))
    assert "You pretend that it is 18 May 2026." in client.get(DEMO).content.decode()
    assert "You pretend" not in to(client, TODAY)


def test_the_day_goes_on_for_the_public_when_somebody_signs_out(finance):
    client = Client()
    client.post(as_("finance"))
    to(client, TODAY + timedelta(days=3))
    client.post(reverse("sign-out"))
    page = client.get(DEMO).content.decode()
    assert "You pretend that it is 18 May 2026." in page
    assert "Sign in" in page


@pytest.mark.parametrize("days", [-1, 401])
def test_time_runs_forward_and_not_too_far(finance, days):
    page = to(Client(), TODAY + timedelta(days=days))
    assert "Choose a day from 15 May 2026 to" in page
    assert f'value="{(TODAY + timedelta(days=days)).day}"' in page


def test_a_day_that_is_none_is_said_so(finance):
    client = Client()
    said = {"day-day": "31", "day-month": "2", "day-year": "2027"}
    assert "must be a real date" in client.post(reverse("demo-day"), said).content.decode()
    assert client.get(reverse("demo-day")).status_code == 200


def test_the_night_can_be_run_again_and_changes_nothing(finance):
    require()
    shown(provider(email="hello@canal.example"), until=TODAY)
    client = Client()
    night = reverse("demo-night")
    assert "1 message went" in client.post(night, follow=True).content.decode()
    assert "0 messages went" in client.post(night, follow=True).content.decode()


def test_outside_a_demonstration_the_clock_is_the_clock(finance, settings):
    settings.FLSF_DEMO = False
    client = Client()
    for name in ("demo-day", "demo-night"):
        assert client.post(reverse(name)).status_code == 404
    with pytest.raises(MiddlewareNotUsed):
        demo_clock.DemoClock(get_response=print)


@pytest.fixture
def story(settings, db):
    """The small borough, in which a child of the tour waits."""
    settings.FLSF_DEMO = True
    tour.borough()
    one = casework.pupil(casework.school("Beck Side"), postcode=tour.HOME, needs=[Need.ASD])
    return casework.referral(one, sent_once_key=STORY_KEYS[0], half_days_mask=tour.THIS_MORNING.bit)


def told():
    html = Client().get(DEMO).content.decode()
    return re.findall(r"\d\. ([^<]+?)\s*<span class=\"council-steps__state\">(\w+)", html), html


def next_act(html):
    """Whom the next step makes one, and where."""
    now = html[html.index('aria-current="step"') :]
    return re.search(r"/demo/as/([\w-]+)/", now).group(1), re.search(
        r'name="next" value="([^"]+)"', now
    ).group(1)


def states(steps):
    return [state for _, state in steps]


def test_without_a_story_there_is_no_tour(finance):
    assert "A guided tour" not in Client().get(DEMO).content.decode()


def test_the_tour_is_one_story_that_knows_which_step_is_next(story):
    ref = story.ref
    steps, html = told()
    assert [title for title, _ in steps] == [
        *("See a child waiting", "Match", "Award", "The session happens"),
        "It shows in the money",
    ]
    assert states(steps) == ["Next", *["Later"] * 4]
    assert ref in html
    assert next_act(html) == ("caseworker", reverse("referral-page", args=[ref]))

    worker = user("caseworker")
    referrals.take_on(referral_id=story.pk, worker_id=worker.pk, by=worker, at=NOW)
    assert next_act(told()[1]) == ("caseworker", reverse("referral-match", args=[ref]))

    award = propose(story, worker)
    steps, html = told()
    assert states(steps) == ["Done", "Done", "Next", "Later", "Later"]
    assert next_act(html) == ("director", reverse("award-decision", args=[award.ref]))

    placement = approve(award)
    address = reverse("provider-placement", args=[placement.ref])
    assert next_act(told()[1]) == ("tuition-manager", address)
    start_placement(placement_id=placement.pk, begins_on=TODAY, by=SYSTEM, at=NOW)
    assert next_act(told()[1]) == ("tuition-manager", address)

    placements.name_worker(
        placement_id=placement.pk, user_id=user("mentor").pk, since=TODAY, by=SYSTEM, at=NOW
    )
    session = reverse("session-mark", args=[placement.ref, f"{TODAY.isoformat()}-am"])
    assert next_act(told()[1]) == ("mentor", session)

    attendance.mark(
        placement_id=placement.pk, day=TODAY, half=Half.AM, facts=Facts(), by=SYSTEM, at=NOW
    )
    steps, html = told()
    assert states(steps) == ["Done"] * 4 + ["Next"]
    assert next_act(html) == ("tuition-manager", reverse("provider-claims"))

    claim = payments.draft(
        provider_id=placement.provider_id, month=TODAY.replace(day=1), by=SYSTEM, at=NOW
    )
    assert next_act(told()[1]) == ("tuition-manager", reverse("provider-claim", args=[claim.ref]))
    payments.submit(claim_id=claim.pk, by=user("tuition-manager"), at=NOW)
    assert next_act(told()[1]) == ("finance", reverse("claim-page", args=[claim.ref]))
    payments.approve(claim_id=claim.pk, reason="Right", by=user("finance"), at=NOW)
    payments.pay(claim_id=claim.pk, paid_on=TODAY, by=user("finance"), at=NOW)
    steps, html = told()
    assert states(steps) == ["Done"] * 5
    assert "Every story of the tour is told." in html
    assert reverse("overview") in html


def test_when_one_story_is_over_the_next_childs_is_told(story):
    other = casework.referral(casework.child(), sent_once_key=STORY_KEYS[1])
    referrals.move(
        referral_id=story.pk,
        status=Status.CLOSED,
        takes_effect_on=TODAY,
        because=ClosedBecause.MOVED_AWAY,
        by=SYSTEM,
        at=NOW,
    )
    _, html = told()
    assert f"Told already: {story.ref}." in html
    assert next_act(html) == ("caseworker", reverse("referral-page", args=[other.ref]))


def test_an_award_that_was_declined_leads_back_to_the_match(story):
    worker = user("caseworker")
    referrals.take_on(referral_id=story.pk, worker_id=worker.pk, by=worker, at=NOW)
    award = propose(story, worker)
    decide_award(
        award_id=award.pk,
        decision=Decision.NOT_AWARDED,
        reason="Not now",
        by=user("director"),
        at=NOW,
    )
    assert next_act(told()[1]) == ("caseworker", reverse("referral-match", args=[story.ref]))


def test_on_a_day_without_a_session_the_tour_says_what_to_do(story):
    worker = user("caseworker")
    referrals.take_on(referral_id=story.pk, worker_id=worker.pk, by=worker, at=NOW)
    placement = approve(propose(story, worker))
    start_placement(placement_id=placement.pk, begins_on=TODAY, by=SYSTEM, at=NOW)
    placements.name_worker(
        placement_id=placement.pk, user_id=user("mentor").pk, since=TODAY, by=SYSTEM, at=NOW
    )
    with clock.stopped_at(NOW + timedelta(days=1)):
        _, html = told()
    assert "No session is agreed for today" in html
    assert next_act(html) == ("mentor", reverse("placement-extra", args=[placement.ref]))


@pytest.mark.parametrize("many", [1, 3])
def test_the_tour_asks_as_many_questions_however_many_stories(
    story, many, django_assert_num_queries
):
    for key in STORY_KEYS[1:many]:
        casework.referral(casework.child(), sent_once_key=key)
    with django_assert_num_queries(4):
        Client().get(DEMO)


def user(persona):
    return accounts.user_with_persona(persona)


def propose(referral, by):
    match = matching.rank(referral.pk, on=TODAY)
    ref = propose_award(
        referral_id=referral.pk,
        choice=Choice(
            wanted=Wanted(
                service_ref=match.columns.refs[match.result.ranked[0]],
                half_days_mask=tour.THIS_MORNING.bit,
                minutes_a_half_day=tour.MINUTES,
                starts_on=TODAY,
                ends_on=TODAY + timedelta(weeks=8),
                budget_id=Budget.objects.get().pk,
            ),
            budget_id=Budget.objects.get().pk,
            ground=DirectGround.BEST_FIT,
            ground_words="The only one free.",
        ),
        by=by,
        at=NOW,
    )
    return Award.objects.get(ref=ref)


def approve(award):
    ref = decide_award(
        award_id=award.pk, decision=Decision.AWARDED, reason="Fits", by=user("director"), at=NOW
    )
    return Placement.objects.get(ref=ref)
