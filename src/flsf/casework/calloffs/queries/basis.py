"""By whose leave an award is decided, and what its provider showed of each criterion (S43)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from flsf.casework.calloffs.models import Award
from flsf.core.clock import london_day
from flsf.core.dates import in_words
from flsf.core.people import SYSTEM, Person
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.delegations import queries as delegations
from flsf.mandate.delegations import rules as delegated
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.rules import Authority, Basis, Shown
from flsf.mandate.framework import queries as frameworks
from flsf.market.admissions import queries as admissions
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing, Theme
from flsf.market.checks.queries import CheckStanding
from flsf.market.evaluation import queries as evaluation
from flsf.shared.accounts import queries as accounts


def lot_id_with(code: str) -> int | None:
    """None: no code, so it is bought outside the framework."""
    lot = frameworks.lot_with_code(code) if code else None
    return lot.pk if lot else None


def lot_of(award: Award) -> int | None:
    """The lot that an award is in; None: it is bought outside the framework."""
    return award.service.lot_id if award.service else lot_id_with(award.lot_code)


def basis(award: Award, *, person: Person, on: date) -> Basis | None:
    """By whose leave somebody would decide an award on a day, and against which criteria.

    None: nobody delegated it to them, or it is bought outside the framework.
    """
    lot_id = lot_of(award)
    if lot_id is None:
        return None
    framework_id = frameworks.framework_of_lot(lot_id)
    roles = accounts.roles_of(person.pk)
    found = delegations.authority(framework_id, Power.CALL_OFF, roles, on=on)
    if found is None:
        return None
    version, shown = criteria_shown(award, on=on)
    return Basis(_with_limit(found, person, on=on), version, shown)


def criteria_shown(award: Award, *, on: date) -> tuple[int | None, tuple[Shown, ...]]:
    """What the award's provider showed of each published criterion, and keeps up since.

    Nothing, for what is bought outside the framework.
    """
    lot_id = lot_of(award)
    if lot_id is None:
        return None, ()
    framework_id = frameworks.framework_of_lot(lot_id)
    joined = evaluation.shown_by(award.provider_id, framework_id)
    if joined is None:
        where = _on_paper(award.provider_id, lot_id)
        joined = evaluation.not_judged(framework_id, on=on, where=where)
    version, shown = joined
    kept_up = checks.standings([award.provider_id], on=on)[award.provider_id]
    return version, (*shown, *_kept_up(kept_up, on))


def basis_kept(award: Award) -> Basis | None:
    """What was frozen as it was decided; None: nothing was kept."""
    return delegated.basis_from_json(award.basis)


def _with_limit(found: Authority, person: Person, *, on: date) -> Authority:
    limit = budgets.limit_of(accounts.roles_of(person.pk), on=on)
    return replace(found, limit_pence=limit)


def _on_paper(provider_id: int, lot_id: int) -> str:
    for one in admissions.decisions(provider_id, person=SYSTEM):
        if one.lot_id == lot_id and one.decided_at is not None:
            by = one.decided_by.name if one.decided_by else "the system"
            return (
                f"Admitted by {by}, {in_words(london_day(one.decided_at))}: {one.decision_reason}"
            )
    return "Nothing is on record of how they were admitted"


def _kept_up(standings: Iterable[CheckStanding], on: date) -> list[Shown]:
    """One line for each check group (cabinet report, paragraph 24), as it is on the day."""
    asked: Counter[Theme] = Counter()
    overdue: dict[Theme, list[str]] = {}
    for one in standings:
        if one.standing is Standing.NOT_NEEDED:
            continue
        asked[one.theme] += 1
        if one.standing is Standing.OVERDUE:
            overdue.setdefault(one.theme, []).append(one.name)
    return [
        Shown(
            f"Kept up since: {str(theme.label)[0].lower()}{str(theme.label)[1:]}",
            "Not met" if theme in overdue else "Met",
            f"Overdue: {', '.join(overdue[theme])}"
            if theme in overdue
            else f"All {asked[theme]} checks in date on {in_words(on)}",
        )
        for theme in Theme
        if asked[theme]
    ]
