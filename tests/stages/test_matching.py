"""Services are read from the tables, ranked, frozen as they were seen and worked out again."""

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from flsf.casework.children.enums import SenStage
from flsf.casework.matching import actions, queries, rules
from flsf.casework.matching.enums import RuleId
from flsf.casework.matching.models import RuleSet, Shortlist
from flsf.casework.matching.rules import Numbers, RuleBook
from flsf.casework.timetable import actions as timetable
from flsf.casework.timetable import queries as weeks
from flsf.casework.timetable.rules import Booked
from flsf.core.access import Access
from flsf.core.geo import Point
from flsf.core.needs import Need
from flsf.core.people import SYSTEM
from flsf.flows.exclude import decide_case, settle_match
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find_admissions
from flsf.market.admissions.actions import NewVisit
from flsf.market.admissions.enums import VisitOutcome
from flsf.market.admissions.models import Admission
from flsf.market.agreements import actions as agreements
from flsf.market.exclusions.enums import Bar, CaseStatus
from flsf.market.providers.enums import Mode, ServiceStatus
from flsf.market.providers.rules import NewSite
from flsf.shared.accounts.enums import Role
from tests import factories, factories_exclusions, factories_market
from tests.factories import NOW, TODAY
from tests.factories_matching import TWO_MORNINGS, child, referral, scene, service
from tests.oracles import matching as oracle
from tests.stages.test_matching_oracle import OLD

pytestmark = pytest.mark.django_db


def rank(of, on=TODAY, **more):
    return queries.rank(of.pk, on=on, **more)


def why_not(match, service):
    return match.failed(match.place_of(service.ref))


def test_a_service_that_fits_is_ranked_and_says_why():
    at = scene()
    match = rank(at.referral)
    place = match.place_of(at.service.ref)
    assert match.rank_of(place) == 1
    said = rules.why_it_fits(place, match.question, match.columns)
    assert said == [
        "Meets: Autism",
        "Free on Monday morning and Tuesday morning",
        "Can start on 22 May 2026 or sooner than asked",
        "0.6 miles in a straight line",
        "Works with ages 5 to 18",
        "One to one",
        "Checks in date",
    ]


FAR = NewSite("Far", "ZZ9 9ZZ", Point(420_000, 280_000))

# What is different about the service, what about the request, and the one reason it gives.
ONE_REASON = [
    (RuleId.OPEN, {"status": ServiceStatus.FULL}, {}),
    (RuleId.OPEN, {"closed_from": date(2026, 6, 8)}, {}),
    (RuleId.AGE, {"lowest_age": 16, "highest_age": 18}, {}),
    (RuleId.NEED, {"needs_mask": Need.HI.bit}, {}),
    (RuleId.MODE, {}, {"modes": frozenset({Mode.ONLINE})}),
    (RuleId.HALF_DAYS, {"places": {0: 2, 1: 2}}, {}),
    (RuleId.START, {"days_to_start": 30}, {}),
    (RuleId.START, {"first_start_on": date(2026, 6, 9)}, {}),
    (RuleId.DISTANCE, {"site": FAR}, {"most_metres": 29_000}),
    (RuleId.PRICE, {"rates": ()}, {}),
    (RuleId.PRICE, {"rates": ((date(2026, 6, 9), 4000),)}, {}),
    (RuleId.REGISTRATION, {}, {"half_days_mask": 0b1111111111}),
]


@pytest.mark.parametrize(("rule", "different", "asked"), ONE_REASON)
def test_every_rule_leaves_a_service_out_and_says_so(rule, different, asked):
    at = scene()
    of = child(sen_stage=SenStage.EHCP) if rule is RuleId.REGISTRATION else at.child
    made = service(at.lot, **different)
    match = rank(referral(of, **asked))
    assert why_not(match, made) == [rule]
    [said] = rules.why_not(match.place_of(made.ref), rule.bit, match.question, match.columns)
    assert said.words
    assert "None" not in said.words


