from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.delivery.continuity import queries as continuity
from flsf.delivery.continuity.enums import Choice
from flsf.delivery.placements import queries as placements
from flsf.flows.continuity import decide_continuity
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.council.continuity.forms import DecideForm
from flsf.web.council.continuity.listing import Row, named


@requires(Permission.VIEW_PLACEMENTS)
def continuity_page(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    on = clock.london_day(now)
    one = found(continuity.with_ref(ref, person=person, on=on))
    [row] = named([one], person=person, on=on)
    if row.child:
        audit.record_view(
            subject=f"child {row.child.ref}", page="continuity-page", by=person, at=now
        )
    may_decide = one.is_open and row.child is not None and person.may(Permission.WORK_REFERRALS)
    context = {
        "row": row,
        "one": one,
        "placement": placements.with_id(one.placement_id, person=person, on=on),
        "may_decide": may_decide,
        "who": "" if may_decide else "The child's named worker decides.",
    }
    return render(request, "council/continuity/page.html", context)


@requires(Permission.WORK_REFERRALS)
def continuity_decide(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    on = clock.london_day(now)
    one = found(continuity.with_ref(ref, person=person, on=on))
    [row] = named([one], person=person, on=on)
    form = DecideForm(posted(request), today=on)
    is_theirs = row.child is not None
    if request.method == "POST" and is_theirs and form.is_valid():
        try:
            asked = decide_continuity(continuity_id=one.id, by=person, at=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(row, form.cleaned_data["choice"], asked))
            return redirect("continuity-page", ref=ref)
    if row.child:
        audit.record_view(
            subject=f"child {row.child.ref}", page="continuity-decide", by=person, at=now
        )
    context = {"row": row, "one": one, "form": form, "is_theirs": is_theirs}
    return render(request, "council/continuity/decide.html", context)


def _said(row: Row, choice: Choice, referral_ref: str | None) -> str:
    if choice is Choice.KEEP:
        return f"{row.child_words} stays for now"
    return f"Other support is asked for: request {referral_ref}"
