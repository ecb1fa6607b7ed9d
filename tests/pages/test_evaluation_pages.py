"""Applications are judged on pages: named, declared, marked apart, agreed, reported, decided."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.market.applications import actions as applications
from flsf.market.evaluation import actions, queries
from flsf.market.evaluation.enums import Outcome
from flsf.market.evaluation.models import (
    Consensus,
    Decision,
    Evaluation,
    Evaluator,
    Mark,
    Report,
)
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member
from tests.factories_applications import answered, applicant, document, sent
from tests.factories_evaluation import (
    agreed,
    free_to_decide,
    judgements,
    mark_all,
    marking,
    opened,
    reported,
    scene,
)

pytestmark = pytest.mark.django_db

WRITTEN, PLAIN = "teaching", "past"


@pytest.fixture
def at():
    return scene()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def page(name, made):
    application = getattr(made, "application", made)
    return reverse(f"application-{name}", kwargs={"ref": application.ref})


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def marks(made, score=4, reason="As written.", **changed):
    """What a full sheet sends; `changed` by criterion replaces what was found."""
    given = {}
    for one in queries.criteria(made):
        given[f"found-{one.code}"] = changed.get(one.code, score if one.is_scored else "meets")
        given[f"reason-{one.code}"] = reason
    return given


# --- The queue ---


def test_the_queue_says_where_each_is_and_how_long_it_took(at):
    sent(applicant(), at.framework)
    made = marking(at)
    html = text(as_(at.first).get("/applications/"))
    for said in ("Nobody has opened it", "Being marked", "Day 0 of 20, due 16 June 2026"):
        assert said in html
    html = text(as_(at.first).get("/applications/", {"stage": "marking"}))
    assert made.application.ref in html
    assert "Nobody has opened it</strong>" not in html
    assert made.application.ref in as_(at.first).get("/applications.csv").content.decode()


def test_late_and_stopped_clocks_are_said_in_words(at):
    made = marking(at)
    stopped = marking(at)
    actions.ask(evaluation_id=stopped.pk, words="Which ages?", by=at.first, at=NOW)
    with clock.stopped_at(NOW + timedelta(days=40)):
        html = text(as_(at.first).get("/applications/"))
        assert "was due 16 June 2026" in html
        assert "Stopped at day 0 of 20: the applicant has been asked" in html
        late = text(as_(at.first).get("/applications/", {"clock": "late"}))
        assert made.application.ref in late
        assert stopped.application.ref not in late
        assert "Late: day" in text(as_(at.first).get(page("file", made)))
    mine = text(as_(council_member(Role.SAFEGUARDING)).get("/applications/", {"clock": "mine"}))
    assert "No application is waiting there" in mine


def test_one_application_costs_as_many_queries_as_three(at, django_assert_num_queries):
    client = as_(at.first)
    for _ in range(2):
        marking(at)
        # Session, person, memberships, second factor; applications, evaluations with
        # evaluators, agreements and what stands, pauses, what is asked, working days,
        # what was promised; for shared numbers the applications, what each sent, its status and
        # what was settled; whom one is kept from; receipts with their calendar, decisions, who
        # joined.
        with django_assert_num_queries(23):
            client.get("/applications/")
        marking(at)


# --- Naming and declaring ---


def test_an_application_that_was_not_sent_shows_nothing_of_it(at):
    made = answered(applicant(), at.framework)
    html = text(as_(at.first).get(page("file", made)))
    assert "has not been sent" in html
    assert "I listen, I promise nothing" not in html
    for name in ("evaluators", "sheet", "agree", "report", "ask", "interest"):
        assert as_(at.first).get(page(name, made)).url == page("file", made)
    assert as_(at.director).get(page("decision", made)).url == page("file", made)


def test_two_are_named_and_a_third_is_refused(at):
    made = sent(applicant(), at.framework).application
    client = as_(at.first)
    assert "Name an evaluator" in text(client.get(page("file", made)))
    assert "Choose somebody" in text(client.post(page("evaluators", made), {}))
    for one in (at.first, at.second):
        response = client.post(page("evaluators", made), {"person": one.pk})
        assert response.url == page("file", made)
    assert Evaluator.objects.count() == 2
    assert "Two evaluators are named already" in text(client.get(page("evaluators", made)))
    third = council_member(Role.PROCUREMENT)
    html = text(client.post(page("evaluators", made), {"person": third.pk}))
    assert "Two evaluators are named already" in html
    html = text(client.post(page("evaluators", made), {"person": at.director.pk}))
    assert "Select a valid choice" in html


def test_nothing_is_shown_to_mark_before_the_interest_is_said(at):
    made = opened(at)
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.second, at=NOW)
    client = as_(at.first)
    assert client.get(page("sheet", made)).url == page("interest", made)
    html = text(client.get(page("file", made)))
    assert "once you have said whether you have an interest" in html
    assert page("interest", made) in html
    assert "We walk, cook and mend bicycles" not in html
    assert "Choose yes or no" in text(client.post(page("interest", made), {}))
    html = text(client.post(page("interest", made), {"has_interest": "yes"}))
    assert "Say what the interest is" in html
    response = client.post(page("interest", made), {"has_interest": "no"})
    assert response.url == page("sheet", made)
    assert "We walk, cook and mend bicycles" in text(client.get(page("sheet", made)))
    again = text(client.post(page("interest", made), {"has_interest": "no"}))
    assert "You have said already" in again
    assert client.get(page("interest", made)).url == page("file", made)


def test_somebody_with_an_interest_reads_and_marks_nothing(at):
    made = opened(at)
    actions.assign(evaluation_id=made.pk, person_id=at.first.pk, by=at.second, at=NOW)
    client = as_(at.first)
    said = {"has_interest": "yes", "interest": "My sister runs it."}
    assert client.post(page("interest", made), said).url == page("file", made)
    html = text(client.get(page("file", made)))
    assert "You have declared an interest in this applicant" in html
    assert "Needs two evaluators" in html
    assert "We walk, cook and mend bicycles" not in html
    assert client.get(page("sheet", made)).url == page("file", made)
    assert client.post(page("sheet", made), marks(made)).url == page("file", made)
    assert not Mark.objects.exists()
    assert "My sister runs it." in text(as_(at.second).get(page("file", made)))


# --- Marking ---


def test_the_sheet_keeps_each_part_and_what_was_typed(at):
    made = marking(at)
    client = as_(at.first)
    html = text(client.get(page("sheet", made)))
    assert "3: Enough: it answers all of it" in html
    given = {f"found-{WRITTEN}": "4", f"reason-{WRITTEN}": "Clear.", f"reason-{PLAIN}": "I see."}
    html = text(client.post(page("sheet", made), given))
    assert "Say whether this part is met." in html
    assert "I see." in html
    assert Mark.objects.get().reason == "Clear."
    assert client.post(page("sheet", made), {**given, f"found-{PLAIN}": "meets"}).status_code == 302
    assert Mark.objects.count() == 2
    html = text(client.get(page("sheet", made)))
    assert "2 of" in html
    assert "I see." in html


def test_a_score_nobody_published_is_refused(at):
    made = marking(at)
    html = text(as_(at.first).post(page("sheet", made), {f"found-{WRITTEN}": "9"}))
    assert "Choose one of these" in html
    html = text(as_(at.first).post(page("sheet", made), {f"reason-{WRITTEN}": "Good."}))
    assert "Give a score from 0 to 5." in html
    assert not Mark.objects.exists()


def test_finishing_asks_for_every_mark_and_reason(at):
    made = marking(at)
    client = as_(at.first)
    some = {**marks(made, reason=""), "finish": "yes"}
    html = text(client.post(page("sheet", made), some))
    assert "Give a mark and its reason for" in html
    response = client.post(page("sheet", made), {**marks(made), "finish": "yes"})
    assert response.url == page("file", made)
    assert "Your marks are final" in text(client.get(page("sheet", made)))
    html = text(client.post(page("sheet", made), marks(made, score=5)))
    assert "Your marks are final. Changes are agreed on together now." in html


def test_others_marks_are_hidden_until_both_have_finished(at):
    made = marking(at)
    secret = {**marks(made, reason="Only I know this."), "finish": "yes"}
    as_(at.first).post(page("sheet", made), secret)
    client = as_(at.second)
    for name in ("file", "sheet", "agree"):
        assert "Only I know this." not in text(client.get(page(name, made)))
    assert "Both evaluators finish their own marks first." in text(client.get(page("agree", made)))
    client.post(page("sheet", made), {**marks(made), "finish": "yes"})
    assert "Only I know this." in text(client.get(page("agree", made)))


def test_who_is_no_evaluator_marks_and_agrees_on_nothing(at):
    made = marking(at)
    client = as_(council_member(Role.PROCUREMENT))
    for name in ("sheet", "agree"):
        html = text(client.get(page(name, made)))
        assert "You are not an evaluator of this application." in html
        html = text(client.post(page(name, made), marks(made)))
        assert "You are not an evaluator of this application." in html
    assert client.get(page("interest", made)).url == page("file", made)
    assert not Mark.objects.exists()


def test_evidence_stands_beside_the_question(at):
    person = applicant()
    made = answered(person, at.framework)
    paper = document(made.organisation)
    applications.answer(
        application_id=made.pk,
        typed={"public-liability-paper": [paper.ref]},
        by=SYSTEM,
        at=NOW,
    )
    applications.submit(application_id=made.pk, version=1, by=person, at=NOW)
    html = text(as_(at.first).get(page("file", made)))
    assert reverse("document", kwargs={"ref": paper.ref}) in html
    assert "certificate.pdf" in html


def test_who_has_an_interest_or_has_not_said_opens_no_file_of_the_applicant(at):
    person = applicant()
    made = answered(person, at.framework)
    paper = document(made.organisation)
    applications.submit(application_id=made.pk, version=1, by=person, at=NOW)
    evaluation = actions.open_evaluation(application_id=made.pk, by=at.first, at=NOW)
    address = reverse("document", kwargs={"ref": paper.ref})
    assert as_(at.first).get(address).status_code == 200
    actions.assign(evaluation_id=evaluation.pk, person_id=at.first.pk, by=at.second, at=NOW)
    assert as_(at.first).get(address).status_code == 403
    actions.declare(
        evaluation_id=evaluation.pk, has_interest=True, interest="My sister.", by=at.first, at=NOW
    )
    assert as_(at.first).get(address).status_code == 403
    actions.assign(evaluation_id=evaluation.pk, person_id=at.second.pk, by=at.second, at=NOW)
    actions.declare(evaluation_id=evaluation.pk, has_interest=False, by=at.second, at=NOW)
    assert as_(at.second).get(address).status_code == 200


# --- Agreeing ---


def both(at, made, first=4, second=4):
    mark_all(made, at.first, score=first)
    mark_all(made, at.second, score=second)


def test_where_they_differed_a_note_is_asked_for(at):
    made = marking(at)
    both(at, made, 4, 2)
    client = as_(at.first)
    html = text(client.get(page("agree", made)))
    assert "You differed" in html
    html = text(client.post(page("agree", made), marks(made, score=3, reason="Shown.")))
    assert "Note how you came to agree" in html
    assert "Shown." in html
    assert not Consensus.objects.exists()
    notes = {f"note-{one.code}": "We read it again." for one in queries.criteria(made)}
    response = client.post(page("agree", made), {**marks(made, score=3), **notes})
    assert response.url == page("file", made)
    html = text(client.get(page("file", made)))
    assert "How they came to agree: We read it again." in html
    assert "3 of 5" in html


def test_every_part_is_agreed_with_a_reason(at):
    made = marking(at)
    both(at, made)
    html = text(as_(at.first).post(page("agree", made), {}))
    assert "Choose what you agreed on" in html
    assert "Write the reason the applicant reads" in html
    assert as_(at.first).post(page("agree", made), marks(made)).status_code == 302
    assert "To be reported" in text(as_(at.first).get(page("file", made)))


def test_what_was_reported_does_not_change(at):
    made = reported(at)
    for client in (as_(at.first), as_(at.second)):
        assert "does not change any more" in text(client.get(page("agree", made)))
        assert "does not change any more" in text(client.post(page("agree", made), marks(made)))


# --- Report and decision ---


def test_the_report_waits_for_agreement_and_is_written_once(at):
    made = marking(at)
    client = as_(at.first)
    assert "agree on every part first" in text(client.get(page("report", made)))
    both(at, made)
    actions.agree(evaluation_id=made.pk, judgements=judgements(made), notes={}, by=at.first, at=NOW)
    html = text(client.get(page("report", made)))
    assert "Do not accept yet" not in html
    given = {"outcome": "accept", "words": "They do it well."}
    assert "Write the reason" in text(client.post(page("report", made), {"outcome": "accept"}))
    wrong = {**given, "outcome": "decline"}
    assert "Everything is met" in text(client.post(page("report", made), wrong))
    limited = {**given, "outcome": "accept_with_limit"}
    assert "Give the number of children" in text(client.post(page("report", made), limited))
    assert client.post(page("report", made), given).url == page("file", made)
    assert "reported already" in text(client.get(page("report", made)))
    assert "reported already" in text(client.post(page("report", made), given))
    assert Report.objects.count() == 1


def test_a_report_before_anything_is_agreed_is_refused(at):
    made = marking(at)
    given = {"outcome": "accept", "words": "Too soon."}
    html = text(as_(at.first).post(page("report", made), given))
    assert "the evaluators agree and report first" in html
    assert "Too soon." in html


def test_the_decision_page_holds_everything_and_decides(at):
    made = reported(at)
    client = as_(at.director)
    free_to_decide(made, at.director)
    html = text(client.get(page("decision", made)))
    for said in ("What is asked", "Mentoring", "4 of 5", "As agreed.", "no interest", "Options"):
        assert said in html
    assert "Write the reason" in text(client.post(page("decision", made), {"outcome": "accept"}))
    given = {"outcome": "accept_with_limit", "most_children": "3", "words": "A first visit first."}
    assert client.post(page("decision", made), given).url == page("file", made)
    html = text(client.get(page("file", made)))
    assert "at most 3 children" in html
    assert "all of the round are told at one moment" in html
    assert "It has been decided." in text(client.get(page("decision", made)))
    html = text(client.post(page("decision", made), given))
    assert "This application has been decided." in html
    assert Decision.objects.get().most_children == 3


def test_an_evaluator_who_may_decide_others_does_not_decide_this(at):
    made = reported(at)
    client = as_(at.first)
    said = "You evaluated this application or reported on it, so somebody else decides."
    assert said in text(client.get(page("decision", made)))
    assert said in text(client.post(page("decision", made), {"outcome": "accept", "words": "Yes."}))
    assert not Decision.objects.exists()


def test_nothing_is_decided_before_the_report_or_while_the_applicant_is_asked(at):
    made = agreed(at)
    client = as_(at.director)
    given = {"outcome": "accept", "words": "Yes."}
    for response in (
        client.get(page("decision", made)),
        client.post(page("decision", made), given),
    ):
        assert "the evaluators agree and report first" in text(response)
    other = reported(at)
    free_to_decide(other, at.director)
    actions.ask(evaluation_id=other.pk, words="Since when?", by=at.first, at=NOW)
    for response in (
        client.get(page("decision", other)),
        client.post(page("decision", other), given),
    ):
        assert "The applicant has been asked something. Wait for the answer." in text(response)
    assert not Decision.objects.exists()


def test_a_part_that_is_not_met_leaves_only_not_yet(at):
    made = reported(at, but={WRITTEN: 2}, outcome=Outcome.DECLINE)
    free_to_decide(made, at.director)
    html = text(as_(at.director).get(page("decision", made)))
    assert "Do not accept yet" in html
    assert "most children until the first visit" not in html
    html = text(as_(at.director).post(page("decision", made), {"outcome": "accept", "words": "x"}))
    assert "something is not met yet, so it cannot" in html


# --- Others ---


@pytest.mark.parametrize(
    "role", [Role.CASEWORKER, Role.FINANCE, Role.COUNCILLOR, Role.ADMINISTRATOR]
)
def test_others_see_nothing_of_it(at, role):
    made = marking(at)
    client = as_(council_member(role))
    assert client.get("/applications/").status_code == 403
    for name in ("file", "sheet", "agree", "report", "decision", "ask", "interest", "evaluators"):
        assert client.get(page(name, made)).status_code == 403
    assert client.post(reverse("round-tell", kwargs={"number": 1})).status_code == 403
    assert Evaluation.objects.count() == 1
