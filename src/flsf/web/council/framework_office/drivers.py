"""Which policy each requirement of the framework answers (S41)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import Person
from flsf.mandate.framework import queries as framework
from flsf.mandate.governance import actions, queries, rules
from flsf.mandate.governance.enums import Kind as Register
from flsf.mandate.governance.enums import RequirementKind
from flsf.mandate.governance.rules import Driver, Mapped, Requirement
from flsf.market.applications import queries as applications
from flsf.market.checks.enums import Theme
from flsf.market.standards import queries as standards
from flsf.market.standards.enums import Kind as Standard
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused, words
from flsf.web.components.fields import posted
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.framework_office.chosen import address, chosen, named
from flsf.web.council.framework_office.forms import AnswersForm


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement with what it answers, and the page on which that is said."""

    mapped: Mapped
    href: str

    @property
    def answers(self) -> str:
        return "; ".join(one.name for one in self.mapped.answers)

    @property
    def because(self) -> str:
        return self.mapped.said.because if self.mapped.said else ""

    @property
    def changed(self) -> str:
        names = ", ".join(one.name for one in self.mapped.changed)
        return f"Changed since it was said: {names}" if names else ""


def _requirements(one: Any, on: date) -> list[Requirement]:
    """Everything the framework asks for on a day, in the order a provider meets it."""
    criteria = framework.criteria_in_force(one.pk, on=on)
    asked = applications.questions_in_force(one.pk, on=on)
    themes = {question.theme for question in asked.questions.questions} if asked else set()
    standard = standards.in_force(Standard.STANDARDS, on=on)
    return [
        *(
            Requirement.by_words(RequirementKind.CRITERION, line)
            for line in (criteria.lines if criteria else ())
        ),
        *(
            Requirement(RequirementKind.THEME, theme.value, str(theme.label))
            for theme in Theme
            if theme in themes
        ),
        *(
            Requirement.by_words(RequirementKind.STANDARD, line)
            for line in (standard.content.lines if standard else ())
        ),
        *(
            Requirement(RequirementKind.LOT, lot.code, lot.name)
            for lot in framework.lot_facts().values()
            if lot.framework_id == one.pk
        ),
    ]


def _lines(one: Any, person: Person, on: date) -> tuple[list[Mapped], list[Driver]]:
    drivers = queries.drivers(one.pk, person=person)
    said = queries.answering(one.pk, person=person)
    return rules.mapped(_requirements(one, on), drivers, said), drivers


def _rows(asked: Asked) -> list[Row]:
    one = named(asked.query, asked.person, asked.on)
    if one is None:
        return []
    lines, _ = _lines(one, asked.person, asked.on)
    return [Row(line, _address(one, line.requirement)) for line in lines]


def _address(one: Any, requirement: Requirement) -> str:
    return address("driver-answers", one, kind=requirement.kind.value, key=requirement.key)


def _context(asked: Asked) -> dict[str, Any]:
    one = named(asked.query, asked.person, asked.on)
    if one is None:
        return {"drivers": (), "office": "", "register": ""}
    lines, drivers = _lines(one, asked.person, asked.on)
    return {
        "office": address("framework-page", one),
        "register": address(f"register-of-{Register.DRIVER.value}", one),
        "drivers": [
            (driver, _entry(one, driver), rules.answered_by(driver, lines))
            for driver in drivers
            if not driver.is_closed
        ],
        "unsaid": sum(line.said is None for line in lines),
        "again": sum(bool(line.changed) for line in lines),
    }


def _entry(one: Any, driver: Driver) -> str:
    return address("entry-page", one, kind=Register.DRIVER.value, number=driver.number)


MAP = ListPage(
    name="driver-map",
    title="What the framework answers",
    section="framework",
    permission=Permission.VIEW_FRAMEWORK,
    columns=(
        Column("Kind", lambda row: row.mapped.requirement.kind.label),
        Column("Requirement", lambda row: row.mapped.requirement.words, link=lambda row: row.href),
        Column("Answers", "answers", hint="changed"),
        Column("How", "because"),
        Column("Standing", lambda row: row.mapped.standing, Kind.STATUS),
        Column("Changed since", "changed", in_files_only=True),
        Column(
            "Sources",
            lambda row: "; ".join(
                f"{one.name}: {one.source}, {words.day(one.dated) if one.dated else ''}"
                for one in row.mapped.answers
            ),
            in_files_only=True,
        ),
        Column(
            "Said by",
            lambda row: row.mapped.said.said_by if row.mapped.said else "",
            in_files_only=True,
        ),
        Column(
            "Said at",
            lambda row: row.mapped.said.said_at if row.mapped.said else None,
            Kind.MOMENT,
            in_files_only=True,
        ),
    ),
    rows=_rows,
    template="council/framework_office/drivers.html",
    context=_context,
    noun=("requirement", "requirements"),
    empty="Nothing is asked of anybody yet: no criteria, questions, standards or lots.",
    worked_out=(
        "Every criterion, theme of the questions, standard and lot in force today. An officer says "
        "which policy each answers and how. When the entry of a policy has changed since, or was "
        "closed, the requirement is marked to be looked at again."
    ),
)


@requires(Permission.VIEW_FRAMEWORK)
def answers(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What a requirement answers, what was said before, and a form for whoever keeps registers."""
    person, now = person_of(request), clock.now()
    one = chosen(request, person, clock.london_day(now))
    lines, drivers = _lines(one, person, clock.london_day(now))
    line = found(next((each for each in lines if _is(each.requirement, kind, key)), None))
    said, may_keep = line.said, person.may(Permission.KEEP_REGISTERS)
    form = AnswersForm(
        posted(request) if may_keep else None,
        drivers=[(each.number, each.name) for each in drivers if not each.is_closed],
        initial={
            "drivers": list(said.drivers) if said else [],
            "because": said.because if said else "",
            "seen_id": said.said_id if said else None,
        },
    )
    if request.method == "POST" and may_keep and form.is_valid():
        told = {"framework_id": one.pk, "requirement": line.requirement, "by": person, "at": now}
        if refused.settled(form, actions.say_answers, told | form.cleaned_data, {}):
            messages.success(request, "Said. What was said before is kept")
            return redirect(address("driver-map", one))
    context = {
        "line": line,
        "form": form if may_keep and drivers else None,
        "before": _before(one, line.requirement, drivers, person),
        "register": address(f"register-of-{Register.DRIVER.value}", one),
        "back_to": address("driver-map", one),
    }
    return render(request, "council/framework_office/answers.html", context)


def _is(requirement: Requirement, kind: str, key: str) -> bool:
    return (requirement.kind.value, requirement.key) == (kind, key)


def _before(
    one: Any, requirement: Requirement, drivers: list[Driver], person: Person
) -> list[tuple[Any, str]]:
    names = {driver.number: driver.name for driver in drivers}
    return [
        (said, "; ".join(names[number] for number, _ in said.drivers) or "None")
        for said in queries.said_before(one.pk, requirement.kind, requirement.key, person=person)
    ]
