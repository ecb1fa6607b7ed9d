"""A competition from its brief to its publication: each step, and each refusal."""

from datetime import date

import pytest

from flsf.casework.competitions import actions, queries, rules
from flsf.casework.competitions.enums import Stage, Window
from flsf.casework.competitions.models import Invitation
from flsf.casework.matching import queries as matching
from flsf.casework.referrals import actions as referrals
from flsf.casework.referrals.enums import ClosedBecause, Status
from flsf.core.people import SYSTEM
from flsf.flows.hold_competition import publish_competition
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework.rules import LotTerms
from flsf.mandate.law import actions as law
from flsf.mandate.law.enums import Key
from flsf.market.admissions import actions as admissions
from flsf.market.admissions.models import Admission
from flsf.shared.accounts.enums import Role
from tests import factories, factories_market, factories_matching
from tests import factories_competitions as made
from tests.factories import NOW, TODAY, council_member
from tests.factories_competitions import BEFORE, CLOSES, LATER

pytestmark = pytest.mark.django_db


def stage(held, at=LATER):
    return queries.stage_of(held.again(), at)


def seen(held, person, at=LATER):
    return queries.seen(held.again(), person=person, at=at)


# The brief


def test_a_brief_is_made_of_the_record_and_says_not_of_whom_it_is():
    at = made.scene()
    child = at.child
    child.birth_date = date(2012, 3, 4)
    child.save()
    held = made.drafted(at=at)
    brief = held.competition.told
    assert (brief.age_band, brief.needs, brief.places) == (
        "14 to 15",
        ("Communication and interaction",),
        1,
    )
    assert brief.half_days == ["Monday morning", "Tuesday morning"]
    said = str(held.competition.brief)
    assert not any(word in said for word in (child.first_name, child.last_name, "Autism"))
    assert stage(held, NOW) is Stage.DRAFT


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"wanted": "For Ada"}, actions.SaysOfWhom),
        ({"outcomes": "She manages her ADHD"}, actions.SaysOfWhom),
        ({"wanted": "  "}, actions.WordsMissing),
        ({"half_days_mask": 0}, actions.NothingWanted),
        ({"ends_on": date(2026, 6, 1)}, actions.DaysOutOfOrder),
    ],
)
def test_a_brief_that_makes_no_sense_or_says_of_whom_is_refused(change, refusal):
    at = made.scene()
    at.child.first_name = "Ada"
    at.child.save()
    with pytest.raises(refusal):
        actions.draft(
            referral_id=at.referral.pk,
            lot_id=at.lot.pk,
            wanted=made.wanted(**change),
            by=at.caseworker,
            at=NOW,
        )


def draft(at, **more):
    given = {"referral_id": at.referral.pk, "lot_id": at.lot.pk, "wanted": made.wanted()}
    return actions.draft(**(given | more), by=more.pop("by", at.caseworker), at=NOW)


def test_one_request_has_one_competition_under_way():
    held = made.drafted()
    with pytest.raises(actions.AlreadyHeld, match=held.competition.ref):
        draft(held.scene)
    actions.stop(
        competition_id=held.competition.pk, because="Moved.", by=held.scene.caseworker, at=NOW
    )
    assert draft(held.scene).pk


def test_a_lot_that_allows_no_competition_has_none():
    at = made.scene()
    frameworks.change_lot(
        lot_id=at.lot.pk,
        name="Day six",
        terms=LotTerms(competition_allowed=False),
        by=SYSTEM,
        at=NOW,
    )
    with pytest.raises(actions.LotWithoutCompetition):
        draft(at)


def test_only_whoever_sees_the_request_begins_and_only_while_it_is_open():
    at = made.scene()
    with pytest.raises(actions.ReferralNotSeen):
        actions.draft(
            referral_id=at.referral.pk,
            lot_id=at.lot.pk,
            wanted=made.wanted(),
            by=council_member(Role.PROCUREMENT),
            at=NOW,
        )
    referrals.move(
        referral_id=at.referral.pk,
        status=Status.CLOSED,
        takes_effect_on=TODAY,
        because=next(iter(ClosedBecause)),
        by=at.caseworker,
        at=NOW,
    )
    with pytest.raises(actions.ReferralClosed):
        draft(at)


def test_a_draft_may_change_and_what_is_published_may_not():
    held = made.drafted()
    change = {"competition_id": held.competition.pk, "by": held.scene.caseworker, "at": NOW}
    actions.change(**change, wanted=made.wanted(wanted="A mentor."))
    assert held.again().told.wanted == "A mentor."
    publish(held)
    with pytest.raises(actions.NotNow, match="open for bids"):
        actions.change(**change, wanted=made.wanted())
    with pytest.raises(actions.NotNow):
        made.weighed(held.competition, by=held.scene.caseworker)


@pytest.mark.parametrize(
    ("weights", "price", "refusal", "says"),
    [
        ({"c1": 30, "c2": 40}, 29, actions.WeightsWrong, "total 99"),
        ({"c1": 30, "c2": 25}, 45, actions.WeightsWrong, "60 to 80"),
        ({}, 100, actions.WeightsWrong, "at least one"),
        ({"c3": 70}, 30, actions.CriteriaNotPublished, "published"),
        ({"mine": 70}, 30, actions.CriteriaNotPublished, "published"),
    ],
)
def test_criteria_are_published_ones_and_weights_total_a_hundred(weights, price, refusal, says):
    held = made.drafted()
    with pytest.raises(refusal, match=says):
        made.weighed(held.competition, by=held.scene.caseworker, weights=weights, price=price)
    with pytest.raises(actions.SaysOfWhom):
        made.weighed(held.competition, by=held.scene.caseworker, refined={"c1": "With autism"})


