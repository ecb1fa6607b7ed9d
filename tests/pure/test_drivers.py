"""Which policy each requirement answers, what nothing answers, and what to look at again."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from flsf.mandate.governance import rules
from flsf.mandate.governance.enums import RequirementKind
from flsf.mandate.governance.rules import Driver, Requirement, Said

AT = datetime(2026, 5, 15, 9, tzinfo=UTC)


def driver(number, version=1, *, closed=False):
    return Driver(
        number=number,
        version=version,
        name=f"Driver {number}",
        source="Somewhere",
        dated=None,
        standing="In force",
        is_closed=closed,
    )


def said(drivers):
    return Said(said_id=1, drivers=drivers, because="So.", said_by="Sam", said_at=AT)


def requirement(number):
    return Requirement(RequirementKind.LOT, f"lot-{number}", f"Lot {number}")


def line(drivers, told):
    key = {("lot", "lot-1"): told} if told else {}
    [one] = rules.mapped([requirement(1)], drivers, key)
    return one


def test_each_standing_in_words():
    assert line([driver(1)], None).standing == "Not said yet"
    assert line([driver(1)], said({})).standing == "Answers none"
    assert line([driver(1)], said({1: 1})).standing == "Answers a driver"
    assert line([driver(1, 2)], said({1: 1})).standing == "Look again"


def test_what_is_closed_is_answered_no_more_and_looked_at_again():
    one = line([driver(1, 2, closed=True)], said({1: 1}))
    assert (one.answers, one.standing) == ((), "Look again")


def test_the_same_words_are_the_same_requirement():
    first, again, other = (
        Requirement.by_words(RequirementKind.CRITERION, words) for words in ("Safe", "Safe", "Able")
    )
    assert first == again != other
    assert len(first.key) == 12


@given(
    st.dictionaries(st.integers(1, 5), st.tuples(st.integers(1, 3), st.booleans()), min_size=1),
    st.lists(st.none() | st.dictionaries(st.integers(1, 5), st.integers(1, 3)), max_size=5),
)
def test_nothing_is_forgotten_and_answers_are_counted_from_both_sides_alike(kept, told):
    drivers = [driver(number, version, closed=shut) for number, (version, shut) in kept.items()]
    known = [
        None if one is None else {number: seen for number, seen in one.items() if number in kept}
        for one in told
    ]
    asked = [requirement(number) for number in range(len(known))]
    answers = {
        ("lot", f"lot-{number}"): said(one) for number, one in enumerate(known) if one is not None
    }
    lines = rules.mapped(asked, drivers, answers)
    assert [one.requirement for one in lines] == asked
    from_drivers = {
        (each.number, one.key) for each in drivers for one in rules.answered_by(each, lines)
    }
    by_hand = {
        (number, f"lot-{place}")
        for place, one in enumerate(known)
        for number in one or {}
        if not kept[number][1]
    }
    assert from_drivers == by_hand
    stale = [
        any(kept[number] != (seen, False) for number, seen in (one or {}).items()) for one in known
    ]
    assert [bool(one.changed) for one in lines] == stale
