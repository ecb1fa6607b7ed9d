"""The only writes of bank holidays, terms and closures."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from flsf.core.counts import Counts
from flsf.core.people import Person
from flsf.shared import staging
from flsf.shared.audit import actions as audit
from flsf.shared.calendars.enums import Nation, Tag


@transaction.atomic
def take_in_holidays(
    *, rows: Iterable[tuple[Nation, date, str]], by: Person, at: datetime
) -> Counts:
    """We hold these bank holidays: nation, day, title. They hold for the whole of their years."""
    staging.wait_for_turn("holidays")
    counts = staging.take_in(
        table="shared_bankholiday",
        key=("nation", "day"),
        columns=("nation", "day", "title"),
        rows=rows,
    )
    _record(Tag.HOLIDAYS_IMPORTED, "bank holidays", counts, by, at)
    return counts


@transaction.atomic
def take_in_terms(
    *,
    terms: Iterable[tuple[int | None, str, date, date]],
    closures: Iterable[tuple[int | None, date, str]],
    by: Person,
    at: datetime,
) -> Counts:
    """These terms and closures hold: our id of the school or None, and the days.

    A term is found by its school and first day, a closure by its school and day.
    """
    staging.wait_for_turn("terms")
    counts = staging.take_in(
        table="shared_term",
        key=("school_id", "first_day"),
        columns=("school_id", "name", "first_day", "last_day"),
        rows=terms,
    ) + staging.take_in(
        table="shared_closure",
        key=("school_id", "day"),
        columns=("school_id", "day", "reason"),
        rows=closures,
    )
    _record(Tag.TERMS_IMPORTED, "school terms", counts, by, at)
    return counts


def _record(tag: Tag, subject: str, counts: Counts, by: Person, at: datetime) -> None:
    details = {"new": counts.new, "changed": counts.changed, "same": counts.same}
    audit.record(tag=tag, subject=subject, details=details, by=by, at=at)
