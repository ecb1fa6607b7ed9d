"""What the overview tells, each fact asked once however many pictures show it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import TypeAlias

from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.rules import Waiting
from flsf.core.people import SYSTEM, Person
from flsf.mandate.waivers import queries as waivers
from flsf.oversight.reports import queries
from flsf.web.components.charts import Picture
from flsf.web.components.pictures import Build


class Figures:
    """The figures of a day, for one person, of one page."""

    def __init__(self, person: Person, on: date) -> None:
        self.person, self.on = person, on

    @cached_property
    def trajectory(self) -> queries.Trajectory:
        return queries.trajectory(on=self.on)

    @cached_property
    def waits(self) -> Sequence[Waiting]:
        """Every child with no offer yet; the pictures say who sees small counts."""
        return referrals.waiting(person=SYSTEM, on=self.on)

    @cached_property
    def waivers(self) -> waivers.Count:
        return waivers.count(on=self.on)


Draw: TypeAlias = Callable[[Figures], Picture]


def alone(draw: Draw) -> Build:
    """The picture by itself, at an address of its own."""

    def build(person: Person, on: date) -> Picture:
        return draw(Figures(person, on))

    build.__module__ = draw.__module__
    return build
