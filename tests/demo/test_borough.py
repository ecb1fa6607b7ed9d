"""Marlbeck as it is loaded: the report's figures can be found in it, and it holds together."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Max, Min
from django.test import Client

from flsf.casework.calloffs.models import Award
from flsf.casework.children.models import Child
from flsf.casework.competitions import queries as competitions
from flsf.casework.competitions.enums import Stage as Held
from flsf.casework.matching import queries as matching
from flsf.casework.matching.enums import RuleId
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Ground
from flsf.core.people import SYSTEM
from flsf.delivery.attendance.models import Mark
from flsf.delivery.placements import queries as placements
from flsf.delivery.placements.models import Placement
from flsf.demo import borough
from flsf.demo.plan import money, story
from flsf.demo.plan.days import Days
from flsf.flows import change_model, exclude
from flsf.mandate.budgets.enums import Entry
from flsf.mandate.budgets.models import LedgerLine
from flsf.mandate.framework import queries as frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance.enums import Kind
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.enums import Status
from flsf.mandate.waivers import queries as waivers
from flsf.market.admissions import queries as admissions
from flsf.market.agreements import queries as agreements
from flsf.market.agreements.enums import Outcome, PaperStatus
from flsf.market.applications import queries as applications
from flsf.market.applications.enums import Status as Applied
from flsf.market.evaluation import queries as evaluation
from flsf.market.evaluation.enums import Stage
from flsf.market.exclusions import queries as exclusions
from flsf.market.guides import queries as guides
from flsf.market.guides.enums import Kind as GuideKind
from flsf.market.guides.enums import Standing as GuideStanding
from flsf.market.listings import queries as listings
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ProviderType
from flsf.market.providers.models import Provider, Service
from flsf.market.standards import queries as standards
from flsf.market.standards.enums import Kind as StandardKind
from flsf.market.trainers import queries as trainers
from flsf.money.payments import queries as payments
from flsf.oversight.internships import queries as internships
from flsf.oversight.meetings import queries as meetings
from flsf.oversight.meetings.enums import Standing as Press
from flsf.oversight.meetings.enums import Status as Agreed
from flsf.oversight.openness import queries as openness
from flsf.oversight.openness import rules as openness_rules
from flsf.oversight.openness.enums import Speaks
from flsf.oversight.provisions import queries as provisions
from flsf.oversight.provisions import rules as provision_rules
from flsf.oversight.provisions.enums import Duty
from flsf.oversight.reports import queries as reports
from flsf.oversight.signals import queries as signals
from flsf.oversight.signals.enums import Standing as Warns
from flsf.shared.accounts import queries as accounts
from flsf.web.council.matching.shown import shown
from flsf.web.council.my_work.sources import work_of
from flsf.web.public.demo.story import STORY_KEYS
from tests.factories import NOW, TODAY

DAYS = Days(TODAY)


@pytest.fixture(scope="module")
def marlbeck(django_db_setup, django_db_blocker):
    """The whole borough, made once for this module and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        borough.make(at=NOW)
        yield
        transaction.set_rollback(True)


# Marked as using the database, or pytest-django makes none when this folder runs by itself.
pytestmark = [pytest.mark.usefixtures("marlbeck"), pytest.mark.django_db]


def in_year(begins):
    return Award.objects.filter(
        starts_on__gte=begins, starts_on__lt=begins.replace(year=begins.year + 1)
    )


def paid(**where):
    lines = LedgerLine.objects.filter(entry=Entry.PAID, day__lt=DAYS.year, **where)
    return sum(lines.values_list("gross_pence", flat=True))


def test_placements_of_the_three_years_are_the_reports():
    assert [in_year(year).count() for year in DAYS.three_years] == [99, 144, 362]


def test_what_was_paid_in_each_year_is_the_reports():
    budgets = [paid(budget__year_begins=year) for year in DAYS.three_years]
    assert budgets[0] == money.FIRST_YEAR
    assert budgets[2] == money.LAST_YEAR
    assert sum(budgets) == sum(money.BY_LINE.values())


