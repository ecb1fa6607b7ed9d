"""Debarment lists, matches and cases for tests, made through actions."""

from datetime import date
from itertools import count

from flsf.core.people import SYSTEM
from flsf.flows import exclude
from flsf.market.exclusions import actions
from flsf.market.exclusions.enums import Cause, Weight
from flsf.market.exclusions.models import Case, ListVersion, Match
from flsf.market.exclusions.rules import Candidate, Debarred
from flsf.shared.accounts.enums import Role
from tests.factories import NOW, council_member

_numbers = count(1)
HAPPENED = date(2026, 2, 3)


def entry(name: str = "Bad Apple Limited", **changed) -> Debarred:
    told = {
        "name": name,
        "weight": Weight.MANDATORY,
        "ground": "A cartel",
        "first_day": date(2026, 1, 5),
    }
    return Debarred(**told | changed)


def listed(*entries: Debarred, at=NOW) -> ListVersion:
    """A version of the list, in force from that moment."""
    number = next(_numbers)
    version, _ = actions.take_in_list(
        name=f"List {number}", sha256=f"{number:064}", entries=entries, by=SYSTEM, at=at
    )
    return version


def swept(at=NOW) -> list[Match]:
    exclude.sweep_suppliers(cause=Cause.NIGHTLY, by=SYSTEM, at=at)
    return list(Match.objects.all())


def match(organisation) -> Match:
    """The organisation may be on the list."""
    listed(entry(organisation.name))
    candidate = Candidate(organisation.pk, frozenset({organisation.name}))
    [made] = actions.sweep(candidates=[candidate], cause=Cause.NIGHTLY, by=SYSTEM, at=NOW)
    return made


def case(provider, by=None, **changed) -> Case:
    """A case that is open, about misconduct."""
    told = {"ground": "misconduct", "happened_on": HAPPENED, "words": "Found by a court."}
    ref = exclude.open_case(
        organisation_id=provider.organisation_id,
        **told | changed,
        by=by or council_member(Role.COMMISSIONER),
        at=NOW,
    )
    return Case.objects.get(ref=ref)
