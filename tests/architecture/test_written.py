"""The day that a published page says its words were written is that of its words (S210)."""

from tests.architecture.written import kept, written


def test_words_that_changed_have_another_day():
    now, before = written(), kept()
    same_day = {name for name in now.keys() & before.keys() if now[name][0] == before[name][0]}
    stale = sorted(name for name in same_day if now[name][1] != before[name][1])
    assert stale == [], "set their written_on to today, then python -m tests.architecture.written"


def test_every_page_with_a_day_is_kept_and_no_other():
    assert written() == kept(), "python -m tests.architecture.written"


def test_pages_of_our_own_words_carry_a_day():
    assert {"public/start.html", "public/privacy.html", "public/a_to_z.html"} <= written().keys()
