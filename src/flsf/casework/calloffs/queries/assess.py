"""What a call-off would cost and which value rules it meets, before anybody is asked to decide."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from flsf.casework.calloffs import rules
from flsf.casework.calloffs.queries import registration
from flsf.casework.calloffs.queries.awards import called_off_rolling
from flsf.casework.calloffs.rules import Cost, Facts, Finding, Share, Terms, YearAsked
from flsf.casework.calloffs.rules import registration as registration_rules
from flsf.casework.calloffs.rules.registration import Hours
from flsf.casework.competitions import queries as competitions
from flsf.casework.competitions.queries import Won
from flsf.casework.competitions.rules import Counts
from flsf.casework.matching import queries as matching
from flsf.casework.matching import rules as matching_rules
from flsf.casework.matching.enums import Flag, RuleId
from flsf.casework.matching.queries import Match
from flsf.core.money import Money
from flsf.core.people import Person
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.framework import queries as framework
from flsf.mandate.framework.enums import Unit
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.agreements import queries as agreements
from flsf.market.providers import queries as providers
from flsf.shared.accounts import queries as accounts
from flsf.shared.calendars import queries as calendars

# How many of the ranked are kept with an award as the options that were considered.
OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an officer would buy: which service, when, and out of which budget."""

    service_ref: str
    half_days_mask: int
    minutes_a_half_day: int
    starts_on: date
    ends_on: date
    budget_id: int | None = None
    competition_id: int | None = None  # what was settled in it is bought, at the price bid


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """What was found about a call-off: the sum, the tests, and what stands in its way."""

    match: Match
    place: int
    rank: int | None
    service: Any  # providers.queries' own row, with provider, lot and rate
    terms: Terms
    cost: Cost
    years: list[YearAsked]  # what each year's budget would pay; none chosen: empty
    failed: list[RuleId]  # by the terms wanted, not by those of the referral
    ruled_out: list[str]  # in words, the rules among them that nobody may set aside
    findings: list[Finding]
    won: Won | None = None
    counts: Counts | None = None  # of the competition

    @property
    def asks_reasons(self) -> list[Finding]:
        """What is found that goes on only with a reason."""
        return [one for one in self.findings if one.asks_reason]

    def as_json(self) -> dict[str, Any]:
        """What is frozen with the award: the tests, the sum, and the best other choices."""
        return {
            "tests": [
                {"test": one.test, "verdict": one.verdict, "words": one.words, "source": one.source}
                for one in self.findings
            ],
            "failed": list(self.failed),
            "working": self.cost.working,
            "sessions": self.cost.sessions,
            "rank": self.rank,
            "fitting": len(self.match.result.ranked),
            "looked_at": len(self.match.columns),
            "options": _options(self.match),
        } | self._competition()

    def _competition(self) -> dict[str, Any]:
        if self.won is None or self.counts is None:
            return {}
        return {"competition": {"ref": self.won.competition_ref} | asdict(self.counts)}


def assess(
    referral_id: int,
    wanted: Wanted,
    *,
    school_id: int | None,
    person: Person,
    on: date,
    won: Won | None = None,
) -> Assessment | None:
    """What is found about the call-off today; None: there is no such service, or no price.

    `won` is the first bid of a competition that is not settled yet.
    """
    match = matching.rank(referral_id, on=on)
    place = match.place_of(wanted.service_ref)
    service = providers.service_with_ref(
        wanted.service_ref, person=person, on=max(wanted.starts_on, on)
    )
    if place is None or service is None:
        return None
    won, counts = _competition(wanted, won)
    terms = _terms(service, wanted, won, on=on)
    school_days = _school_days(terms, school_id)
    cost = rules.cost(terms, school_days)
    years = _years(wanted.budget_id, rules.shares(terms, school_days))
    asked = _on_terms(match, terms)
    columns = matching.services(asked, child_id=match.child_id)
    mask = int(matching_rules.rank(asked, columns, match.book).masks[place])
    flags = matching_rules.flags(place, asked, columns)
    final = mask & match.book.never_set_aside
    said = matching_rules.why_not(place, final, asked, columns)
    hours = registration.hours(
        match.child_id,
        service.pk,
        since=max(terms.starts_on, on),
        until=max(terms.ends_on, terms.starts_on, on),
        on=on,
        added=minutes_a_week(terms),
    )
    facts = _facts(service, terms, cost, match, place, flags, years, hours, person, on)
    facts = replace(facts, **_competed(won, counts, referral_id, service.lot_id))
    return Assessment(
        match=match,
        place=place,
        rank=match.rank_of(place),
        service=service,
        terms=terms,
        cost=cost,
        years=years,
        failed=matching_rules.failed(mask),
        ruled_out=[*(one.words for one in said), *_no_party(service, on)],
        findings=rules.findings(
            facts, matching_rules.warnings(flags, place, asked, columns), on=on
        ),
        won=won,
        counts=counts,
    )


def _terms(service: Any, wanted: Wanted, won: Won | None, *, on: date) -> Terms:
    """At the price that was bid, or else that of the rate card."""
    card = providers.rate_on(service.pk, max(wanted.starts_on, on)) or 0
    return Terms(
        unit=Unit(service.lot.unit),
        rate_pence=won.rate_pence if won else card,
        vat_basis_points=service.provider.vat_basis_points,
        half_days_mask=wanted.half_days_mask,
        minutes_a_half_day=wanted.minutes_a_half_day,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
    )


