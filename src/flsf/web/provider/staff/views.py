from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core import clock
from flsf.flows.staff_changes import add_member, member_leaves
from flsf.market.providers import queries as providers
from flsf.market.staff import actions
from flsf.market.staff import queries as staff
from flsf.market.staff.rules import NewMember
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import GovukForm, posted
from flsf.web.components.refused import Fields, settled
from flsf.web.provider.staff.forms import AddForm, CheckForm, LeaveForm

FIELDS: Fields = {
    actions.AlreadyListed: ("name", "user_id"),
    actions.NameMissing: ("name",),
    actions.LeftBeforeStart: ("last_day",),
    actions.AlreadyLeft: ("last_day",),
    actions.NoSuchCheck: ("code",),
    actions.NotYetDone: ("checked_on",),
    actions.DatesOutOfOrder: ("expires_on",),
    actions.NumberDoesNotFit: ("number",),
    actions.LevelMissing: ("level",),
    actions.SeenByMissing: ("seen_by",),
}


@requires(Permission.MANAGE_OWN_SERVICES)
def staff_list(request: HttpRequest) -> HttpResponse:
    person, on = person_of(request), clock.london_day(clock.now())
    provider = found(providers.own(person=person))
    context = {
        "provider": provider,
        "staff": staff.register(provider.pk, person=person, on=on),
        "letter": staff.letter(provider.pk, on=on),
        "needs": staff.needs(on),
    }
    return render(request, "provider/staff/list.html", context)


@requires(Permission.MANAGE_OWN_SERVICES)
def staff_add(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    provider = found(providers.own(person=person))
    users = [(one.pk, one.name) for one in accounts.members_at(provider.organisation_id)]
    form = AddForm(posted(request), users=users, today=clock.london_day(now))

    def act(**said: Any) -> None:
        add_member(member=NewMember(provider_id=provider.pk, **said), by=person, at=now)

    if (
        request.method == "POST"
        and form.is_valid()
        and settled(form, act, form.cleaned_data, FIELDS)
    ):
        messages.success(
            request, f"You added {form.cleaned_data['name']}. Now record their checks."
        )
        return redirect("provider-staff")
    return render(request, "provider/staff/form.html", _page(form, "Add somebody", "Add them"))


@requires(Permission.MANAGE_OWN_SERVICES)
def staff_check(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    one = found(staff.with_ref(ref, person=person, on=clock.london_day(now)))
    form = CheckForm(
        posted(request),
        checks=[(check.code, check.name) for check in one.checks],
        today=clock.london_day(now),
        initial={"code": request.GET.get("check", ""), "seen_by": person.name},
    )
    answers = {"member_id": one.id, "by": person, "at": now}
    sent = request.method == "POST" and form.is_valid()
    if sent and settled(form, actions.record_check, form.cleaned_data | answers, FIELDS):
        messages.success(request, f"You recorded a check of {one.name}")
        return redirect("provider-staff")
    title = f"Record a check of {one.name}"
    return render(request, "provider/staff/form.html", _page(form, title, "Record the check"))


@requires(Permission.MANAGE_OWN_SERVICES)
def staff_leave(request: HttpRequest, ref: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    one = found(staff.with_ref(ref, person=person, on=clock.london_day(now)))
    form = LeaveForm(posted(request), today=clock.london_day(now))
    answers = {"member_id": one.id, "by": person, "at": now}
    sent = request.method == "POST" and form.is_valid()
    if sent and settled(form, member_leaves, form.cleaned_data | answers, FIELDS):
        messages.success(request, f"{one.name} leaves. Schools and the council are told.")
        return redirect("provider-staff")
    title = f"{one.name} leaves"
    return render(request, "provider/staff/form.html", _page(form, title, "Record the last day"))


def _page(form: GovukForm, title: str, button: str) -> dict[str, Any]:
    return {"form": form, "title": title, "button": button}
