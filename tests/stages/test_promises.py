"""What providers promised in social value and said of the climate, and what they delivered."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.people import SYSTEM
from flsf.flows.release_round import release_round
from flsf.market.promises import actions, queries, rules
from flsf.market.promises.enums import Measure, Outcome, Standing, Tag
from flsf.market.promises.models import ClimatePlan, Promise, ValueReport
from flsf.market.promises.rules import Compared, NewPlan, NewReport
from flsf.market.providers.models import Provider
from flsf.shared.audit.models import AuditEntry
from tests import factories_applications
from tests.factories import NOW, TODAY, council_member, member_of
from tests.factories_applications import applicant
from tests.factories_evaluation import AFTER, decided, scene
from tests.factories_market import provider

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = date(2025, 9, 1)
JOBS, APPRENTICES, TRAINING = Measure
REPORT = NewReport(year=YEAR, amounts={JOBS: 2, TRAINING: 1}, evidence="Payroll of April.")


def promise(of, since=TODAY, **amounts):
    actions.promise(
        provider_id=of.pk, amounts={Measure(one): many for one, many in amounts.items()},
        since=since, made_in="A letter", by=SYSTEM, at=NOW,
    )  # fmt: skip


def report(of, at=NOW, by=None, **changed):
    return actions.report(
        provider_id=of.pk,
        report=replace(REPORT, **changed),
        by=by or member_of(of.organisation),
        at=at,
    )


def decide(one, outcome=Outcome.ACCEPTED, words="", by=None):
    return actions.decide(
        report_id=one.pk, outcome=outcome, words=words, by=by or council_member(), at=NOW
    )


def compared(of, year=YEAR):
    found = queries.compared([of.pk], year=year, person=council_member())[of.pk]
    return {one.measure: (one.promised, one.delivered, one.standing) for one in found}


# --- Rules ---


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_is_in_the_school_year_that_it_says(day):
    year = rules.year_of(day)
    assert (year.month, year.day) == (9, 1)
    assert year <= day <= rules.last_day(year)
    assert rules.last_day(year) + DAY == rules.year_of(rules.last_day(year) + DAY)


def test_a_school_year_is_written_as_people_write_it():
    assert rules.in_words(date(2025, 9, 1)) == "2025/26"
    assert rules.in_words(date(2099, 9, 1)) == "2099/00"


@pytest.mark.parametrize(
    ("promised", "delivered", "standing"),
    [
        (None, None, Standing.NOTHING),
        (0, None, Standing.NOTHING),
        (None, 0, Standing.NOTHING),
        (None, 2, Standing.MORE),
        (3, None, Standing.NOT_REPORTED),
        (3, 0, Standing.NOT_DELIVERED),
        (3, 2, Standing.IN_PART),
        (3, 3, Standing.DELIVERED),
        (3, 4, Standing.DELIVERED),
    ],
)
def test_what_was_delivered_beside_what_was_promised(promised, delivered, standing):
    assert Compared(JOBS, promised, delivered).standing is standing


NUMBERS = st.one_of(st.none(), st.integers(0, 9))


@given(st.lists(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=3), max_size=6))
def test_the_totals_are_what_a_sheet_adds_up_to(every):
    rows = [[Compared(one, *pair) for one, pair in zip(Measure, row, strict=True)] for row in every]
    for place, total in enumerate(rules.totals(rows)):
        column = [row[place] for row in every]
        assert total.measure is list(Measure)[place]
        assert total.promised == sum(promised or 0 for promised, _ in column)
        assert total.delivered == sum(delivered or 0 for _, delivered in column)
        promisers = [pair for pair in column if pair[0]]
        assert total.promisers == len(promisers)
        assert total.reported == sum(pair[1] is not None for pair in promisers)
        assert total.kept == sum(pair[1] is not None and pair[1] >= pair[0] for pair in promisers)


# --- Promises ---


def test_the_last_promise_by_the_years_last_day_counts_and_the_first_stays_on_record():
    of = provider()
    promise(of, jobs=2, training=1)
    promise(of, since=rules.last_day(YEAR), jobs=3)
    promise(of, since=rules.last_day(YEAR) + DAY, jobs=9, training=0)
    assert compared(of)[JOBS] == (3, None, Standing.NOT_REPORTED)
    assert compared(of)[TRAINING][0] == 1
    following = compared(of, rules.last_day(YEAR) + DAY)
    assert (following[JOBS][0], following[TRAINING][2]) == (9, Standing.NOTHING)
    made = queries.promises(of.pk, person=council_member())
    assert sorted(one.amount for one in made) == [0, 1, 2, 3, 9]
    assert {one.made_in for one in made} == {"A letter"}


@pytest.mark.parametrize(
    ("amounts", "made_in", "refusal"),
    [
        ({}, "A letter", actions.NothingPromised),
        ({JOBS: -1}, "A letter", actions.NumberNotSensible),
        ({JOBS: 10_001}, "A letter", actions.NumberNotSensible),
        ({JOBS: 1}, " ", actions.SourceMissing),
    ],
)
def test_a_promise_that_is_none_leaves_nothing(amounts, made_in, refusal):
    of = provider()
    with pytest.raises(refusal):
        actions.promise(
            provider_id=of.pk, amounts=amounts, since=TODAY, made_in=made_in, by=SYSTEM, at=NOW
        )
    assert not Promise.objects.exists()
    assert not AuditEntry.objects.filter(tag=Tag.PROMISED).exists()


# --- Climate ---


def test_the_last_plan_counts_with_its_day():
    of = provider()
    for days, words, by in ((0, "We walk.", None), (10, "We walk and share lifts.", 2030)):
        actions.tell_plan(
            provider_id=of.pk, plan=NewPlan(words=words, net_zero_by=by), told_in="Told",
            by=SYSTEM, at=NOW + days * DAY,
        )  # fmt: skip
    plan = queries.plans([of.pk], person=council_member())[of.pk]
    assert (plan.words, plan.net_zero_by, plan.told_on) == (
        "We walk and share lifts.",
        2030,
        TODAY + 10 * DAY,
    )
    assert (plan.is_in_time, replace(plan, net_zero_by=2031).is_in_time) == (True, False)
    assert not replace(plan, net_zero_by=None).is_in_time
    assert ClimatePlan.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "year", "refusal"),
    [
        (" ", None, actions.WordsMissing),
        ("We walk.", 2025, actions.YearNotSensible),
        ("We walk.", 2101, actions.YearNotSensible),
    ],
)
def test_a_plan_that_says_nothing_is_refused(words, year, refusal):
    with pytest.raises(refusal):
        actions.tell_plan(
            provider_id=provider().pk, plan=NewPlan(words=words, net_zero_by=year), told_in="Told",
            by=SYSTEM, at=NOW,
        )  # fmt: skip
    assert not ClimatePlan.objects.exists()


# --- Reports ---


def test_a_report_counts_once_it_is_accepted_and_the_last_one_says_the_whole_year():
    of = provider()
    promise(of, jobs=3, training=1)
    first = report(of)
    assert compared(of)[JOBS] == (3, None, Standing.NOT_REPORTED)
    decide(first)
    assert compared(of)[JOBS] == (3, 2, Standing.IN_PART)
    decide(report(of, at=NOW + DAY, amounts={JOBS: 3}))
    assert compared(of)[JOBS] == (3, 3, Standing.DELIVERED)
    assert compared(of)[TRAINING] == (1, 0, Standing.NOT_DELIVERED)
    assert compared(of, date(2024, 9, 1))[JOBS][1] is None


def test_a_report_sent_back_counts_for_nothing_and_another_may_follow():
    of, officer = provider(), council_member()
    decide(report(of), Outcome.SENT_BACK, "Whose payroll?", by=officer)
    assert compared(of)[JOBS][1] is None
    report(of, evidence="Ours, of April.")
    told, waiting = sorted(queries.reports(person=officer), key=lambda one: one.outcome is None)
    assert (told.outcome, told.words, told.decided_by) == (
        Outcome.SENT_BACK,
        "Whose payroll?",
        officer.name,
    )
    assert [one.id for one in queries.reports(person=officer, waiting_only=True)] == [waiting.id]


@pytest.mark.parametrize(
    ("changed", "by", "refusal"),
    [
        ({}, SYSTEM, actions.NeedsAPerson),
        ({"amounts": {JOBS: -1}}, None, actions.NumberNotSensible),
        ({"evidence": " "}, None, actions.EvidenceMissing),
        ({"year": date(2026, 9, 1)}, None, actions.YearToCome),
    ],
)
def test_a_report_that_makes_no_sense_leaves_nothing(changed, by, refusal):
    with pytest.raises(refusal):
        report(provider(), by=by, **changed)
    assert not ValueReport.objects.exists()


def test_a_report_waits_once_and_is_decided_once():
    of = provider()
    one = report(of)
    with pytest.raises(actions.StillWaiting):
        report(of)
    with pytest.raises(actions.NeedsAPerson):
        decide(one, by=SYSTEM)
    with pytest.raises(actions.ReasonMissing):
        decide(one, Outcome.SENT_BACK, " ")
    decide(one)
    with pytest.raises(actions.AlreadyDecided):
        decide(one, Outcome.SENT_BACK, "Too late.")
    assert AuditEntry.objects.filter(tag=Tag.ACCEPTED).count() == 1


@pytest.mark.parametrize(
    "broken", [{"evidence": ""}, {"outcome": "accepted"}, {"words": "Left over."}]
)
def test_the_database_keeps_no_report_that_is_half_decided(broken):
    one = report(provider())
    with pytest.raises(IntegrityError), transaction.atomic():
        ValueReport.objects.filter(pk=one.pk).update(**broken)


def test_a_provider_sees_its_own_and_nobody_elses():
    mine, other = provider(), provider()
    for of in (mine, other):
        promise(of, jobs=1)
        decide(report(of))
        actions.tell_plan(
            provider_id=of.pk, plan=NewPlan(words="We walk."), told_in="T", by=SYSTEM, at=NOW
        )
    person, ids = member_of(mine.organisation), [mine.pk, other.pk]
    assert {one.provider_id for one in queries.reports(person=person)} == {mine.pk}
    assert set(queries.plans(ids, person=person)) == {mine.pk}
    assert queries.promised(ids, year=YEAR, person=person)[other.pk] == {}
    assert queries.promises(other.pk, person=person) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_end_with_one_decision():
    one, people = report(provider()), [council_member(), council_member()]
    ended = []

    def run(by):
        try:
            decide(one, by=by)
            ended.append("decided")
        except actions.AlreadyDecided:
            ended.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=run, args=[by]) for by in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(ended) == ["decided", "refused"]


# --- From applying ---


def test_what_an_accepted_applicant_promised_is_kept_in_numbers(monkeypatch):
    said = {
        "social-value": ["jobs", "training"], "promise-jobs": ["2"], "promise-training": ["12"],
        "climate": ["We walk to every child."],
    }  # fmt: skip
    for code, typed in said.items():
        monkeypatch.setitem(factories_applications.CHARITY, code, typed)
    at = scene()
    known = provider("Kind Steps of old")
    promise(known, jobs=2)
    decided(at, applicant())
    decided(at, applicant(known.organisation))
    release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    ids = {one.name: one.pk for one in Provider.objects.all()}
    year = rules.year_of(AFTER.date())
    found = queries.promised(ids.values(), year=year, person=at.director)
    assert found == {pk: {JOBS: 2, TRAINING: 12} for pk in ids.values()}
    # What was promised already is not said again.
    assert Promise.objects.filter(provider=known, measure=JOBS).count() == 1
    assert Promise.objects.get(provider=ids["Kind Steps"], measure=JOBS).made_in.startswith("Appl")
    plans = queries.plans(ids.values(), person=at.director)
    assert {one.words for one in plans.values()} == {"We walk to every child."}