def test_a_provider_not_in_the_pool_or_with_a_lapsed_check_is_left_out():
    at = scene()
    stranger = factories_market.provider()
    factories_market.all_shown(stranger)
    match = rank(at.referral)
    assert why_not(match, at.service) == []
    made = service(at.lot, stranger)
    factories_market.require()
    match = rank(at.referral)
    assert why_not(match, made) == [RuleId.ADMITTED, RuleId.CHECKS, RuleId.AGREEMENT]
    assert why_not(match, at.service) == [RuleId.CHECKS]
    said = rules.why_not(match.place_of(at.service.ref), RuleId.CHECKS.bit, *_asked(match))
    assert said[0].words == ("Not in date today and on 8 June 2026: Public liability insurance")
    factories_market.shown(at.service.provider, until=date(2026, 6, 7))
    assert why_not(rank(at.referral), at.service) == [RuleId.CHECKS]  # not on the first day
    factories_market.shown(at.service.provider, until=date(2026, 6, 8))
    match = rank(at.referral)
    assert why_not(match, at.service) == []
    place = match.place_of(at.service.ref)
    flags = rules.flags(place, *_asked(match))
    assert "A check runs out on 8 June 2026: ask for the new one" in rules.warnings(
        flags, place, *_asked(match)
    )


def _asked(match):
    return match.question, match.columns


def test_what_the_child_needs_to_take_part_is_asked_of_the_place():
    at = scene()
    of = child(access=frozenset({Access.STEP_FREE}))
    stepless = service(at.lot, access_mask=Access.STEP_FREE.bit)
    match = rank(referral(of))
    assert why_not(match, at.service) == [RuleId.ACCESS]
    assert why_not(match, stepless) == []


def test_places_taken_are_not_free_and_a_busy_child_is_not_sent_twice():
    at = scene()
    full = service(at.lot, places={0: 1, 1: 1, 2: 1, 3: 1})
    hold = {"half_days_mask": 0b1, "minutes": 150, "since": TODAY, "until": None}
    timetable.hold(
        child_id=child().pk, service_id=full.pk, award_ref="A-1", **hold, by=SYSTEM, at=NOW
    )
    assert why_not(rank(at.referral), full) == [RuleId.HALF_DAYS]
    assert why_not(rank(at.referral, half_days_needed=1), full) == []
    timetable.hold(
        child_id=at.child.pk, service_id=at.service.pk, award_ref="A-2", **hold, by=SYSTEM, at=NOW
    )
    match = rank(at.referral)
    assert (match.question.half_days, match.question.half_days_needed) == (0b100, 1)
    assert why_not(match, full) == []


def test_near_misses_fit_but_for_one_rule():
    at = scene()
    late = service(at.lot, days_to_start=30)
    worse = service(at.lot, days_to_start=30, needs_mask=Need.HI.bit)
    near = [rank(at.referral).columns.refs[one] for one in rank(at.referral).result.near]
    assert late.ref in near
    assert worse.ref not in near


def test_a_day_wanted_that_has_passed_is_as_soon_as_possible():
    at = scene(start_wanted_on=date(2026, 5, 1))
    match = rank(at.referral)
    assert not match.question.start_wanted
    assert why_not(match, at.service) == []


def test_the_tables_and_the_oracle_agree():
    at = scene()
    for number in range(6):
        service(at.lot, days_to_start=number * 5, largest_group=number + 1)
    match = rank(at.referral)
    asked = rules.Asked(
        seed=at.referral.ref, birth_date=at.child.birth_date, needs=1, main_need=1,
        easting=390_000, northing=280_000, half_days=TWO_MORNINGS,
        start_wanted_on=at.referral.start_wanted_on,
    )  # fmt: skip
    calendar = [TODAY + timedelta(days=ahead) for ahead in range(300)]
    answer = oracle.answer(
        queries.world(TODAY),
        asked,
        today=TODAY,
        school_days=[day for day in calendar if day.toordinal() in set(match.question.earliest)],
        numbers=Numbers(18, 15, 5),
        weights={"need-fit": 40, "start": 20, "distance": 20, "price": 10, "group": 10},
    )
    refs = [match.columns.refs[place] for place in match.result.ranked]
    assert refs == [ref for ref, _ in answer["ranked"]]
    assert match.result.totals.tolist() == [points["total"] for _, points in answer["ranked"]]


