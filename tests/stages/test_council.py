"""What the council says of itself: dated, and fit to stand on every page."""

from dataclasses import replace

import pytest

from flsf.core.people import SYSTEM
from flsf.shared.audit.models import AuditEntry
from flsf.shared.council import actions, queries
from flsf.shared.council.rules import Particulars, colour_trouble, phone_trouble
from tests.factories import NOW

BORSETSHIRE = Particulars(
    name="Borsetshire Council",
    colour="#5c1450",
    phone="01632 960 001",
    office_hours="9 to 5",
    duty_phone="01632 960 099",
    duty_hours="day and night",
)


def tell(particulars=BORSETSHIRE):
    actions.tell(particulars=particulars, by=SYSTEM, at=NOW)


def test_until_it_has_told_its_name_is_the_settings(db, settings):
    assert queries.particulars() == Particulars(name=settings.COUNCIL_NAME)
    assert not queries.is_told()


def test_the_newest_holds_and_each_is_recorded(db):
    tell()
    tell(replace(BORSETSHIRE, phone="01632 960 002"))
    assert queries.particulars().phone == "01632 960 002"
    assert queries.is_told()
    recorded = AuditEntry.objects.filter(tag="shared:council:told").order_by("pk")
    assert [one.details["phone"] for one in recorded] == ["01632 960 001", "01632 960 002"]


@pytest.mark.parametrize(
    ("changed", "refusal", "says"),
    [
        ({"name": "  "}, actions.NoName, "Enter the council's name"),
        ({"colour": "teal"}, actions.NotAColour, "Enter the colour as #"),
        ({"colour": "#ffff00"}, actions.NotAColour, "contrast of 1.1 to 1"),
        ({"phone": "ask Ann"}, actions.NotANumber, "with its area code"),
        ({"duty_phone": "12345"}, actions.NotANumber, "with its area code"),
    ],
)
def test_what_cannot_stand_on_a_page_is_refused(db, changed, refusal, says):
    with pytest.raises(refusal, match=says):
        tell(replace(BORSETSHIRE, **changed))
    assert not queries.is_told()


@pytest.mark.parametrize("colour", ["#000000", "#14505c", "#767676", "#D4351C"])
def test_white_words_can_be_read_on(colour):
    assert colour_trouble(colour) == ""


@pytest.mark.parametrize("colour", ["#777777", "#fff", "14505c", "#14505g", ""])
def test_no_colour_for_white_words(colour):
    assert colour_trouble(colour)


@pytest.mark.parametrize(
    "number", ["", "01632 960 001", "(01632) 960-001", "+44 1632 960001", "101", "0300 123 1000"]
)
def test_a_number_that_can_be_called(number):
    assert phone_trouble(number) == ""


@pytest.mark.parametrize("number", ["1632 960001", "0163", "01632 960 001 ext 4", "0" * 20, "++1"])
def test_no_number(number):
    assert phone_trouble(number)
