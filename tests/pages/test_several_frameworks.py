"""Where several frameworks ask, people choose which to join, and may join more than one."""

import re
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.mandate.framework.models import Framework
from flsf.market.applications import actions, queries
from flsf.market.applications.models import Application, Beginning
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import User
from tests.factories import NOW, TODAY, council_member, made_framework
from tests.factories_applications import answered, applicant, begun, mentoring, questions
from tests.factories_evaluation import AFTER, decided, scene

pytestmark = pytest.mark.django_db

JOIN, OWN = "/framework/join/", "/provider/application/"
SAID = {"kind": "voluntary", "checked": "yes", "insured": "by_start", "past": "no"}
GIVEN = {"organisation": "Kind Steps", "name": "Asha Bell", "email": "asha@example.org"}


def asking(name, *, lots=True):
    inside = made_framework(name=name)
    questions(inside)
    if lots:
        mentoring(inside)
    return inside


@pytest.fixture
def north():
    return asking("North")


@pytest.fixture
def south(north):
    return asking("South")


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(answer):
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def walked(client, inside):
    """The five questions, for that framework."""
    first = f"{JOIN}can-i/kind/?framework={inside.ref}"
    assert "What are you" in text(client.get(first))
    for slug, said in {"kind": "voluntary", "lots": ["mentoring"], **SAID}.items():
        assert client.post(f"{JOIN}can-i/{slug}/", {slug: said}).status_code == 302
    return client


# --- Before anybody is known ---


def test_with_several_one_is_chosen_first(north, south):
    client = Client()
    html = text(client.get(JOIN))
    assert "Which would you like to join?" in html
    for one in (north, south):
        assert f'href="{JOIN}?framework={one.ref}">{one.name}</a>' in html
    html = text(client.get(f"{JOIN}?framework={north.ref}"))
    assert ">North</span>" in html
    assert "Choose another list" in html
    assert f'href="{JOIN}can-i/kind/?framework={north.ref}"' in html
    assert f'href="{JOIN}questions/?framework={north.ref}"' in html


def test_with_one_nobody_is_asked_which(north):
    html = text(Client().get(JOIN))
    assert "Which would you like" not in html
    assert "Choose another list" not in html
    made_framework(name="Asks nothing")
    assert "Which would you like" not in text(Client().get(JOIN))


def test_what_is_not_there_to_choose_is_not_found(north, south):
    for address in (JOIN, f"{JOIN}questions/", f"{JOIN}can-i/kind/"):
        assert Client().get(f"{address}?framework=F-00000").status_code == 404


def test_nobody_goes_on_before_choosing(north, south):
    client = Client()
    for address in ("can-i/kind/", "can-i/lots/", "questions/"):
        assert client.get(f"{JOIN}{address}").url == JOIN
    session = client.session
    session["join-said"] = SAID | {"lots": ["mentoring"]}
    session.save()
    assert client.post(f"{JOIN}email/", GIVEN).url == JOIN
    assert not Beginning.objects.exists()


def test_the_questions_are_those_of_the_one_chosen(north, south):
    assert "North. Version 1" in text(Client().get(f"{JOIN}questions/?framework={north.ref}"))
    client = walked(Client(), south)
    assert "South. Version 1" in text(client.get(f"{JOIN}questions/"))


def test_the_link_begins_an_application_to_the_one_chosen(north, south):
    client = walked(Client(), north)
    client.post(f"{JOIN}email/", GIVEN)
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    there = client.post(link).url
    made = Application.objects.get()
    assert (made.framework, there) == (north, f"{OWN}{made.ref}/")
    assert "to North" in text(as_(User.objects.get(email="asha@example.org")).get(there))


def test_a_link_to_one_that_ended_begins_nothing(north, south):
    client = walked(Client(), north)
    client.post(f"{JOIN}email/", GIVEN)
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    Framework.objects.filter(pk=north.pk).update(starts_on=TODAY.replace(year=2006))
    assert client.post(link).status_code == 410
    assert not Application.objects.exists()


def test_one_chosen_that_asks_no_more_is_chosen_anew(north, south):
    asking("West")
    client = walked(Client(), north)
    Framework.objects.filter(pk=north.pk).update(starts_on=TODAY.replace(year=2006))
    assert client.get(f"{JOIN}can-i/kind/").url == JOIN


