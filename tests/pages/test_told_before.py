"""Whoever applies to another framework finds filled in what it told before, and looks at it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.market.applications import actions, queries
from flsf.market.applications.enums import Status
from flsf.market.applications.models import Answer
from flsf.market.applications.rules import DEFAULT_SET
from flsf.shared.documents.models import Document
from tests.factories import NOW, TODAY, made_framework
from tests.factories_applications import (
    CHARITY,
    answered,
    applicant,
    begun,
    document,
    mentoring,
    questions,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=60)
SAID = "You told us this on 15 May 2026. Is it still right? Change it, or save it as it is."


@pytest.fixture
def person():
    return applicant()


def asking(content=DEFAULT_SET):
    inside = made_framework()
    questions(inside, content)
    mentoring(inside)
    return inside


def told(person, **changed):
    """Sent to one framework on the first day."""
    made = answered(person, asking(), **changed)
    actions.submit(application_id=made.pk, version=1, by=person, at=NOW)
    return made


def again(person, content=DEFAULT_SET):
    """Begun for another, two months later."""
    inside = asking(content)
    [organisation] = person.reach.organisation_ids
    with clock.stopped_at(LATER):
        made = actions.begin(
            organisation_id=organisation, framework_id=inside.pk, by=person, at=LATER
        )
        actions.choose_lots(application_id=made.pk, codes=["mentoring"], by=person, at=LATER)
    return made


def filled(made):
    return {one.code: one.typed for one in Answer.objects.filter(application=made)}


def sheet(made):
    return queries.working(made, on=LATER.date()).sheet


def text(person, name, **captured):
    client = Client()
    client.force_login(person)
    with clock.stopped_at(LATER):
        response = client.get(reverse(name, kwargs=captured))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_was_told_is_filled_in_and_said_to_be_so(person):
    told(person)
    made = again(person)
    found = filled(made)
    for code in ("lead", "programme", "workers", "dbs-date", "price--mentoring"):
        assert found[code] == CHARITY[code]
    html = text(person, "application-tasks", ref=made.ref)
    assert "We filled in what you told us before, on 15 May 2026." in html
    section = next(one.section for one in DEFAULT_SET.questions if one.code == "lead")
    html = text(person, "application-page", ref=made.ref, section=section, page=1)
    assert SAID in html
    assert "Asha Bell" in html
    html = text(person, "application-check", ref=made.ref)
    assert "Filled in from what you told us before. Look at it and save the page" in html


def test_what_is_not_to_be_kept_or_was_a_promise_is_asked_anew(person):
    told(person)
    found = filled(again(person))
    for code in ("crimes", "true", "professional-indemnity"):
        assert code not in found


def test_evidence_that_has_run_out_is_asked_anew(person):
    told(person, public_liability_until=["31 5 2026"])
    found = filled(again(person))
    assert {"public-liability", "public-liability-until"}.isdisjoint(found)
    other = applicant()
    told(other)
    assert filled(again(other))["public-liability-until"] == ["31 3 2027"]


def test_it_cannot_be_sent_before_it_was_looked_at_and_saving_is_looking(person):
    told(person)
    made = again(person)
    assert [one.code for one in sheet(made).waiting if one.said.told_on] != []
    anew = {code: typed for code, typed in CHARITY.items() if code not in filled(made)}
    actions.answer(application_id=made.pk, typed=anew, by=person, at=LATER)
    with pytest.raises(actions.NotComplete):
        send(made, person)
    actions.answer(application_id=made.pk, typed={"lead": ["Asha Bell"]}, by=person, at=LATER)
    assert sheet(made).by_code["lead"].is_settled
    assert not sheet(made).by_code["programme"].is_settled
    actions.answer(application_id=made.pk, typed=filled(made), by=person, at=LATER)
    assert sheet(made).is_ready
    assert not Answer.objects.filter(application=made, told_before__isnull=False).exists()


def send(made, person):
    return actions.submit(application_id=made.pk, version=1, by=person, at=LATER)


def test_another_question_of_the_same_code_is_asked_anew(person):
    told(person)
    changed = tuple(
        replace(one, asks="Who leads on safety?") if one.code == "lead" else one
        for one in DEFAULT_SET.questions
    )
    found = filled(again(person, replace(DEFAULT_SET, questions=changed)))
    assert "lead" not in found
    assert "programme" in found


def test_neither_what_was_never_sent_nor_what_changed_since_nor_anothers_is_taken(person):
    begun_only = begun(person, asking())
    actions.answer(application_id=begun_only.pk, typed={"lead": ["Asha Bell"]}, by=person, at=NOW)
    told(applicant())
    assert "lead" not in filled(again(person))
    other = applicant()
    sent = told(other)
    actions.withdraw(application_id=sent.pk, because="Wait.", by=other, at=NOW)
    actions.move(application_id=sent.pk, status=Status.IN_PROGRESS, by=other, at=NOW)
    actions.answer(
        application_id=sent.pk,
        typed={"lead": ["Somebody new"]},
        by=other,
        at=NOW + timedelta(hours=1),
    )
    found = filled(again(other))
    assert "lead" not in found
    assert found["programme"] == CHARITY["programme"]


def test_of_two_the_latest_counts(person):
    told(person)
    second = answered(person, asking(), lead=["Bo Carr"])
    actions.submit(application_id=second.pk, version=1, by=person, at=NOW + timedelta(days=1))
    assert filled(again(person))["lead"] == ["Bo Carr"]


def test_a_file_comes_along_while_it_is_there(person):
    paper = document(person.memberships.get().organisation)
    told(person, policy=["have"], policy_paper=[paper.ref])
    assert filled(again(person))["policy-paper"] == [paper.ref]
    Document.objects.all().delete()
    assert "policy-paper" not in filled(again(person))


def test_filling_in_asks_as_often_for_three_applications_as_for_one(
    person, django_assert_num_queries
):
    told(person)
    content = DEFAULT_SET
    [organisation] = person.reach.organisation_ids
    with django_assert_num_queries(2):
        queries.told_before(organisation, content, on=TODAY)
    told(person)
    told(person)
    with django_assert_num_queries(2):
        queries.told_before(organisation, content, on=TODAY)
