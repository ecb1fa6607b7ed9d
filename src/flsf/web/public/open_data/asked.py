"""What was given in an address, as the feed is asked it."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from flsf.core.geo import Point
from flsf.core.half_days import WEEK, Half
from flsf.market.feed.queries import Wanted
from flsf.shared.places import queries as places
from flsf.web.public.open_data.parameters import DAYS

USUAL_METRES = 5_000
# We know half-days, not hours: these stand for them, and the description says so.
BEGINS = {Half.AM: time(9), Half.PM: time(12)}
ENDS = {Half.AM: time(12), Half.PM: time(15)}
NOWHERE = Point(-10_000_000, -10_000_000)


def wanted(given: Mapping[str, Any]) -> Wanted:
    """The question; a postcode is looked up."""
    near = None
    if "postcode" in given:
        near = places.locate(given["postcode"]) or NOWHERE
    return Wanted(
        search=given.get("search"),
        term=given.get("taxonomy_term_id"),
        taxonomy=given.get("taxonomy_id"),
        organization=given.get("organization_id"),
        lowest_age=given.get("minimum_age"),
        highest_age=given.get("maximum_age"),
        days_mask=_days(given),
        modified_after=given.get("modified_after"),
        near=near,
        within_metres=given.get("proximity", USUAL_METRES) if near else None,
    )


def _days(given: Mapping[str, Any]) -> int | None:
    if not {"day", "start_time", "end_time"} & set(given):
        return None
    return sum(
        one.bit
        for one in WEEK
        if given.get("day") in {None, DAYS[one.weekday]}
        and BEGINS[one.half] >= given.get("start_time", time.min)
        and ENDS[one.half] <= given.get("end_time", time.max)
    )
