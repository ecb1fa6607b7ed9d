"""A council's first framework, and what it asks of providers."""

import pytest
from django.test import Client
from django.urls import reverse

from flsf.mandate.framework.models import Framework, Lot
from flsf.mandate.framework.rules import DEFAULT_LOTS
from flsf.market.checks import queries as checks
from flsf.market.checks.rules import DEFAULT_CHECKS
from flsf.market.kinds import actions as kinds
from flsf.market.kinds import queries as find_kinds
from flsf.market.kinds.rules import DEFAULT_KINDS
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member

PAGE, CHECKS = reverse("setup-framework"), reverse("setup-checks")
DECIDED = {
    "name": "Flexible Learning Support Framework",
    "commercial_model": "pseudo_dps",
    "starts_on-day": "1",
    "starts_on-month": "9",
    "starts_on-year": "2026",
    "initial_years": "3",
    "extension_years_allowed": "5",
    "ceiling": "68,500,000",
    "decided_by_body": "Cabinet",
    "decided_on-day": "12",
    "decided_on-month": "2",
    "decided_on-year": "2026",
    "minute": "48",
}
FROM = {"needed_from-day": "1", "needed_from-month": "9", "needed_from-year": "2026"}


@pytest.fixture
def client(db):
    client = Client()
    client.force_login(council_member(Role.ADMINISTRATOR))
    return client


def test_is_set_up_with_the_usual_lots_once(client):
    assert "The usual lots" in client.get(PAGE).content.decode()
    client.post(PAGE, DECIDED)
    again = client.post(PAGE, DECIDED | {"name": "Another"}).content.decode()
    assert "There is a framework already" in again
    held = Framework.objects.get()
    assert (held.name, held.ceiling_pence) == (DECIDED["name"], 6_850_000_000)
    assert Lot.objects.count() == len(DEFAULT_LOTS)
    assert "begins on 1 September 2026" in client.get(PAGE).content.decode()


def test_every_kind_that_was_asked_for_can_be_chosen_from_the_first_day(client):
    """Cabinet report, paragraph 28, and what the council said that the framework buys."""
    kinds.propose(name="robotics AND making", by=council_member(), at=NOW)
    assert "Robotics and making" in client.get(PAGE).content.decode()
    client.post(PAGE, DECIDED)
    chosen = {one.name.lower() for one in find_kinds.to_choose(person=council_member())}
    assert chosen == {name.lower() for name, _ in DEFAULT_KINDS}
    named = " ".join([*chosen, *Lot.objects.values_list("name", flat=True)]).lower()
    for kind in (
        *("shaped around one child", "mentoring", "tutoring", "creative", "being active"),
        *("anxious about school", "robotics", "mentoring for feelings", "creative therapies"),
    ):
        assert kind in named


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Enter the framework&#39;s name"),
        ({"initial_years": "9"}, "Enter a number of years from 0 to 8"),
        ({"initial_years": "three"}, "Enter a number of years from 0 to 8"),
        ({"initial_years": "0"}, "Enter a number of years from 1 to 8"),
        ({"initial_years": "4"}, "past the longest term Cabinet approved"),
        ({"ceiling": "-1"}, "Ceiling must not be less than nothing"),
        ({"ceiling": "0"}, "Enter a ceiling that is more than nothing"),
        ({"ceiling": "much"}, "Ceiling must be an amount in pounds"),
        ({"starts_on-day": "31"}, "First day must be a real date"),
        ({"minute": ""}, "Enter the number of the minute"),
    ],
)
def test_says_what_is_wrong_and_sets_up_nothing(client, changed, says):
    page = client.post(PAGE, DECIDED | changed).content.decode()
    assert says in page
    assert 'value="Cabinet"' in page
    assert not Framework.objects.exists()


def test_the_usual_checks_are_asked_for_once(client):
    assert DEFAULT_CHECKS[0].name in client.get(CHECKS).content.decode()
    assert "Enter a year" in client.post(CHECKS, FROM | {"needed_from-year": ""}).content.decode()
    client.post(CHECKS, FROM)
    assert checks.every().count() == len(DEFAULT_CHECKS)
    client.post(CHECKS, FROM)
    assert checks.every().count() == len(DEFAULT_CHECKS)
    assert "is not chosen that day" in client.get(CHECKS).content.decode()


@pytest.mark.parametrize("page", [PAGE, CHECKS])
def test_is_the_administrators(db, page):
    client = Client()
    client.force_login(council_member(Role.COMMISSIONER))
    assert client.get(page).status_code == 403