@pytest.mark.parametrize("line", money.BY_LINE, ids=str)
def test_what_was_paid_for_each_type_is_the_reports(line):
    assert paid(spend_line=line) == money.BY_LINE[line]


def test_every_figure_of_paragraph_nine_is_found_on_the_page_that_checks_the_report():
    client = Client()
    client.force_login(accounts.user_with_persona("councillor"))
    file = client.get("/oversight/report-check.json").json()["rows"]
    page = client.get("/oversight/report-check/").content.decode()
    own = [row["live"] for row in file if row["live"]]
    for words in (
        "2025/26: 362 placements, £3.37 million paid, £9,309 each",
        "2023/24: 99 placements, £1.05 million paid, £10,606 each",
        "320 placements, £2.00 million paid, £6,263 each",
        "97 placements, £2.00 million paid, £20,634 each",
        "73 placements, £1.08 million paid, £14,795 each",
        "102 placements, £696,000 paid, £6,824 each",
        "13 placements, £219,000 paid, £16,846 each",
    ):
        assert words in own
        assert words in page
    grown = {row["comes_to"] for row in file if row["says"].startswith("1.5 % a year, against")}
    assert grown == {"91.22 %", "79.15 %"}


def test_four_hundred_children_forty_providers_and_somebody_for_each_role():
    assert Child.objects.count() >= 400
    assert Provider.objects.count() == 40
    assert Service.objects.count() == 120
    assert {one.persona for one in accounts.personas()} >= {
        *("commissioner", "caseworker", "virtual-school", "finance", "director", "quality"),
        *("safeguarding", "councillor", "senco", "parent", "sole-provider", "tuition-manager"),
        "mentor",
    }


@pytest.mark.parametrize(("persona", "requests"), [("parent", 2), ("young-person", 1)])
def test_the_family_has_requests_to_follow(persona, requests):
    person = next(one for one in accounts.personas() if one.persona == persona)
    assert len(referrals.listed(person=person, on=TODAY)) == requests


def test_seven_waivers_are_live_and_one_of_them_is_overdue():
    standing = [one.standing.value for one in waivers.register(person=SYSTEM, on=TODAY)]
    assert (standing.count("live"), standing.count("overdue")) == (6, 1)


def test_the_commissioning_review_finds_what_lacks_oversight_or_a_procurement_route():
    told = provision_rules.summary(provisions.review(TODAY))
    assert (told.provisions, told.not_compliant) == (92, 4)
    assert [told.lacking[duty] for duty in Duty] == [0, 2, 2]


def test_two_of_the_five_principles_have_a_finding_and_the_facts_speak_both_ways():
    one, keeper = frameworks.current(TODAY), accounts.user_with_persona("procurement")
    found = governance.entries(one.pk, Kind.PRINCIPLE, person=keeper, on=TODAY)
    assert [line.title for line in found] == ["Transparency", "Competitive access"]
    speaks = {fact.speaks for fact in openness_rules.facts(openness.measured(one, on=TODAY))}
    assert speaks == set(Speaks)


def test_all_keep_to_the_standards_and_two_thirds_to_the_fuller_procedure():
    pool = {provider_id for provider_id, _ in admissions.in_pool(TODAY)}
    kept = standards.kept(pool, person=SYSTEM)
    held = {kind: standards.in_force(kind, on=TODAY) for kind in StandardKind}
    assert {kind.value: one.version for kind, one in held.items()} == {
        "standards": 1,
        "safeguarding": 2,
        "sustainability": 1,
    }
    said = [sum(each.has_said(one) for each in kept.values()) for one in held.values()]
    assert (len(pool), said) == (38, [38, 25, 38])
    assert sum(each.last_looked is not None for each in kept.values()) == 10


def test_every_placement_has_an_award_and_marks_lie_within_it():
    assert Placement.objects.count() == Award.objects.exclude(status="awaiting").count()
    assert 40_000 < Mark.objects.count() < 50_000
    assert not Mark.objects.filter(day__gte=TODAY).exists()


