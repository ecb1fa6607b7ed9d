"""Agreements are issued with a message, and nothing is called off without one."""

from datetime import timedelta

import pytest

from flsf.casework.calloffs.models import Award
from flsf.core.people import SYSTEM
from flsf.flows import issue_agreements as flow
from flsf.flows.award_calloff import propose_award
from flsf.market.agreements import actions, queries
from flsf.market.agreements.actions import Signature
from flsf.market.agreements.enums import PaperStatus, ReplyKind
from flsf.market.agreements.models import Agreement
from flsf.market.agreements.queries import NoAgreement
from flsf.shared.accounts.enums import Role
from flsf.shared.notify.enums import Channel
from flsf.shared.notify.models import Message
from tests import factories, factories_market
from tests.factories import NOW, TODAY
from tests.factories_matching import Scene, choice, decided, proposed, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SIGNED = Signature(name="Asha Khan", position="Trustee", has_authority=True)


def paper_of(at: Scene):
    [one] = queries.papers(person=SYSTEM, on=TODAY, provider_ids=[at.service.provider_id])
    return one


def issued_again(at: Scene) -> str:
    """The scene's provider has a later version, which nobody has accepted."""
    officer = factories.council_member()
    return flow.issue_again(paper_id=paper_of(at).id, reason="The name.", by=officer, at=NOW)


def accept(at: Scene, ref: str) -> None:
    paper = queries.paper_with_ref(ref, person=SYSTEM, on=TODAY)
    manager = factories.member_of(at.service.provider.organisation)
    actions.accept(paper_id=paper.id, signature=SIGNED, by=manager, at=NOW)


# --- Nothing is called off from whoever is no party.


def test_a_call_off_is_refused_when_proposed_until_it_is_accepted():
    at = scene()
    ref = issued_again(at)
    with pytest.raises(NoAgreement) as told:
        proposed(at)
    assert str(told.value) == (
        "They have not accepted the framework agreement for this lot yet. A call-off is made "
        "under that agreement. Open the provider to remind them, or to record that it was signed "
        "on paper."
    )
    assert not Award.objects.exists()
    accept(at, ref)
    assert proposed(at).ref


def test_a_call_off_is_refused_when_decided_if_it_is_no_party_any_more():
    at = scene()
    award = proposed(at)
    ref = issued_again(at)
    with pytest.raises(NoAgreement):
        decided(award, at.director)
    award.refresh_from_db()
    assert award.decision == ""
    accept(at, ref)
    assert decided(award, at.director)


def test_a_call_off_without_any_agreement_is_refused():
    at = scene()
    Agreement.objects.update(in_force_until=TODAY - DAY)
    with pytest.raises(NoAgreement, match="No framework agreement for this lot is in force"):
        proposed(at)


def test_one_of_another_lot_makes_no_party():
    at = scene()
    issued_again(at)
    art = factories_market.admitted(at.service.provider, in_lot=factories.lot("Art"))
    factories_market.party(art)
    with pytest.raises(NoAgreement):
        propose_award(referral_id=at.referral.pk, choice=choice(at), by=at.caseworker, at=NOW)


# --- Issuing tells.


def test_admitted_on_paper_it_has_an_agreement_and_its_managers_are_told():
    of, lot = factories_market.provider(), factories.lot()
    manager = factories.member_of(of.organisation)
    flow.admit_provider(
        provider_id=of.pk,
        lot_id=lot.pk,
        takes_effect_on=TODAY + DAY,
        reason="All checks seen.",
        by=factories.council_member(Role.COMMISSIONER),
        at=NOW,
    )
    [paper] = queries.papers(person=SYSTEM, on=TODAY, provider_ids=[of.pk])
    assert (paper.status, paper.in_force_from) == (PaperStatus.WAITING, TODAY + DAY)
    [message] = Message.objects.all()
    assert (message.template, message.recipient, message.details) == (
        "agreement-waiting",
        manager,
        {"reference": paper.ref},
    )


def test_whoever_has_no_account_is_written_a_letter():
    of = factories_market.provider()
    factories_market.admitted(of)
    assert flow.issue_missing(provider_id=of.pk, by=SYSTEM, at=NOW) == 1
    [message] = Message.objects.all()
    assert (message.channel, message.address) == (Channel.LETTER, f"provider {of.pk}")
    assert flow.issue_missing(provider_id=of.pk, by=SYSTEM, at=NOW) == 0
    assert Message.objects.count() == 1


def test_what_is_missing_is_issued_and_what_was_not_written_out_is():
    of, inside = factories_market.provider(), factories.made_framework()
    old, new = (
        factories_market.admitted(of, in_lot=factories.lot(inside=inside)) for _ in range(2)
    )
    factories_market.issued(old)
    Agreement.objects.update(paper=None)
    assert flow.issue_missing(provider_id=of.pk, by=SYSTEM, at=NOW) == 2
    assert not Agreement.objects.filter(paper=None).exists()
    assert Agreement.objects.filter(admission__in=[old, new]).count() == 2
    assert queries.without(of.pk, on=TODAY) == {}


def test_a_reminder_and_an_answer_are_told():
    of = factories_market.provider()
    manager = factories.member_of(of.organisation)
    paper = factories_market.issued(factories_market.admitted(of))
    flow.remind(paper_id=paper.id, ref=paper.ref, by=SYSTEM, at=NOW)
    actions.reply(paper_id=paper.id, kind=ReplyKind.ASKED, words="Which visit?", by=manager, at=NOW)
    [said] = queries.paper_with_ref(paper.ref, person=SYSTEM, on=TODAY).replies
    flow.answer(
        reply_id=said.id, ref=paper.ref, words="Ours.", by=factories.council_member(), at=NOW
    )
    told = Message.objects.order_by("pk").values_list("template", flat=True)
    assert list(told) == ["agreement-reminder", "agreement-answered"]
