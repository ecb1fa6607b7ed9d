"""When support at one place would make it a school that must be registered (E18-E19)."""

from dataclasses import dataclass

MINUTES_AN_HOUR = 60
NO_FIXED_PLACE = "no fixed place"
NO_PLACE_KNOWN = "a place we do not know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The numbers in force, as the law and the council set them."""

    full_time_hours: int
    warning_hours: int
    most_children: int

    def is_full_time(self, minutes: int) -> bool:
        """Whether so many minutes a week are full time."""
        return minutes > self.full_time_hours * MINUTES_AN_HOUR

    def is_near(self, minutes: int) -> bool:
        """Whether so many minutes a week come near to full time, or are."""
        return minutes >= self.warning_hours * MINUTES_AN_HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A child's hours a week with one provider, whoever arranged them, and who else is there.

    A place is a site; all that a provider does at home, online or about is one place more.
    `place` is that of this call-off, whose minutes are among those of `by_place`: each of those
    is of the fullest week there.
    """

    place: str
    minutes_there: int
    minutes_in_all: int  # in the fullest week over all the places
    by_place: tuple[tuple[str, int], ...]
    others_there: int  # children of school age who are full time at that place
    others_in_all: int  # and with the provider, its places together
    plan_or_care: bool
    of_school_age: bool
    is_school: bool


def is_near(hours: Hours, limits: Limits) -> bool:
    """Whether an officer is to be warned: no school, and the hours come near to full time."""
    return not hours.is_school and limits.is_near(max(hours.minutes_in_all, hours.minutes_there))


def is_stopped(hours: Hours, limits: Limits) -> bool:
    """Whether the place would give full-time education that only a registered school may give."""
    return _is_a_school(hours, limits, hours.minutes_there, hours.others_there)


def asks_reason(hours: Hours, limits: Limits) -> bool:
    """Whether it would be so only with all the provider's places taken together.

    The law looks at each place; one school kept in two houses is still a school.
    """
    together = _is_a_school(hours, limits, hours.minutes_in_all, hours.others_in_all)
    return together and not is_stopped(hours, limits)


def _is_a_school(hours: Hours, limits: Limits, minutes: int, others: int) -> bool:
    if hours.is_school or not limits.is_full_time(minutes):
        return False
    if hours.plan_or_care:
        return True
    return hours.of_school_age and others + 1 >= limits.most_children


def in_words(hours: Hours, limits: Limits) -> str:
    """The numbers, as an officer weighs them."""
    others = f"{hours.others_there} other {_children(hours.others_there)}"
    return (
        f"{in_hours(hours.minutes_there)} hours a week {at(hours.place)}"
        f"{_in_all(hours)}, whoever arranged them. Warned from {limits.warning_hours}; more than "
        f"{limits.full_time_hours} at one place is full time, which only a registered school may "
        "give to a child with a plan or in care, or to "
        f"{limits.most_children} children. {others} full time {at(hours.place)}"
    )


def _in_all(hours: Hours) -> str:
    if len(hours.by_place) <= 1:
        return " with this provider"
    places = ", ".join(f"{in_hours(minutes)} {at(place)}" for place, minutes in hours.by_place)
    return f" and {in_hours(hours.minutes_in_all)} with this provider in all ({places})"


def _children(count: int) -> str:
    return "child is" if count == 1 else "children are"


def at(place: str) -> str:
    """Where, as a sentence has it: "at Forge Road", "at no fixed place"."""
    return f"at {place}"


def in_hours(minutes: int) -> str:
    """Minutes as hours, with no more figures than are needed: "12.5"."""
    return f"{minutes / MINUTES_AN_HOUR:.2f}".rstrip("0").rstrip(".")
