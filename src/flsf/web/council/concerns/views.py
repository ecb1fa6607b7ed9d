from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.casework.children import queries as children
from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.delivery.placements import queries as placements
from flsf.market.providers import queries as providers
from flsf.oversight.concerns import actions, queries, rules
from flsf.oversight.concerns.enums import Status
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.shared.calendars import queries as calendars
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, long_text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.pages import Rows


class ConcernFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", choices=[("", "Any"), *Status.choices], required=False
    )


class NoteForm(GovukForm):
    words = long_text("What was done?", missing="Say what was done")


class CloseForm(GovukForm):
    outcome = long_text("What came of it?", missing="Say what came of it")


def _concerns(asked: Asked) -> Rows:
    status = asked.filters["status"]
    wanted = Status(status) if status else None
    return queries.inbox(person=asked.person, on=asked.on, status=wanted)


def _about(concern: Any) -> str:
    words = [
        ("In danger now", concern.in_danger_now),
        ("About an adult", concern.is_about_an_adult),
    ]
    return ", ".join(word for word, holds in words if holds)


CONCERNS = ListPage(
    name="concern-list",
    title="Concerns",
    section="concerns",
    permission=Permission.VIEW_CONCERNS,
    columns=(
        Column(
            "Concern",
            "ref",
            link=lambda row: reverse("concern-page", kwargs={"ref": row.ref}),
        ),
        Column("Child", lambda row: row.child.ref),
        Column("What matters first", _about),
        Column("Status", lambda row: row.get_status_display(), Kind.STATUS),
        Column("Raised", "raised_at", Kind.MOMENT),
        Column("Handled by", lambda row: row.handled_by.name if row.handled_by else ""),
    ),
    rows=_concerns,
    filters=ConcernFilters,
    noun=("concern", "concerns"),
    empty="No concern matches these filters.",
)


@requires(Permission.VIEW_CONCERNS)
def concern_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One concern in full: only for the safeguarding leads."""
    person, now = person_of(request), clock.now()
    day = clock.london_day(now)
    concern = found(queries.with_ref(ref, person=person, on=day))
    form = _form_of(request, concern)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _act(request, concern.pk, form)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("concern-page", ref=ref)
    audit.record_view(subject=f"child {concern.child.ref}", page="concern-page", by=person, at=now)
    names = children.named([concern.child_id], person=person, on=day)
    raised_on = clock.london_day(concern.raised_at)
    lado = (
        rules.lado_by(raised_on, calendars.working_calendar())
        if concern.is_about_an_adult
        else None
    )
    verb = request.POST.get("verb")
    context = {
        "title": f"Concern {concern.ref}",
        "section": "concerns",
        "concern": concern,
        "child": names.get(concern.child_id),
        "steps": queries.steps(concern.pk, person=person, on=day),
        "lado_by": lado,
        "is_late": bool(lado and lado < day and concern.status != Status.CLOSED),
        "form": form,
        "note": form if verb == "note" else NoteForm(),
        "close": form if verb == "close" else CloseForm(),
        "Status": Status,
    }
    return render(request, "council/concerns/page.html", context)


def _form_of(request: HttpRequest, concern: Any) -> NoteForm | CloseForm | None:
    """The form that was sent; None when nothing was, or only a button."""
    if request.method != "POST":
        return None
    kinds: dict[str, type[NoteForm | CloseForm]] = {"note": NoteForm, "close": CloseForm}
    kind = kinds.get(request.POST.get("verb", ""))
    return kind(request.POST) if kind else None


def _act(request: HttpRequest, concern_id: int, form: NoteForm | CloseForm | None) -> None:
    who: dict[str, Any] = {"concern_id": concern_id, "by": person_of(request), "at": clock.now()}
    if isinstance(form, NoteForm):
        actions.note(words=form.cleaned_data["words"], **who)
    elif isinstance(form, CloseForm):
        actions.close(outcome=form.cleaned_data["outcome"], **who)
    else:
        actions.take(**who)


@dataclass(frozen=True, slots=True)
class Present:
    """A child who is with a provider today."""

    ref: str
    child_ref: str
    child: str
    placement: str
    since: Any


def _present(asked: Asked) -> Rows:
    provider = found(providers.with_ref(asked.captured["ref"], person=asked.person))
    running = placements.with_provider(provider.pk, on=asked.on)
    ids = {one.child_id for one in running}
    names = children.named(ids, person=asked.person, on=asked.on)
    return [
        Present(
            ref=one.ref,
            child_ref=one.child_ref,
            child=str(names[one.child_id]) if one.child_id in names else f"Child {one.child_ref}",
            placement=one.service_name or one.nature,
            since=one.since,
        )
        for one in running
    ]


PRESENT = ListPage(
    name="children-with-provider",
    title="Who is with this provider now?",
    section="concerns",
    permission=Permission.VIEW_CONCERNS,
    columns=(
        Column(
            "Placement",
            "ref",
            link=lambda row: reverse("placement-page", kwargs={"ref": row.ref}),
        ),
        Column("Child", "child"),
        Column("Support", "placement"),
        Column("Since", "since", Kind.DATE),
    ),
    rows=_present,
    child=lambda row: row.child_ref,
    noun=("child", "children"),
    empty="No child is with this provider today.",
)
