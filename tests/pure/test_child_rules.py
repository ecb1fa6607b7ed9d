from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn

from flsf.casework.children import rules
from flsf.casework.children.enums import Detail

TODAY = date(2026, 5, 15)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2012, 5, 15), date(2026, 5, 14), 13),
        (date(2012, 5, 15), date(2026, 5, 15), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2026, 5, 15), date(2026, 5, 15), 0),
    ],
)
def test_age(born, day, age):
    assert rules.age_on(born, day) == age


@given(st.dates(date(2001, 1, 1), TODAY), st.dates(TODAY, date(2040, 1, 1)))
def test_age_is_the_birthdays_seen(born, day):
    birthdays = 0
    for year in range(born.year + 1, day.year + 1):
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = date(year, 3, 1)
        birthdays += birthday <= day
    assert rules.age_on(born, day) == birthdays


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [
        (date(2021, 9, 1), date(2026, 5, 15), "Before school"),
        (date(2021, 8, 31), date(2026, 5, 15), "Reception"),
        (date(2012, 3, 4), date(2026, 5, 15), "Year 9"),
        (date(2012, 3, 4), date(2026, 9, 1), "Year 10"),
        (date(2007, 9, 1), date(2026, 5, 15), "Year 13"),
        (date(2007, 8, 31), date(2026, 5, 15), "After Year 13"),
    ],
)
def test_school_year(born, day, year):
    assert rules.school_year(born, day) == year


def test_birth_dates_that_cannot_be():
    assert "in the future" in rules.birth_date_trouble(date(2026, 5, 16), TODAY)
    assert rules.birth_date_trouble(date(2026, 5, 15), TODAY) == ""
    assert rules.birth_date_trouble(date(2000, 5, 16), TODAY) == ""
    assert "up to 25" in rules.birth_date_trouble(date(2000, 5, 15), TODAY)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", ""),
        ("B801200005001", ""),
        ("b801 2000 0500 1", ""),
        ("A801200005001", "Character 1 of the UPN does not fit the rest"),
        ("B80120000500", "This has 12"),
        ("B80120O005001", "Character 7 of the UPN must be a number. You typed O."),
        ("I801200005001", "Character 1 of the UPN must be a letter, and not I, O or S"),
        ("B80120000500O", "Character 13 of the UPN must be a number"),
    ],
)
def test_a_upn_says_which_character_is_wrong(typed, says):
    told = rules.upn_trouble(typed)
    assert says in told
    assert bool(says) == bool(told)


@given(st.from_regex(r"[A-HJ-NP-RT-Z](801|941)[0-9]{8}[0-9A-HJ-NP-RT-Z]", fullmatch=True))
def test_a_upn_is_right_exactly_when_its_first_letter_fits(number):
    right = upn.calc_check_digit(number[1:]) == number[0]
    assert (rules.upn_trouble(number) == "") == right


@given(st.sets(st.sampled_from(list(Detail))))
def test_the_widest_of_several_details(details):
    order = [Detail.SUMMARY, Detail.WORKING, Detail.FULL]
    expected = max(details, key=order.index) if details else None
    assert rules.widest(details) == expected


def test_names_are_the_same_whatever_their_hyphens():
    assert rules.same_name("O'Neill-Price", "oneill price")
    assert not rules.same_name("Anne", "Anna")