def test_some_awards_wait_for_a_decision():
    assert Award.objects.filter(status="awaiting").count() == 4


def test_a_register_is_kept_for_the_latest_placements_first():
    kept = Mark.objects.filter(placement__starts_on__lt=DAYS.year).aggregate(
        first=Min("placement__starts_on"), last=Max("placement__starts_on")
    )
    newer = Placement.objects.filter(starts_on__gt=kept["first"], starts_on__lt=DAYS.year)
    without = newer.exclude(pk__in=Mark.objects.values("placement"))
    # Some began in the holidays and ended before a session could be held.
    assert without.count() < newer.count() / 20


@pytest.mark.parametrize("key", STORY_KEYS)
def test_seventeen_services_do_not_fit_a_child_of_the_tour_and_each_says_why(key):
    referral = referrals.sent_with(key)
    match = matching.rank(referral.pk, on=TODAY)
    found = shown(match)
    assert (found.excluded, found.looked_at) == (17, 20)
    of_kind = {RuleId.HALF_DAYS, RuleId.NEED, RuleId.ADMITTED, RuleId.CHECKS}
    of_kind |= {RuleId.BARRED, RuleId.AGREEMENT}
    assert {group.rule for group in found.groups} == of_kind
    assert found.ranked[0].name == story.NEW_SERVICE.name
    assert found.ranked[0].first_start == TODAY


def test_a_placement_comes_to_more_than_its_award():
    claims = [payments.as_row(one) for one in payments.claims(person=SYSTEM, on=TODAY)]
    flags = [
        flag
        for one in claims
        for line in payments.exceptions_first(one.id, person=SYSTEM, on=TODAY)
        for flag in line.flag_words
    ]
    assert "More than the award allows" in flags


def test_a_provider_is_slow_to_say_what_is_free():
    days = {
        one.provider.name: (TODAY - one.confirmed_on).days
        for one in providers.not_confirmed_since(TODAY - timedelta(days=59))
    }
    assert list(days) == ["Dunmoor Rangers"]
    oldest = providers.not_confirmed_since(TODAY - timedelta(days=59)).first()
    assert (TODAY - oldest.confirmed_on).days == 400


@pytest.mark.parametrize(
    ("persona", "says"),
    [
        ("commissioner", "Public liability insurance runs out"),
        ("commissioner", "A check has lapsed"),
        ("commissioner", "beyond what was awarded"),
        ("commissioner", "2 services not confirmed as still right, the oldest for 400 days"),
        ("commissioner", "sessions have no mark"),
        ("commissioner", "Waiver overdue"),
        ("caseworker", "Same name and birth date as"),
        ("procurement", "May be on the debarment list"),
        ("quality", "absences are not explained"),
        ("safeguarding", "tell the LADO within one working day"),
    ],
)
def test_every_deliberate_flaw_is_somebodys_work(persona, says):
    person = accounts.user_with_persona(persona)
    assert any(says in item.what for item in work_of(person, TODAY))


def test_a_second_run_makes_no_difference(capsys, settings):
    settings.FLSF_DEMO = True
    before = Child.objects.count()
    call_command("make_demo")
    assert Child.objects.count() == before


def test_listings_wait_came_back_and_were_taken_down():
    officer = accounts.user_with_persona("commissioner")
    assert [bool(one.service_id) for one in listings.waiting(person=officer)] == [True, True, False]
    assert len(listings.taken_down_ids()) == 1
    assert [one.fields for one in listings.rechecks_open(person=officer)] == [["highest_age"]]


def test_the_pool_has_had_a_round_every_month_and_is_open_today():
    found = rounds.rounds(frameworks.current(TODAY).pk, on=TODAY)
    assert [one.number for one in found] == list(range(16, 0, -1))
    assert rounds.open_round(found[0].framework_id, on=TODAY).number == 15
    assert {one.status for one in found[3:]} == {Status.ANSWERED}


