"""The half-days of a child's school week, across everybody who has the child in them (P13).

Shared by the pages of staff, schools and families: nothing here says what anything costs.
The child was found through `visible_to` by whoever asks.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flsf.casework.timetable import queries as timetable
from flsf.core.half_days import DAYS, Half
from flsf.market.providers import queries as providers

FULL_WEEK_HOURS = 25
MINUTES = 60


def week(child_id: int, on: date) -> Mapping[str, Any]:
    """Who has the child in each half-day, and how many hours that is of a full week."""
    entries = timetable.week(child_id, on=on)
    names = providers.names({entry.service_id for entry in entries})
    cells = {
        (half, weekday): [
            (names[entry.service_id].provider_name, str(entry.hold.label))
            for entry in entries
            if (entry.half_day.half, entry.half_day.weekday) == (half, weekday)
        ]
        for half in Half
        for weekday in range(len(DAYS))
    }
    minutes = sum(entry.minutes for entry in entries)
    return {
        "days": DAYS,
        "rows": [
            (half.label, [cells[half, weekday] for weekday in range(len(DAYS))]) for half in Half
        ],
        "provider_count": len({entry.provider_id for entry in entries}),
        "hours": f"{minutes / MINUTES:g}",
        "full_week_hours": FULL_WEEK_HOURS,
    }
