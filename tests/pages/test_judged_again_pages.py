"""Sent again: evaluators mark what failed, and applicants see what to redo and why."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.flows.release_round import release_round
from flsf.market.evaluation import queries
from flsf.market.evaluation.enums import Outcome
from tests.factories_applications import applicant
from tests.factories_evaluation import AFTER, decided, scene
from tests.stages.test_judged_again import FAILED, PLAIN, again, named

pytestmark = pytest.mark.django_db


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def page(made, name, **more):
    return reverse(f"application-{name}", kwargs={"ref": made.application.ref, **more})


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_sheet_asks_for_the_failed_part_and_says_whence_the_rest_stands():
    at = scene()
    made = again(at)
    named(at, made)
    with clock.stopped_at(AFTER):
        client = as_(at.first)
        html = text(client.get(page(made, "sheet")))
        assert f'name="found-{FAILED}"' in html
        assert f'name="found-{PLAIN}"' not in html
        assert f"by the decision of {at.director.name}" in html
        anew = page(made, "reopen", criterion=PLAIN)
        assert anew in html
        assert "What you wrote shows it." in text(client.get(anew))
        assert "Write why it is judged anew" in text(client.post(anew, {"because": ""}))
        assert client.post(anew, {"because": "The number changed."}).url == page(made, "file")
        assert client.get(anew).url == page(made, "file")
        assert f'name="found-{PLAIN}"' in text(client.get(page(made, "sheet")))
        assert "The number changed." in text(client.get(page(made, "file")))


def test_a_stranger_opens_nothing_again():
    at = scene()
    made = again(at)
    anew = page(made, "reopen", criterion=PLAIN)
    with clock.stopped_at(AFTER):
        said = text(as_(at.second).post(anew, {"because": "I would like to."}))
        assert as_(applicant()).get(anew).status_code in (403, 404)
    assert "You are not an evaluator" in said
    assert PLAIN in queries.standing(made)


def test_the_applicant_is_shown_what_to_redo_with_its_reason_and_what_stands():
    at, person = scene(), applicant()
    made = decided(at, person, but={FAILED: 2}, outcome=Outcome.DECLINE)
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    with clock.stopped_at(AFTER):
        client = as_(person)
        client.post(page(made, "tasks"), {"again": "yes"})
        html = text(client.get(page(made, "tasks")))
        to_do, stands = html.split("Parts that passed, and stand")
        titles = {one.code: one.title for one in queries.criteria(made)}
        assert titles[FAILED] in to_do
        assert titles[PLAIN] not in to_do
        assert titles[PLAIN] in stands
        failed = text(client.get(page(made, "page", section=FAILED, page=1)))
        assert "This part did not pass last time" in failed
        passed = text(client.get(page(made, "page", section=PLAIN, page=1)))
        assert "This part passed last time" in passed
        assert "What you wrote shows it." in passed