def _competition(wanted: Wanted, first: Won | None) -> tuple[Won | None, Counts | None]:
    """What was settled for this service in the competition; none: it is not bought by one."""
    found = first
    if found is None and wanted.competition_id:
        found = competitions.won(wanted.competition_id)
    if found is None or found.service_ref != wanted.service_ref:
        return None, None
    return found, competitions.counts([found.competition_id])[found.competition_id]


def _competed(
    won: Won | None, counts: Counts | None, referral_id: int, lot_id: int
) -> dict[str, Any]:
    if won is None or counts is None:
        return {"had_no_bids": competitions.came_to_nothing(referral_id, lot_id)}
    return {
        "competed": f"Competition {won.competition_ref}: {counts.eligible} could bid, "
        f"{counts.invited} were asked, {counts.bids} bid",
        "placed": f"First of the bids in competition {won.competition_ref}, by its formula",
    }


def _no_party(service: Any, on: date) -> Collection[str]:
    """Why the provider is no party to a framework agreement for the lot, if it is none."""
    return agreements.why_none([(service.provider_id, service.lot_id)], on=on).values()


def may_still_be_bought(service_ref: str, referral_id: int, terms: Terms, *, on: date) -> list[str]:
    """What has come up since it was proposed, in words.

    Out of the pool, or a check that lapsed.
    """
    match = matching.rank(referral_id, on=on)
    place = match.place_of(service_ref)
    if place is None:
        return ["The service is no longer on the register"]
    asked = _on_terms(match, terms)
    columns = matching.services(asked, child_id=match.child_id)
    mask = int(matching_rules.rank(asked, columns, match.book).masks[place])
    final = mask & (RuleId.ADMITTED.bit | RuleId.CHECKS.bit)
    return [one.words for one in matching_rules.why_not(place, final, asked, columns)]


def minutes_a_week(terms: Terms) -> int:
    """How many minutes of every week the terms buy."""
    return terms.half_days_mask.bit_count() * terms.minutes_a_half_day


def _options(match: Match) -> list[dict[str, Any]]:
    """The best of the ranked, as the decider reads them."""
    columns, result = match.columns, match.result
    best = result.ranked[:OPTIONS].tolist()
    names = providers.names([int(columns.service[place]) for place in best])
    options = []
    for place, total in zip(best, result.totals[:OPTIONS].tolist(), strict=True):
        name = names[int(columns.service[place])]
        options.append(
            {
                "ref": name.ref,
                "name": name.name,
                "provider": name.provider_name,
                "total": total,
                "start": date.fromordinal(
                    matching_rules.earliest_day(place, match.question, columns)
                ).isoformat(),
            }
        )
    return options


def _on_terms(match: Match, terms: Terms) -> matching_rules.Question:
    """The question with what would really be bought in place of what was asked for."""
    return matching.asked_so(
        match,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        half_days_mask=terms.half_days_mask,
        minutes=terms.minutes_a_half_day,
    )


def _school_days(terms: Terms, school_id: int | None) -> list[date]:
    calendar = calendars.school_calendar(school_id)
    count = (terms.ends_on - terms.starts_on).days + 1
    days = (terms.starts_on + timedelta(days=ahead) for ahead in range(count))
    return [day for day in days if calendar.is_school_day(day)]


def _years(budget_id: int | None, shares: list[Share]) -> list[YearAsked]:
    """Each share beside what is left in the fund's budget of its year."""
    if budget_id is None:
        return []
    left = budgets.left_by_year(budget_id)
    return [
        YearAsked(one, None if one.year_begins not in left else left[one.year_begins].left)
        for one in shares
    ]


def _facts(
    service: Any,
    terms: Terms,
    cost: Cost,
    match: Match,
    place: int,
    flags: Flag,
    years: list[YearAsked],
    hours: Hours,
    person: Person,
    on: date,
) -> Facts:
    gross, numbers = cost.gross, registration.limits(on)
    ceiling = framework.ceiling(lot_code=service.lot.code, on=on)
    called = budgets.called_off(lot_codes=ceiling.lot_codes, since=ceiling.since) if ceiling else 0
    limit = budgets.limit_of(accounts.roles_of(person.pk), on=on)
    return Facts(
        gross=gross,
        direct_award_allowed=service.lot.direct_award_allowed,
        rank=match.rank_of(place),
        fitting=len(match.result.ranked),
        near_full_time=registration_rules.is_near(hours, numbers) or Flag.ONLY_EDUCATION in flags,
        full_time_in_all=registration_rules.asks_reason(hours, numbers),
        check_runs_out=Flag.CHECK_RUNS_OUT in flags,
        is_school=hours.is_school,
        hours_words=registration_rules.in_words(hours, numbers),
        years=years,
        ceiling=Money(ceiling.pence) if ceiling else None,
        left_under_ceiling=Money(ceiling.pence - called) if ceiling else None,
        ceiling_warning=law.value(Key.CEILING_WARNING, on=on),
        called_off_in_year=called_off_rolling(service.provider_id, on=on),
        light_touch=Money(law.value(Key.LIGHT_TOUCH_THRESHOLD, on=on)),
        details_notice=Money(law.value(Key.TRANSPARENCY_THRESHOLD, on=on)),
        who_may_decide=[role.label for role in budgets.roles_that_may_decide(gross.pence, on=on)],
        own_limit=None if limit is None else Money(limit),
        starts_on=terms.starts_on,
        model=framework.may_call_off(
            service.lot_id, gross_pence=gross.pence, has_waiver=False, on=on
        ),
    )
