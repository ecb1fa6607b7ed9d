"""Questions to all, bids that stay sealed, and what comes too late."""

from datetime import date, timedelta

import pytest

from flsf.casework.competitions import actions, queries
from flsf.casework.competitions.models import Addendum, Bid
from flsf.core.people import SYSTEM
from flsf.market.providers import actions as providers
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests import factories, factories_market, factories_matching
from tests import factories_competitions as made
from tests.factories import NOW, council_member
from tests.factories_competitions import AFTER, BEFORE, CLOSES, LATER, WORDS
from tests.flows.test_hold_competition import decide, proposed

pytestmark = pytest.mark.django_db


def seen(held, person, at=LATER):
    return queries.seen(held.again(), person=person, at=at)


def own(held, number=0, at=BEFORE):
    return queries.own(held.competition.ref, person=held.managers[number], at=at)


def withdraw(held, number=0, at=LATER):
    return actions.withdraw(competition_id=held.competition.pk, by=held.managers[number], at=at)


# Questions and what is added


def test_a_question_is_answered_to_all_and_nobody_learns_who_asked():
    held = made.published()
    asked = actions.ask(
        competition_id=held.competition.pk,
        words="Is a lift needed?",
        by=held.managers[0],
        at=BEFORE,
    )
    other = queries.own(held.competition.ref, person=held.managers[1], at=BEFORE)
    assert other.questions == []
    assert [one.words for one in own(held).questions] == ["Is a lift needed?"]
    answer = {"question_id": asked.pk, "by": held.scene.caseworker, "at": BEFORE}
    with pytest.raises(actions.WordsMissing):
        actions.answer(**answer, words=" ")
    with pytest.raises(actions.SaysOfWhom):
        actions.answer(**answer, words=f"{held.scene.child.last_name} uses one")
    actions.answer(**answer, words="Yes.")
    with pytest.raises(actions.AlreadyAnswered):
        actions.answer(**answer, words="No.")
    other = queries.own(held.competition.ref, person=held.managers[1], at=BEFORE)
    assert [one.answer for one in other.questions] == ["Yes."]
    [entry] = AuditEntry.objects.filter(tag="casework:competition:asked")
    assert entry.by_name == SYSTEM.name


def test_a_question_without_words_after_the_deadline_or_from_somebody_not_asked_is_refused():
    held = made.published()
    asks = {"competition_id": held.competition.pk, "by": held.managers[0]}
    with pytest.raises(actions.WordsMissing):
        actions.ask(**asks, words="", at=BEFORE)
    with pytest.raises(actions.NotNow):
        actions.ask(**asks, words="Too late?", at=CLOSES)
    with pytest.raises(actions.NotAsked):
        actions.ask(
            **(asks | {"by": factories.member_of(factories.organisation())}), words="?", at=BEFORE
        )
    with pytest.raises(actions.NotAsked):
        actions.ask(**(asks | {"by": held.scene.caseworker}), words="?", at=BEFORE)


def test_what_is_added_gives_everybody_the_whole_time_again():
    held = made.published()
    add = {"competition_id": held.competition.pk, "by": held.scene.caseworker}
    with pytest.raises(actions.WordsMissing):
        actions.add(**add, words="", at=BEFORE)
    added = actions.add(**add, words="The room is upstairs.", at=BEFORE + timedelta(days=1))
    assert added.closes_at.isoformat() == "2026-05-27T17:00:00+01:00"  # not counting the 25th
    assert held.again().closes_at == added.closes_at
    assert queries.is_as_published(held.competition)
    with pytest.raises(actions.NotNow):
        actions.add(**add, words="More", at=LATER + timedelta(days=9))


def test_nothing_is_added_that_leaves_no_time_before_the_support_begins():
    held = made.published(starts_on=date(2026, 5, 26))
    with pytest.raises(actions.StartsTooSoon):
        actions.add(
            competition_id=held.competition.pk,
            words="News",
            by=held.scene.caseworker,
            at=BEFORE + timedelta(days=2),
        )
    assert not Addendum.objects.exists()


# Bids


def test_nobody_of_the_council_sees_a_bid_or_who_bid_before_bids_are_opened():
    held = made.published()
    sent = made.bid(held)
    everybody = [
        council_member(role) for role in (Role.CASEWORKER, Role.COMMISSIONER, Role.DIRECTOR)
    ]
    for person in everybody:
        for at in (BEFORE, AFTER):
            found = seen(held, person, at)
            assert (found.bids, found.counts.bids, found.late) == ([], 0, 0)
        assert not Bid.objects.visible_to(person).exists()
    entries = AuditEntry.objects.filter(tag__startswith="casework:bid:")
    assert [(one.by_name, one.subject, one.details) for one in entries] == [
        (SYSTEM.name, f"bid {sent.ref}", {})
    ]


def test_a_provider_sees_its_own_bid_and_no_other():
    held = made.published()
    made.bid(held, 0)
    assert own(held, 0).bid.rate_pence == 4000
    assert own(held, 1).bid is None
    assert [one.provider_id for one in Bid.objects.visible_to(held.managers[0])] == [
        held.services[0].provider_id
    ]


def test_a_bid_sent_again_takes_the_place_of_the_earlier_one():
    held = made.published()
    made.bid(held, rate_pence=3900)
    made.bid(held, rate_pence=3800)
    assert own(held).bid.rate_pence == 3800
    assert Bid.objects.filter(replaced_at__isnull=False).count() == 1


