import re
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from flsf.casework.children.models import Child, Contact
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.models import Draft, Note, Referral
from flsf.oversight.concerns.models import Concern
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from flsf.shared.notify.models import Message
from tests.factories import NOW, council_member
from tests.factories_casework import child, disclosed, parent, school

pytestmark = pytest.mark.django_db

ANSWERS = {
    "who": {"relation": "parent"},
    "name": {"first_name": "Amara", "last_name": "Hollis"},
    "birth-date": {
        "birth_date-day": "4",
        "birth_date-month": "3",
        "birth_date-year": "2014",
    },
    "school": {"schooling": "on_roll", "school_words": "Beck"},
    "which-school": {"school": "none"},
    "what-is-happening": {"what_happens": "She is too worried to go in."},
    "what-helps": {"what_helps": "She likes horses."},
    "needs": {"needs": ["EBSA"]},
    "wanted": {"outcomes_wanted": ""},
    "you": {"contact_name": "Robin Hollis", "phone": "01632 960001", "email": "r@example.org"},
    "safe": {"safe": ["may_text", "may_email"], "caution": ""},
    "language": {"language": ""},
    "consent": {"may_talk_to_school": "no"},
}


def step(slug):
    return reverse("ask-step", kwargs={"slug": slug})


def answer(client, **changed):
    for slug, typed in (ANSWERS | changed).items():
        response = client.post(step(slug), typed)
    return response


def send(client, **changed):
    answer(client, **changed)
    return client.post(reverse("ask-check"), follow=True)


def link_in(page):
    html = page.content.decode()
    start = html.index("/ask/status/", html.index("Keep this link"))
    return html[start : html.index('"', start)]


def test_every_page_leads_to_the_next_and_the_last_to_a_check(client):
    slugs = list(ANSWERS)
    for slug, following in pairwise(slugs):
        page = client.get(step(slug))
        assert page.content.decode().count("<h1") == 1
        response = client.post(step(slug), ANSWERS[slug])
        assert response.url == step(following)
    assert client.post(step(slugs[-1]), ANSWERS[slugs[-1]]).url == reverse("ask-check")
    html = client.get(reverse("ask-check")).content.decode()
    for told in ("Amara", "4 March 2014", "too worried", "Too worried to go to school"):
        assert told in html


def test_what_is_sent_is_received_once_however_often_the_button_is_pressed(client):
    page = send(client)
    html = page.content.decode()
    one = Referral.objects.get()
    assert one.ref in html
    assert "by 21 May" in html
    again = client.post(reverse("ask-check"), follow=True)
    assert one.ref in again.content.decode()
    assert (Referral.objects.count(), Child.objects.count()) == (1, 1)
    assert not Draft.objects.exists()
    known = Contact.objects.get()
    assert (known.may_text, known.may_phone, known.may_email) == (True, False, True)


def test_the_link_is_shown_once_kept_as_a_hash_and_sent_only_where_safe(client):
    page = send(client)
    link = link_in(page)
    assert "Keep this link" not in client.get(reverse("ask-sent")).content.decode()
    key = link.rstrip("/").rsplit("/", 1)[-1]
    assert key not in str(list(Referral.objects.values())) + str(list(AuditEntry.objects.values()))
    assert Message.objects.get().address == "r@example.org"
    other = Client()
    send(other, name={"first_name": "Bea", "last_name": "Hollis"}, safe={"safe": ["may_phone"]})
    assert Message.objects.count() == 1


def test_the_link_opens_where_things_are_up_to_on_any_phone(client):
    link = link_in(send(client))
    phone = Client()
    opened = phone.get(link, follow=True)
    html = opened.content.decode()
    assert opened.redirect_chain[-1][0] == reverse("ask-status")
    for told in ("We have it", "We are reading it", "21 May 2026", "Nobody has picked it up"):
        assert told in html
    assert "Amara" not in html
    officer = council_member(Role.CASEWORKER)
    referrals.take_on(
        referral_id=Referral.objects.get().pk, worker_id=officer.pk, by=officer, at=NOW
    )
    picked_up = phone.get(reverse("ask-status")).content.decode()
    assert f"{officer.name} looks after your request." in picked_up
    assert "Being looked at" not in picked_up  # staff's word
    phone.post(reverse("ask-status"), {"words": "She has a new tutor"})
    assert Note.objects.filter(words="She has a new tutor", needs_reading=True).exists()


def test_a_link_we_do_not_know_tells_nothing_and_how_to_get_help(client):
    send(client)
    for phone, at in ((Client(), "x" * 43), (client, "y" * 43)):
        page = phone.get(reverse("ask-status-open", args=[at]), follow=True)
        assert page.status_code == 404
        assert "call the council" in page.content.decode()
        assert "R-" not in page.content.decode()


@pytest.mark.parametrize(
    ("slug", "typed", "message"),
    [
        ("who", {}, "Choose who you are"),
        ("name", {"first_name": "Amara"}, "Write the last name"),
        (
            "birth-date",
            {"birth_date-day": "1", "birth_date-month": "1", "birth_date-year": "2031"},
            "The date of birth is in the future",
        ),
        (
            "birth-date",
            {"birth_date-day": "1", "birth_date-month": "1", "birth_date-year": "1990"},
            "We help children and young people up to 25",
        ),
        ("school", {"schooling": "on_roll"}, "Write part of the name of the school"),
        ("you", {"contact_name": "R"}, "Write a phone number or an email address"),
        ("safe", {}, "Choose at least one safe way"),
    ],
)
def test_what_is_wrong_is_said_kindly_and_what_was_typed_is_kept(client, slug, typed, message):
    html = client.post(step(slug), typed).content.decode()
    assert html.count(message) == 2
    assert "<title>Error: " in html
    assert Draft.objects.get().answers[slug] == {key: [value] for key, value in typed.items()}
    again = client.get(step(slug)).content.decode()
    for value in typed.values():
        assert value in again


