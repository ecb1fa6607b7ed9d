"""A made-up debarment list with one name to look at, and one provider who may answer."""

from datetime import datetime, timedelta

from flsf.core.clock import london_day
from flsf.core.people import SYSTEM, Person
from flsf.flows import exclude
from flsf.market.exclusions import actions
from flsf.market.exclusions.enums import Cause, Weight
from flsf.market.exclusions.rules import Debarred
from flsf.market.providers import queries as providers

ASKED_AGO = timedelta(days=5)
LISTED_AGO = timedelta(days=21)
NIGHT_AGO = timedelta(hours=12)


def load(*, keeper: Person, at: datetime) -> None:
    """The list was taken in three weeks ago and looked through every night since; a case was
    opened last week."""
    taken = at - LISTED_AGO
    listed = london_day(taken) - timedelta(days=60)
    entries = [
        Debarred(
            name=name,
            number=number,
            weight=weight,
            ground=ground,
            first_day=listed,
        )
        for name, number, weight, ground in (
            ("Pinfold Boxing and Study Limited", "", Weight.MANDATORY, "A cartel"),
            ("Grey Harbour Logistics", "99000017", Weight.MANDATORY, "Fraud"),
            ("Northgate Signs", "99000018", Weight.DISCRETIONARY, "Professional misconduct"),
        )
    ]
    actions.take_in_list(
        name="A made-up list", sha256="made-up".ljust(64, "0"), entries=entries, by=keeper, at=taken
    )
    exclude.sweep_suppliers(cause=Cause.IMPORT, by=keeper, at=taken)
    exclude.sweep_suppliers(cause=Cause.NIGHTLY, by=SYSTEM, at=at - NIGHT_AGO)
    asked = {one.name: one for one in providers.register(person=SYSTEM)}["Fast Forward Learning"]
    exclude.open_case(
        organisation_id=asked.organisation_id,
        ground="breach",
        happened_on=london_day(at) - timedelta(days=40),
        words="Another council ended its contract after registers were kept wrongly three times.",
        by=keeper,
        at=at - ASKED_AGO,
    )
