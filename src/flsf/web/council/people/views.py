from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.flows.invite_person import invite_person
from flsf.shared.accounts import actions
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components.lists import Asked, Column, Kind, ListPage
from flsf.web.components.pages import Rows
from flsf.web.council.people.forms import InviteForm, PeopleFilters, RoleForm

ACCOUNT = {"": None, "open": True, "closed": False}


def _people(asked: Asked) -> Rows:
    return accounts.people(
        person=asked.person,
        words=asked.filters["words"] or "",
        role=asked.filters["role"],
        is_active=ACCOUNT[asked.filters["account"] or ""],
    )


PEOPLE = ListPage(
    name="user-list",
    title="People",
    section="people",
    permission=Permission.MANAGE_USERS,
    columns=(
        Column(
            "Name",
            "name",
            link=lambda row: reverse("user-page", kwargs={"ref": row.ref}),
            hint="email",
        ),
        Column("Email", "email", in_files_only=True),
        Column("Roles", lambda row: ", ".join(row.role_words)),
        Column("Second step", "has_second_factor"),
        Column("Last signed in", "last_login", Kind.MOMENT),
        Column("Account", lambda row: "Open" if row.is_active else "Closed", Kind.STATUS),
    ),
    rows=_people,
    filters=PeopleFilters,
    noun=("person", "people"),
    template="council/people/list.html",
    empty="Nobody matches these filters.",
)


@requires(Permission.MANAGE_USERS)
def user_invite(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = InviteForm(request.POST or None, organisations=accounts.organisations(person))
    if request.method == "POST" and form.is_valid():
        try:
            ref = invite_person(**form.answers(), by=person, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You invited them. An email is on its way.")
            return redirect("user-page", ref=ref)
    context = {
        "title": "Invite somebody",
        "section": "people",
        "form": form,
        "button": "Send the invitation",
        "cancel": reverse("user-list"),
    }
    return render(request, "layouts/question.html", context)


@requires(Permission.MANAGE_USERS)
def user_page(request: HttpRequest, ref: str) -> HttpResponse:
    user = found(accounts.user_with_ref(ref, person=person_of(request)))
    return render(request, "council/people/page.html", {"user": user})


@requires(Permission.MANAGE_USERS)
def user_role(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a person a further role."""
    person = person_of(request)
    user = found(accounts.user_with_ref(ref, person=person))
    form = RoleForm(request.POST or None, organisations=accounts.organisations(person))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_member(user_id=user.pk, **form.answers(), by=person, at=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{user.name} has a new role")
            return redirect("user-page", ref=ref)
    context = {
        "title": f"Give {user.name} a role",
        "section": "people",
        "form": form,
        "button": "Give the role",
        "cancel": reverse("user-page", kwargs={"ref": ref}),
    }
    return render(request, "layouts/question.html", context)


@requires(Permission.MANAGE_USERS)
@require_POST
def user_role_remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Take one of the person's roles away: the one whose number the button carries."""
    person = person_of(request)
    user = found(accounts.user_with_ref(ref, person=person))
    held = {str(one.pk): one.pk for one in user.memberships.all()}
    chosen = found(held.get(request.POST.get("membership", "")))
    return _did(
        request,
        ref,
        lambda: actions.remove_member(membership_id=chosen, by=person, at=clock.now()),
        f"{user.name} no longer has that role",
    )


@requires(Permission.MANAGE_USERS)
@require_POST
def user_close(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    user = found(accounts.user_with_ref(ref, person=person))
    return _did(
        request,
        ref,
        lambda: actions.close_account(user_id=user.pk, by=person, at=clock.now()),
        f"{user.name} can no longer sign in",
    )


@requires(Permission.MANAGE_USERS)
@require_POST
def user_reopen(request: HttpRequest, ref: str) -> HttpResponse:
    person = person_of(request)
    user = found(accounts.user_with_ref(ref, person=person))
    return _did(
        request,
        ref,
        lambda: actions.reopen_account(user_id=user.pk, by=person, at=clock.now()),
        f"{user.name} can sign in again",
    )


def _did(request: HttpRequest, ref: str, act: Callable[[], None], done: str) -> HttpResponse:
    """Back to the person's page, saying what was done or why it was not."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("user-page", ref=ref)
