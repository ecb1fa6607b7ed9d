"""Whether the worker lives: it writes down the time every few seconds."""

from datetime import datetime
from typing import TypedDict

from procrastinate.contrib.django.models import ProcrastinateWorker

# It writes every 10 seconds.
SECONDS_TO_BE_SILENT = 45


class Told(TypedDict):
    heard: bool
    seconds_ago: int | None


def told(now: datetime) -> Told:
    """When a worker was last heard of, in seconds; none ever heard of is None."""
    latest = (
        ProcrastinateWorker.objects.order_by("-last_heartbeat")
        .values_list("last_heartbeat", flat=True)
        .first()
    )
    if latest is None:
        return {"heard": False, "seconds_ago": None}
    seconds = max(0, int((now - latest).total_seconds()))
    return {"heard": seconds < SECONDS_TO_BE_SILENT, "seconds_ago": seconds}
