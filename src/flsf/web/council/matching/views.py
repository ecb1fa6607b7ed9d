from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from flsf.core import half_days
from flsf.shared.accounts.enums import Permission
from flsf.web.access import requires
from flsf.web.council.matching.opened import Opened
from flsf.web.council.matching.shown import MOST_COMPARED, chosen, need_in_words, shown

FAMILY = "family"


@requires(Permission.WORK_REFERRALS)
def match(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    found = opened.match(request.GET.get("half_days", ""))
    wanted = opened.referral.half_days_mask
    busy = half_days.from_mask(wanted & ~found.question.half_days)
    for_family = request.GET.get("view") == FAMILY
    context = {
        "referral": opened.referral,
        "child": opened.child,
        "need": [*_kind(opened), *need_in_words(found.question)],
        "found": shown(found, for_family=for_family),
        "book": found.book,
        "busy": [str(one) for one in busy],
        "day_has_passed": bool(opened.referral.start_wanted_on) and not found.question.start_wanted,
        "half_days_needed": found.question.half_days_needed,
        "half_days_asked": found.question.half_days.bit_count() if wanted else 0,
        "for_family": for_family,
        "most_compared": MOST_COMPARED,
    }
    return render(request, "council/matching/match.html", context)


def _kind(opened: Opened) -> list[tuple[str, str]]:
    """The kind of support asked for, if one was."""
    lot = opened.referral.lot
    return [("Kind of support", lot.name)] if lot else []


@requires(Permission.WORK_REFERRALS)
def compare(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    found = opened.match(request.GET.get("half_days", ""))
    context = {
        "referral": opened.referral,
        "child": opened.child,
        "rows": chosen(found, request.GET.getlist("service")),
        "asked": len(request.GET.getlist("service")),
        "most_compared": MOST_COMPARED,
        "for_family": request.GET.get("view") == FAMILY,
    }
    return render(request, "council/matching/compare.html", context)
