"""What is left behind after a page was looked at: on the computer, and in the record."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import RecordView
from tests.access import matrix, world
from tests.access.objects import BY_ITSELF, captured_for, kind_of
from tests.access.test_matrix import text_of

EVERY = matrix.every()


@pytest.fixture
def made(db):
    return world.made()


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def address(entry, made):
    if not matrix.takes(entry):
        return reverse(entry.name)
    if entry.name in BY_ITSELF:
        return None
    thing = getattr(made.mine, kind_of(entry.name))
    return reverse(entry.name, kwargs=captured_for(matrix.takes(entry), thing))


def test_a_page_that_names_a_child_is_kept_by_no_browser_and_is_written_down(made):
    kept, unwritten, seen = [], [], 0
    name = re.compile(world.NAMES["mine"])
    for role, person in made.people.items():
        client = as_(person)
        for entry in EVERY.values():
            there = address(entry, made) if matrix.may_open(entry, role) else None
            if there is None:
                continue
            before = RecordView.objects.count()
            response = client.get(there)
            if response.status_code != 200 or not name.search(text_of(response)):
                continue
            seen += 1
            if "no-store" not in response.headers.get("Cache-Control", ""):
                kept.append(f"{entry.name}, {role}")
            if RecordView.objects.count() == before:
                unwritten.append(f"{entry.name}, {role}")
    assert seen > 20
    assert (kept, unwritten) == ([], [])


def test_a_page_anybody_may_read_may_be_kept(client, db):
    assert "no-store" not in client.get(reverse("framework-public")).headers.get(
        "Cache-Control", ""
    )


def test_no_cookie_carries_what_a_message_says(made):
    client = as_(made.people[Role.PRACTITIONER])
    there = reverse(
        "session-mark", kwargs={"ref": made.mine.placement.ref, "session": "2026-05-11-am"}
    )
    told = client.post(
        there,
        {"held": "yes", "came": "yes", "seen": "", "minutes": "60", "agreed_by": "The council"},
    )
    assert told.status_code == 302
    assert set(told.cookies) <= {"sessionid", "csrftoken"}
    assert world.NAMES["mine"] in client.get(told.url).content.decode()
