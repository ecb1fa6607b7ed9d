"""An applicant's own pages: kept as typed, told at once, sent once."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from flsf.core.people import SYSTEM
from flsf.market.applications import actions, queries
from flsf.market.applications.enums import Status
from flsf.market.applications.models import Submission
from flsf.market.providers.enums import ProviderKind
from flsf.shared.accounts.enums import Role
from flsf.shared.documents.models import Document
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, made_framework, member_of, organisation
from tests.factories_applications import (
    a_jpeg,
    a_pdf,
    answered,
    applicant,
    begun,
    mentoring,
    questions,
)
from tests.factories_market import provider

pytestmark = pytest.mark.django_db


def text_of(answer):
    return unescape(answer.content.decode())


@pytest.fixture
def person():
    return applicant()


@pytest.fixture
def client(person):
    made = Client()
    made.force_login(person)
    return made


def at(application, rest=""):
    return f"/provider/application/{application.ref}/{rest}"


def status(of):
    return queries.status_on(TODAY, application_id=of.pk)


def judged(of, code):
    return queries.working(of, on=TODAY).sheet.by_code[code]


def test_the_list_of_tasks_uses_few_words(client, person):
    made = begun(person)
    page = text_of(client.get(at(made)))
    assert "2 of 11 parts are done" in page
    assert "Not started" in page
    actions.answer(
        application_id=made.pk,
        typed={"name": ["Kind Steps"], "price--mentoring": ["45-60"]},
        by=person,
        at=NOW,
    )
    page = text_of(client.get(at(made)))
    assert "In progress" in page
    assert "Would not pass yet" in page
    assert "Check what is left" in page


def test_a_page_keeps_what_is_typed_and_tells_what_is_missing(client, person):
    made = begun(person)
    page = text_of(client.post(at(made, "about/1/"), {"name": "Kind Steps", "employees": "no"}))
    assert "Error: About you" in page
    assert "Choose one: What are you in law?" in page
    assert 'value="Kind Steps"' in page
    assert judged(made, "name").words == "Kind Steps"
    answer = client.post(
        at(made, "about/1/"),
        {"name": "Kind Steps", "employees": "no", "kind": "voluntary", "area": "local"},
    )
    assert answer.url == at(made, "about/2/")


def test_saving_for_later_asks_for_nothing(client, person):
    made = begun(person)
    answer = client.post(at(made, "about/1/"), {"name": "Kind", "later": "yes"})
    assert answer.url == at(made)
    assert judged(made, "name").words == "Kind"


def test_what_would_not_pass_is_told_now_with_what_would(client, person):
    made = answered(person)
    parts = {"day": "3", "month": "5", "year": "2026"}
    typed = {f"public-liability-until-{part}": words for part, words in parts.items()}
    page = text_of(client.post(at(made, "insurance/2/"), typed))
    assert "This ran out on 3 May 2026. It passes with a date of 15 May 2026 or later." in page
    assert "go on and come back to this later" in page
    assert judged(made, "public-liability-until").value == "2026-05-03"
    assert "This ran out on 3 May 2026" in text_of(client.get(at(made, "insurance/2/")))
    check = text_of(client.get(at(made, "check/")))
    assert "What is left before you can send it" in check
    assert "Send my application" not in check
    answer = client.post(at(made, "check/"), {"version": "1"})
    assert "Some answers are missing or would not pass" in text_of(answer)
    typed["public-liability-until-year"] = "2027"
    assert client.post(at(made, "insurance/2/"), typed).url == at(made)


def test_a_price_is_read_as_people_write_it(client, person):
    made = answered(person)
    page = text_of(client.post(at(made, "prices/1/"), {"price--mentoring": "45-60", "vat": "no"}))
    assert "Write one price. If it varies, give the one you charge most often" in page
    assert 'value="45-60"' in page
    client.post(at(made, "prices/1/"), {"price--mentoring": "£45 an hour", "vat": "no"})
    assert judged(made, "price--mentoring").value == 4500
    assert "£45.00 for an hour" in text_of(client.get(at(made, "check/")))


def test_a_wrong_answer_that_may_be_explained_is(client, person):
    made = answered(person)
    typed = dict.fromkeys(("slavery", "tax", "cartels", "debarred"), "no") | {"crimes": "yes"}
    page = text_of(client.post(at(made, "past/1/"), typed))
    assert "You can still apply: explain it in the box." in page
    assert 'name="why-crimes"' in page
    why = {"why-crimes": "Four years ago; the trustee left."}
    assert client.post(at(made, "past/1/"), typed | why).url == at(made, "past/2/")
    assert "Four years ago; the trustee left." in text_of(client.get(at(made, "check/")))


def test_who_employs_nobody_needs_no_employers_liability(client, person):
    made = answered(person)
    page = text_of(client.get(at(made, "insurance/1/")))
    assert "Employers' liability insurance is not needed: you employ nobody." in page
    assert "employers-liability" not in page


def test_a_photo_will_do_and_can_be_taken_away(client, person):
    made = answered(person)
    there = at(made, "policies/2/")
    typed = {"first-aid": "I am trained."}
    photo = SimpleUploadedFile("../My photo.JPEG", a_jpeg())
    assert client.post(there, typed | {"policy-papers": photo}).url == at(made)
    kept = Document.objects.get()
    assert (kept.name, kept.owner) == ("My photo.jpg", made.organisation)
    page = text_of(client.get(there))
    assert f'href="/documents/{kept.ref}/"' in page
    assert "My photo.jpg" in text_of(client.get(at(made, "check/")))
    second = SimpleUploadedFile("b.pdf", a_pdf())
    client.post(there, typed | {"policy-papers": second})
    assert len(judged(made, "policy-papers").value) == 2
    client.post(there, typed | {"drop-policy-papers": kept.ref})
    assert kept.ref not in judged(made, "policy-papers").value


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ program", "This is a Windows program. We take: PDF"),
        (b"x" * 11_000_000, "bigger than 10 MB"),
        (a_pdf(b"3 0 obj <</S/JavaScript>> endobj"), "holds a script"),
        (b"plain", "We take: PDF, JPEG or PNG photo, Word (.docx) or Excel (.xlsx)"),
    ],
)
def test_a_file_that_is_refused_loses_nothing_else(client, person, content, says):
    made = answered(person)
    typed = {"first-aid": "Newly typed.", "policy-papers": SimpleUploadedFile("a.pdf", content)}
    page = text_of(client.post(at(made, "policies/2/"), typed))
    assert says in page
    assert "Newly typed." in page
    assert judged(made, "first-aid").words == "Newly typed."
    assert not Document.objects.exists()


def test_a_file_opens_for_its_owner_and_the_council_only(client, person):
    made = answered(person)
    client.post(
        at(made, "policies/2/"),
        {"first-aid": "x", "policy-papers": SimpleUploadedFile("a.pdf", a_pdf())},
    )
    there = f"/documents/{Document.objects.get().ref}/"
    answer = client.get(there)
    assert answer.content == a_pdf()
    assert answer["Content-Disposition"].startswith('attachment; filename="F-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    for somebody, code in ((council_member(), 200), (applicant(), 404)):
        other = Client()
        other.force_login(somebody)
        assert other.get(there).status_code == code
    assert Client().get(there).url.startswith("/sign-in/")


def test_lots_can_be_changed_until_it_is_sent(client, person):
    made = answered(person)
    assert "Choose at least one" in text_of(client.post(at(made, "lots/"), {}))
    assert "Mentoring" in text_of(client.get(at(made, "lots/")))
    assert client.post(at(made, "lots/"), {"lots": ["mentoring"]}).url == at(made)


def test_it_is_sent_once_and_stays_as_it_was(client, person):
    made = answered(person)
    assert "Send my application" in text_of(client.get(at(made, "check/")))
    for _ in range(2):
        answer = client.post(at(made, "check/"), {"version": "1"})
        assert answer.url == at(made, "sent/")
    page = text_of(client.get(at(made, "sent/")))
    assert "We have your application" in page
    assert f"Your reference {made.ref}" in page
    assert "By 19 May 2026 we tell you that we have it" in page
    assert "By 16 June 2026 we decide" in page
    assert Submission.objects.count() == 1
    assert Message.objects.filter(template="application-received").count() == 1
    assert client.get(at(made, "about/1/")).status_code == 404
    assert client.post(at(made, "about/1/"), {"name": "Other"}).status_code == 404
    assert client.get(at(made, "check/")).url == at(made)
    standing = text_of(client.get(at(made)))
    assert "Submitted" in standing
    assert "£45.00 for an hour" in standing


def test_an_old_page_does_not_send_new_questions(client, person):
    made = answered(person)
    drafted = actions.draft(framework_id=made.framework_id, by=SYSTEM, at=NOW)
    actions.publish(set_id=drafted.pk, because="Same.", in_force_from=TODAY, by=SYSTEM, at=NOW)
    for version in ("1", "", "x", "9" * 30):
        page = text_of(client.post(at(made, "check/"), {"version": version}))
        assert "The council changed its questions while you were here" in page
    assert "The questions changed since you began" in text_of(client.get(at(made)))
    assert client.post(at(made), {}).url == at(made)
    assert "The questions changed" not in text_of(client.get(at(made)))
    assert client.post(at(made, "check/"), {"version": "2"}).url == at(made, "sent/")


def test_one_may_leave_and_go_on(client, person):
    made = answered(person)
    assert "Say why in a few words" in text_of(client.post(at(made, "withdraw/"), {}))
    assert "Your answers are kept" in text_of(client.get(at(made, "withdraw/")))
    client.post(at(made, "withdraw/"), {"because": "No time."})
    assert status(made) is Status.WITHDRAWN
    assert "You withdrew." in text_of(client.get(at(made)))
    again = text_of(client.post(at(made, "withdraw/"), {"because": "Again."}))
    assert "has moved on" in again
    client.post(at(made), {"again": "yes"})
    assert status(made) is Status.IN_PROGRESS
    assert client.get(at(made, "sent/")).url == at(made)


def test_anothers_application_is_not_there(client):
    theirs = answered(applicant())
    for rest in ("", "lots/", "about/1/", "check/", "sent/", "withdraw/"):
        assert client.get(at(theirs, rest)).status_code == 404
        assert client.post(at(theirs, rest), {}).status_code == 404


def test_a_page_that_there_is_not(client, person):
    made = begun(person)
    for rest in ("about/9/", "nothing/1/"):
        assert client.get(at(made, rest)).status_code == 404


def test_a_provider_we_know_begins_with_what_we_know():
    known = provider("Lantern Tuition", kind=ProviderKind.COMPANY)
    inside = made_framework()
    client = Client()
    client.force_login(member_of(known.organisation, Role.PROVIDER_MANAGER))
    assert "Nobody can apply yet" in text_of(client.post("/provider/application/"))
    questions(inside)
    mentoring(inside)
    assert "What we know of you is filled in" in text_of(client.get("/provider/application/"))
    there = client.post("/provider/application/").url
    assert "Lantern Tuition" in text_of(client.get(f"{there}about/1/"))
    assert client.get("/provider/application/").url == there


def test_without_a_framework_nobody_begins(client):
    assert "No framework is running today" in text_of(client.get("/provider/application/"))
    assert client.post("/provider/application/").status_code == 200


def test_whose_application_was_forgotten_begins_again(client):
    inside = made_framework()
    questions(inside)
    assert "Join the framework" in text_of(client.get("/provider/application/"))
    assert client.post("/provider/application/").url.startswith("/provider/application/J-")


def test_those_who_only_work_with_children_do_not_apply():
    other = Client()
    other.force_login(member_of(organisation(), Role.PRACTITIONER))
    assert other.get("/provider/application/").status_code == 403


def test_pages_cost_the_same_however_much_is_answered(client, person, django_assert_num_queries):
    made = begun(person)
    for _ in range(2):
        with django_assert_num_queries(11):
            client.get(at(made))
        with django_assert_num_queries(8):
            client.get(at(made, "check/"))
        actions.answer(
            application_id=made.pk,
            typed={"name": ["x"], "kind": ["voluntary"], "area": ["local"]},
            by=SYSTEM,
            at=NOW,
        )
