"""After a challenge it is tendered again, and nothing of a child's support changes meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from flsf.casework.calloffs.models import Award
from flsf.core.people import SYSTEM
from flsf.delivery.placements.models import Placement
from flsf.flows.tender_again import (
    CoverTooLong,
    CoverTooShort,
    OpensTooSoon,
    Tender,
    end_tender_again,
    tender_again,
    to_cover,
)
from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.models import Lot
from flsf.mandate.governance import actions as governance
from flsf.mandate.governance.enums import Kind
from flsf.mandate.governance.models import Entry
from flsf.mandate.retenders import actions
from flsf.mandate.retenders.models import Cover, Retender
from flsf.mandate.rounds import actions as rounds
from flsf.mandate.rounds import queries as find_rounds
from flsf.mandate.rounds.actions import RoundsOverlap
from flsf.mandate.rounds.models import Round
from flsf.mandate.rounds.rules import PublishedNotice
from flsf.mandate.waivers import actions as waivers
from flsf.mandate.waivers.models import Waiver
from flsf.shared.accounts.enums import Role
from flsf.web.council.framework_office.again import next_step
from tests import factories, factories_delivery
from tests.factories import NOW, TODAY, council_member
from tests.pages.test_fallback import CHALLENGE

DAY = timedelta(days=1)
TENDER = Tender(
    opens_on=TODAY + DAY,
    closes_on=TODAY + 28 * DAY,
    decide_by=TODAY + 60 * DAY,
    standstill_days=None,
    covered_until=TODAY + 60 * DAY,
)
WHY = "A solicitor says that the pool is no listed technique."


@pytest.fixture
def inside(db):
    made = factories.made_framework()
    factories.works_as(made, CommercialModel.PSEUDO_DPS)
    return made


@pytest.fixture
def challenge(inside):
    governance.add(framework_id=inside.pk, kind=Kind.CHALLENGE, told=CHALLENGE, by=SYSTEM, at=NOW)
    return Entry.objects.get(kind=Kind.CHALLENGE)


@pytest.fixture
def director(db):
    return council_member(Role.DIRECTOR)


def placed(inside, pence=1000_00):
    made = factories_delivery.running()
    made.service.lot = Lot.objects.filter(framework=inside).first() or factories.lot(inside=inside)
    made.service.save()
    Award.objects.filter(pk=made.award_id).update(net_pence=pence, gross_pence=pence)
    return made


def again(inside, challenge, by, **changed):
    told = {
        "framework_id": inside.pk,
        "challenge_id": challenge.pk,
        "tender": TENDER,
        "authority": "Director, under delegated authority",
        "because": WHY,
    }
    return tender_again(**(told | changed), by=by, at=NOW)


def settled(challenge, by):
    governance.change(
        entry_id=challenge.pk,
        told=CHALLENGE | {"standing": "Settled"},
        because="They settled.",
        seen_version=1,
        by=by,
        at=NOW,
    )


def test_a_new_round_opens_and_each_provider_is_covered_for_what_those_days_cost(
    inside, challenge, director
):
    one, other = placed(inside), placed(inside, 0)
    before = list(Placement.objects.order_by("pk").values())
    rounds.open_round(framework_id=inside.pk, opens_on=TODAY, closes_on=None, by=SYSTEM, at=NOW)
    made = again(inside, challenge, director)
    first, second = find_rounds.rounds(inside.pk, on=TODAY)[::-1]
    assert (first.closes_on, second.opens_on) == (TODAY, TODAY + DAY)
    assert made.round_id == second.round_id
    covering = {each.provider_name: each for each in Waiver.objects.all()}
    assert set(covering) == {one.provider.name, other.provider.name}
    mine = covering[one.provider.name]
    # Of the days from 20 April to 17 July, those from 15 May to 14 July are covered.
    award = Award.objects.get(pk=one.award_id)
    whole, left = (award.ends_on - award.starts_on).days + 1, 61
    assert mine.value_pence == -(-1000_00 * left // whole)
    assert (mine.starts_on, mine.expires_on) == (TODAY, TODAY + 60 * DAY)
    assert (mine.approver_name, mine.approved_on) == ("Director, under delegated authority", TODAY)
    assert WHY in mine.reason
    assert Cover.objects.count() == 2
    assert list(Placement.objects.order_by("pk").values()) == before


def test_what_runs_under_another_framework_or_is_over_is_not_covered(inside):
    mine, late = placed(inside), placed(inside)
    Award.objects.filter(pk=late.award_id).update(starts_on=TODAY + 90 * DAY, ends_on=date.max)
    outside = factories.made_framework(name="Other")
    placed(outside)
    found = to_cover(inside.pk, first=TODAY, last=TODAY + 60 * DAY)
    assert [name for name, _ in found] == [mine.provider.name]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"tender": replace(TENDER, opens_on=TODAY)}, OpensTooSoon),
        ({"tender": replace(TENDER, covered_until=TODAY + 59 * DAY)}, CoverTooShort),
        ({"tender": replace(TENDER, covered_until=TODAY + 366 * DAY)}, CoverTooLong),
        ({"tender": replace(TENDER, closes_on=TODAY)}, rounds.ClosesBeforeItOpens),
        ({"because": " "}, actions.ReasonMissing),
        ({"authority": " "}, actions.AuthorityMissing),
    ],
)
def test_refused_nothing_is_half_done(inside, challenge, director, changed, refusal):
    placed(inside)
    with pytest.raises(refusal):
        again(inside, challenge, director, **changed)
    assert not Round.objects.exists()
    assert not Waiver.objects.exists()


def test_only_a_named_person_after_a_challenge_that_is_open_and_once(inside, challenge, director):
    with pytest.raises(actions.NeedsAPerson):
        again(inside, challenge, SYSTEM)
    again(inside, challenge, director)
    with pytest.raises((actions.UnderWay, RoundsOverlap)):
        again(inside, challenge, director)
    later = replace(TENDER, opens_on=TODAY + 70 * DAY, closes_on=TODAY + 80 * DAY)
    later = replace(later, decide_by=TODAY + 90 * DAY, covered_until=TODAY + 90 * DAY)
    with pytest.raises(actions.UnderWay):
        again(inside, challenge, director, tender=later)
    settled(challenge, director)
    end_tender_again(
        retender_id=Retender.objects.get().pk, because="It is settled.", by=director, at=NOW
    )
    with pytest.raises(actions.NoChallenge):
        again(inside, challenge, director, tender=later)


def test_an_open_framework_reopens_for_it(inside, challenge, director):
    factories.works_as(inside, CommercialModel.OPEN_FRAMEWORK, TODAY)
    with pytest.raises(rounds.TenderTooLong):
        again(inside, challenge, director, tender=replace(TENDER, closes_on=TODAY + 40 * DAY))
    made = again(inside, challenge, director)
    assert Round.objects.get(pk=made.round_id).model == CommercialModel.OPEN_FRAMEWORK


def test_it_ends_once_everybody_is_told_and_its_waivers_with_it(inside, challenge, director):
    one, other = placed(inside), placed(inside)
    made = again(inside, challenge, director)
    end = {"retender_id": made.pk, "because": "The new list stands.", "by": director}
    with pytest.raises(actions.NotToldYet):
        end_tender_again(**end, at=NOW)
    with pytest.raises(actions.ReasonMissing):
        end_tender_again(**end | {"because": ""}, at=NOW)
    with pytest.raises(actions.NeedsAPerson):
        end_tender_again(**end | {"by": SYSTEM}, at=NOW)
    early = Waiver.objects.get(provider_name=other.provider.name)
    waivers.end(waiver_id=early.pk, ended_on=TODAY, why="They left.", by=director, at=NOW)
    told = NOW + 40 * DAY
    rounds.record_summaries_sent(round_id=made.round_id, by=director, at=told)
    end_tender_again(**end, at=told)
    mine = Waiver.objects.get(provider_name=one.provider.name)
    assert (mine.ended_on, mine.ended_why) == (told.date(), "The new list stands.")
    early.refresh_from_db()
    assert (early.ended_on, early.ended_why) == (TODAY, "They left.")
    with pytest.raises(actions.AlreadyEnded):
        end_tender_again(**end, at=told)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tender_again_at_once_one_does():
    inside = factories.made_framework()
    factories.works_as(inside, CommercialModel.PSEUDO_DPS)
    governance.add(framework_id=inside.pk, kind=Kind.CHALLENGE, told=CHALLENGE, by=SYSTEM, at=NOW)
    challenge = Entry.objects.get(kind=Kind.CHALLENGE)
    people = [council_member(Role.DIRECTOR), council_member(Role.COMMISSIONER)]
    ready = Barrier(2)

    def one(by):
        try:
            ready.wait(timeout=20)
            again(inside, challenge, by)
        except (actions.UnderWay, RoundsOverlap) as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(one, people))
    assert sorted(bool(words) for words in said) == [False, True]
    assert (Retender.objects.count(), Round.objects.count()) == (1, 1)


# --- The pages ---


def as_(role=Role.COMMISSIONER):
    client = Client()
    client.force_login(council_member(role))
    return client


def text(answer):
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def typed(challenge, **changed):
    days = {
        "opens_on": TENDER.opens_on,
        "closes_on": TENDER.closes_on,
        "decide_by": TENDER.decide_by,
        "covered_until": TENDER.covered_until,
    } | changed
    parts = {
        f"{name}-{part}": getattr(day, part)
        for name, day in days.items()
        for part in ("day", "month", "year")
    }
    return parts | {"challenge": challenge.pk, "authority": "Director", "because": WHY}


def test_from_the_fallback_it_is_tendered_again_followed_and_ended(inside, challenge):
    here = f"?framework={inside.ref}"
    begin, back = f"{reverse('retender-begin')}{here}", f"{reverse('fallback')}{here}"
    placed(inside)
    client = as_()
    assert begin in text(client.get(back))
    assert begin not in text(as_(Role.COUNCILLOR).get(back))
    assert "Round 1: Letter received" in text(client.get(begin))
    short = text(client.post(begin, typed(challenge, covered_until=TODAY)))
    assert "The waivers must last until the day to decide by" in short
    assert WHY in short
    assert client.post(begin, typed(challenge)).url == back
    made = Retender.objects.get()
    page = reverse("retender-page", kwargs={"ref": made.ref})
    html = text(client.get(back))
    assert page in html
    assert begin not in html
    assert client.get(begin).url == f"{page}{here}"
    html = text(client.get(page))
    assert "Under way" in html
    assert "Publish the tender notice, and record it on the page of the round." in html
    assert Waiver.objects.get().ref in html
    assert reverse("retender-end", kwargs={"ref": made.ref}) not in text(
        as_(Role.COUNCILLOR).get(page)
    )
    end = reverse("retender-end", kwargs={"ref": made.ref})
    html = text(client.post(end, {"because": "Done."}))
    assert "Not everybody who tendered has been told" in html
    assert "Done." in html
    settled(challenge, council_member(Role.DIRECTOR))
    assert client.post(end, {"because": "They settled."}).url == f"{page}{here}"
    html = text(client.get(page))
    assert "Over" in html
    assert "They settled." in html
    assert end not in html
    assert "Next:" not in html


def test_without_a_challenge_there_is_nothing_to_tender_again(inside):
    assert as_().get(reverse("retender-begin")).url.startswith(reverse("fallback"))
    assert as_(Role.COUNCILLOR).get(reverse("retender-begin")).status_code == 403


def test_one_provider_costs_as_many_queries_as_three(
    inside, challenge, director, django_assert_num_queries
):
    placed(inside)
    made = again(inside, challenge, director)
    client, page = as_(), reverse("retender-page", kwargs={"ref": made.ref})
    for _ in range(2):
        with django_assert_num_queries(11):
            client.get(page)
        for _ in range(2):
            waiver = waivers.grant(
                reason="More",
                provider_name="Another",
                value_pence=1,
                starts_on=TODAY,
                expires_on=TODAY,
                approver_name="Director",
                approved_on=TODAY,
                by=SYSTEM,
                at=NOW,
            )
            Cover.objects.create(retender=made, waiver=waiver)


def test_what_comes_next_is_said_step_by_step(inside, challenge, director):
    made = again(inside, challenge, director)
    facts = find_rounds.with_number(inside.pk, made.round.number, on=TODAY)
    assert next_step(None) == ""
    assert next_step(facts).startswith("Publish the tender notice")
    noticed = replace(facts, notices=(PublishedNotice("UK4", "2026/S 000-1", TODAY),))
    assert next_step(noticed).startswith("Decide who is accepted by 14 July 2026, and tell")
    told = replace(noticed, summaries_sent_on=TODAY)
    assert next_step(told) == "Everybody who tendered has been told. End the time between."


def test_waivers_stand_by_the_name_of_the_provider(inside, challenge, director):
    for _ in range(4):
        placed(inside)
    made = again(inside, challenge, director)
    html = text(as_().get(reverse("retender-page", kwargs={"ref": made.ref})))
    names = sorted(one.provider_name for one in Waiver.objects.all())
    assert len(set(names)) > 1
    assert [html.index(f">{name}<") for name in names] == sorted(
        html.index(f">{name}<") for name in names
    )
