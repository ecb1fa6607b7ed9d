"""What an accepted provider answered stands on its page, and what is not for everybody does not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.mandate.framework.models import Lot
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.enums import SuspensionReason
from flsf.market.admissions.models import Admission
from flsf.market.applications import actions as applications
from flsf.market.applications import queries
from flsf.market.applications.enums import Kind
from flsf.market.applications.rules import DEFAULT_SET
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation.enums import Outcome
from flsf.market.providers.models import Provider
from tests.factories import NOW, TODAY
from tests.factories_applications import CHARITY, answered, applicant, document
from tests.factories_evaluation import AFTER, decided, finish, scene
from tests.factories_market import provider, service

pytestmark = pytest.mark.django_db

THEN = AFTER.date()
HEADING = "What they told us when they joined"
PROGRAMME = CHARITY["programme"][0]


@pytest.fixture
def at():
    return scene()


def joined(at, **how):
    made = decided(at, **how)
    release_round(round_of=at.round(THEN), by=at.director, at=AFTER)
    made.application.refresh_from_db()
    return made.application.provider or provider()


def page_of(one):
    service(one, Lot.objects.get())
    with clock.stopped_at(AFTER):
        response = Client().get(reverse("directory-provider", kwargs={"slug": one.slug}))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def told(one, on=THEN):
    return {each.code: each.words for each in queries.told_publicly(one.pk, on=on)}


def publish(at, *, but, on=THEN):
    """A version in which one question is other than shipped."""
    changed = tuple(
        replace(one, **but[one.code]) if one.code in but else one for one in DEFAULT_SET.questions
    )
    made = applications.draft(
        framework_id=at.framework.pk,
        content=replace(DEFAULT_SET, questions=changed),
        by=SYSTEM,
        at=AFTER,
    )
    applications.publish(set_id=made.pk, because="Changed.", in_force_from=on, by=SYSTEM, at=AFTER)


def test_the_accepted_say_in_their_own_words_what_they_do(at):
    one = joined(at)
    assert told(one) == {"area": "Here and nearby", "programme": PROGRAMME}
    html = page_of(one)
    assert HEADING in html
    assert "What do you do with children, and what do they get from it?" in html
    assert "mend bicycles" in html
    for kept in ("Asha Bell", "Nine years as a youth worker", "first aid", "£45"):
        assert kept not in html


def test_whoever_was_not_accepted_has_nothing_there(at):
    one = joined(at, but={"teaching": 2}, outcome=Outcome.DECLINE)
    assert told(one) == {}
    assert HEADING not in page_of(one)


def test_nobody_is_told_before_the_round_is(at):
    made = decided(at)
    assert Provider.objects.count() == 0
    assert queries.told_publicly(made.application.pk, on=THEN) == []


def test_whoever_is_not_in_the_pool_any_more_has_nothing_there(at):
    one = joined(at)
    admissions.suspend(
        admission_id=Admission.objects.get().pk,
        reason=SuspensionReason.QUALITY,
        explanation="Two visits found the same gaps.",
        takes_effect_on=THEN,
        review_on=THEN + timedelta(days=28),
        by=at.director,
        at=AFTER,
    )
    assert HEADING not in page_of(one)


def test_a_mark_that_is_taken_away_takes_the_answer_away(at):
    one = joined(at)
    publish(at, but={"programme": {"is_public": False}})
    assert told(one) == {"area": "Here and nearby"}


def test_a_mark_that_is_given_later_shows_nothing_that_was_said_before(at):
    one = joined(at)
    publish(at, but={"lead": {"is_public": True}})
    assert "lead" not in told(one)


def test_neither_a_file_nor_what_would_not_pass_is_shown():
    at = scene()
    changed = tuple(replace(one, is_public=True) for one in DEFAULT_SET.questions)
    made = applications.draft(
        framework_id=at.framework.pk,
        content=replace(DEFAULT_SET, questions=changed),
        by=SYSTEM,
        at=NOW,
    )
    applications.publish(
        set_id=made.pk, because="All of it.", in_force_from=TODAY, by=SYSTEM, at=NOW
    )
    person = applicant()
    paper = document(person.memberships.get().organisation)
    filled = answered(
        person, at.framework, policy=["have"], policy_paper=[paper.ref], crimes=["yes"]
    )
    applications.answer(
        application_id=filled.pk, typed={}, mitigations={"crimes": "A fine."}, by=SYSTEM, at=NOW
    )
    sent = applications.submit(application_id=filled.pk, version=2, by=person, at=NOW)
    assert {"policy-paper", "crimes"} <= {one["code"] for one in sent.content["answers"]}
    made = evaluation.open_evaluation(application_id=filled.pk, by=at.first, at=NOW)
    for one in (at.first, at.second):
        evaluation.assign(evaluation_id=made.pk, person_id=one.pk, by=at.first, at=NOW)
        evaluation.declare(evaluation_id=made.pk, has_interest=False, by=one, at=NOW)
    finish(at, made, on=NOW)
    release_round(round_of=at.round(THEN), by=at.director, at=AFTER)
    found = told(Provider.objects.get())
    assert "lead" in found
    assert {"policy-paper", "crimes"}.isdisjoint(found)
    kinds = {one.code: one.kind for one in DEFAULT_SET.questions}
    assert Kind.FILE not in {kinds.get(code) for code in found}


def test_applicants_are_told_beside_the_question_that_everybody_can_read_it(at):
    person = applicant()
    made = answered(person, at.framework)
    client = Client()
    client.force_login(person)
    address = reverse("application-page", kwargs={"ref": made.ref, "section": "about", "page": 1})
    assert "If you join, everybody can read this answer on your page." in text(client, address)
    assert "If you join, everybody can read this answer." in text(
        client, "/framework/join/questions/"
    )


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_costs_the_same_however_much_was_told(at, django_assert_num_queries):
    one = joined(at)
    page_of(one)  # what is kept between requests
    address = reverse("directory-provider", kwargs={"slug": one.slug})
    for but in ({}, {"programme": {"is_public": False}}):
        publish(at, but=but)
        with clock.stopped_at(AFTER), django_assert_num_queries(9):
            Client().get(address)
