"""Lists: one page with filters in its address, and the same rows as CSV, XLSX and JSON.

A view module says what the list is:

    AWARDS = ListPage(
        name="award-list",
        title="Awards",
        section="awards",
        permission=Permission.VIEW_AWARDS,
        columns=(
            Column("Award", "ref", link=lambda row: reverse("award-page", kwargs={"ref": row.ref})),
            Column("Provider", "provider_name", hint="lot_name"),
            Column("Status", "status_word", Kind.STATUS),
            Column("Value", "value_pence", Kind.MONEY),
            Column("Decided", "decided_on", Kind.DATE),
        ),
        rows=lambda asked: calloffs.register(person=asked.person, **asked.filters),
        filters=AwardFilters,
        empty="No award matches these filters.",
        worked_out="Values are gross of VAT, from the award as it stands today.",
    )

and the address list gets all four with

    *list_urls("awards", AWARDS)

which are named award-list, award-list-csv, award-list-xlsx and award-list-json.

`rows` is handed an `Asked` (the person, the day, the moment, the filters that make sense, and
what the address captured) and answers with anything that has a length and can be cut:
a queryset or a class of your own that reads what it needs for a slice in a fixed number of
queries. Money is whole pence in the row. A column's `key` is an attribute of the row, or a
function of it. `child` says which child's reference a row shows by name, or None: every
row shown, on the page and in each file, is then written to the record of views.

`filters` is a FilterForm class, or a function from `Asked` (without filters yet) to a bound
form when choices come from the database: `lambda asked: AwardFilters(asked.query, lots=...)`.
`context` adds to what the template sees; `template` may extend layouts/list.html.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from flsf.core import clock
from flsf.core.people import VISITOR, Person
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import View, public, requires
from flsf.web.components import list_files, words
from flsf.web.components.filters import FilterForm
from flsf.web.components.last_changed import Changed
from flsf.web.components.pages import Rows, page_of, pagination
from flsf.web.components.statuses import colour_of

Value: TypeAlias = str | Callable[[Any], Any]


class Kind(StrEnum):
    TEXT = "text"
    STATUS = "status"  # a word shown as a tag
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"  # whole pence
    NUMBER = "number"


NUMERIC = frozenset({Kind.MONEY, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `hint` is a second, smaller line, on the page only."""

    heading: str
    key: Value
    kind: Kind = Kind.TEXT
    link: Callable[[Any], str] | None = None
    hint: Value | None = None
    in_files_only: bool = False

    def of(self, row: Any) -> Any:
        return _read(row, self.key)

    @property
    def is_numeric(self) -> bool:
        return self.kind in NUMERIC

    @property
    def name(self) -> str:
        """What the column is called in JSON."""
        plain = self.key if isinstance(self.key, str) else self.heading.casefold()
        return plain.replace(" ", "_").replace(".", "_")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a page shows of one value."""

    text: str
    hint: str
    href: str
    colour: str
    is_numeric: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, when, and for what."""

    person: Person
    on: date
    at: datetime
    query: QueryDict
    captured: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListPage:
    """A list, said once for its page and its three files."""

    name: str
    title: str
    permission: Permission | None  # None: anyone may read it
    columns: Sequence[Column]
    rows: Callable[[Asked], Rows]
    filters: Callable[[Asked], FilterForm] | type[FilterForm] | None = None
    child: Callable[[Any], str | None] | None = None
    section: str = ""
    intro: str = ""
    empty: str = "Nothing to show."
    worked_out: str = ""
    noun: tuple[str, str] = ("row", "rows")
    template: str = "layouts/list.html"
    context: Callable[[Asked], Mapping[str, Any]] | None = None
    # Of a list that anyone may read: the day on which what it shows last changed.
    changed: Callable[[Asked, Sequence[Any]], Changed | None] | None = None


def list_urls(route: str, one: ListPage) -> list[URLPattern]:
    """The page and its files, at `route/`, `route.csv`, `route.xlsx` and `route.json`."""
    files = {
        ending: path(f"{route}.{ending}", _guarded(one, _file(one, make)), name=_named(one, ending))
        for ending, make in list_files.MAKERS.items()
    }
    return [path(f"{route}/", _guarded(one, _page(one)), name=one.name), *files.values()]


