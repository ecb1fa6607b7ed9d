"""Fills the registers of Marlbeck's framework: what a council would have written by now."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import TypeAlias

from flsf.core.people import Person
from flsf.demo.plan.days import Days, moment
from flsf.mandate.governance import actions
from flsf.mandate.governance.enums import Kind

DIRECTOR = "Director of Children's Services"
HEAD = "Head of commissioning"
Told: TypeAlias = Mapping[str, str]
Day: TypeAlias = Callable[[int], str]


def load(framework_id: int, days: Days, *, by: Person) -> None:
    """Each register has something in it, and one challenge has come and gone."""
    began = moment(days.framework_starts)
    for kind, told in _entries(days):
        entry = actions.add(framework_id=framework_id, kind=kind, told=told, by=by, at=began)
        if kind is Kind.CHALLENGE and told["standing"].startswith("Letter"):
            settled = {**told, "standing": "Settled", "response": SETTLED}
            at = moment(days.framework_starts + timedelta(days=96))
            actions.change(
                entry_id=entry.pk, told=settled, because="The letter was withdrawn",
                seen_version=1, by=by, at=at,
            )  # fmt: skip
            actions.close(
                entry_id=entry.pk, because="Withdrawn after the reasons were sent again", by=by,
                at=at,
            )  # fmt: skip


SETTLED = "Reasons were sent again for each criterion. The provider applied again and was admitted."


def _entries(days: Days) -> Iterator[tuple[Kind, Told]]:
    def day(ahead: int) -> str:
        return (days.framework_starts + timedelta(days=ahead)).isoformat()

    def from_today(ahead: int) -> str:
        return days.ahead(ahead).isoformat()

    yield from _standing(day, from_today)
    yield from _worries(day, from_today)
    yield from _advised(day)


def _standing(day: Day, from_today: Day) -> Iterator[tuple[Kind, Told]]:
    yield (
        Kind.POSITION,
        {
            "stance": "Aligned with the principles of the Act, and not a technique the Act lists. "
            "The council goes on knowing both.",
            "model": "Pseudo-dynamic purchasing system",
            "approved_by": DIRECTOR,
            "approved_on": day(-30),
            "plan": "Change to an open framework: rehearsed each year",
            "review_on": from_today(40),
        },
    )
    yield (
        Kind.CONFLICT,
        {
            "about": "Every round of the framework",
            "interests": "One officer's sister works for a provider of tutoring",
            "perceived": "Two evaluators taught at a school that became a provider",
            "steps": "Neither evaluates tutoring or that provider",
            "prepared_by": "Procurement officer",
            "prepared_on": day(-60),
            "confirmed_on": day(-40),
            "review_on": from_today(12),
        },
    )
    for option, outcome, good, bad, why in OPTIONS:
        yield (
            Kind.APPRAISAL,
            {
                "option": option, "good": good, "bad": bad, "outcome": outcome, "why": why,
                "decided_by": "Cabinet", "decided_on": day(-200),
            },
        )  # fmt: skip


OPTIONS = (
    (
        "Pseudo-dynamic purchasing system", "Chosen", "Providers join at any time",
        "Not a technique the Act lists", "Children's needs change faster than a closed list",
    ),
    (
        "Open framework", "Fallback", "Listed in the Act", "Shut between its rounds",
        "Kept ready, so that the model can change without disrupting support",
    ),
    (
        "Closed framework", "Not chosen", "Simple", "Nobody joins for years",
        "New kinds of support could not be bought",
    ),
    (
        "Dynamic market", "Not chosen", "Always open", "Only for large contracts",
        "Nearly every call-off is below the threshold",
    ),
    (
        "Spot purchase", "Not chosen", "Quick", "Each needs a waiver",
        "It is what the framework replaces",
    ),
)  # fmt: skip


def _worries(day: Day, from_today: Day) -> Iterator[tuple[Kind, Told]]:
    yield (
        Kind.CHALLENGE,
        {
            "about": "Round 2: an applicant for tutoring was not accepted yet",
            "by_whom": "The applicant's solicitor",
            "knew_on": day(80),
            "published_on": day(0),
            "entered_on": "",
            "details_notice": "Yes",
            "standing": "Letter received",
            "response": "",
        },
    )
    yield (
        Kind.CHALLENGE,
        {
            "about": "The latest round in which everybody was told",
            "by_whom": "Anybody who was not accepted",
            "knew_on": from_today(-19),
            "published_on": day(0),
            "entered_on": "",
            "details_notice": "Yes",
            "standing": "May still come",
            "response": "",
        },
    )
    for risk, likelihood, impact, mitigation, fallback, ahead in RISKS:
        yield (
            Kind.RISK,
            {
                "risk": risk, "likelihood": likelihood, "impact": impact, "owner": HEAD,
                "mitigation": mitigation, "fallback": fallback, "review_on": from_today(ahead),
            },
        )  # fmt: skip
    yield (
        Kind.WATCH,
        {
            "what": "Guidance on frameworks that let providers in after the first round",
            "source": "Cabinet Office",
            "effect": "The framework might have to become an open framework",
            "action": "Rehearse the change, then ask Cabinet",
            "owner": "Procurement officer",
            "review_on": from_today(9),
        },
    )
    yield (
        Kind.WATCH,
        {
            "what": "First case on admissions to a light-touch framework",
            "source": "Law reports",
            "effect": "How long a decision may be challenged",
            "action": "Look again at the position on compliance",
            "owner": "Procurement officer",
            "review_on": from_today(75),
        },
    )


RISKS = (
    (
        "A provider challenges how the pool lets others in", "Medium", "High",
        "Rounds, each with its own notices and reasons",
        "Open framework: tendered again, with a short-term waiver for the time between", 30,
    ),
    (
        "Only one provider offers hospital teaching", "High", "High",
        "Market day each spring; neighbours' providers asked", "", 11,
    ),
    (
        "Call-offs reach the ceiling before the term ends", "Low", "High",
        "Watched each month; officers are warned at 80 per cent", "", 90,
    ),
)  # fmt: skip


def _advised(day: Day) -> Iterator[tuple[Kind, Told]]:
    yield (
        Kind.ADVICE,
        {
            "question": "May providers be let in after the first round?",
            "decision": "To work as a pseudo-dynamic purchasing system",
            "adviser": "Council solicitor",
            "advised_on": day(-210),
            "advice": "Treat each admission as an award of its own, in rounds, with reasons to all "
            "at the same moment. Keep an open framework ready.",
        },
    )
    yield (
        Kind.DISCUSSION,
        {
            "with_whom": "Cabinet Office and two neighbouring councils",
            "held_on": day(-150),
            "about": "How light-touch frameworks stay open",
            "said": "No guidance yet. Several councils do the same.",
            "follows": "Ask again each spring",
        },
    )
