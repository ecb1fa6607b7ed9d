"""One thing done to a competition: a page that asks for it, and one call."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.casework.competitions import actions, queries
from flsf.casework.competitions.enums import Stage
from flsf.core.refusals import Refusal
from flsf.flows.hold_competition import add_to_competition, answer_all, stop_competition
from flsf.mandate.governance.actions import ConflictNotTold
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.web.access import found, requires
from flsf.web.components.fields import GovukForm, posted
from flsf.web.components.interest_form import InterestForm
from flsf.web.components.refused import say
from flsf.web.council.competitions.forms import (
    FIELDS,
    MarksForm,
    NothingForm,
    ScorerForm,
    WordsForm,
)
from flsf.web.council.competitions.opened import Opened

ACT = "council/competitions/act.html"
ALSO = {**FIELDS, ConflictNotTold: ("words",)}


def _done(
    request: HttpRequest, opened: Opened, form: GovukForm, act: Callable[..., Any], said: str
) -> bool:
    """Whether it was sent and done; what is refused is said at its field."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(**form.cleaned_data, by=opened.person, at=opened.at)
    except Refusal as refusal:
        say(form, refusal, ALSO)
        return False
    messages.success(request, said)
    return True


def _page(
    request: HttpRequest, opened: Opened, form: GovukForm, title: str, button: str, **more: Any
) -> HttpResponse:
    context = {**opened.frame, "form": form, "title": title, "button": button, "refused": ""}
    return render(request, ACT, context | more)