def test_somebody_applies_in_every_state_that_needs_no_decision_of_ours():
    found = applications.listed(person=SYSTEM, on=TODAY)
    assert {one.status for one in found} >= {
        *(Applied.IN_PROGRESS, Applied.SUBMITTED, Applied.BEING_CHECKED, Applied.QUESTION_SENT),
        *(Applied.NOT_ACCEPTED, Applied.WITHDRAWN),
    }
    applicant = accounts.user_with_persona("applicant")
    [own] = applications.listed(person=applicant, on=TODAY)
    assert own.status is Applied.IN_PROGRESS


def test_an_application_is_at_every_stage_and_one_round_was_told():
    director = accounts.user_with_persona("director")
    stages = [one.stage for one in evaluation.queue(person=director, on=TODAY)]
    assert {*stages} == {None, *Stage} - {Stage.RELEASED}
    told = applications.listed(person=SYSTEM, on=TODAY, statuses=[Applied.NOT_ACCEPTED])
    [summary] = [evaluation.summary(one.application_id, person=director) for one in told]
    assert summary.released_at is not None
    assert any(one.verdict == "not_yet" for one in summary.lines)


def test_the_model_changes_and_no_placement_does():
    """Rehearsed, carried out, undone, carried out again and confirmed, on the whole borough."""
    officer = accounts.user_with_persona("commissioner")
    framework = frameworks.current(TODAY)
    before = placements.every_as_it_is()

    def carried_out():
        ref = change_model.rehearse(
            framework_id=framework.pk,
            after=CommercialModel.OPEN_FRAMEWORK,
            takes_effect_on=TODAY,
            authority="Director",
            reason="Guidance is clear.",
            by=officer,
            at=NOW,
        )
        change_model.carry_out(
            ref=ref,
            debarment_seen_on=TODAY,
            debarment_version="A made-up list",
            by=officer,
            at=NOW,
        )
        return ref

    with pytest.raises(change_model.MayBeExcluded, match="Pinfold Boxing and Study"):
        carried_out()
    [match] = exclusions.matches(person=officer)
    exclude.settle_match(
        match_id=match.pk, is_them=False, because="Another town.", by=officer, at=NOW
    )
    first = carried_out()
    change_model.undo(ref=first, reason="A letter was wrong.", by=officer, at=NOW)
    assert frameworks.model_on(framework.pk, on=TODAY) is CommercialModel.PSEUDO_DPS
    second = carried_out()
    assert change_model.confirm(ref=second, by=officer, at=NOW) == 40
    assert frameworks.model_on(framework.pk, on=TODAY) is CommercialModel.OPEN_FRAMEWORK
    assert placements.every_as_it_is() == before
    lines = agreements.lines(agreements.with_ref(second, person=officer).id, person=officer)
    assert {one.outcome for one in lines} == {Outcome.REISSUED}
    assert len(lines) == 109


def test_all_but_two_providers_have_accepted_their_agreement():
    papers = [
        one
        for one in agreements.papers(person=SYSTEM, on=TODAY)
        if one.status is not PaperStatus.ENDED
    ]
    stands = Counter(one.status for one in papers)
    assert stands == {
        PaperStatus.ON_PAPER: 37,
        PaperStatus.ACCEPTED: 1,
        PaperStatus.WAITING: 2,
    }
    waiting = {one.provider_name: one for one in papers if one.status is PaperStatus.WAITING}
    assert waiting["Steady Steps Mentoring"].version == 2
    assert [len(one.reminded_on) for one in waiting.values()] in ([0, 2], [2, 0])


def test_providers_are_of_every_type_and_a_few_have_not_said():
    masks = list(Provider.objects.values_list("types_mask", flat=True))
    assert masks.count(None) == 3
    for one in ProviderType:
        assert sum(bool(mask and mask & one.bit) for mask in masks) >= 4


