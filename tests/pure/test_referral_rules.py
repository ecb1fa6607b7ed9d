from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.casework.children.enums import Care, SenStage
from flsf.casework.referrals import rules
from flsf.casework.referrals.enums import ClockKind, Ground, LegalBasis, Purpose, Route, Status
from flsf.shared.accounts.enums import Team

DAY = date(2026, 5, 15)


def test_a_closed_referral_can_only_be_read_again():
    assert rules.may_move_to(Status.CLOSED) == [Status.LOOKED_AT]


@given(st.sampled_from(list(Status)), st.sampled_from(list(Status)))
def test_nothing_moves_to_where_it_is_nor_back_to_received(before, to):
    if to in (before, Status.RECEIVED):
        assert not rules.may_move(before, to)


@given(st.sampled_from(list(Status)))
def test_every_open_referral_can_be_closed(before):
    assert before is Status.CLOSED or rules.may_move(before, Status.CLOSED)


def test_the_familys_bar_has_one_step_at_most_that_is_now():
    assert [state for _, state in rules.steps_of(Status.MATCHING)] == [
        *("done", "done", "now", "later", "later"),
    ]
    assert {state for _, state in rules.steps_of(Status.CLOSED)} == {"done"}


@pytest.mark.parametrize(
    ("ground", "purpose", "kinds"),
    [
        (Ground.MEDICAL, Purpose.STATUTORY, {ClockKind.DECISION, ClockKind.HEALTH}),
        (Ground.SEND, Purpose.STATUTORY, {ClockKind.DECISION, ClockKind.SIXTH_DAY}),
        (Ground.OTHER, Purpose.REINTEGRATION, {ClockKind.DECISION, ClockKind.SIXTH_DAY}),
        (Ground.MEDICAL, Purpose.EARLY, {ClockKind.DECISION}),
    ],
)
def test_which_duties_begin(ground, purpose, kinds):
    assert {duty.kind for duty in rules.duties_of(ground, purpose)} == kinds


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(2, "due in 2 days"), (1, "due tomorrow"), (0, "due today"), (-1, "1 day late")],
)
def test_a_last_day_in_words(ahead, words):
    assert rules.due_in_words(DAY + timedelta(days=ahead), DAY) == words


def test_a_duty_kept_in_words():
    assert rules.due_in_words(DAY, DAY, met_on=DAY) == "kept"
    assert rules.due_in_words(DAY, DAY, met_on=DAY + timedelta(days=2)) == "kept 2 days late"


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (0, "up to 5 school days"),
        (5, "up to 5 school days"),
        (6, "6 to 15 school days"),
        (15, "6 to 15 school days"),
        (16, "16 to 30 school days"),
        (31, "more than 30 school days"),
    ],
)
def test_bands_of_waiting(days, band):
    assert rules.band_of(days) == band


def test_who_reads_it_first():
    assert rules.team_for(Ground.OTHER, Care.LOOKED_AFTER, SenStage.EHCP) is Team.VIRTUAL_SCHOOL
    assert rules.team_for(Ground.OTHER, Care.NONE, SenStage.EHCP) is Team.SEND
    assert rules.team_for(Ground.OTHER, Care.NONE, SenStage.NONE) is Team.AP


def test_the_authority_until_an_officer_has_read_it():
    basis = rules.legal_basis_for
    assert basis(Purpose.EARLY, Route.SCHOOL, SenStage.EHCP) is LegalBasis.EARLY_HELP
    assert basis(Purpose.STATUTORY, Route.FAMILY, SenStage.EHCP) is LegalBasis.S42
    assert basis(Purpose.REINTEGRATION, Route.SCHOOL, SenStage.NONE) is LegalBasis.OFF_SITE
    assert basis(Purpose.STATUTORY, Route.SCHOOL, SenStage.NONE) is LegalBasis.S19


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Anxious every morning and finds crowds hard.", []),
        ("He argues with Kian Brathwaite at lunch.", ["somebody's name"]),
        ("Ring mum on 01632 960 123 after 4.", ["a phone number"]),
        ("His sister, born 3 May 2015, is the same.", ["a date of birth"]),
        ("Her sister (04/05/2015) too.", ["a date of birth"]),
        ("She is known to Early Help and Brook Street.", []),
        ("We spoke to Amara Hollis about it.", []),
    ],
)
def test_a_warning_when_a_text_seems_to_hold_somebody_elses_details(text, kinds):
    found = rules.others_details(text, own_names=("Amara", "Hollis"))
    assert [hint.kind for hint in found] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "She talks about suicide.",
        "he said he wants to die",
        "I am scared of my stepdad",
        "They hurt him at home",
        "self harming again",
    ],
)
def test_words_of_danger_are_heard(text):
    assert rules.looks_dangerous("Not able to attend.", text)


@pytest.mark.parametrize("text", ["", "It was a hit with the class.", "Finds mornings hard."])
def test_ordinary_words_are_not(text):
    assert not rules.looks_dangerous(text)
