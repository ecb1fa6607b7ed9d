"""Five questions that tell somebody, before any account, whether it is worth applying."""

from collections.abc import Mapping
from dataclasses import dataclass

from flsf.market.applications.enums import Variant
from flsf.market.applications.rules.questions import NO, YES


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands in the way, and what to have at hand. Nothing in the way: they can join."""

    stops: tuple[str, ...]
    explain: tuple[str, ...]
    have_ready: tuple[str, ...]

    @property
    def can_join(self) -> bool:
        return not self.stops


def can_join(said: Mapping[str, str]) -> Verdict:
    """What the five answers come to: `checked`, `insured`, `past` and `kind`."""
    stops, explain, ready = [], [], []
    if said.get("checked") == NO:
        stops.append(
            "Everybody who works with children needs an enhanced DBS check. You can join once "
            "you have applied for one."
        )
    if said.get("insured") == NO:
        stops.append(
            "You need public liability insurance before you start. You can join if you will "
            "have it by then: you do not need it now."
        )
    if said.get("past") == YES:
        explain.append(
            "You can still apply. We ask what happened and what has changed since, and two "
            "people read it before anything is decided."
        )
    if said.get("checked") == YES:
        ready.append("the dates of your DBS certificates, not the certificates")
    if said.get("insured") == YES:
        ready.append("your insurance certificate, or a photo of it")
    if said.get("kind") == Variant.COMPANY:
        ready.append("your company number")
    if said.get("kind") == Variant.VOLUNTARY:
        ready.append("your charity number, if you have one")
    ready.append("what you charge")
    return Verdict(tuple(stops), tuple(explain), tuple(ready))
