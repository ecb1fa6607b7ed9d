"""A check runs out: reminders, the children there, and what new evidence settles."""

from datetime import timedelta

import pytest

from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.actions import move as move_referral
from flsf.casework.referrals.enums import Status as ReferralStatus
from flsf.core.people import SYSTEM
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.actions import AlreadyDecided
from flsf.delivery.continuity.enums import Cause, Choice, Ended, Standing
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.enums import Status
from flsf.flows.continuity import ask_about_children, decide_continuity
from flsf.flows.remind_providers import remind_providers
from flsf.flows.see_evidence import see_evidence
from flsf.flows.suspend_provider import Terms, lift_suspension, suspend_provider, suspend_site
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find_admissions
from flsf.market.admissions.enums import SuspensionReason
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Step
from flsf.market.providers.models import Site
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member
from tests.factories_casework import referral
from tests.factories_delivery import manager, planned, running
from tests.factories_market import A_CHECK, admitted, provider, require, shown

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def listed(standing=Standing.TO_DECIDE):
    return continuity.listed(person=SYSTEM, on=TODAY, standing=standing)


def ask(at=NOW):
    return ask_about_children(by=SYSTEM, at=at)


def show(of, until=TODAY + 300 * DAY, at=NOW, by=None):
    see_evidence(
        provider_id=of.pk,
        code=A_CHECK.code,
        number="N-2",
        holds_from=TODAY - DAY,
        expires_on=until,
        by=by or council_member(),
        at=at,
    )


def decide(one, choice, by=None, at=NOW):
    return decide_continuity(
        continuity_id=one.id,
        choice=choice,
        reason="We spoke to the family.",
        review_on=TODAY + 7 * DAY if choice is Choice.KEEP else None,
        by=by or council_member(Role.CASEWORKER),
        at=at,
    )


def with_lapsed_check(placement):
    shown(placement.provider, until=TODAY - DAY)
    return placement


@pytest.fixture
def lapsed():
    require()
    return with_lapsed_check(running())


def terms(**changed):
    said = {
        "reason": SuspensionReason.QUALITY,
        "explanation": "Two visits found the same gaps.",
        "takes_effect_on": TODAY,
        "review_on": TODAY + 28 * DAY,
    }
    return Terms(**said | changed)


# Reminders


@pytest.mark.parametrize(
    ("left", "step"),
    [
        *((61, None), (60, Step.SIXTY), (31, Step.SIXTY), (30, Step.THIRTY), (7, Step.WEEK)),
        *((1, Step.WEEK), (0, Step.LAST_DAY), (-1, Step.LAPSED), (-40, Step.LAPSED)),
    ],
)
def test_each_step_has_its_day(left, step):
    require()
    of = provider(email="hello@canal.example")
    shown(of, until=TODAY + left * DAY, since=TODAY - 400 * DAY)
    assert [one.step for one in checks.reminders_due(TODAY)] == ([step] if step is not None else [])


def test_a_provider_is_written_to_once_for_each_step_and_never_about_a_person():
    require()
    placement = running()
    lead = manager(placement)
    shown(placement.provider, until=TODAY + 30 * DAY)
    assert remind_providers(by=SYSTEM, at=NOW) == 1
    assert remind_providers(by=SYSTEM, at=NOW) == 0
    assert remind_providers(by=SYSTEM, at=NOW + DAY) == 0
    assert remind_providers(by=SYSTEM, at=NOW + 23 * DAY) == 1
    assert remind_providers(by=SYSTEM, at=NOW + 30 * DAY) == 1
    assert remind_providers(by=SYSTEM, at=NOW + 31 * DAY) == 1
    found = Message.objects.order_by("pk")
    assert [(one.template, one.address) for one in found] == [
        ("check-due", lead.email),
        ("check-due", lead.email),
        ("check-due", lead.email),
        ("check-lapsed", lead.email),
    ]
    assert found[0].details == {
        "reference": placement.provider.ref,
        "checks": [A_CHECK.name],
        "days": ["14 June 2026"],
    }
    steps = [(one.step, one.told) for one in checks.reminders(placement.provider_id, person=SYSTEM)]
    assert steps == [(Step.LAPSED, 1), (Step.LAST_DAY, 1), (Step.WEEK, 1), (Step.THIRTY, 1)]


def test_without_managers_the_providers_own_address_is_written_to_and_none_is_said_so():
    require()
    known, silent = provider(email="hello@canal.example"), provider()
    for one in (known, silent):
        shown(one, until=TODAY)
    assert remind_providers(by=SYSTEM, at=NOW) == 2
    assert [one.address for one in Message.objects.all()] == ["hello@canal.example"]
    told = [checks.reminders(one.pk, person=SYSTEM)[0].told for one in (known, silent)]
    assert told == [1, 0]


