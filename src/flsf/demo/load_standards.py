"""Marlbeck's standards and safeguarding procedure, and who keeps to which version."""

from dataclasses import replace
from datetime import timedelta

from flsf.core.people import Person
from flsf.demo.plan.days import Days, moment
from flsf.market.admissions import queries as admissions
from flsf.market.standards import actions
from flsf.market.standards.enums import Kind, Outcome
from flsf.market.standards.rules import (
    DEFAULT_EXPECTATIONS,
    DEFAULT_STANDARDS,
    DEFAULT_STEPS,
    Content,
)

FRONT_DOOR = "01632 960 999"
PROCEDURE = Content(lines=DEFAULT_STEPS, lead="Daniel Frost", phone=FRONT_DOOR)
FIRST_PROCEDURE = replace(PROCEDURE, lines=DEFAULT_STEPS[:4])
LATER = 60  # days ago on which the procedure was made fuller
DAY = timedelta(days=1)
LEADS = ("Jo Field", "Amir Lowe", "Kate Penn", "Sol Harper", "Dina Crane", "Will Mott", "Eve Larch")
SEEN = (
    (Outcome.MET, "Plans are there for each child, and children could say what is in theirs."),
    (Outcome.MET, "Registers and plans agree. A parent told us that she is rung the same day."),
    (Outcome.PARTLY, "Two plans of five were not looked at again this term."),
)


def load(days: Days, *, officer: Person, checker: Person) -> None:
    """All keep to the first versions; a third has not read the fuller procedure yet."""
    began = days.framework_starts
    for kind, content in (
        (Kind.STANDARDS, Content(lines=DEFAULT_STANDARDS)),
        (Kind.SAFEGUARDING, FIRST_PROCEDURE),
        (Kind.SUSTAINABILITY, Content(lines=DEFAULT_EXPECTATIONS)),
    ):
        actions.publish(
            kind=kind, content=content, in_force_from=began, because="The first, for everybody.",
            by=officer, at=moment(began),
        )  # fmt: skip
    pool = sorted({provider_id for provider_id, _ in admissions.in_pool(days.today)})
    names = {pk: LEADS[number % len(LEADS)] for number, pk in enumerate(pool)}
    for provider_id in pool:
        for kind in Kind:
            _keeps(provider_id, kind, 1, names[provider_id], days, ago=None, by=officer)
    later = days.ago(LATER)
    actions.publish(
        kind=Kind.SAFEGUARDING, content=PROCEDURE, in_force_from=later,
        because="Worries about staff, and what was done since, have a time of their own.",
        by=officer, at=moment(later),
    )  # fmt: skip
    for number, provider_id in enumerate(pool):
        if number % 3:
            lead = names[provider_id]
            ago = LATER - number
            _keeps(provider_id, Kind.SAFEGUARDING, 2, lead, days, ago=ago, by=officer)
        if number % 4 == 0:
            outcome, words = SEEN[number % len(SEEN)]
            on = days.ago(20 + 3 * number)
            actions.check(
                provider_id=provider_id, kind=Kind.STANDARDS, outcome=outcome, words=words,
                checked_on=on, by=checker, at=moment(on + DAY),
            )  # fmt: skip


def _keeps(
    provider_id: int,
    kind: Kind,
    version: int,
    lead: str,
    days: Days,
    *,
    ago: int | None,
    by: Person,
) -> None:
    on = days.framework_starts + DAY if ago is None else days.ago(ago)
    actions.acknowledge(
        provider_id=provider_id, kind=kind, version=version, lead=lead,
        by=by, at=moment(on),
    )  # fmt: skip
