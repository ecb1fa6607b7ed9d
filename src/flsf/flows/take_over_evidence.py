"""What an accepted applicant showed is evidence of the provider: nobody is asked for it twice."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.applications import queries as applications
from flsf.market.applications.queries import Full
from flsf.market.applications.rules import Shows, shown
from flsf.market.checks import actions as checks
from flsf.market.checks import queries as find_checks
from flsf.market.checks.rules import DEFAULT_CHECKS, NewEvidence, last_day_taken

LASTS = {one.code: one.lasts_months for one in DEFAULT_CHECKS}


@transaction.atomic
def take_over_evidence(
    *, provider_ids: Mapping[int, int], by: Person, at: datetime
) -> Sequence[NewEvidence]:
    """Each check that accepted answers meet is met from today, seen by whoever tells the round.

    `provider_ids` are by application. Evidence that the provider has already and that lasts as
    long stays, and none is taken over for longer than evidence may hold. What was promised for
    the start is still to be shown before the first call-off.
    """
    on = london_day(at)
    full = applications.in_full_many(list(provider_ids), person=by, on=on)
    standings = find_checks.standings(sorted(set(provider_ids.values())), on=on)
    there = {
        (provider_id, one.code): one.expires_on
        for provider_id, ones in standings.items()
        for one in ones
    }
    most = last_day_taken(on, on=on, most_years=law.value(Key.EVIDENCE_MOST_YEARS, on=on))
    found: dict[tuple[int, str], NewEvidence] = {}
    for application_id, provider_id in provider_ids.items():
        for new in _evidence(full[application_id], provider_id, at, most):
            key = (provider_id, new.code)
            has = found[key].expires_on if key in found else there.get(key)
            if key in there and (has is None or has < new.expires_on):
                found[key] = new
    evidence = [found[key] for key in sorted(found)]
    if evidence:
        checks.see_evidence_many(evidence=evidence, by=by, at=at)
    return evidence


def _evidence(full: Full, provider_id: int, at: datetime, most: date) -> list[NewEvidence]:
    said = [
        Shows(one.check, one.kind, one.result, one.value, one.expires_after) for one in full.answers
    ]
    on = london_day(at)
    return [
        NewEvidence(
            provider_id=provider_id,
            code=code,
            number=f"Application {full.ref}",
            holds_from=on,
            expires_on=min(last, most),
        )
        for code, last in shown(said, accepted_on=on, lasts=LASTS).items()
    ]
