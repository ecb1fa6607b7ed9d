"""Somebody who would begin an application and has yet to show that the address is theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LINK_HOURS = 24
# Long enough to ask for a new link after one ran out; then what was said is gone.
KEEP_DAYS = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """Who wants to begin, and what they said so far."""

    email: str
    name: str
    organisation: str
    lots: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    framework: str = (
        ""  # its reference; empty: whichever runs, as links of before there were several
    )


def is_good(asked_at: datetime, *, at: datetime) -> bool:
    """Whether a link sent then still begins an application."""
    return at - asked_at <= timedelta(hours=LINK_HOURS)


def is_kept(asked_at: datetime, *, at: datetime) -> bool:
    """Whether what was said with a link is still on record."""
    return at - asked_at < timedelta(days=KEEP_DAYS)
