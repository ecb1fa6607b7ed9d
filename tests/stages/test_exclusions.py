"""The debarment list and exclusions: what is written, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from flsf.core.people import SYSTEM
from flsf.market.exclusions import actions, queries
from flsf.market.exclusions.enums import CaseStatus, Cause, MatchStatus, Weight
from flsf.market.exclusions.models import Case, ListEntry, ListVersion, Match
from flsf.market.exclusions.rules import Candidate
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, TODAY, council_member, member_of, organisation
from tests.factories_exclusions import HAPPENED, entry, listed
from tests.factories_exclusions import case as opened
from tests.factories_exclusions import match as matched
from tests.factories_market import provider

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = NOW + 20 * DAY


@pytest.fixture
def of():
    return provider("Bad Apple Ltd")


def sweep(*candidates, at=NOW):
    return actions.sweep(candidates=candidates, cause=Cause.NIGHTLY, by=SYSTEM, at=at)


def known_as(place, *names):
    return Candidate(place.pk, frozenset(names or {place.name}))


def why(place, on=TODAY):
    return queries.why_none([place.pk], on=on).get(place.pk, "")


def settle(one, *, is_them, by=None):
    by = by or council_member(Role.PROCUREMENT)
    return actions.settle(match_id=one.pk, is_them=is_them, because="Looked up.", by=by, at=NOW)


# --- The list ---


def test_the_same_file_again_makes_no_second_version():
    told = {"name": "May", "sha256": "a" * 64, "entries": [entry()], "by": SYSTEM}
    first, is_new = actions.take_in_list(**told, at=NOW)
    again, is_new_again = actions.take_in_list(**told, at=LATER)
    assert (first.pk, is_new) == (again.pk, True)
    assert not is_new_again
    assert (ListVersion.objects.count(), ListEntry.objects.count()) == (1, 1)


def test_without_a_list_nobody_is_looked_for():
    with pytest.raises(actions.NoList):
        sweep()


def test_a_match_stands_in_the_way_until_somebody_has_looked():
    place = organisation()
    one = matched(place)
    assert why(place) == queries.TO_SETTLE
    settle(one, is_them=False)
    assert why(place) == ""


def test_what_was_said_holds_for_the_next_list_and_a_new_entry_is_a_new_match():
    place = organisation()
    settle(matched(place), is_them=False)
    listed(entry(place.name), entry(place.name, ground="Fraud"), at=LATER)
    [new] = sweep(known_as(place), at=LATER)
    assert new.entry.ground == "Fraud"
    assert why(place) == queries.TO_SETTLE
    statuses = Match.objects.order_by("found_at").values_list("status", flat=True)
    assert list(statuses) == [MatchStatus.NOT_THEM, MatchStatus.OPEN]


def test_what_the_next_list_no_longer_has_stands_in_nobodys_way():
    place = organisation()
    matched(place)
    listed(entry("Somebody Else"), at=LATER)
    assert sweep(known_as(place), at=LATER) == []
    assert why(place) == ""


def test_an_entry_that_has_ended_stands_in_nobodys_way():
    place = organisation()
    listed(entry(place.name, last_day=TODAY))
    assert len(sweep(known_as(place))) == 1
    assert why(place) == queries.TO_SETTLE
    assert why(place, TODAY + DAY) == ""
    listed(entry(place.name, ground="Old", last_day=TODAY - DAY), at=LATER)
    assert sweep(known_as(place), at=LATER) == []


def test_a_match_is_settled_once_by_a_named_person_with_a_reason():
    one = matched(organisation())
    said = {"match_id": one.pk, "is_them": True, "at": NOW}
    with pytest.raises(actions.NeedsAPerson):
        actions.settle(**said, because="So.", by=SYSTEM)
    with pytest.raises(actions.SayWhy):
        actions.settle(**said, because=" ", by=council_member())
    settle(one, is_them=True)
    with pytest.raises(actions.AlreadySettled):
        actions.settle(**said, because="So.", by=council_member())


# --- Cases ---


def test_a_case_is_opened_with_words_and_days_to_answer(of):
    one = opened(of)
    assert (one.status, one.weight, one.answer_by) == (
        CaseStatus.OPEN,
        Weight.DISCRETIONARY,
        date(2026, 5, 29),  # the tenth working day, and today is the first
    )
    assert "being decided" in queries.why_none([of.organisation_id], on=TODAY)[of.organisation_id]


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"by": SYSTEM}, actions.NeedsAPerson),
        ({"words": " "}, actions.SayWhy),
        ({"happened_on": TODAY + DAY}, actions.NotYet),
        ({"happened_on": date(2020, 1, 1)}, actions.TooLongAgo),
        ({"happened_on": date(2023, 1, 1), "ground": "insolvency"}, actions.TooLongAgo),
    ],
)
def test_a_case_is_not_opened_so(of, changed, refusal):
    said = {"ground": "misconduct", "happened_on": HAPPENED, "words": "So.", "by": None}
    said["by"] = council_member(Role.COMMISSIONER)
    with pytest.raises(refusal):
        actions.open_case(organisation_id=of.organisation_id, **said | changed, at=NOW)
    assert not Case.objects.exists()


def test_one_case_at_a_time(of):
    opened(of)
    with pytest.raises(actions.OneIsOpen):
        opened(of)


def decide(one, outcome=CaseStatus.EXCLUDED, by=None, at=LATER, reason="It may recur."):
    by = by or council_member(Role.DIRECTOR)
    return actions.decide(case_id=one.pk, outcome=outcome, reason=reason, by=by, at=at)


def answer(one, words="It is put right.", at=NOW):
    actions.answer(case_id=one.pk, words=words, by=council_member(), at=at)


def test_it_is_decided_after_the_answer_or_the_last_day_by_somebody_else(of):
    officer = council_member(Role.COMMISSIONER)
    one = opened(of, by=officer)
    with pytest.raises(actions.StillTheirTurn):
        decide(one, at=NOW + 14 * DAY)
    with pytest.raises(actions.OpenedByYou):
        decide(one, by=officer)
    with pytest.raises(actions.NeedsAPerson):
        decide(one, by=SYSTEM)
    with pytest.raises(actions.SayWhy):
        decide(one, reason="")
    with pytest.raises(actions.OutcomeDoesNotFit):
        decide(one, CaseStatus.REPLACED)
    with pytest.raises(actions.SayWhy):
        answer(one, " ")
    answer(one)
    decided = decide(one, at=NOW + DAY)
    assert decided.minister_due_on == date(2026, 6, 14)  # thirty days, 16 May the first
    assert why(of.organisation) == queries.EXCLUDED
    with pytest.raises(actions.AlreadyDecided):
        decide(one)
    with pytest.raises(actions.AlreadyDecided):
        answer(one)


@pytest.mark.parametrize(
    ("outcome", "is_told"), [(CaseStatus.NOT_EXCLUDED, False), (CaseStatus.REPLACED, True)]
)
def test_the_minister_is_told_of_a_person_replaced_and_not_of_what_was_put_right(
    of, outcome, is_told
):
    one = decide(opened(of, only_a_person=True), outcome)
    assert (one.minister_due_on is not None) is is_told
    assert why(of.organisation) == ""
    assert list(queries.to_tell_minister(person=council_member(Role.PROCUREMENT))) == (
        [one] if is_told else []
    )


def test_the_minister_is_told_once_and_never_tomorrow(of):
    one = decide(opened(of))
    said = {"case_id": one.pk, "reference": "PRU-1", "by": council_member(), "at": LATER}
    with pytest.raises(actions.NotYet):
        actions.note_minister_told(**said, told_on=LATER.date() + DAY)
    for day in (date(2001, 1, 1), LATER.date() - DAY):
        with pytest.raises(actions.BeforeTheDecision):
            actions.note_minister_told(**said, told_on=day)
    with pytest.raises(actions.ReferenceMissing):
        actions.note_minister_told(**said | {"reference": " "}, told_on=LATER.date())
    actions.note_minister_told(**said, told_on=LATER.date())
    with pytest.raises(actions.NothingToTell):
        actions.note_minister_told(**said, told_on=LATER.date())


def test_an_exclusion_ends_with_a_reason(of):
    one = opened(of)
    said = {"case_id": one.pk, "because": "Five years.", "by": council_member(), "at": LATER}
    with pytest.raises(actions.NotExcluded):
        actions.end(**said)
    decide(one)
    with pytest.raises(actions.SayWhy):
        actions.end(**said | {"because": ""})
    with pytest.raises(actions.NeedsAPerson):
        actions.end(**said | {"by": SYSTEM})
    actions.end(**said)
    assert why(of.organisation) == ""


def test_others_see_none_of_it_and_a_supplier_its_own_case(of):
    one = opened(of)
    matched(of.organisation)
    for role, sees in ((Role.COMMISSIONER, True), (Role.DIRECTOR, True), (Role.QUALITY, False)):
        person = council_member(role)
        assert queries.cases(person=person).exists() is sees
        assert queries.matches(person=person).exists() is sees
    own, other = member_of(of.organisation), member_of(organisation())
    assert list(queries.own_cases(person=own)) == [one]
    assert not queries.own_cases(person=other).exists()
    assert not queries.matches(person=own).exists()


def test_the_table_holds_a_decision_together(of):
    one = opened(of)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=one.pk).update(status=CaseStatus.EXCLUDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=one.pk).update(minister_reference="X")


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_end_with_one_decision():
    one = opened(provider("Bad Apple Ltd"))
    people = [council_member(Role.DIRECTOR) for _ in range(2)]
    ready = Barrier(2)

    def go(person):
        ready.wait()
        try:
            decide(one, by=person)
        except actions.AlreadyDecided as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(go, people))
    assert said == ["This case has been decided.", "done"]
