"""The shared pieces of page, through the engine that pages use."""

from datetime import date

import pytest
from django.template import engines

from flsf.core.money import Money
from flsf.core.people import Reach
from flsf.shared.accounts.enums import Permission
from flsf.web.components import navigation, words
from flsf.web.components.statuses import COLOURS, KINDS, colour_of

TODAY = date(2026, 5, 15)


def rendered(source, **context):
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 15), "today"),
        (date(2026, 5, 16), "tomorrow"),
        (date(2026, 5, 14), "yesterday"),
        (date(2026, 5, 17), "in 2 days"),
        (date(2026, 6, 12), "in 28 days"),
        (date(2026, 6, 13), "in 4 weeks"),
        (date(2026, 5, 1), "14 days ago"),
        (date(2026, 1, 15), "17 weeks ago"),
    ],
)
def test_says_how_far_off_a_day_is(day, said):
    assert words.away(day, TODAY) == said


def test_amounts_read_as_people_write_them():
    assert words.money(123456) == words.money(Money(123456)) == "£1,234.56"
    assert [words.pounds(pence) for pence in (149, 150, -123456, -49)] == [
        "£1",
        "£2",
        "-£1,235",
        "£0",
    ]
    assert words.millions(Money(337_000_000)) == "£3.37m"
    assert words.millions(99_999) == "£1,000"
    assert words.money(None) == words.pounds(None) == words.millions(None) == ""


def test_days_that_are_absent_say_nothing():
    assert words.day(None) == words.short_day(None) == words.moment(None) == ""
    assert words.short_day(date(2026, 9, 1)) == "1 Sep 2026"


def test_a_status_word_has_one_kind_only():
    listed = [word for kind in KINDS.values() for word in kind]
    assert len(listed) == len(set(listed))
    assert set(KINDS) < set(COLOURS)


def test_a_status_is_a_word_that_a_colour_repeats():
    source = '{% from "components/status.html" import status_tag %}{{ status_tag(word, kind) }}'
    assert "govuk-tag--red" in rendered(source, word="Suspended", kind="")
    assert "govuk-tag--grey" in rendered(source, word="Something new", kind="")
    assert "govuk-tag--green" in rendered(source, word="Something new", kind="good")
    assert colour_of("In the pool") == "green"


def test_a_summary_never_says_none():
    html = rendered(
        '{% from "components/summary.html" import summary %}'
        '{{ summary([("Name", "<b>"), ("Postcode", none, {"href": "/x/"})]) }}'
    )
    assert "None" not in html
    assert "Not provided" in html
    assert "&lt;b&gt;" in html
    assert 'Change<span class="govuk-visually-hidden"> postcode' in html


def test_pieces_with_words_inside_them():
    html = rendered(
        '{% from "components/details.html" import worked_out, more %}'
        '{% from "components/empty.html" import empty %}'
        '{% from "components/tasks.html" import task_list %}'
        "{% call worked_out() %}By adding up.{% endcall %}"
        '{% call more("See why") %}Because.{% endcall %}'
        '{{ empty("Nothing yet.", "Look", "/look/") }}'
        "{{ task_list(tasks) }}",
        tasks=[
            {"text": "First", "href": "/1/", "status": "Done"},
            {"text": "Second", "hint": "Soon", "status": "Not started"},
        ],
    )
    for told in (
        "How this is worked out",
        "By adding up.",
        "See why",
        "Nothing yet.",
        "Not started",
    ):
        assert told in html


@pytest.mark.parametrize(
    ("layout", "context"),
    [
        ("layouts/interruption.html", {"title": "End it?", "button": "End", "cancel": "/back/"}),
        ("layouts/done.html", {"title": "Sent", "reference": "R-22222"}),
    ],
)
def test_layouts_stand_without_what_is_optional(rf, layout, context):
    html = engines["jinja2"].get_template(layout).render(context, rf.get("/"))
    assert "None" not in html
    assert html.count("<h1") == 1


class Everything:
    pk = 1
    name = "Everybody"
    reach = Reach(whole_council=True, organisation_ids=frozenset())

    def may(self, permission):
        return permission in set(Permission)


def test_never_more_than_eight_links_at_the_top(monkeypatch):
    monkeypatch.setattr(navigation, "address_of", lambda name: f"/{name}/")
    top = navigation.top_links(Everything())
    assert len(top) == navigation.MOST_SHOWN
    assert (top[-1].label, top[-1].href) == ("More", "/your-pages/")
    assert len(navigation.links_for(Everything())) > len(top)


def test_strangers_and_people_signed_in_have_links_of_their_own(monkeypatch):
    monkeypatch.setattr(navigation, "address_of", lambda name: f"/{name}/")
    strangers = {link.label for link in navigation.links_for(None)}
    signed_in = {link.label for link in navigation.links_for(Everything())}
    assert "Find support" in strangers
    assert strangers & signed_in == set()


def test_a_page_that_is_not_there_is_not_offered():
    assert navigation.address_of("no-such-page") is None
