"""The set-up checklist looks at what is there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from flsf.shared.accounts.enums import Role
from tests.factories import council_member, lot

SETUP = reverse("setup")


@pytest.fixture
def client(db):
    client = Client()
    client.force_login(council_member(Role.ADMINISTRATOR))
    return client


def done(client):
    page = client.get(SETUP).content.decode()
    return int(re.search(r"(\d+) of \d+ done", page)[1]), page


def test_counts_only_what_is_there(client):
    before, page = done(client)
    assert page.count("Not started") > 5
    lot("Tutoring")
    council_member(Role.FINANCE)
    after, page = done(client)
    assert (
        after == before + 5
    )  # a framework, its method and delegations, a lot, somebody in finance
    assert "1 lot" in page
    assert "1 person" in page


def test_leads_only_to_pages_the_administrator_may_open(client):
    _, page = done(client)
    links = set(re.findall(r'govuk-task-list__link" href="([^"]+)"', page))
    assert {reverse(name) for name in ("user-list", "setup-council", "setup-money")} <= links
    assert {client.get(link).status_code for link in links} == {200}


def test_refused_to_a_commissioner(db):
    client = Client()
    client.force_login(council_member(Role.COMMISSIONER))
    assert client.get(SETUP).status_code == 403


def test_every_task_leads_somewhere(client):
    _, page = done(client)
    tasks = page.count('class="govuk-task-list__item ') + page.count('task-list__item"')
    assert page.count("govuk-task-list__link") == tasks
