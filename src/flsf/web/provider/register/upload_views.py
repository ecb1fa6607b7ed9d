"""A whole register from a spreadsheet."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.delivery.attendance import actions as attendance
from flsf.shared.accounts.enums import Permission
from flsf.web.access import person_of, requires
from flsf.web.components.csv_file import csv_response
from flsf.web.components.fields import GovukForm, text
from flsf.web.provider import own
from flsf.web.provider.register import sheets

MOST_SHOWN = 100


class UploadForm(GovukForm):
    file = forms.FileField(
        label="Choose the file",
        help_text="A CSV file or an Excel workbook (.xlsx).",
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose another.",
            "missing": "Choose a file",
        },
    )
    late_reason = text(
        "Why are sessions of more than a week ago marked so late?",
        missing="",
        required=False,
        max_length=200,
        help_text="Only if the file has some.",
    )
    only_whole = forms.BooleanField(label="Keep nothing if any row is wrong", required=False)


@requires(Permission.MAKE_CLAIMS)
def register_upload(request: HttpRequest) -> HttpResponse:
    """The rows become marks; what is wrong with the others is told by number."""
    person, now = person_of(request), clock.now()
    form = UploadForm(own.posted(request), request.FILES or None)
    done = None
    if request.method == "POST" and form.is_valid():
        try:
            rows = sheets.rows_of(form.cleaned_data["file"])
            done = attendance.upload(
                rows=rows,
                organisation_ids=person.reach.organisation_ids,
                late_reason=form.cleaned_data["late_reason"],
                keep_good=not form.cleaned_data["only_whole"],
                by=person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            request.session["register-errors"] = [list(one) for one in done.errors[:10_000]]
    context = {
        "title": "Upload a register",
        "section": "register",
        "form": form,
        "done": done,
        "columns": attendance.COLUMNS,
        "most_shown": MOST_SHOWN,
        "kept_whole": bool(done and done.errors and form.cleaned_data["only_whole"]),
    }
    return render(request, "provider/register/upload.html", context)


@requires(Permission.MAKE_CLAIMS)
def register_errors(request: HttpRequest) -> HttpResponse:
    """The rows of the last upload that were not kept, as a file to mend."""
    found: Sequence[Sequence[object]] = request.session.get("register-errors", [])
    return csv_response(
        filename="register-rows-to-mend.csv",
        headings=("Row", "Column", "What it says", "What to do"),
        rows=found,
    )


@requires(Permission.MAKE_CLAIMS)
def register_template(_request: HttpRequest) -> HttpResponse:
    """An empty register with the headings, and one row that shows how."""
    return csv_response(filename="register.csv", headings=attendance.COLUMNS, rows=list(_example()))


def _example() -> Iterator[list[str]]:
    yield list(chain(("PL-7K3FD", "14/05/2026", "am", "yes", "", "yes"), ("",) * 5))
