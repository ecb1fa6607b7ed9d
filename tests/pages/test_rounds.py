"""Rounds and criteria, as the framework office keeps them and the public reads them."""

from datetime import date

import pytest
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.rounds import actions, queries
from flsf.mandate.rounds.rules import NewRound
from tests import factories
from tests.factories import NOW, TODAY, conflicts_assessed

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def day(name, on):
    if on is None:
        return {}
    return {f"{name}-day": on.day, f"{name}-month": on.month, f"{name}-year": on.year}


@pytest.fixture
def running():
    return factories.made_framework()


def opening(first=date(2026, 6, 1), last=date(2026, 6, 28), **more):
    return day("opens_on", first) | day("closes_on", last) | more


def opened(framework, first, last):
    new = NewRound(opens_on=first, closes_on=last, decide_by=None)
    [made] = actions.take_in_many(framework_id=framework.pk, rounds=[new], by=SYSTEM, at=NOW)
    return made


def test_a_round_is_opened_closed_early_and_its_notice_recorded(officer_client, running):
    there = f"{reverse('round-list')}?framework={running.ref}"
    assert officer_client.post(reverse("round-open"), opening()).url == there
    one = queries.rounds(running.pk, on=TODAY)[0]
    assert "Not open yet" in text(officer_client.get(there))
    page = reverse("round-page", kwargs={"number": one.number})
    assert "28 June 2026" in text(officer_client.get(page))
    said = {"kind": "UK4", "reference": "2026/S 000-1"} | day("published_on", TODAY)
    notice = reverse("round-notice", kwargs={"number": one.number})
    html = text(officer_client.post(notice, said))
    assert "no open conflicts assessment was reviewed" in html
    assert 'value="2026/S 000-1"' in html
    conflicts_assessed(running)
    assert officer_client.post(notice, said).url == f"{page}?framework={running.ref}"
    assert "already recorded" in text(officer_client.post(notice, said))
    close = reverse("round-close", kwargs={"number": one.number})
    early = day("last_day", date(2026, 6, 10)) | {"reason": "Many applied."}
    assert officer_client.post(close, early).url == f"{page}?framework={running.ref}"
    html = text(officer_client.get(page))
    for words in ("UK4 2026/S 000-1", "10 June 2026", "Many applied."):
        assert words in html


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"closes_on-day": "1", "closes_on-month": "5"}, "before the first"),
        ({"standstill_days": "7"}, "at least eight working days"),
        ({"opens_on-day": ""}, "must include a day"),
    ],
)
def test_days_that_make_no_sense_are_said_and_what_was_typed_stays(
    officer_client, running, changed, says
):
    html = text(officer_client.post(reverse("round-open"), opening() | changed))
    assert says in html
    assert 'value="2026"' in html


def test_a_round_closed_already_is_said(officer_client, running):
    one = opened(running, TODAY, date(2026, 5, 20))
    close = reverse("round-close", kwargs={"number": one.number})
    late = day("last_day", date(2026, 6, 10)) | {"reason": "Later."}
    assert "closes on that day or before" in text(officer_client.post(close, late))


def test_no_framework_has_no_rounds_and_one_unknown_is_not_found(officer_client):
    assert "No round has been held" in text(officer_client.get(reverse("round-list")))
    assert officer_client.get(reverse("round-open")).status_code == 404
    assert officer_client.get(reverse("round-list") + "?framework=F-XXXXX").status_code == 404
    assert officer_client.get(reverse("round-page", kwargs={"number": 1})).status_code == 404


def test_one_round_costs_as_many_questions_as_three(
    officer_client, running, django_assert_num_queries
):
    for month in (4, 5):
        opened(running, date(2026, month, 1), date(2026, month, 9))
        # Session, person, memberships; the framework twice; rounds, their status and notices.
        with django_assert_num_queries(9):
            officer_client.get(reverse("round-list"))
        opened(running, date(2026, month, 10), date(2026, month, 19))


def test_each_framework_has_its_own_page_and_names_the_others(officer_client, running):
    other = factories.made_framework(date(2025, 4, 1))
    html = text(officer_client.get(reverse("framework-page")))
    assert f"?framework={other.ref}" in html
    theirs = text(officer_client.get(reverse("framework-page") + f"?framework={other.ref}"))
    assert "1 April 2025" in theirs
    assert f"?framework={running.ref}" in theirs


def test_criteria_are_published_in_versions_that_anybody_reads(officer_client, client, running):
    page = reverse("criteria-publish")
    said = {"criteria": "Checks seen\nTwo references"} | day("in_force_from", TODAY)
    assert officer_client.post(page, said).status_code == 302
    assert "in force already" in text(officer_client.post(page, said))
    later = {"criteria": "Checks seen\nThree references"} | day("in_force_from", TODAY)
    assert officer_client.post(page, later).status_code == 302
    coming = {"criteria": "Nothing"} | day("in_force_from", date(2026, 9, 1))
    assert officer_client.post(page, coming).status_code == 302
    html = text(client.get(reverse("framework-public")))
    for words in ("Version 2, from 15 May 2026", "Version 1, from 15 May 2026", "Two references"):
        assert words in html
    assert "Version 3" not in html
    assert "Version 3, from 1 September 2026" in text(officer_client.get(page))


def test_measures_are_published_in_versions_that_anybody_reads(officer_client, client, running):
    page = reverse("measures-publish")
    assert "Attendance: the sessions that children came to" in text(officer_client.get(page))
    assert "Enter at least one measure" in text(officer_client.post(page, {}))
    said = {"measures": "Attendance.\nReports in time."} | day("in_force_from", TODAY)
    assert officer_client.post(page, said).status_code == 302
    assert "in force already" in text(officer_client.post(page, said))
    assert "Reports in time." in text(client.get(reverse("framework-public")))
    assert "Version 1, from 15 May 2026" in text(officer_client.get(page))
    assert "Measures of performance published" in text(
        officer_client.get(reverse("framework-page"))
    )


@pytest.mark.parametrize("is_open", [True, False])
def test_the_public_is_told_whether_one_may_ask_to_join_now(client, running, is_open):
    if is_open:
        opened(running, TODAY, date(2026, 5, 31))
    html = text(client.get(reverse("framework-public")))
    assert ("this round closes on 31 May 2026" in html) is is_open
    assert ("Nobody can ask to join just now" in html) is not is_open


def test_an_extension_and_a_set_model_are_told_on_the_page(officer_client, running):
    frameworks.extend(
        framework_id=running.pk,
        years=1,
        approved_by="Director",
        approved_on=TODAY,
        reason="It serves children well.",
        by=SYSTEM,
        at=NOW,
    )
    html = text(officer_client.get(reverse("framework-page")))
    for words in ("1 year more, to 31 March 2030", "Director", "Pseudo-dynamic purchasing system"):
        assert words in html
