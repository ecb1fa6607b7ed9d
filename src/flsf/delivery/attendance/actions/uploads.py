"""A whole register at once, by COPY.

A register says the same few things over and over: the same days, and a dozen ways in which a
session can go. So each distinct word is read once, in Python and by the pure rules, and a row
is a handful of look-ups; rows then flow straight into a temporary table, and two statements
settle which are new, which say something else than before, and which are the same.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from flsf.casework.timetable import queries as timetable
from flsf.core.clock import LONDON
from flsf.core.people import Person
from flsf.delivery.attendance.enums import Source, Tag
from flsf.delivery.attendance.rules.reading import COLUMNS, Reader, RowError
from flsf.delivery.placements import queries as placements
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.shared.audit import actions as audit

__all__ = ["COLUMNS", "LATE_COLUMN", "RowError", "Uploaded", "upload"]

LATE_COLUMN = "date"
LATE_SAYS = "This session was more than {days} days ago. Say why it is marked so late."
OTHERWISE = "The provider's uploaded register says otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """What became of the rows. `errors` are in order of row; each row has at most one."""

    rows: int
    added: int
    corrected: int
    same: int
    errors: tuple[RowError, ...]


@transaction.atomic
def upload(
    *,
    rows: Iterable[Sequence[object]],
    organisation_ids: Collection[int] | None,
    first_number: int = 2,
    late_reason: str = "",
    reason: str = OTHERWISE,
    keep_good: bool = True,
    by: Person,
    at: datetime,
) -> Uploaded:
    """Every good row is a mark: made, or corrected with the original kept.

    Rows hold the cells of COLUMNS in that order; `first_number` is the number people see on
    the first. Only placements with the given organisations are found; None: any. The same
    rows again change nothing. With `keep_good` off, one bad row keeps the others out.
    Everything is kept or nothing: a connection lost half-way leaves the marks as they were.
    """
    local = at.astimezone(LONDON)
    most_days = law.value(Key.LATE_MARK_DAYS, on=local.date())
    terms = placements.terms_within(organisation_ids)
    booked = timetable.agreed([one.award_ref for one in terms.values()])
    reader = Reader(terms, booked, local)
    # What COPY raises inside its block is the driver's own until it is wrapped.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute(FOR_MANY_ROWS)
        cursor.execute(SHEET)
        with cursor.copy("COPY sheet FROM STDIN") as copy:
            for block in reader.blocks(rows, first_number):
                copy.write(block)
        with cursor.copy("COPY fact FROM STDIN") as copy:
            copy.write(reader.facts_block())
        cursor.execute("ANALYZE sheet (placement_id, day, half, fact)")
        cursor.execute("ANALYZE fact (id)")
        placements.lock(reader.placement_ids)
        cursor.execute(DIFFERENT)
        if not late_reason.strip():
            _leave_out_late(cursor, reader, local - timedelta(days=most_days), most_days)
        added = corrected = 0
        good = reader.good
        if keep_good or not reader.errors:
            corrected = _correct(cursor, reason, by, at)
            added = _add(cursor, late_reason, local - timedelta(days=most_days), by, at)
        cursor.execute("DROP TABLE sheet, fact, different")
    done = Uploaded(
        rows=reader.read,
        added=added,
        corrected=corrected,
        same=good - added - corrected if keep_good or not reader.errors else 0,
        errors=tuple(sorted(reader.errors)),
    )
    _record(done, by=by, at=at)
    return done


# A page's statements are cut off after seconds; a year of a borough's marks takes longer. And a
# million rows are better joined in memory than on the disk.
FOR_MANY_ROWS = """
SET LOCAL statement_timeout = '10min';
SET LOCAL work_mem = '128MB'
"""

SHEET = """
CREATE TEMP TABLE sheet (
    number integer, placement_id bigint, day date, half text, fact integer, minutes smallint,
    is_extra boolean, agreed_by text, note text
) ON COMMIT DROP;
CREATE TEMP TABLE fact (
    id integer, held boolean, not_held_because text, came text, absent_because text,
    minutes_late smallint, school_code text
) ON COMMIT DROP
"""

DIFFERENT = """
CREATE TEMP TABLE different ON COMMIT DROP AS
SELECT s.*, m.id AS mark_id
FROM sheet s
JOIN fact f ON f.id = s.fact
JOIN delivery_mark m
    ON m.placement_id = s.placement_id AND m.day = s.day AND m.half = s.half
