from collections.abc import Iterator

import pytest
from django.test import Client

from flsf.core import clock
from flsf.core.people import Person
from flsf.shared.accounts.enums import Role
from tests import factories, sockets

pytest_plugins = ("tests.rendered",)

sockets.close()


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    """For every test it is Friday 15 May 2026, ten in the morning."""
    with clock.stopped_at(factories.NOW):
        yield


@pytest.fixture
def officer(db: None) -> Person:
    return factories.council_member(Role.COMMISSIONER)


@pytest.fixture
def officer_client(officer: Person) -> Client:
    client = Client()
    client.force_login(officer)
    return client
