"""When support with one provider would make it a school that must be registered (E18-E19)."""

from dataclasses import dataclass

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The numbers in force, as the law and the council set them."""

    full_time_hours: int
    warning_hours: int
    most_children: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A child's hours a week with one provider, whoever arranged them, and who else is there.

    `by_site` are those of the fullest week by the name of the place, this call-off's among them.
    """

    minutes: int
    by_site: tuple[tuple[str, int], ...]
    others_full_time: int  # children of school age
    plan_or_care: bool
    of_school_age: bool
    is_school: bool


def is_near(hours: Hours, limits: Limits) -> bool:
    """Whether an officer is to be warned: no school, and the hours come near to full time."""
    return not hours.is_school and hours.minutes >= limits.warning_hours * MINUTES_AN_HOUR


def is_stopped(hours: Hours, limits: Limits) -> bool:
    """Whether it would be full-time education that only a registered school may give."""
    if hours.is_school or hours.minutes <= limits.full_time_hours * MINUTES_AN_HOUR:
        return False
    if hours.plan_or_care:
        return True
    return hours.of_school_age and hours.others_full_time + 1 >= limits.most_children


def in_words(hours: Hours, limits: Limits) -> str:
    """The numbers, as an officer weighs them."""
    sites = ", ".join(f"{_hours(minutes)} at {site}" for site, minutes in hours.by_site)
    others = f"{hours.others_full_time} other {_children(hours.others_full_time)}"
    return (
        f"{_hours(hours.minutes)} hours a week with this provider, whoever arranged them"
        f"{f' ({sites})' if len(hours.by_site) > 1 else ''}. Warned from {limits.warning_hours}; "
        f"more than {limits.full_time_hours} is full time, which only a registered school may "
        "give to a child with a plan or in care, or to "
        f"{limits.most_children} children. {others} there full time"
    )


def _children(count: int) -> str:
    return "child is" if count == 1 else "children are"


def _hours(minutes: int) -> str:
    return f"{minutes / MINUTES_AN_HOUR:.2f}".rstrip("0").rstrip(".")