def test_new_evidence_begins_the_reminders_anew():
    require()
    of = provider(email="hello@canal.example")
    shown(of, until=TODAY)
    remind_providers(by=SYSTEM, at=NOW)
    show(of, until=TODAY + 90 * DAY)
    assert remind_providers(by=SYSTEM, at=NOW) == 0
    assert remind_providers(by=SYSTEM, at=NOW + 30 * DAY) == 1


# The children there


def test_the_day_after_a_lapse_each_child_there_is_asked_about_once(lapsed):
    running()  # with a provider of whom nothing was ever shown: overdue as well
    with_lapsed_check(planned())
    assert ask() == 3
    assert ask() == 0
    mine = [one for one in listed() if one.placement_ref == lapsed.ref]
    assert [(one.cause, one.about) for one in mine] == [
        (Cause.CHECK_LAPSED, f"Not in date: {A_CHECK.name}")
    ]
    assert mine[0].due_on == TODAY + 3 * DAY  # Monday: the second working day from Friday


def test_on_its_last_day_a_check_still_holds():
    require()
    shown(running().provider, until=TODAY)
    assert ask() == 0
    assert ask(NOW + DAY) == 1


def test_new_evidence_settles_what_was_asked_and_nobody_has_to(lapsed):
    ask()
    show(lapsed.provider)
    assert listed() == []
    [over] = listed(Standing.OVER)
    assert over.ended_because is Ended.EVIDENCE
    assert ask() == 0


def test_evidence_for_one_of_two_checks_settles_nothing(lapsed):
    require(type(A_CHECK)("dbs", "DBS", A_CHECK.theme, "Peers 8.2"))
    ask()
    show(lapsed.provider)
    assert len(listed()) == 1


def test_an_ended_placement_is_asked_about_no_more(lapsed):
    ask()
    placements.move(
        placement_id=lapsed.pk,
        status=Status.ENDED,
        takes_effect_on=TODAY,
        reason="Moved on.",
        by=SYSTEM,
        at=NOW,
    )
    assert ask() == 0
    assert [one.ended_because for one in listed(Standing.OVER)] == [Ended.PLACEMENT_ENDED]


def test_a_child_that_stays_is_asked_about_again_on_the_day_set(lapsed):
    ask()
    assert decide(listed()[0], Choice.KEEP) is None
    assert ask(NOW + 6 * DAY) == 0
    assert ask(NOW + 7 * DAY) == 1


def test_a_child_to_be_moved_has_a_new_request_of_the_same_kind(lapsed):
    ask()
    ref = decide(listed()[0], Choice.MOVE)
    found = referrals.with_ref(ref, person=SYSTEM, on=TODAY)
    assert (found.child_id, found.status) == (lapsed.child_id, ReferralStatus.RECEIVED)
    assert lapsed.ref in found.what_happens


def test_an_open_request_goes_back_to_matching_with_the_reason(lapsed):
    started = referral(lapsed.child)
    move_referral(
        referral_id=started.pk,
        status=ReferralStatus.STARTED,
        takes_effect_on=TODAY,
        by=SYSTEM,
        at=NOW,
    )
    ask()
    assert decide(listed()[0], Choice.MOVE) == started.ref
    assert referrals.status_on(TODAY, referral_id=started.pk) is ReferralStatus.MATCHING
    [note] = referrals.notes(started.pk)
    assert "cannot go on as it is" in note.words


def test_a_second_decision_asks_for_nothing(lapsed):
    ask()
    [one] = listed()
    decide(one, Choice.KEEP)
    with pytest.raises(AlreadyDecided):
        decide(one, Choice.MOVE)
    assert referrals.open_for(lapsed.child_id, person=SYSTEM, on=TODAY) is None


# Suspension


def suspended_for(placement, reason=SuspensionReason.QUALITY, **changed):
    of = placement.provider
    standings = find_admissions.standings([of.pk], on=TODAY, person=SYSTEM)[of.pk]
    suspend_provider(
        provider_id=of.pk,
        standings=standings,
        terms=terms(reason=reason, **changed),
        by=council_member(),
        at=NOW,
    )


def test_a_suspension_asks_about_each_child_of_the_lot_and_lifting_settles_it():
    placement = running()
    admitted(placement.provider, in_lot=placement.service.lot)
    suspended_for(placement)
    [one] = listed()
    assert one.cause is Cause.SUSPENDED
    assert one.about == f"Suspended from {placement.service.lot.name} since 15 May 2026"
    of = placement.provider
    lift_suspension(
        provider_id=of.pk,
        standings=find_admissions.standings([of.pk], on=TODAY, person=SYSTEM)[of.pk],
        explanation="Seen again.",
        takes_effect_on=TODAY,
        by=council_member(),
        at=NOW,
    )
    assert [one.ended_because for one in listed(Standing.OVER)] == [Ended.LIFTED]


