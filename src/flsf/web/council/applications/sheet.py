"""The evaluation sheet: answers and evidence beside the mark, kept as the evaluator goes along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from flsf.core.refusals import Refusal
from flsf.market.evaluation import actions
from flsf.market.evaluation.queries import marks_of
from flsf.market.evaluation.rules import DESCRIPTORS, THRESHOLD, Judgement
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.components.fields import posted
from flsf.web.council.applications.forms import FOUND, MarksForm
from flsf.web.council.applications.opened import Opened

FINISH = "finish"


@requires(Permission.EVALUATE_APPLICATIONS)
def sheet(request: HttpRequest, ref: str) -> HttpResponse:
    """Every part with its answers. Saving keeps whatever was marked; finishing makes it final."""
    opened = Opened(request, ref)
    if opened.has_yet_to_say:
        return redirect("application-interest", ref=opened.ref)
    if opened.seen is None:
        return redirect("application-file", ref=opened.ref)
    kept = marks_of(opened.mine) if opened.mine else {}
    criteria = opened.to_mark
    form = MarksForm(posted(request), criteria=criteria, given=kept, reason_label="your reason")
    if request.method == "POST" and form.is_valid():
        _save(opened, form, kept)
        if not form.errors and FINISH in request.POST:
            _finish(opened, form)
        if not form.errors:
            is_final = FINISH in request.POST
            said = "Your marks are final" if is_final else "Saved. You can go on later"
            messages.success(request, said)
            return redirect("application-file" if is_final else "application-sheet", ref=ref)
    answers = {code: rows for code, _, rows in opened.sections}
    context = {
        **opened.frame,
        "form": form,
        "refused": opened.why_not_mark if not form.errors else "",
        "parts": [(one, answers.get(one.code, [])) for one in criteria],
        "descriptors": DESCRIPTORS,
        "threshold": THRESHOLD,
        "done": sum(1 for one in criteria if one.code in kept and kept[one.code].reason),
        "final": [one.title for one in opened.seen.to_mark if one not in criteria],
    }
    return render(request, "council/applications/sheet.html", context)


def _save(opened: Opened, form: MarksForm, kept: dict[str, Judgement]) -> None:
    """What was typed is marked, part by part; what is wrong with a part is said at it."""
    for one in opened.to_mark:
        _, reason, _ = form.typed(one.code)
        given = form.judgement(one)
        if not reason if given is None else given == kept.get(one.code):
            continue
        try:
            actions.mark(
                evaluation_id=opened.evaluation.pk,
                criterion=one.code,
                verdict=given.verdict if given else None,
                score=given.score if given else None,
                reason=reason,
                by=opened.person,
                at=opened.at,
            )
        except actions.ScoreWrong as refusal:
            form.add_error(FOUND + one.code, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return


def _finish(opened: Opened, form: MarksForm) -> None:
    try:
        actions.finish(evaluation_id=opened.evaluation.pk, by=opened.person, at=opened.at)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
