"""Question sets are published once; answers are kept; what is sent is sent for good."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from flsf.core.people import SYSTEM
from flsf.market.applications import actions, queries, rules
from flsf.market.applications.actions import question_sets, silence
from flsf.market.applications.enums import Kind, Result, Status
from flsf.market.applications.models import Answer, Application, Submission
from flsf.market.applications.rules import Breach
from flsf.market.providers.enums import ProviderKind
from flsf.shared.audit.models import AuditEntry
from flsf.shared.documents.models import Document
from tests import factories
from tests.factories import NOW, TODAY, council_member, made_framework, organisation
from tests.factories_applications import (
    answered,
    applicant,
    begun,
    document,
    mentoring,
    questions,
    sent,
)
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def status(of, on=TODAY):
    return queries.status_on(on, application_id=of.pk)


def submit(of, version=1, at=NOW):
    return actions.submit(application_id=of.pk, version=version, by=SYSTEM, at=at)


# --- Question sets ---


def test_a_set_is_written_published_and_then_stands():
    inside = made_framework()
    assert queries.questions_in_force(inside.pk, on=TODAY) is None
    published = questions(inside)
    assert published.sha256 == rules.fingerprint(published.content)
    assert queries.questions_in_force(inside.pk, on=TODAY) == published
    assert published.questions == rules.DEFAULT_SET
    for late in (
        lambda: actions.remove_question(set_id=published.pk, code="vat", by=SYSTEM, at=NOW),
        lambda: actions.discard(set_id=published.pk, by=SYSTEM, at=NOW),
        lambda: actions.publish(
            set_id=published.pk, because="x", in_force_from=TODAY, by=SYSTEM, at=NOW
        ),
    ):
        with pytest.raises(actions.AlreadyPublished):
            late()


def test_a_new_version_starts_from_the_one_in_force_and_holds_from_its_day():
    inside = made_framework()
    first = questions(inside)
    second = actions.draft(framework_id=inside.pk, by=SYSTEM, at=NOW)
    with pytest.raises(actions.DraftThere):
        actions.draft(framework_id=inside.pk, by=SYSTEM, at=NOW)
    assert (second.version, second.questions) == (2, first.questions)
    actions.remove_question(set_id=second.pk, code="referee", by=SYSTEM, at=NOW)
    asked = replace(rules.DEFAULT_SET.question("vat"), asks="Are you registered for VAT?")
    actions.change_question(set_id=second.pk, question=asked, by=SYSTEM, at=NOW)
    more = replace(asked, code="pets", asks="Are there animals?", fills="")
    actions.add_question(set_id=second.pk, question=more, by=SYSTEM, at=NOW)
    second.refresh_from_db()
    assert second.questions.question("referee") is None
    assert second.questions.question("vat").asks == "Are you registered for VAT?"
    assert second.questions.questions[-1].code == "pets"
    actions.publish(
        set_id=second.pk, because="Shorter.", in_force_from=TODAY + DAY, by=SYSTEM, at=NOW
    )
    assert queries.questions_in_force(inside.pk, on=TODAY).version == 1
    assert queries.questions_in_force(inside.pk, on=TODAY + DAY).version == 2
    assert [one.version for one in queries.question_sets(inside.pk, person=SYSTEM)] == [2, 1]


def test_a_set_refused():
    inside = made_framework()
    questions(inside)
    drafted = actions.draft(framework_id=inside.pk, by=SYSTEM, at=NOW)
    one = rules.DEFAULT_SET.question("vat")
    with pytest.raises(question_sets.CodeTaken):
        actions.add_question(set_id=drafted.pk, question=one, by=SYSTEM, at=NOW)
    with pytest.raises(actions.NoSuchQuestion):
        actions.remove_question(set_id=drafted.pk, code="none", by=SYSTEM, at=NOW)
    with pytest.raises(actions.NoSuchQuestion):
        actions.change_question(
            set_id=drafted.pk, question=replace(one, code="none"), by=SYSTEM, at=NOW
        )

    def publish(because="A change.", since=TODAY):
        actions.publish(set_id=drafted.pk, because=because, in_force_from=since, by=SYSTEM, at=NOW)

    with pytest.raises(question_sets.BecauseMissing):
        publish(because=" ")
    with pytest.raises(question_sets.TooEarly):
        publish(since=TODAY - DAY)
    unknown = replace(one, check="no-such-check")
    actions.change_question(set_id=drafted.pk, question=unknown, by=SYSTEM, at=NOW)
    with pytest.raises(actions.UnknownCheck):
        publish()
    before = replace(
        one, about=rules.DEFAULT_SET.question("public-liability").about, kind=Kind.FILE
    )
    actions.change_question(set_id=drafted.pk, question=before, by=SYSTEM, at=NOW)
    with pytest.raises(actions.Breaks) as caught:
        publish()
    assert [found.breach for found in caught.value.found] == [Breach.INSURANCE_BEFORE_AWARD]
    actions.discard(set_id=drafted.pk, by=SYSTEM, at=NOW)
    assert queries.question_sets(inside.pk, person=SYSTEM).count() == 1


def test_what_is_being_written_is_the_councils():
    inside = made_framework()
    questions(inside)
    actions.draft(framework_id=inside.pk, by=SYSTEM, at=NOW)
    seen = queries.question_sets(inside.pk, person=applicant())
    assert [one.version for one in seen] == [1]
    assert queries.question_set(inside.pk, 2, person=council_member()) is not None
    assert queries.question_set(inside.pk, 2, person=applicant()) is None


# --- Answers ---


def test_begun_once_and_only_when_there_is_something_to_ask():
    person, inside = applicant(), made_framework()
    [mine] = person.reach.organisation_ids
    asked = {"organisation_id": mine, "framework_id": inside.pk, "by": person, "at": NOW}
    with pytest.raises(actions.NothingToAsk):
        actions.begin(**asked)
    questions(inside)
    made = actions.begin(**asked)
    assert status(made) is Status.IN_PROGRESS
    assert status(made, TODAY - DAY) is None
    with pytest.raises(actions.AlreadyBegun):
        actions.begin(**asked)
    assert queries.own(person=person) == {inside.pk: made}
    assert queries.with_ref(made.ref.lower(), person=person) == made
    assert queries.with_ref(made.ref, person=applicant()) is None


def test_answers_are_kept_as_typed_right_or_wrong():
    made = begun()
    typed = {"price--mentoring": ["45-60"], "unheard-of": ["x"], "area": ["nowhere"]}
    actions.answer(application_id=made.pk, typed=typed, by=SYSTEM, at=NOW)
    sheet = queries.working(made, on=TODAY).sheet
    price = sheet.by_code["price--mentoring"]
    assert (price.said.typed, price.result) == (("45-60",), Result.UNREADABLE)
    assert price.trouble.startswith("Write one price.")
    assert sheet.by_code["area"].result is Result.UNREADABLE
    assert not Answer.objects.filter(code="unheard-of").exists()
    actions.answer(
        application_id=made.pk, typed={"price--mentoring": ["£45 an hour"]}, by=SYSTEM, at=NOW
    )
    sheet = queries.working(made, on=TODAY).sheet
    assert sheet.by_code["price--mentoring"].words == "£45.00 for an hour"


def test_only_ones_own_files_are_evidence():
    person = applicant()
    made = answered(person)
    mine, theirs = document(made.organisation), document(organisation())
    with pytest.raises(actions.NotYourFile):
        actions.answer(
            application_id=made.pk,
            typed={"public-liability-paper": [theirs.ref]},
            by=person,
            at=NOW,
        )
    actions.answer(
        application_id=made.pk, typed={"public-liability-paper": [mine.ref]}, by=person, at=NOW
    )
    submit(made)
    frozen = {one.code: one for one in queries.in_full(made.pk, person=person, on=TODAY).answers}
    assert frozen["public-liability-paper"].documents == (mine.ref,)
    assert frozen["public-liability-paper"].check == "public-liability"


def test_lots_are_of_the_running_framework():
    made = begun()
    with pytest.raises(actions.NoSuchLot):
        actions.choose_lots(application_id=made.pk, codes=["unknown"], by=SYSTEM, at=NOW)
    actions.choose_lots(application_id=made.pk, codes=[], by=SYSTEM, at=NOW)
    assert queries.working(made, on=TODAY).lots == ()


# --- Sending ---


def test_a_whole_application_is_sent_with_dates_to_hear_by():
    person = applicant()
    made = answered(person)
    submission = submit(made)
    assert status(made) is Status.SUBMITTED
    # Friday 15 May: 25 May is a bank holiday, and 15 June one in Scotland.
    assert submission.acknowledge_by == date(2026, 5, 19)
    assert submission.decide_by == date(2026, 6, 16)
    full = queries.in_full(made.pk, person=person, on=TODAY)
    assert (full.number, full.version, full.status) == (1, 1, Status.SUBMITTED)
    assert [(code, name) for _, code, name in full.lots] == [("mentoring", "Mentoring")]
    frozen = {one.code: one for one in full.answers}
    assert frozen["price--mentoring"].value == 4500
    assert frozen["public-liability-until"].value == "2027-03-31"
    assert frozen["crimes"].result is Result.PASSED
    assert "employers-liability" not in frozen
    assert submission.sha256 == rules.fingerprint(submission.content)
    assert queries.in_full(made.pk, person=applicant(), on=TODAY) is None
    [listed] = queries.submitted(person=council_member(), on=TODAY)
    assert (listed.ref, listed.decide_by) == (made.ref, date(2026, 6, 16))


def test_sent_again_it_is_the_same_submission():
    first = sent()
    assert submit(first.application, at=NOW + DAY).pk == first.pk
    assert AuditEntry.objects.filter(tag="market:application:submitted").count() == 1


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"public_liability_until": ["3 May 2026"]}, "public-liability-until", "3 May 2026"),
        ({"public_liability_until": ["3 May 2026"]}, "public-liability-until", "15 May 2026"),
        ({"public_liability": ["no"]}, "public-liability", "“Not yet”"),
        ({"crimes": ["yes"]}, "crimes", "explain it"),
        ({"name": [""]}, "name", ""),
        ({"price__mentoring": ["45 to 60"]}, "price--mentoring", "one price"),
    ],
)
def test_what_is_missing_or_would_not_pass_stops_it(changed, code, says):
    made = answered(**changed)
    with pytest.raises(actions.NotComplete) as caught:
        submit(made)
    [waiting] = caught.value.waiting
    assert waiting.code == code
    assert says in waiting.trouble
    assert status(made) is Status.IN_PROGRESS


def test_self_cleaning_is_heard():
    made = answered(crimes=["yes"])
    actions.answer(
        application_id=made.pk,
        typed={},
        mitigations={"crimes": "In 2022; the director left and we are audited."},
        by=SYSTEM,
        at=NOW,
    )
    submit(made)
    [frozen] = [
        one
        for one in queries.in_full(made.pk, person=SYSTEM, on=TODAY).answers
        if one.code == "crimes"
    ]
    assert (frozen.result, frozen.value) == (Result.EXPLAINED, "yes")
    assert frozen.mitigation.startswith("In 2022")


def test_a_promise_that_ran_out_while_waiting_stops_it():
    made = answered(public_liability_until=["20 May 2026"])
    with pytest.raises(actions.NotComplete):
        submit(made, at=NOW + 6 * DAY)
    submit(made, at=NOW + 5 * DAY)


def test_sending_refused():
    made = answered()
    with pytest.raises(actions.QuestionsChanged):
        submit(made, version=2)
    actions.choose_lots(application_id=made.pk, codes=[], by=SYSTEM, at=NOW)
    with pytest.raises(actions.applications.NoLots):
        submit(made)
    actions.withdraw(application_id=made.pk, because="Moved away.", by=SYSTEM, at=NOW)
    with pytest.raises(actions.NotOpen):
        submit(made)


def test_sent_it_does_not_change():
    submission = sent()
    made = submission.application
    for late in (
        lambda: actions.answer(application_id=made.pk, typed={}, by=SYSTEM, at=NOW),
        lambda: actions.choose_lots(application_id=made.pk, codes=[], by=SYSTEM, at=NOW),
        lambda: actions.follow_questions(application_id=made.pk, by=SYSTEM, at=NOW),
    ):
        with pytest.raises(actions.NotOpen):
            late()


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_to_change_what_was_sent():
    submission = sent()
    for change in (
        lambda: Submission.objects.update(number=2),
        lambda: Submission.objects.filter(pk=submission.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"):
            change()


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_is_sent_once():
    made, together = answered(), Barrier(2)

    def send(_):
        try:
            together.wait(timeout=5)
            return submit(made).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        told = list(pool.map(send, range(2)))
    assert len(set(told)) == 1
    assert Submission.objects.count() == 1
    assert AuditEntry.objects.filter(tag="market:application:submitted").count() == 1


# --- Statuses ---


def test_a_provider_may_leave_in_the_middle_and_come_back():
    made = sent().application
    with pytest.raises(actions.ReasonMissing):
        actions.withdraw(application_id=made.pk, because=" ", by=SYSTEM, at=NOW)
    actions.withdraw(application_id=made.pk, because="No time.", by=SYSTEM, at=NOW)
    assert status(made) is Status.WITHDRAWN
    assert queries.submitted(person=SYSTEM, on=TODAY) == []
    with pytest.raises(actions.MayNotMove):
        actions.withdraw(application_id=made.pk, because="Again.", by=SYSTEM, at=NOW)
    actions.move(application_id=made.pk, status=Status.IN_PROGRESS, by=SYSTEM, at=NOW + DAY)
    assert submit(made, at=NOW + DAY).number == 2
    assert queries.in_full(made.pk, person=SYSTEM, on=TODAY + DAY).number == 2


@pytest.mark.parametrize("path", [[Status.BEING_CHECKED, Status.QUESTION_SENT], [Status.SUBMITTED]])
def test_statuses_move_as_the_table_says(path):
    made = sent().application
    for one in path[:-1]:
        actions.move(application_id=made.pk, status=one, by=SYSTEM, at=NOW)
    if path[-1] is Status.SUBMITTED:
        with pytest.raises(actions.MayNotMove):
            actions.move(application_id=made.pk, status=path[-1], by=SYSTEM, at=NOW)
        return
    actions.move(application_id=made.pk, status=path[-1], because="The policy?", by=SYSTEM, at=NOW)
    [latest, *_] = queries.changes(made.pk, person=SYSTEM)
    assert (latest.status, latest.because) == (path[-1], "The policy?")


# --- New questions, silence ---


def test_new_questions_are_followed_when_seen():
    made = answered()
    second = actions.draft(framework_id=made.framework_id, by=SYSTEM, at=NOW)
    actions.remove_question(set_id=second.pk, code="referee", by=SYSTEM, at=NOW)
    actions.publish(set_id=second.pk, because="Less.", in_force_from=TODAY, by=SYSTEM, at=NOW)
    assert queries.working(made, on=TODAY).has_newer_questions
    actions.follow_questions(application_id=made.pk, by=SYSTEM, at=NOW)
    made.refresh_from_db()
    assert not queries.working(made, on=TODAY).has_newer_questions
    assert submit(made, version=2).question_set == second


def test_silence_is_broken_after_14_and_30_days_each_once():
    person = applicant()
    made = begun(person)

    def due(days):
        return [(one.ref, one.days, one.address) for one in queries.to_nudge(on=TODAY + days * DAY)]

    def nudge(days):
        return actions.nudge(application_id=made.pk, days=days, by=SYSTEM, at=NOW)

    assert due(13) == []
    assert due(14) == due(29) == [(made.ref, 14, person.email)]
    assert nudge(14)
    assert not nudge(14)
    assert due(29) == []
    assert due(30) == [(made.ref, 30, person.email)]
    assert nudge(30)
    assert due(300) == []
    actions.answer(application_id=made.pk, typed={"name": ["x"]}, by=person, at=NOW + 40 * DAY)
    assert due(54) == [(made.ref, 14, person.email)]


def test_nobody_is_reminded_of_what_was_sent():
    sent()
    assert queries.to_nudge(on=TODAY + 20 * DAY) == []
    assert queries.forgettable(on=TODAY + 900 * DAY) == []


def test_nothing_is_forgotten_within_twelve_months():
    made = answered()
    paper = document(made.organisation)
    actions.answer(application_id=made.pk, typed={"policy-papers": [paper.ref]}, by=SYSTEM, at=NOW)
    assert queries.forgettable(on=date(2027, 5, 14)) == []
    with pytest.raises(silence.TooSoon):
        actions.forget(application_id=made.pk, by=SYSTEM, at=NOW + 364 * DAY)
    assert queries.forgettable(on=date(2027, 5, 15)) == [made.pk]
    actions.forget(application_id=made.pk, by=SYSTEM, at=NOW + 365 * DAY)
    assert not Application.objects.exists()
    assert not Document.objects.exists()


def test_what_was_sent_is_never_forgotten():
    with pytest.raises(actions.NotOpen):
        actions.forget(application_id=sent().application.pk, by=SYSTEM, at=NOW + 900 * DAY)


def test_lists_cost_the_same_for_one_and_three(django_assert_num_queries):
    inside = made_framework()
    questions(inside)
    mentoring(inside)
    person = council_member()
    _ = person.reach
    for _ in range(2):
        sent(applicant(), inside)
        with django_assert_num_queries(1):
            assert queries.submitted(person=person, on=TODAY)


def test_what_the_register_knows_is_filled_in():
    known = provider("Lantern Tuition", kind=ProviderKind.COMPANY, company_number="01234567")
    inside = made_framework()
    questions(inside)
    person = factories.member_of(known.organisation)
    made = actions.begin(
        organisation_id=known.organisation_id,
        framework_id=inside.pk,
        provider_id=known.pk,
        by=person,
        at=NOW,
    )
    sheet = queries.working(made, on=TODAY).sheet
    assert sheet.by_code["name"].words == "Lantern Tuition"
    assert sheet.by_code["company-number"].words == "01234567"