def test_the_bands_are_those_of_the_day():
    held = made.drafted()
    law.set_value(
        key=Key.COMPETITION_PRICE_MOST,
        value=2500,
        in_force_from=TODAY,
        source="Cabinet",
        by=SYSTEM,
        at=NOW,
    )
    with pytest.raises(actions.WeightsWrong, match="price 20 to 25"):
        made.weighed(held.competition, by=held.scene.caseworker)


# Publication


def publish(held, at=NOW, **more):
    publish_competition(
        competition_id=held.competition.pk,
        **({"window": Window.NORMAL, "by": held.scene.caseworker} | more),
        at=at,
    )
    return held.again()


def test_published_it_is_frozen_and_anybody_can_tell_that_it_is_unchanged():
    held = made.published()
    found = held.competition
    assert (found.closes_at, stage(held, BEFORE)) == (CLOSES, Stage.OPEN)
    assert queries.is_as_published(found)
    assert matching.replay(found.shortlist.ref)
    found.brief = found.brief | {"wanted": "Something else"}
    assert not queries.is_as_published(found)
    found.refresh_from_db()
    found.published = found.published | {"threshold": 0}
    assert not queries.is_as_published(found)


def test_every_provider_of_the_lot_that_could_be_awarded_it_is_asked_and_no_other():
    factories_market.require()
    held = made.drafted()
    lot = held.scene.lot
    elsewhere = factories_matching.service(factories.lot("Mentoring", inside=lot.framework))
    for one in (*held.services, elsewhere):
        factories_market.all_shown(one.provider)
    outside = factories_market.service(factories_market.provider("Not admitted"), lot)
    lapsed = factories_matching.service(lot, of=factories_market.provider("Lapsed check"))
    factories_market.party(factories_market.admitted(lapsed.provider, in_lot=lot))
    full = factories_matching.service(lot, of=factories_market.provider("At its limit"))
    factories_market.party(factories_market.admitted(full.provider, in_lot=lot))
    factories_market.all_shown(full.provider)
    # No agreement was accepted.
    unsigned = factories_matching.service(lot, of=factories_market.provider("No party"))
    factories_market.admitted(unsigned.provider, in_lot=lot)
    factories_market.all_shown(unsigned.provider)
    admissions.limit(
        admission_ids=list(
            Admission.objects.filter(provider=full.provider).values_list("pk", flat=True)
        ),
        most_children=1,
        reason="New.",
        by=held.scene.director,
        at=NOW,
    )
    taken = factories_matching.choice(held.scene, service_ref=full.ref)
    factories_matching.propose_award(
        referral_id=factories_matching.referral().pk,
        choice=taken.__class__(
            wanted=taken.wanted,
            budget_id=taken.budget_id,
            ground=factories_matching.DirectGround.PREFERENCE,
            override_reason="So.",
        ),
        by=held.scene.caseworker,
        at=NOW,
    )
    found = publish(held)
    assert set(Invitation.objects.values_list("provider", flat=True)) == {
        one.provider_id for one in held.services
    }
    assert [name for name, _ in found.left_out] == [
        "At its limit",
        "Lapsed check",
        "No party",
        "Not admitted",
    ]
    assert all(why for _, why in found.left_out)
    assert outside.pk
    assert queries.counts_of(found) == rules.Counts(2, 2, 0)


def test_a_provider_with_nobody_to_write_to_is_eligible_and_not_counted_as_asked():
    held = made.drafted()
    factories_matching.service(held.scene.lot)
    found = publish(held)
    counts = queries.counts_of(found)
    assert (counts.eligible, counts.invited) == (3, 2)


def test_an_urgent_one_says_why_and_closes_after_two_working_days():
    held = made.drafted()
    with pytest.raises(actions.UrgentBecauseMissing):
        publish(held, window=Window.URGENT)
    found = publish(held, window=Window.URGENT, urgent_because="Out of school since Monday.")
    assert found.closes_at.isoformat() == "2026-05-19T09:00:00+00:00"


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 5, 25), "is not a working day"),
        (date(2026, 5, 24), "is not a working day"),
        (date(2026, 5, 20), "too soon"),
    ],
)
def test_a_deadline_is_a_working_day_and_no_sooner_than_the_window_gives(day, says):
    held = made.drafted()
    with pytest.raises(actions.DeadlineWrong, match=says):
        publish(held, last_day=day)
    assert publish(held, last_day=date(2026, 5, 26)).closes_at.isoformat().startswith("2026-05-26")


def test_support_begins_after_the_deadline():
    held = made.drafted(starts_on=date(2026, 5, 22))
    with pytest.raises(actions.StartsTooSoon, match="Friday 22 May 2026"):
        publish(held)


def test_nobody_to_ask_and_nothing_is_published():
    at = made.scene()
    held = made.drafted(at=at)
    lapse(held)
    with pytest.raises(actions.NobodyToAsk):
        publish(held)
    assert held.again().published_at is None


def lapse(held):
    """Every provider wants a check from tomorrow's eve that none of them has."""
    factories_market.require()


def test_a_draft_without_weights_is_not_published():
    at = made.scene()
    found = draft(at)
    with pytest.raises(actions.WeightsWrong):
        publish_competition(competition_id=found.pk, window=Window.NORMAL, by=at.caseworker, at=NOW)


def test_a_commissioner_does_not_publish_what_they_see_no_request_of():
    held = made.drafted()
    with pytest.raises(actions.ReferralNotSeen):
        publish(held, by=council_member(Role.COMMISSIONER))