@requires(Permission.WORK_REFERRALS)
def answer(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """A question is answered to all who were asked to bid; who asked is shown to nobody."""
    opened = Opened(request, ref)
    asked = found(
        next((one for one in opened.competition.questions.all() if one.pk == number), None)
    )
    form = WordsForm(posted(request), label="Your answer", missing="Enter your answer")

    def act(**given: Any) -> None:
        answer_all(question_id=asked.pk, **given)

    if _done(request, opened, form, act, "Everybody who was asked to bid has the answer"):
        return redirect("competition-page", ref=ref)
    intro = f"Somebody asks: {asked.words}"
    return _page(request, opened, form, "Answer to all", "Send the answer to all", intro=intro)


@requires(Permission.WORK_REFERRALS)
def add(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    form = WordsForm(posted(request), label="What is new?", missing="Enter what is new")

    def act(**given: Any) -> None:
        add_to_competition(competition_id=opened.competition.pk, **given)

    if _done(request, opened, form, act, "Everybody who was asked to bid is told"):
        return redirect("competition-page", ref=ref)
    intro = (
        "What was published stays as it was. All who were asked read this too, and have the whole "
        "time to bid again from now."
    )
    return _page(
        request, opened, form, "Add something for all to read", "Tell everybody", intro=intro
    )


@requires(Permission.WORK_REFERRALS)
def stop(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    form = WordsForm(
        posted(request),
        label="Why is it stopped?",
        missing="Enter why it is stopped",
        name="because",
    )

    def act(**given: Any) -> None:
        stop_competition(competition_id=opened.competition.pk, **given)

    if _done(request, opened, form, act, f"Competition {ref} is stopped"):
        return redirect("competition-page", ref=ref)
    intro = "Nothing is bought by it, and everybody who was asked to bid is told why."
    return _page(request, opened, form, "Stop this competition", "Stop it", intro=intro, warn=True)


@requires(Permission.WORK_REFERRALS)
def pass_over(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    placed = opened.seen.placed
    if not placed or placed[0].place is None:
        return redirect("competition-page", ref=ref)
    first = opened.seen.of(placed[0])
    form = WordsForm(
        posted(request),
        label="Why can it no longer be bought?",
        missing="Enter why it can no longer be bought",
        name="because",
    )

    def act(**given: Any) -> None:
        actions.pass_over(
            competition_id=opened.competition.pk, bid_ref=placed[0].offer.key, **given
        )

    name = first.bid.provider.name
    if _done(request, opened, form, act, f"The bid of {name} is passed over"):
        return redirect("competition-page", ref=ref)
    intro = (
        f"{name} is first. Passed over, its bid cannot be taken, the others are measured anew, "
        "and the next one is first."
    )
    return _page(
        request, opened, form, "Pass over the first bid", "Pass it over", intro=intro, warn=True
    )


@requires(Permission.SCORE_BIDS)
def open_bids(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    form = NothingForm(posted(request))

    def act(**given: Any) -> None:
        actions.open_bids(competition_id=opened.competition.pk, **given)

    if _done(request, opened, form, act, "The bids are open"):
        return redirect("competition-page", ref=ref)
    intro = (
        "Nobody has seen a bid yet, nor who bid. From now on it is seen who bid, and the scorers "
        "read the bids. What came late stays unopened."
    )
    refused = {
        Stage.OPEN: str(actions.NotYetClosed()),
        Stage.CLOSED: "",
    }.get(opened.stage, "They are open already.")
    return _page(
        request, opened, form, "Open the bids", "Open them now", intro=intro, refused=refused
    )


@requires(Permission.SCORE_BIDS)
def scorers(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    there = {one.person_id for one in opened.seen.scorers}
    people = accounts.staff_with(Permission.SCORE_BIDS).exclude(pk__in=there)
    form = ScorerForm(posted(request), people=[(str(one.pk), one.name) for one in people])

    def act(*, person: int, **given: Any) -> None:
        actions.name_scorer(competition_id=opened.competition.pk, person_id=person, **given)

    if _done(request, opened, form, act, "A scorer is named"):
        return redirect("competition-page", ref=ref)
    named = ", ".join(one.person.name for one in opened.seen.free)
    intro = f"Named already: {named}." if named else ""
    return _page(request, opened, form, "Name a scorer", "Name this person", intro=intro)


@requires(Permission.SCORE_BIDS)
def interest(request: HttpRequest, ref: str) -> HttpResponse:
    """Nothing of a bid is read before whoever scores it has said if they have an interest."""
    opened = Opened(request, ref)
    form = InterestForm(posted(request))

    def act(**given: Any) -> None:
        actions.declare(competition_id=opened.competition.pk, **given)

    if _done(request, opened, form, act, "Thank you. What you said is on record"):
        has_one = form.cleaned_data["has_conflict"]
        return redirect("competition-page" if has_one else "competition-marks", ref=ref)
    names = ", ".join(one.bid.provider.name for one in opened.live)
    intro = f"These providers have bid: {names}." if names else ""
    refused = "" if opened.seen.mine else str(actions.NotYourScoring())
    if opened.seen.has_conflict is not None and not form.is_bound:
        refused = str(actions.AlreadyDeclared())
    return _page(
        request, opened, form, "Before you read the bids", "Record what I said",
        intro=intro, refused=refused,
    )  # fmt: skip


@requires(Permission.SCORE_BIDS)
def marks(request: HttpRequest, ref: str) -> HttpResponse:
    """One's own scores of every bid; saved as often as wished, final when finished."""
    opened = Opened(request, ref)
    seen = opened.seen
    if seen.mine is not None and seen.has_conflict is None and opened.stage is Stage.SCORING:
        return redirect("competition-interest", ref=ref)
    refused = _why_not_mark(opened)
    given = {
        (one.bid.ref, code): mark
        for one in opened.live
        for code, mark in one.marks.get(opened.person.pk, {}).items()
    }
    form = MarksForm(posted(request), **_sheet(opened, given, refused))
    if request.method == "POST" and not refused and form.is_valid():
        try:
            _keep_marks(opened, form, is_final="finish" in request.POST)
        except Refusal as refusal:
            say(form, refusal, ALSO)
        else:
            messages.success(
                request, "Your marks are final" if "finish" in request.POST else "Saved"
            )
            page = "competition-page" if "finish" in request.POST else "competition-marks"
            return redirect(page, ref=ref)
    context = {**opened.frame, "form": form, "bids": opened.live, "refused": refused}
    return render(request, "council/competitions/marks.html", context)


def _sheet(opened: Opened, given: dict[Any, Any], refused: str) -> dict[str, Any]:
    bids = {} if refused else {one.bid.ref: one.bid.provider.name for one in opened.live}
    return {"bids": bids, "criteria": opened.criteria, "given": given}


def _why_not_mark(opened: Opened) -> str:
    seen = opened.seen
    if seen.has_conflict:
        return str(actions.HasConflict())
    if seen.mine is None:
        return str(actions.NotYourScoring())
    if seen.mine.finished_at is not None:
        return str(actions.MarksFinal())
    if opened.stage is not Stage.SCORING:
        return f"This competition is at another step: {opened.stage.label.lower()}."
    return ""


def _keep_marks(opened: Opened, form: MarksForm, *, is_final: bool) -> None:
    """What was typed is kept bid by bid, and then finished if that was asked."""
    who = {"competition_id": opened.competition.pk, "by": opened.person, "at": opened.at}
    said = form.said()
    for one in opened.live:
        of_bid = {code: mark for (ref, code), mark in said.items() if ref == one.bid.ref}
        if of_bid:
            actions.mark(bid_ref=one.bid.ref, marks=of_bid, **who)
    if is_final:
        actions.finish(**who)


@requires(Permission.SCORE_BIDS)
def agree(request: HttpRequest, ref: str) -> HttpResponse:
    """One scorer writes down what both agreed on."""
    opened = Opened(request, ref)
    seen = opened.seen
    refused = _why_not_agree(opened)
    given = {
        (one.bid.ref, code): mark
        for one in opened.live
        for code, mark in (one.agreed or _where_same(one, opened)).items()
    }
    form = MarksForm(posted(request), **_sheet(opened, given, refused), has_note=True)
    if request.method == "POST" and not refused and form.is_valid():
        try:
            actions.moderate(
                competition_id=opened.competition.pk,
                agreed=form.said(),
                note=form.cleaned_data["note"],
                by=opened.person,
                at=opened.at,
            )
        except Refusal as refusal:
            say(form, refusal, ALSO)
        else:
            messages.success(request, "The bids are ranked by what you agreed on")
            return redirect("competition-page", ref=ref)
    names = {one.person_id: one.person.name for one in seen.scorers}
    context = {
        **opened.frame,
        "form": form,
        "bids": opened.live,
        "names": names,
        "refused": refused,
    }
    return render(request, "council/competitions/agree.html", context)


def _where_same(one: queries.BidSeen, opened: Opened) -> dict[str, Any]:
    """What both gave alike, to begin with."""
    return {
        each.code: next(iter(one.marks.values()))[each.code]
        for each in opened.criteria
        if one.marks and not one.differ(each.code) and each.code in next(iter(one.marks.values()))
    }


def _why_not_agree(opened: Opened) -> str:
    if opened.seen.has_conflict or opened.seen.mine is None:
        return str(actions.NotYourScoring())
    if opened.stage is Stage.SCORING:
        return str(actions.NotFinished())
    if opened.stage not in (Stage.MODERATION, Stage.RANKED, Stage.NOTHING):
        return f"This competition is at another step: {opened.stage.label.lower()}."
    return ""
