"""Both evaluators' marks side by side, and what they agree on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core.refusals import Refusal
from flsf.market.evaluation import actions
from flsf.market.evaluation.enums import Stage, Verdict
from flsf.market.evaluation.queries import Seen
from flsf.market.evaluation.rules import Judgement
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.council.applications.forms import FOUND, NOTE, REASON, MarksForm
from flsf.web.council.applications.opened import Opened

LATE = "This has been reported, so what was agreed does not change any more."
EARLY = "Both evaluators finish their own marks first."
STRANGER = "You are not an evaluator of this application."


@requires(Permission.EVALUATE_APPLICATIONS)
def agree(request: HttpRequest, ref: str) -> HttpResponse:
    """What one writes down is what both agreed on; until it is reported it may change."""
    opened = Opened(request, ref)
    seen = opened.seen
    if seen is None:
        return redirect("application-file", ref=opened.ref)
    refused = _refused(opened, seen)
    form = MarksForm(
        posted(request),
        criteria=seen.to_mark,
        given=_first(seen),
        reason_label="the reason the applicant reads",
        notes={
            code: seen.agreed[code].note if code in seen.agreed else "" for code in seen.differing
        },
    )
    if request.method == "POST" and form.is_valid():
        _agree(opened, seen, form)
        if not form.errors:
            messages.success(request, "You agreed on every part")
            return redirect("application-file", ref=opened.ref)
    names = {one.pk: one.person.name for one in seen.evaluators}
    context = {
        **opened.frame,
        "form": form,
        "refused": refused if not form.errors else "",
        "parts": [
            (
                one,
                [
                    (names[pk], marks[one.code])
                    for pk, marks in seen.marks.items()
                    if one.code in marks
                ],
            )
            for one in seen.to_mark
        ]
        if not refused
        else [],
        "differing": seen.differing,
    }
    return render(request, "council/applications/agree.html", context)


def _refused(opened: Opened, seen: Seen) -> str:
    if opened.mine is None:
        return STRANGER
    if getattr(seen.evaluation, "report", None) is not None:
        return LATE
    return EARLY if seen.stage in (Stage.EVALUATORS, Stage.MARKING) else ""


def _first(seen: Seen) -> dict[str, Judgement]:
    """What was agreed before; else what both found alike, with the reason of one of them."""
    if seen.agreed:
        return {
            code: Judgement(Verdict(one.verdict), one.score, one.reason)
            for code, one in seen.agreed.items()
        }
    first = next(iter(seen.marks.values()), {})
    return {code: one for code, one in first.items() if code not in seen.differing}


def _agree(opened: Opened, seen: Seen, form: MarksForm) -> None:
    """Whatever is missing is said at its field; nothing is agreed in part."""
    given: dict[str, Judgement] = {}
    for one in seen.to_mark:
        _, reason, note = form.typed(one.code)
        judgement = form.judgement(one)
        if judgement is None:
            form.add_error(FOUND + one.code, f"Choose what you agreed on: {one.title}")
        else:
            given[one.code] = judgement
        if not reason:
            form.add_error(REASON + one.code, f"Write the reason the applicant reads: {one.title}")
        if one.code in seen.differing and not note:
            form.add_error(
                NOTE + one.code, f"You differed. Note how you came to agree: {one.title}"
            )
    if form.errors:
        return
    try:
        actions.agree(
            evaluation_id=opened.evaluation.pk,
            judgements=given,
            notes={code: form.typed(code)[2] for code in given},
            by=opened.person,
            at=opened.at,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
