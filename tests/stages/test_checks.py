from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.people import SYSTEM
from flsf.market.checks import actions, queries, rules
from flsf.market.checks.enums import Standing, Theme
from flsf.market.checks.models import Evidence
from flsf.market.checks.rules import DEFAULT_CHECKS, NewCheck
from flsf.market.providers.enums import ProviderKind
from tests.factories import NOW, TODAY
from tests.factories_market import A_CHECK, all_shown, provider, require, shown

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
EMPLOYERS = NewCheck(
    "employers", "Employers' liability", Theme.LEGAL, "1969 Act", sole_traders_exempt=True
)


def standing(of, on=TODAY, code=A_CHECK.code):
    return {one.code: one.standing for one in queries.standings([of.pk], on=on)[of.pk]}[code]


def test_the_usual_checks_cover_every_theme_and_are_laid_down_once():
    made = actions.require_many(needed_from=TODAY, by=SYSTEM, at=NOW)
    assert [one.code for one in made] == [one.code for one in DEFAULT_CHECKS]
    assert {one.theme for one in DEFAULT_CHECKS} == set(Theme)
    with pytest.raises(actions.AlreadyRequired):
        actions.require_many(needed_from=TODAY, by=SYSTEM, at=NOW)


def test_a_check_lapses_the_day_after_its_last_day():
    of = provider()
    require()
    shown(of, until=TODAY + 61 * DAY)
    assert standing(of) == Standing.IN_DATE
    assert standing(of, TODAY + DAY) == Standing.DUE_SOON
    assert standing(of, TODAY + 61 * DAY) == Standing.DUE_SOON
    assert standing(of, TODAY + 62 * DAY) == Standing.OVERDUE
    assert queries.in_date_ids(TODAY + 61 * DAY) == {of.pk}
    assert queries.in_date_ids(TODAY + 62 * DAY) == frozenset()


def test_nothing_is_needed_before_its_day_or_of_those_it_spares():
    company, sole = provider(), provider(kind=ProviderKind.SOLE_TRADER)
    require(EMPLOYERS, needed_from=TODAY)
    assert standing(company, TODAY - DAY, "employers") == Standing.NOT_NEEDED
    assert standing(company, TODAY, "employers") == Standing.OVERDUE
    assert standing(sole, TODAY, "employers") == Standing.NOT_NEEDED
    assert queries.in_date_ids(TODAY - DAY) == {company.pk, sole.pk}
    assert queries.in_date_ids(TODAY) == {sole.pk}
    assert queries.overdue_ids(TODAY) == {company.pk}


def test_evidence_not_yet_in_force_does_not_count():
    of = provider()
    require()
    shown(of, since=TODAY + DAY)
    assert standing(of) == Standing.OVERDUE
    assert queries.in_date_ids(TODAY) == frozenset()


def test_the_longest_lasting_evidence_stands():
    of = provider()
    require()
    shown(of, until=TODAY + 200 * DAY)
    shown(of, until=TODAY + 10 * DAY)
    assert standing(of) == Standing.IN_DATE
    assert queries.expiring(TODAY, within_days=30) == []
    assert [one.expires_on for one in queries.expiring(TODAY, within_days=200)] == [
        TODAY + 200 * DAY
    ]


def test_evidence_refused():
    of = provider()
    require()
    with pytest.raises(actions.NoSuchCheck):
        shown(of, "no-such-thing")
    with pytest.raises(actions.DatesOutOfOrder):
        shown(of, since=TODAY, until=TODAY - DAY)
    shown(of)
    with pytest.raises(IntegrityError):
        Evidence.objects.update(expires_on=date(2000, 1, 1))


def test_standings_take_the_same_questions_for_one_provider_and_three(
    django_assert_num_queries,
):
    require()
    for some in ([provider()], [provider() for _ in range(3)]):
        for one in some:
            shown(one)
        with django_assert_num_queries(3):
            queries.standings([one.pk for one in some], on=TODAY)
        with django_assert_num_queries(4):
            queries.in_date_ids(TODAY)


def test_the_set_of_those_in_date_agrees_with_each_ones_standings():
    require()
    require(EMPLOYERS)
    kinds = (ProviderKind.COMPANY, ProviderKind.SOLE_TRADER)
    everyone = [provider(kind=kind) for kind in kinds for _ in range(4)]
    for number, one in enumerate(everyone):
        if number % 4 in (0, 1):
            shown(one)
        if number % 4 in (1, 2):
            shown(one, "employers", until=TODAY)
    for day in (TODAY, TODAY + DAY):
        one_by_one = {
            pk
            for pk, rows in queries.standings([one.pk for one in everyone], on=day).items()
            if all(row.standing != Standing.OVERDUE for row in rows)
        }
        assert queries.in_date_ids(day) == one_by_one
    all_shown(everyone[3])
    assert everyone[3].pk in queries.in_date_ids(TODAY)


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(on=days, needed_from=days, expires_on=st.none() | days, is_exempt=st.booleans())
def test_overdue_means_needed_and_not_held_on_the_day(on, needed_from, expires_on, is_exempt):
    told = rules.standing(
        expires_on=expires_on, needed_from=needed_from, is_exempt=is_exempt, on=on
    )
    needed = not is_exempt and needed_from <= on
    held = expires_on is not None and expires_on >= on
    assert (told == Standing.NOT_NEEDED) == (not needed)
    assert (told == Standing.OVERDUE) == (needed and not held)
    if told == Standing.DUE_SOON:
        assert 0 <= (expires_on - on).days <= 60