def test_nothing_is_sent_while_a_page_is_missing(client):
    answer(client, you={"contact_name": ""})
    assert client.post(reverse("ask-check")).url == step("you")
    assert not Referral.objects.exists()


def test_a_school_is_found_by_its_words_and_the_child_put_on_its_roll(client):
    place = school("Beck Side School")
    client.post(step("school"), ANSWERS["school"])
    assert "Beck Side School" in client.get(step("which-school")).content.decode()
    send(client, **{"which-school": {"school": str(place.urn)}})
    assert Child.objects.get().school == place


def test_no_school_no_question_about_it(client):
    send(client, school={"schooling": "no_school"})
    one = Referral.objects.get()
    assert (one.child.school, one.may_talk_to_school) == (None, None)


def test_words_of_danger_show_whom_to_call_and_the_request_is_flagged(client):
    answered = client.post(step("who"), ANSWERS["who"])
    assert answered.url == step("name")
    danger = client.post(step("what-is-happening"), {"what_happens": "He says suicide"})
    assert danger.url == reverse("ask-danger")
    html = client.get(danger.url).content.decode()
    assert ("999" in html, "0800 1111" in html) == (True, True)
    assert Draft.objects.get().answers["what-is-happening"]
    send(client, **{"what-is-happening": {"what_happens": "He says suicide"}})
    assert Referral.objects.get().urgency == "crisis"
    concern = Concern.objects.get()
    assert (concern.in_danger_now, concern.child) == (True, Referral.objects.get().child)
    assert "He says suicide" in concern.words
    client.post(reverse("ask-check"))
    assert Concern.objects.count() == 1


def test_words_of_danger_told_later_are_a_concern_too(client):
    lead = council_member(Role.SAFEGUARDING)
    send(client)
    client.post(reverse("ask-status"), {"words": "She has a new tutor"})
    assert not Concern.objects.exists()
    danger = client.post(reverse("ask-status"), {"words": "I think he will hurt her"})
    assert danger.url == reverse("ask-danger") + "?told"
    assert "We have what you told us" in client.get(danger.url).content.decode()
    assert "We have what you" not in Client().get(reverse("ask-danger")).content.decode()
    assert Concern.objects.get().words.endswith("I think he will hurt her")
    assert Message.objects.filter(template="concern-raised", recipient_id=lead.pk).exists()


def test_a_young_person_is_asked_as_themselves(client):
    client.post(step("who"), {"relation": "self"})
    assert "What is your name?" in client.get(step("name")).content.decode()


def test_a_child_we_know_is_not_told_of(client):
    known = child(first_name="Amara", last_name="Hollis", contact_caution="Hidden")
    Child.objects.filter(pk=known.pk).update(birth_date="2014-03-04")
    first = send(client).content.decode()
    second = send(Client()).content.decode()
    for html in (first, second):
        assert "We have it" in html
        assert known.ref not in html
    assert (Referral.objects.count(), Child.objects.count()) == (1, 1)
    assert not Contact.objects.exists()


def test_whether_somebody_asked_before_cannot_be_told_from_any_page(client):
    """Somebody kept away from a child knows its name and birthday: they learn no more here."""

    def told(at):
        pages = [send(at), at.get(reverse("ask-status"))]
        words = " ".join(page.content.decode() for page in pages)
        for changing in (
            r"R-[0-9A-Z]{5}",
            r"/ask/status/[\w-]+/",
            r'value="\w{64}"',
            r'nonce="[^"]+"',
        ):
            words = re.sub(changing, "", words)
        return words

    first, second = told(client), told(Client())
    assert (Referral.objects.count(), Note.objects.exclude(ref="").count()) == (1, 1)
    assert first == second


def test_a_signed_in_parent_sees_their_own_and_nobody_elses():
    mine, other, officer = parent(), parent(), council_member(Role.CASEWORKER)
    client, stranger, staff = Client(), Client(), Client()
    for one, user in ((client, mine), (stranger, other), (staff, officer)):
        one.force_login(user)
    send(client)
    one = Referral.objects.get()
    page = reverse("family-request", args=[one.ref])
    html = client.get(page).content.decode()
    assert "Where things are up to" in html
    assert one.ref in client.get(reverse("family-requests")).content.decode()
    assert one.ref not in stranger.get(reverse("family-requests")).content.decode()
    assert stranger.get(page).status_code == 404
    assert staff.get(page).status_code == 403
    client.post(page, {"words": "Thank you"})
    assert Note.objects.get(words="Thank you").needs_reading


def test_a_parent_no_longer_told_of_the_child_sees_nothing():
    who, one = parent(), child()
    disclosed(one, to=who, basis="placed")
    client = Client()
    client.force_login(who)
    assert "no request here yet" in client.get(reverse("family-requests")).content.decode()
