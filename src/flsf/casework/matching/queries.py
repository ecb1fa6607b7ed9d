"""Reads for matching: the published rules, the services as they stand, and the answer.

All services are read at once into arrays, and kept until something changes by which they are
matched: so a page asks the database the same few questions however many services there are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from django.db.models import QuerySet

from flsf.casework.children.enums import Care, Schooling, SenStage
from flsf.casework.matching import rules
from flsf.casework.matching.enums import RuleId
from flsf.casework.matching.models import RuleSet, Shortlist
from flsf.casework.matching.rules import Asked, Columns, Numbers, Question, Result, RuleBook
from flsf.casework.referrals import queries as referrals
from flsf.casework.timetable import queries as timetable
from flsf.core import needs
from flsf.core.people import SYSTEM, Person
from flsf.mandate.framework import queries as framework
from flsf.mandate.law import queries as law
from flsf.mandate.law.enums import Key
from flsf.market.admissions import queries as admissions
from flsf.market.agreements import queries as agreements
from flsf.market.checks import queries as checks
from flsf.market.exclusions import queries as exclusions
from flsf.market.providers import queries as providers
from flsf.market.providers.enums import ProviderKind, Registration
from flsf.market.providers.queries import premises
from flsf.shared.calendars import queries as calendars


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """A question, the services as they stood, and the answer by one version of the rules."""

    referral_id: int
    child_id: int
    rule_set_id: int
    book: RuleBook
    content: Mapping[str, Any]
    question: Question
    columns: Columns
    result: Result
    names: dict[int, providers.MatchedRow]  # of the same services, as far as they were asked for

    def named(self, places: Collection[int]) -> dict[int, providers.MatchedRow]:
        """What is told of the services in these rows, by row. At most one query."""
        ids = {int(self.columns.service[place]): place for place in places}
        if missing := ids.keys() - self.names.keys():
            self.names.update(providers.matched(missing))
        return {place: self.names[pk] for pk, place in ids.items() if pk in self.names}

    def place_of(self, service_ref: str) -> int | None:
        """The row of a service; None: it is none of those looked at."""
        refs = self.columns.refs
        return refs.index(service_ref) if service_ref in refs else None

    def rank_of(self, place: int) -> int | None:
        """1 for the service ranked first; None: it was left out."""
        ranked = self.result.ranked.tolist()
        return ranked.index(place) + 1 if place in ranked else None

    def failed(self, place: int) -> list[RuleId]:
        """The rules the service does not meet, in their order."""
        return rules.failed(int(self.result.masks[place]))


class NoRulesYet(LookupError):
    """No version of the rules is in force on that day."""


class NoSuchReferral(LookupError):
    """There is no referral with that id."""


@dataclass(slots=True)
class _Kept:
    """The last snapshot, of one version of the catalogue and one day, and what was told of it."""

    lock: Lock = field(default_factory=Lock)
    key: tuple[object, ...] = ()
    snapshot: rules.Snapshot | None = None
    names: dict[int, providers.MatchedRow] = field(default_factory=dict)


_kept = _Kept()


def rule_sets() -> QuerySet[RuleSet]:
    """Every version of the rules, the latest first: public."""
    return RuleSet.objects.order_by("-in_force_from", "-version")


def rules_in_force(on: date) -> RuleSet:
    """The version in force on a day. Raises NoRulesYet."""
    found = rule_sets().filter(in_force_from__lte=on).first()
    if found is None:
        raise NoRulesYet(on)
    return found


def rank(referral_id: int, *, on: date, half_days_needed: int | None = None) -> Match:
    """Every service ranked for the referral, or left out with every reason.

    The caller asks who may see the referral. `half_days_needed`: fewer of the half-days asked
    for would do. Raises NoSuchReferral and NoRulesYet.
    """
    rule_set = rules_in_force(on)
    book = RuleBook.from_content(rule_set.version, rule_set.content)
    wanted = referrals.wanted(referral_id)
    if wanted is None:
        raise NoSuchReferral(referral_id)
    question = _question(wanted, half_days_needed, book, on=on)
    snapshot, names = _snapshot(date.fromordinal(question.today))
    columns = _standing(snapshot, question, wanted.child_id)
    return Match(
        referral_id=referral_id,
        child_id=wanted.child_id,
        rule_set_id=rule_set.pk,
        book=book,
        content=rule_set.content,
        question=question,
        columns=columns,
        result=rules.rank(question, columns, book),
        names=names,
    )


def services(question: Question, *, child_id: int) -> Columns:
    """All services as they stand for the question about that child."""
    return _standing(_snapshot(date.fromordinal(question.today))[0], question, child_id)


def asked_so(
    match: Match, *, starts_on: date, ends_on: date, half_days_mask: int, minutes: int
) -> Question:
    """What the match asked, had these days and half-days been asked for. One query."""
    today = date.fromordinal(match.question.today)
    own = timetable.bookings_of(match.child_id, since=today)
    first = max(starts_on, today)
    return rules.asked_so(
        match.question,
        [rules.BookingRow._make(one) for one in own],
        starts_on=first,
        ends_on=max(ends_on, first),
        half_days=half_days_mask,
        minutes=minutes,
    )


def _standing(snapshot: rules.Snapshot, question: Question, child_id: int) -> Columns:
    day = date.fromordinal
    return snapshot.on(
        day(question.today),
        day(question.starts_on),
        day(question.ends_on),
        full_time_minutes=question.full_time_minutes,
        child=child_id,
    )


def shortlists_of(referral_id: int, *, person: Person, on: date) -> QuerySet[Shortlist]:
    """What was frozen for a referral, the latest first."""
    found = Shortlist.objects.visible_to(person, on=on).filter(referral=referral_id)
    return found.select_related("rule_set", "made_by").order_by("-made_at", "-pk")


def replay(ref: str) -> bool:
    """Whether the shortlist, worked out again from what was kept, is the same to the byte."""
    kept = Shortlist.objects.select_related("rule_set").get(ref=ref)
    book = RuleBook.from_content(kept.rule_set.version, kept.rule_set.content)
    question = Question.from_json(kept.inputs["question"])
    columns = rules.columns_from(kept.inputs)
    result = rules.result_as_json(rules.rank(question, columns, book), question, columns, book)
    again = rules.fingerprint(kept.inputs, kept.rule_set.content, result)
    return again == kept.sha256 and result == kept.result


def _question(
    wanted: referrals.Wanted, half_days_needed: int | None, book: RuleBook, *, on: date
) -> Question:
    calendar = calendars.school_calendar(wanted.school_id)
    own = timetable.bookings_of(wanted.child_id, since=on)
    asked = Asked(
        seed=wanted.ref,
        birth_date=wanted.birth_date,
        needs=wanted.needs_mask,
        main_need=needs.Need(wanted.main_need).bit if wanted.main_need else 0,
        access=wanted.access_mask,
        plan_or_care=wanted.sen_stage == SenStage.EHCP or wanted.care == Care.LOOKED_AFTER,
        has_school=wanted.schooling == Schooling.ON_ROLL,
        easting=wanted.easting,
        northing=wanted.northing,
        lot=wanted.lot_id,
        modes=wanted.modes_mask,
        half_days=wanted.half_days_mask,
        half_days_needed=half_days_needed,
        minutes=wanted.minutes_a_half_day,
        start_wanted_on=wanted.start_wanted_on,
        most_metres=wanted.most_metres,
        bookings=[rules.BookingRow._make(one) for one in own],
    )
    return rules.ask(
        asked, today=on, is_school_day=calendar.is_school_day, numbers=_numbers(on), book=book
    )


def _numbers(on: date) -> Numbers:
    found = law.values(
        (Key.FULL_TIME_HOURS, Key.FULL_TIME_WARNING_HOURS, Key.UNREGISTERED_MOST_CHILDREN), on=on
    )
    return Numbers(
        full_time_hours=found[Key.FULL_TIME_HOURS],
        warning_hours=found[Key.FULL_TIME_WARNING_HOURS],
        most_children=found[Key.UNREGISTERED_MOST_CHILDREN],
    )


def _snapshot(on: date) -> tuple[rules.Snapshot, dict[int, providers.MatchedRow]]:
    """The services, read afresh if anything changed since they were read last."""
    key = (*providers.catalogue_version(), on)
    with _kept.lock:
        if _kept.snapshot is None or _kept.key != key:
            _kept.snapshot, _kept.key, _kept.names = rules.snapshot(world(on)), key, {}
        return _kept.snapshot, _kept.names


def world(on: date) -> rules.World:
    """Everything matching reads, in a fixed number of questions."""
    sole, same = providers.sole_trader_ids(), premises.same_places()
    catalogue = providers.catalogue(on)
    return rules.World(
        services=[_service(one, sole, same) for one in catalogue],
        lots=[
            rules.LotRow(
                lot.pk,
                lot.lowest_age,
                lot.highest_age,
                lot.price_cap_pence,
                lot.registered_only,
                max(lot.in_force_from, lot.framework.starts_on),
                lot.framework.term.last_day,
            )
            for lot in framework.lots(person=SYSTEM).select_related("framework")
        ],
        places=[rules.PlacesRow._make(one) for one in providers.all_capacity()],
        rates=[rules.RateRow._make(one) for one in providers.all_rates()],
        statuses=[rules.StatusRow._make(one) for one in admissions.all_changes()],
        site_suspensions=[
            rules.SiteSuspensionRow._make(one) for one in admissions.all_site_suspensions()
        ],
        checks=[
            rules.CheckRow(one.pk, one.name, one.needed_from, one.sole_traders_exempt)
            for one in checks.every()
        ],
        evidence=[rules.EvidenceRow._make(one) for one in checks.all_evidence()],
        bookings=[rules.BookingRow._make(one) for one in timetable.all_bookings(since=on)],
        limits=[rules.LimitRow._make(one) for one in admissions.all_limits(on=on)],
        barred=_barred(on),
        unagreed=_unagreed(catalogue, on),
    )


def _unagreed(
    catalogue: Collection[providers.CatalogueRow], on: date
) -> dict[tuple[int, int], int]:
    """Who is no party to an agreement for a lot, by provider and lot, and why."""
    pairs = {(one.provider_id, one.lot_id) for one in catalogue}
    why = {str(one.value): number for number, one in enumerate(rules.NOT_PARTY, start=1)}
    found = agreements.why_none(pairs, on=on)
    return {pair: why[words] for pair, words in found.items()}


def _barred(on: date) -> dict[int, int]:
    """The providers to whom nothing may be awarded."""
    bars = exclusions.bars(on=on)
    return {pk: bars[of] for pk, of in providers.ids_of_organisations(bars).items()}


def _service(
    one: providers.CatalogueRow, sole: frozenset[int], same: Mapping[int, int]
) -> rules.ServiceRow:
    return rules.ServiceRow(
        pk=one.service_id,
        ref=one.ref,
        provider=one.provider_id,
        lot=one.lot_id,
        mode=one.mode,
        lowest_age=one.lowest_age,
        highest_age=one.highest_age,
        needs=one.needs_mask,
        access=one.access_mask,
        largest_group=one.largest_group,
        days_to_start=one.days_to_start,
        first_start_on=one.first_start_on,
        status=one.status,
        closed_from=one.closed_from,
        easting=one.easting,
        northing=one.northing,
        registration=Registration.SCHOOL if one.is_registered_school else Registration.NOT_A_SCHOOL,
        is_local=one.is_local,
        kind=ProviderKind.SOLE_TRADER if one.provider_id in sole else ProviderKind.COMPANY,
        site=one.site_id,
        premises=same.get(one.site_id or 0),
    )