def _named(one: ListPage, ending: str) -> str:
    return f"{one.name}-{ending}"


def _guarded(one: ListPage, view: View) -> View:
    # The page belongs to whoever declares it, not to the pieces it is made of.
    view.__module__ = one.rows.__module__
    return public(view) if one.permission is None else requires(one.permission)(view)


def _page(one: ListPage) -> View:
    def view(request: HttpRequest, **captured: Any) -> HttpResponse:
        asked, form = _asked(one, request, captured)
        page = page_of(one.rows(asked), request)
        shown = list(page.object_list)
        _note_views(one, shown, asked)
        columns = [column for column in one.columns if not column.in_files_only]
        query = request.GET.urlencode()
        context = {
            "list": one,
            "title": one.title,
            "section": one.section,
            "filters": form,
            "narrowed": form.in_words() if form else [],
            "columns": columns,
            "rows": [[_cell(column, row) for column in columns] for row in shown],
            "changed": one.changed(asked, shown) if one.changed else None,
            "count": page.paginator.count,
            "page_number": page.number,
            "page_count": page.paginator.num_pages,
            "pagination": pagination(page, request),
            "clear": reverse(one.name, kwargs=captured),
            "files": {
                ending: reverse(_named(one, ending), kwargs=captured) + (query and f"?{query}")
                for ending in list_files.MAKERS
            },
        }
        return render(request, one.template, {**context, **_extra(one, asked)})

    return view


def _file(one: ListPage, make: list_files.Maker) -> View:
    def view(request: HttpRequest, **captured: Any) -> HttpResponse:
        asked, form = _asked(one, request, captured)
        rows = list(one.rows(asked)[:])
        _note_views(one, rows, asked)
        return make(
            list_files.Table(
                name=one.name,
                title=one.title,
                made_at=asked.at,
                narrowed=form.in_words() if form else [],
                note=one.worked_out,
                columns=[
                    list_files.FileColumn(column.heading, column.name, column.kind.value)
                    for column in one.columns
                ],
                rows=[[column.of(row) for column in one.columns] for row in rows],
            )
        )

    return view


def _asked(
    one: ListPage, request: HttpRequest, captured: Mapping[str, Any]
) -> tuple[Asked, FilterForm | None]:
    now = clock.now()
    person: Person = VISITOR if isinstance(request.user, AnonymousUser) else request.user
    asked = Asked(
        person=person, on=clock.london_day(now), at=now, query=request.GET, captured=captured
    )
    if one.filters is None:
        return asked, None
    form = one.filters(request.GET) if isinstance(one.filters, type) else one.filters(asked)
    return replace(asked, filters=form.answers()), form


def _extra(one: ListPage, asked: Asked) -> Mapping[str, Any]:
    return one.context(asked) if one.context else {}


def _note_views(one: ListPage, rows: Sequence[Any], asked: Asked) -> None:
    if one.child is None or asked.person.pk is None:
        return
    refs = dict.fromkeys(ref for row in rows if (ref := one.child(row)))
    audit.record_views(
        subjects=[f"child {ref}" for ref in refs], page=one.name, by=asked.person, at=asked.at
    )


def _cell(column: Column, row: Any) -> Cell:
    value = column.of(row)
    text = SHOWN[column.kind](value)
    return Cell(
        text=text,
        hint=str(_read(row, column.hint) or "") if column.hint else "",
        href=column.link(row) if column.link else "",
        colour=colour_of(text) if column.kind is Kind.STATUS and text else "",
        is_numeric=column.is_numeric,
    )


def _read(row: Any, key: Value) -> Any:
    return getattr(row, key) if isinstance(key, str) else key(row)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)


def _number(value: Any) -> str:
    return "" if value is None else f"{value:,}"


SHOWN: Mapping[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _plain,
    Kind.STATUS: _plain,
    Kind.DATE: words.short_day,
    Kind.MOMENT: words.moment,
    Kind.MONEY: words.money,
    Kind.NUMBER: _number,
}
