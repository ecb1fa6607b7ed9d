"""What is done about a provider, and its replies, on each person's pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.market.admissions import queries as admissions
from flsf.oversight.escalations import queries as escalations
from flsf.oversight.escalations.enums import Rung
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import TODAY, council_member, lot, member_of
from tests.factories_delivery import running
from tests.factories_market import admitted, provider

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


COMPLIANCE = reverse("provider-compliance")


def stepping(**changed):
    said = {"rung": "action_plan", "signal": "visit", "reason": "No risk assessments for trips."}
    said |= days("takes_effect_on", TODAY) | days("due_on", TODAY + 28 * DAY)
    return said | changed


def step_page(of):
    return reverse("provider-step", kwargs={"ref": of.ref})


def steps_page(of):
    return reverse("provider-steps", kwargs={"ref": of.ref})


def test_a_step_is_taken_told_and_answered(of, lead):
    quality = as_(Role.QUALITY)
    html = text(quality.get(step_page(of)))
    assert "20 working days" in html
    assert quality.post(step_page(of), stepping()).url == steps_page(of)
    assert Message.objects.filter(template="step-taken", address=lead.email).count() == 1
    [case] = escalations.cases(person=SYSTEM)
    page = reverse("step-reply", kwargs={"ref": case.latest.ref})
    client = client_of(lead)
    assert page in text(client.get(COMPLIANCE))
    assert "No risk assessments for trips." in text(client.get(page))
    assert "Write your reply" in text(client.post(page, {}))
    assert client.post(page, {"words": "All written now."}).url == COMPLIANCE
    assert "All written now." in text(quality.get(steps_page(of)))
    assert "Action plan: the provider has replied" in text(quality.get("/my-work/"))


def test_nothing_is_lost_when_a_step_is_refused(of):
    quality = as_(Role.QUALITY)
    html = text(quality.post(step_page(of), {"reason": "Kept typing."}))
    assert "Select a step" in html
    assert "Kept typing." in html
    quality.post(step_page(of), stepping())
    assert "may reply to the last step until" in text(
        quality.post(step_page(of), stepping(rung="notice"))
    )
    assert "or a higher one, has been taken already" in text(
        quality.post(step_page(of), stepping(rung="note"))
    )


def test_what_reads_like_an_allegation_is_sent_to_concerns_first(of):
    quality = as_(Role.QUALITY)
    said = stepping(reason="There is an allegation that a mentor shouted.")
    assert "Raise a concern" in text(quality.post(step_page(of), said))
    assert escalations.cases(person=SYSTEM) == []
    quality.post(step_page(of), said | {"is_no_allegation": "on"})
    assert len(escalations.cases(person=SYSTEM)) == 1


def test_removal_takes_the_provider_out_of_every_lot_and_asks_about_its_children():
    placement = running()
    of = placement.provider
    first = admitted(of, in_lot=placement.service.lot)
    other = admitted(of, in_lot=lot("Mentoring"))
    quality = as_(Role.QUALITY)
    quality.post(step_page(of), stepping(rung="removed", signal="safeguarding"))
    for one in (first, other):
        assert admissions.status_on(TODAY, admission_id=one.pk) == "removed"
    assert "1 child waits for a decision" in text(quality.get("/my-work/"))
    assert "Removed" in text(Client().get(reverse("public-register")))


def test_what_is_open_is_closed_and_then_there_is_nothing(of, lead):
    quality = as_(Role.QUALITY)
    page = reverse("provider-close", kwargs={"ref": of.ref})
    assert "Nothing is open about this provider" in text(quality.post(page, {"because": "Done."}))
    quality.post(step_page(of), stepping())
    [case] = escalations.cases(person=SYSTEM)
    assert "Enter what has changed" in text(quality.post(page, {}))
    assert quality.post(page, {"because": "Put right."}).url == steps_page(of)
    assert "Put right." in text(quality.get(steps_page(of)))
    reply = reverse("step-reply", kwargs={"ref": case.latest.ref})
    assert "nothing to reply to any more" in text(client_of(lead).get(reply))


def test_a_suspension_is_a_step_and_lifting_it_closes_what_is_open():
    placement = running()
    of = placement.provider
    admission = admitted(of, in_lot=placement.service.lot)
    quality = as_(Role.QUALITY)
    said = {"scope": "all", "reason": "quality", "explanation": "Two visits found the same gaps."}
    said |= days("takes_effect_on", TODAY) | days("review_on", TODAY + 28 * DAY)
    quality.post(reverse("provider-suspend", kwargs={"ref": of.ref}), said)
    [case] = escalations.cases(person=SYSTEM)
    assert case.latest.rung is Rung.SUSPENDED
    assert "Two visits found the same gaps." in text(quality.get(steps_page(of)))
    said = {"lots": [admission.pk], "explanation": "Seen again."} | days("takes_effect_on", TODAY)
    quality.post(reverse("provider-lift", kwargs={"ref": of.ref}), said)
    [case] = escalations.cases(person=SYSTEM)
    assert case.closed_because == "Seen again."


@pytest.mark.parametrize("many", [1, 3])
def test_the_steps_cost_the_same_for_one_and_three(of, many, django_assert_num_queries):
    quality = as_(Role.QUALITY)
    for rung in ("note", "action_plan", "notice")[:many]:
        quality.post(step_page(of), stepping(rung=rung, signal="safeguarding"))
    text(quality.get(steps_page(of)))  # reads what was said of the last step
    # Session, person, memberships; the provider; cases, steps, replies.
    with django_assert_num_queries(7):
        text(quality.get(steps_page(of)))
