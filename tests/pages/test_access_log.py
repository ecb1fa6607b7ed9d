"""Information governance sees who looked, and what was done."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from flsf.shared.accounts.enums import Role
from flsf.shared.audit import actions as audit
from tests.factories import NOW, council_member

VIEWS, DONE = reverse("view-log"), reverse("audit-log")

# Session, person, memberships; count, rows.
QUERIES = 5


@pytest.fixture
def watcher(db):
    client = Client()
    client.force_login(council_member(Role.INFORMATION_GOVERNANCE))
    return client


def looked(*refs, at=NOW):
    by = council_member(Role.CASEWORKER)
    for ref in refs:
        audit.record_view(subject=f"child {ref}", page="child-page", by=by, at=at)
    return by


def test_one_look_costs_as_many_queries_as_three(watcher, django_assert_num_queries):
    looked("C-22222")
    with django_assert_num_queries(QUERIES):
        watcher.get(VIEWS)
    by = looked("C-33333", "C-44444")
    with django_assert_num_queries(QUERIES):
        page = watcher.get(VIEWS).content.decode()
    assert all(told in page for told in ("3 looks", "C-44444", by.name, "Child page", "10:00"))


def test_looks_are_narrowed_by_person_child_and_day(watcher):
    by = looked("C-22222")
    looked("C-33333", at=NOW + timedelta(days=1))

    def found(**filters):
        rows = json.loads(watcher.get(reverse("view-log-json"), filters).content)["rows"]
        return {row["record"] for row in rows}

    assert found(who=by.name) == {"C-22222"}
    assert found(subject="c-333") == {"C-33333"}
    assert found(since="2026-05-16") == {"C-33333"}
    assert found(until="15/5/2026") == {"C-22222"}
    assert found(since="tomorrow") == {"C-22222", "C-33333"}


def test_what_was_done_is_said_in_words(watcher):
    with transaction.atomic():
        audit.record(
            tag="market:admission:suspension-lifted",
            subject="provider P-22222",
            details={"lot": 1},
            by=council_member(),
            at=NOW,
        )
    page = watcher.get(DONE, {"tag": "admission"}).content.decode()
    assert "Admission suspension lifted" in page
    assert "1 thing done" in page
    rows = json.loads(watcher.get(reverse("audit-log-json"), {"subject": "P-22222"}).content)
    assert [row["details"] for row in rows["rows"]] == ['{"lot": 1}']


@pytest.mark.parametrize("address", [VIEWS, DONE])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DIRECTOR, Role.CASEWORKER])
def test_nobody_else_reads_the_record(db, address, role):
    client = Client()
    client.force_login(council_member(role))
    assert client.get(address).status_code == 403