def test_one_that_begins_later_asks_when_it_begins():
    placement = running()
    admitted(placement.provider, in_lot=placement.service.lot)
    suspended_for(placement, takes_effect_on=TODAY + DAY)
    assert listed() == []
    assert ask(NOW + DAY) == 1


def test_a_suspension_for_a_check_is_lifted_by_evidence_and_not_by_hand(lapsed):
    admission = admitted(lapsed.provider, in_lot=lapsed.service.lot)
    suspended_for(lapsed, SuspensionReason.CHECK_OVERDUE)
    with pytest.raises(admissions.EvidenceFirst):
        admissions.lift(
            admission_id=admission.pk,
            explanation="They asked.",
            takes_effect_on=TODAY,
            by=council_member(),
            at=NOW,
        )
    show(lapsed.provider)
    assert find_admissions.status_on(TODAY, admission_id=admission.pk) == "in_pool"
    assert listed() == []


def test_nobody_is_suspended_for_a_check_that_is_in_date():
    require()
    placement = running()
    admitted(placement.provider, in_lot=placement.service.lot)
    shown(placement.provider)
    with pytest.raises(admissions.NothingOverdue):
        suspended_for(placement, SuspensionReason.CHECK_OVERDUE)


def at_site(placement, name="Forge Road"):
    site = Site.objects.create(provider=placement.provider, name=name, postcode="ZZ1 1AA")
    type(placement.service).objects.filter(pk=placement.service_id).update(site=site)
    return site


def shut(placement, site, **changed):
    suspend_site(
        provider_id=placement.provider_id,
        site_id=site.pk,
        terms=terms(**changed),
        by=council_member(),
        at=NOW,
    )


def test_a_site_alone_asks_about_the_children_there():
    placement = running()
    shut(placement, at_site(placement))
    [one] = listed()
    assert one.about == "Suspended at Forge Road since 15 May 2026"
    assert find_admissions.suspended_sites(TODAY) == {Site.objects.get().pk}


def test_a_site_lifted_by_a_dated_rule_needs_nobody():
    placement = running()
    site = at_site(placement)
    shut(placement, site, lifts_on=TODAY + 10 * DAY)
    assert find_admissions.suspended_sites(TODAY + 9 * DAY) == {site.pk}
    assert find_admissions.suspended_sites(TODAY + 10 * DAY) == frozenset()


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"takes_effect_on": TODAY - DAY}, admissions.Backdated),
        ({"review_on": TODAY}, admissions.ReviewMissing),
        ({"lifts_on": TODAY}, admissions.LiftsTooEarly),
        ({"reason": SuspensionReason.CHECK_OVERDUE}, admissions.NothingOverdue),
    ],
)
def test_a_site_is_not_suspended(changed, refusal):
    placement = running()
    with pytest.raises(refusal):
        shut(placement, at_site(placement), **changed)
    assert find_admissions.suspended_sites(TODAY) == frozenset()


def test_a_site_is_not_suspended_twice_nor_anothers():
    placement, other = running(), running()
    site, others = at_site(placement), at_site(other)
    shut(placement, site)
    with pytest.raises(admissions.SiteAlreadySuspended):
        shut(placement, site)
    with pytest.raises(admissions.NotTheirSite):
        shut(placement, others)


def test_a_site_is_lifted_once_and_never_before_it_begins():
    placement = running()
    site = at_site(placement)
    shut(placement, site, takes_effect_on=TODAY + DAY)
    [one] = find_admissions.site_suspensions(placement.provider_id, person=SYSTEM)
    lift = {
        "suspension_id": one.id,
        "explanation": "Seen again.",
        "by": council_member(),
        "at": NOW,
    }
    with pytest.raises(admissions.Backdated):
        admissions.lift_site(takes_effect_on=TODAY - DAY, **lift)
    with pytest.raises(admissions.SiteNotSuspended):
        admissions.lift_site(takes_effect_on=TODAY, **lift)
    admissions.lift_site(takes_effect_on=TODAY + DAY, **lift)
    with pytest.raises(admissions.SiteNotSuspended):
        admissions.lift_site(takes_effect_on=TODAY + DAY, **lift)


def test_a_sites_check_overdue_ends_by_evidence_alone(lapsed):
    site = at_site(lapsed)
    with pytest.raises(admissions.EvidenceFirst):
        shut(lapsed, site, reason=SuspensionReason.CHECK_OVERDUE, lifts_on=TODAY + DAY)
    shut(lapsed, site, reason=SuspensionReason.CHECK_OVERDUE)
    show(lapsed.provider)
    assert find_admissions.suspended_sites(TODAY) == frozenset()


def award_status(award):
    award.refresh_from_db()
    return award.status
