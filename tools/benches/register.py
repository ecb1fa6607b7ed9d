"""A whole register at once, against bare COPY and against bulk_create.

Everything happens in a transaction that is rolled back, so it may run on any database. Checks
of foreign keys wait for the end of a transaction; `SET CONSTRAINTS` brings them into every
measurement. Equal contents and equal row errors are proved before anything is compared. The
usual way judges each row in Python and hands the good ones to bulk_create as an upsert; it is
measured on 100,000 marks and said in proportion for more. COPY, which judges nothing, is the
limit. The smaller size is measured in rounds, turn by turn, and the middle one counts.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from statistics import median
from time import perf_counter

from django.db import connection, transaction

from flsf.casework.calloffs.models import Award
from flsf.casework.children.models import Child
from flsf.casework.timetable.models import Booking
from flsf.core.people import SYSTEM
from flsf.delivery.attendance import actions
from flsf.delivery.placements.models import Placement, PlacementChange
from flsf.mandate.budgets.models import Budget, Fund
from flsf.mandate.framework.models import Framework, Lot
from flsf.market.providers.models import Provider, Service
from flsf.shared.accounts.models import Organisation
from tools.bench import Row
from tools.benches import usual

SIZES = {100_000: 3, 1_000_000: 1}  # and how many rounds
USUAL_SIZE = 100_000
AT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TODAY = AT.date()
BACK = 280
DAYS = [day for ago in range(BACK, 0, -1) if (day := TODAY - timedelta(days=ago)).weekday() < 5]
SESSIONS = list(product(DAYS, ("am", "pm")))
LATE = "Loaded from last year's books"
SHARE_OF_COPY, TIMES_USUAL = 0.4, 8

# What a row says of a session, and what the table then holds.
WAYS = (
    (("yes", "", "yes", "", ""), (True, "", "yes", "", 0, 150, "K")),
    (("yes", "", "late", "", "10"), (True, "", "late", "", 10, 150, "K")),
    (("yes", "", "no", "illness", ""), (True, "", "no", "illness", 0, 0, "I")),
    (("no", "provider", "no", "", ""), (False, "provider", "no", "", 0, 0, "Y7")),
)
# Rows at the end that nobody can take: placement and day (empty: the first), half, what is
# said, and the column that is wrong.
CAME = WAYS[0][0]
BAD = (
    ("PL-NONE2", "", "am", CAME, "placement"),
    ("", "31/02/2026", "am", CAME, "date"),
    ("", "", "noon", CAME, "half"),
    ("", "", "am", ("yes", "", "perhaps", "", ""), "came"),
    ("", "", "am", ("yes", "", "no", "", ""), "why absent"),
    ("", "", "am", CAME, "date"),  # the same session as the first row
)
COLUMNS = (
    *("placement_id", "day", "half", "held", "not_held_because", "came", "absent_because"),
    *("minutes_late", "minutes", "school_code", "is_extra", "agreed_by", "note", "source"),
    *("marked_at", "late_reason"),
)

Line = tuple[object, ...]
Wrong = tuple[int, str]


def rows() -> list[Row]:
    """Two rows for each size: a first load, and the identical file again."""
    return [row for size, rounds in SIZES.items() for row in _measured(size, rounds)]


def _measured(size: int, rounds: int) -> list[Row]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '10min'")
        places = _ground(-(-size // len(SESSIONS)))
        done = [_round(size, places) for _ in range(rounds)]
        transaction.set_rollback(True)
    copy_s, usual_s, first_s, again_s = (
        median(times) for times in zip(*(one.seconds for one in done), strict=True)
    )
    usual_s *= size / min(size, USUAL_SIZE)
    equal = all(one.is_right for one in done)
    fast = copy_s / first_s >= SHARE_OF_COPY and usual_s / first_s >= TIMES_USUAL
    same = first_s / again_s >= SHARE_OF_COPY
    first_goal = "40 % of COPY, 8 x rows judged in Python and bulk_create"
    again_goal = "no row changes, 40 % of the first load"
    return [
        Row("register upload", size, first_s, copy_s, usual_s, first_goal, fast, equal),
        Row("register again", size, again_s, first_s, 0.0, again_goal, same, equal),
    ]


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of COPY, of the usual way, of our first load and of our second; and whether all
    told the same."""

    seconds: tuple[float, float, float, float]
    is_right: bool


def _round(size: int, places: list[Placement]) -> Round:
    part = min(size, USUAL_SIZE)
    errors: list[list[Wrong]] = []
    as_copy = _copy_text(islice(_table(places), size))
    copy_s, copied = _timed(lambda: _copy(as_copy))
    part_of_it = as_copy if part == size else _copy_text(islice(_table(places), part))
    copied_part = copied if part == size else _timed(lambda: _copy(part_of_it))[1]
    part_csv = _csv_text(places, part)
    usual_s, by_usual = _timed(lambda: errors.append(usual.upload(part_csv, at=AT, late=LATE)))
    as_csv = part_csv if part == size else _csv_text(places, size)
    first_s, again_s, uploaded, told = _upload_twice(as_csv)
    right = (
        copied == uploaded
        and copied_part == by_usual
        and told == (size, 0, size, _wrong(size))
        and errors == [_wrong(part)]
    )
    return Round((copy_s, usual_s, first_s, again_s), right)


def _timed(work: Callable[[], object]) -> tuple[float, str]:
    """Seconds, foreign keys checked, and what the table holds; then it is undone."""
    with transaction.atomic():
        seconds = _clocked(work)
        holds = _content()
        transaction.set_rollback(True)
    return seconds, holds


