"""Another directory's feed becomes help that is not on the framework, as one batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from flsf.core.counts import Counts
from flsf.core.geo import Point
from flsf.core.people import Person
from flsf.market.others import actions as others
from flsf.market.others.rules import NewOther, OtherFacts
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.shared import staging
from flsf.shared.imports import actions as imports
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules import oruk
from flsf.shared.imports.rules.oruk import Feed, Told
from flsf.shared.imports.rules.refused import NoRows
from flsf.shared.imports.rules.reports import Findings, Report
from flsf.shared.places import queries as places

# The first that fits one of a service's terms is taken for its sector.
SECTORS: Sequence[tuple[str, Sector]] = (
    ("health", Sector.HEALTH),
    ("therap", Sector.HEALTH),
    ("short break", Sector.CARE),
    ("respite", Sector.CARE),
    ("social care", Sector.CARE),
    ("employment", Sector.WORK),
    ("work", Sector.WORK),
    ("advice", Sector.ADVICE),
    ("information", Sector.ADVICE),
    ("educat", Sector.EDUCATION),
    ("learn", Sector.EDUCATION),
    ("tutor", Sector.EDUCATION),
    ("tuition", Sector.EDUCATION),
)
COSTS_NOTHING = ("free", "nothing", "no charge", "no cost")


def import_oruk(
    *,
    feed: Feed,
    source: str,
    fingerprint: str,
    by: Person,
    at: datetime,
    is_dry_run: bool = False,
    is_all_or_nothing: bool = False,
) -> Report:
    """What the feed says is what the public finds of `source`, marked and with its origin.

    The same again changes nothing. What the feed withdraws, or no longer has though it is whole,
    is taken off the list. Bad records are reported and stay as they were. Raises NoRows.
    """
    findings = Findings()
    with transaction.atomic():
        staging.wait_for_turn("import of another directory")
        told = list(oruk.services(feed.records, findings))
        if not findings.rows_read:
            raise NoRows
        shown = [one for one in told if one.is_shown]
        followed = others.follow(
            source=source,
            new=list(_new(shown, source)),
            gone={one.source_id for one in told if not one.is_shown},
            still=feed.ids if feed.is_whole else None,
            by=by,
            at=at,
        )
        report = Report(
            kind=Kind.ORUK,
            file_name=source,
            counts=Counts(new=len(followed.made), changed=followed.changed, same=followed.same),
            rows_read=findings.rows_read,
            rows_bad=findings.rows_bad,
            problems=findings.problems,
            notes=list(_notes(feed, len(told) - len(shown), followed.taken_off)),
            is_dry_run=is_dry_run,
            is_kept=not (is_all_or_nothing and findings.rows_bad),
        )
        if is_dry_run or not report.is_kept:
            transaction.set_rollback(True)
            return report
        batch = imports.record(
            report=report,
            fingerprint=fingerprint,
            made={"others": followed.made},
            by=by,
            at=at,
        )
    return replace(report, batch_ref=batch.ref)


def take_back(made: Mapping[str, Any], *, by: Person, at: datetime) -> None:
    """The records made are gone; what was changed or taken off stays so."""
    others.take_out_many(other_ids=made.get("others", ()), by=by, at=at)


def _notes(feed: Feed, withdrawn: int, taken_off: int) -> Iterable[str]:
    if withdrawn:
        yield f"Not listed by their own directory, so not taken in: {withdrawn:,}."
    if taken_off:
        yield f"Taken off our list, because their directory no longer lists them: {taken_off:,}."
    if not feed.is_whole:
        yield "This is one page of several, so nothing was taken off our list for being missing."


def _new(told: Sequence[Told], source: str) -> Iterable[NewOther]:
    known = places.locate_many({one.postcode for one in told if one.postcode})
    for one in told:
        yield NewOther(
            facts=_facts(one, source),
            source=source,
            source_id=one.source_id,
            point=_point(one, known),
        )


def _point(one: Told, known: Mapping[str, Point]) -> Point | None:
    return known.get(one.postcode) or one.point


def _facts(one: Told, source: str) -> OtherFacts:
    fees = one.fees.lower()
    return OtherFacts(
        name=one.name,
        run_by=one.run_by or source[:200],
        sector=_sector(one),
        mode=_mode(one),
        cost=Cost.FREE if any(word in fees for word in COSTS_NOTHING) else Cost.FAMILY,
        what_it_is=one.what_it_is or one.name,
        what_to_expect=f"What it costs: {one.fees}" if one.fees else "",
        link=one.link,
        email=one.email,
        lowest_age=one.lowest_age,
        highest_age=one.highest_age,
        needs_mask=one.needs_mask,
        when=one.when,
        postcode=one.postcode,
    )


def _mode(one: Told) -> Mode:
    if one.postcode or one.point:
        return Mode.SITE
    return Mode.ONLINE if one.is_online else Mode.COMMUNITY


def _sector(one: Told) -> Sector:
    said = " ".join(sorted(one.words))
    return next((sector for word, sector in SECTORS if word in said), Sector.COMMUNITY)
