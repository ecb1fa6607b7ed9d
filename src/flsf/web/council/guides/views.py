"""What the council publishes on the Local Offer in its own words: its list, versions, reviews."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.core import clock
from flsf.core.dates import anniversary
from flsf.core.refusals import Refusal
from flsf.flows.publish_guide import publish_guide
from flsf.market.guides import actions, queries
from flsf.market.guides.enums import Kind, Standing
from flsf.market.guides.queries import Shown
from flsf.shared.accounts.enums import Permission
from flsf.shared.documents import actions as documents
from flsf.shared.documents.rules import BadFile
from flsf.web.access import found, person_of, requires
from flsf.web.components import refused
from flsf.web.components.fields import GovukForm, posted
from flsf.web.components.lists import Asked, Column, ListPage
from flsf.web.components.lists import Kind as Shows
from flsf.web.council.guides.forms import FORMS, PARTS, ReviewForm, TakeOffForm

P = Permission
FIELDS: refused.Fields = {
    actions.ReasonMissing: ("because", "why"),
    actions.BeginsInThePast: ("in_force_from",),
    actions.BeginsBeforeAnother: ("in_force_from",),
    actions.NotListed: ("services",),
    documents.ScannerAway: ("file",),
}


def _rows(asked: Asked) -> list[Shown]:
    return queries.register(person=asked.person, on=asked.on)


def _kinds(asked: Asked) -> dict[str, Any]:
    """The kinds that one more can be begun of."""
    kept = queries.register(person=asked.person, on=asked.on)
    has_one = any(one.kind is Kind.OAP and one.taken_off_on is None for one in kept)
    return {"to_begin": [kind for kind in Kind if kind is not Kind.OAP or not has_one]}


GUIDES = ListPage(
    name="guide-list",
    title="Pages of the council",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column("Page", "title", link=lambda row: reverse("guide-page", kwargs={"ref": row.ref})),
        Column("What it is", "kind_label"),
        Column("Standing", lambda row: row.standing.value, Shows.STATUS),
        Column("Version", "number", Shows.NUMBER),
        Column("Read from", "in_force_from", Shows.DATE),
        Column("Last looked at", "reviewed_on", Shows.DATE),
        Column("Look again by", "next_review_on", Shows.DATE),
    ),
    rows=_rows,
    template="council/guides/list.html",
    context=_kinds,
    noun=("page", "pages"),
    empty="Nothing has been published yet.",
    worked_out=(
        "A page whose review is due stays published, and says to its readers that it may have "
        "changed. One that begins on a later day is not published yet."
    ),
)


@requires(P.EDIT_PROVIDERS)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The page as it stands, every version and every review of it."""
    person, on = person_of(request), clock.london_day(clock.now())
    guide = found(queries.with_ref(ref, person=person, on=on))
    is_read = guide.standing in (Standing.PUBLISHED, Standing.REVIEW_DUE)
    context = {
        "guide": guide,
        "versions": queries.versions(guide.guide_id),
        "reviews": queries.reviews(guide.guide_id),
        "public_page": _public_page(guide) if is_read else "",
    }
    return render(request, "council/guides/page.html", context)


def _public_page(guide: Shown) -> str:
    if guide.kind is Kind.OAP:
        return reverse("oap")
    return reverse("pathway", kwargs={"slug": guide.slug})


@requires(P.EDIT_PROVIDERS)
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """A new page, with its first version."""
    which = found(Kind(kind) if kind in Kind else None)
    return _publish(request, which, None)


@requires(P.EDIT_PROVIDERS)
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    """A new version of a page."""
    on = clock.london_day(clock.now())
    guide = found(queries.with_ref(ref, person=person_of(request), on=on))
    return _publish(request, guide.kind, guide)


def _publish(request: HttpRequest, kind: Kind, guide: Shown | None) -> HttpResponse:
    person, now = person_of(request), clock.now()
    latest = queries.versions(guide.guide_id)[0] if guide else None
    before = latest.content if latest else None
    form = FORMS[kind](
        posted(request),
        request.FILES or None,
        initial=_begun(kind, latest) | {"in_force_from": clock.london_day(now)},
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data.get("file")
        try:
            ref = publish_guide(
                kind=kind,
                content=form.content(before),
                **form.days(),
                guide_id=guide.guide_id if guide else None,
                seen_version=form.cleaned_data["seen_version"] or 0,
                file_name=file.name if file else "",
                file_content=file.read() if file else None,
                by=person,
                at=now,
            )
        except Refusal as refusal:
            _say(form, refusal)
        else:
            messages.success(request, f"“{form.cleaned_data['title']}” is published")
            return redirect("guide-page", ref=ref)
    context = {"form": form, "kind": kind, "guide": guide}
    return render(request, "council/guides/publish.html", context)


def _begun(kind: Kind, latest: queries.VersionRow | None) -> dict[str, Any]:
    if latest is None:
        return {"seen_version": 0, "lowest_age": 16, "highest_age": 25}
    said = {
        "seen_version": latest.number,
        **{name: getattr(latest, name) for name in ("title", "summary", "for_whom")},
        "search_words": latest.search_words,
    }
    return said | FORMS[kind].typed(latest.content)


def _say(form: GovukForm, refusal: Refusal) -> None:
    """Where the field is that the refusal is about; a file refused says what it is."""
    if isinstance(refusal, actions.NotWhole):
        for name, words in refusal.problems.items():
            form.add_error(PARTS.get(name, name), words)
    elif isinstance(refusal, BadFile):
        form.add_error("file", str(refusal))
    else:
        refused.say(form, refusal, FIELDS)


@requires(P.EDIT_PROVIDERS)
def review(request: HttpRequest, ref: str) -> HttpResponse:
    """It is right as it is."""
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    guide = found(queries.with_ref(ref, person=person, on=today))
    form = ReviewForm(posted(request), initial={"next_review_on": anniversary(today, 1)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.review(guide_id=guide.guide_id, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            _say(form, refusal)
        else:
            messages.success(request, f"Readers see that “{guide.title}” was looked at today")
            return redirect("guide-page", ref=ref)
    return _asked(request, guide, form, "It is still right", "Say that it is right")


@requires(P.EDIT_PROVIDERS)
def take_off(request: HttpRequest, ref: str) -> HttpResponse:
    """People no longer read it."""
    person, now = person_of(request), clock.now()
    guide = found(queries.with_ref(ref, person=person, on=clock.london_day(now)))
    form = TakeOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_off(guide_id=guide.guide_id, **form.cleaned_data, by=person, at=now)
        except Refusal as refusal:
            _say(form, refusal)
        else:
            messages.success(request, f"“{guide.title}” is no longer on the Local Offer")
            return redirect("guide-page", ref=ref)
    return _asked(request, guide, form, f"Take “{guide.title}” off", "Take it off")


def _asked(
    request: HttpRequest, guide: Shown, form: GovukForm, title: str, button: str
) -> HttpResponse:
    context = {"guide": guide, "form": form, "title": title, "button": button}
    return render(request, "council/guides/asked.html", context)
