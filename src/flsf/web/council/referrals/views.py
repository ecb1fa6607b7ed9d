from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from flsf.casework.children import queries as children
from flsf.casework.children.enums import Care, SenStage
from flsf.casework.children.rules import Facts
from flsf.casework.referrals import actions, queries
from flsf.casework.referrals.enums import (
    ClockKind,
    ClosedBecause,
    Ground,
    Purpose,
    Route,
    Status,
    Urgency,
)
from flsf.casework.referrals.rules import Asked, due_in_words
from flsf.core import clock, half_days
from flsf.core.needs import Need
from flsf.core.refusals import Refusal
from flsf.flows.refer_child import refer_child
from flsf.market.providers.enums import Mode, mode_bit
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of, requires
from flsf.web.council.referrals.forms import (
    MoveForm,
    NoteForm,
    OfficerReferralForm,
    TriageForm,
)


class Opened:
    """A referral that was found, and whose child's record was thereby opened."""

    def __init__(self, request: HttpRequest, ref: str) -> None:
        self.person, self.at = person_of(request), clock.now()
        self.on = clock.london_day(self.at)
        self.referral: Any = found(queries.with_ref(ref, person=self.person, on=self.on))
        self.child = children.named([self.referral.child_id], person=self.person, on=self.on).get(
            self.referral.child_id
        )
        if self.child is not None:
            page = request.resolver_match.url_name if request.resolver_match else ""
            audit.record_view(
                subject=f"child {self.child.ref}", page=page or "", by=self.person, at=self.at
            )
        self.context = {"referral": self.referral, "child": self.child}

    def back(self) -> HttpResponse:
        return redirect("referral-page", ref=self.referral.ref)


@requires(Permission.WORK_REFERRALS)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    one = opened.referral
    clocks = [
        {
            "kind": ClockKind(timer.kind).label,
            "due_on": timer.due_on,
            "words": due_in_words(timer.due_on, opened.on, timer.met_on),
            "is_late": timer.met_on is None and timer.due_on < opened.on,
            "starts_on": timer.starts_on,
            "days": timer.days,
            "source": timer.source,
            "may_stop": timer.met_on is None and timer.kind == ClockKind.DECISION,
        }
        for timer in queries.clocks(one.pk)
    ]
    context = opened.context | {
        "status": Status(one.status).label,
        "clocks": clocks,
        "notes": list(queries.notes(one.pk)),
        "changes": [
            {
                "status": Status(change.status).label,
                "because": ClosedBecause(change.because).label if change.because else "",
                "note": change.note,
                "who": change.decided_by.name if change.decided_by else "",
                "from": change.takes_effect_on,
            }
            for change in queries.changes(one.pk)
        ],
        "half_days": [str(one_half) for one_half in half_days.from_mask(one.half_days_mask)],
        "modes": [mode.label for mode in Mode if one.modes_mask & mode_bit(mode)],
        "is_mine": one.worker_id == opened.person.pk,
    }
    return render(request, "council/referrals/page.html", context)


