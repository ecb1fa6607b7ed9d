"""The registers of a framework: read, added to, changed with their history, closed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.mandate.governance import actions, queries, rules
from flsf.mandate.governance.enums import FieldKind, Kind
from flsf.mandate.governance.queries import Line
from flsf.mandate.governance.rules import KINDS, Field, Register
from flsf.oversight.openness import queries as openness
from flsf.oversight.openness import rules as openness_rules
from flsf.oversight.openness.enums import Principle
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import words
from flsf.web.components.fields import posted
from flsf.web.components.lists import Asked, Column, ListPage
from flsf.web.components.lists import Kind as Shown
from flsf.web.council.framework_office.chosen import address, chosen, named
from flsf.web.council.registers.forms import CloseEntryForm, EntryForm, initial


def _rows(kind: Kind) -> Callable[[Asked], list[Any]]:
    def rows(asked: Asked) -> list[Line]:
        one = named(asked.query, asked.person, asked.on)
        if one is None:
            return []
        return queries.entries(one.pk, kind, person=asked.person, on=asked.on)

    return rows


def _context(kind: Kind) -> Callable[[Asked], Mapping[str, Any]]:
    def context(asked: Asked) -> dict[str, Any]:
        one = named(asked.query, asked.person, asked.on)
        return {
            "register": KINDS[kind],
            "office": address("framework-page", one) if one else "",
            "add": address("entry-add", one, kind=kind.value) if one else "",
            "may_keep": one is not None and _may_keep(asked.person, kind),
        }

    return context


def _may_keep(person: Person, kind: Kind) -> bool:
    if not person.may(KINDS[kind].read_with):
        return False
    return person.may(Permission.KEEP_REGISTERS)


def _column(one: Field, *, in_files_only: bool) -> Column:
    is_day = one.kind is FieldKind.DAY

    def said(row: Line) -> Any:
        told = row.told.get(one.name, "")
        return date.fromisoformat(told) if told and is_day else told or None

    kind = Shown.DATE if is_day else Shown.TEXT
    return Column(one.label, said, kind, in_files_only=in_files_only)


def _entry_page(row: Line) -> str:
    return address_of(row)


def address_of(row: Line) -> str:
    """The page of an entry, of its own framework."""
    return address("entry-page", Ref(row.framework_ref), kind=row.kind.value, number=row.number)


class Ref:
    """What `address` wants of a framework."""

    def __init__(self, ref: str) -> None:
        self.ref = ref


SCORE = Column("Score, of 9", lambda row: rules.score(row.told), Shown.NUMBER)


def _list(register: Register) -> ListPage:
    first, *others = register.fields
    return ListPage(
        name=f"register-of-{register.slug.value}",
        title=register.title,
        section="framework",
        permission=Permission(register.read_with),
        columns=(
            Column(first.label, "title", link=_entry_page),
            Column("Standing", lambda row: "Closed" if row.is_closed else "Open"),
            Column("Next day", "due_on", Shown.DATE),
            *([SCORE] if register.slug is Kind.RISK else []),
            *(_column(one, in_files_only=number > 1) for number, one in enumerate(others)),
            Column("Changed by", "changed_by", in_files_only=True),
            Column("Changed at", "changed_at", Shown.MOMENT, in_files_only=True),
        ),
        rows=_rows(register.slug),
        template="council/registers/list.html",
        context=_context(register.slug),
        noun=("entry", "entries"),
        empty="Nothing is in this register yet.",
        worked_out=(
            "Every entry as it reads today, open ones first. The next day is the earliest by "
            "which somebody must do something. Each entry keeps what it said before."
        ),
    )


LISTS = [_list(register) for register in KINDS.values()]


def _register(kind: str, person: Person) -> Register:
    """The register, or not found where there is none or the person may not read it."""
    if kind not in Kind:
        raise Http404
    register = KINDS[Kind(kind)]
    if not person.may(register.read_with):
        raise Http404
    return register


def begun_with(register: Register, query: QueryDict, one: Any, on: date) -> dict[str, Any]:
    """What a new entry begins with: a finding with its principle and the facts of the day."""
    said = query.get("principle", "")
    if register.slug is not Kind.PRINCIPLE or said not in set(Principle):
        return {}
    principle = Principle(said)
    facts = openness_rules.of(principle, openness.measured(one, on=on))
    return {
        "principle": str(principle.label),
        "rests_on": openness_rules.in_words(facts),
        "found_on": on,
    }


@requires(Permission.KEEP_REGISTERS)
def add(request: HttpRequest, kind: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    register = _register(kind, person)
    one = chosen(request, person, clock.london_day(now))
    begun = begun_with(register, request.GET, one, clock.london_day(now))
    form = EntryForm(register, posted(request), initial=begun)
    there = address(f"register-of-{kind}", one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add(
                framework_id=one.pk, kind=register.slug, told=form.told(), by=person, at=now
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Added to the register: {register.title.lower()}")
            return redirect(there)
    title = f"{register.title}: add an entry"
    context = {"form": form, "title": title, "button": "Add it", "cancel": there}
    return render(request, "council/registers/edit.html", context)


def _line(request: HttpRequest, kind: str, number: int, on: date) -> tuple[Register, Any, Line]:
    person = person_of(request)
    register, one = _register(kind, person), chosen(request, person, on)
    line = queries.entry(one.pk, register.slug, number, person=person, on=on)
    return register, one, found(line)


@requires(Permission.VIEW_FRAMEWORK)
def page(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    person, today = person_of(request), clock.london_day(clock.now())
    register, one, line = _line(request, kind, number, today)
    context = {
        "register": register,
        "line": line,
        "rows": [(field.label, _shown(field, line.told)) for field in register.fields],
        "versions": queries.versions(line.entry_id, person=person),
        "back_to": address(f"register-of-{kind}", one),
        "here": f"?framework={one.ref}",
        "may_keep": _may_keep(person, register.slug) and not line.is_closed,
    }
    return render(request, "council/registers/page.html", context)


def _shown(field: Field, told: Mapping[str, str]) -> str:
    said = told.get(field.name, "")
    if said and field.kind is FieldKind.DAY:
        return words.day(date.fromisoformat(said))
    return said


@requires(Permission.KEEP_REGISTERS)
def change(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    person, now = person_of(request), clock.now()
    register, _, line = _line(request, kind, number, clock.london_day(now))
    seen = found(queries.versions(line.entry_id, person=person).first()).number
    begun = initial(register, line.told) | {"seen_version": seen}
    form = EntryForm(register, posted(request), changes=True, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                entry_id=line.entry_id,
                told=form.told(),
                because=form.cleaned_data["because"],
                seen_version=form.cleaned_data["seen_version"],
                by=person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Changed. What it said before is kept")
            return redirect(address_of(line))
    context = {"form": form, "title": f"Change: {line.title}", "button": "Save"}
    return render(request, "council/registers/edit.html", context | {"cancel": address_of(line)})


@requires(Permission.KEEP_REGISTERS)
def close(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    person, now = person_of(request), clock.now()
    _, _, line = _line(request, kind, number, clock.london_day(now))
    form = CloseEntryForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(entry_id=line.entry_id, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Closed. It stays in the register to be read")
            return redirect(address_of(line))
    context = {"form": form, "title": f"Close: {line.title}", "button": "Close it"}
    return render(request, "council/registers/edit.html", context | {"cancel": address_of(line)})
