from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.people import Person
from flsf.core.refusals import Refusal
from flsf.delivery.attendance.actions import AlreadyMarked, NeedsAgreement, NeedsReason
from flsf.delivery.attendance.enums import Source
from flsf.flows import record_session as flow
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import person_of, requires
from flsf.web.components.worry_form import WorryForm
from flsf.web.provider import own
from flsf.web.provider.register import worries
from flsf.web.provider.register.forms import HandOverForm, SessionForm
from flsf.web.provider.register.rows import in_words
from flsf.web.provider.register.sessions import Session, session_at


@requires(Permission.RECORD_SESSIONS)
def session_mark(request: HttpRequest, ref: str, session: str) -> HttpResponse:
    """Three questions: did it happen, did they come, were they late."""
    person, now = person_of(request), clock.now()
    asked = session_at(person, ref, session, at=now)
    form = SessionForm(
        own.posted(request), initial=asked.initial(), known_as=asked.known_as, goals=asked.goals
    )
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, asked, form)
        except AlreadyMarked:
            asked = session_at(person, ref, session, at=now)
            form.add_error(None, "Somebody has marked this session already. Look at both.")
        except Refusal as refusal:
            form.add_error(_field_of(refusal, asked), str(refusal))
        else:
            return _onwards(request, asked, form)
    _note_view(asked, "session-mark", by=person, at=now)
    return render(
        request,
        "provider/register/session.html",
        {
            "title": f"{asked.known_as}, {asked.half.label.lower()}",
            "section": "register",
            "session": asked,
            "form": form,
            "stands": in_words(asked.mark) if asked.mark else "",
            "is_second": bool(asked.mark) and request.POST.get("seen") == "",
            "worries": worries.unfinished(request),
        },
    )


def _keep(request: HttpRequest, asked: Session, form: SessionForm) -> None:
    """Makes the mark, or corrects the one that the worker has seen. Raises AlreadyMarked."""
    person, now, said = person_of(request), clock.now(), form.cleaned_data
    session = flow.Session(
        placement_id=asked.mine.placement.id,
        day=asked.day,
        half=asked.half,
        facts=form.facts(),
        note=said["note"],
        agreed_by=said["agreed_by"],
        late_reason=said["late_reason"],
        source=Source.OFFICE if own.manages(person) else Source.PHONE,
    )
    if asked.mark is not None and said["seen"] == str(asked.mark.id):
        flow.correct_session(
            mark_id=asked.mark.id,
            session=session,
            reason=said["reason"],
            steps=form.steps(),
            by=person,
            at=now,
        )
    else:
        flow.record_session(session=session, steps=form.steps(), by=person, at=now)


def _field_of(refusal: Refusal, asked: Session) -> str | None:
    """Where on the page the refusal is mended."""
    if isinstance(refusal, NeedsReason):
        return "reason" if asked.mark else "late_reason"
    return "agreed_by" if isinstance(refusal, NeedsAgreement) else None


def _onwards(request: HttpRequest, asked: Session, form: SessionForm) -> HttpResponse:
    messages.success(request, f"Saved: {asked.known_as}, {asked.half.label.lower()}.")
    if form.cleaned_data["worried"]:
        worries.begin(request, asked.mine.ref, asked.code)
        return redirect("session-worry", ref=asked.mine.ref, session=asked.code)
    return redirect("provider-today")


@requires(Permission.RECORD_SESSIONS)
def session_worry(request: HttpRequest, ref: str, session: str) -> HttpResponse:
    """A worry goes to the safeguarding leads alone, written or handed over."""
    person, now = person_of(request), clock.now()
    asked = session_at(person, ref, session, at=now)
    hands_over = "hand-over" in request.POST
    form = WorryForm(None if hands_over else own.posted(request))
    hand_over = HandOverForm(request.POST if hands_over else None, prefix="over")
    filled = hand_over if hands_over else form
    if request.method == "POST" and filled.is_valid():
        reference = flow.raise_concern(
            child_id=asked.mine.placement.child_id,
            placement_id=asked.mine.placement.id,
            worry=_worry(form, hand_over, hands_over=hands_over),
            by=person,
            at=now,
        )
        worries.finish(request, asked.mine.ref, asked.code)
        request.session["told"] = reference
        return redirect("worry-told")
    worries.begin(request, asked.mine.ref, asked.code)
    _note_view(asked, "session-worry", by=person, at=now)
    context = {
        "title": f"I am worried about {asked.known_as}",
        "section": "register",
        "session": asked,
        "form": filled if filled.errors else form,
        "worry": form,
        "hand_over": hand_over,
    }
    return render(request, "provider/register/worry.html", context)


def _note_view(asked: Session, page: str, *, by: Person, at: datetime) -> None:
    """The page names the child, also when it comes back with something to mend."""
    audit.record_view(subject=f"child {asked.mine.child.ref}", page=page, by=by, at=at)


def _worry(form: WorryForm, hand_over: HandOverForm, *, hands_over: bool) -> flow.Worry:
    if hands_over:
        told = hand_over.cleaned_data["told"]
        return flow.Worry(words=f"Handed over in words, not in writing, to {told}.")
    return flow.Worry(**form.cleaned_data)


@requires(Permission.RECORD_SESSIONS)
def worry_told(request: HttpRequest) -> HttpResponse:
    """It has arrived; its words are not shown again."""
    return render(
        request,
        "provider/register/told.html",
        {
            "title": "You have told us",
            "section": "register",
            "reference": request.session.get("told", ""),
        },
    )
