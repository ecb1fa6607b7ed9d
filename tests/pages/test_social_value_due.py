"""A report of social value that is due: providers are reminded, and may send what shows it."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import SYSTEM
from flsf.flows.remind_providers import remind_of_reports
from flsf.jobs import nightly, outbox
from flsf.market.promises import actions, queries, rules
from flsf.market.promises.enums import Outcome
from flsf.market.promises.models import ReportReminder, ValueReport
from flsf.shared.accounts.enums import Role
from flsf.shared.documents.models import Document
from flsf.shared.notify.models import Message
from flsf.web.council.my_work.sources import work_of
from tests.factories import council_member, member_of
from tests.factories_applications import a_pdf
from tests.factories_market import admitted, provider
from tests.pages.test_social_value import SENT, client_of, promise, text
from tests.pages.test_social_value import report as reported

pytestmark = pytest.mark.django_db
YEAR = date(2025, 9, 1)


def at(day):
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def in_pool(name="Heron", **promised):
    of = provider(name)
    admitted(of)
    promise(of, **promised)
    return of


def remind(day):
    return remind_of_reports(by=SYSTEM, at=at(day))


@pytest.mark.parametrize(
    ("day", "sent", "due"),
    [
        (date(2026, 8, 31), (), False),
        (date(2026, 9, 1), (), True),
        (date(2026, 9, 20), (date(2026, 9, 1),), False),
        (date(2026, 9, 21), (date(2026, 9, 1),), True),
        (date(2026, 9, 25), (), True),  # the nights before were missed
        (date(2026, 9, 30), (date(2026, 9, 25),), False),
        (date(2026, 10, 1), (date(2026, 9, 25),), True),
        (date(2026, 10, 31), (date(2026, 10, 1),), True),
        (date(2027, 8, 1), (date(2026, 10, 31),), False),
    ],
)
def test_a_reminder_is_due_twice_before_and_twice_after_the_last_day(day, sent, due):
    assert rules.due_on(YEAR) == date(2026, 9, 30)
    assert rules.is_reminder_due(YEAR, sent, on=day) is due


def test_who_promised_and_has_not_reported_is_reminded_and_nobody_else():
    late, out = in_pool("Late", jobs=2), provider("Out of the pool")
    promise(out, jobs=2)
    in_pool("None", jobs=0)
    reported(in_pool("Waits", jobs=1), jobs=1)
    manager = member_of(late.organisation, Role.PROVIDER_MANAGER)
    day = date(2026, 9, 1)
    assert remind(day - timedelta(days=1)) == 0
    assert remind(day) == 1
    assert remind(day) == 0
    [sent] = Message.objects.filter(template="value-report-due")
    assert (sent.recipient_id, sent.address) == (manager.pk, manager.email)
    assert remind(date(2026, 10, 1)) == 1
    assert [(one.provider_id, one.written_to) for one in ReportReminder.objects.all()] == [
        (late.pk, 1), (late.pk, 1),
    ]  # fmt: skip


def test_a_report_sent_back_is_still_due_and_one_accepted_is_not():
    of, officer = in_pool(jobs=1), council_member(Role.COMMISSIONER)
    for outcome, due in ((Outcome.SENT_BACK, {of.pk}), (Outcome.ACCEPTED, set())):
        actions.decide(
            report_id=reported(of, jobs=1).pk, outcome=outcome, words="Which?", by=officer,
            at=at(date(2026, 9, 1)),
        )  # fmt: skip
        assert queries.unreported([of.pk], year=YEAR, person=SYSTEM) == due


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 9, 1), "Please tell us by 30 September 2026"), (date(2026, 10, 1), "It was due")],
)
def test_the_message_says_by_when_and_what(day, words):
    of = in_pool(jobs=1)
    member_of(of.organisation, Role.PROVIDER_MANAGER)
    remind(day)
    [sent] = Message.objects.filter(template="value-report-due")
    subject, body = outbox.words(sent.template, sent.details)
    assert words in body
    assert "2025/26" in subject
    assert of.name not in body


def test_it_is_asked_by_night():
    of = in_pool(jobs=1)
    with clock.stopped_at(at(date(2026, 9, 22))):
        nightly.remind_of_value_reports(0)
        nightly.remind_of_value_reports(0)
    assert [one.provider_id for one in ReportReminder.objects.all()] == [of.pk]


def test_overdue_is_seen_by_the_provider_and_by_whoever_looks_after_providers():
    of, officer = in_pool(jobs=1), council_member(Role.COMMISSIONER)
    manager = client_of(member_of(of.organisation, Role.PROVIDER_MANAGER))
    kind = "Reports of social value overdue"

    def seen(day):
        with clock.stopped_at(at(day)):
            html = text(manager.get(reverse("provider-home")))
        items = [one for one in work_of(officer, day) if one.kind == kind]
        return "Report what you delivered in 2025/26" in html, "Overdue" in html, len(items)

    assert seen(date(2026, 8, 31)) == (False, False, 0)
    assert seen(date(2026, 9, 30)) == (True, False, 0)
    assert seen(date(2026, 10, 1)) == (True, True, 1)
    [item] = [one for one in work_of(officer, date(2026, 10, 1)) if one.kind == kind]
    assert (item.who, item.due_on) == ("Heron", date(2026, 9, 30))
    assert text(client_of(officer).get(item.href))
    finance = work_of(council_member(Role.FINANCE), date(2026, 10, 1))
    assert kind not in {one.kind for one in finance}
    reported(of, jobs=1)
    assert seen(date(2026, 10, 1)) == (False, False, 0)


def test_the_form_begins_with_the_year_that_is_due():
    of = in_pool(jobs=1)
    manager = client_of(member_of(of.organisation, Role.PROVIDER_MANAGER))
    with clock.stopped_at(at(date(2026, 10, 1))):
        assert '<option value="2025" selected>' in text(manager.get(reverse("own-value-report")))
        reported(of, jobs=1)
        assert '<option value="2026" selected>' in text(manager.get(reverse("own-value-report")))


def test_what_shows_it_is_sent_as_a_file_and_read_by_the_council_and_its_owner_alone():
    of, officer = in_pool(jobs=1), council_member(Role.COMMISSIONER)
    manager = client_of(member_of(of.organisation, Role.PROVIDER_MANAGER))
    file = SimpleUploadedFile("payroll.pdf", a_pdf())
    response = manager.post(reverse("own-value-report"), SENT | {"paper": file})
    assert response.status_code == 302
    [kept] = Document.objects.all()
    address = reverse("document", args=[kept.ref])
    for who, page in (
        (client_of(officer), reverse("provider-value-decide", args=[of.ref])),
        (client_of(officer), reverse("provider-value", args=[of.ref])),
        (manager, response.url),
    ):
        assert address in text(who.get(page))
        read = who.get(address)
        assert sha256(read.content).hexdigest() == kept.sha256
    other = in_pool("Other", jobs=1)
    stranger = client_of(member_of(other.organisation, Role.PROVIDER_MANAGER))
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"), [("payroll.exe", b"MZ" + b"\0" * 200), ("payroll.pdf", b"%PDF-1.7 no")]
)
def test_a_file_that_is_refused_takes_the_report_with_it_and_what_was_typed_stays(name, content):
    of = in_pool(jobs=1)
    manager = client_of(member_of(of.organisation, Role.PROVIDER_MANAGER))
    file = SimpleUploadedFile(name, content)
    html = text(manager.post(reverse("own-value-report"), SENT | {"paper": file}))
    assert 'href="#id_paper"' in html
    assert "Fewer miles." in html
    assert not ValueReport.objects.exists()
    assert not Document.objects.exists()


def test_a_report_that_is_refused_keeps_no_file():
    of = in_pool(jobs=1)
    manager = client_of(member_of(of.organisation, Role.PROVIDER_MANAGER))
    reported(of, jobs=1)
    file = SimpleUploadedFile("payroll.pdf", a_pdf())
    html = text(manager.post(reverse("own-value-report"), SENT | {"paper": file}))
    assert 'href="#id_year"' in html
    assert not Document.objects.exists()


def test_reminding_three_costs_as_many_questions_as_one():
    member_of(in_pool("One", jobs=1).organisation, Role.PROVIDER_MANAGER)
    with CaptureQueriesContext(connection) as one:
        assert remind(date(2026, 9, 1)) == 1
    for name in ("Two", "Three", "Four"):
        member_of(in_pool(name, jobs=1).organisation, Role.PROVIDER_MANAGER)
    with CaptureQueriesContext(connection) as three:
        assert remind(date(2026, 9, 1)) == 3
    assert len(three) == len(one)
