"""What each requirement answers is read by a councillor, said by an officer, and goes stale."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.governance import actions, queries
from flsf.mandate.governance.enums import Kind, RequirementKind
from flsf.mandate.governance.models import Answering
from flsf.mandate.governance.rules import Requirement
from flsf.market.standards import actions as standards
from flsf.market.standards.enums import Kind as Standard
from flsf.market.standards.rules import Content
from flsf.shared.accounts.enums import Role
from flsf.web.components.statuses import kind_of
from tests import factories, factories_applications
from tests.factories import NOW, TODAY, council_member

pytestmark = pytest.mark.django_db

BILL = {
    "driver": "Children's Wellbeing and Schools Bill",
    "source": "UK Parliament",
    "dated": "2024-12-17",
    "standing": "Before Parliament",
    "asks": "A register of children not in school.",
    "review_on": "2026-09-01",
}
MAP = reverse("driver-map")


@pytest.fixture
def inside():
    made = factories.made_framework()
    frameworks.publish_criteria(
        framework_id=made.pk, criteria=["Safe: checks."], in_force_from=TODAY, by=SYSTEM, at=NOW
    )
    return made


def driver(inside, **more):
    return actions.add(
        framework_id=inside.pk, kind=Kind.DRIVER, told=BILL | more, by=SYSTEM, at=NOW
    )


def as_(role):
    client = Client()
    client.force_login(council_member(role))
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


SAFE = Requirement.by_words(RequirementKind.CRITERION, "Safe: checks.")
PAGE = reverse("driver-answers", args=[SAFE.kind.value, SAFE.key])


def say(inside, drivers, *, seen_id=None, by=None, because="It asks for checks."):
    return actions.say_answers(
        framework_id=inside.pk,
        requirement=SAFE,
        drivers=drivers,
        because=because,
        seen_id=seen_id,
        by=by or council_member(Role.PROCUREMENT),
        at=NOW,
    )


def test_everything_that_is_asked_for_is_there(inside):
    factories_applications.questions(inside)
    factories.lot("Mentoring", inside=inside)
    standards.publish(
        kind=Standard.STANDARDS,
        content=Content(lines=("Children are heard.",)),
        in_force_from=TODAY,
        because="First",
        by=council_member(Role.COMMISSIONER),
        at=NOW,
    )
    csv = as_(Role.COUNCILLOR).get(reverse("driver-map-csv")).content.decode()
    for words in (
        "Criterion,Safe: checks.",
        "Theme of the questions,Safeguarding",
        "Standard,Children are heard.",
        "Lot,Mentoring",
    ):
        assert words in csv
    assert as_(Role.COUNCILLOR).get(reverse("driver-map-xlsx")).status_code == 200


def test_an_officer_says_what_it_answers_and_a_councillor_reads_it(inside):
    driver(inside)
    councillor = as_(Role.COUNCILLOR)
    html = text(councillor.get(MAP))
    assert "<strong>Nothing</strong>" in html
    assert "Nobody has said yet what 1 of the requirements below answers." in html
    officer = as_(Role.PROCUREMENT)
    answers = {"drivers": ["1"], "because": "It asks whom providers teach.", "seen_id": ""}
    assert "Said. What was said before is kept" in text(officer.post(PAGE, answers, follow=True))
    html = text(councillor.get(MAP))
    assert "1 requirement" in html
    assert "It asks whom providers teach." in html
    assert "Save" not in text(councillor.get(PAGE))
    councillor.post(PAGE, answers)
    assert Answering.objects.count() == 1


def test_when_the_law_changes_what_answers_it_is_to_be_looked_at_again(inside):
    entry = driver(inside)
    first = say(inside, [1])
    actions.change(
        entry_id=entry.pk,
        told=BILL | {"driver": "Children's Wellbeing and Schools Act 2026", "standing": "In force"},
        because="Royal Assent",
        seen_version=1,
        by=SYSTEM,
        at=NOW,
    )
    html = text(as_(Role.COUNCILLOR).get(MAP))
    assert "1 to be looked at again" in html
    assert "Look again" in html
    assert kind_of("Look again") == "waiting"
    page = text(as_(Role.PROCUREMENT).get(PAGE))
    assert "Children&#39;s Wellbeing and Schools Act 2026 has changed since this was said." in page
    say(inside, [1], seen_id=first.pk)
    assert "Look again" not in text(as_(Role.COUNCILLOR).get(MAP))


def test_a_closed_driver_is_answered_by_nothing_and_not_offered(inside):
    entry = driver(inside)
    say(inside, [1])
    actions.close(entry_id=entry.pk, because="Withdrawn", by=SYSTEM, at=NOW)
    page = text(as_(Role.PROCUREMENT).get(PAGE))
    assert "was closed since this was said" in page
    assert 'value="1"' not in re.sub(r'name="seen_id"[^>]*', "", page)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(inside):
    driver(inside)
    officer = as_(Role.PROCUREMENT)
    assert "Enter how it answers them" in text(officer.post(PAGE, {"drivers": ["1"]}))
    bad = text(officer.post(PAGE, {"drivers": ["9"], "because": "Kept words"}))
    assert "Select a valid choice" in bad
    assert "Kept words" in bad
    say(inside, [1])
    stale = text(officer.post(PAGE, {"drivers": ["1"], "because": "Kept words", "seen_id": ""}))
    assert "Somebody has changed this entry since you opened it." in stale
    assert "Kept words" in stale


def test_the_action_refuses(inside):
    driver(inside)
    with pytest.raises(actions.NeedsAPerson):
        say(inside, [1], by=SYSTEM)
    with pytest.raises(actions.ReasonMissing):
        say(inside, [1], because=" ")
    with pytest.raises(actions.NoSuchDriver):
        say(inside, [2])
    say(inside, [])
    with pytest.raises(actions.ChangedMeanwhile):
        say(inside, [1])
    reader = council_member(Role.COUNCILLOR)
    assert queries.answering(inside.pk, person=reader)["criterion", SAFE.key].drivers == {}


def test_what_is_not_asked_has_no_page(inside):
    client = as_(Role.PROCUREMENT)
    assert client.get(reverse("driver-answers", args=["criterion", "nothing"])).status_code == 404
    assert client.get(reverse("driver-answers", args=["colour", SAFE.key])).status_code == 404
    assert as_(Role.QUALITY).get(MAP).status_code == 403


def test_with_no_framework_there_is_nothing_to_show(db):
    assert "Nothing is asked of anybody yet" in text(as_(Role.COUNCILLOR).get(MAP))


def test_as_many_queries_for_three_requirements_as_for_one(inside):
    driver(inside)
    client, counts = as_(Role.COUNCILLOR), []
    for more in (0, 2):
        for _ in range(more):
            factories.lot("Lot", inside=inside)
        client.get(MAP)
        with CaptureQueriesContext(connection) as captured:
            client.get(MAP)
        counts.append(len(captured))
    assert counts == [17, 17]
