"""An open framework reopens: a round with its time to tender, then every agreement issued again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.delivery.placements import queries as placements
from flsf.flows import change_model as flow
from flsf.flows import reopen_framework
from flsf.flows.release_round import release_round
from flsf.mandate.framework import actions as frameworks
from flsf.mandate.framework import queries as find_frameworks
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds import queries as find_rounds
from flsf.market.agreements import actions as agreements
from flsf.market.agreements import queries as find_agreements
from flsf.market.agreements.enums import Outcome, Stage
from flsf.market.agreements.models import Agreement
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.models import Message
from tests import factories
from tests.factories import NOW, TODAY, council_member, works_as
from tests.factories_applications import mentoring, questions
from tests.factories_delivery import running, service
from tests.factories_evaluation import AFTER, LAST_DAY, Scene, finish, marking
from tests.factories_market import admitted, all_shown, issued, provider

pytestmark = pytest.mark.django_db

WORDS = {"authority": "Director, under delegated authority", "reason": "The law's cycle"}
LATER = AFTER.date()


def opened(at, **more):
    told = {"opens_on": TODAY, "closes_on": LAST_DAY} | WORDS | more
    told.setdefault("by", at.officer)
    return rounds.reopen(framework_id=at.framework.pk, at=NOW, **told)


class Open:
    """An open framework with one provider on it, a child there, and a first round long ago."""

    def __init__(self, since=NOW):
        inside = factories.made_framework()
        frameworks.set_model(
            framework_id=inside.pk,
            model=CommercialModel.OPEN_FRAMEWORK,
            in_force_from=since.date(),
            **WORDS,
            by=SYSTEM,
            at=since,
        )
        self.framework = inside
        self.lot = factories.lot("Mentoring", inside=inside)
        self.incumbent = provider("Ash")
        all_shown(self.incumbent)
        self.admission = admitted(self.incumbent, in_lot=self.lot)
        issued(self.admission)
        running(at_service=service(self.incumbent))
        self.officer = council_member(Role.COMMISSIONER)

    def told(self):
        """The round closed and everybody was told: one newcomer joins."""
        questions(self.framework)
        mentoring(self.framework)
        opened(self)
        people = [council_member(role) for role in (Role.COMMISSIONER, Role.QUALITY, Role.DIRECTOR)]
        return Scene(self.framework, *people)


@pytest.fixture
def at():
    return Open()


def rehearse(at, **more):
    told = {"framework_id": at.framework.pk, "number": 1, "takes_effect_on": LATER} | WORDS | more
    return reopen_framework.rehearse_reissue(**told, by=at.officer, at=AFTER)


def tell_nobody(at):
    """Nobody applied in the round, and that is told."""
    opened(at)
    rounds.record_summaries_sent(
        round_id=find_rounds.with_number(at.framework.pk, 1, on=LATER).round_id,
        by=at.officer,
        at=AFTER,
    )


def carry_out(ref, by):
    flow.carry_out(ref=ref, debarment_seen_on=LATER, debarment_version="May", by=by, at=AFTER)


# --- The round ---


def test_it_reopens_for_four_weeks_at_most_and_the_record_says_on_whose_authority(at):
    made = opened(at, closes_on=TODAY + timedelta(days=27), decide_by=TODAY + timedelta(days=40))
    facts = find_rounds.with_number(at.framework.pk, made.number, on=TODAY)
    assert (facts.reopens, facts.reopening_authority) == (True, WORDS["authority"])


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"closes_on": TODAY + timedelta(days=28)}, rounds.TenderTooLong),
        ({"reason": " "}, rounds.ReasonMissing),
        ({"authority": ""}, rounds.ReasonMissing),
        ({"by": SYSTEM}, rounds.NeedsAPerson),
        ({"closes_on": TODAY - timedelta(days=1)}, rounds.ClosesBeforeItOpens),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(at, more, refusal):
    with pytest.raises(refusal):
        opened(at, **more)


def test_too_long_says_the_last_day_that_would_do(at):
    with pytest.raises(rounds.TenderTooLong, match=r"at most 28 days .* 11 June 2026 or before"):
        opened(at, closes_on=TODAY + timedelta(days=60))


def test_only_an_open_framework_reopens_and_twice_at_once_never(at):
    opened(at)
    with pytest.raises(rounds.RoundsOverlap):
        opened(at)
    works_as(at.framework, CommercialModel.LIGHT_TOUCH_CLOSED)
    with pytest.raises(rounds.NotAnOpenFramework):
        opened(at)


def test_after_its_first_round_newcomers_come_by_a_reopening_alone(at):
    told = {"framework_id": at.framework.pk, "decide_by": None, "by": at.officer, "at": NOW}
    rounds.open_round(opens_on=TODAY, closes_on=TODAY, **told)
    with pytest.raises(rounds.MustReopen):
        rounds.open_round(opens_on=LATER, closes_on=LATER, **told)


# --- Issuing again ---


def test_everybody_is_told_first(at):
    opened(at)
    with pytest.raises(reopen_framework.NotToldYet):
        rehearse(at)
    with pytest.raises(reopen_framework.NotAReopening):
        rehearse(at, number=2)


def test_the_standstill_ends_first(at):
    opened(at, standstill_days=8)
    rounds.record_summaries_sent(
        round_id=find_rounds.with_number(at.framework.pk, 1, on=LATER).round_id,
        by=at.officer,
        at=AFTER,
    )
    with pytest.raises(reopen_framework.InStandstill, match="Wait until 10 June 2026"):
        rehearse(at)


def test_newcomers_and_those_on_it_are_issued_in_one_batch_and_no_placement_changes(at):
    scene = at.told()
    finish(scene, marking(scene), on=AFTER)
    release_round(round_of=scene.round(LATER), by=scene.director, at=AFTER)
    assert Agreement.objects.count() == 1  # the newcomer's waits for the batch
    before = placements.every_as_it_is()
    ref = rehearse(at)
    change = find_agreements.with_ref(ref, person=at.officer)
    assert (change.round_number, change.counts) == (1, {Outcome.REISSUED: 2})
    carry_out(ref, at.officer)
    in_force = Agreement.objects.in_force_on(LATER)
    assert {one.in_force_from for one in in_force} == {LATER}
    assert in_force.count() == 2
    assert "reopened in round 1" in in_force.latest("pk").paper.because
    assert placements.every_as_it_is() == before
    assert find_frameworks.reopened_on(at.framework.pk, on=LATER) == LATER
    assert flow.confirm(ref=ref, by=at.officer, at=AFTER) == 2
    assert Message.objects.filter(template="agreement-issued-again").exists()
    with pytest.raises(agreements.AlreadyReissued):
        rehearse(at)


def test_who_opts_out_is_left_with_no_agreement(at):
    tell_nobody(at)
    ref = rehearse(at)
    [line] = find_agreements.lines(
        find_agreements.with_ref(ref, person=at.officer).id, person=at.officer
    )
    agreements.leave_out(
        line_id=line.pk, outcome=Outcome.OPTED_OUT, reason="They wrote", by=at.officer, at=AFTER
    )
    carry_out(ref, at.officer)
    assert not Agreement.objects.in_force_on(LATER).exists()


def test_the_next_reopening_is_due_five_years_on_or_when_the_scheme_ends(at):
    tell_nobody(at)
    before = find_frameworks.reopening(at.framework, on=LATER).must_happen_by
    ends = find_frameworks.longest_term(at.framework, on=LATER)
    carry_out(rehearse(at), at.officer)
    assert before.isoformat() == "2029-05-14"
    after = find_frameworks.reopening(at.framework, on=LATER).must_happen_by
    assert after.isoformat() == "2031-05-28"
    assert find_frameworks.longest_term(at.framework, on=LATER) == ends


def test_undone_it_has_not_reopened_and_the_agreements_before_hold_again(at):
    tell_nobody(at)
    ref = rehearse(at)
    carry_out(ref, at.officer)
    flow.undo(ref=ref, reason="Too early", by=at.officer, at=AFTER)
    assert find_frameworks.reopened_on(at.framework.pk, on=LATER) is None
    assert Agreement.objects.in_force_on(LATER).get().version == 1
    carry_out(rehearse(at), at.officer)
    assert find_frameworks.reopened_on(at.framework.pk, on=LATER) == LATER


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"reason": ""}, frameworks.ModelReasonMissing),
        ({"in_force_from": TODAY - timedelta(days=1)}, frameworks.ModelInThePast),
        ({"in_force_from": TODAY + timedelta(days=9999)}, frameworks.ModelOutsideTerm),
    ],
    ids=str,
)
def test_the_framework_refuses_to_count_as_reopened(at, more, refusal):
    told = {"framework_id": at.framework.pk, "in_force_from": TODAY} | WORDS | more
    with pytest.raises(refusal):
        frameworks.reopen(**told, by=at.officer, at=NOW)


def test_a_framework_of_another_model_does_not_count_as_reopened():
    inside = factories.made_framework()
    told = {"framework_id": inside.pk, "in_force_from": TODAY} | WORDS
    with pytest.raises(frameworks.NotAnOpenFramework):
        frameworks.reopen(**told, by=SYSTEM, at=NOW)


# --- Pages ---


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def days(**named):
    return {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in named.items()
        for part in ("day", "month", "year")
    }


def of(at, name, *args):
    """A page of that framework's: a child's service stands in another."""
    return f"{reverse(name, args=args)}?framework={at.framework.ref}"


def test_it_is_opened_told_rehearsed_and_carried_out_on_pages(at):
    told = {"framework_id": at.framework.pk, "decide_by": None, "by": at.officer, "at": NOW}
    rounds.open_round(opens_on=TODAY, closes_on=TODAY, **told)
    client, address = as_(at.officer), of(at, "round-reopen")
    assert address in text(client.get(of(at, "round-list")))
    first = TODAY + timedelta(days=1)
    long = days(opens_on=first, closes_on=first + timedelta(days=28)) | WORDS
    html = text(client.post(address, long))
    assert "Give at most 28 days to tender" in html
    assert WORDS["reason"].replace("'", "&#39;") in html
    assert "Enter why it reopens" in text(client.post(address, long | {"reason": ""}))
    fine = days(opens_on=first, closes_on=first + timedelta(days=27)) | WORDS
    assert "No agreement has changed yet" in text(client.post(address, fine, follow=True))
    page = of(at, "round-page", 2)
    html = text(client.get(page))
    assert "28 days, the same for everybody" in html
    assert "Rehearse issuing every agreement again" not in html
    reissue = of(at, "round-reissue", 2)
    answers = days(takes_effect_on=TODAY) | WORDS
    assert "Everybody of this round is told first" in text(client.post(reissue, answers))
    assert as_(council_member(Role.COUNCILLOR)).get(reissue).status_code == 403


def test_a_framework_of_another_model_is_told_so_before_anything_is_typed(at):
    html = text(as_(at.officer).get(of(at, "round-reopen")))
    assert "every agreement ends and is issued again" in html
    assert "Only an open framework reopens" not in html
    other = factories.made_framework(name="Other")
    address = f"{reverse('round-reopen')}?framework={other.ref}"
    html = text(as_(at.officer).get(address))
    assert "Today it works as: " in html
    assert "Only an open framework reopens. Change the commercial model first" in html


def test_a_round_told_leads_to_the_rehearsal_and_its_pages_speak_of_a_reopening():
    at = Open(NOW - timedelta(days=44))
    past = {"opens_on": TODAY - timedelta(days=20), "closes_on": TODAY - timedelta(days=2)}
    made = rounds.reopen(
        framework_id=at.framework.pk,
        **past,
        **WORDS,
        by=at.officer,
        at=NOW - timedelta(days=20),
    )
    rounds.record_summaries_sent(round_id=made.pk, by=at.officer, at=NOW)
    client = as_(at.officer)
    assert "Rehearse issuing every agreement again" in text(client.get(of(at, "round-page", 1)))
    answers = days(takes_effect_on=TODAY) | WORDS
    html = text(client.post(of(at, "round-reissue", 1), answers, follow=True))
    assert "Reopening in round 1" in html
    assert "It stays, and every agreement ends and is issued again" in html
    ref = find_agreements.of_round(made.pk, person=at.officer)[0].ref
    there = {"ref": ref}
    seen = days(debarment_seen_on=TODAY) | {"debarment_version": "May"}
    page = reverse("transition-carry-out", kwargs=there)
    assert "Issue every agreement again" in text(client.get(page))
    assert "You can undo it" in text(client.post(page, seen, follow=True))
    assert "counts as not reopened" in text(client.get(reverse("transition-undo", kwargs=there)))
    confirm = reverse("transition-confirm", kwargs=there)
    assert "Confirm the reopening" in text(client.get(confirm))
    assert "providers are written to" in text(client.post(confirm, follow=True))
    html = text(client.get(of(at, "framework-page")))
    assert "It reopened last on 15 May 2026. It must reopen by 14 May 2031." in html
    assert ref in text(client.get(of(at, "round-page", 1)))


# --- Two at once ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False], ids=["one-rehearsal", "two-rehearsals"])
def test_two_who_carry_it_out_at_once_end_with_one_winner_and_a_word_to_the_other(same):
    at = Open()
    tell_nobody(at)
    first = rehearse(at)
    refs = [first, first if same else rehearse(at)]
    officers, together = [at.officer, council_member(Role.COMMISSIONER)], Barrier(2)

    def run(pair):
        ref, officer = pair
        try:
            together.wait(timeout=5)
            carry_out(ref, officer)
        except Refusal as refusal:
            return str(refusal)
        else:
            return Stage.CARRIED_OUT
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        said = list(pool.map(run, zip(refs, officers, strict=True)))
    assert said.count(Stage.CARRIED_OUT) == 1
    other = next(one for one in said if one is not Stage.CARRIED_OUT)
    assert "carried out" in other
    assert Agreement.objects.in_force_on(LATER).count() == 1
