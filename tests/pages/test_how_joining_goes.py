"""How long joining takes, and where those who stop stop, as staff and the public read it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.flows.send_application import send_application
from flsf.jobs import outbox
from flsf.mandate.law.enums import Key
from flsf.mandate.law.models import Provision
from flsf.market.applications import actions as applications
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member, made_framework
from tests.factories_applications import answered, applicant, begun
from tests.factories_evaluation import AFTER, decided, finish, marking, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return scene()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_how_long_deciding_took_is_told_from_five_on(at, django_assert_num_queries):
    client = as_(at.first)
    with clock.stopped_at(NOW + timedelta(days=40)):
        for _ in range(4):
            finish(at, marking(at), on=NOW + timedelta(days=3))
        assert "Too few were decided in the last twelve months" in text(
            client.get("/applications/")
        )
        with django_assert_num_queries(26):
            Client().get("/framework/join/")
        public = text(Client().get("/framework/join/"))
        assert "We have decided too few in the last twelve months to say yet." in public
        finish(at, marking(at), on=NOW + timedelta(days=39))
        # From Monday 18 May, without 25 May and 15 June: both are bank holidays in the UK.
        assert (
            "Decided in the last twelve months: 5, of which 4 within the 20 working days promised. "
            "Half were decided within 1 working day; the longest took 25."
            in text(client.get("/applications/"))
        )
        public = text(Client().get("/framework/join/"))
        assert "we decided 5 applications, 4 of them within 20 working days." in public
        assert "Half were decided within 1 working day. The longest took 25." in public
        assert "You hear later than that: once your round has closed." in public
        with django_assert_num_queries(26):
            Client().get("/framework/join/")


def test_a_changed_promise_is_said_on_the_way_in_and_not_held_against_earlier_ones(at):
    Provision.objects.create(
        key=Key.DECIDE_APPLICATION_DAYS, value=1, unit="working_days",
        in_force_from=TODAY + timedelta(days=1), words="Decided in a day", source="For a test",
    )  # fmt: skip
    tuesday = NOW + timedelta(days=4)
    for when in (NOW, NOW, NOW, NOW, NOW + timedelta(days=1)):
        finish(at, marking(at, when=when), on=tuesday)
    with clock.stopped_at(tuesday):
        public = text(Client().get("/framework/join/"))
        assert "We decide within 1 working day of the day you send it." in public
        assert "5 applications, 4 of them in the time we had promised. Half" in public
        html = text(as_(at.first).get("/applications/"))
        assert (
            "Decided in the last twelve months: 5, of which 4 within the working days promised."
            in html
        )


# --- The receipt ---


def test_how_long_the_receipt_took_is_told_from_five_on(at):
    for _ in range(4):
        receipted(at)
    assert "Too few were sent in the last twelve months" in text(queue(at))
    assert "We told" not in text(Client().get("/framework/join/"))
    receipted(at, leaves=NOW + timedelta(days=5))  # Wednesday: the third working day
    assert (
        "Sent in the last twelve months: 5, of which we told 4 within the 2 working days promised "
        "that we have it. Half were told within 0 working days; the longest wait was 3."
        in text(queue(at))
    )
    public = text(Client().get("/framework/join/"))
    assert "5 applications came to us. For 4 of them we said in time that we had it" in public


def queue(at):
    return as_(at.first).get("/applications/")


def receipted(at, leaves=NOW):
    person = applicant()
    made = answered(person, at.framework)
    send_application(application_id=made.pk, version=1, address=person.email, by=person, at=NOW)
    with clock.stopped_at(leaves):
        outbox.send_outbox(0)


# --- The promise ---


def test_the_way_in_says_when_everybody_of_a_round_hears(at):
    public = text(Client().get("/framework/join/"))
    assert "We decide within 20 working days of the day you send it." in public
    assert (
        "We tell everybody in a round on the same day, with our reasons. That is after the round "
        "has closed: this one closes on 28 May 2026, and we aim to tell you by 25 June 2026."
        in public
    )


# --- Small providers ---


def test_how_long_small_providers_took_is_told_from_five_on(at):
    client, small = as_(at.first), "/applications/completion/"
    for _ in range(4):
        decided(at, applicant())
    with clock.stopped_at(AFTER):
        release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
        html = text(client.get(small))
        assert "Too few small providers joined in the last twelve months" in html
        public = text(Client().get("/framework/join/"))
        assert "We want you to know within 30 working days of starting." in public
        assert "small providers joined" not in public


def test_five_small_providers_are_told_in_numbers(at):
    for _ in range(5):
        decided(at, applicant())
    with clock.stopped_at(AFTER):
        release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
        assert (
            "Small providers that joined in the last twelve months: 5, of which 5 were told so "
            "within the 30 working days from beginning that we aim for. Half knew within "
            "9 working days; the longest took 9. Half sent it within 0 working days of beginning; "
            "half were decided on within 0 working days of sending."
            in text(as_(at.first).get("/applications/completion/"))
        )
        public = text(Client().get("/framework/join/"))
        assert (
            "5 small providers joined in the last twelve months. Half of them knew within 9 "
            "working days of starting. The longest took 9." in public
        )


# --- Where those who stop stop ---


def completion(at, ending="/"):
    return as_(at.first).get(f"/applications/completion{ending}")


def test_where_those_who_stopped_stopped_is_a_list_with_files(at):
    marking(at)  # sent
    stops = begun(applicant(), at.framework)
    applications.answer(
        application_id=stops.pk,
        typed={"phone": ["01632 960 001"]},
        by=SYSTEM,
        at=NOW + timedelta(hours=1),
    )
    begun(applicant(), at.framework)
    with clock.stopped_at(NOW + timedelta(days=20)):
        html = text(completion(at))
        assert (
            "Begun in the last twelve months: 3. Sent: 1, which is 33%. Stopped: 2. Withdrawn "
            "without being sent: 0. Going on: 0." in html
        )
        assert "Before the first answer" in html
        assert "Somebody stopped in the part of their last answer." in html
        rows = {one["part"]: one for one in completion(at, ".json").json()["rows"]}
        stopped = {part: one["stopped"] for part, one in rows.items() if one["stopped"]}
        about = next(part for part in stopped if part != "Before the first answer")
        assert stopped == {"Before the first answer": 1, about: 1}
        assert rows[about]["percent_of_stopped"] == 50
        for ending in (".csv", ".xlsx"):
            assert completion(at, ending).status_code == 200


def test_where_nobody_began_or_nothing_is_asked_it_says_so(at):
    assert "Nobody began an application in the last twelve months." in text(completion(at))
    applications_asked_nothing = made_framework()
    html = text(completion(at, f"/?framework={applications_asked_nothing.ref}"))
    assert "No questions are published yet, so nobody can begin." in html


def test_it_costs_the_same_for_one_as_for_three(at, django_assert_num_queries):
    client = as_(at.first)
    for _ in range(2):
        begun(applicant(), at.framework)
        with django_assert_num_queries(19):
            client.get("/applications/completion/")
        begun(applicant(), at.framework)


def test_the_list_of_questions_leads_there(at):
    link = reverse("application-completion")
    assert link in text(as_(at.first).get(reverse("questions")))
    assert link in text(queue(at))
    assert as_(council_member(Role.FINANCE)).get(link).status_code == 403
