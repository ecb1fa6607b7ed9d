"""Which frameworks ask anything of whoever would apply: with several, people choose."""

from datetime import date
from typing import Any

from flsf.mandate.framework import queries as framework
from flsf.market.applications import queries as applications


def frameworks(today: date) -> list[Any]:
    """Those that run and ask something that day, the one that began last first."""
    running = framework.running(today)
    asked = applications.asking([one.pk for one in running], on=today)
    return [one for one in running if one.pk in asked]
