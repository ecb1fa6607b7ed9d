from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.casework.competitions import queries as competitions
from flsf.casework.competitions.enums import Stage
from flsf.core import clock
from flsf.core.people import Person
from flsf.delivery.attendance import queries as attendance
from flsf.delivery.placements.enums import Status
from flsf.market.agreements import queries as agreements
from flsf.market.checks import queries as checks
from flsf.market.checks.enums import Standing
from flsf.market.listings import queries as listings
from flsf.market.listings.enums import RevisionStatus
from flsf.market.promises import queries as promises
from flsf.market.promises import rules as promises_rules
from flsf.market.providers import queries as providers
from flsf.oversight.meetings import queries as meetings
from flsf.oversight.meetings.enums import Side
from flsf.oversight.meetings.enums import Status as AgreedStatus
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components import words
from flsf.web.components.competition_words import moment
from flsf.web.components.navigation import address_of
from flsf.web.provider import own
from flsf.web.provider.agreement.shown import HINTS, WORDS
from flsf.web.provider.register import rows
from flsf.web.provider.services.first import not_told_yet

A_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, about what, and where."""

    text: str
    hint: str
    href: str
    status: str
    kind: str


@requires(Permission.VIEW_OWN_PLACEMENTS)
def provider_home(request: HttpRequest) -> HttpResponse:
    """What waits for the provider, the most pressing first; workers go straight to today."""
    person, now = person_of(request), clock.now()
    if not own.manages(person):
        return redirect("provider-today")
    day = clock.london_day(now)
    mine = own.mine(person, on=day)
    own.note_views(mine, page="provider-home", by=person, at=now)
    sessions = rows.sessions_of(mine, day - rows.LOOK_BACK, day, at=now)
    missing = [row for row in sessions if row.mark is None and row.has_begun]
    groups = [
        ("Sessions nobody has marked", [_missing(row) for row in missing]),
        ("Placements to begin", [_to_begin(one) for one in mine if _is_planned(one)]),
        ("Sessions by somebody without current checks", _uncovered(mine, day)),
        ("Asked to bid", _competitions(person, now)),
        ("Your agreement", _agreements(person, day)),
        ("What you agreed with the council", _agreed(person, day)),
        ("Checks", _checks(person, day)),
        ("The good you do nearby", _value(person, day)),
        ("What families read of you", [*_first_listings(person, day), *_listings(person, day)]),
    ]
    return render(
        request,
        "provider/to_do/page.html",
        {
            "title": "To do",
            "section": "to-do",
            "groups": [(name, tasks) for name, tasks in groups if tasks],
            "claims": address_of("provider-claims"),
        },
    )


def _is_planned(one: own.Mine) -> bool:
    return one.placement.status is Status.PLANNED


def _missing(row: rows.Row) -> Task:
    when = f"{words.day(row.day)}, {row.half.label.lower()}"
    return Task(str(row.mine.child), when, row.href, "Not marked yet", "waiting")


def _to_begin(one: own.Mine) -> Task:
    hint = f"Agreed to start on {words.day(one.placement.starts_on)}"
    address = reverse("provider-placement", kwargs={"ref": one.ref})
    return Task(str(one.child), hint, address, "Planned", "moving")


def _uncovered(mine: list[own.Mine], day: date) -> list[Task]:
    """Sessions of the last week whose giver had no current checks: the council sees them too."""
    there = {one.placement.id: one for one in mine}
    return [
        Task(
            f"{one.name}, with {there[one.placement_id].child}",
            f"{words.day(one.day)}, {one.half.label.lower()}. {one.why}",
            reverse("provider-staff"),
            "Not in date",
            "trouble",
        )
        for one in attendance.uncovered(list(there), day - A_WEEK, day)
    ]


def _agreements(person: Person, day: date) -> list[Task]:
    """Agreements that wait to be accepted: until then no child can be placed."""
    return [
        Task(
            f"Read and accept your agreement for {', '.join(one.lots)}",
            HINTS[one.status],
            reverse("own-agreement", kwargs={"ref": one.ref}),
            *WORDS[one.status],
        )
        for one in agreements.own_papers(person=person, on=day)
        if one.may_be_accepted
    ]


def _competitions(person: Person, at: datetime) -> list[Task]:
    """Competitions open for bids in which the provider has none yet."""
    sent = competitions.bid_for_by(person=person)
    return [
        Task(
            one.lot.name,
            f"Bids close at {moment(one.closes_at)}",
            reverse("provider-competition", kwargs={"ref": one.ref}),
            "Open for bids",
            "waiting",
        )
        for one in competitions.asked_of(person=person)
        if one.pk not in sent and competitions.stage_of(one, at) is Stage.OPEN
    ]


def _value(person: Person, day: date) -> list[Task]:
    """The report of the school year that is over, until it is sent."""
    provider = providers.own(person=person)
    year = promises_rules.year_before(day)
    if provider is None or not promises.unreported([provider.pk], year=year, person=person):
        return []
    due_on = promises_rules.due_on(year)
    late = day > due_on
    return [
        Task(
            f"Report what you delivered in {promises_rules.in_words(year)}",
            f"{'It was due' if late else 'Due'} by {words.day(due_on)}",
            reverse("own-value-report"),
            "Overdue" if late else "Due soon",
            "trouble" if late else "waiting",
        )
    ]


def _checks(person: Person, day: date) -> list[Task]:
    """What the provider must show again soon, or should have by now."""
    provider = providers.own(person=person)
    if provider is None:
        return []
    return [
        Task(
            one.name,
            f"Good until {words.day(one.expires_on)}" if one.expires_on else "Not shown yet",
            reverse("provider-compliance"),
            one.standing.label,
            "trouble" if one.standing is Standing.OVERDUE else "waiting",
        )
        for one in checks.standings([provider.pk], on=day)[provider.pk]
        if one.standing in {Standing.DUE_SOON, Standing.OVERDUE}
    ]


def _agreed(person: Person, day: date) -> list[Task]:
    """What the provider agreed to do at a contract review meeting, and has not said is done."""
    return [
        Task(
            one.what,
            f"{one.latest.owner}, by {words.day(one.latest.due_on)}",
            reverse("own-action-done", kwargs={"ref": one.ref}),
            one.standing(day),
            "trouble" if one.is_late(day) else "waiting",
        )
        for one in meetings.open_actions(person=person)
        if one.side is Side.PROVIDER and one.latest.status is AgreedStatus.OPEN
    ]


def _first_listings(person: Person, day: date) -> list[Task]:
    """Lots in which the provider was accepted and nothing of it is to be read."""
    provider = providers.own(person=person)
    if provider is None:
        return []
    return [
        Task(
            f"Tell families about {one.lot_name}",
            "You were accepted. We put in what you told us when you applied",
            f"{reverse('service-add')}?lot={one.lot_id}",
            "Not in the public list yet",
            "waiting",
        )
        for one in not_told_yet(provider.pk, on=day)
    ]


def _listings(person: Person, day: date) -> list[Task]:
    """Listings that nobody reads any more, that want confirming, or that came back."""
    provider = providers.own(person=person)
    if provider is None:
        return []
    address = reverse("provider-services")
    old = listings.unconfirmed_of(provider.pk, on=day)
    down = listings.taken_down_ids([one.pk for one in old])
    sent_back = [
        one
        for of in listings.latest_of(provider.pk).values()
        for one in of
        if one.status == RevisionStatus.SENT_BACK
    ]
    return [
        *(
            Task(one.facts.name, "The council sent it back", address, "Sent back", "trouble")
            for one in sent_back
        ),
        *(
            Task(
                one.name,
                f"Last said to be right on {words.day(one.confirmed_on)}",
                address,
                "Taken down" if one.pk in down else "Is it still right?",
                "trouble" if one.pk in down else "waiting",
            )
            for one in old
        ),
    ]
