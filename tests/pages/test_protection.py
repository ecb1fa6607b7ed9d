"""What a provider shows, and the hours each child has there: on each person's pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from flsf.casework.timetable import actions as timetable
from flsf.casework.timetable.rules import Booked
from flsf.core.half_days import WEEK
from flsf.core.people import SYSTEM
from flsf.flows.continuity import ask_about_children
from flsf.flows.see_evidence import see_evidence
from flsf.market.checks import actions as check_actions
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Outcome, Theme
from flsf.market.checks.rules import NewCheck
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation.queries import KeptFromIt
from flsf.market.providers.models import Site
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_applications import a_pdf, applicant
from tests.factories_delivery import running
from tests.factories_delivery import service as running_service
from tests.factories_evaluation import opened, scene
from tests.factories_market import A_CHECK, provider, require, shown

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


def as_(role):
    return client_of(council_member(role))


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def days(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.fixture
def of():
    return provider("Heron Trust")


@pytest.fixture
def lead(of):
    return member_of(of.organisation)


# What can be shown

TELL = reverse("compliance-tell")
COMPLIANCE = reverse("provider-compliance")


def telling(**changed):
    said = {"code": A_CHECK.code, "number": "N-9"}
    said |= days("holds_from", TODAY) | days("expires_on", TODAY + 300 * DAY)
    return said | changed


def test_what_is_due_has_one_button_and_telling_takes_it_away(of, lead):
    require()
    shown(of, until=TODAY + 5 * DAY)
    client = client_of(lead)
    html = text(client.get(COMPLIANCE))
    assert "Runs out in 5 days, on 20 May 2026" in html
    assert f'href="{TELL}?check={A_CHECK.code}"' in html
    assert text(client.get(TELL, {"check": A_CHECK.code})).count("selected") == 1
    assert client.post(TELL, telling()).url == COMPLIANCE
    html = text(client.get(COMPLIANCE))
    assert "We are looking at it" in html
    assert f'href="{TELL}?check={A_CHECK.code}"' not in html


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (301, 300, "must not be before the first"),
        (-9, -1, "run out already"),
        (0, 4 * 366, "Enter a last day up to 15 May 2029"),
    ],
)
def test_days_that_do_not_fit_are_said_at_the_field(of, lead, first, last, says):
    require()
    said = days("holds_from", TODAY + first * DAY) | days("expires_on", TODAY + last * DAY)
    html = text(client_of(lead).post(TELL, telling(**said)))
    assert says in html
    assert '<a href="#id_expires_on-day">' in html
    assert 'id="id_expires_on-error"' in html
    assert "N-9" in html


def test_what_was_missing_is_not_said_any_more_once_it_is_accepted(of, lead):
    _one, page = told(of, lead)
    quality = as_(Role.QUALITY)
    quality.post(page, {"outcome": "sent_back", "words": "Page 2 is missing."})
    client_of(lead).post(TELL, telling(**days("expires_on", TODAY + 20 * DAY)))
    [again] = [one for one in checks.told(person=SYSTEM) if one.outcome is None]
    quality.post(reverse("told-page", kwargs={"ref": again.ref}), {"outcome": "accepted"})
    html = text(client_of(lead).get(COMPLIANCE))
    assert "Runs out in 20 days" in html
    assert "Page 2 is missing." not in html


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "Select what you can show"),
        (telling(**days("holds_from", TODAY + 301 * DAY)), "must not be before the first"),
        (
            telling(**days("holds_from", TODAY - 9 * DAY), **days("expires_on", TODAY - DAY)),
            "run out already",
        ),
        (telling(**{"expires_on-month": "13"}), "must be a real date"),
    ],
)
def test_what_cannot_be_shown_is_said_and_typing_is_kept(of, lead, said, missing):
    require()
    html = text(client_of(lead).post(TELL, said))
    assert missing in html
    assert said.get("number", "") in html
    assert checks.told(person=lead) == []


def test_telling_twice_is_told_once(of, lead):
    require()
    client = client_of(lead)
    client.post(TELL, telling())
    assert "You have told us of one already" in text(client.post(TELL, telling()))
    assert len(checks.told(person=lead)) == 1


def told(of, lead):
    require()
    client_of(lead).post(TELL, telling())
    [one] = checks.told(person=SYSTEM)
    return one, reverse("told-page", kwargs={"ref": one.ref})


def test_what_was_told_is_on_my_work_and_counts_once_accepted(of, lead):
    _one, page = told(of, lead)
    quality = as_(Role.QUALITY)
    assert page in text(quality.get("/my-work/"))
    assert "N-9" in text(quality.get(page))
    assert quality.post(page, {"outcome": "accepted"}).status_code == 302
    assert checks.is_in_date(of.pk, on=TODAY)
    assert "Somebody has looked at this already" in text(
        quality.post(page, {"outcome": "accepted"})
    )
    assert page not in text(quality.get("/my-work/"))


def test_what_is_sent_back_says_what_is_missing(of, lead):
    _one, page = told(of, lead)
    quality = as_(Role.QUALITY)
    assert "Select whether it is right" in text(quality.post(page, {}))
    assert "Say what is missing" in text(quality.post(page, {"outcome": "sent_back"}))
    quality.post(page, {"outcome": "sent_back", "words": "The sum insured is too low."})
    html = text(client_of(lead).get(COMPLIANCE))
    assert "The sum insured is too low." in html
    assert f'href="{TELL}?check={A_CHECK.code}"' in html
    assert Message.objects.filter(template="check-sent-back", address=lead.email).count() == 1
    assert not checks.is_in_date(of.pk, on=TODAY)


def test_what_was_told_is_settled_by_a_person_and_of_a_known_check(of, lead):
    one, _ = told(of, lead)
    with pytest.raises(check_actions.NeedsAPerson):
        check_actions.settle_told(told_id=one.id, outcome=Outcome.ACCEPTED, by=SYSTEM, at=NOW)
    with pytest.raises(check_actions.WordsMissing):
        check_actions.settle_told(told_id=one.id, outcome=Outcome.SENT_BACK, by=lead, at=NOW)
    with pytest.raises(check_actions.NoSuchCheck):
        check_actions.tell(
            provider_id=of.pk, code="x", number="", holds_from=TODAY, expires_on=TODAY,
            by=lead, at=NOW,
        )  # fmt: skip


def test_the_paper_itself_may_be_sent_and_is_read_by_the_council_alone(of, lead):
    require()
    paper = SimpleUploadedFile("Our policy 2026.pdf", a_pdf())
    assert client_of(lead).post(TELL, telling(paper=paper)).url == COMPLIANCE
    [one] = checks.told(person=SYSTEM)
    page, file = (reverse(name, kwargs={"ref": one.ref}) for name in ("told-page", "told-file"))
    quality = as_(Role.QUALITY)
    assert file in text(quality.get(page))
    response = quality.get(file)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == 'attachment; filename="Our policy 2026.pdf"'
    assert client_of(lead).get(file).status_code == 403


def test_who_has_an_interest_in_a_provider_opens_no_paper_it_sent(of, lead):
    at = scene()
    paper = SimpleUploadedFile("Our policy 2026.pdf", a_pdf())
    client_of(lead).post(TELL, telling(paper=paper, code="public-liability"))
    [one] = checks.told(person=SYSTEM)
    page, file = (reverse(name, kwargs={"ref": one.ref}) for name in ("told-page", "told-file"))
    made = opened(at, applicant(of.organisation))
    assert client_of(at.second).get(file).status_code == 200
    evaluation.assign(evaluation_id=made.pk, person_id=at.second.pk, by=at.first, at=NOW)
    evaluation.declare(
        evaluation_id=made.pk, has_interest=True, interest="My sister.", by=at.second, at=NOW
    )
    assert client_of(at.second).get(file).status_code == 403
    assert file not in text(client_of(at.second).get(page))
    for outcome in ("accepted", "sent_back"):
        said = {"outcome": outcome, "words": "It is not dated."}
        html = text(client_of(at.second).post(page, said))
        assert "You declared an interest in this provider" in html
        assert "It is not dated." in html
    [still] = checks.told(person=SYSTEM)
    assert still.outcome is None
    assert not Message.objects.filter(template="check-sent-back").exists()
    with pytest.raises(KeptFromIt):
        see_evidence(
            provider_id=of.pk,
            code="public-liability",
            number="N-9",
            holds_from=TODAY,
            expires_on=TODAY + 30 * DAY,
            by=at.second,
            at=NOW,
        )
    assert client_of(council_member(Role.QUALITY)).get(file).status_code == 200


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"MZ\x90\x00 a program", A_CHECK.code, "PDF"),
        (b"%PDF-1.7" + b" " * 10_000_001, A_CHECK.code, "bigger than 10 MB"),
        (b"", A_CHECK.code, "That file is empty"),
        (None, "dbs", "Do not send a copy of a DBS certificate"),
    ],
)
def test_a_paper_that_cannot_be_kept_is_refused_and_typing_is_kept(of, lead, content, code, said):
    require()
    require(NewCheck("dbs", "DBS checks", Theme.SAFEGUARDING, "E25"))
    paper = SimpleUploadedFile("paper.pdf", a_pdf() if content is None else content)
    html = text(client_of(lead).post(TELL, telling(paper=paper, code=code)))
    assert said in html
    assert "N-9" in html
    assert checks.told(person=lead) == []


def test_a_paper_that_was_never_sent_is_not_there(of, lead):
    one, _ = told(of, lead)
    response = as_(Role.QUALITY).get(reverse("told-file", kwargs={"ref": one.ref}))
    assert response.status_code == 404


# Hours


def hours_page(of, name="provider-hours"):
    return reverse(name, kwargs={"ref": of.ref})


def test_the_hours_of_each_child_are_told_by_place_and_in_all():
    placement = running()
    rows = as_(Role.CASEWORKER).get(hours_page(placement.provider, "provider-hours-json")).json()
    [row] = rows["rows"]
    assert row["hours"] == "8"
    assert row["where"] == "8 at no fixed place"
    assert row["standing"] == "Part time"
    html = text(as_(Role.COMMISSIONER).get(hours_page(placement.provider)))
    assert f"Child {placement.child.ref}" in html
    assert placement.child.last_name not in html
    assert "warned from 15, full time above 18 at one place" in html
    assert "No fixed place" in html
    assert "1 child, at most 8 hours a week. Nobody is there full time." in html


def test_more_than_full_time_is_told_as_such():
    every = [one for one in WEEK if one.index < 10]
    placement = running(half_days=every)
    rows = as_(Role.CASEWORKER).get(hours_page(placement.provider, "provider-hours-json")).json()
    assert [(row["hours"], row["standing"]) for row in rows["rows"]] == [
        ("20", "Full time at one place")
    ]


@pytest.mark.parametrize("many", [1, 3])
def test_hours_cost_the_same_for_one_child_and_three(many, django_assert_num_queries):
    of = running().provider
    for _ in range(many - 1):
        running(at_service=running_service(of))
    client = as_(Role.CASEWORKER)
    # Session, person, memberships; the provider; sites; those in no service, bookings; details,
    # names; the law; record; and for the places all of provider, sites, those in no service,
    # bookings and the law once more.
    with django_assert_num_queries(16):
        text(client.get(hours_page(of)))


def test_full_time_over_two_places_is_told_as_such():
    placement = running(half_days=[one for one in WEEK if one.index < 5])
    of = placement.provider
    site = Site.objects.create(provider=of, name="Forge Road", postcode="ZZ1 1AA")
    elsewhere = running_service(of)
    type(elsewhere).objects.filter(pk=elsewhere.pk).update(site=site, mode="site")
    timetable.book_many(
        bookings=[
            Booked(
                child_id=placement.child_id, service_id=elsewhere.pk, award_ref="A-OTHER",
                half_days_mask=0b1111100000, minutes=120, since=TODAY, until=None,
            )
        ],
        by=SYSTEM,
        at=NOW,
    )  # fmt: skip
    rows = as_(Role.CASEWORKER).get(hours_page(of, "provider-hours-json")).json()["rows"]
    assert [(row["hours"], row["where"], row["standing"]) for row in rows] == [
        ("20", "10 at no fixed place, 10 at Forge Road", "Full time in all")
    ]


def test_a_provider_reads_the_hours_at_each_of_its_places_and_no_name(lead, of):
    assert "No child has a place with you from today on." in text(client_of(lead).get(COMPLIANCE))
    placement = running(at_service=running_service(of))
    html = text(client_of(lead).get(COMPLIANCE))
    assert "More than 18 hours a week at one place is full time." in html
    assert "1 child, at most 8 hours a week. Nobody is there full time." in html
    assert placement.child.last_name not in html


def test_a_school_reads_that_it_may_teach_full_time(lead, of):
    type(of).objects.filter(pk=of.pk).update(registration="school")
    running(at_service=running_service(of))
    html = text(client_of(lead).get(COMPLIANCE))
    assert "A registered school may teach them full time." in html
    assert "is full time. Tell us" not in html


def test_a_placement_shows_what_is_asked_about_it():
    require()
    placement = running()
    shown(placement.provider, until=TODAY - DAY)
    ask_about_children(by=SYSTEM, at=NOW)
    html = text(as_(Role.CASEWORKER).get(reverse("placement-page", kwargs={"ref": placement.ref})))
    assert "Decide whether the child stays" in html
