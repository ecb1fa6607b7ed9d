"""The pages of agreements: a provider reads and accepts, the council sees, chases and answers."""

from datetime import timedelta
from hashlib import sha256
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows import change_model
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.agreements import actions, queries
from flsf.market.agreements.actions import Signature
from flsf.market.agreements.enums import PaperStatus, ReplyKind
from flsf.market.agreements.models import Acceptance, Agreement, Paper, Reply
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests import factories, factories_exclusions
from tests.factories import NOW, TODAY
from tests.factories_market import admitted, issued, party, provider, service
from tests.factories_matching import scene

pytestmark = pytest.mark.django_db

SIGNED = {"name": "Asha Khan", "position": "Trustee", "has_authority": "on"}
DAY = timedelta(days=1)


@pytest.fixture
def of():
    return provider("Canal Side")


@pytest.fixture
def manager(of):
    return factories.member_of(of.organisation, Role.PROVIDER_MANAGER)


@pytest.fixture
def paper(of):
    lot = factories.lot("Tutoring")
    service(of, lot, name="Maths & <b>more</b>", rates=((TODAY, 4550),))
    return issued(admitted(of, in_lot=lot))


@pytest.fixture
def own(manager):
    return as_(manager)


@pytest.fixture
def officer():
    return as_(factories.council_member(Role.COMMISSIONER))


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def page(name, one):
    return reverse(name, kwargs={"ref": one.ref})


def stands(paper):
    return queries.paper_with_ref(paper.ref, person=SYSTEM, on=TODAY).status


def date_of(on):
    return {"signed_on-day": on.day, "signed_on-month": on.month, "signed_on-year": on.year}


# --- The provider.


def test_the_page_says_every_word_that_the_file_says(own, paper):
    html = unescape(text(own.get(page("own-agreement", paper))))
    writing = queries.writing_of(paper.id)
    pdf = own.get(page("own-agreement-file", paper)).content
    pages = PdfReader(BytesIO(pdf)).pages
    filed = "".join("".join(one.extract_text() for one in pages).split())
    for part in writing.parts:
        for words in (part.heading, *part.paragraphs, *part.points, *sum(part.rows, ())):
            assert words in html
            assert "".join(words.split()) in filed
    for label, words in writing.facts:
        assert label in html
        assert words in html


def test_what_somebody_typed_is_shown_and_not_run(own, paper):
    assert "Maths &amp; &lt;b&gt;more&lt;/b&gt;: £45.50 an hour" in text(
        own.get(page("own-agreement", paper))
    )


def test_the_file_is_handed_over_to_keep_and_is_the_one_that_was_issued(own, officer, paper):
    for client, name in ((own, "own-agreement-file"), (officer, "agreement-file")):
        response = client.get(page(name, paper))
        assert sha256(response.content).hexdigest() == paper.sha256
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == (
            f'attachment; filename="agreement-{paper.ref}-version-1.pdf"'
        )
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"


def test_nobody_elses_agreement_is_there(paper):
    other = as_(factories.member_of(provider().organisation))
    for name in ("own-agreement", "own-agreement-file", "agreement-accept", "agreement-reply"):
        assert other.get(page(name, paper)).status_code == 404
    assert other.get(page("agreement-file", paper)).status_code == 403
    assert Client().get(page("own-agreement-file", paper)).status_code == 302


def test_it_waits_in_to_do_until_it_is_accepted(own, paper):
    todo = text(own.get(reverse("provider-home")))
    assert "Your agreement (1)" in todo
    assert "Read and accept your agreement for Tutoring" in todo
    html = text(own.get(reverse("own-agreements")))
    assert "Waits for you" in html
    response = own.post(page("agreement-accept", paper), SIGNED, follow=True)
    html = text(response)
    assert f"You accepted agreement {paper.ref}" in html
    assert "by Asha Khan, Trustee" in html
    assert paper.sha256 in html
    assert "agreement-accept" not in html
    assert "Your agreement (1)" not in text(own.get(reverse("provider-home")))
    assert stands(paper) is PaperStatus.ACCEPTED


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("name", "Enter your full name"),
        ("position", "Enter your position"),
        ("has_authority", "Tick that you may sign for this provider."),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_typing_stays(own, paper, missing, says):
    sent = {key: value for key, value in SIGNED.items() if key != missing}
    html = text(own.post(page("agreement-accept", paper), sent))
    assert says in html
    assert f'href="#id_{missing}"' in html
    assert not Acceptance.objects.exists()
    assert 'value="Trustee"' in html or missing == "position"


