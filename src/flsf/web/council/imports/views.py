from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.shared.accounts.enums import Permission
from flsf.shared.imports import queries
from flsf.shared.imports.enums import BatchStatus, Kind
from flsf.shared.imports.rules.sheet_columns import SHEETS
from flsf.web.access import found, person_of, requires
from flsf.web.components.csv_file import csv_response
from flsf.web.components.lists import Column, ListPage
from flsf.web.components.lists import Kind as Shown

PROBLEMS_SHOWN = 50

BATCHES = ListPage(
    name="import-list",
    title="Bring in data",
    section="imports",
    permission=Permission.IMPORT_DATA,
    columns=(
        Column(
            "Batch",
            "ref",
            link=lambda row: reverse("import-page", kwargs={"ref": row.ref}),
            hint="file_name",
        ),
        Column("What", lambda row: row.get_kind_display()),
        Column("Status", lambda row: row.get_status_display(), Shown.STATUS),
        Column("New", "rows_new", Shown.NUMBER),
        Column("Changed", "rows_changed", Shown.NUMBER),
        Column("Same", "rows_same", Shown.NUMBER),
        Column("Need you", "rows_bad", Shown.NUMBER),
        Column("Brought", "brought_at", Shown.MOMENT),
        Column("By", lambda row: row.brought_by.name if row.brought_by else "The command line"),
    ),
    rows=lambda asked: queries.batches(person=asked.person),
    noun=("file", "files"),
    empty="No file has been brought in yet.",
    template="council/imports/list.html",
    context=lambda _: {"kinds": [(kind.value, kind.label) for kind in SHEETS]},
    worked_out=(
        "New: a record was made for the row. Changed: we held the record, and the row changed "
        "it. Same: we held it, and nothing was changed. Need you: the row could not be read, so "
        "it was left out. Until a file is taken in, these say what would happen."
    ),
)


@requires(Permission.IMPORT_DATA)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """A batch as it stands: what would happen, or what did."""
    person = person_of(request)
    batch = found(queries.with_ref(ref, person=person))
    may_read = queries.may_read_rows(batch, person=person)
    if batch.status == BatchStatus.BROUGHT and may_read:
        return redirect("import-columns", ref=ref)
    every = queries.problems(batch, person=person)
    good = batch.rows_new + batch.rows_changed + batch.rows_same
    context: dict[str, Any] = {
        "batch": batch,
        "good": good,
        "shown": list(every[:PROBLEMS_SHOWN]),
        "problem_count": every.count(),
        "is_checked": batch.status == BatchStatus.CHECKED and may_read,
        "may_read": may_read,
        "may_undo": batch.status == BatchStatus.COMMITTED and bool(batch.undo),
    }
    return render(request, "council/imports/page.html", context)


@requires(Permission.IMPORT_DATA)
def problems(request: HttpRequest, ref: str) -> HttpResponse:
    """What is wrong with which row, as a file to mend the sheet by."""
    person = person_of(request)
    batch = found(queries.with_ref(ref, person=person))
    found(batch if queries.may_read_rows(batch, person=person) else None)
    return csv_response(
        filename=f"{ref}-problems.csv",
        headings=("Row", "Column", "Value", "Reason", "Row is left out"),
        rows=(
            (one.row, one.column, one.value, one.reason, "no" if one.is_warning else "yes")
            for one in queries.problems(batch, person=person)
        ),
    )


@requires(Permission.IMPORT_DATA)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet with our headings and one example, for those who start from nothing."""
    columns = found(SHEETS.get(Kind(kind)) if kind in Kind.values else None)
    return csv_response(
        filename=f"{kind}-template.csv",
        headings=[one.label for one in columns],
        rows=[[one.example for one in columns]],
    )
