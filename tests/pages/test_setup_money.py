"""Funds, budgets and limits are set by those whose task it is, and nothing is set by mistake."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.budgets import actions, queries
from flsf.mandate.budgets.enums import FundKind, Route
from flsf.mandate.budgets.models import Budget, DelegatedLimit, Fund
from flsf.mandate.budgets.rules import Posting
from flsf.mandate.framework.enums import SpendLine
from flsf.shared.accounts.enums import Role, Team
from tests.factories import NOW, TODAY, council_member

PAGE, NEW_FUND, NEW_LIMIT = (
    reverse(name) for name in ("setup-money", "setup-fund-add", "setup-limit-add")
)
YEAR = TODAY.replace(month=4, day=1)


@pytest.fixture
def client(db):
    client = Client()
    client.force_login(council_member(Role.FINANCE))
    return client


@pytest.fixture
def administrator(db):
    client = Client()
    client.force_login(council_member(Role.ADMINISTRATOR))
    return client


def fund(name="High needs"):
    code = name.lower().replace(" ", "-")
    return actions.open_fund(code=code, name=name, kind=FundKind.HIGH_NEEDS, by=SYSTEM, at=NOW)


def budget_page(year=2026, code="high-needs"):
    return reverse("setup-budget", kwargs={"code": code, "year": year})


def typed(amount, seen=0, **more):
    return {"amount": amount, "because": "Cabinet, minute 48", "seen": seen} | more


def promise(budget, pence):
    posting = Posting(
        budget_id=budget.pk,
        award_ref="A-1",
        source_ref="A-1",
        provider_ref="P-1",
        provider_name="P",
        team=Team.SEND,
        route=Route.SPOT,
        spend_line=next(iter(SpendLine)),
        lot_code="",
        net_pence=pence,
        vat_pence=0,
        day=TODAY,
    )
    actions.commit(posting=posting, by=SYSTEM, at=NOW)


def test_a_fund_is_opened_and_its_budget_set_and_changed(client):
    client.post(NEW_FUND, {"name": "High needs", "kind": "high_needs"})
    assert Fund.objects.get().code == "high-needs"
    client.post(budget_page(), typed("£1,250,000"))
    assert Budget.objects.get().amount_pence == 125_000_000
    client.post(budget_page(), typed("1,300,000.50", 125_000_000))
    assert Budget.objects.get().amount_pence == 130_000_050
    page = client.get(budget_page()).content.decode()
    assert page.count("Cabinet, minute 48") == 2
    assert "£1,300,000.50" in client.get(PAGE).content.decode()


def test_a_fund_of_the_same_name_is_refused(client):
    fund()
    page = client.post(NEW_FUND, {"name": "High  Needs", "kind": "council"}).content.decode()
    assert "There is a fund of that name already" in page
    assert (
        "letters or numbers"
        in client.post(NEW_FUND, {"name": "£££", "kind": "council"}).content.decode()
    )


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("", "Enter the budget for the year"),
        ("-5", "Budget for the year must not be less than nothing"),
        ("lots", "Budget for the year must be an amount in pounds, like 1,250"),
        ("1.999", "Budget for the year must be an amount in pounds"),
    ],
)
def test_what_is_no_budget_is_said_at_the_field(client, amount, says):
    fund()
    page = client.post(budget_page(), typed(amount)).content.decode()
    assert says in page
    assert "Cabinet, minute 48" in page
    assert not Budget.objects.exists()


def test_a_budget_below_what_is_promised_is_asked_about_first(client):
    made = actions.set_budget(
        fund_id=fund().pk, year_begins=YEAR, amount_pence=100_000, by=SYSTEM, at=NOW
    )
    promise(made, 60_000)
    first = client.post(budget_page(), typed("500", 100_000)).content.decode()
    assert "£600.00 is promised already" in first
    assert "set it below what is promised already" in first
    assert Budget.objects.get().amount_pence == 100_000
    client.post(budget_page(), typed("500", 100_000, is_meant="on"))
    assert Budget.objects.get().amount_pence == 50_000
    assert "below what is promised" not in client.get(budget_page()).content.decode()


def test_two_who_change_one_budget_do_not_overwrite_each_other(client):
    fund()
    opened = client.get(budget_page()).content.decode()
    assert re.search(r'name="seen" value="0"', opened)
    client.post(budget_page(), typed("1000"))
    second = client.post(budget_page(), typed("2000", 0)).content.decode()
    assert "Somebody else set this budget to £1,000.00 meanwhile" in second
    assert Budget.objects.get().amount_pence == 100_000


@pytest.mark.parametrize("year", [2024, 2035])
def test_no_budget_for_a_year_out_of_reach(client, year):
    fund()
    assert client.get(budget_page(year)).status_code == 404


def test_no_budget_of_an_unknown_fund(client):
    assert client.get(budget_page(code="nowhere")).status_code == 404


def limit(**changed):
    return {
        "role": "commissioner",
        "limit": "10,000",
        "in_force_from-day": "1",
        "in_force_from-month": "6",
        "in_force_from-year": "2026",
        "source": "Scheme of delegation, part 3",
    } | changed


def test_a_limit_holds_from_its_day_and_what_was_before_is_kept(administrator):
    administrator.post(NEW_LIMIT, limit())
    administrator.post(NEW_LIMIT, limit(limit="", is_any="on", **{"in_force_from-month": "7"}))
    assert queries.limit_of([Role.COMMISSIONER], on=TODAY) == 0
    assert queries.limit_of([Role.COMMISSIONER], on=TODAY.replace(month=6, day=1)) == 1_000_000
    assert queries.limit_of([Role.COMMISSIONER], on=TODAY.replace(month=7, day=1)) is None
    page = administrator.get(PAGE).content.decode()
    assert "£10,000.00" in page
    assert "Any amount" in page
    assert page.count("(not yet)") == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"limit": ""}, "Tick any amount, or enter the most it may decide"),
        ({"is_any": "on"}, "Tick any amount or enter one, not both"),
        ({"limit": "-1"}, "The most it may decide must not be less than nothing"),
        ({"limit": "ten"}, "The most it may decide must be an amount in pounds"),
        ({"role": ""}, "Choose a role"),
        ({"role": "caseworker"}, "Select a valid choice"),
        ({"source": ""}, "Enter where it is written down"),
        ({"in_force_from-month": "2"}, "A limit holds from today or a later day"),
        ({"in_force_from-day": "31"}, "From must be a real date"),
    ],
)
def test_what_is_no_limit_is_said_and_nothing_is_set(administrator, changed, says):
    page = administrator.post(NEW_LIMIT, limit(**changed)).content.decode()
    assert says in page
    assert "Scheme of delegation, part 3" in page or changed.get("source") == ""
    assert not DelegatedLimit.objects.exists()


def test_a_second_limit_of_a_day_is_refused(administrator):
    administrator.post(NEW_LIMIT, limit())
    page = administrator.post(NEW_LIMIT, limit(limit="5")).content.decode()
    assert "That role already has a limit from that day" in page


def test_finance_sets_budgets_and_no_limits(client):
    assert client.get(NEW_LIMIT).status_code == 403
    assert "An administrator sets the limits" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("funds", [1, 3])
def test_reads_as_often_for_one_fund_as_for_three(client, django_assert_num_queries, funds):
    for number in range(funds):
        fund(f"Fund {number}")
    with django_assert_num_queries(6):
        client.get(PAGE)
