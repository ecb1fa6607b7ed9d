from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from flsf.casework.calloffs import queries, rules
from flsf.casework.calloffs.actions import HasInterest
from flsf.casework.calloffs.enums import AwardStatus, Decision
from flsf.casework.calloffs.rules import Share, YearAsked
from flsf.casework.children import queries as children
from flsf.casework.competitions import queries as competitions
from flsf.casework.competitions.actions import declare_to_decide
from flsf.casework.matching import queries as matching
from flsf.core import clock, half_days
from flsf.core.money import Money
from flsf.core.refusals import Refusal
from flsf.flows.award_calloff import decide_award
from flsf.mandate.budgets import queries as budgets
from flsf.mandate.delegations.enums import Power
from flsf.mandate.delegations.queries import NotDelegated
from flsf.mandate.delegations.rules import Basis, Shown
from flsf.mandate.governance.actions import ConflictNotTold
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Permission
from flsf.shared.audit import actions as audit
from flsf.web.access import found, person_of, requires
from flsf.web.components.fields import posted
from flsf.web.components.interest_form import InterestForm
from flsf.web.components.refused import settled
from flsf.web.council.awards.forms import DecisionForm

DECIDED = {
    Decision.AWARDED: "You made award {ref}. The place is booked and the money is committed.",
    Decision.RETURNED: "You returned award {ref}. The place is free again.",
    Decision.NOT_AWARDED: "You declined award {ref}. The place is free again.",
}


class Opened:
    """An award that was found; if the person may know the child, the record says they looked."""

    def __init__(self, request: HttpRequest, ref: str) -> None:
        self.person, self.at = person_of(request), clock.now()
        self.on = clock.london_day(self.at)
        self.award: Any = found(queries.with_ref(ref, person=self.person, on=self.on))
        child_id = self.award.child_id
        self.child = children.named([child_id], person=self.person, on=self.on).get(child_id)
        if self.child is not None:
            page = request.resolver_match.url_name if request.resolver_match else ""
            audit.record_view(
                subject=f"child {self.child.ref}", page=page or "", by=self.person, at=self.at
            )

    @property
    def context(self) -> dict[str, Any]:
        award = self.award
        return {
            "award": award,
            "child": self.child,
            "child_ref": award.child.ref,
            "status": AwardStatus(award.status).label,
            "half_days": [str(one) for one in half_days.from_mask(award.half_days_mask)],
            "dates": rules.dates_in_words(award.starts_on, award.ends_on),
            "net": Money(award.net_pence),
            "vat": Money(award.vat_pence),
            "gross": award.gross,
            "rate": Money(award.rate_pence),
            "found": award.findings,
            "replayed": award.shortlist is not None and matching.replay(award.shortlist.ref),
        }

    @property
    def years(self) -> list[YearAsked]:
        """What each year's budget would pay beside what it has left now."""
        award = self.award
        left = budgets.left_by_year(award.budget_id)
        shares = [one for _, one in queries.years_of(award.pk)] or [
            Share(award.budget.year_begins, award.net_pence, award.vat_pence)
        ]
        return [YearAsked(one, left[one.year_begins].left) for one in shares]

    @property
    def why_not_decide(self) -> str:
        """Why this person cannot decide it; empty if they can."""
        if self.award.status != AwardStatus.AWAITING:
            return "It has been decided."
        if not self.person.may(Permission.DECIDE_AWARDS):
            return "Your role does not decide awards."
        if self.award.proposed_by_id == self.person.pk:
            return "You proposed it, so somebody else decides it."
        limit = budgets.limit_of(accounts.roles_of(self.person.pk), on=self.on)
        if limit is not None and not rules.may_decide(self.award.gross_pence, limit):
            return f"It is for more than you may decide: your limit is {Money(limit)}."
        if self.in_framework and self.basis is None:
            return str(NotDelegated(Power.CALL_OFF))
        if self.has_interest:
            return str(HasInterest())
        return ""

    @cached_property
    def has_interest(self) -> bool | None:
        """Of whoever looks, in the competition it came of; None: they have not said."""
        if self.award.competition_id is None or self.person.pk is None:
            return False
        return competitions.says_of_deciding(self.award.competition_id, self.person.pk)

    @property
    def says_first(self) -> bool:
        """Whether this person could decide it as soon as they say if they have an interest."""
        return not self.why_not_decide and self.has_interest is None

    @property
    def bidders(self) -> list[str]:
        """Whose bids can be taken, by name."""
        bids = competitions.live_bids(self.award.competition_id)
        return sorted(one.provider.name for one in bids)

    @cached_property
    def in_framework(self) -> bool:
        return queries.lot_of(self.award) is not None

    @cached_property
    def basis(self) -> Basis | None:
        """By whose leave this person would decide it, and against which criteria."""
        return queries.basis(self.award, person=self.person, on=self.on)

    @property
    def criteria(self) -> tuple[int | None, tuple[Shown, ...]]:
        """The criteria of the report, with what was found of each."""
        if self.basis is not None:
            return self.basis.criteria_version, self.basis.shown
        return queries.criteria_shown(self.award, on=self.on)


