from datetime import date

import pytest

from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions, queries
from flsf.delivery.attendance.enums import AbsentBecause, Came
from flsf.delivery.attendance.models import Correction, Mark
from flsf.shared.audit.models import AuditEntry
from tests import factories_delivery as made
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 5, 11)


def row(placement, day="2026-05-11", half="am", happened="yes", came="yes", **other):
    given = {"placement": getattr(placement, "ref", placement), "date": day, "half": half}
    given |= {"happened": happened, "came": came}
    given |= {name.replace("_", " "): value for name, value in other.items()}
    return [given.get(column, "") for column in actions.COLUMNS]


def uploaded(*rows, organisation_ids=None, **more):
    return actions.upload(rows=rows, organisation_ids=organisation_ids, **more, by=SYSTEM, at=NOW)


def counts(done):
    return done.rows, done.added, done.corrected, done.same, len(done.errors)


def told(done):
    return [(one.number, one.column, one.value) for one in done.errors]


def test_a_register_becomes_marks_as_if_each_had_been_made_by_hand():
    placement, other = made.running(), made.running()
    done = uploaded(
        row(placement),
        row(placement, "13/05/2026", came="late", minutes_late="10"),
        row(placement, "15 May 2026", "morning", came="no", why_absent="Ill", note="Rang\tin"),
    )
    assert counts(done) == (3, 3, 0, 0, 0)
    by_hand = [
        made.CAME,
        queries.rules.Facts(came=Came.LATE, minutes_late=10),
        queries.rules.Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS),
    ]
    for day, facts in zip((MONDAY, date(2026, 5, 13), TODAY), by_hand, strict=True):
        actions.mark(
            placement_id=other.pk, day=day, half="am", facts=facts,
            note="Rang in" if facts.absent_because else "", by=SYSTEM, at=NOW,
        )  # fmt: skip
    columns = (
        *("day", "half", "held", "not_held_because", "came", "absent_because", "minutes_late"),
        *("minutes", "is_extra", "agreed_by", "school_code", "note", "late_reason"),
    )
    rows = Mark.objects.order_by("day").values_list(*columns)
    assert list(rows.filter(placement=placement)) == list(rows.filter(placement=other))


def test_the_same_file_again_changes_nothing():
    placement = made.running()
    rows = [row(placement), row(placement, "2026-05-13", came="no", why_absent="illness")]
    uploaded(*rows)
    before = list(Mark.objects.order_by("pk").values())
    assert counts(uploaded(*rows)) == (2, 0, 0, 2, 0)
    assert list(Mark.objects.order_by("pk").values()) == before
    assert Correction.objects.count() == 0


def test_a_row_that_says_otherwise_is_a_correction_that_keeps_the_original():
    placement = made.running()
    uploaded(row(placement))
    done = uploaded(row(placement, came="no", why_absent="illness"), reason="The parent rang.")
    assert counts(done) == (1, 0, 1, 0, 0)
    (mark,) = queries.marks([placement.pk], MONDAY, MONDAY)
    assert (mark.came, mark.school_code, mark.minutes) == (Came.NO, "I", 0)
    (before,) = queries.corrections(mark.id)
    assert (before.said_before["came"], before.reason) == ("yes", "The parent rang.")


def test_a_correction_by_file_keeps_the_same_words_as_one_by_hand():
    first, second = made.running(), made.running()
    uploaded(row(first), row(second))
    uploaded(row(first, came="no", why_absent="illness"))
    mark = queries.mark_of(second.pk, MONDAY, "am")
    facts = queries.rules.Facts(came=Came.NO, absent_because=AbsentBecause.ILLNESS)
    actions.correct(mark_id=mark.id, facts=facts, reason="The parent rang.", by=SYSTEM, at=NOW)
    one, two = Correction.objects.order_by("pk")
    assert one.said_before == two.said_before