def test_choosing_costs_the_same_for_two_as_for_four(north, south, django_assert_num_queries):
    text(Client().get(JOIN))
    for _ in range(2):
        with django_assert_num_queries(2):
            Client().get(JOIN)
        asking("More", lots=False)
        asking("And more", lots=False)


# --- Signed in ---


def test_whoever_applied_to_one_begins_another_with_what_it_told(north, south):
    person = applicant()
    made = answered(person, north)
    actions.submit(application_id=made.pk, version=1, by=person, at=NOW)
    client = as_(person)
    html = text(client.get(OWN))
    assert "Your applications" in html
    assert f'href="{OWN}{made.ref}/"' in html
    assert "Submitted" in html
    assert "Begin for South" in html
    assert "Begin for North" not in html
    there = client.post(OWN, {"framework": south.ref}).url
    second = queries.own(person=person)[south.pk]
    assert there == f"{OWN}{second.ref}/"
    assert "We filled in what you told us before" in text(client.get(there))
    assert "Begin for" not in text(client.get(OWN))


def test_what_cannot_be_begun_is_refused_or_not_found(north, south):
    person = applicant()
    begun(person, north)
    client = as_(person)
    for ref in ("", "F-00000"):
        assert client.post(OWN, {"framework": ref}).status_code == 404
    assert "already" in text(client.post(OWN, {"framework": north.ref}))
    assert Application.objects.count() == 1


def test_an_application_to_one_that_ended_can_still_be_read(north, south):
    person = applicant()
    made = begun(person, north)
    Framework.objects.filter(pk=north.pk).update(starts_on=TODAY.replace(year=2006))
    html = text(as_(person).get(OWN))
    assert f'href="{OWN}{made.ref}/"' in html
    assert "Begin for South" in html


def test_ones_applications_cost_the_same_for_one_as_for_three(
    north, south, django_assert_num_queries
):
    person = applicant()
    begun(person, north)
    client = as_(person)
    client.get(OWN)
    with django_assert_num_queries(7):
        client.get(OWN)
    for name in ("East", "West"):
        begun(person, asking(name))
    with django_assert_num_queries(7):
        client.get(OWN)


# --- Staff ---


def test_my_work_leads_to_the_round_of_its_own_framework():
    at = scene()
    decided(at)
    made_framework(name="Later")
    with clock.stopped_at(AFTER):
        html = text(as_(at.director).get("/my-work/"))
        address = reverse("round-tell", kwargs={"number": 1})
        assert f'href="{address}?framework={at.framework.ref}"' in html
        assert as_(at.director).post(f"{address}?framework={at.framework.ref}").status_code == 302


# --- What is published of each, and who writes it ---


def test_the_public_page_tells_of_each_framework_and_leads_to_the_others(north, south):
    html = text(Client().get("/framework/"))
    assert "called the South" in html
    [other] = re.findall(r'href="(/framework/\?framework=[^"]+)"', html)
    assert "called the North" in text(Client().get(other))
    assert Client().get("/framework/?framework=F-NONE").status_code == 404


def test_one_framework_alone_leads_to_no_other(north):
    assert "more than one list" not in text(Client().get("/framework/"))


def test_how_we_choose_tells_how_each_framework_buys(north, south):
    Framework.objects.filter(pk=north.pk).update(call_off_method="North buys by turns.")
    html = text(Client().get("/framework/how-we-choose/"))
    assert '<h3 class="govuk-heading-s">North</h3>' in html
    assert "North buys by turns." in html
    assert south.call_off_method.split(".")[0] in html


def test_what_is_asked_is_written_for_the_framework_that_the_address_names(north, south):
    client = as_(council_member(Role.COMMISSIONER))
    page = f"/framework-office/questions/?framework={north.ref}"
    html = text(client.get("/framework-office/questions/"))
    assert "What applicants to North are asked" in html
    draft = client.post(page).url
    assert draft == f"/framework-office/questions/2/?framework={north.ref}"
    assert page in text(client.get(draft))
    by_version = {
        inside.pk: [one.version for one in queries.question_sets(inside.pk, person=SYSTEM)]
        for inside in (north, south)
    }
    assert by_version == {north.pk: [2, 1], south.pk: [1]}
    assert client.get(f"/framework-office/questions/2/?framework={south.ref}").status_code == 404
    discard = client.post(f"/framework-office/questions/2/discard/?framework={north.ref}")
    assert discard.url == page
