"""The steps from a file to a batch, each a page that makes one call and goes on to the next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.flows import import_sheet as flow
from flsf.shared.accounts.enums import Permission
from flsf.shared.imports import actions, queries
from flsf.shared.imports.enums import BatchStatus, Kind
from flsf.shared.imports.rules.refused import WhichSheet
from flsf.shared.imports.rules.sources import Source
from flsf.shared.imports.rules.workbooks import first_rows, sheet_table, sheets_of
from flsf.web.access import found, person_of, requires
from flsf.web.council.imports.forms import ColumnsForm, FileForm, SheetForm

ROWS_SHOWN = 3


@requires(Permission.IMPORT_DATA)
def start(request: HttpRequest) -> HttpResponse:
    """The file, and what it holds."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            ref = flow.bring(
                kind=Kind(form.cleaned_data["kind"]),
                source=Source.of_bytes(file.name, content),
                content=content,
                by=person_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("import-columns", ref=ref)
    return render(request, "council/imports/start.html", {"form": form})


@requires(Permission.IMPORT_DATA)
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Which sheet of a workbook."""
    person = person_of(request)
    found(queries.with_ref(ref, person=person))
    try:
        waiting = queries.upload(ref, person=person)
    except Refusal as refusal:
        return _back(request, ref, refusal)
    form = SheetForm(request.POST or None, sheets=sheets_of(waiting.source).visible)
    if request.method == "POST" and form.is_valid():
        actions.choose_sheet(ref=ref, sheet=form.cleaned_data["sheet"], by=person, at=clock.now())
        return redirect("import-columns", ref=ref)
    return render(request, "council/imports/sheet.html", {"form": form, "ref": ref})


@requires(Permission.IMPORT_DATA)
def columns(request: HttpRequest, ref: str) -> HttpResponse:
    """Which heading stands for which of our columns; then everything is tried and undone."""
    person = person_of(request)
    batch = found(queries.with_ref(ref, person=person))
    try:
        waiting = queries.upload(ref, person=person)
        table = sheet_table(waiting.source, sheet=waiting.sheet)
    except WhichSheet:
        return redirect("import-sheet", ref=ref)
    except Refusal as refusal:
        return _back(request, ref, refusal)
    chosen = waiting.columns or queries.columns_for(waiting.kind, table.headings)
    form = ColumnsForm(
        request.POST or None,
        kind=waiting.kind,
        headings=table.headings,
        chosen=chosen,
        merges=waiting.merges,
    )
    if request.method == "POST" and form.is_valid():
        try:
            flow.check(ref=ref, columns=form.columns, merges=form.merges, by=person, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("import-page", ref=ref)
    sample = [[str(cell) for cell in cells] for _, cells in first_rows(table, ROWS_SHOWN)]
    context = {"form": form, "batch": batch, "headings": table.headings, "sample": sample}
    return render(request, "council/imports/columns.html", context)


@requires(Permission.IMPORT_DATA)
def commit(request: HttpRequest, ref: str) -> HttpResponse:
    """All good rows are taken in."""
    person = person_of(request)
    found(queries.with_ref(ref, person=person))
    if request.method == "POST":
        try:
            report = flow.commit(ref=ref, is_all_or_nothing=False, by=person, at=clock.now())
        except Refusal as refusal:
            return _back(request, ref, refusal)
        messages.success(request, f"{report.sentence[:1].upper()}{report.sentence[1:]}.")
    return redirect("import-page", ref=ref)


@requires(Permission.IMPORT_DATA)
def refuse(request: HttpRequest, ref: str) -> HttpResponse:
    """Nothing is taken in, and the file is removed."""
    person = person_of(request)
    found(queries.with_ref(ref, person=person))
    if request.method == "POST":
        actions.refuse(ref=ref, by=person, at=clock.now())
        messages.success(request, "Nothing was taken in, and the file is removed.")
    return redirect("import-list")


@requires(Permission.IMPORT_DATA)
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """What the batch made is taken away again, after saying so."""
    person = person_of(request)
    batch = found(queries.with_ref(ref, person=person))
    if batch.status != BatchStatus.COMMITTED or not batch.undo:
        return redirect("import-page", ref=ref)
    if request.method == "POST":
        try:
            flow.undo(ref=ref, by=person, at=clock.now())
        except Refusal as refusal:
            return _back(request, ref, refusal)
        messages.success(request, f"Batch {ref} is undone.")
        return redirect("import-page", ref=ref)
    context = {"batch": batch, "button": "Undo this batch", "title": f"Undo batch {ref}?"}
    return render(request, "council/imports/undo.html", context)


def _back(request: HttpRequest, ref: str, refusal: Refusal) -> HttpResponse:
    """The batch again, with what stands in the way."""
    messages.error(request, str(refusal))
    batch = queries.with_ref(ref, person=person_of(request))
    waits = batch is not None and batch.status == BatchStatus.BROUGHT
    return redirect("import-list") if waits else redirect("import-page", ref=ref)
