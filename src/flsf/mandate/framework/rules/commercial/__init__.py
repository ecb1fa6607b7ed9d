"""The commercial models: what each allows, asked of all in the same way.

The models are chosen from a dict and know nothing of each other, so that changing a framework's
model is a setting and not a new system.
"""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from flsf.mandate.framework.enums import CommercialModel
from flsf.mandate.framework.rules.commercial import (
    dynamic_market,
    light_touch_closed,
    open_framework,
    pseudo_dps,
    spot,
)
from flsf.mandate.framework.rules.commercial.shared import (
    Answer,
    CallOff,
    Carrying,
    Due,
    Numbers,
    Pool,
    Reopening,
    TakenOver,
    Years,
)
from flsf.shared.calendars.rules import WorkingCalendar


class Model(Protocol):
    """What every commercial model answers."""

    ROLLS: bool  # the pool is never shut: a round follows each round

    def may_apply(self, pool: Pool) -> Answer: ...

    def may_decide(self, pool: Pool) -> Answer: ...

    def may_call_off(self, asked: CallOff, numbers: Numbers) -> Answer: ...

    def reopening(self, years: Years, numbers: Numbers) -> Reopening: ...

    def longest_term(self, years: Years, numbers: Numbers) -> date: ...

    def take_over(self) -> TakenOver: ...

    def dues(self, begins: date, numbers: Numbers, working: WorkingCalendar) -> list[Due]: ...


MODELS: Mapping[CommercialModel, Model] = {
    CommercialModel.PSEUDO_DPS: pseudo_dps,
    CommercialModel.LIGHT_TOUCH_CLOSED: light_touch_closed,
    CommercialModel.OPEN_FRAMEWORK: open_framework,
    CommercialModel.DYNAMIC_MARKET: dynamic_market,
    CommercialModel.SPOT: spot,
}

__all__ = [
    "MODELS",
    "Answer",
    "CallOff",
    "Carrying",
    "Due",
    "Model",
    "Numbers",
    "Pool",
    "Reopening",
    "TakenOver",
    "Years",
]
