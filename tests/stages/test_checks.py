from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.people import SYSTEM
from flsf.market.checks import actions, queries, rules
from flsf.market.checks.enums import Outcome, Standing, Step, Theme
from flsf.market.checks.models import Evidence
from flsf.market.checks.rules import DEFAULT_CHECKS, NewCheck
from flsf.market.providers.enums import ProviderKind
from tests.factories import NOW, TODAY, council_member
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


# --- How long evidence may hold, and gaps ---

DAY = timedelta(days=1)


def saying(of, *, first=TODAY, last):
    if not queries.every().exists():
        require()
    return {
        "provider_id": of.pk,
        "code": A_CHECK.code,
        "number": "N-1",
        "holds_from": first,
        "expires_on": last,
        "by": council_member(),
        "at": NOW,
    }


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (TODAY, date(2029, 5, 15)),
        (date(2015, 1, 1), date(2029, 5, 15)),
        (TODAY + 30 * DAY, date(2029, 6, 14)),
        (date(9990, 1, 1), None),
    ],
)
def test_evidence_holds_for_three_years_at_most(first, last):
    of = provider()
    if last is not None:
        actions.see_evidence(**saying(of, first=first, last=last))
        actions.tell(**saying(of, first=first, last=last))
    beyond = last + DAY if last else date(9999, 12, 31)
    for act in (actions.see_evidence, actions.tell):
        with pytest.raises(actions.HoldsTooLong, match="looked at again after 3 years at most"):
            act(**saying(of, first=first, last=beyond))
    assert Evidence.objects.count() == (last is not None)


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


@given(first=DAYS, on=DAYS, years=st.integers(min_value=1, max_value=5))
def test_the_last_day_taken_is_never_further_than_a_year_and_the_years(first, on, years):
    last = rules.last_day_taken(first, on=on, most_years=years)
    assert last >= date(on.year + years, on.month, min(on.day, 28))
    assert last <= date(on.year + years + 1, on.month, min(on.day, 28)) + 3 * DAY


@given(
    spans=st.lists(st.tuples(DAYS, st.integers(min_value=0, max_value=900)), max_size=6),
    on=DAYS,
)
def test_evidence_lapses_on_the_last_day_before_the_first_without_any(spans, on):
    of = [(first, first + days * DAY) for first, days in spans]
    found = rules.lapses(of, on=on)

    def holds(day):
        return any(first <= day <= last for first, last in of)

    begun = [last for first, last in of if first <= on]
    if not begun:
        assert found is None
    elif holds(on):
        assert holds(found)
        assert not holds(found + DAY)
        assert all(any(f <= edge + DAY <= u for f, u in of) for _, edge in of if on <= edge < found)
    else:
        assert found == max(begun) < on


def test_evidence_that_begins_after_a_gap_silences_no_reminder():
    require()
    of, other = provider("Heron Trust"), provider("Otter")
    for one, gap in ((of, 60 * DAY), (other, DAY)):
        actions.see_evidence(**saying(one, first=TODAY - 400 * DAY, last=TODAY))
        actions.see_evidence(**saying(one, first=TODAY + gap, last=TODAY + 400 * DAY))
    [due] = queries.reminders_due(TODAY)
    assert (due.provider_id, due.expires_on) == (of.pk, TODAY)
    [soon] = queries.expiring(TODAY, within_days=30)
    assert (soon.provider_id, soon.expires_on) == (of.pk, TODAY)
    [lapsed] = queries.reminders_due(TODAY + DAY)
    assert (lapsed.provider_id, lapsed.step) == (of.pk, Step.LAPSED)


def test_what_was_told_stands_in_the_order_in_which_it_was_told():
    require()
    of = provider()
    first = actions.tell(**saying(of, last=TODAY + 20 * DAY))
    actions.settle_told(
        told_id=first.pk, outcome=Outcome.SENT_BACK, words="Page 2 is missing.",
        by=council_member(), at=NOW,
    )  # fmt: skip
    second = actions.tell(**saying(of, last=TODAY + 20 * DAY) | {"at": NOW + DAY})
    found = queries.told(person=SYSTEM, provider_id=of.pk)
    assert [one.id for one in found] == [second.pk, first.pk]
    actions.settle_told(
        told_id=second.pk, outcome=Outcome.ACCEPTED, by=council_member(), at=NOW + DAY
    )
    found = queries.told(person=SYSTEM, provider_id=of.pk)
    assert [one.id for one in found] == [first.pk, second.pk]
