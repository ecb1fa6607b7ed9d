"""The evidence file of a framework, and the audit against the five principles (S104, S124)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from flsf.core import clock
from flsf.core.people import Person
from flsf.mandate.governance import queries as governance
from flsf.mandate.governance.enums import Kind as Register
from flsf.mandate.governance.queries import Line
from flsf.mandate.rounds import queries as rounds
from flsf.oversight.openness import queries, rules
from flsf.oversight.openness.enums import Place, Principle, Speaks, Topic
from flsf.oversight.openness.queries import Event
from flsf.oversight.openness.rules import Fact
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components.fields import set_choices
from flsf.web.components.filters import FilterForm, day
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.council.framework_office.chosen import address, chosen, named

TOPIC_COUNTS = [(one, str(one.label)) for one in Topic]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the evidence file, with where more of it can be read."""

    event: Event
    href: str


def _address(one: Any, event: Event) -> str:
    match event.place:
        case Place.APPLICATION:
            return reverse("application-file", kwargs={"ref": event.ref})
        case Place.ROUND:
            return address("round-page", one, number=event.round_number)
        case Place.ENTRY:
            kind, number = event.ref.split()
            return address("entry-page", one, kind=kind, number=int(number))
        case Place.FRAMEWORK:
            return address("framework-page", one)


class OfFramework(FilterForm):
    """Filters of a list of one framework, which stays in the address."""

    framework = forms.CharField(required=False, widget=forms.HiddenInput)


class EvidenceFilters(OfFramework):
    topic = forms.ChoiceField(label="About", required=False, choices=[("", "Any"), *Topic.choices])
    round = forms.TypedChoiceField(label="Round", required=False, coerce=int, empty_value=None)
    since = day("From")
    until = day("To")


def _filters(asked: Asked) -> FilterForm:
    form = EvidenceFilters(asked.query)
    one = named(asked.query, asked.person, asked.on)
    numbers = [each.number for each in rounds.rounds(one.pk, on=asked.on)] if one else []
    set_choices(form, "round", [("", "Any"), *((each, f"Round {each}") for each in numbers)])
    return form


def _every(asked: Asked) -> list[Event]:
    one = named(asked.query, asked.person, asked.on)
    return queries.evidence_file(one, person=asked.person, on=asked.on) if one else []


def _rows(asked: Asked) -> list[Row]:
    one, said = named(asked.query, asked.person, asked.on), asked.filters
    return [
        Row(each, _address(one, each))
        for each in _every(asked)
        if (not said["topic"] or each.topic == said["topic"])
        and (not said["round"] or each.round_number == said["round"])
        and (not said["since"] or each.day >= said["since"])
        and (not said["until"] or each.day <= said["until"])
    ]


def _context(asked: Asked) -> dict[str, Any]:
    one, every = named(asked.query, asked.person, asked.on), _every(asked)
    counts = [(label, sum(each.topic is topic for each in every)) for topic, label in TOPIC_COUNTS]
    return {
        "framework": one,
        "office": address("framework-page", one) if one else "",
        "principles": address("principles", one) if one else "",
        "counts": [(label, many) for label, many in counts if many],
        "without": [label for label, many in counts if not many],
        "left_out": _left_out(asked.person),
    }


def _left_out(person: Person) -> list[str]:
    """What this person does not read here, in words."""
    apart = {
        Permission.VIEW_APPLICATIONS: "what was done about each application",
        Permission.VIEW_CONFLICTS: "the conflicts assessments",
    }
    return [words for permission, words in apart.items() if not person.may(permission)]