def test_a_bid_withdrawn_may_be_sent_anew_before_the_deadline():
    held = made.published()
    made.bid(held)
    withdraw(held, at=BEFORE)
    with pytest.raises(actions.NoBidThere):
        withdraw(held, at=BEFORE)
    assert (own(held).bid, own(held).withdrawn is not None) == (None, True)
    made.bid(held)
    assert own(held).bid


def test_a_bid_at_the_deadline_is_late_and_the_earlier_one_stands():
    held = made.published()
    made.bid(held, rate_pence=3900)
    late = made.bid(held, rate_pence=3000, at=CLOSES)
    assert late.is_late
    found = own(held, at=AFTER)
    assert (found.bid.rate_pence, [one.ref for one in found.late]) == (3900, [late.ref])
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=AFTER)
    shown = seen(held, council_member(Role.CASEWORKER))
    assert ([one.bid.rate_pence for one in shown.bids], shown.late) == ([3900], 1)
    assert not Bid.objects.visible_to(held.scene.caseworker).filter(is_late=True).exists()


def test_what_comes_a_moment_before_the_deadline_is_in_time():
    held = made.published()
    assert not made.bid(held, at=CLOSES - timedelta(microseconds=1)).is_late


def test_a_bid_that_was_begun_in_time_and_comes_when_bids_are_open_is_late():
    held = made.published()
    actions.open_bids(competition_id=held.competition.pk, by=held.scene.caseworker, at=CLOSES)
    assert made.bid(held, at=CLOSES - timedelta(seconds=1)).is_late


def test_once_it_is_awarded_not_even_a_late_bid_is_kept():
    held = made.moderated((5, 5), (4, 4))
    decide(proposed(held), held.scene.director)
    before = Bid.objects.count()
    with pytest.raises(actions.NotNow):
        made.bid(held, 1, at=LATER)
    assert Bid.objects.count() == before


@pytest.mark.parametrize(
    ("change", "refusal", "says"),
    [
        ({"rate_pence": 4001}, actions.BeyondRateCard, "£40.00"),
        ({"words": {"c1": "Yes."}}, actions.AnswersMissing, "Good for children"),
        ({"words": WORDS | {"c2": " "}}, actions.AnswersMissing, "Good for children"),
        ({"starts_on": date(2026, 6, 7)}, actions.StartOutsideBrief, "8 June 2026"),
        ({"starts_on": date(2026, 7, 18)}, actions.StartOutsideBrief, "17 July 2026"),
        ({"service_ref": "S-NONE"}, actions.NotYourService, "your services"),
    ],
)
def test_a_bid_that_does_not_do_says_what_would(change, refusal, says):
    held = made.published()
    with pytest.raises(refusal, match=says):
        made.bid(held, **change)
    assert not Bid.objects.exists()


def test_a_bid_is_made_with_a_service_of_ones_own_with_a_price_in_the_lot():
    held = made.published()
    with pytest.raises(actions.NotYourService):
        made.bid(held, 0, service_ref=held.services[1].ref)
    unpriced = factories_market.service(held.services[0].provider, held.scene.lot)
    with pytest.raises(actions.NoRateYet):
        made.bid(held, service_ref=unpriced.ref)


def test_a_service_the_published_rules_leave_out_is_refused_without_a_word_of_the_child():
    held = made.published()
    providers.set_capacity(service_id=held.services[0].pk, places={0: 5}, by=SYSTEM, at=NOW)
    with pytest.raises(actions.CannotBeBought) as told:
        made.bid(held)
    assert "enough places free in the half-days" in str(told.value)


def test_a_provider_that_was_not_asked_does_not_bid_or_look():
    held = made.published()
    other = factories_matching.service(held.scene.lot)
    manager = factories.member_of(other.provider.organisation)
    with pytest.raises(actions.NotAsked):
        actions.bid(
            competition_id=held.competition.pk,
            offer=actions.NewBid(
                service_ref=other.ref, rate_pence=1, starts_on=made.WANTED, words=WORDS
            ),
            by=manager,
            at=BEFORE,
        )
    assert queries.own(held.competition.ref, person=manager, at=BEFORE) is None
    assert queries.with_ref(held.competition.ref, person=manager) is None
    worker = factories.member_of(held.services[0].provider.organisation, Role.PRACTITIONER)
    assert queries.own(held.competition.ref, person=worker, at=BEFORE) is None


def test_a_stopped_competition_takes_no_bid_and_no_withdrawal():
    held = made.published()
    made.bid(held)
    stop = {"competition_id": held.competition.pk, "by": held.scene.caseworker, "at": BEFORE}
    with pytest.raises(actions.ReasonMissing):
        actions.stop(**stop, because="")
    with pytest.raises(actions.MayNot):
        actions.stop(**(stop | {"by": council_member(Role.PROCUREMENT)}), because="Moved.")
    actions.stop(**stop, because="Not needed any more.")
    for act in (lambda: made.bid(held), lambda: withdraw(held, at=BEFORE)):
        with pytest.raises(actions.NotNow, match="stopped"):
            act()
    with pytest.raises(actions.NotNow):
        actions.stop(**stop, because="Again.")
