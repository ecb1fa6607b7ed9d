"""No call-off, and no move, makes a place a school that is not registered (rules E18 and E19)."""

from datetime import date

from flsf.casework.calloffs.queries import registration
from flsf.core.refusals import Refusal
from flsf.market.providers import queries as providers
from flsf.market.providers.queries import premises
from flsf.market.providers.rules import ServiceFacts


class WouldBeASchool(Refusal):
    """Says the hours, where, and who else is there full time."""

    says = "Only a registered school may give so much support at one place."

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        said = f"{self.says} {self.why}." if self.why else self.says
        return f"{said} Choose fewer half-days, another provider or a registered school."


class TogetherASchool(Refusal):
    """Says the hours at each place, and in all."""

    says = "All of this provider's places together would be full time. Say why they are no school."

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        return (
            "All of this provider's places together would be full time, and nobody has said why "
            f"they are not one school. {self.why}. Propose it with a reason, or for fewer "
            "half-days."
        )


class MoveMakesASchool(Refusal):
    """Says the hours of a child at the place the service would move to."""

    says = "Children who use this service would make its new place a school."

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        return f"{self.says} {self.why}. Keep the service where it is, or choose another place."


def refuse_a_school(
    *,
    service_id: int,
    child_id: int,
    since: date,
    until: date,
    on: date,
    is_explained: bool,
    added: int = 0,
) -> None:
    """Nothing, while the service's place stays below what only a registered school may give.

    Counted across every commissioner, with what is held and not decided; `added` are the minutes
    a week of a call-off that holds no place yet. Raises WouldBeASchool, and TogetherASchool where
    only all the provider's places together come to that and it is not explained. Two officers who
    would take the last hours, or the last child, take turns here, and the second counts the
    first's.
    """
    taught = premises.taught(service_id)
    if taught.is_school:
        return
    providers.lock(taught.provider_id)
    first = max(since, on)
    found = registration.hours(
        child_id, service_id, since=first, until=max(until, first), on=on, added=added
    )
    if why := registration.stopped(found, on):
        raise WouldBeASchool(why)
    if not is_explained and (why := registration.unexplained(found, on)):
        raise TogetherASchool(why)


def refuse_a_move(*, service_id: int, facts: ServiceFacts, on: date) -> None:
    """Nothing, while the service may go on at the place these facts give it.

    Counted with what is booked and what is held from that day on. Raises MoveMakesASchool. Who
    calls off hours at either place meanwhile takes turns with whoever moves the service.
    """
    taught = premises.taught(service_id)
    if taught.is_school:
        return
    providers.lock(taught.provider_id)
    if why := registration.moved(service_id, facts.mode, facts.site_id, on=on):
        raise MoveMakesASchool(why)


def refuse_to_propose_a_move(*, service_id: int, facts: ServiceFacts, on: date) -> None:
    """As refuse_a_move, by what the provider knows of: places held are not counted.

    The council is asked again when it agrees, so nothing is locked.
    """
    why = registration.moved(service_id, facts.mode, facts.site_id, on=on, only_booked=True)
    if why:
        raise MoveMakesASchool(why)
