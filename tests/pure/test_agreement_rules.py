"""What a framework agreement says, who is a party to one, and the file it becomes."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from flsf.core.clock import LONDON
from flsf.core.writing import NOT_SHOWN, Part, Writing, showable
from flsf.mandate.framework.enums import CommercialModel, Regime, Unit
from flsf.mandate.framework.rules import Term
from flsf.market.agreements import rules
from flsf.market.agreements.enums import How, PaperStatus, ReplyKind
from flsf.market.agreements.rules import Held, LotLine, Price, Terms
from flsf.shared.typesetting import as_pdf

AT = datetime(2026, 5, 15, 9, 0, tzinfo=UTC)
TUTORING = LotLine(
    name="Tutoring",
    lowest_age=5,
    highest_age=18,
    unit=Unit.HOUR,
    regime=Regime.LIGHT_TOUCH,
    cap_pence=5000,
    prices=(Price(4550, "Maths at home"), Price(4000, "English online")),
)


def terms(**changed):
    usual = {
        "council": "Marlbeck Council",
        "provider_name": "Canal Side",
        "provider_kind": "Charity",
        "company_number": "",
        "charity_number": "1234567",
        "framework_name": "FLSF",
        "framework_ref": "F-TEST2",
        "decided_by": "Cabinet, minute 57",
        "model": CommercialModel.PSEUDO_DPS,
        "term": Term(date(2026, 4, 1), 3, 5, 1),
        "lots": (TUTORING,),
        "limit": "Up to 3 children until our first visit",
        "visit_due_on": date(2026, 6, 26),
        "criteria": ("Safe.", "Able."),
        "criteria_version": 2,
        "criteria_from": date(2026, 4, 1),
        "method": ("The framework is used first.", "Nobody is promised any work."),
        "measures": ("Attendance.",),
        "ref": "FA-TEST2",
        "version": 1,
        "in_force_from": date(2026, 5, 15),
        "issued_on": date(2026, 5, 15),
        "follows": "",
        "because": "",
    }
    return Terms(**(usual | changed))


def part(heading, **changed):
    [found] = [one for one in rules.writing(terms(**changed)).parts if one.heading == heading]
    return found


def text_of(pdf):
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


# --- What it says.


def test_it_says_who_agrees_on_what_and_since_when():
    facts = dict(rules.writing(terms()).facts)
    assert facts["Agreement"] == "FA-TEST2, version 1"
    assert facts["Provider"] == "Canal Side, charity, charity number 1234567"
    assert facts["Commercial model"] == "Pseudo-dynamic purchasing system"
    assert facts["In force from"] == "15 May 2026"
    assert "Takes the place of" not in facts


def test_a_later_version_says_whose_place_it_takes_and_why():
    facts = dict(rules.writing(terms(follows="FA-AAAA2, version 1", because="The name.")).facts)
    assert facts["Takes the place of"] == "FA-AAAA2, version 1"
    assert facts["Why it was issued again"] == "The name."


def test_it_lists_each_lot_with_every_price():
    assert part("Lots and prices").rows == (
        (
            "Tutoring",
            "5 to 18",
            "Maths at home: £45.50 an hour; English online: £40.00 an hour",
            "£50.00 an hour",
            "Procurement Act 2023, light touch",
        ),
    )


@pytest.mark.parametrize(
    ("prices", "said"),
    [((), "Agreed in writing before the first call-off"), ((Price(4000),), "£40.00 an hour")],
)
def test_a_price_of_no_service_is_the_lots(prices, said):
    inside = LotLine(
        name="Tutoring",
        lowest_age=5,
        highest_age=18,
        unit=Unit.HOUR,
        regime=Regime.LIGHT_TOUCH,
        cap_pence=None,
        prices=prices,
    )
    assert (inside.prices_in_words, inside.most_in_words) == (said, "No cap")


def test_the_term_says_how_far_it_may_be_extended():
    _, runs, _ = part("Commercial model and term").paragraphs
    assert runs == (
        "The framework runs from 1 April 2026 to 31 March 2030. The council may extend it by up "
        "to 4 more years, to 31 March 2034 at the latest. It tells the provider before it does. "
        "It rests on a decision of Cabinet, minute 57."
    )


def test_a_term_that_is_used_up_cannot_be_extended():
    _, runs, _ = part(
        "Commercial model and term", term=Term(date(2026, 4, 1), 3, 0), decided_by=""
    ).paragraphs
    assert runs.endswith("31 March 2029. It cannot be extended any more.")


def test_a_limit_is_there_only_where_there_is_one():
    [limit] = part("A limit at first").paragraphs
    assert limit.startswith("Up to 3 children until our first visit, due by 26 June 2026:")
    headings = [one.heading for one in rules.writing(terms(limit="", visit_due_on=None)).parts]
    assert "A limit at first" not in headings


def test_standards_name_the_version_of_the_criteria():
    standards = part("Standards")
    assert "version 2, in force from 1 April 2026" in standards.paragraphs[0]
    assert standards.points == ("Safe.", "Able.")
    without = part("Standards", criteria=(), criteria_version=None, criteria_from=None)
    assert (len(without.paragraphs), without.points) == (1, ())


@pytest.mark.parametrize("model", CommercialModel)
def test_every_commercial_model_is_told_in_words(model):
    works, *_ = part("Commercial model and term", model=model).paragraphs
    assert model.label in works
    assert len(works) > len(model.label) + 60


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("Suspending and ending", "section 78"),
        ("Suspending and ending", "sections 45(6) and 57"),
        ("Keeping children safe", "on the same day"),
        ("Personal data", "Neither acts for the other"),
        ("How performance is measured", "Attendance."),
        ("How support is called off", "The framework is used first."),
        ("Who agrees", "Nobody is promised any amount of work"),
        ("Payment", "within 30 days"),
        ("Changes to this agreement", "may opt out"),
        ("Accepting it", "SHA-256"),
    ],
)
def test_it_says_what_both_owe_each_other(heading, says):
    found = part(heading)
    assert any(says in one for one in (*found.paragraphs, *found.points))


def test_a_name_with_braces_fills_in_nothing_else():
    said = part("Who agrees", provider_name="{council} {0} {{x}}").paragraphs[0]
    assert said.endswith("and {council} {0} {{x}} (the provider).")


# --- Who is a party.


def held(pk, *, accepted=False, carried=False, follows=None):
    return Held(id=pk, is_accepted=accepted, is_carried_over=carried, follows=follows)


@pytest.mark.parametrize(
    ("agreements", "is_party"),
    [
        ([held(1)], False),
        ([held(1, accepted=True)], True),
        ([held(1, accepted=True), held(2, follows=1)], False),  # a later version needs its own
        ([held(1, accepted=True), held(2, carried=True, follows=1)], True),
        ([held(1), held(2, carried=True, follows=1)], False),
        ([held(1, carried=True)], False),  # carried over from nothing
        (
            [
                held(1, accepted=True),
                held(2, carried=True, follows=1),
                held(3, carried=True, follows=2),
            ],
            True,
        ),
        (
            [
                held(1, accepted=True),
                held(2, follows=1),
                held(3, carried=True, follows=2),
            ],
            False,
        ),
    ],
)
def test_who_accepted_or_was_carried_over_is_a_party(agreements, is_party):
    assert rules.is_party(agreements[-1], {one.id: one for one in agreements}) is is_party


def test_agreements_that_follow_each_other_in_a_circle_make_nobody_a_party():
    one, two = held(1, carried=True, follows=2), held(2, carried=True, follows=1)
    assert not rules.is_party(one, {1: one, 2: two})


ASKED, DECLINED = ReplyKind.ASKED, ReplyKind.DECLINED


@pytest.mark.parametrize(
    ("how", "in_force", "carried", "replies", "expected"),
    [
        (None, True, False, [], PaperStatus.WAITING),
        (None, True, True, [], PaperStatus.CARRIED_OVER),
        (None, True, False, [(ASKED, False)], PaperStatus.ASKED),
        (None, True, False, [(ASKED, True)], PaperStatus.WAITING),
        (None, True, False, [(ASKED, True), (DECLINED, False)], PaperStatus.DECLINED),
        (None, True, False, [(DECLINED, True)], PaperStatus.DECLINED),
        (None, True, False, [(DECLINED, False), (ASKED, False)], PaperStatus.ASKED),
        (How.ONLINE, True, False, [(ASKED, False)], PaperStatus.ACCEPTED),
        (How.ON_PAPER, True, True, [], PaperStatus.ON_PAPER),
        (How.ONLINE, False, False, [], PaperStatus.ENDED),
    ],
)
def test_how_a_paper_stands(how, in_force, carried, replies, expected):
    found = rules.status(how=how, is_in_force=in_force, is_carried_over=carried, replies=replies)
    assert found is expected


# --- The file.


def a_paper(**changed):
    return as_pdf(rules.writing(terms(**changed)), at=AT)


def test_the_same_words_and_moment_are_the_same_bytes():
    assert a_paper() == a_paper()
    assert as_pdf(rules.writing(terms()), at=AT.astimezone(LONDON)) == a_paper()
    assert a_paper() != a_paper(version=2)


def test_it_is_tagged_titled_and_in_english():
    reader = PdfReader(BytesIO(a_paper()))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Framework agreement: FLSF"
    assert reader.xmp_metadata is not None
    assert "pdfuaid" in str(reader.trailer["/Root"]["/Metadata"].get_data())
    kinds = set(_kinds(root["/StructTreeRoot"]))
    assert {"/H1", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= kinds


def _kinds(node):
    if not hasattr(node, "get"):
        return
    if "/S" in node:
        yield node["/S"]
    inside = node.get("/K", [])
    inside = inside.get_object() if hasattr(inside, "get_object") else inside
    for one in inside if isinstance(inside, list) else [inside]:
        yield from _kinds(one.get_object() if hasattr(one, "get_object") else one)


def test_nothing_is_drawn_that_is_neither_tagged_nor_decoration():
    reader = PdfReader(BytesIO(a_paper()))
    drawn = 0
    for page in reader.pages:
        depth = 0
        for _, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"f", b"S", b"Do"):
                drawn += 1
                assert depth > 0
    assert drawn > 50


HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "$ x $ *bold* _em_ `raw` // gone",
    "= Heading",
    ']) #let council = "me" [(',
    '\\u{41} "quoted" \' <label> @ref',
    "{council} {{0}} %s",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_type_stands_there_as_they_typed_it(typed):
    assert " ".join(typed.split()) in text_of(a_paper(provider_name=f"Hub {typed} Ltd"))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_text_keeps_a_paper_from_being_made(typed):
    writing = Writing(
        title="Framework agreement",
        author=typed,
        footer=typed,
        facts=(("Provider", typed),),
        parts=(
            Part(
                heading="H", paragraphs=(typed,), points=(typed,), columns=("A",), rows=((typed,),)
            ),
        ),
    )
    assert as_pdf(writing, at=AT).startswith(b"%PDF-")


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_what_can_be_shown_stays_and_showing_it_again_changes_nothing(typed):
    shown = showable(typed)
    assert showable(shown) == shown
    assert "\n" not in shown
    assert showable("Ysgol Gŵyr & Łódź, £5") == "Ysgol Gŵyr & Łódź, £5"


def test_what_no_font_shows_is_marked_and_codes_are_dropped():
    assert showable("Hub \U0001f600\x07\u200b\tLtd") == f"Hub {NOT_SHOWN} Ltd"


def test_words_that_were_kept_are_the_same_words():
    writing = rules.writing(terms())
    assert Writing.from_json(writing.as_json()) == writing