EVIDENCE = ListPage(
    name="evidence-file",
    title="Evidence file",
    section="framework",
    permission=Permission.VIEW_FRAMEWORK,
    columns=(
        Column("Day", lambda row: row.event.day, Kind.DATE),
        Column("What", lambda row: row.event.words, link=lambda row: row.href),
        Column("About", lambda row: str(row.event.topic.label)),
        Column("Who", lambda row: row.event.by),
        Column("Why, or how it stands", lambda row: row.event.reason),
        Column("Moment", lambda row: row.event.at, Kind.MOMENT, in_files_only=True),
        Column("Round", lambda row: row.event.round_number, Kind.NUMBER, in_files_only=True),
    ),
    rows=_rows,
    filters=_filters,
    template="council/framework_office/evidence.html",
    context=_context,
    noun=("line", "lines"),
    empty="Nothing is on record that answers to this.",
    worked_out=(
        "Everything on record about how providers were let in: the decision and the commercial "
        "model, criteria and questions in their versions, rounds and their notices, conflicts, "
        "who was named to mark and when they finished, what applicants were asked, each decision "
        "with its reason, when they were told, and challenges. Nobody reads here of an applicant "
        "in whom they have an interest."
    ),
)


# --- The five principles ---


@dataclass(frozen=True, slots=True)
class Told:
    """A principle with its facts and what was last found of it."""

    principle: Principle
    facts: list[Fact]
    finding: Line | None
    finding_at: str
    add_at: str


def _found(one: Any, person: Person, on: Any) -> dict[str, Line]:
    """The latest open finding of each principle, by what the principle is called."""
    lines = governance.entries(one.pk, Register.PRINCIPLE, person=person, on=on, with_closed=False)
    return {line.title: line for line in lines}


@requires(Permission.VIEW_FRAMEWORK)
def principles(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    one = chosen(request, person, today)
    measured, found = queries.measured(one, on=today), _found(one, person, today)
    at = partial(address, one=one)
    told = []
    for each in Principle:
        line = found.get(str(each.label))
        entry = at("entry-page", kind="principle", number=line.number) if line else ""
        add = f"{at('entry-add', kind='principle')}&principle={each.value}"
        told.append(Told(each, rules.of(each, measured), line, entry, add))
    context = {
        "framework": one,
        "told": told,
        "office": at("framework-page"),
        "evidence": at("evidence-file"),
        "register": at("register-of-principle"),
        "files": {ending: at(f"principle-facts-{ending}") for ending in ("xlsx", "csv", "json")},
        "may_find": person.may(Permission.KEEP_REGISTERS),
    }
    return render(request, "council/framework_office/principles.html", context)


def _facts(asked: Asked) -> list[Fact]:
    one = named(asked.query, asked.person, asked.on)
    if one is None:
        return []
    found = rules.facts(queries.measured(one, on=asked.on))
    wanted, speaks = asked.filters.get("principle"), asked.filters.get("speaks")
    return [
        each
        for each in found
        if (not wanted or each.principle == wanted) and (not speaks or each.speaks == speaks)
    ]


class FactFilters(OfFramework):
    principle = forms.ChoiceField(
        label="Principle", required=False, choices=[("", "Any"), *Principle.choices]
    )
    speaks = forms.ChoiceField(
        label="What it says", required=False, choices=[("", "Any"), *Speaks.choices]
    )


def _facts_context(asked: Asked) -> dict[str, Any]:
    one = named(asked.query, asked.person, asked.on)
    return {
        "back": {"text": "The five principles", "href": address("principles", one)} if one else None
    }


FACTS = ListPage(
    name="principle-facts",
    title="What is measured for the five principles",
    section="framework",
    permission=Permission.VIEW_FRAMEWORK,
    columns=(
        Column("What was measured", "words"),
        Column("Principle", lambda row: str(row.principle.label)),
        Column("What it says", lambda row: str(row.speaks.label), Kind.STATUS),
        Column("Counted from", "source"),
    ),
    rows=_facts,
    filters=FactFilters,
    context=_facts_context,
    noun=("fact", "facts"),
    empty="No fact answers to these filters.",
    worked_out=(
        "Counted afresh today, since the framework began. A fact speaks for a principle where "
        "all of what it counts is as it should be, and against it where any is not. Two groups "
        "are only compared: what that means is for whoever writes the finding. How long "
        "fewer than five decisions took, and what they were, is not told in numbers."
    ),
)