def test_one_competition_is_awarded_one_is_being_scored_and_one_is_open():
    held = {competitions.stage_of(one, NOW): one for one in competitions.listed(person=SYSTEM)}
    assert set(held) == {Held.AWARDED, Held.SCORING, Held.OPEN}
    for one in held.values():
        counts = competitions.counts_of(one)
        assert counts.eligible >= counts.invited > 3
        assert competitions.is_as_published(one)
    awarded = held[Held.AWARDED]
    assert competitions.counts_of(awarded).bids == 3
    award = Award.objects.get(competition=awarded)
    assert (award.status, award.route) == ("awarded", "mini_competition")
    # Nobody knows yet that anybody has bid.
    assert competitions.counts_of(held[Held.OPEN]).bids == 0
    assert held[Held.OPEN].bids.count() == 2


def test_the_council_says_in_its_own_words_what_schools_do_and_what_comes_after_16():
    schools = guides.of_schools(on=TODAY)
    assert (schools.number, len(guides.versions(schools.guide_id))) == (2, 2)
    assert Counter(one.standing for one in guides.register(person=SYSTEM, on=TODAY)) == {
        GuideStanding.PUBLISHED: 7,
        GuideStanding.REVIEW_DUE: 1,
        GuideStanding.TO_COME: 1,
    }
    ways = {one.title: one.content for one in guides.published(GuideKind.ROUTE, on=TODAY)}
    # Three services of the framework and the job club.
    assert len(ways["Supported internship"].services) == 4
    assert [one.title for one in guides.matching("ordinarily available", on=TODAY)] == [
        "What every school does"
    ]


def test_who_trains_is_listed_and_some_young_people_want_an_internship():
    assert trainers.listed().count() == 12
    assert trainers.listed(offer="internships").count() == 3
    there = internships.internships(TODAY)
    assert (there.wanting, there.open_now, there.open_elsewhere, there.silent) == (3, 10, 2, 0)
    assert there.standing.label == "On track"


def test_support_that_somebody_asked_for_has_begun_and_is_counted_from_the_day_it_was_asked_for():
    told = reports.how_soon(since=TODAY - timedelta(days=365), until=TODAY, on=TODAY)[None]
    assert told.began >= 3
    assert told.median is not None
    assert told.median >= 20  # each was asked for twenty days before it was to begin
    assert told.placed >= told.began
    assert told.waiting >= 20


def test_one_report_of_social_value_is_overdue_and_somebody_is_told():
    officer = accounts.user_with_persona("commissioner")
    kinds = Counter(one.kind for one in work_of(officer, TODAY))
    assert kinds["Reports of social value overdue"] >= 1


def test_providers_are_met_and_a_few_meetings_and_actions_are_overdue():
    person = accounts.user_with_persona("commissioner")
    found = signals.watched(person=person, on=TODAY)
    presses = Counter(one.timing.standing for one in found)
    assert len(found) > 30
    assert 1 <= presses[Press.OVERDUE] <= 8
    assert presses[Press.IN_TIME] > len(found) / 2
    actions = meetings.open_actions(person=person)
    assert 1 <= sum(one.is_late(TODAY) for one in actions) < len(actions) <= 15
    assert any(one.latest.status is Agreed.SAID_DONE for one in actions)
    assert {one.standing for one in found} >= {Warns.ACT, Warns.WATCH, Warns.FINE}
    assert {one.sign for each in found for one in each.with_standing(Warns.NOT_KNOWN)}
    kinds = {one.kind for one in work_of(person, TODAY)}
    assert kinds >= {"Contract meetings overdue", "Agreed actions overdue"}
    own = accounts.user_with_persona("tuition-manager")
    [provider] = {one.provider_id for one in meetings.open_actions(person=own)}
    [held] = meetings.meetings(person=own, provider_id=provider)
    assert len({one.latest.status for one in held.agreed}) == 3


def test_some_whose_needs_are_medical_have_support():
    told = reports.how_soon(since=TODAY - timedelta(days=365), until=TODAY, on=TODAY)
    assert told[Ground.MEDICAL].began >= 1
