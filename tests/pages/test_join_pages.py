"""From "can I join?" to a link by email, telling nobody who is known here."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from docx import Document

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows import nudge_applicants
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds import actions as rounds
from flsf.market.applications import queries
from flsf.market.applications.models import Application, Beginning
from flsf.market.applications.rules import MODEL_POLICIES
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import Organisation, User
from tests.factories import NOW, TODAY, council_member, made_framework, member_of, works_as
from tests.factories_applications import mentoring, questions

pytestmark = pytest.mark.django_db


def text_of(answer):
    return unescape(answer.content.decode())


EMAIL, SENT = "/framework/join/email/", "/framework/join/email/sent/"
GIVEN = {"organisation": "Kind Steps", "name": "Asha Bell", "email": "asha@example.org"}
ANSWERS = {
    "kind": "voluntary",
    "lots": ["mentoring"],
    "checked": "yes",
    "insured": "by_start",
    "past": "no",
}


@pytest.fixture
def inside():
    made = made_framework()
    questions(made)
    mentoring(made)
    return made


def walked(client=None, **changed) -> Client:
    client = client or Client()
    for slug, said in (ANSWERS | changed).items():
        answer = client.post(f"/framework/join/can-i/{slug}/", {slug: said})
        assert answer.status_code == 302, text_of(answer)
    return client


def link_for(client=None, **given) -> str:
    answer = walked(client).post(EMAIL, GIVEN | given)
    assert answer.url == SENT
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


def test_the_way_in_says_what_is_not_needed(inside):
    page = text_of(Client().get("/framework/join/"))
    assert "Insurance. You promise to have it before you start." in page
    assert "We decide within 20 working days" in page
    assert 'href="/framework/join/can-i/kind/"' in page


def test_nobody_is_led_in_while_nothing_is_asked():
    assert "Nobody can apply just now" in text_of(Client().get("/framework/join/"))
    made_framework()
    assert "Nobody can apply just now" in text_of(Client().get("/framework/join/"))
    assert Client().get("/framework/join/questions/").status_code == 404


def test_all_that_is_asked_is_open_to_read(inside):
    page = text_of(Client().get("/framework/join/questions/"))
    assert "Version 1, since 15 May 2026" in page
    assert "Do you have public liability insurance of £5 million or more?" in page
    assert "It passes with: Yes or Not yet. I will have it before I start." in page
    assert "Why: Children, families and the council are covered" in page


@pytest.mark.parametrize(
    ("changed", "heading", "says"),
    [
        ({}, "You can join", "what you charge"),
        ({"past": "yes"}, "You can join", "two people read it"),
        ({"kind": "company", "insured": "yes"}, "You can join", "your company number"),
        ({"checked": "no"}, "Not yet", "enhanced DBS check"),
        ({"insured": "no"}, "Not yet", "you do not need it now"),
        ({"kind": "sole_trader"}, "You can join", "the dates of your DBS certificates"),
    ],
)
def test_five_answers_say_whether(inside, changed, heading, says):
    page = text_of(walked(**changed).get("/framework/join/can-i/"))
    assert f">{heading}</h1>" in page
    assert says in page


def test_questions_are_asked_one_at_a_time_and_kept(inside):
    client = Client()
    assert client.get("/framework/join/can-i/").url == "/framework/join/can-i/kind/"
    page = text_of(client.post("/framework/join/can-i/kind/", {}))
    assert "Choose what you are" in page
    assert "Question 1 of 5" in page
    client.post("/framework/join/can-i/kind/", {"kind": "voluntary"})
    assert re.search(
        r'value="voluntary"\s+checked', client.get("/framework/join/can-i/kind/").content.decode()
    )
    assert client.get(EMAIL).url == "/framework/join/can-i/"
    assert client.get("/framework/join/can-i/unknown/").status_code == 404


def test_the_link_begins_an_application_with_what_was_said(inside):
    link, client = link_for(), Client()
    assert "For Kind Steps" in text_of(client.get(link))
    assert not User.objects.filter(email="asha@example.org").exists()
    there = client.post(link).url
    person = User.objects.get(email="asha@example.org")
    assert (person.name, person.roles) == ("Asha Bell", {Role.APPLICANT})
    application = queries.own(person=person)[inside.pk]
    working = queries.working(application, on=TODAY)
    assert [lot.code for lot in working.lots] == ["mentoring"]
    assert working.sheet.by_code["kind"].words == "A charity or community organisation"
    assert working.sheet.by_code["name"].words == "Kind Steps"
    assert there == f"/provider/application/{application.ref}/"
    assert client.get("/provider/application/").url == there
    assert client.get(f"/provider/application/{application.ref}/").status_code == 200


def test_nobody_learns_who_is_known_here(inside):
    member_of(None, Role.PARENT)
    known = User.objects.get().email
    told = []
    for email in (known, "nobody@example.org"):
        client = walked()
        answer = client.post(EMAIL, GIVEN | {"email": email})
        told.append((answer.url, client.get(SENT).status_code, len(mail.outbox)))
    assert [one[:2] for one in told] == [(SENT, 200)] * 2
    assert [message.to for message in mail.outbox] == [[known], ["nobody@example.org"]]
    assert "sign in" in mail.outbox[0].body
    assert "begin your application" in mail.outbox[1].body


def test_a_link_used_or_too_old_sends_a_new_one_to_the_same_address_only(inside):
    link = link_for()
    with clock.stopped_at(NOW + timedelta(hours=25)):
        old = Client()
        assert old.get(link).status_code == 410
        assert old.post(link).url == SENT
        assert mail.outbox[-1].to == ["asha@example.org"]
        fresh = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
        assert Client().post(fresh).url.startswith("/provider/application/J-")
        assert Client().post(link).url == SENT
    assert "sign in" in mail.outbox[-1].body
    assert Application.objects.count() == Organisation.objects.count() == 1


def test_a_link_nobody_made_is_told_so(inside):
    answer = Client().post("/framework/join/begin/made-up/")
    assert answer.status_code == 404
    assert "Part of it may be missing" in text_of(answer)
    assert not User.objects.exists()


def test_a_link_for_a_framework_that_ended_begins_nothing(inside):
    link = link_for()
    inside.starts_on = inside.starts_on.replace(year=2030)
    inside.save()
    assert Client().post(link).status_code == 410
    assert not User.objects.exists()


def test_what_is_missing_is_told_at_the_field(inside):
    page = text_of(walked().post(EMAIL, {"email": "asha"}))
    assert "Write the email address like this: name@example.com" in page
    assert "Write your name" in page


def test_too_many_letters_to_one_address_are_not_sent(inside):
    client = walked()
    codes = [client.post(EMAIL, GIVEN).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]


@pytest.mark.parametrize("name", ["for-providers", "join-questions", "model-policies"])
def test_pages_of_joining_are_light(inside, name):
    assert len(Client().get(reverse(name)).content) < 60_000


@pytest.mark.parametrize("one", MODEL_POLICIES, ids=lambda one: one.slug)
def test_a_model_policy_is_read_and_taken_away(inside, one):
    page = text_of(Client().get(reverse("model-policies")))
    assert one.title in page
    page = text_of(Client().get(reverse("model-policy", kwargs={"slug": one.slug})))
    for part in one.parts:
        for words in (part.heading, *part.words, *part.steps):
            assert words in page
    response = Client().get(reverse("model-policy-file", kwargs={"slug": one.slug}))
    assert response["Content-Disposition"] == f'attachment; filename="model-{one.slug}.docx"'
    document = Document(BytesIO(response.content))
    written = [each.text for each in document.paragraphs]
    for part in one.parts:
        assert {part.heading, *part.words, *part.steps} <= set(written)
    styles = [each.style.name for each in document.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == len(one.parts) + 1
    assert document.core_properties.language == "en-GB"


def test_what_is_no_model_is_not_found(inside):
    for name in ("model-policy", "model-policy-file"):
        assert Client().get(reverse(name, kwargs={"slug": "dragons"})).status_code == 404


def test_the_way_in_says_when_a_round_is_open(inside):
    def hold(first, last):
        rounds.open_round(
            framework_id=inside.pk,
            opens_on=first,
            closes_on=last,
            decide_by=last + timedelta(days=60),
            by=council_member(),
            at=NOW,
        )

    hold(TODAY + timedelta(days=3), TODAY + timedelta(days=9))
    page = text_of(Client().get("/framework/join/"))
    assert "No round is open today: the next one opens on 18 May 2026" in page
    hold(TODAY, TODAY + timedelta(days=2))
    page = text_of(Client().get("/framework/join/"))
    assert "Applications sent by 17 May 2026 are decided together. After that another" in page


@pytest.mark.parametrize(
    ("model", "says", "may_begin"),
    [
        (CommercialModel.PSEUDO_DPS, "You can join our list at any time", True),
        (CommercialModel.OPEN_FRAMEWORK, "You can join our list when a round is open", True),
        (CommercialModel.DYNAMIC_MARKET, "See if you can join", True),
        (CommercialModel.LIGHT_TOUCH_CLOSED, "The list is fixed", False),
        (CommercialModel.SPOT, "There is no pool to join", False),
    ],
)
def test_the_way_in_follows_the_commercial_model(inside, model, says, may_begin):
    works_as(inside, model)
    page = text_of(Client().get("/framework/join/"))
    assert says in page
    assert ("See if you can join" in page) is may_begin


def test_the_link_says_nothing_of_whom_it_went_to(inside):
    link = link_for()
    secret = link.rstrip("/").rpartition("/")[2]
    assert re.fullmatch(r"[\w-]{32}", secret)
    [kept] = Beginning.objects.all()
    assert secret not in (kept.secret_hash, str(kept.told))
    assert kept.told["email"] == "asha@example.org"


def test_what_was_said_is_forgotten_after_two_weeks(inside):
    link = link_for()
    late = NOW + timedelta(days=14)
    assert nudge_applicants.forget_applications(by=SYSTEM, at=late - timedelta(seconds=1)) == 0
    assert Beginning.objects.count() == 1
    with clock.stopped_at(late):
        assert Client().get(link).status_code == 404
    nudge_applicants.forget_applications(by=SYSTEM, at=late)
    assert not Beginning.objects.exists()
