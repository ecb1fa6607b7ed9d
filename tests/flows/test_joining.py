"""Sending writes one receipt; silence is broken twice; nothing goes within a year."""

from datetime import timedelta

import pytest
from django.core import mail

from flsf.core.people import SYSTEM
from flsf.flows import nudge_applicants, send_application
from flsf.jobs import nightly, outbox
from flsf.market.applications.models import Application
from flsf.shared.notify.models import Message
from tests.factories import NOW
from tests.factories_applications import answered, applicant, begun

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def send(of, person, at=NOW):
    send_application.send_application(
        application_id=of.pk, version=1, address=person.email, by=person, at=at
    )


def test_one_receipt_however_often_it_is_sent():
    person = applicant()
    made = answered(person)
    send(made, person)
    send(made, person, NOW + DAY)
    [receipt] = Message.objects.all()
    assert (receipt.template, receipt.address) == ("application-received", person.email)
    assert receipt.details["reference"] == made.ref


def test_silence_is_broken_by_a_letter_each_once():
    person = applicant()
    begun(person)
    told = [
        nudge_applicants.nudge_applicants(by=SYSTEM, at=NOW + days * DAY)
        for days in (13, 14, 14, 29, 30, 31)
    ]
    assert told == [0, 1, 0, 0, 1, 0]
    outbox.send_outbox(0)
    assert [message.to for message in mail.outbox] == [[person.email]] * 2
    assert "Your application is waiting for you" in mail.outbox[0].subject
    assert "Everything you wrote is kept" in mail.outbox[0].body


def test_the_nightly_round_reminds_and_forgets(monkeypatch):
    begun()
    monkeypatch.setattr(nightly.clock, "now", lambda: NOW + 14 * DAY)
    nightly.remind_applicants(0)
    assert Message.objects.filter(template="application-waiting").count() == 1
    monkeypatch.setattr(nightly.clock, "now", lambda: NOW + 364 * DAY)
    nightly.forget_applications(0)
    assert Application.objects.count() == 1
    monkeypatch.setattr(nightly.clock, "now", lambda: NOW + 365 * DAY)
    nightly.forget_applications(0)
    assert Application.objects.count() == 0