def test_the_second_of_two_managers_is_told_that_it_was_done(of, own, paper):
    other = as_(factories.member_of(of.organisation))
    other.post(page("agreement-accept", paper), SIGNED | {"name": "Bo Li"})
    html = text(own.post(page("agreement-accept", paper), SIGNED))
    assert "Bo Li has accepted this version already" in html
    assert Acceptance.objects.count() == 1


def test_whoever_may_be_debarred_is_told_why_it_cannot_accept(of, own, paper):
    factories_exclusions.match(of.organisation)
    html = text(own.post(page("agreement-accept", paper), SIGNED))
    assert "They may be on the debarment list" in html


def test_a_worker_reads_no_agreement(of, paper):
    worker = as_(factories.member_of(of.organisation, Role.PRACTITIONER))
    assert worker.get(page("own-agreement", paper)).status_code == 403


@pytest.mark.parametrize(
    ("kind", "said"),
    [("asked", "The council has your question"), ("declined", "You declined it")],
)
def test_a_provider_asks_or_declines_in_its_own_words(own, paper, kind, said):
    html = text(own.post(page("agreement-reply", paper), {}))
    assert "Choose what you want to say" in html
    assert "Enter what you want to say" in html
    sent = {"kind": kind, "words": "Our name is <i>wrong</i>."}
    html = text(own.post(page("agreement-reply", paper), sent, follow=True))
    assert said in html
    assert "Our name is &lt;i&gt;wrong&lt;/i&gt;." in html
    assert "The council has not answered yet" in html
    assert "Accept it" in html


def test_nothing_is_said_of_a_version_that_was_accepted(own, manager, paper):
    own.post(page("agreement-accept", paper), SIGNED)
    sent = {"kind": "asked", "words": "Hm."}
    assert "has accepted this version already" in text(
        own.post(page("agreement-reply", paper), sent)
    )


def test_a_provider_without_one_is_told_so(own):
    assert "You have no agreement with the council yet" in text(own.get(reverse("own-agreements")))


def test_the_pages_cost_the_same_at_one_and_at_three(own, of, django_assert_num_queries):
    inside = factories.made_framework()
    for more in (1, 2):
        for _ in range(more):
            issued(admitted(of, in_lot=factories.lot(inside=inside)))
        with django_assert_num_queries(10):
            own.get(reverse("own-agreements"))


# --- The council.


def test_the_council_sees_what_is_accepted_and_what_waits(officer, of, paper):
    party(admitted(provider("Bridge"), in_lot=factories.lot("Art")))
    html = text(officer.get(reverse("agreement-list")))
    assert "Canal Side" in html
    assert "Not accepted yet" in html
    assert "Signed on paper" in html
    html = text(officer.get(reverse("agreement-list") + "?standing=open"))
    assert "Canal Side" in html
    assert "Bridge" not in html
    html = text(officer.get(reverse("agreement-list") + "?standing=on_paper&name=brid"))
    assert "Canal Side" not in html
    assert "Bridge" in html
    html = text(officer.get(page("provider-page", of)))
    assert page("agreement-page", paper) in html
    rows = officer.get(reverse("agreement-list-csv")).content.decode()
    assert "Canal Side" in rows


def test_the_list_costs_the_same_at_one_and_at_three(officer, django_assert_num_queries):
    for more in (1, 2):
        for _ in range(more):
            party(admitted(provider()))
        with django_assert_num_queries(10):
            officer.get(reverse("agreement-list"))


def test_the_council_reads_what_it_says_and_who_accepted(officer, paper, manager):
    html = text(officer.get(page("agreement-page", paper)))
    assert "Until it is accepted nothing is called off from them in Tutoring" in html
    assert "Keeping children safe" in html
    actions.accept(
        paper_id=paper.id,
        signature=Signature(name="Asha Khan", position="Trustee", has_authority=True),
        by=manager,
        at=NOW,
    )
    html = text(officer.get(page("agreement-page", paper)))
    assert "by Asha Khan, Trustee" in html
    assert "Remind them" not in html


def test_a_signature_on_paper_is_recorded(officer, paper):
    address = page("agreement-signed", paper)
    html = text(officer.post(address, date_of(TODAY + DAY)))
    assert "Enter a day that is not still to come" in html
    assert "Enter how you know, and where the paper is" in html
    sent = date_of(TODAY - DAY) | {"reason": "In the safe.", "name": "Asha Khan"}
    html = text(officer.post(address, sent, follow=True))
    assert "Signed on paper" in html
    assert "In the safe." in html
    assert stands(paper) is PaperStatus.ON_PAPER
    assert "has accepted this version already" in text(officer.post(address, sent))


