"""The plan for the day on which the commercial model cannot stand: what is in place, and what not.

A challenge sets it off: re-tender under a compliant model, with a short-term waiver for the time
between (S139, S161, S176).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import Person
from flsf.mandate.framework import queries as framework
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance import rules
from flsf.mandate.governance.enums import Kind
from flsf.mandate.governance.queries import Line
from flsf.mandate.retenders import queries as retenders
from flsf.mandate.rounds import queries as rounds
from flsf.mandate.rounds.enums import Notice
from flsf.mandate.waivers import queries as waivers
from flsf.market.agreements import queries as agreements
from flsf.market.agreements.enums import Stage
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components import words
from flsf.web.council.framework_office.chosen import address, chosen

IN_PLACE, MISSING, NOT_YET = "In place", "Missing", "Not needed yet"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that must be there before the model can change, and where it is looked after."""

    what: str
    standing: str
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which framework, by whom, on which day, and the challenges that have come."""

    one: Any
    person: Person
    on: date
    come: list[Line]

    def entries(self, kind: Kind) -> list[Line]:
        return governance.entries(
            self.one.pk, kind, person=self.person, on=self.on, with_closed=False
        )

    def register(self, kind: Kind) -> str:
        return address(f"register-of-{kind.value}", self.one)


@requires(Permission.VIEW_FRAMEWORK)
def fallback(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    one = chosen(request, person, today)
    challenges = governance.entries(
        one.pk, Kind.CHALLENGE, person=person, on=today, with_closed=False
    )
    asked = Asked(one, person, today, [line for line in challenges if rules.has_come(line.told)])
    context = {
        "framework": one,
        "model": framework.model_on(one.pk, on=today),
        "come": [
            (line, address("entry-page", one, kind=line.kind.value, number=line.number))
            for line in asked.come
        ],
        "before": [*_chosen(asked), *_watched(asked)],
        "during": [*_rehearsed(asked), *_waiver(asked), *_tender(asked)],
        "office": address("framework-page", one),
        "again": [
            (each, address("retender-page", one, ref=each.ref))
            for each in retenders.of_framework(one.pk, person=person)
        ],
        "tender_again": address("retender-begin", one)
        if asked.come
        and person.may(Permission.EDIT_FRAMEWORK)
        and retenders.under_way(one.pk) is None
        else "",
    }
    return render(request, "council/framework_office/fallback.html", context)


def _step(what: str, found: list[str], missing: str, href: str) -> Step:
    return Step(what, IN_PLACE if found else MISSING, "; ".join(found) or missing, href)


def _chosen(asked: Asked) -> Iterator[Step]:
    appraised = asked.entries(Kind.APPRAISAL)
    yield _step(
        "A fallback was chosen",
        [line.title for line in appraised if line.told.get("outcome") == "Fallback"],
        "No option is marked as the fallback",
        asked.register(Kind.APPRAISAL),
    )
    yield _step(
        "The risk has an owner, a score and a fallback",
        [
            f"{line.title}: score {rules.score(line.told)}, {line.told.get('owner', '')}"
            for line in asked.entries(Kind.RISK)
            if line.told.get("fallback")
        ],
        "No risk says what is done if it happens",
        asked.register(Kind.RISK),
    )
    yield _step(
        "The council's position says what is done when guidance becomes clear",
        [plan for line in asked.entries(Kind.POSITION) if (plan := line.told.get("plan", ""))],
        "No position has a plan",
        asked.register(Kind.POSITION),
    )


def _watched(asked: Asked) -> Iterator[Step]:
    yield _step(
        "Guidance is watched",
        [
            f"{line.title}, again on {words.day(line.due_on)}" if line.due_on else line.title
            for line in asked.entries(Kind.WATCH)
        ],
        "No guidance is watched",
        asked.register(Kind.WATCH),
    )


def _rehearsed(asked: Asked) -> Iterator[Step]:
    changes = agreements.changes(asked.one.pk, person=asked.person)
    last = next((one for one in changes if one.stage is not Stage.UNDONE), None)
    may_edit = asked.person.may(Permission.EDIT_FRAMEWORK)
    rehearse = address("model-rehearse", asked.one) if may_edit else ""
    told = []
    if last:
        day = words.day(last.takes_effect_on)
        told = [f"{last.after.label}: {str(last.stage.label).lower()} for {day}"]
    href = reverse("transition-page", kwargs={"ref": last.ref}) if last else rehearse
    yield _step("The change of model was rehearsed", told, "Nobody has rehearsed it", href)


def _waiver(asked: Asked) -> Iterator[Step]:
    """For the time between. One is only granted once a challenge has come."""
    since = min((line.told["knew_on"] for line in asked.come), default="")
    href = reverse("waiver-list") if asked.person.may(Permission.VIEW_WAIVERS) else ""
    what = "A short-term waiver covers the time between"
    if not asked.come:
        yield Step(what, NOT_YET, "Granted when a challenge has come", href)
        return
    granted = [
        f"{one.ref}, until {words.day(one.expires_on)}"
        for one in waivers.register(person=asked.person, on=asked.on)
        if one.approved_on.isoformat() >= since and one.days_left >= 0 and one.ended_on is None
    ]
    yield _step(what, granted, "None was approved since the challenge came", href)


def _tender(asked: Asked) -> Iterator[Step]:
    since = min((line.told["knew_on"] for line in asked.come), default="")
    what, href = "It is tendered again", address("round-list", asked.one)
    if not asked.come:
        yield Step(what, NOT_YET, "Tendered again when a challenge has come", href)
        return
    again = [
        f"Round {one.number}: {notice.kind} {notice.reference}, {words.day(notice.published_on)}"
        for one in rounds.rounds(asked.one.pk, on=asked.on)
        for notice in one.notices
        if notice.kind == Notice.TENDER and notice.published_on.isoformat() > since
    ]
    yield _step(what, again, "No tender notice is recorded since the challenge came", href)
