"""Signs of how safe each provider's future is, from what other stages hold."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flsf.core.money import Money
from flsf.core.needs import Need, to_mask
from flsf.core.people import SYSTEM
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.enums import Status
from flsf.flows.keep_listings_fresh import take_down_old
from flsf.mandate.budgets import actions as budgets
from flsf.mandate.budgets.enums import Entry
from flsf.mandate.law import actions as law
from flsf.mandate.law.enums import Key
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.models import Admission
from flsf.market.providers import actions as providers
from flsf.market.providers.enums import ServiceStatus
from flsf.money.payments import actions as claims
from flsf.oversight.signals import queries
from flsf.oversight.signals.enums import Sign, Standing
from flsf.shared.accounts.enums import Role
from tests import factories_delivery as delivery
from tests.factories import NOW, TODAY, council_member, lot, made_framework
from tests.factories_awards import budget
from tests.factories_market import admitted, provider, require, service, shown
from tests.factories_meetings import in_pool, meeting
from tests.factories_money import approved, billed, ledger_line, marked, sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
A_YEAR_AGO = date(2025, 5, 15)


@pytest.fixture
def officer():
    return council_member(Role.COMMISSIONER)


@pytest.fixture
def inside():
    """A lot of a framework that has run for two years."""
    return lot("Tutoring", inside=made_framework(date(2024, 4, 1)))


def told(of, sign, *, person=None, on=TODAY):
    [found] = queries.watched(
        person=person or council_member(Role.COMMISSIONER), on=on, provider_id=of.pk
    )
    [one] = [each for each in found.signals if each.sign is sign]
    return one


def paid(out_of, of, pounds, day=TODAY):
    posting = replace(
        ledger_line(out_of, day=day, pounds=pounds), provider_ref=of.ref, provider_name=of.name
    )
    budgets.post_many(lines=[(Entry.PAID, posting)], by=SYSTEM, at=NOW)


def test_reliance_is_a_share_of_what_was_paid_in_twelve_months(inside):
    heron, otter, fund = provider("Heron"), provider("Otter"), budget(1_000_000)
    for one in (heron, otter):
        admitted(one, in_lot=inside)
    assert told(heron, Sign.RELIANCE).standing is Standing.NOT_KNOWN
    paid(fund, heron, 200)
    paid(fund, otter, 800)
    paid(fund, heron, 9_000, day=TODAY - timedelta(days=365))  # the day before the twelve months
    assert told(heron, Sign.RELIANCE).number == "20% of all that we paid in twelve months"
    assert told(heron, Sign.RELIANCE).standing is Standing.WATCH
    assert told(otter, Sign.RELIANCE).standing is Standing.ACT


def test_dependence_rests_on_what_it_said_last_of_its_income(inside):
    of = provider()
    in_pool(of, in_lot=inside, days=300)
    paid(budget(1_000_000), of, 600)
    assert told(of, Sign.DEPENDENCE).standing is Standing.NOT_KNOWN
    meeting(of, TODAY - 200 * DAY, income_pence=60_000)
    meeting(of, TODAY - 100 * DAY, income_pence=100_000)
    meeting(of, TODAY - 10 * DAY)
    found = told(of, Sign.DEPENDENCE)
    assert found.standing is Standing.WATCH
    assert found.number == "60% of its income, as it said on 4 February 2026, comes from us"


def held_by(of, count, *, since, until=None):
    """So many placements with the provider, begun on a day and ended after another."""
    at = delivery.service(of)
    for _ in range(count):
        one = delivery.planned(
            at_service=at, half_days=(), starts_on=since, ends_on=TODAY + 60 * DAY
        )
        move(one, Status.ACTIVE, since)
        if until:
            move(one, Status.ENDED, until + DAY)


def move(one, status, on):
    placements.move(
        placement_id=one.pk, status=status, takes_effect_on=on, reason="So.", by=SYSTEM, at=NOW
    )


def test_children_are_counted_on_the_same_day_a_year_ago(inside):
    heron, newcomer = provider("Heron"), provider("Newcomer")
    in_pool(heron, days=400, in_lot=inside)
    in_pool(newcomer, days=30, in_lot=inside)
    assert told(heron, Sign.CHILDREN).number == "none now; nothing is known of a year ago"
    held_by(heron, 3, since=A_YEAR_AGO - 90 * DAY)
    held_by(heron, 2, since=A_YEAR_AGO, until=TODAY - DAY)  # its first day counts
    held_by(heron, 1, since=A_YEAR_AGO - 5 * DAY, until=A_YEAR_AGO)  # its last day counts too
    held_by(heron, 1, since=A_YEAR_AGO - 5 * DAY, until=A_YEAR_AGO - DAY)
    found = told(heron, Sign.CHILDREN)
    assert found.number == "6 a year ago, 3 now"
    assert found.standing is Standing.ACT
    assert told(newcomer, Sign.CHILDREN).number == "none now; nothing is known of a year ago"
    ended = told(heron, Sign.ENDED)
    assert ended.number == "2 of 2 that ended in twelve months ended before the agreed day"


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PROCUREMENT])
def test_who_may_not_see_placements_is_told_no_small_count(inside, role):
    of = provider()
    in_pool(of, days=400, in_lot=inside)
    held_by(of, 3, since=A_YEAR_AGO)
    held_by(of, 3, since=A_YEAR_AGO, until=TODAY - DAY)
    person = council_member(role)
    assert told(of, Sign.CHILDREN, person=person).number == "6 a year ago, fewer than 5 now"
    assert told(of, Sign.ENDED, person=person).number == "fewer than 5 ended before the agreed day"


def test_a_placement_that_ended_on_its_agreed_day_did_not_end_early(inside):
    of = provider()
    in_pool(of, days=400, in_lot=inside)
    at = delivery.service(of)
    for over in (0, 1):
        one = delivery.planned(
            at_service=at, half_days=(), starts_on=TODAY - 50 * DAY, ends_on=TODAY - 9 * DAY
        )
        move(one, Status.ACTIVE, TODAY - 50 * DAY)
        move(one, Status.ENDED, TODAY - 8 * DAY - over * DAY)
    assert told(of, Sign.ENDED).number.startswith("1 of 2 ")
    assert told(of, Sign.ENDED).standing is Standing.FINE


def test_a_claim_waits_from_the_day_it_was_sent():
    placement = billed()
    of = placement.provider
    in_pool(of)
    assert told(of, Sign.PAYMENT).standing is Standing.NOT_KNOWN
    marked(placement, date(2026, 5, 4))
    sent(placement)
    assert told(of, Sign.PAYMENT).number == "Every claim within 30 days, 1 in all"
    assert told(of, Sign.PAYMENT, on=TODAY + 29 * DAY).standing is Standing.FINE
    late = told(of, Sign.PAYMENT, on=TODAY + 30 * DAY)
    assert late.standing is Standing.ACT
    assert late.number == "1 of 1 claims late, the longest after 31 days; 1 not paid yet"


def test_a_claim_that_was_paid_late_stays_so():
    placement = billed()
    of = placement.provider
    in_pool(of)
    marked(placement, date(2026, 5, 4))
    claim = approved(placement)
    finance = council_member(Role.FINANCE)
    claims.pay(claim_id=claim.pk, paid_on=TODAY, by=finance, at=NOW)
    assert told(of, Sign.PAYMENT).number == "Every claim within 30 days, 1 in all"
    law.set_value(
        key=Key.PAY_WITHIN_DAYS, value=1, in_force_from=TODAY + DAY, source="Cabinet",
        by=finance, at=NOW,
    )  # fmt: skip
    assert told(of, Sign.PAYMENT, on=TODAY + DAY).standing is Standing.FINE
    assert told(of, Sign.PAYMENT, on=TODAY + timedelta(days=366)).standing is Standing.NOT_KNOWN


def test_a_price_that_is_set_again_as_it_was_has_stood_still(inside):
    of = provider()
    admitted(of, in_lot=inside)
    assert told(of, Sign.PRICE).standing is Standing.NOT_KNOWN
    old, same, new = date(2023, 9, 1), date(2025, 9, 1), date(2026, 9, 1)
    made = service(of, inside, name="Music", rates=((old, 4200), (same, 4200), (new, 4400)))
    service(of, inside, name="Maths", rates=((old, 4000), (same, 4100)))
    assert told(of, Sign.PRICE).number == "Music: the same price since 1 September 2023, 32 months"
    assert told(of, Sign.PRICE).standing is Standing.WATCH
    providers.set_rate(service_id=made.pk, rate=Money(4300), in_force_from=TODAY, by=SYSTEM, at=NOW)
    assert told(of, Sign.PRICE).number == "Maths: the same price since 1 September 2025, 8 months"


def test_services_that_are_full_closed_or_taken_down_take_nobody(inside):
    of = provider()
    admitted(of, in_lot=inside)
    assert told(of, Sign.PLACES).standing is Standing.NOT_KNOWN
    one, _, _ = (service(of, inside) for _ in range(3))
    assert told(of, Sign.PLACES).number == "0 of 3 full, closed or taken down"
    providers.set_status(service_id=one.pk, status=ServiceStatus.FULL, by=SYSTEM, at=NOW)
    assert told(of, Sign.PLACES).standing is Standing.FINE
    service(of, inside, is_listed=True, confirmed_on=TODAY - timedelta(days=900))
    take_down_old(by=SYSTEM, at=NOW)
    assert told(of, Sign.PLACES).number == "2 of 4 full, closed or taken down"
    assert told(of, Sign.PLACES).standing is Standing.WATCH


def test_checks_that_lapse(inside):
    require()
    heron, otter, wren = provider("Heron"), provider("Otter"), provider("Wren")
    for one in (heron, otter, wren):
        admitted(one, in_lot=inside)
    shown(heron)
    shown(otter, until=TODAY + 20 * DAY)
    assert [told(one, Sign.CHECKS).standing for one in (heron, otter, wren)] == [
        Standing.FINE, Standing.WATCH, Standing.ACT,
    ]  # fmt: skip
    assert told(otter, Sign.CHECKS).number == "Running out: Public liability insurance"


def test_what_nobody_else_in_the_pool_can_give(inside):
    heron, otter = provider("Heron"), provider("Otter")
    music = lot("Music", inside=inside.framework)
    for one in (heron, otter):
        admitted(one, in_lot=inside)
    admitted(heron, in_lot=music)
    both, one_only = to_mask([Need.ASD]), to_mask([Need.ASD, Need.HI])
    service(heron, inside, needs_mask=one_only)
    service(otter, inside, needs_mask=both)
    assert told(heron, Sign.ONLY).number == "The only one for: Music, Hearing"
    assert told(otter, Sign.ONLY).standing is Standing.FINE
    third = provider("Wren")  # not in the pool of the lot, so it is no help there
    admitted(third, in_lot=music)
    service(third, inside, needs_mask=one_only)
    assert told(heron, Sign.ONLY).number == "The only one for: Hearing"


def test_leaving_is_what_it_said_at_the_last_meeting(inside):
    of = provider()
    in_pool(of, in_lot=inside)
    assert told(of, Sign.LEAVING).standing is Standing.NOT_KNOWN
    meeting(of, TODAY - 9 * DAY, leaving="Music stops in July.")
    found = told(of, Sign.LEAVING)
    assert (found.standing, found.number) == (
        Standing.ACT,
        "On 6 May 2026: Music stops in July.",
    )
    meeting(of)
    assert told(of, Sign.LEAVING).standing is Standing.FINE


def test_only_the_admitted_are_watched_the_worst_first(inside, officer):
    heron, otter = provider("Heron"), provider("Otter")
    for one in (heron, otter):
        in_pool(one, in_lot=inside)
    provider("Never admitted")
    meeting(otter, leaving="It closes.")
    found = queries.watched(person=officer, on=TODAY)
    assert [one.timing.provider_name for one in found] == ["Otter", "Heron"]
    assert [one.standing for one in found] == [Standing.ACT, Standing.FINE]
    admissions.remove(
        admission_id=Admission.objects.get(provider=otter).pk, explanation="It closed.",
        takes_effect_on=TODAY, by=officer, at=NOW,
    )  # fmt: skip
    assert len(queries.watched(person=officer, on=TODAY)) == 1
