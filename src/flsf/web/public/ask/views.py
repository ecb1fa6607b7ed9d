import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from flsf.casework.referrals import queries
from flsf.casework.referrals.enums import FAMILY_WORDS, Route
from flsf.casework.referrals.rules import looks_dangerous, steps_of
from flsf.core import clock
from flsf.core.people import VISITOR, Person
from flsf.core.refusals import Refusal
from flsf.flows.hear_family import hear_more
from flsf.flows.refer_child import refer_child
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, public
from flsf.web.components.steps import Draft, shown, typed_in
from flsf.web.public.ask import questions
from flsf.web.public.ask.forms import TellForm

DRAFT, RECEIPT, FOLLOWED, WARNED = "ask-draft", "ask-receipt", "ask-followed", "ask-warned"
KEY_BYTES = 24


@public
def start(request: HttpRequest) -> HttpResponse:
    """What it is for, how long it takes, and who reads it."""
    draft = _draft(request)
    going_on = bool(draft and draft.is_begun)
    first = questions.steps(clock.london_day(clock.now()))[0].slug
    return render(request, "public/ask/start.html", {"going_on": going_on, "first": first})


@never_cache
@public
def step(request: HttpRequest, slug: str) -> HttpResponse:
    draft = _draft(request, begin=request.method == "POST")
    if draft is None:
        if slug != "who":
            return redirect("ask-step", slug="who")
        draft = _empty(request)
    if request.method == "POST":
        found(draft.find(slug))
        draft.keep(slug, typed_in(request.POST))
    one = found(draft.find(slug))
    if request.method == "POST" and one.is_done:
        return _onwards(request, draft, slug)
    before = draft.before(slug)
    context = {
        "title": one.step.titled(draft.said),
        "step": one.step,
        "form": one.form,
        "back": {
            "text": "Back",
            "href": reverse("ask-step", args=[before]) if before else reverse("ask"),
        },
    }
    return render(request, "public/ask/step.html", context)


@never_cache
@public
def danger(request: HttpRequest) -> HttpResponse:
    """Whom to call now. What was typed is kept, and the request can still be sent."""
    draft = _draft(request)
    return render(
        request,
        "public/ask/danger.html",
        {
            "slug": (draft and draft.next_slug()) or "",
            "is_sent": "told" in request.GET,
            "is_begun": bool(draft),
        },
    )


@never_cache
@public
def check(request: HttpRequest) -> HttpResponse:
    draft = _draft(request)
    if draft is None:
        return redirect("ask-sent" if RECEIPT in request.session else "ask")
    if slug := draft.next_slug():
        return redirect("ask-step", slug=slug)
    trouble = ""
    if request.method == "POST":
        try:
            _send(request, draft)
        except Refusal as refusal:
            trouble = str(refusal)
        else:
            return redirect("ask-sent")
    said = draft.said
    rows = [(one.step.titled(said), one.step.slug, shown(one.form)) for one in draft.asked]
    return render(request, "public/ask/check.html", {"rows": rows, "trouble": trouble})


@never_cache
@public
def sent(request: HttpRequest) -> HttpResponse:
    """The reference, what happens next and by when, and the link: shown this once."""
    receipt = request.session.get(RECEIPT)
    if not receipt:
        return redirect("ask")
    link = receipt.pop("key", "")
    request.session[RECEIPT] = receipt
    address = request.build_absolute_uri(reverse("ask-status-open", args=[link])) if link else ""
    return render(request, "public/ask/sent.html", {"receipt": receipt, "address": address})


@never_cache
@public
def open_status(request: HttpRequest, key: str) -> HttpResponse:
    """The key is taken out of the address at once, so that no later page tells it."""
    followed = queries.by_status_key(key, on=clock.london_day(clock.now()))
    request.session[FOLLOWED] = key if followed else ""
    return redirect("ask-status")


@never_cache
@public
def status(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    key = request.session.get(FOLLOWED, "")
    followed = queries.by_status_key(key, on=clock.london_day(now)) if key else None
    if followed is None:
        return render(request, "public/ask/no_status.html", status=404)
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        is_danger = hear_more(
            referral_id=followed.referral_id,
            child_id=followed.child_id,
            ref=followed.ref,
            words=words,
            by_name="Whoever asked",
            by=VISITOR,
            at=now,
        )
        if is_danger:
            return redirect(reverse("ask-danger") + "?told")
        return redirect("ask-status-told")
    context = {
        "one": followed,
        "steps": steps_of(followed.status),
        "status": FAMILY_WORDS[followed.status],
        "form": form,
    }
    return render(request, "public/ask/status.html", context)


@public
def told(request: HttpRequest) -> HttpResponse:
    return render(request, "public/ask/told.html")


def _person(request: HttpRequest) -> Person:
    """A signed-in parent or young person asks as themselves; anybody else as a visitor."""
    user = request.user
    if user.is_authenticated and user.may(Permission.VIEW_OWN_REQUESTS):
        return user
    return VISITOR


def _empty(request: HttpRequest, key: str = "") -> Draft:
    now = clock.now()
    steps = questions.steps(clock.london_day(now))
    return Draft(steps, Route.FAMILY, key, by=_person(request), at=now)


def _draft(request: HttpRequest, *, begin: bool = False) -> Draft | None:
    key = request.session.get(DRAFT, "")
    if not key and not begin:
        return None
    if not key:
        key = request.session[DRAFT] = secrets.token_urlsafe(KEY_BYTES)
    return _empty(request, key)


def _onwards(request: HttpRequest, draft: Draft, slug: str) -> HttpResponse:
    words = looks_dangerous(*questions.texts_of(draft.said))
    if words and not request.session.get(WARNED):
        request.session[WARNED] = True
        return redirect("ask-danger")
    following = draft.next_slug(slug)
    return redirect("ask-step", slug=following) if following else redirect("ask-check")


def _send(request: HttpRequest, draft: Draft) -> None:
    now, person, said = clock.now(), _person(request), draft.said
    today = clock.london_day(now)
    receipt = refer_child(
        facts=questions.facts_of(said),
        asked=questions.asked_of(said, today=today, once=draft.once),
        contact=questions.contact_of(said, person.pk),
        note=questions.note_of(said),
        by=person,
        at=now,
    )
    followed = queries.by_status_key(receipt.status_key, on=today) if receipt.status_key else None
    tell_by: Any = followed.tell_by if followed else None
    request.session[RECEIPT] = {
        "ref": receipt.ref,
        "key": receipt.status_key,
        "tell_by": f"{tell_by.day} {tell_by:%B}" if tell_by else "",
        "emailed": bool(said["email"] and "may_email" in said["safe"]),
    }
    request.session[FOLLOWED] = receipt.status_key
    draft.discard()
    del request.session[DRAFT]
    request.session.pop(WARNED, None)