def test_as_many_queries_for_one_service_as_for_many():
    at = scene()
    with CaptureQueriesContext(connection) as once:
        rank(at.referral)
    for _ in range(4):
        service(at.lot)
    with CaptureQueriesContext(connection) as again:
        rank(at.referral)
    with CaptureQueriesContext(connection) as kept:
        rank(at.referral)
    assert (len(once), len(again)) == (25, 25)
    assert len(kept) == 8  # the services are not read again until something changes


def test_a_change_of_anything_that_matters_is_seen_at_once():
    at = scene()
    assert why_not(rank(at.referral), at.service) == []
    factories_market.suspended(factories_market.provider(), in_lot=at.lot)
    at.service.provider.is_local = False
    at.service.provider.save()
    match = rank(at.referral)
    assert not match.columns.is_local[match.place_of(at.service.ref)]


def test_what_was_seen_is_frozen_and_can_be_worked_out_again():
    at = scene()
    service(at.lot, days_to_start=30)
    kept = actions.freeze(match=rank(at.referral), by=at.caseworker, at=NOW)
    assert [one["ref"] for one in kept.result["ranked"]] == [at.service.ref]
    assert kept.result["counts"]["start"] == 1
    assert queries.replay(kept.ref)
    # Whatever changes later, what was seen stays as it was seen.
    service(at.lot)
    assert queries.replay(kept.ref)


def test_a_shortlist_that_was_tampered_with_is_found_out():
    kept = actions.freeze(match=rank(scene().referral), by=SYSTEM, at=NOW)
    kept.result["ranked"] = []
    Shortlist.objects.filter(pk=kept.pk).update(result=kept.result)
    assert not queries.replay(kept.ref)


def test_new_rules_begin_when_they_say_and_old_shortlists_keep_theirs():
    at = scene()
    kept = actions.freeze(match=rank(at.referral), by=SYSTEM, at=NOW)
    content = queries.rules_in_force(TODAY).content
    content["terms"][0]["weight"] = 1
    with pytest.raises(actions.RulesInThePast):
        actions.publish(content=content, in_force_from=TODAY - timedelta(days=1), by=SYSTEM, at=NOW)
    made = actions.publish(content=content, in_force_from=date(2026, 6, 1), by=SYSTEM, at=NOW)
    assert made.version == 4
    assert queries.rules_in_force(TODAY).version == 3
    assert queries.rules_in_force(date(2026, 6, 1)).version == 4
    assert queries.replay(kept.ref)
    del content["terms"][0]
    with pytest.raises(rules.NotOurRules):
        actions.publish(content=content, in_force_from=TODAY, by=SYSTEM, at=NOW)


def test_nothing_about_who_the_child_is_reaches_the_question():
    assert {one.name for one in fields(rules.Question)} == {
        *("seed", "today", "starts_on", "start_wanted", "ends_on", "lot", "age", "needs"),
        *("main_need", "access", "modes", "half_days", "half_days_needed", "minutes"),
        *("easting", "northing", "most_metres", "earliest", "of_school_age", "plan_or_care"),
        *(
            "minutes_with",
            "minutes_in_all",
            "has_other_education",
            "full_time_minutes",
            "warning_minutes",
        ),
        "most_children",
    }


def test_nobody_is_first_every_time():
    at = scene()
    twin = service(at.lot)
    of = child()
    firsts = {
        match.columns.refs[match.result.ranked[0]]
        for match in (rank(referral(of)) for _ in range(12))
    }
    assert firsts == {at.service.ref, twin.ref}


def test_unknown_distance_is_said_and_leaves_nobody_out():
    at = scene(most_metres=100)
    nowhere = service(at.lot, site=NewSite("New", "ZZ8 8ZZ", None))
    match = rank(at.referral)
    assert why_not(match, nowhere) == []
    place = match.place_of(nowhere.ref)
    assert "We do not know how far this is: check the journey" in rules.warnings(
        rules.flags(place, *_asked(match)), place, *_asked(match)
    )


