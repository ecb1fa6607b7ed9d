"""Two lists over the record that nobody can change."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms

from flsf.core import clock
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import queries as audit
from flsf.web.components.filters import FilterForm, day
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.pages import Rows


class ViewFilters(FilterForm):
    who = forms.CharField(label="Who looked", required=False)
    subject = forms.CharField(label="Child's reference", required=False)
    since = day("From")
    until = day("To")


class EntryFilters(FilterForm):
    who = forms.CharField(label="Who did it", required=False)
    subject = forms.CharField(label="About", required=False)
    tag = forms.CharField(label="What", required=False)
    since = day("From")
    until = day("To")


def _views(asked: Asked) -> Rows:
    return audit.views(person=asked.person, **_narrowed(asked.filters, "who", "subject"))


def _entries(asked: Asked) -> Rows:
    return audit.entries(person=asked.person, **_narrowed(asked.filters, "who", "subject", "tag"))


def _narrowed(filters: Mapping[str, Any], *texts: str) -> dict[str, Any]:
    since, until = filters["since"], filters["until"]
    return {name: filters[name] or "" for name in texts} | {
        "since": clock.start_of(since) if since else None,
        "before": clock.start_of(until + timedelta(days=1)) if until else None,
    }


def _said(row: Any) -> str:
    """market:admission:suspension-lifted as "Admission suspension lifted"."""
    _, subject, verb = row.tag.split(":")
    return f"{subject} {verb}".replace("-", " ").capitalize()


VIEWS = ListPage(
    name="view-log",
    title="Who looked at children's records",
    section="access-log",
    permission=Permission.VIEW_ACCESS_LOG,
    columns=(
        Column("When", "at", Kind.MOMENT),
        Column("Who", "by_name"),
        Column("Record", lambda row: row.subject.removeprefix("child ")),
        Column("Page", lambda row: row.page.replace("-", " ").capitalize()),
    ),
    rows=_views,
    filters=ViewFilters,
    noun=("look", "looks"),
    empty="Nobody looked, or nobody that matches these filters.",
    worked_out=(
        "Every page and file that shows a child's record writes one line here for each child, "
        "whoever opens it. Lines cannot be changed or removed. Children stand here by reference "
        "only."
    ),
)

ENTRIES = ListPage(
    name="audit-log",
    title="What was done",
    section="audit-log",
    permission=Permission.VIEW_ACCESS_LOG,
    columns=(
        Column("When", "at", Kind.MOMENT),
        Column("Who", "by_name"),
        Column("What", _said),
        Column("About", "subject"),
        Column("Kind", "tag", in_files_only=True),
        Column("Details", lambda row: json.dumps(row.details), in_files_only=True),
    ),
    rows=_entries,
    filters=EntryFilters,
    noun=("thing done", "things done"),
    empty="Nothing was done that matches these filters.",
    worked_out=(
        "Every change is written down in the same step as it is made: if it cannot be written "
        "down, it is not made. Lines cannot be changed or removed, and hold references, not names "
        "of children."
    ),
)
