from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import settings as hypothesis
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from flsf.core import clock
from flsf.core.people import Person
from flsf.shared.accounts.enums import Role
from flsf.shared.council.rules import Particulars
from flsf.web.components import council
from tests import factories, kept, sockets

pytest_plugins = ("tests.rendered",)

sockets.close()

# A busy machine is slow; that says nothing of the product.
hypothesis.register_profile("unhurried", deadline=None)
hypothesis.load_profile("unhurried")

# What the tests of these folders share is slow to make, so one worker runs all of a folder.
TOGETHER = ("demo", "devdb", "journeys", "launch")


class ByFolder(LoadScopeScheduling):
    """Each test by itself to whichever worker is free, but a folder of TOGETHER as one.

    Our own, since xdist 3.8 writes its groups where pytest 9.2 no longer reads a test's name.
    """

    def _split_scope(self, nodeid: str) -> str:
        folder = Path(nodeid.split("::", maxsplit=1)[0]).parent.name
        return folder if folder in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    return ByFolder(config, log)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database, which begins every test with what the migrations load."""
    with django_db_blocker.unblock():
        kept.begin()
    kept.after_every_transactional_test()


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    """For every test it is Friday 15 May 2026, ten in the morning."""
    with clock.stopped_at(factories.NOW):
        yield


@pytest.fixture(autouse=True)
def _told_council(settings: Any) -> None:
    """Every page knows the council without asking; a test of that forgets first."""
    council.keep(Particulars(name=settings.COUNCIL_NAME), seconds=3600)


@pytest.fixture
def officer(db: None) -> Person:
    return factories.council_member(Role.COMMISSIONER)


@pytest.fixture
def officer_client(officer: Person) -> Client:
    client = Client()
    client.force_login(officer)
    return client
