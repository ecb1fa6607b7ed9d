"""Policies read and guidance judged against: by whom, beside what, and until when (S109, S111)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.people import SYSTEM
from flsf.market.reviews import actions, queries, rules
from flsf.market.reviews.enums import Outcome, Standing, Subject, Tag
from flsf.market.reviews.models import ProviderReview
from flsf.market.reviews.rules import NewReview
from flsf.shared.audit import queries as audit
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_market import provider

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FOUND = NewReview(
    subject=Subject.SAFEGUARDING,
    outcome=Outcome.MEETS,
    words="Names its lead and the front door.",
    reviewed_on=TODAY,
    next_on=date(2026, 9, 30),
)


def record(of, by=None, at=NOW, **changed):
    return actions.record(
        provider_id=of.pk, review=replace(FOUND, **changed), by=by or council_member(), at=at
    )


def stands(of, subject=Subject.SAFEGUARDING, on=TODAY):
    return queries.reviewed([of.pk], person=council_member(), on=on)[of.pk][subject]


def edition(since, subject=Subject.KCSIE, **more):
    said = {"edition": "September 2026", "source": "GOV.UK"} | more
    return actions.add_edition(subject=subject, in_force_from=since, by=SYSTEM, at=NOW, **said)


# --- Rules ---


@pytest.mark.parametrize(
    ("reviewed_on", "last"),
    [
        (date(2026, 5, 15), date(2026, 9, 30)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 9, 1), date(2027, 9, 30)),
        (date(2026, 12, 31), date(2027, 9, 30)),
    ],
)
def test_what_rests_on_keeping_children_safe_is_looked_at_each_september(reviewed_on, last):
    for subject in (Subject.SAFEGUARDING, Subject.KCSIE):
        assert rules.latest_next(subject, reviewed_on) == last


@given(DAYS, st.sampled_from(list(Subject)))
def test_the_next_review_is_the_first_that_a_walk_through_the_calendar_finds(day, subject):
    """Another way of working it out: a day at a time."""
    is_yearly = subject not in rules.EACH_SEPTEMBER
    walked = day + (300 if is_yearly else 1) * DAY
    sought = (day.month, day.day) if is_yearly else (9, 1)
    sought = (3, 1) if sought == (2, 29) else sought
    while (walked.month, walked.day) != sought:
        walked += DAY
    last = walked if is_yearly else walked + 29 * DAY
    assert rules.latest_next(subject, day) == last


@given(DAYS, st.one_of(st.none(), DAYS), st.integers(1, 90))
def test_a_newer_edition_brings_the_day_forward_and_never_back(next_on, newer, days):
    due = rules.due_on(next_on, newer, days=days)
    assert due <= next_on
    if newer is not None:
        assert due == next_on or due == newer + days * DAY


@pytest.mark.parametrize(
    ("outcome", "left", "standing"),
    [
        (None, 100, Standing.NEVER),
        (Outcome.MEETS, 31, Standing.IN_DATE),
        (Outcome.MEETS, 30, Standing.DUE_SOON),
        (Outcome.MEETS, 0, Standing.DUE_SOON),
        (Outcome.MEETS, -1, Standing.OVERDUE),
        (Outcome.CHANGES, 100, Standing.CHANGES),
        (Outcome.NOT_MET, 0, Standing.CHANGES),
        (Outcome.CHANGES, -1, Standing.OVERDUE),
    ],
)
def test_how_a_provider_stands(outcome, left, standing):
    assert rules.standing(outcome, TODAY + left * DAY, on=TODAY) is standing


# --- What is recorded ---


def test_a_review_says_by_whom_beside_what_and_until_when():
    of, checker = provider(), council_member()
    assert stands(of).standing is Standing.NEVER
    record(of, by=checker)
    found = stands(of)
    assert (found.standing, found.reviewed_by) == (Standing.IN_DATE, checker.name)
    assert (found.against, found.newer) == (
        "Keeping children safe in education, September 2025",
        "",
    )
    assert (found.reviewed_on, found.due_on) == (TODAY, date(2026, 9, 30))
    entry = audit.history_of(f"provider {of.ref}", person=checker).get(tag=Tag.REVIEWED)
    assert entry.details == {"subject": "safeguarding", "outcome": "meets"}


def test_a_new_edition_asks_for_a_fresh_review_and_the_old_one_keeps_its_own():
    of = provider()
    record(of, subject=Subject.ALTERNATIVE, next_on=TODAY + 300 * DAY)
    edition(TODAY + 10 * DAY, Subject.ALTERNATIVE, edition="May 2026")
    assert stands(of, Subject.ALTERNATIVE).standing is Standing.IN_DATE
    for days, standing in (
        (10, Standing.DUE_SOON),
        (40, Standing.DUE_SOON),
        (41, Standing.OVERDUE),
    ):
        found = stands(of, Subject.ALTERNATIVE, on=TODAY + days * DAY)
        assert (found.standing, found.due_on) == (standing, TODAY + 40 * DAY)
        assert found.against == "Arranging alternative provision, February 2025"
        assert found.newer == "Arranging alternative provision, May 2026"
    later = NOW + 20 * DAY
    record(of, at=later, subject=Subject.ALTERNATIVE, reviewed_on=later.date(),
           next_on=later.date() + 300 * DAY)  # fmt: skip
    assert stands(of, Subject.ALTERNATIVE, on=later.date()).newer == ""


def test_the_latest_review_counts_and_a_policy_beside_no_guidance_names_none():
    of = provider()
    record(of, subject=Subject.COMPLAINTS, outcome=Outcome.NOT_MET, reviewed_on=TODAY - 9 * DAY)
    record(of, subject=Subject.COMPLAINTS, next_on=TODAY + 365 * DAY)
    found = stands(of, Subject.COMPLAINTS)
    assert (found.standing, found.against, found.newer) == (Standing.IN_DATE, "", "")


@pytest.mark.parametrize(
    ("changed", "by", "refusal"),
    [
        ({}, SYSTEM, actions.NeedsAPerson),
        ({"words": "  "}, None, actions.WordsMissing),
        ({"reviewed_on": TODAY + DAY}, None, actions.ReviewedLater),
        ({"next_on": TODAY}, None, actions.NextTooEarly),
        ({"next_on": date(2026, 10, 1)}, None, actions.NextTooLate),
        (
            {"subject": Subject.RISK, "next_on": TODAY + 366 * DAY},
            None,
            actions.NextTooLate,
        ),
        (
            {"reviewed_on": date(2024, 8, 31), "next_on": date(2024, 9, 30)},
            None,
            actions.NoEditionHeld,
        ),
    ],
)
def test_what_is_refused_leaves_nothing(changed, by, refusal):
    of = provider()
    with pytest.raises(refusal):
        record(of, by=by, **changed)
    assert not ProviderReview.objects.exists()
    assert not AuditEntry.objects.filter(tag=Tag.REVIEWED).exists()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"subject": Subject.RISK}, actions.NotGuidance),
        ({"edition": " "}, actions.NameMissing),
        ({"source": ""}, actions.NameMissing),
        ({"since": date(2025, 9, 1)}, actions.KnownAlready),
        ({"since": TODAY + timedelta(days=732)}, actions.TooFarAhead),
    ],
)
def test_an_edition_is_of_guidance_has_a_name_and_comes_once(changed, refusal):
    with pytest.raises(refusal):
        edition(**({"since": date(2026, 9, 1)} | changed))


def test_the_day_too_late_is_said_with_the_last_that_is_taken():
    with pytest.raises(actions.NextTooLate) as told:
        record(provider(), next_on=date(2027, 1, 1))
    assert str(told.value).startswith("Enter a day up to 30 September 2026")


@pytest.mark.parametrize("column", ["words", "next_on"])
def test_the_database_keeps_no_review_without_words_or_a_day_to_come(column):
    made = record(provider())
    with pytest.raises(IntegrityError), transaction.atomic():
        ProviderReview.objects.filter(pk=made.pk).update(
            **{column: "" if column == "words" else made.reviewed_on}
        )


def test_a_provider_sees_its_own_and_nobody_elses():
    mine, other = provider(), provider()
    for one in (mine, other):
        record(one)
    found = queries.reviewed([mine.pk, other.pk], person=member_of(mine.organisation), on=TODAY)
    assert found[mine.pk][Subject.SAFEGUARDING].reviewed_by
    assert found[other.pk][Subject.SAFEGUARDING].standing is Standing.NEVER


def test_three_providers_cost_as_many_queries_as_one(django_assert_num_queries):
    person = council_member()
    assert person.reach.whole_council  # asked for before the count
    ids = [provider().pk for _ in range(3)]
    for some in (ids[:1], ids):
        with django_assert_num_queries(3):
            queries.reviewed(some, person=person, on=TODAY)