def test_they_are_reminded_once_a_day(officer, paper):
    assert "Send the reminder" in text(officer.get(page("agreement-remind", paper)))
    html = text(officer.post(page("agreement-remind", paper), follow=True))
    assert "15 May 2026" in html
    assert "Remind them" not in html
    assert "They have been reminded today" in text(officer.post(page("agreement-remind", paper)))
    assert Message.objects.count() == 1


def test_a_question_is_answered_and_they_are_told(officer, own, paper, manager):
    actions.reply(paper_id=paper.id, kind=ReplyKind.ASKED, words="Which visit?", by=manager, at=NOW)
    work = text(officer.get(reverse("my-work")))
    assert "They ask about their agreement" in work
    html = text(officer.get(page("agreement-answer", paper)))
    assert "Which visit?" in html
    assert "Enter your answer" in text(officer.post(page("agreement-answer", paper), {}))
    html = text(officer.post(page("agreement-answer", paper), {"words": "Ours."}, follow=True))
    assert "Ours." in html
    assert "Ours." in text(own.get(page("own-agreement", paper)))
    assert Reply.objects.get().answered_at is not None
    assert officer.get(page("agreement-answer", paper)).status_code == 302


def test_one_that_waits_too_long_is_somebodys_work(officer, paper, monkeypatch):
    assert "Their agreement is not accepted" not in text(officer.get(reverse("my-work")))
    monkeypatch.setattr(clock, "now", lambda: NOW + 10 * DAY)
    assert "Their agreement is not accepted" in text(officer.get(reverse("my-work")))
    officer.post(page("agreement-remind", paper))
    assert "Their agreement is not accepted" not in text(officer.get(reverse("my-work")))


def test_it_is_issued_again_with_a_reason(officer, paper):
    address = page("agreement-again", paper)
    assert "Until then nothing new is called off" in text(officer.get(address))
    assert "Enter why it is issued again" in text(officer.post(address, {}))
    html = text(officer.post(address, {"reason": "The name was wrong."}, follow=True))
    assert "version 2" in html
    assert "The name was wrong." in html
    assert "This version is no longer in force" in text(officer.post(address, {"reason": "So."}))
    assert "No longer in force" in text(officer.get(page("agreement-page", paper)))


def test_a_place_without_an_agreement_is_issued_one(officer, of):
    admitted(of, in_lot=factories.lot("Tutoring"))
    html = text(officer.get(page("provider-page", of)))
    assert "1 lot rests on no agreement" in html
    address = page("provider-agreements", of)
    assert "has 1 lot that rests on no agreement" in text(officer.get(address))
    html = text(officer.post(address, follow=True))
    assert "You issued agreements for 1 lot" in html
    assert Paper.objects.count() == 1
    assert "Every lot of theirs rests on an agreement" in text(officer.get(address))


def test_whoever_only_reads_does_nothing(paper):
    reader = as_(factories.council_member(Role.CASEWORKER))
    html = text(reader.get(page("agreement-page", paper)))
    assert "Remind them" not in html
    for name in ("signed", "remind", "answer", "again"):
        assert reader.get(page(f"agreement-{name}", paper)).status_code == 403


def test_one_carried_over_says_that_support_may_be_called_off(officer, own, of):
    inside = factories.made_framework()
    party(admitted(of, in_lot=factories.lot(inside=inside)))
    director = factories.council_member(Role.DIRECTOR)
    ref = change_model.rehearse(
        framework_id=inside.pk,
        after=CommercialModel.OPEN_FRAMEWORK,
        takes_effect_on=TODAY,
        authority="Director",
        reason="Guidance is clear.",
        by=director,
        at=NOW,
    )
    change_model.carry_out(
        ref=ref, debarment_seen_on=TODAY, debarment_version="May", by=director, at=NOW
    )
    paper = Agreement.objects.get(transition__isnull=False).paper
    html = text(officer.get(page("agreement-page", paper)))
    assert "They were a party to the one before" in html
    assert "Carried over, not accepted yet" in html
    assert "new children can be placed with you" in text(own.get(page("own-agreement", paper)))


def test_an_officer_reads_before_proposing_that_nothing_can_be_called_off():
    at = scene()
    address = reverse(
        "award-propose", kwargs={"ref": at.referral.ref, "service_ref": at.service.ref}
    )
    client = as_(at.caseworker)
    assert "It cannot be proposed so" not in text(client.get(address))
    [one] = queries.papers(person=SYSTEM, on=TODAY, provider_ids=[at.service.provider_id])
    actions.issue_again(paper_id=one.id, reason="The name.", by=at.director, at=NOW)
    html = text(client.get(address))
    assert "It cannot be proposed so" in html
    assert "They have not accepted the framework agreement for this lot yet" in html