def _clocked(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return perf_counter() - begun


def _upload_twice(text: str) -> tuple[float, float, str, tuple[int, int, int, list[Wrong]]]:
    """Seconds of the first and of the second load, the content, and what was told:
    added, changed, same, and the rows left out."""
    done: list[actions.Uploaded] = []
    with transaction.atomic():
        first = _clocked(lambda: done.append(_upload(text)))
        before = _content()
        again = _clocked(lambda: done.append(_upload(text)))
        after = _content()
        transaction.set_rollback(True)
    changed = done[1].added + done[1].corrected + (before != after)
    errors = [[(one.number, one.column) for one in each.errors] for each in done]
    changed += errors[0] != errors[1]
    return first, again, before, (done[0].added, changed, done[1].same, errors[0])


def _upload(text: str) -> actions.Uploaded:
    lines = csv.reader(io.StringIO(text, newline=""))
    return actions.upload(
        rows=lines, organisation_ids=None, first_number=1, late_reason=LATE, by=SYSTEM, at=AT
    )


def _copy(text: str) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY delivery_mark ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        copy.write(text)


def _content() -> str:
    """What the table says, however its rows lie: a count and a sum of hashes."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), sum(hashtextextended((t.*)::text, 0)::numeric)"  # noqa: S608
            f" FROM (SELECT {', '.join(COLUMNS)} FROM delivery_mark WHERE marked_at = %s) t",
            [AT],
        )
        return str(cursor.fetchone())


def _lines(places: list[Placement]) -> Iterator[tuple[Placement, date, str, int]]:
    number = 0
    for place in places:
        for day, half in SESSIONS:
            yield place, day, half, number % 10
            number += 1


def _way(number: int) -> int:
    """Seven in ten come; the others are late, ill, or the session falls through."""
    return max(0, number - 6)


def _table(places: list[Placement]) -> Iterator[Line]:
    since = TODAY - timedelta(days=7)
    for place, day, half, number in _lines(places):
        held, why_not, came, why, late, minutes, code = WAYS[_way(number)][1]
        yield (
            *(place.pk, day, half, held, why_not, came, why, late, minutes, code, False, ""),
            *("", "upload", AT, LATE if day < since else ""),
        )


def _copy_text(table: Iterable[Line]) -> str:
    return "".join("\t".join(map(str, line)) + "\n" for line in table)


def _csv_text(places: list[Placement], size: int) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    for place, day, half, number in islice(_lines(places), size):
        writer.writerow((place.ref, day.isoformat(), half, *WAYS[_way(number)][0], "", "", ""))
    first = (places[0].ref, DAYS[0].isoformat())
    for ref, on, half, said, _ in BAD:
        writer.writerow((ref or first[0], on or first[1], half, *said, "", "", ""))
    return target.getvalue()


def _wrong(size: int) -> list[Wrong]:
    """The numbers and the columns of the rows that nobody can take."""
    return [(size + nth, column) for nth, (*_, column) in enumerate(BAD, 1)]


def _ground(count: int) -> list[Placement]:
    """Placements that run on all the days, booked for every half-day."""
    service, budget = _service(), _budget()
    first = DAYS[0]
    children = Child.objects.bulk_create(
        Child(ref=f"C-B{n}", first_name="A", last_name="B", birth_date=first, added_at=AT)
        for n in range(count)
    )
    awards = Award.objects.bulk_create(
        Award(
            ref=f"A-B{n}", child=child, provider=service.provider, service=service, route="spot",
            budget=budget, team="send", spend_line="mentoring", unit="hour", rate_pence=4000,
            starts_on=first, ends_on=TODAY, net_pence=0, vat_pence=0, gross_pence=0,
            status="awarded", proposed_at=AT,
        )
        for n, child in enumerate(children)
    )  # fmt: skip
    Booking.objects.bulk_create(
        (
            Booking(
                child=award.child, service=service, half_day=half_day, minutes=150, since=first,
                hold="booked", award_ref=award.ref,
            )
            for award in awards
            for half_day in range(10)
        ),
        batch_size=2000,
    )  # fmt: skip
    places = Placement.objects.bulk_create(
        Placement(
            ref=f"PL-B{n}", child=award.child, provider=service.provider, service=service,
            award=award, nature="Mentoring", starts_on=first, planned_end_on=TODAY,
        )
        for n, award in enumerate(awards)
    )  # fmt: skip
    PlacementChange.objects.bulk_create(
        PlacementChange(placement=one, status="active", takes_effect_on=first, decided_at=AT)
        for one in places
    )
    return places


def _service() -> Service:
    place = Organisation.objects.create(name="Bench", kind="provider")
    provider = Provider.objects.create(
        ref="P-BENCH", slug="bench", name="Bench", kind="company", organisation=place
    )
    framework = Framework.objects.create(
        ref="F-BENCH", name="Bench", starts_on=DAYS[0], initial_years=3, extension_years_allowed=5
    )
    lot = Lot.objects.create(framework=framework, code="b", name="Bench", in_force_from=DAYS[0])
    return Service.objects.create(
        ref="S-BENCH", slug="s-bench", provider=provider, lot=lot, name="Bench", mode="home",
        lowest_age=5, highest_age=18, confirmed_on=TODAY,
    )  # fmt: skip


def _budget() -> Budget:
    fund = Fund.objects.create(code="bench", name="Bench", kind="council")
    return Budget.objects.create(fund=fund, year_begins=date(2026, 4, 1), amount_pence=0)