def test_places_of_every_half_day_are_the_timetables_own():
    at = scene()
    random = Random(3)
    others = [child() for _ in range(5)]
    for number, one in enumerate(others):
        since = TODAY + timedelta(days=random.randint(0, 60))
        timetable.book_many(
            bookings=[
                Booked(
                    child_id=one.pk, service_id=at.service.pk, award_ref=f"A-{number}",
                    half_days_mask=random.randrange(1024), minutes=150, since=since,
                    until=since + timedelta(days=random.randint(0, 60)),
                )
            ],
            by=SYSTEM,
            at=NOW,
        )  # fmt: skip
    match = rank(at.referral)
    first, last = (
        date.fromordinal(one) for one in (match.question.starts_on, match.question.ends_on)
    )
    free = weeks.free_half_days(at.service.pk, since=first, until=last)
    assert int(match.columns.free[match.place_of(at.service.ref)]) == free


def test_a_framework_that_has_ended_ranks_nobody():
    at = scene()
    after = date(2029, 4, 2)
    assert why_not(rank(at.referral, on=after), at.service)[0] is RuleId.ADMITTED


# --- What the shortlist must know of the provider ---


def limited(at, most=1):
    ids = Admission.objects.filter(provider=at.service.provider).values_list("pk", flat=True)
    admissions.limit(
        admission_ids=list(ids), most_children=most, reason="New.", by=at.director, at=NOW
    )


def taken(at, by, since=TODAY, until=None):
    timetable.hold(
        child_id=by.pk, service_id=at.service.pk, award_ref=f"A-{by.pk}", half_days_mask=0b1000,
        minutes=150, since=since, until=until, by=SYSTEM, at=NOW,
    )  # fmt: skip


def test_a_provider_at_its_limit_is_left_out_and_says_so():
    at = scene()
    limited(at)
    assert why_not(rank(at.referral), at.service) == []
    taken(at, child())
    match = rank(at.referral)
    assert why_not(match, at.service) == [RuleId.LIMIT]
    assert not match.book.rule(RuleId.LIMIT).may_be_set_aside
    [said] = rules.why_not(match.place_of(at.service.ref), RuleId.LIMIT.bit, *_asked(match))
    assert said.words == (
        "It takes no more children until our first visit: up to 1 child, and 1 other child has a "
        "place in those days"
    )
    told = rules.for_family(said, match.book)
    assert told == "It takes no more children until our first visit"


def test_a_child_who_is_there_already_is_not_one_more():
    at = scene()
    limited(at)
    taken(at, at.child)
    assert why_not(rank(at.referral), at.service) == []
    taken(at, child(), since=TODAY + timedelta(weeks=52))  # after all that is looked at
    assert why_not(rank(at.referral), at.service) == []
    assert why_not(rank(referral()), at.service) == [RuleId.LIMIT]


def test_all_lots_of_a_condition_count_together_and_no_other():
    at = scene()
    mentoring, apart = factories.lot("Mentoring"), factories.lot("Apart")
    of = at.service.provider
    factories_market.party(factories_market.admitted(of, in_lot=mentoring))
    limited(at)
    factories_market.party(factories_market.admitted(of, in_lot=apart))
    second, third = (service(one, at.service.provider) for one in (mentoring, apart))
    taken(at, child())
    match = rank(at.referral)
    assert [why_not(match, one) for one in (at.service, second, third)] == [
        [RuleId.LIMIT], [RuleId.LIMIT], [],
    ]  # fmt: skip


def test_a_visit_that_lifts_the_limit_is_seen_at_once():
    at = scene()
    limited(at)
    taken(at, child())
    assert why_not(rank(at.referral), at.service) == [RuleId.LIMIT]
    [condition] = find_admissions.conditions(person=SYSTEM, on=TODAY)
    admissions.record_visit(
        condition_id=condition.condition_id,
        visit=NewVisit(
            visited_on=TODAY, visited_by="Rosa Bell", seen="Calm.", outcome=VisitOutcome.LIFTED
        ),
        by=at.director,
        at=NOW,
    )
    assert why_not(rank(at.referral), at.service) == []


