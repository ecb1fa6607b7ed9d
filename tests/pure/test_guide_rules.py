"""What a page of the council says, and what must be there before it is published."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flsf.market.guides import rules
from flsf.market.guides.enums import Housed, Kind, Outcome, Standing
from flsf.market.guides.rules import ROUTE_PARTS, Block, Content, Section

ON = date(2026, 5, 15)
SCHOOLS = Content(
    title="What every school does",
    summary="What children can count on.",
    for_whom="Everybody at school.",
    sections=(Section("In class", "Short steps."),),
)
ROUTE = replace(
    SCHOOLS,
    sections=tuple(Section(part, "Words.") for part in ROUTE_PARTS),
    outcomes=(Outcome.WORK,),
)


def test_whole_ones_have_no_problem():
    assert rules.problems(Kind.OAP, SCHOOLS) == {}
    assert rules.problems(Kind.ROUTE, ROUTE) == {}
    link = replace(SCHOOLS, housed=Housed.LINK, sections=(), link="https://a.example/oap")
    assert rules.problems(Kind.OAP, link) == {}
    file = replace(SCHOOLS, housed=Housed.FILE, sections=(), file_ref="F-1")
    assert rules.problems(Kind.OAP, file) == {}


@pytest.mark.parametrize(
    ("kind", "changed", "fields"),
    [
        (Kind.OAP, {"title": " "}, ["title"]),
        (Kind.OAP, {"summary": ""}, ["summary"]),
        (Kind.OAP, {"for_whom": ""}, ["for_whom"]),
        (Kind.OAP, {"sections": ()}, ["sections"]),
        (Kind.OAP, {"sections": (Section("", "Words."),)}, ["sections"]),
        (Kind.OAP, {"sections": (Section("In class", ""),)}, ["sections"]),
        (Kind.OAP, {"sections": (Section("A", "Words."),) * 41}, ["sections"]),
        (Kind.OAP, {"housed": Housed.LINK, "link": ""}, ["link"]),
        (Kind.OAP, {"housed": Housed.LINK, "link": "javascript:alert(1)"}, ["link"]),
        (Kind.OAP, {"housed": Housed.LINK, "link": "https://"}, ["link"]),
        (Kind.OAP, {"housed": Housed.LINK, "link": "https://[x"}, ["link"]),
        (Kind.OAP, {"housed": Housed.FILE}, ["file"]),
        (Kind.ROUTE, {"lowest_age": 20, "highest_age": 19}, ["lowest_age"]),
        (Kind.ROUTE, {"highest_age": 26}, ["lowest_age"]),
        (Kind.ROUTE, {"outcomes": ()}, ["outcomes"]),
        (Kind.ROUTE, {"sections": ROUTE.sections[1:]}, ["What it is"]),
        (
            Kind.ROUTE,
            {"sections": (*ROUTE.sections[:3], Section("Who to ask", " "))},
            ["Who to ask"],
        ),
    ],
)
def test_what_is_missing_is_said_by_field(kind, changed, fields):
    whole = SCHOOLS if kind is Kind.OAP else ROUTE
    assert list(rules.problems(kind, replace(whole, **changed))) == fields


def test_paragraphs_and_points():
    section = Section("In class", "Every day:\n- short steps\n-  pictures\n\nAnd:\n- time")
    assert section.blocks == [
        Block(("Every day:",), is_list=False),
        Block(("short steps", "pictures"), is_list=True),
        Block(("And:",), is_list=False),
        Block(("time",), is_list=True),
    ]


def test_words_before_the_first_heading_are_a_section_without_one():
    assert rules.sections_of("Hello\r\n# In class\r\nSteps.\r\n") == (
        Section("", "Hello"),
        Section("In class", "Steps."),
    )
    assert rules.sections_of(" \n") == ()


PLAIN = st.text(st.characters(categories=["L", "Nd"], include_characters=" -,.'"), min_size=1)
LINES = PLAIN.map(str.strip).filter(bool)
SECTIONS = st.builds(Section, LINES, st.lists(LINES, min_size=1).map("\n".join))


@given(st.lists(SECTIONS))
def test_what_is_typed_from_sections_reads_as_the_same_sections(sections):
    assert rules.sections_of(rules.typed(sections)) == tuple(sections)


@given(st.text())
def test_nothing_typed_breaks_or_loses_a_word(typed):
    read = rules.sections_of(typed)
    said = " ".join(f"{one.heading} {one.words}" for one in read)
    assert sorted(said.replace("#", "").split()) == sorted(typed.replace("#", "").split())


@pytest.mark.parametrize(
    ("reviewed_on", "next_review_on", "fields"),
    [
        (ON, date(2027, 5, 15), []),
        (date(2026, 5, 16), date(2027, 5, 15), ["reviewed_on"]),
        (ON, ON, ["next_review_on"]),
        (ON, date(2029, 5, 15), []),
        (ON, date(2029, 5, 16), ["next_review_on"]),
    ],
)
def test_the_days_of_a_review(reviewed_on, next_review_on, fields):
    assert list(rules.review_problem(reviewed_on, next_review_on, on=ON)) == fields


@pytest.mark.parametrize(
    ("in_force_from", "next_review_on", "taken_off_on", "standing"),
    [
        (ON, date(2027, 1, 1), None, Standing.PUBLISHED),
        (ON, ON, None, Standing.PUBLISHED),
        (ON, date(2026, 5, 14), None, Standing.REVIEW_DUE),
        (date(2026, 5, 16), date(2027, 1, 1), None, Standing.TO_COME),
        (None, None, None, Standing.TO_COME),
        (ON, date(2026, 5, 14), ON, Standing.TAKEN_OFF),
    ],
)
def test_how_it_stands_on_a_day(in_force_from, next_review_on, taken_off_on, standing):
    assert rules.standing(in_force_from, next_review_on, taken_off_on, on=ON) is standing
