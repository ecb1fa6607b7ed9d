"""Where things are today: the headline's figures, and how long children wait."""

from collections.abc import Mapping, Sequence

from flsf.core.people import Person
from flsf.delivery.attendance import queries as attendance
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.oversight.reports import rules
from flsf.shared.accounts.enums import Permission
from flsf.web.components import drawings
from flsf.web.components.charts import Picture
from flsf.web.council.oversight.figures import Figures

# School days and what each band is called; the sixth and fifteenth are the law's.
BANDS: Sequence[tuple[str, int | None]] = (("Up to 5", 5), ("6 to 15", 15), ("Over 15", None))
ACROSS = tuple(name for name, _ in BANDS)
SMALL = (
    " A count below five is shown as c, and so is another beside it where the total would give "
    "it away; in the drawing they are left out."
)


def sees_small_counts(person: Person) -> bool:
    """Those who work with the waiting list see it whole; others see no small count (rule D8)."""
    return person.may(Permission.VIEW_WAITING)


def standing(figures: Figures) -> rules.Standing:
    """The figures of the headline. Small counts of children are hidden from most."""
    told, counted = figures.trajectory, figures.waivers
    year = told.this_year
    long = sum(one.is_too_long for one in figures.waits)
    return rules.Standing(
        paid_pence=year.paid if year else 0,
        plan_pence=told.planned_to_today,
        year=year.label if year else "",
        waivers_left=counted.left,
        waivers_overdue=counted.overdue,
        waiting_too_long=str(long if sees_small_counts(figures.person) else rules.shown(long)),
        too_long_days=law.value(Key.OFFER_WAIT_DAYS, on=figures.on),
    )


def waiting_list(figures: Figures) -> Picture:
    """Children with no offer yet, by how long and how far (P15)."""
    waits = figures.waits
    stages = list(dict.fromkeys(str(one.status.label) for one in waits))
    counts = {
        (band, stage): sum(
            band_of(one.school_days) == band and str(one.status.label) == stage for one in waits
        )
        for band in ACROSS
        for stage in stages
    }
    table = [[counts[band, stage] for stage in stages] for band in ACROSS]
    whole_truth = sees_small_counts(figures.person)
    safe = rules.plain_table(table) if whole_truth else rules.safe_table(table)
    whole = rules.Shown(len(waits)) if whole_truth else rules.shown(len(waits))
    many = f"{whole} children wait" if whole.count is not None else "Fewer than five children wait"
    return Picture(
        name="waiting",
        title=f"{many} for an offer." if waits else "No child waits for an offer.",
        spec=drawings.columns(
            [
                (band, stage, safe[r][c].count or 0)
                for r, band in enumerate(ACROSS)
                for c, stage in enumerate(stages)
            ],
            ACROSS,
            stages,
        ),
        headings=("School days since we first knew", *stages),
        rows=[(band, *map(str, safe[r])) for r, band in enumerate(ACROSS)] if waits else [],
        is_too_small=bool(waits) and not any(cell.count for row in safe for cell in row),
        worked_out=(
            "Every child whose referral is open and who has no offer yet, by school days since "
            "the council first knew, that day and today included." + ("" if whole_truth else SMALL)
        ),
    )


def out_of_learning(figures: Figures) -> Picture:
    """School days without support, of the children who wait (P14)."""
    child_ids = {one.child_id for one in figures.waits}
    days = attendance.days_out_of_learning(child_ids, figures.on)
    counts = _by_band(days)
    column = [counts[band] for band in ACROSS]
    whole_truth = sees_small_counts(figures.person)
    safe = rules.plain_table([column])[0] if whole_truth else rules.safe_column(column)
    over = safe[-1]
    said = (
        f"{over} children who wait have been out of learning for more than 15 school days."
        if over.count
        else "No child who waits has been out of learning for more than 15 school days."
        if over.count == 0
        else "Few of the children who wait have been out of learning for more than 15 school days."
    )
    return Picture(
        name="out-of-learning",
        title=said,
        spec=drawings.bars(
            [(band, safe[r].count or 0, band) for r, band in enumerate(ACROSS)], axis="Children"
        ),
        headings=("School days out of learning", "Children"),
        rows=[(band, str(safe[r])) for r, band in enumerate(ACROSS)] if child_ids else [],
        is_too_small=bool(child_ids) and not any(cell.count for cell in safe),
        worked_out=(
            "For each child with no offer yet, school days since the council first knew on which "
            "no session was held or arranged." + ("" if whole_truth else SMALL)
        ),
    )


def band_of(school_days: int) -> str:
    """The band so many school days fall in."""
    return next(name for name, last in BANDS if last is None or school_days <= last)


def _by_band(days: Mapping[int, int]) -> dict[str, int]:
    counts = dict.fromkeys(ACROSS, 0)
    for one in days.values():
        counts[band_of(one)] += 1
    return counts