def test_whoever_may_be_debarred_or_is_excluded_is_left_out_until_it_is_settled():
    at = scene()
    assert why_not(rank(at.referral), at.service) == []
    found = factories_exclusions.match(at.service.provider.organisation)
    match = rank(at.referral)
    assert why_not(match, at.service) == [RuleId.BARRED]
    [said] = rules.why_not(match.place_of(at.service.ref), RuleId.BARRED.bit, *_asked(match))
    assert said.words == f"Nothing may be awarded to its provider now. {Bar.TO_SETTLE.words}"
    assert rules.for_family(said, match.book) == "It cannot take new children now"
    settle_match(match_id=found.pk, is_them=False, because="Another.", by=at.director, at=NOW)
    assert why_not(rank(at.referral), at.service) == []
    later = NOW + timedelta(days=30)
    decide_case(
        case_id=factories_exclusions.case(at.service.provider).pk,
        outcome=CaseStatus.EXCLUDED,
        reason="It may recur.",
        by=factories.council_member(Role.DIRECTOR),
        at=later,
    )
    match = rank(at.referral, on=later.date())
    assert set(why_not(match, at.service)) >= {RuleId.ADMITTED, RuleId.BARRED}
    [said] = rules.why_not(match.place_of(at.service.ref), RuleId.BARRED.bit, *_asked(match))
    assert said.words.endswith(Bar.EXCLUDED.words)


def test_whoever_is_no_party_to_an_agreement_is_left_out_until_it_is():
    at = scene()
    other = factories_market.provider()
    place = factories_market.admitted(other, in_lot=at.lot)
    made = service(at.lot, other)
    assert told_of(rank(at.referral), made) == [
        "No framework agreement for this lot is in force with them"
    ]
    paper = factories_market.issued(place)
    match = rank(at.referral)
    assert told_of(match, made) == [
        "They have not accepted the framework agreement for this lot yet"
    ]
    assert not match.book.rule(RuleId.AGREEMENT).may_be_set_aside
    agreements.record_signed(
        paper_id=paper.id, signed_on=TODAY, reason="At our office.", by=at.director, at=NOW
    )
    assert why_not(rank(at.referral), made) == []


def told_of(match, made):
    """What is said of a service that has no agreement and nothing else against it."""
    assert why_not(match, made) == [RuleId.AGREEMENT]
    said = rules.why_not(match.place_of(made.ref), RuleId.AGREEMENT.bit, *_asked(match))
    assert rules.for_family(said[0], match.book) == "It cannot take new children now"
    return [one.words for one in said]


def test_what_stands_against_a_provider_costs_no_query_for_each():
    at = scene()
    limited(at)
    factories_exclusions.match(at.service.provider.organisation)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            rank(at.referral)
        counts.append(len(asked))
        other = replace(at, service=service(at.lot))
        limited(other)
        factories_exclusions.match(other.service.provider.organisation)
    assert counts == [26, 26]  # one more than with nobody barred


def test_a_shortlist_of_the_first_rules_is_replayed_by_them_for_good():
    at = scene()
    for number, old in enumerate(OLD):
        Shortlist.objects.create(
            ref=f"L-OLD{number}", referral=at.referral, made_at=NOW,
            rule_set=RuleSet.objects.get(version=1), **old,
        )  # fmt: skip
        assert queries.replay(f"L-OLD{number}")


def test_no_new_rules_leave_out_one_that_there_is():
    first = RuleSet.objects.get(version=1).content
    with pytest.raises(rules.NotOurRules):
        actions.publish(content=first, in_force_from=TODAY, by=SYSTEM, at=NOW)
    assert len(RuleBook.from_content(1, first).rules) == 13
    fewer = first | {"rules": first["rules"][1:]}
    with pytest.raises(rules.NotOurRules):
        RuleBook.from_content(1, fewer)