@requires(Permission.VIEW_AWARDS)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    money = budgets.of_award(opened.award.ref)
    context = opened.context | {
        "why_not_decide": opened.why_not_decide,
        "may_decide": opened.person.may(Permission.DECIDE_AWARDS),
        "may_match": opened.person.may(Permission.WORK_REFERRALS) and opened.child is not None,
        "money": {entry.value: amount for entry, amount in money.items()},
        "awaits": opened.award.status == AwardStatus.AWAITING,
        "kept_basis": queries.basis_kept(opened.award),
    }
    return render(request, "council/awards/page.html", context)


@requires(Permission.DECIDE_AWARDS)
def interest(request: HttpRequest, ref: str) -> HttpResponse:
    """What came of a competition is not decided before whoever does it has said whether they have
    an interest in any of those who bid.
    """
    opened = Opened(request, ref)
    form = InterestForm(posted(request))
    if not opened.says_first and not form.is_bound:
        return redirect("award-page", ref=opened.award.ref)
    if request.method == "POST" and form.is_valid():
        competition_id = opened.award.competition_id
        if competition_id is None:
            return redirect("award-page", ref=opened.award.ref)
        by = {"by": opened.person, "at": opened.at}
        answers = {"competition_id": competition_id, **form.cleaned_data, **by}
        if settled(form, declare_to_decide, answers, {ConflictNotTold: ("words",)}):
            if not form.cleaned_data["has_conflict"]:
                return redirect("award-decision", ref=opened.award.ref)
            messages.success(request, "Thank you. Somebody else decides")
            return redirect("award-page", ref=opened.award.ref)
    context = opened.context | {
        "form": form,
        "bidders": opened.bidders,
        "title": "Before you decide",
        "button": "Record what I said",
        "cancel": reverse("award-page", kwargs={"ref": opened.award.ref}),
    }
    return render(request, "council/awards/interest.html", context)


@requires(Permission.DECIDE_AWARDS)
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    opened = Opened(request, ref)
    if opened.says_first:
        return redirect("award-interest", ref=opened.award.ref)
    form = DecisionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            decide_award(
                award_id=opened.award.pk, **form.cleaned_data, by=opened.person, at=opened.at
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            said = DECIDED[form.cleaned_data["decision"]]
            messages.success(request, said.format(ref=opened.award.ref))
            return redirect("award-page", ref=opened.award.ref)
    context = opened.context | {
        "form": form,
        "why_not_decide": opened.why_not_decide,
        "years": opened.years,
        "in_framework": opened.in_framework,
        "basis": opened.basis,
        "criteria": opened.criteria,
    }
    return render(request, "council/awards/decision.html", context)
