"""Where work comes from. Each source asks a fixed number of questions, however much there is.

A person is shown a source's work if they hold the permission to do it.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeAlias

from flsf.casework.calloffs import queries as calloffs
from flsf.casework.calloffs.enums import AwardStatus
from flsf.casework.children import queries as children
from flsf.casework.referrals import queries as referrals
from flsf.casework.referrals.enums import Status as ReferralStatus
from flsf.core.clock import london_day
from flsf.core.people import Person
from flsf.mandate.waivers import queries as waivers
from flsf.mandate.waivers.enums import Standing
from flsf.market.admissions import queries as admissions
from flsf.market.checks import queries as checks
from flsf.market.comments import queries as comments
from flsf.market.kinds import queries as kinds
from flsf.market.listings import queries as listings
from flsf.market.providers import queries as providers
from flsf.money.payments import queries as payments
from flsf.money.payments.enums import Status as ClaimStatus
from flsf.oversight.concerns import queries as concerns
from flsf.oversight.concerns.enums import Status as ConcernStatus
from flsf.shared.accounts.enums import Permission, Team
from flsf.web.components import words
from flsf.web.council.my_work.agreements import from_agreements
from flsf.web.council.my_work.applying import from_applications
from flsf.web.council.my_work.competing import from_competitions
from flsf.web.council.my_work.contracts import from_meetings
from flsf.web.council.my_work.governance import from_exclusions, from_registers, from_rounds
from flsf.web.council.my_work.items import Item, Press, address
from flsf.web.council.my_work.protection import (
    from_cover,
    from_everybodys_children,
    from_new_staff,
    from_own_children,
    from_steps,
    from_suspension_reviews,
    from_told,
    from_visits,
)
from flsf.web.council.my_work.reviews import from_reviews
from flsf.web.council.my_work.upkeep import (
    from_attendance,
    from_duplicates,
    from_guides,
    from_slow_listings,
)
from flsf.web.council.my_work.value import from_value_reports

Source: TypeAlias = Callable[[Person, date], Iterator[Item]]

CLOCK_AHEAD = timedelta(days=7)
WAIVER_AHEAD_DAYS = 30
CHECK_AHEAD_DAYS = 30
P = Permission


def from_concerns(person: Person, on: date) -> Iterator[Item]:
    for one in concerns.inbox(person=person, on=on):
        if one.status == ConcernStatus.CLOSED:
            continue
        is_new = one.status == ConcernStatus.NEW
        danger = "somebody is in danger now" if one.in_danger_now else ""
        adult = "about an adult: tell the LADO within one working day"
        told = [part for part in (danger, adult if one.is_about_an_adult else "") if part]
        yield Item(
            press=Press.SAFETY if is_new or one.in_danger_now else Press.MINE,
            kind="Concerns",
            ref=one.ref,
            what="; ".join(["Concern", *told]),
            who=one.handled_by.name if one.handled_by else "Nobody has taken it",
            due_on=london_day(one.raised_at),
            button="Read it" if is_new else "Go on",
            href=address("concern-page", ref=one.ref),
        )


def from_clocks(person: Person, on: date) -> Iterator[Item]:
    for one in referrals.clocks_due(person=person, on=on, by_day=on + CLOCK_AHEAD):
        yield Item(
            press=Press.CLOCKS,
            kind="Clocks due this week or late",
            ref=one.ref,
            what=str(one.kind.label),
            who=str(one.team.label),
            due_on=one.due_on,
            button="Open the referral",
            href=address("referral-page", ref=one.ref),
            team=one.team,
            owner_id=one.worker_id,
        )


def from_new_referrals(person: Person, on: date) -> Iterator[Item]:
    for one in referrals.listed(person=person, on=on, statuses=[ReferralStatus.RECEIVED]):
        yield Item(
            press=Press.MINE,
            kind="New referrals",
            ref=one.ref,
            what=f"New referral, {one.get_urgency_display().lower()}",
            who=one.worker.name if one.worker else "Nobody has taken it on",
            due_on=london_day(one.received_at),
            button="Read it",
            href=address("referral-page", ref=one.ref),
            team=Team(one.team),
            owner_id=one.worker_id,
        )


def from_family_checks(person: Person, on: date) -> Iterator[Item]:
    for one in children.family_checks(person=person, on=on):
        yield Item(
            press=Press.MINE,
            kind="People to check",
            ref=one.child.ref,
            what="Somebody says this child is theirs: check who they are",
            who="Their request waits for it",
            due_on=london_day(one.asked_at),
            button="Check",
            href=address("child-family-check", ref=one.child.ref, check=str(one.pk)),
        )


def from_awards_to_decide(person: Person, on: date) -> Iterator[Item]:
    for one in calloffs.awaiting(person=person, on=on):
        yield Item(
            press=Press.MINE,
            kind="Awards to decide",
            ref=one.ref,
            what=f"Award for {words.money(one.gross_pence)} with VAT",
            who=one.provider.name,
            due_on=one.starts_on,
            button="Decide",
            href=address("award-page", ref=one.ref),
        )


def from_own_awards(person: Person, on: date) -> Iterator[Item]:
    proposed = calloffs.register(person=person, on=on, proposed_by=person.pk)
    for one in proposed.filter(status__in=[AwardStatus.AWAITING, AwardStatus.RETURNED]):
        returned = one.status == AwardStatus.RETURNED
        yield Item(
            press=Press.MINE if returned else Press.OTHERS,
            kind="Awards returned to me" if returned else "My awards awaiting a decision",
            ref=one.ref,
            what="Award returned for changes" if returned else "Award awaiting a decision",
            who=one.provider.name,
            due_on=one.starts_on,
            href=address("award-page", ref=one.ref),
            owner_id=person.pk,
        )


def from_claims_to_approve(person: Person, on: date) -> Iterator[Item]:
    wanted = [ClaimStatus.SUBMITTED, ClaimStatus.QUERY]
    for row in payments.claims(person=person, on=on, statuses=wanted):
        one = payments.as_row(row)
        asked = one.status is ClaimStatus.QUERY
        eye = f"{one.flagged} of {one.lines} lines to look at" if one.flagged else "no exceptions"
        if one.over_award:
            eye += f", {one.over_award} beyond what was awarded"
        yield Item(
            press=Press.OTHERS if asked else Press.MINE,
            kind="Claims with the provider" if asked else "Claims to approve",
            ref=one.ref,
            what=f"Claim for {one.month:%B %Y}, {words.money(one.gross_pence)}: {eye}",
            who=one.provider_name,
            due_on=london_day(one.submitted_at) if one.submitted_at else None,
            button="Open" if asked else "Check it",
            href=address("claim-page", ref=one.ref),
        )


def from_claims_to_pay(person: Person, on: date) -> Iterator[Item]:
    for row in payments.claims(person=person, on=on, statuses=[ClaimStatus.APPROVED]):
        one = payments.as_row(row)
        yield Item(
            press=Press.MINE,
            kind="Claims to pay",
            ref=one.ref,
            what=f"Approved claim for {one.month:%B %Y}, {words.money(one.gross_pence)}",
            who=one.provider_name,
            due_on=london_day(one.approved_at) if one.approved_at else None,
            button="Record payment",
            href=address("claim-page", ref=one.ref),
        )


def from_waivers(person: Person, on: date) -> Iterator[Item]:
    for one in waivers.register(person=person, on=on, standings=[Standing.OVERDUE, Standing.LIVE]):
        overdue = one.standing is Standing.OVERDUE
        if not overdue and one.days_left > WAIVER_AHEAD_DAYS:
            continue
        yield Item(
            press=Press.CLOCKS,
            kind="Waivers overdue" if overdue else "Waivers running out",
            ref=one.ref,
            what="Waiver overdue" if overdue else "Waiver runs out",
            who=one.provider_name,
            due_on=one.expires_on,
            button="End or replace it",
            href=address("waiver-page", ref=one.ref),
        )


def from_checks(person: Person, on: date) -> Iterator[Item]:
    """Evidence that runs out soon, and providers with something lapsed. Six queries."""
    known = {one.pk: one for one in providers.register(person=person)}
    for one in checks.expiring(on, within_days=CHECK_AHEAD_DAYS):
        if one.provider_id not in known:
            continue
        provider = known[one.provider_id]
        yield Item(
            press=Press.CLOCKS,
            kind="Checks running out",
            ref=provider.ref,
            what=f"{one.name} runs out",
            who=provider.name,
            due_on=one.expires_on,
            button="Open the provider",
            href=address("provider-page", ref=provider.ref),
        )
    for pk in sorted(checks.overdue_ids(on) & known.keys()):
        yield Item(
            press=Press.MINE,
            kind="Providers with checks lapsed",
            ref=known[pk].ref,
            what="A check has lapsed: no new children until it is in date",
            who=known[pk].name,
            button="Open the provider",
            href=address("provider-page", ref=known[pk].ref),
        )


def from_admissions(person: Person, on: date) -> Iterator[Item]:
    for one in admissions.waiting(person=person):
        yield Item(
            press=Press.MINE,
            kind="Applications to decide",
            ref=one.provider.ref,
            what=f"Application to {one.lot.name}",
            who=one.provider.name,
            button="Open the provider",
            href=address("provider-page", ref=one.provider.ref),
        )


def from_listings(person: Person, on: date) -> Iterator[Item]:
    """Versions of listings to agree, comments to read, checks to look at again. Three queries."""
    for one in listings.waiting(person=person):
        yield Item(
            press=Press.MINE,
            kind="Listings to agree",
            ref=one.ref,
            what=f"{'Changes to' if one.service_id else 'New service:'} {one.facts.name}",
            who=one.provider.name,
            due_on=london_day(one.proposed_at),
            button="Compare",
            href=address("listing-version", ref=one.ref),
        )
    for kind in kinds.proposed(person=person):
        yield Item(
            press=Press.MINE,
            kind="New kinds of service",
            ref=kind.ref,
            what=f"A provider proposes a new kind: {kind.name}",
            due_on=london_day(kind.proposed_at),
            button="Decide",
            href=address("kind-page", ref=kind.ref),
        )
    for said in comments.waiting(person=person):
        yield Item(
            press=Press.MINE,
            kind="Comments to read",
            ref=said.ref,
            what="A family said something",
            who=said.service.name if said.service else "The Local Offer",
            due_on=london_day(said.said_at),
            button="Read it",
            href=address("comment-page", ref=said.ref),
        )
    for task in listings.rechecks_open(person=person):
        yield Item(
            press=Press.MINE,
            kind="Checks to look at again",
            ref=task.revision.ref,
            what=f"{task.revision.facts.name} has changed in what was checked",
            who=task.revision.provider.name,
            due_on=task.opened_on,
            button="Look again",
            href=address("listing-version", ref=task.revision.ref),
        )


def from_waiting(person: Person, on: date) -> Iterator[Item]:
    long = [one for one in referrals.waiting(person=person, on=on) if one.is_too_long]
    for one in long:
        yield Item(
            press=Press.OTHERS,
            kind="Children waiting too long",
            ref=one.ref,
            what=f"{one.school_days} school days without an offer",
            who=one.worker_name or "Nobody has taken it on",
            due_on=one.first_aware_on,
            button="See the waiting list",
            href=address("waiting-list"),
            team=one.team,
            owner_id=one.worker_id,
        )


def from_oversight(person: Person, on: date) -> Iterator[Item]:
    """Where those who oversee begin."""
    yield Item(
        press=Press.NEWS,
        kind="To read",
        ref="",
        what="Overview: spending, waivers and waiting in pictures",
        button="Open the overview",
        href=address("overview"),
    )
    yield Item(
        press=Press.NEWS,
        kind="To read",
        ref="",
        what="Report check: every figure of the cabinet report with its sum",
        button="Open the report check",
        href=address("report-check"),
    )
    yield Item(
        press=Press.NEWS,
        kind="To read",
        ref="",
        what="Spending: what the public can read of it",
        button="Open spending",
        href=address("public-spend"),
    )
    yield Item(
        press=Press.NEWS,
        kind="To read",
        ref="",
        what="Who is on the framework, in which lots",
        button="Open the framework",
        href=address("framework-public"),
    )


def from_access_log(person: Person, on: date) -> Iterator[Item]:
    yield Item(
        press=Press.NEWS,
        kind="To read",
        ref="",
        what="Who looked at which child's record",
        button="Open the access log",
        href=address("view-log"),
    )


SOURCES: tuple[tuple[Permission, Source], ...] = (
    (P.VIEW_CONCERNS, from_concerns),
    (P.WORK_REFERRALS, from_clocks),
    (P.WORK_REFERRALS, from_own_children),
    (P.WORK_REFERRALS, from_new_referrals),
    (P.EDIT_CHILDREN, from_family_checks),
    (P.DECIDE_AWARDS, from_awards_to_decide),
    (P.WORK_REFERRALS, from_own_awards),
    (P.SCORE_BIDS, from_competitions),
    (P.APPROVE_CLAIMS, from_claims_to_approve),
    (P.RECORD_PAYMENTS, from_claims_to_pay),
    (P.EDIT_WAIVERS, from_waivers),
    (P.KEEP_REGISTERS, from_registers),
    (P.EDIT_FRAMEWORK, from_rounds),
    (P.VIEW_EXCLUSIONS, from_exclusions),
    (P.EDIT_PROVIDERS, from_agreements),
    (P.EDIT_PROVIDERS, from_checks),
    (P.EDIT_PROVIDERS, from_told),
    (P.EDIT_PROVIDERS, from_new_staff),
    (P.SUSPEND_PROVIDERS, from_cover),
    (P.VIEW_APPLICATIONS, from_applications),
    (P.SUSPEND_PROVIDERS, from_everybodys_children),
    (P.SUSPEND_PROVIDERS, from_suspension_reviews),
    (P.SUSPEND_PROVIDERS, from_visits),
    (P.SUSPEND_PROVIDERS, from_reviews),
    (P.SUSPEND_PROVIDERS, from_steps),
    (P.DECIDE_ADMISSIONS, from_admissions),
    (P.EDIT_PROVIDERS, from_listings),
    (P.EDIT_PROVIDERS, from_slow_listings),
    (P.EDIT_PROVIDERS, from_guides),
    (P.EDIT_PROVIDERS, from_value_reports),
    (P.EDIT_PROVIDERS, from_meetings),
    (P.VIEW_PLACEMENTS, from_attendance),
    (P.EDIT_CHILDREN, from_duplicates),
    (P.VIEW_WAITING, from_waiting),
    (P.VIEW_OVERSIGHT, from_oversight),
    (P.VIEW_ACCESS_LOG, from_access_log),
)


def work_of(person: Person, on: date) -> list[Item]:
    """Everything there is to do for the person that day."""
    return [
        item
        for permission, source in SOURCES
        if person.may(permission)
        for item in source(person, on)
    ]
