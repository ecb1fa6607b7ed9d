"""A referral opened to match it: who asks, for which child, and the record that says so."""

from typing import Any

from django.http import HttpRequest

from flsf.casework.children import queries as children
from flsf.casework.matching import queries as matching
from flsf.casework.matching.queries import Match
from flsf.casework.referrals import queries as referrals
from flsf.core import clock, half_days
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of

MOST_HALF_DAYS = len(half_days.WEEK)


class Opened:
    """A referral that was found, and whose child's record was thereby opened."""

    def __init__(self, request: HttpRequest, ref: str) -> None:
        self.person, self.at = person_of(request), clock.now()
        self.on = clock.london_day(self.at)
        self.referral: Any = found(referrals.with_ref(ref, person=self.person, on=self.on))
        named = children.named([self.referral.child_id], person=self.person, on=self.on)
        self.child = named.get(self.referral.child_id)
        if self.child is not None:
            page = request.resolver_match.url_name if request.resolver_match else ""
            audit.record_view(
                subject=f"child {self.child.ref}", page=page or "", by=self.person, at=self.at
            )

    def match(self, asked: str = "") -> Match:
        """Every service ranked or left out; `asked`: how many of the half-days would do."""
        return matching.rank(self.referral.pk, on=self.on, half_days_needed=needed(asked))


def needed(asked: str) -> int | None:
    """How many half-days an address asks for; None if it makes no sense."""
    return {str(many): many for many in range(1, MOST_HALF_DAYS + 1)}.get(asked)