@pytest.mark.parametrize(
    ("columns", "column"),
    [
        ({"placement": "PL-NONE2"}, "placement"),
        ({"day": "tomorrow"}, "date"),
        ({"day": "2026-05-18"}, "date"),
        ({"day": "2026-04-13"}, "date"),
        ({"half": "night"}, "half"),
        ({"half": "pm", "day": "2026-05-15"}, "date"),
        ({"happened": "perhaps"}, "happened"),
        ({"happened": "no", "came": "no"}, "why not"),
        ({"happened": "no", "why_not": "rain"}, "why not"),
        ({"came": ""}, "came"),
        ({"came": "no"}, "why absent"),
        ({"came": "no", "why_absent": "truant"}, "why absent"),
        ({"came": "late"}, "minutes late"),
        ({"came": "late", "minutes_late": "a few"}, "minutes late"),
        ({"minutes": "999"}, "minutes"),
        ({"minutes": "an hour"}, "minutes"),
        ({"day": "2026-05-14"}, "agreed by"),
        ({"day": "2026-05-14", "agreed_by": "Mr Patel"}, "minutes"),
        ({"day": "2026-05-09", "minutes": "60"}, "agreed by"),
    ],
    ids=str,
)
def test_a_bad_row_is_told_by_number_and_column_and_the_good_ones_are_kept(columns, column):
    placement = made.running()
    wrong = row(columns.pop("placement", placement), **columns)
    done = uploaded(row(placement, "2026-05-13"), wrong)
    assert counts(done) == (2, 1, 0, 0, 1)
    (error,) = done.errors
    assert (error.number, error.column) == (3, column)
    assert error.says.endswith(".")


def test_an_extra_session_is_taken_with_whoever_agreed():
    placement = made.running()
    extra = row(placement, "2026-05-14", minutes="45", agreed_by="Mr Patel")
    assert uploaded(extra).added == 1
    mark = Mark.objects.get()
    assert (mark.is_extra, mark.agreed_by, mark.minutes) == (True, "Mr Patel", 45)


def test_a_session_twice_in_one_file_is_told():
    placement = made.running()
    done = uploaded(row(placement), row(placement, "11/5/26", "AM"))
    assert counts(done) == (2, 1, 0, 0, 1)
    assert told(done) == [(3, "date", "11/5/26")]


def test_a_row_with_too_few_cells_is_told():
    done = uploaded(["PL-1", "2026-05-11"])
    assert told(done) == [(2, "placement", "2")]


def test_a_provider_reaches_only_its_own_placements():
    mine, other = made.running(), made.running()
    own = {mine.provider.organisation_id}
    done = uploaded(row(mine), row(other), organisation_ids=own)
    assert counts(done) == (2, 1, 0, 0, 1)
    assert told(done) == [(3, "placement", other.ref)]


def test_old_rows_need_a_reason_only_where_they_would_change_something():
    placement = made.running()
    old, recent = row(placement, "2026-04-22"), row(placement)
    assert counts(uploaded(old, recent)) == (2, 1, 0, 0, 1)
    assert counts(uploaded(old, recent, late_reason="System was down")) == (2, 1, 0, 1, 0)
    assert counts(uploaded(old, recent)) == (2, 0, 0, 2, 0)
    late = dict(Mark.objects.values_list("day", "late_reason"))
    assert late == {date(2026, 4, 22): "System was down", MONDAY: ""}


def test_with_good_rows_not_wanted_alone_one_bad_row_keeps_all_out():
    placement = made.running()
    done = uploaded(row(placement), row(placement, "never"), keep_good=False)
    assert (done.added, len(done.errors)) == (0, 1)
    assert Mark.objects.count() == 0


def test_odd_characters_in_notes_arrive_as_they_were():
    placement = made.running()
    uploaded(row(placement, note="Zoë said: \\N, “great”; 100% \\t"))
    assert Mark.objects.get().note == "Zoë said: \\N, “great”; 100% \\t"


def test_an_upload_is_on_the_record():
    uploaded(row(made.running()))
    entry = AuditEntry.objects.get(tag="delivery:mark:uploaded")
    assert entry.details == {"rows": 1, "added": 1, "corrected": 0, "errors": 0}


def test_three_bad_rows_among_many_are_found_by_number():
    placement = made.running()
    rows = [row(placement, "bad day" if n in {7, 500, 999} else "2026-05-11") for n in range(1000)]
    done = uploaded(*rows)
    numbers = [one.number for one in done.errors if one.value == "bad day"]
    assert numbers == [9, 502, 1001]
    assert done.added == 1
