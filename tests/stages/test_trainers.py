"""The list of those who give training and apprenticeships: kept, taken off, and once each."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from flsf.core.numbers import ukprn_from
from flsf.core.people import SYSTEM
from flsf.market.trainers import actions, queries, rules
from flsf.market.trainers.enums import Kind, Offer
from flsf.market.trainers.models import Trainer
from flsf.market.trainers.rules import TrainerFacts
from flsf.shared.audit.models import AuditEntry
from tests.factories import NOW, TODAY
from tests.factories_market import trainer

pytestmark = pytest.mark.django_db
FACTS = TrainerFacts(
    name="  Marl Skills Ltd ",
    kind=Kind.TRAINING,
    offers=(Offer.INTERNSHIPS, Offer.APPRENTICESHIPS),
    ukprn="1000 1234",
    postcode="dy11hf",
)
LATER = NOW + timedelta(days=9)
BY = {"by": SYSTEM, "at": NOW}


def names():
    return [one.name for one in queries.listed()]


def test_kept_in_its_usual_form_changed_looked_at_and_taken_off():
    one = actions.add(facts=FACTS, **BY)
    assert (one.name, one.ukprn, one.postcode) == ("Marl Skills Ltd", "10001234", "DY1 1HF")
    assert one.offers_in_words == "Apprenticeships, Supported internships"
    later = {"trainer_id": one.pk, "by": SYSTEM, "at": LATER}
    assert actions.change(facts=FACTS, **later) is False
    one.refresh_from_db()
    assert (one.changed_on, one.checked_on) == (TODAY, TODAY + timedelta(days=9))
    assert actions.change(facts=replace(FACTS, place="Marl"), **later) is True
    actions.note_checked(**later)
    one.refresh_from_db()
    assert (one.place, one.changed_on) == ("Marl", TODAY + timedelta(days=9))
    with pytest.raises(actions.NeedsReason):
        actions.take_off(why=" ", **later)
    actions.take_off(why="It has closed.", **later)
    assert names() == []
    assert [row.taken_off_why for row in queries.register(person=SYSTEM)] == ["It has closed."]
    for act in (
        lambda: actions.change(facts=FACTS, **later),
        lambda: actions.note_checked(**later),
        lambda: actions.take_off(why="Again.", **later),
    ):
        with pytest.raises(actions.AlreadyTakenOff):
            act()
    # What was taken off may come back as another.
    assert actions.add(facts=FACTS, **BY).ref != one.ref


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"name": " . "}, actions.NameMissing),
        ({"offers": ()}, actions.OffersNothing),
        ({"ukprn": "20001234"}, actions.NotAUkprn),
        ({"ukprn": "1000123"}, actions.NotAUkprn),
        ({"ukprn": "1000123x"}, actions.NotAUkprn),
        ({"offers": (Offer.SKILLS,), "places": 4}, actions.NotInternships),
        ({"offers": (Offer.SKILLS,), "open_places": 0}, actions.NotInternships),
        ({"places": 3, "open_places": 4}, actions.MoreOpenThanPlaces),
        ({"open_places": 1}, actions.MoreOpenThanPlaces),
    ],
)
def test_what_is_refused_leaves_nothing(changed, refusal):
    with pytest.raises(refusal):
        actions.add(facts=replace(FACTS, **changed), **BY)
    assert not Trainer.objects.exists()
    assert not AuditEntry.objects.filter(tag="market:trainer:added").exists()


@pytest.mark.parametrize(
    "again", [{"name": "marl skills", "ukprn": ""}, {"name": "Other", "ukprn": "10001234"}]
)
def test_one_is_listed_once_by_name_and_by_number(again):
    actions.add(facts=FACTS, **BY)
    other = actions.add(facts=replace(FACTS, name="Another", ukprn=""), **BY)
    with pytest.raises(actions.ListedAlready):
        actions.add(facts=replace(FACTS, **again), **BY)
    with pytest.raises(actions.ListedAlready):
        actions.change(trainer_id=other.pk, facts=replace(FACTS, **again), **BY)
    other.refresh_from_db()
    assert other.name == "Another"


def test_all_of_many_are_taken_in_or_none():
    with pytest.raises(actions.ListedAlready):
        actions.take_in_many(new=[FACTS, FACTS], **BY)
    assert not Trainer.objects.exists()
    made = actions.take_in_many(new=[FACTS, replace(FACTS, name="B", ukprn="")], **BY)
    actions.take_out_many(trainer_ids=[one.pk for one in made], **BY)
    assert not Trainer.objects.exists()


def test_narrowed_by_words_place_and_offer():
    trainer("Marl College", kind=Kind.COLLEGE, place="Marlbeck", offers=(Offer.STUDY,))
    trainer("Works", place="Beckford", about="Care and health", postcode="ZZ9 1AA")
    assert [one.name for one in queries.listed(words="marl")] == ["Marl College"]
    assert [one.name for one in queries.listed(words="health beck")] == ["Works"]
    assert [one.name for one in queries.listed(words="zz9")] == ["Works"]
    assert [one.name for one in queries.listed(offer="study")] == ["Marl College"]
    assert [one.name for one in queries.listed(kind="college")] == ["Marl College"]
    assert list(queries.listed(offer="courses")) == []


def test_the_day_of_the_list_is_that_of_its_latest_change():
    assert queries.changed_on() is None
    one = trainer()
    assert queries.changed_on() == TODAY
    actions.note_checked(trainer_id=one.pk, by=SYSTEM, at=LATER)
    assert queries.changed_on() == TODAY
    actions.take_off(trainer_id=one.pk, why="Closed.", by=SYSTEM, at=LATER)
    assert queries.changed_on() == TODAY + timedelta(days=9)


def test_the_database_holds_what_a_number_is_and_that_taking_off_is_whole():
    one = trainer()
    for wrong in ({"ukprn": "12"}, {"taken_off_on": TODAY}, {"taken_off_why": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Trainer.objects.filter(pk=one.pk).update(**wrong)


@given(st.text())
def test_a_number_that_is_read_is_eight_digits_from_one_on(typed):
    found = ukprn_from(typed)
    assert found is None or 10_000_000 <= int(found) <= 19_999_999
    digits = "".join(typed.split())
    is_one = len(digits) == 8 and digits[0] == "1" and set(digits) <= set("0123456789")
    assert (found is not None) == is_one


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marl Skills Ltd", "MARL SKILLS LIMITED", True),
        ("Marl-Skills", "Marl Skills", True),
        ("Limited Editions", "Editions", False),
        ("Ltd", "", True),
    ],
)
def test_names_that_are_one_name(one, other, same):
    assert (rules.same_name(one) == rules.same_name(other)) is same


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_one_at_once_one_is_told():
    start = Barrier(2)

    def add(_):
        start.wait()
        try:
            actions.add(facts=FACTS, **BY)
        except actions.ListedAlready:
            return "told"
        finally:
            connection.close()
        return "added"

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(add, range(2))) == ["added", "told"]
    assert Trainer.objects.count() == 1
