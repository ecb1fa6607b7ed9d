"""With whom the council has a framework agreement, lot by lot."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from flsf.core.people import SYSTEM
from flsf.core.refusals import Refusal
from flsf.mandate.framework import queries as frameworks
from flsf.market.admissions import queries as admissions
from flsf.market.admissions.enums import Status
from flsf.market.agreements import rules
from flsf.market.agreements.enums import ReplyKind
from flsf.market.agreements.models import Acceptance, Agreement, Reply
from flsf.market.agreements.rules import Held, NotParty


class NoAgreement(Refusal):
    """Says why the provider is no party to a framework agreement for the lot."""

    says = "A call-off is made under a framework agreement, and there is none with them."

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        if not self.why:
            return self.says
        return (
            f"{self.why}. A call-off is made under that agreement. Open the provider to remind "
            "them, or to record that it was signed on paper."
        )


def held(provider_ids: Collection[int]) -> dict[int, Held]:
    """Every agreement of those providers that was not withdrawn, by id. One query."""
    rows = (
        Agreement.objects.filter(admission__provider__in=provider_ids, withdrawn_at=None)
        .annotate(is_accepted=Exists(Acceptance.objects.filter(paper=OuterRef("paper"))))
        .values_list("pk", "is_accepted", "transition", "reissued_from")
    )
    return {
        pk: Held(
            id=pk, is_accepted=accepted, is_carried_over=transition is not None, follows=follows
        )
        for pk, accepted, transition, follows in rows
    }


def why_none(pairs: Collection[tuple[int, int]], *, on: date) -> dict[tuple[int, int], str]:
    """Why nothing may be called off that day, by (provider id, lot id), in words.

    Not in it: the provider is a party to an agreement for the lot. Two queries.
    """
    providers = {provider for provider, _ in pairs}
    known = held(providers)
    last_reply = Reply.objects.filter(paper=OuterRef("paper")).order_by("-pk").values("kind")[:1]
    in_force = (
        Agreement.objects.in_force_on(on)
        .filter(admission__provider__in=providers)
        .annotate(last_reply=last_reply)
    )
    why = dict.fromkeys(pairs, NotParty.NONE.value)
    for pk, provider, lot, reply in in_force.values_list(
        "pk", "admission__provider", "admission__lot", "last_reply"
    ):
        if (provider, lot) not in why:
            continue
        if rules.is_party(known[pk], known):
            del why[provider, lot]
        elif reply == ReplyKind.DECLINED:
            why[provider, lot] = NotParty.DECLINED.value
        else:
            why[provider, lot] = NotParty.NOT_ACCEPTED.value
    return why


def refuse_unless_party(provider_id: int, lot_id: int, *, on: date) -> None:
    """Nothing is called off but under a framework agreement (section 45). Raises NoAgreement."""
    if why := why_none([(provider_id, lot_id)], on=on).get((provider_id, lot_id)):
        raise NoAgreement(why)


def without(provider_id: int, *, on: date) -> dict[int, list[int]]:
    """The provider's places that rest on no agreement written out here, by framework.

    A place from which it was removed needs none. Three queries.
    """
    framework_of = {lot_id: one.framework_id for lot_id, one in frameworks.lot_facts().items()}
    standings = admissions.standings([provider_id], on=on, person=SYSTEM)[provider_id]
    there = [one for one in standings if one.status is not Status.REMOVED]
    every = Agreement.objects.filter(
        admission__in=[one.admission_id for one in there], withdrawn_at=None
    )
    # One that ended was left out of a change of model: it applies again.
    settled = {
        admission
        for admission, paper, until in every.values_list("admission", "paper", "in_force_until")
        if paper is not None or until is not None
    }
    found: dict[int, list[int]] = {}
    for one in there:
        if one.admission_id not in settled:
            found.setdefault(framework_of[one.lot_id], []).append(one.admission_id)
    return found
