import re
from datetime import date

import pytest
from django.test import Client

from flsf.core.people import SYSTEM
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import Entry, Route
from flsf.shared.accounts.enums import Role
from flsf.web.components import drawings
from tests.factories import NOW, council_member, made_framework
from tests.factories_awards import budget
from tests.factories_casework import referral
from tests.factories_money import ledger_line, waiver

pytestmark = pytest.mark.django_db


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(council_member(role))
    return client


def pay(*amounts):
    fund = budget(100_000)
    lines = [
        (Entry.PAID, ledger_line(fund, day=date(2026, 5, n), pounds=pounds, route=route))
        for n, (pounds, route) in enumerate(amounts, start=1)
    ]
    budgets.post_many(lines=lines, by=SYSTEM, at=NOW)


def test_the_headline_is_made_of_the_figures():
    made_framework()
    waiver()
    pay((3000, Route.DIRECT_AWARD), (1000, Route.SPOT))
    text = client_of(Role.DIRECTOR).get("/oversight/").content.decode()
    assert (
        "Paid so far in year 2026/27 of the plan: £4,000, £997,096 under the plan to this day;"
        in text
    )
    assert "1 waiver left, none overdue" in text
    assert "75% of what was paid went through the framework in the last twelve months." in text
    assert "£4.63m of the £4.63m a year between spending and projection is unexplained" in text


def test_a_small_count_of_children_is_hidden_from_those_who_do_not_work_with_them():
    made_framework()
    referral(first_aware_on=date(2026, 4, 1))
    assert "1 child waiting over 15 school days" in told_to(Role.DIRECTOR)
    assert "fewer than five children waiting over 15 school days" in told_to(Role.COUNCILLOR)
    figures = "/oversight/pictures/waiting.csv"
    assert ",1" in client_of(Role.DIRECTOR).get(figures).content.decode()
    assert ",1" not in client_of(Role.COUNCILLOR).get(figures).content.decode()


def told_to(role: Role) -> str:
    return client_of(role).get("/oversight/").content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_overview_asks_as_many_questions_for_one_line_as_for_three(
    many, django_assert_num_queries
):
    made_framework()
    pay(*[(1000, Route.SPOT)] * many)
    client = client_of(Role.COUNCILLOR)
    with django_assert_num_queries(15):
        assert client.get("/oversight/").status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_overview_asks_as_many_questions_for_one_child_that_waits_as_for_three(
    many, django_assert_num_queries
):
    for _ in range(many):
        referral(first_aware_on=date(2026, 4, 1))
    client = client_of(Role.DIRECTOR)
    with django_assert_num_queries(24):
        assert client.get("/oversight/").status_code == 200


def test_a_drawing_is_described_once_for_the_same_figures():
    blocks = [("Spent", 0, 100, "total"), ("Base", 0, 200, "total")]
    assert drawings.waterfall(blocks) is drawings.waterfall(list(blocks))
    assert drawings.waterfall(blocks[:1]) != drawings.waterfall(blocks)


@pytest.mark.parametrize("name", ["spend-and-plan", "bridge", "switch-over", "by-type"])
def test_each_picture_has_its_drawing_and_its_figures(name):
    pay((3000, Route.DIRECT_AWARD))
    line = ledger_line(budget(10), day=date(2026, 3, 1), pounds=5)
    budgets.post_many(lines=[(Entry.PAID, line)], by=SYSTEM, at=NOW)
    client = client_of(Role.COUNCILLOR)
    drawing = client.get(f"/oversight/pictures/{name}.svg")
    assert drawing.content.startswith(b'<svg role="img" aria-label="')
    assert client.get(f"/oversight/pictures/{name}.csv").status_code == 200
    page = client.get("/oversight/").content.decode()
    assert f"/oversight/pictures/{name}.svg?v=" in page


def test_what_is_unexplained_is_hatched():
    drawing = client_of(Role.COUNCILLOR).get("/oversight/pictures/bridge.svg").content.decode()
    assert 'fill="url(#hatched)"' in drawing
    assert '<pattern id="hatched"' in drawing


def test_the_report_check_never_derives_the_projection_from_what_was_spent():
    text = client_of(Role.COUNCILLOR).get("/oversight/report-check/").content.decode()
    assert "£68.4747 million" in text
    assert "£28.8449 million" in text
    assert "20.58 %" in text
    assert "It does not follow from the £3.37 million that was spent." in text


def test_the_report_check_narrows_to_a_state_and_comes_as_a_file():
    client = client_of(Role.COUNCILLOR)
    text = client.get("/oversight/report-check/?state=exact").content.decode()
    assert "£568,000" in text
    assert "£68.4747 million" not in text
    assert "£68.4747 million" in client.get("/oversight/report-check.csv").content.decode()


def test_an_officer_accounts_for_a_part_of_the_gap():
    client = client_of(Role.FINANCE)
    given = {"words": "Internships", "pence": "1,000,000", "source": "Business case"}
    text = client.post("/oversight/bridge/", given, follow=True).content.decode()
    assert "£3,630,000 a year between what was spent" in text
    answer = client.post("/oversight/bridge/", given | {"pence": "9,000,000"})
    assert "The blocks would come to more than the gap." in answer.content.decode()
    block = re.search(r'<button[^>]*value="(\d+)"', text)[1]
    text = client.post("/oversight/bridge/take-out/", {"block": block}, follow=True)
    assert "£4,630,000 a year between what was spent" in text.content.decode()


@pytest.mark.parametrize(
    ("role", "reads", "accounts"),
    [
        (Role.COUNCILLOR, 200, 403),
        (Role.DIRECTOR, 200, 403),
        (Role.FINANCE, 200, 200),
        (Role.COMMISSIONER, 200, 200),
        (Role.CASEWORKER, 403, 403),
        (Role.QUALITY, 403, 403),
    ],
)
def test_who_oversees_and_who_accounts(role, reads, accounts):
    client = client_of(role)
    assert client.get("/oversight/").status_code == reads
    assert client.get("/oversight/report-check/").status_code == reads
    assert client.get("/oversight/pictures/bridge.svg").status_code == reads
    assert client.get("/oversight/bridge/").status_code == accounts