@requires(Permission.WORK_REFERRALS)
@require_POST
def take_on(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    actions.take_on(
        referral_id=opened.referral.pk, worker_id=opened.person.pk, by=opened.person, at=opened.at
    )
    messages.success(request, "You work on this referral now.")
    return opened.back()


@requires(Permission.WORK_REFERRALS)
@require_POST
def told_family(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    actions.stop_clock(
        referral_id=opened.referral.pk,
        kind=ClockKind.DECISION,
        met_on=opened.on,
        by=opened.person,
        at=opened.at,
    )
    messages.success(request, "It is recorded that they were told today what happens next.")
    return opened.back()


@requires(Permission.WORK_REFERRALS)
@require_POST
def mark_read(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    actions.mark_read(referral_id=opened.referral.pk, by=opened.person, at=opened.at)
    messages.success(request, "What was added is marked as read.")
    return opened.back()


@requires(Permission.WORK_REFERRALS)
def triage(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    one = opened.referral
    names = ("ground", "legal_basis", "purpose", "team", "urgency", "urgency_reason")
    form = TriageForm(request.POST or None, initial={name: getattr(one, name) for name in names})
    if request.method == "POST" and form.is_valid():
        child = found(children.with_id(one.child_id, person=opened.person, on=opened.on))
        try:
            actions.triage(
                referral_id=one.pk,
                **form.cleaned_data,
                school_id=child.school_id,
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error("urgency_reason", str(refusal))
        else:
            messages.success(request, "What you decided is saved.")
            return opened.back()
    return _asked_on(request, opened, "Read and decide", form, "Save")


@requires(Permission.WORK_REFERRALS)
def move(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    form = MoveForm(request.POST or None, before=Status(opened.referral.status))
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(
                referral_id=opened.referral.pk,
                **form.cleaned_data,
                takes_effect_on=opened.on,
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The referral is {form.cleaned_data['status'].label}.")
            return opened.back()
    return _asked_on(request, opened, "Change the status", form, "Save")


@requires(Permission.WORK_REFERRALS)
def add_note(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_note(
            referral_id=opened.referral.pk,
            words=form.cleaned_data["words"],
            by=opened.person,
            at=opened.at,
        )
        messages.success(request, "Your note is added.")
        return opened.back()
    return _asked_on(request, opened, "Add a note", form, "Add")


@requires(Permission.WORK_REFERRALS)
def new(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    today = clock.london_day(now)
    wanted = {"child_ref": request.GET.get("child", ""), "urgency": Urgency.PLANNED}
    form = OfficerReferralForm(request.POST or None, today=today, initial=wanted)
    key = _key_of(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        known = children.with_ref(given["child_ref"], person=person, on=today)
        if given["child_ref"] and known is None:
            form.add_error("child_ref", "We know no child with that reference. Check it")
        else:
            try:
                receipt = refer_child(
                    facts=known.facts if known else _facts(given),
                    asked=_asked(given, key),
                    child_id=known.pk if known else None,
                    by=person,
                    at=now,
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _said(receipt.ref, is_joined=receipt.is_joined))
                seen = queries.with_id(receipt.referral_id, person=person, on=today)
                return (
                    redirect("referral-page", ref=seen.ref) if seen else redirect("referral-list")
                )
    context = {"form": form, "sent_once_key": key}
    return render(request, "council/referrals/new.html", context)


def _asked_on(
    request: HttpRequest, opened: Opened, title: str, form: Any, button: str
) -> HttpResponse:
    address = reverse("referral-page", kwargs={"ref": opened.referral.ref})
    context = {
        "title": title,
        "caption": f"Referral {opened.referral.ref}",
        "form": form,
        "button": button,
        "cancel": address,
        "back": {"text": "Back to the referral", "href": address},
        "section": "referrals",
    }
    return render(request, "layouts/question.html", opened.context | context)


def _key_of(request: HttpRequest) -> str:
    """The key that this form was opened with; one that we did not give out is another form's."""
    try:
        return UUID(request.POST.get("sent_once_key", "")).hex
    except ValueError:
        return uuid4().hex


def _said(ref: str, *, is_joined: bool) -> str:
    if is_joined:
        return f"This child had an open referral, so what you wrote was added to it as {ref}."
    return f"Referral {ref} is sent and its clocks run."


def _facts(given: dict[str, Any]) -> Facts:
    main = Need(given["main_need"]) if given["main_need"] else None
    return Facts(
        first_name=given["first_name"].strip(),
        last_name=given["last_name"].strip(),
        birth_date=given["birth_date"],
        upn=given["upn"],
        care=Care(given["care"]),
        sen_stage=SenStage(given["sen_stage"]),
        main_need=main,
        needs=frozenset({main} if main else ()),
    )


def _asked(given: dict[str, Any], key: str) -> Asked:
    return Asked(
        route=Route.OFFICER,
        ground=Ground(given["ground"]),
        purpose=Purpose(given["purpose"]),
        first_aware_on=given["first_aware_on"],
        urgency=Urgency(given["urgency"]),
        urgency_reason=given["urgency_reason"],
        what_happens=given["what_happens"],
        what_helps=given["what_helps"],
        sent_once_key=key,
    )