WHERE (m.held, m.not_held_because, m.came, m.absent_because, m.minutes_late, m.minutes,
       m.is_extra, m.agreed_by, m.school_code, m.note)
   IS DISTINCT FROM
      (f.held, f.not_held_because, f.came, f.absent_because, f.minutes_late, s.minutes,
       s.is_extra, s.agreed_by, f.school_code, s.note)
"""

NEW = """
FROM sheet s
JOIN fact f ON f.id = s.fact
WHERE NOT EXISTS (
    SELECT FROM delivery_mark m
    WHERE m.placement_id = s.placement_id AND m.day = s.day AND m.half = s.half
)
"""

KEEP = """
INSERT INTO delivery_correction (mark_id, said_before, reason, by_id, at)
SELECT m.id,
       jsonb_build_object(
           'held', m.held, 'not_held_because', m.not_held_because, 'came', m.came,
           'absent_because', m.absent_because, 'minutes_late', m.minutes_late,
           'minutes', m.minutes, 'is_extra', m.is_extra, 'agreed_by', m.agreed_by,
           'school_code', m.school_code, 'note', m.note
       ),
       %s, %s, %s
FROM different d JOIN delivery_mark m ON m.id = d.mark_id
"""

CORRECT = """
UPDATE delivery_mark m
SET held = f.held, not_held_because = f.not_held_because, came = f.came,
    absent_because = f.absent_because, minutes_late = f.minutes_late, minutes = d.minutes,
    is_extra = d.is_extra, agreed_by = d.agreed_by, school_code = f.school_code, note = d.note
FROM different d JOIN fact f ON f.id = d.fact
WHERE m.id = d.mark_id
"""

ADD = f"""
INSERT INTO delivery_mark (
    placement_id, day, half, held, not_held_because, came, absent_because, minutes_late, minutes,
    is_extra, agreed_by, school_code, note, source, marked_by_id, marked_at, late_reason
)
SELECT s.placement_id, s.day, s.half, f.held, f.not_held_because, f.came, f.absent_because,
       f.minutes_late, s.minutes, s.is_extra, s.agreed_by, f.school_code, s.note, %s, %s, %s,
       CASE WHEN s.day < %s THEN %s ELSE '' END
{NEW}
"""


def _leave_out_late(cursor: CursorWrapper, reader: Reader, since: datetime, most_days: int) -> None:
    """Rows that would change something, too late and without a reason, become errors."""
    cursor.execute(
        f"""
        WITH late AS (
            SELECT s.number {NEW} AND s.day < %s
            UNION ALL SELECT number FROM different WHERE day < %s
        ), gone AS (DELETE FROM different WHERE number IN (SELECT number FROM late))
        DELETE FROM sheet WHERE number IN (SELECT number FROM late) RETURNING number, day::text
        """,  # noqa: S608 - our own words only
        [since.date(), since.date()],
    )
    for number, day in cursor.fetchall():
        reader.refuse(number, LATE_COLUMN, day, LATE_SAYS.format(days=most_days))


def _correct(cursor: CursorWrapper, reason: str, by: Person, at: datetime) -> int:
    cursor.execute(KEEP, [reason[:200], by.pk, at])
    cursor.execute(CORRECT)
    return int(cursor.rowcount)


def _add(cursor: CursorWrapper, late_reason: str, since: datetime, by: Person, at: datetime) -> int:
    late = late_reason.strip()[:200]
    cursor.execute(ADD, [Source.UPLOAD.value, by.pk, at, since.date(), late])
    return int(cursor.rowcount)


def _record(done: Uploaded, *, by: Person, at: datetime) -> None:
    audit.record(
        tag=Tag.UPLOADED,
        subject="register",
        details={
            "rows": done.rows,
            "added": done.added,
            "corrected": done.corrected,
            "errors": len(done.errors),
        },
        by=by,
        at=at,
    )
