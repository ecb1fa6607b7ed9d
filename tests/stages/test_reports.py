"""Figures for those who oversee, from a ledger made by hand."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import Entry, Route
from flsf.mandate.framework.enums import SpendLine
from flsf.oversight.reports import actions, queries, rules
from tests.factories import NOW, TODAY, council_member, made_framework, member_of, organisation
from tests.factories_awards import budget
from tests.factories_money import ledger_line

pytestmark = pytest.mark.django_db


def post(*lines):
    fund = budget(100_000)
    budgets.post_many(
        lines=[
            (Entry.COMMITTED if committed else Entry.PAID, ledger_line(fund, **given))
            for committed, given in lines
        ],
        by=SYSTEM,
        at=NOW,
    )


def paid(day, pounds, **more):
    return (False, {"day": day, "pounds": pounds} | more)


def promised(day, pounds, **more):
    return (True, {"day": day, "pounds": pounds} | more)


def test_committed_and_paid_are_counted_apart_by_year_of_the_plan():
    made_framework(starts_on=date(2025, 4, 1))
    post(
        promised(date(2025, 6, 1), 900),
        paid(date(2025, 7, 1), 400),
        paid(date(2026, 4, 10), 70),
        paid(date(2025, 3, 31), 5000),
    )
    told = queries.trajectory(on=TODAY)
    assert [(one.committed, one.paid) for one in told.years] == [(90000, 40000), (0, 7000)]
    assert told.labels[0] == "2025/26"
    assert len(told.labels) == 8


def test_the_plan_to_a_day_is_a_share_of_its_year():
    first = date(2026, 4, 1)
    assert rules.planned_to(date(2027, 3, 31), starts_on=first) == 812_000_000
    assert rules.planned_to(first, starts_on=first) == round(812_000_000 / 365)
    assert rules.planned_to(date(2026, 3, 31), starts_on=first) is None
    assert rules.planned_to(date(2034, 4, 1), starts_on=first) is None


def test_what_is_paid_moves_from_spot_to_the_framework():
    post(
        paid(date(2026, 3, 3), 10, route=Route.SPOT),
        paid(date(2026, 4, 3), 20, route=Route.WAIVER),
        paid(date(2026, 5, 3), 30, route=Route.DIRECT_AWARD),
        paid(date(2026, 5, 4), 5, route=Route.BLOCK),
    )
    told = {(one.month, one.kind): one.paid for one in queries.switch_over(on=TODAY)}
    assert told[date(2026, 3, 1), "Spot purchase"] == 1000
    assert told[date(2026, 4, 1), "Spot purchase under a waiver"] == 2000
    assert told[date(2026, 5, 1), "Framework"] == 3500
    assert len({month for month, _ in told}) == 25


def test_three_whole_years_are_told_by_type():
    post(
        paid(date(2023, 4, 1), 10),
        paid(date(2024, 3, 31), 20, spend_line=SpendLine.ONLINE),
        paid(date(2026, 3, 31), 30),
        paid(date(2026, 4, 1), 99),
        paid(date(2023, 3, 31), 99),
    )
    told = [(one.line, one.year, one.paid) for one in queries.by_type(on=TODAY)]
    assert told == [
        (SpendLine.AP, "2023/24", 1000),
        (SpendLine.ONLINE, "2023/24", 2000),
        (SpendLine.AP, "2025/26", 3000),
    ]


def test_whose_support_was_paid_for_is_counted_once_a_year_whenever_it_began():
    post(
        paid(date(2024, 5, 1), 10, award_ref="A-1"),
        paid(date(2024, 6, 1), 10, award_ref="A-1"),
        paid(date(2024, 6, 1), 10, award_ref="A-2"),
        paid(date(2025, 3, 31), 10, award_ref="A-3", spend_line=SpendLine.ONLINE),
        paid(date(2025, 4, 1), 10, award_ref="A-1"),
        paid(date(2026, 4, 1), 10, award_ref="A-4"),
        promised(date(2024, 5, 1), 10, award_ref="A-5"),
    )
    assert queries.paid_for_by_type(on=TODAY) == {
        (SpendLine.AP, "2024/25"): 2,
        (SpendLine.ONLINE, "2024/25"): 1,
        (SpendLine.AP, "2025/26"): 1,
    }


def test_nobody_reads_what_one_child_who_began_earlier_cost():
    """Many have one kind of support; one child has another, which began years ago."""
    lines = [
        paid(date(year, 6, 1), each + number, award_ref=f"A-{number}")
        for year, each in ((2024, 100), (2025, 200))
        for number in range(9)
    ]
    lone = {"award_ref": "A-LONE", "spend_line": SpendLine.ONLINE}
    post(*lines, paid(date(2025, 6, 1), 7777, **lone))
    html = Client().get(reverse("public-spend")).content.decode()
    assert "Not shown: fewer than 5 children" in html
    assert "£936" in html  # a year in which many had it
    for amount in ("£7,777", "£1,836"):  # theirs, and the others' of that year
        assert amount not in html


def test_an_officer_accounts_for_a_part_of_the_gap_and_takes_it_out_again():
    officer = council_member()
    block = actions.add_block(
        words="Internships", pence=100_000_000, source="Business case", by=officer, at=NOW
    )
    assert [one.words for one in queries.bridge(person=officer)] == ["Internships"]
    actions.take_out_block(block_id=block.pk, by=officer, at=NOW)
    assert queries.bridge(person=officer) == []
    with pytest.raises(actions.NoSuchBlock):
        actions.take_out_block(block_id=block.pk, by=officer, at=NOW)


def test_nobody_accounts_for_more_than_the_gap():
    gap = 800_000_000 - 337_000_000
    given = {"words": "Growth", "source": "A guess", "by": council_member(), "at": NOW}
    actions.add_block(pence=gap, **given)
    with pytest.raises(actions.MoreThanTheGap):
        actions.add_block(pence=1, **given)


def test_a_provider_sees_no_bridge():
    actions.add_block(words="x", pence=1, source="y", by=SYSTEM, at=NOW)
    assert queries.bridge(person=member_of(organisation())) == []
