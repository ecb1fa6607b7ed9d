"""Headings guessed, words of councils held to our codes, half-days and rates as written."""

import pytest

from flsf.casework.children.enums import Care, SenStage
from flsf.core import half_days
from flsf.core.half_days import BY_CODE, to_mask
from flsf.mandate.framework.enums import SpendLine, Unit
from flsf.market.providers.enums import Mode, ProviderKind
from flsf.shared.accounts.enums import Team
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules import sheet_columns, sheets, words
from flsf.shared.imports.rules.cells import Unreadable


@pytest.mark.parametrize(
    ("known", "codes"),
    [
        (words.PROVIDER_KINDS, ProviderKind),
        (words.MODES, Mode),
        (words.SEN_STAGES, SenStage),
        (words.CARE, Care),
        (words.UNITS, Unit),
        (words.TEAMS, Team),
        (words.SPEND_LINES, SpendLine),
    ],
)
def test_every_code_of_ours_has_words_and_every_word_a_code(known, codes):
    assert set(known.values()) == set(codes.values)
    assert {code.label.lower() for code in codes} - set(known) <= UNSAID


# Labels that nobody would write into a sheet as they stand.
UNSAID = {"no special educational need recorded", "not in these groups"}


@pytest.mark.parametrize("kind", sheets.SHEETS)
def test_our_own_headings_are_known_and_no_two_columns_share_one(kind):
    labels = [one.label for one in sheets.SHEETS[kind]]
    assert sheets.guess(kind, labels) == {one.key: one.label for one in sheets.SHEETS[kind]}


def test_a_heading_that_holds_a_word_of_ours_is_a_guess():
    found = sheets.guess(Kind.CHILDREN, ["Pupil forename", "Pupil surname", "Child DOB", "x"])
    assert found == {"first_name": "Pupil forename", "last_name": "Pupil surname"}


def test_the_same_headings_are_known_again_whatever_their_case():
    assert sheets.fingerprint(["First name", "DOB"]) == sheets.fingerprint(["FIRST  NAME", "dob"])
    assert sheets.fingerprint(["a", "b"]) != sheets.fingerprint(["b", "a"])


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Mon AM", ["mon-am"]),
        ("mon-am, Tuesday afternoon", ["mon-am", "tue-pm"]),
        ("Fri", ["fri-am", "fri-pm"]),
        ("Wed morning and Thu pm", ["wed-am", "thu-pm"]),
    ],
)
def test_half_days(typed, codes):
    assert sheet_columns.half_days_mask(typed) == to_mask(BY_CODE[code] for code in codes)


def test_every_week_is_read_back_as_we_write_it():
    for mask in range(1, 1 + half_days.WHOLE_WEEK, 37):
        typed = ", ".join(str(one) for one in half_days.from_mask(mask))
        assert sheet_columns.half_days_mask(typed) == mask


@pytest.mark.parametrize(("typed", "points"), [("20%", 2000), (0.2, 2000), ("no", 0), (5, 500)])
def test_rates_of_vat(typed, points):
    assert sheet_columns.vat(typed) == points


@pytest.mark.parametrize(
    ("read", "typed"),
    [
        (sheet_columns.half_days_mask, "Saturday"),
        (sheet_columns.half_days_mask, "=A1"),
        (sheet_columns.vat, "some"),
        (sheet_columns.vat, "200"),
        (sheet_columns.needs, "ASD, hunger"),
        (sheet_columns.company_number, "ABC"),
        (sheet_columns.charity_number, "1"),
        (sheet_columns.price, "0"),
    ],
)
def test_what_cannot_be_read(read, typed):
    with pytest.raises(Unreadable):
        read(typed)
