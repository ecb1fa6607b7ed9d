"""What families said: read, published or not, and answered."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from flsf.core import clock
from flsf.core.refusals import Refusal
from flsf.market.comments import actions, queries, rules
from flsf.market.comments.enums import CommentStatus
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, person_of, requires
from flsf.web.components import council
from flsf.web.components.fields import GovukForm, long_text, text
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Column, Kind, ListPage

P = Permission


class CommentFilters(FilterForm):
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *CommentStatus.choices]
    )


COMMENTS = ListPage(
    name="comment-list",
    title="What families said",
    section="local-offer",
    permission=P.EDIT_PROVIDERS,
    columns=(
        Column("Comment", "ref", link=lambda row: reverse("comment-page", kwargs={"ref": row.ref})),
        Column("Status", lambda row: row.get_status_display(), Kind.STATUS),
        Column("About", lambda row: row.service.name if row.service else "The Local Offer"),
        Column("Words", lambda row: row.shown or row.words),
        Column("Came", "said_at", Kind.MOMENT),
        Column("Answered", "answered_at", Kind.MOMENT),
    ),
    rows=lambda asked: queries.register(
        person=asked.person, status=asked.filters.get("status") or ""
    ),
    filters=CommentFilters,
    noun=("comment", "comments"),
    empty="No comment has that status.",
    worked_out="Comments and answers are published year by year, as the regulations ask.",
)


class PublishForm(GovukForm):
    shown = long_text(
        "What will be published",
        missing="Leave the words that will be published",
        help_text="Take out whatever could say who a child is. Change nothing else.",
    )
    name = forms.CharField(
        label="Name to show",
        help_text="A first name at most. Empty it if it could say who a child is.",
        required=False,
        max_length=60,
    )


class WithholdForm(GovukForm):
    why = text("Why is it not published?", missing="Say why it is not published", max_length=300)


class AnswerForm(GovukForm):
    answer = long_text("Answer", missing="Write the answer", help_text="Short, plain sentences.")
    did = forms.CharField(label="What did we do because of it?", required=False, max_length=300)


def _page(request: HttpRequest, ref: str, form: GovukForm | None = None) -> HttpResponse:
    comment = found(queries.with_ref(ref, person=person_of(request)))
    shown: dict[str, GovukForm] = {}
    if comment.status == CommentStatus.WAITING:
        shown = {
            "publish": PublishForm(initial={"shown": comment.words, "name": comment.name}),
            "withhold": WithholdForm(),
        }
    elif comment.status == CommentStatus.PUBLISHED and comment.answered_at is None:
        shown = {"answer": AnswerForm()}
    kinds = {PublishForm: "publish", WithholdForm: "withhold", AnswerForm: "answer"}
    if form is not None:
        shown[kinds[type(form)]] = form
    context = {
        "comment": comment,
        "forms": shown,
        "wrong": form if form is not None and form.errors else None,
        "doubts": rules.personal_details(comment.words),
    }
    return render(request, "council/local_offer/comment.html", context)


@requires(P.EDIT_PROVIDERS)
def comment(request: HttpRequest, ref: str) -> HttpResponse:
    return _page(request, ref)


@requires(P.EDIT_PROVIDERS)
@require_POST
def publish(request: HttpRequest, ref: str) -> HttpResponse:
    return _decided(request, ref, PublishForm(request.POST), "Families can read it now")


@requires(P.EDIT_PROVIDERS)
@require_POST
def withhold(request: HttpRequest, ref: str) -> HttpResponse:
    return _decided(request, ref, WithholdForm(request.POST), "It is not published")


@requires(P.EDIT_PROVIDERS)
@require_POST
def answer(request: HttpRequest, ref: str) -> HttpResponse:
    return _decided(request, ref, AnswerForm(request.POST), "Families can read the answer now")


def _decided(request: HttpRequest, ref: str, form: GovukForm, done: str) -> HttpResponse:
    person, now = person_of(request), clock.now()
    pk = found(queries.with_ref(ref, person=person)).pk
    if not form.is_valid():
        return _page(request, ref, form)
    said = form.cleaned_data
    try:
        if isinstance(form, PublishForm):
            actions.publish(comment_id=pk, **said, by=person, at=now)
        elif isinstance(form, WithholdForm):
            actions.withhold(comment_id=pk, why=said["why"], by=person, at=now)
        else:
            actions.answer(
                comment_id=pk,
                words=said["answer"],
                did=said["did"],
                answered_as=council.particulars().name,
                by=person,
                at=now,
            )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, ref, form)
    messages.success(request, done)
    return redirect("comment-page", ref=ref)
