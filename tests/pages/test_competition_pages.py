"""A competition on pages that need no scripts: from what fits to how it went."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.casework.calloffs.models import Award
from flsf.casework.competitions.models import Bid, BidMark, Competition
from flsf.core import clock
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import RecordView
from tests import factories_competitions as made
from tests import factories_matching
from tests.factories import NOW, council_member
from tests.factories_competitions import AFTER, BEFORE, CLOSES, LATER
from tests.flows.test_hold_competition import decide, proposed
from tests.pages.test_award_pages import answers

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def address(held, name="page"):
    kind = "provider-competition" if name.startswith("provider") else "competition"
    rest = name.removeprefix("provider").lstrip("-")
    return reverse("-".join(filter(None, (kind, rest))), kwargs={"ref": held.competition.ref})


def get(held, person, name="page", at=LATER):
    with clock.stopped_at(at):
        return plain(signed_in(person).get(address(held, name)))


def post(held, who, name, at=LATER, **given):
    with clock.stopped_at(at):
        return signed_in(who).post(address(held, name), given, follow=True)


def plain(response):
    return " ".join(response.content.decode().split())


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def brief(at, **more):
    usual = {
        "lot": at.lot.pk,
        "wanted": "A tutor for English and maths.",
        "outcomes": "Back in lessons by September.",
        "half_days": ["mon-am", "tue-am"],
        "minutes": "150",
        **day("starts_on", date(2026, 6, 8)),
        **day("ends_on", date(2026, 7, 17)),
    }
    return usual | more


def test_a_competition_is_begun_from_what_fits_weighed_and_published():
    at = made.scene(direct=False)
    client = signed_in(at.caseworker)
    fits = plain(client.get(reverse("referral-match", kwargs={"ref": at.referral.ref})))
    start = reverse("competition-start", kwargs={"ref": at.referral.ref})
    assert f'href="{start}"' in fits
    form = plain(client.get(start))
    assert 'value="mon-am" checked' in form
    assert RecordView.objects.filter(page="competition-start").exists()
    weights = client.post(start, brief(at), follow=True)
    one = Competition.objects.get()
    assert "60 to 80" in plain(weights)
    assert "Price: weight" in plain(weights)
    given = {"weight-c1": "30", "weight-c2": "40", "refined-c2": "Show a plan.", "price": "30"}
    criteria = reverse("competition-criteria", kwargs={"ref": one.ref})
    whole = plain(client.post(criteria, given, follow=True))
    assert "1 provider of the lot could be awarded it today" in whole
    assert "5 working days: until 5:00pm on Friday 22 May 2026" in whole
    assert "48 hours of working days: until 10:00am on Tuesday 19 May 2026" in whole
    publish = reverse("competition-publish", kwargs={"ref": one.ref})
    # Nobody manages the one provider, so there is nobody to write to.
    assert "No provider of this lot can be asked" in plain(
        client.post(publish, {"window": "normal"})
    )
    made.factories.member_of(at.service.provider.organisation)
    page = plain(client.post(publish, {"window": "normal"}, follow=True))
    assert "Open for bids" in page
    assert "unchanged since it was published" in page
    assert "Sealed until they are opened" in page
    assert "does not change" in plain(client.get(publish))
    assert "does not change" in plain(client.get(criteria))


@pytest.mark.parametrize(
    ("change", "says", "field"),
    [
        ({"wanted": "For a boy with autism"}, "Take out “autism”", "wanted"),
        ({"half_days": []}, "Select at least one half-day", "half_days"),
        ({"minutes": "9"}, "15 or more", "minutes"),
        ({"ends_on-year": "2025"}, "on or after the first day", "ends_on"),
        ({"starts_on-day": "31"}, "must be a real date", "starts_on"),
        ({"lot": ""}, "Choose a lot", "lot"),
    ],
)
def test_what_is_wrong_with_a_brief_is_said_at_its_field_and_the_rest_is_kept(change, says, field):
    at = made.scene()
    start = reverse("competition-start", kwargs={"ref": at.referral.ref})
    body = plain(signed_in(at.caseworker).post(start, brief(at, **change)))
    assert says in body
    assert f'href="#id_{field}' in body
    assert "Back in lessons by September." in body
    assert not Competition.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"price": "29"}, "The weights total 99: quality 70 and price 29. They must total 100."),
        ({"weight-c1": "60"}, "The weights total 130"),
        ({"weight-c1": "", "weight-c2": "50", "price": "50"}, "bands are quality 60 to 80"),
        ({"weight-c1": "-1"}, "A weight must be 0 or more"),
        ({"weight-c1": "a third"}, "A weight must be a whole number"),
        ({"price": ""}, "Enter how much price counts"),
    ],
)
def test_weights_that_do_not_add_up_say_what_they_total(change, says):
    held = made.drafted()
    given = {"weight-c1": "30", "weight-c2": "40", "refined-c2": "Show a plan.", "price": "30"}
    body = plain(post(held, held.scene.caseworker, "criteria", at=NOW, **(given | change)))
    assert says in body
    assert "Show a plan." in body


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose how long providers have"),
        ({"window": "urgent"}, "Say why it is urgent"),
        (
            {"window": "normal", **day("last_day", date(2026, 5, 25))},
            "Monday 25 May 2026 is not a working day",
        ),
        (
            {"window": "normal", **day("last_day", date(2026, 5, 18))},
            "first day that may be chosen is Friday 22 May 2026",
        ),
        ({"window": "normal", "last_day-day": "1"}, "must include a month and a year"),
    ],
)
def test_a_deadline_that_does_not_do_is_said_with_one_that_does(given, says):
    held = made.drafted()
    assert says in plain(post(held, held.scene.caseworker, "publish", at=NOW, **given))
    assert held.again().published_at is None


def test_a_draft_may_be_changed_and_stopped():
    held = made.drafted()
    at = held.scene
    given = brief(at, wanted="A mentor.")
    assert "A mentor." in plain(post(held, at.caseworker, "brief", at=NOW, **given))
    body = plain(post(held, at.caseworker, "brief", at=NOW, **brief(at, wanted="For ADHD")))
    assert "Take out “ADHD”" in body
    assert "Enter why it is stopped" in plain(post(held, at.caseworker, "stop", at=NOW))
    stopped = plain(post(held, at.caseworker, "stop", at=NOW, because="The family has moved."))
    assert "Stopped on" in stopped


def test_what_is_asked_and_answered_and_added_is_read_by_everybody():
    held = made.published()
    officer, (one, other) = held.scene.caseworker, held.managers
    asked = post(held, one, "provider-ask", at=BEFORE, words="Is there a lift?")
    assert "Not answered yet" in plain(asked)
    assert "Is there a lift?" not in get(held, other, "provider", at=BEFORE)
    page = get(held, officer, at=BEFORE)
    number = held.competition.questions.get().pk
    link = reverse("competition-answer", kwargs={"ref": held.competition.ref, "number": number})
    assert link in page
    assert one.name not in page
    with clock.stopped_at(BEFORE):
        client = signed_in(officer)
        assert "Somebody asks: Is there a lift?" in plain(client.get(link))
        assert "Enter your answer" in plain(client.post(link, {"words": ""}))
        client.post(link, {"words": "There is."})
        nowhere = reverse("competition-answer", kwargs={"ref": held.competition.ref, "number": 0})
        assert client.get(nowhere).status_code == 404
    added = post(held, officer, "add", at=BEFORE + timedelta(days=1), words="The room is upstairs.")
    assert "Everybody who was asked to bid is told" in plain(added)
    body = get(held, other, "provider", at=BEFORE + timedelta(days=1))
    for words in (
        "Is there a lift?",
        "There is.",
        "The room is upstairs.",
        "Wednesday 27 May 2026",
    ):
        assert words in body
    assert "Enter your question" in plain(post(held, one, "provider-ask", at=BEFORE, words=""))


def offer(held, number=0, **more):
    usual = {
        "service": held.services[number].ref,
        "price": "38.50",
        "words-c1": "Twice.",
        "words-c2": "Each week.",
        **day("starts_on", made.WANTED),
    }
    return usual | more


def test_a_provider_bids_changes_its_bid_and_withdraws_it():
    held = made.published()
    manager = held.managers[0]
    form = get(held, manager, "provider-bid", at=BEFORE)
    assert "£40.00 on your rate card" in form
    assert "Good for children (40 of 100)" in form
    assert "Show a plan." in form
    sent = plain(post(held, manager, "provider-bid", at=BEFORE, **offer(held)))
    assert "Your bid is sealed" in sent
    assert "£38.50" in sent
    assert "Twice." in get(held, manager, "provider-bid", at=BEFORE)
    listed = plain(signed_in(manager).get(reverse("provider-competitions")))
    assert "You have sent a bid." in listed
    assert "Keep it" in get(held, manager, "provider-withdraw", at=BEFORE)
    gone = plain(post(held, manager, "provider-withdraw", at=BEFORE))
    assert "Your bid was withdrawn on" in gone
    assert "no bid in this competition" in plain(
        post(held, manager, "provider-withdraw", at=BEFORE)
    )


@pytest.mark.parametrize(
    ("change", "says", "field"),
    [
        ({"price": "40.01"}, "Your rate card says £40.00. Offer that or less.", "price"),
        ({"price": "cheap"}, "must be an amount in pounds", "price"),
        ({"price": "-1"}, "must not be less than nothing", "price"),
        ({"words-c2": ""}, "Answer: Good for children", "words-c2"),
        ({"starts_on-month": "9"}, "Choose a day from 8 June 2026 to 17 July 2026.", "starts_on"),
        ({"service": ""}, "Choose one of your services", "service"),
        ({"service": "S-OTHER"}, "Select a valid choice", "service"),
    ],
)
def test_what_is_wrong_with_a_bid_is_said_at_its_field_and_the_rest_is_kept(change, says, field):
    held = made.published()
    body = plain(post(held, held.managers[0], "provider-bid", at=BEFORE, **offer(held, **change)))
    assert says in body
    assert f'href="#id_{field}' in body
    assert "Twice." in body
    assert not Bid.objects.exists()


def test_a_bid_that_comes_late_is_told_so_to_the_second_and_nothing_else_happens():
    held = made.published()
    form = get(held, held.managers[0], "provider-bid", at=CLOSES)
    assert "put on record as late and is not opened" in form
    late = post(
        held, held.managers[0], "provider-bid", at=CLOSES + timedelta(seconds=3), **offer(held)
    )
    said = "Your bid reached us at 17:00:03 on 22 May 2026. The deadline was 17:00:00 on 22 May"
    assert said in plain(late)
    assert Bid.objects.get().is_late
    made_open = post(held, held.scene.caseworker, "open", at=AFTER)
    assert "No bid can be taken" in plain(made_open)
    assert "38.50" not in plain(made_open)


def test_before_bids_are_opened_no_page_of_the_council_tells_that_anybody_bid():
    held = made.published()
    made.bid(held)
    for role in (Role.CASEWORKER, Role.COMMISSIONER, Role.DIRECTOR, Role.PROCUREMENT):
        person = council_member(role)
        for at in (BEFORE, AFTER):
            page = get(held, person, at=at)
            assert "Sealed until they are opened" in page
            assert held.services[0].provider.name not in page
            with clock.stopped_at(at):
                rows = signed_in(person).get(reverse("competition-list-json")).json()["rows"]
            assert [one["bids"] for one in rows] == [None]
    log = signed_in(council_member(Role.INFORMATION_GOVERNANCE)).get(reverse("audit-log"))
    assert held.managers[0].name not in plain(log)
    assert "Open the bids" not in get(held, held.scene.caseworker, at=BEFORE)
    early = post(held, held.scene.caseworker, "open", at=BEFORE)
    assert "Bids stay sealed until the deadline" in plain(early)


def test_from_opening_to_the_letter_on_pages_alone():
    held = made.published(at=made.scene(direct=False))
    made.bid(held, 0)
    made.bid(held, 1)
    officer, first, second = held.scene.caseworker, held.first, held.second
    assert "Open them now" in get(held, officer, "open")
    post(held, officer, "open")
    assert "open already" in get(held, officer, "open")
    assert "Choose somebody" in plain(post(held, officer, "scorers"))
    for one in (first, second):
        post(held, officer, "scorers", person=one.pk)
        with clock.stopped_at(LATER):
            asked = signed_in(one).get(address(held, "marks"))
        assert asked.url == address(held, "interest")
        assert "Choose yes or no" in plain(post(held, one, "interest"))
        post(held, one, "interest", has_conflict="no")
    assert "Two scorers are named already" in plain(
        post(held, officer, "scorers", person=council_member(Role.PROCUREMENT).pk)
    )
    scores = {
        f"{part}{ref}-{code}": value
        for ref in Bid.objects.values_list("ref", flat=True)
        for code in ("c1", "c2")
        for part, value in (("score-", "4"), ("reason-", "Clear, with an example."))
    }
    sheet = get(held, first, "marks")
    assert "We write each week." in sheet
    missing = plain(post(held, first, "marks", finish="yes", **{next(iter(scores)): "4"}))
    assert "Give a score and its reason for" in missing
    assert BidMark.objects.count() == 1  # what was typed is kept
    assert "Saved" in plain(post(held, first, "marks", **scores))
    for one in (first, second):
        post(held, one, "marks", finish="yes", **scores)
    assert "final" in get(held, first, "marks")
    agree = get(held, first, "agree")
    assert "Clear, with an example." in agree
    assert "Note how you came to agree" in plain(post(held, first, "agree", **scores))
    page = plain(post(held, first, "agree", note="We gave the same.", **scores))
    # Equal but for the price: 3,900 against 4,000 pence, 30 points against 29.25.
    for words in ("86.00", "85.25", "0.75", "it has more points in total", "What decided it"):
        assert words in page
    form = get(held, officer, "award")
    assert "2 could bid, 2 were asked, 2 bid" in form
    assert "Enter what you recommend" in plain(
        post(held, officer, "award", budget=held.scene.budget.pk)
    )
    given = {"budget": held.scene.budget.pk, "because": "First by the formula."}
    award = plain(post(held, officer, "award", **given))
    assert "waits for a decision" in award
    assert f"Competition {held.competition.ref}" in award
    decide(Award.objects.get(), held.scene.director)
    won = get(held, held.managers[1], "provider")
    assert "You were first" in won
    lost = get(held, held.managers[0], "provider")
    for words in (held.services[1].provider.name, "came 2 of 2", "0.75", "Clear, with an example."):
        assert words in lost
    assert "39.00" not in lost


def test_whoever_declared_an_interest_reads_no_more_than_that_there_are_bids():
    held = made.published()
    made.bid(held)
    post(held, held.scene.caseworker, "open")
    post(held, held.scene.caseworker, "scorers", person=held.first.pk)
    form = get(held, held.first, "interest")
    assert f"These providers have bid: {held.services[0].provider.name}" in form
    nothing = plain(post(held, held.first, "interest", has_conflict="yes", words=""))
    assert "Say what the interest is" in nothing
    page = plain(post(held, held.first, "interest", has_conflict="yes", words="My sister."))
    assert "You declared an interest" in page
    for name in ("marks", "agree"):
        body = get(held, held.first, name)
        assert "We write each week." not in body
        assert "Save" not in body


def test_somebody_who_is_no_scorer_marks_and_agrees_on_nothing():
    held = made.opened()
    other = council_member(Role.PROCUREMENT)
    for name in ("marks", "agree", "interest"):
        assert "You are not a scorer" in get(held, other, name)
    assert "Both scorers finish" in get(held, held.first, "agree")


def test_a_single_low_bid_is_proposed_with_words_on_both():
    held = made.moderated((4, 4), rates=(1000,))
    officer = held.scene.caseworker
    form = get(held, officer, "award")
    assert "The price is abnormally low" in form
    given = {"budget": held.scene.budget.pk, "because": "The only one."}
    assert "good value for money all the same" in plain(post(held, officer, "award", **given))
    given["value_words"] = "Within the rate card."
    assert "Ask the provider, and write down" in plain(post(held, officer, "award", **given))
    given["low_words"] = "They have the room for nothing."
    assert "waits for a decision" in plain(post(held, officer, "award", **given))


def test_the_first_bid_is_passed_over_on_a_page():
    held = made.moderated((5, 5), (4, 4))
    officer = held.scene.caseworker
    assert f"{held.services[0].provider.name} is first" in get(held, officer, "pass-over")
    assert "Enter why" in plain(post(held, officer, "pass-over"))
    page = plain(post(held, officer, "pass-over", because="A check has lapsed."))
    assert "passed over. A check has lapsed." in page


def test_without_a_bid_the_page_says_what_next():
    held = made.published()
    page = plain(post(held, held.scene.caseworker, "open"))
    assert "propose a direct award on that ground" in page
    assert "start another competition" in page
    # Nothing is there to pass over or to award.
    for name in ("pass-over", "award"):
        with clock.stopped_at(LATER):
            answer = signed_in(held.scene.caseworker).get(address(held, name))
        assert answer.url == address(held)


def test_a_lot_without_direct_awards_leads_to_a_competition():
    at = made.scene(direct=False)
    form = reverse("award-propose", kwargs={"ref": at.referral.ref, "service_ref": at.service.ref})
    body = plain(signed_in(at.caseworker).post(form, answers(at)))
    assert "Go back to what fits and start a competition" in body
    assert "start a competition instead" in body


def test_the_register_of_awards_counts_who_could_bid_who_was_asked_and_who_did():
    held = made.moderated((5, 5), (4, 4))
    client = signed_in(held.scene.director)
    assert "No award has come of a competition yet" in plain(client.get(reverse("award-list")))
    award = proposed(held)
    decide(award, held.scene.director)
    page = plain(client.get(reverse("award-list")))
    assert (
        "The median is 2 providers that could bid and 2 that did; 0 of 1 had a single bid" in page
    )
    [row] = client.get(reverse("award-list-json")).json()["rows"]
    assert (row["could_bid"], row["providers_asked"], row["bids"]) == (2, 2, 2)
    assert row["competition"] == held.competition.ref
    assert client.get(reverse("award-list-xlsx")).status_code == 200
    page = plain(client.get(reverse("award-page", kwargs={"ref": award.ref})))
    assert f"First of the bids in competition {held.competition.ref}" in page


def again(held):
    """Another competition in the same lot, as far along."""
    at = replace(held.scene, referral=factories_matching.referral())
    return made.moderated((5, 5), (4, 4), at=at)


def test_the_list_of_competitions_costs_as_much_for_one_as_for_three():
    held = made.moderated((5, 5), (4, 4))
    client, there = signed_in(held.scene.director), reverse("competition-list")
    with clock.stopped_at(LATER):
        client.get(there)
        with CaptureQueriesContext(connection) as one:
            assert "1 competition" in plain(client.get(there))
        again(held)
        again(held)
        with CaptureQueriesContext(connection) as three:
            assert "3 competitions" in plain(client.get(there))
    assert (len(one), len(three)) == (13, 13)


def test_a_providers_list_costs_as_much_for_one_as_for_three():
    held = made.moderated((5, 5), (4, 4))
    client, there = signed_in(held.managers[0]), reverse("provider-competitions")
    with clock.stopped_at(LATER):
        client.get(there)
        with CaptureQueriesContext(connection) as one:
            assert plain(client.get(there)).count("Bids close at") == 1
        again(held)
        again(held)
        with CaptureQueriesContext(connection) as three:
            assert plain(client.get(there)).count("Bids close at") == 3
    assert (len(one), len(three)) == (9, 9)


def test_a_competitions_page_costs_as_much_for_two_bids_as_for_four():
    two = made.moderated((5, 5), (4, 4))
    client = signed_in(two.scene.caseworker)
    with clock.stopped_at(LATER):
        client.get(address(two))
        with CaptureQueriesContext(connection) as few:
            client.get(address(two))
        at = replace(two.scene, referral=factories_matching.referral())
        four = made.moderated((5, 5), (4, 4), (3, 3), (5, 4), at=at)
        with CaptureQueriesContext(connection) as many:
            client.get(address(four))
    assert len(few) == len(many)


def test_nobody_of_a_provider_that_was_not_asked_finds_it():
    held = made.published()
    other = made.factories.member_of(made.factories.organisation())
    for name in ("provider", "provider-bid", "provider-ask", "provider-withdraw"):
        assert signed_in(other).get(address(held, name)).status_code == 404
    assert "You have not been asked to bid yet" in plain(
        signed_in(other).get(reverse("provider-competitions"))
    )
