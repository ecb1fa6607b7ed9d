"""Agreements are written out for good, accepted once, and a later version needs its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from flsf.core.people import SYSTEM
from flsf.mandate.framework.enums import CommercialModel
from flsf.market.admissions import actions as admissions
from flsf.market.agreements import actions, queries
from flsf.market.agreements.actions import Signature
from flsf.market.agreements.enums import How, PaperStatus, ReplyKind
from flsf.market.agreements.models import Acceptance, Agreement, Chase, Paper, Reply
from flsf.market.exclusions.queries import MayNotBeAwarded
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from tests import factories, factories_exclusions
from tests.factories import NOW, TODAY
from tests.factories_market import admitted, issued, party, provider, service

DAY = timedelta(days=1)
SIGNED = Signature(name="Asha Khan", position="Trustee", has_authority=True)


@pytest.fixture
def of(db):
    return provider("Canal Side")


@pytest.fixture
def manager(of):
    return factories.member_of(of.organisation, Role.PROVIDER_MANAGER)


@pytest.fixture
def paper(of):
    return issued(admitted(of))


def now_of(paper, *, on=TODAY):
    return queries.paper_with_ref(paper.ref, person=SYSTEM, on=on)


def accept(paper, by, signature=SIGNED, at=NOW):
    actions.accept(paper_id=paper.id, signature=signature, by=by, at=at)


def reply(paper, by, kind=ReplyKind.ASKED, words="Our name is wrong."):
    actions.reply(paper_id=paper.id, kind=kind, words=words, by=by, at=NOW)


def signed(paper, by, **changed):
    usual = {"signed_on": TODAY, "reason": "Signed at our office."}
    actions.record_signed(paper_id=paper.id, **(usual | changed), by=by, at=NOW)


# --- Issuing.


def test_the_lots_of_one_decision_share_a_paper(of):
    inside = factories.made_framework()
    lots = [factories.lot(name, inside=inside) for name in ("Mentoring", "Art")]
    paper = issued(*(admitted(of, in_lot=one) for one in lots))
    assert (paper.lots, paper.version, paper.status) == (("Art", "Mentoring"), 1, "waiting")
    assert Paper.objects.count() == 1
    words = dict(queries.writing_of(paper.id).facts)
    assert words["Lots"] == "Art, Mentoring"
    assert words["Provider"].startswith("Canal Side")


def test_the_file_is_kept_byte_for_byte_with_its_fingerprint(paper):
    kept = queries.file_of(paper.id)
    assert kept.startswith(b"%PDF-")
    assert sha256(kept).hexdigest() == paper.sha256


def test_what_was_issued_stays_whatever_changes_after(of, paper):
    before = queries.writing_of(paper.id)
    lot = Agreement.objects.get().admission.lot
    service(of, lot, rates=((TODAY, 9900),))
    assert queries.writing_of(paper.id) == before
    for table in (Paper, Acceptance):
        with pytest.raises(ProgrammingError), transaction.atomic():
            table.objects.update(sha256="another")
        with pytest.raises(ProgrammingError), transaction.atomic():
            table.objects.all()._raw_delete("default")


def test_prices_are_those_of_the_services_on_the_day(of):
    lot = factories.lot("Tutoring")
    service(of, lot, name="Maths", rates=((TODAY, 4550),))
    paper = issued(admitted(of, in_lot=lot))
    [lots] = [one for one in queries.writing_of(paper.id).parts if one.rows]
    assert lots.rows[0][2] == "Maths: £45.50 an hour"


def test_a_limit_until_the_first_visit_is_written_in(of):
    admission = admitted(of)
    admissions.limit(
        admission_ids=[admission.pk],
        most_children=2,
        reason="New.",
        by=factories.council_member(),
        at=NOW,
    )
    headings = [one.heading for one in queries.writing_of(issued(admission).id).parts]
    assert "A limit at first" in headings


def test_first_agreements_are_issued_once(of):
    admission = admitted(of)
    issued(admission)
    with pytest.raises(actions.AgreementInForce):
        issued(admission)


def test_issuing_to_ten_costs_as_many_queries_as_to_two(db):
    inside = factories.made_framework()
    costs = []
    for many in (2, 10):
        new = [admitted(provider(), in_lot=factories.lot(inside=inside)).pk for _ in range(many)]
        with CaptureQueriesContext(connection) as asked:
            actions.issue_many(
                admission_ids=new,
                model=CommercialModel.PSEUDO_DPS,
                in_force_from=TODAY,
                by=SYSTEM,
                at=NOW,
            )
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_one_that_was_never_written_out_is_written_out_as_it_stands(of):
    admission = admitted(of)
    issued(admission)
    Agreement.objects.update(paper=None)
    assert queries.without(of.pk, on=TODAY) == {admission.lot.framework_id: [admission.pk]}
    actions.write_out(admission_ids=[admission.pk], by=SYSTEM, at=NOW)
    assert Agreement.objects.get().paper.version == 2
    assert queries.without(of.pk, on=TODAY) == {}


def test_a_place_without_an_agreement_is_told_and_a_removed_one_is_not(of):
    admission, officer = admitted(of), factories.council_member()
    assert queries.without(of.pk, on=TODAY) == {admission.lot.framework_id: [admission.pk]}
    admissions.remove(
        admission_id=admission.pk,
        explanation="Closed.",
        takes_effect_on=TODAY,
        by=officer,
        at=NOW,
    )
    assert queries.without(of.pk, on=TODAY) == {}


# --- Accepting.


def test_a_manager_accepts_and_the_very_bytes_are_on_record(paper, manager):
    accept(paper, manager)
    found = now_of(paper)
    assert found.status is PaperStatus.ACCEPTED
    one = found.acceptance
    assert (one.how, one.name, one.position, one.by_name, one.at) == (
        How.ONLINE,
        "Asha Khan",
        "Trustee",
        manager.name,
        NOW,
    )
    assert (one.version, one.sha256) == (paper.version, paper.sha256)
    assert AuditEntry.objects.filter(tag="market:agreement:accepted").count() == 1


@pytest.mark.parametrize(
    "signature",
    [
        Signature(name=" ", position="Trustee", has_authority=True),
        Signature(name="Asha", position="", has_authority=True),
        Signature(name="Asha", position="Trustee", has_authority=False),
    ],
)
def test_half_a_signature_is_refused(paper, manager, signature):
    with pytest.raises(actions.SignatureMissing):
        accept(paper, manager, signature)
    assert not Acceptance.objects.exists()


def test_only_the_providers_own_accept_or_reply(paper):
    for other in (factories.member_of(provider().organisation), factories.council_member(), SYSTEM):
        with pytest.raises(actions.NotTheirs):
            accept(paper, other)
        with pytest.raises(actions.NotTheirs):
            reply(paper, other)


def test_it_is_accepted_once_and_the_second_is_told_by_whom(paper, manager):
    accept(paper, manager)
    with pytest.raises(actions.AcceptedAlready) as told:
        accept(paper, manager)
    assert str(told.value).startswith("Asha Khan has accepted this version already")
    with pytest.raises(actions.AcceptedAlready):
        signed(paper, factories.council_member())
    with pytest.raises(actions.AcceptedAlready):
        reply(paper, manager)
    assert str(actions.AcceptedAlready()) == actions.AcceptedAlready.says


def test_whoever_is_excluded_becomes_no_party(of, paper, manager):
    factories_exclusions.match(of.organisation)
    with pytest.raises(MayNotBeAwarded):
        accept(paper, manager)


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_end_with_one_acceptance():
    of = provider()
    paper = issued(admitted(of))
    managers = [factories.member_of(of.organisation) for _ in range(2)]
    both = Barrier(2)

    def run(manager):
        try:
            both.wait()
            accept(paper, manager)
        except actions.AcceptedAlready:
            return "told"
        else:
            return "accepted"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        assert sorted(pool.map(run, managers)) == ["accepted", "told"]
    assert Acceptance.objects.count() == 1


@pytest.mark.parametrize(
    "missing",
    [
        {"name": ""},
        {"position": ""},
        {"sha256": ""},
        {"has_authority": False},
        {"signed_on": TODAY},
        {"reason": "So."},
    ],
)
def test_the_database_takes_no_half_of_an_acceptance(paper, manager, missing):
    whole = {
        "paper_id": paper.id,
        "how": How.ONLINE,
        "version": 1,
        "sha256": paper.sha256,
        "name": "Asha",
        "position": "Trustee",
        "has_authority": True,
        "accepted_by": manager,
        "accepted_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.create(**(whole | missing))
    Acceptance.objects.create(**whole)


@pytest.mark.parametrize(
    "missing", [{"signed_on": None}, {"reason": ""}, {"sha256": "x"}, {"has_authority": True}]
)
def test_the_database_takes_no_half_of_a_signature_on_paper(paper, manager, missing):
    whole = {
        "paper_id": paper.id,
        "how": How.ON_PAPER,
        "version": 1,
        "signed_on": TODAY,
        "reason": "At our office.",
        "accepted_by": manager,
        "accepted_at": NOW,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Acceptance.objects.create(**(whole | missing))
    Acceptance.objects.create(**whole)


def test_a_signature_on_paper_is_recorded_with_its_day_and_reason(paper):
    signed(paper, factories.council_member(), signed_on=TODAY - DAY, name="Asha Khan")
    found = now_of(paper)
    assert found.status is PaperStatus.ON_PAPER
    assert (found.acceptance.signed_on, found.acceptance.reason, found.acceptance.sha256) == (
        TODAY - DAY,
        "Signed at our office.",
        "",
    )


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [({"reason": " "}, actions.ReasonMissing), ({"signed_on": TODAY + DAY}, actions.SignedLater)],
)
def test_a_signature_on_paper_that_cannot_be_is_refused(paper, changed, refusal):
    with pytest.raises(refusal):
        signed(paper, factories.council_member(), **changed)


def test_a_named_person_records_a_signature_and_an_answer(paper, manager):
    with pytest.raises(actions.NeedsAPerson):
        signed(paper, SYSTEM)
    reply(paper, manager)
    with pytest.raises(actions.NeedsAPerson):
        actions.answer(reply_id=Reply.objects.get().pk, words="Yes.", by=SYSTEM, at=NOW)
    with pytest.raises(actions.NeedsAPerson):
        actions.issue_again(paper_id=paper.id, reason="So.", by=SYSTEM, at=NOW)


# --- Asking, declining, reminding.


def test_a_question_waits_until_it_is_answered(paper, manager):
    officer = factories.council_member()
    reply(paper, manager)
    found = now_of(paper)
    assert (found.status, found.open_reply.words) == (PaperStatus.ASKED, "Our name is wrong.")
    actions.answer(reply_id=found.open_reply.id, words="We mend it.", by=officer, at=NOW)
    found = now_of(paper)
    assert (found.status, found.open_reply) == (PaperStatus.WAITING, None)
    assert (found.replies[0].answer, found.replies[0].answered_by) == ("We mend it.", officer.name)
    with pytest.raises(actions.AnsweredAlready):
        actions.answer(reply_id=found.replies[0].id, words="Again.", by=officer, at=NOW)


def test_whoever_declined_may_still_accept(paper, manager):
    reply(paper, manager, ReplyKind.DECLINED, "We are too small for this.")
    assert now_of(paper).status is PaperStatus.DECLINED
    accept(paper, manager)
    assert now_of(paper).status is PaperStatus.ACCEPTED


def test_nothing_said_is_refused(paper, manager):
    with pytest.raises(actions.WordsMissing):
        reply(paper, manager, words=" ")
    reply(paper, manager)
    with pytest.raises(actions.WordsMissing):
        actions.answer(
            reply_id=Reply.objects.get().pk, words="", by=factories.council_member(), at=NOW
        )


def test_they_are_reminded_once_a_day_while_it_waits(paper, manager):
    actions.note_reminded(paper_id=paper.id, by=SYSTEM, at=NOW)
    with pytest.raises(actions.RemindedToday):
        actions.note_reminded(paper_id=paper.id, by=SYSTEM, at=NOW)
    actions.note_reminded(paper_id=paper.id, by=SYSTEM, at=NOW + DAY)
    assert now_of(paper).reminded_on == (TODAY + DAY, TODAY)
    accept(paper, manager)
    with pytest.raises(actions.AcceptedAlready):
        actions.note_reminded(paper_id=paper.id, by=SYSTEM, at=NOW + 2 * DAY)
    assert Chase.objects.count() == 2


# --- A later version.


def again(paper, reason="The name was wrong.", at=NOW):
    ref = actions.issue_again(
        paper_id=paper.id, reason=reason, by=factories.council_member(), at=at
    )
    return queries.paper_with_ref(ref, person=SYSTEM, on=at.date())


def pair():
    one = Agreement.objects.order_by("pk").last().admission
    return one.provider_id, one.lot_id


def why(on=TODAY):
    return queries.why_none([pair()], on=on).get(pair())


def test_a_later_version_needs_its_own_acceptance(paper, manager):
    accept(paper, manager)
    assert why() is None
    later = again(paper, at=NOW + DAY)
    assert (later.version, later.status) == (2, PaperStatus.WAITING)
    assert now_of(paper, on=TODAY + DAY).status is PaperStatus.ENDED
    assert now_of(paper, on=TODAY).status is PaperStatus.ACCEPTED
    assert why(TODAY + DAY) == "They have not accepted the framework agreement for this lot yet"
    facts = dict(queries.writing_of(later.id).facts)
    assert facts["Takes the place of"] == f"{paper.ref}, version 1"
    assert facts["Why it was issued again"] == "The name was wrong."
    accept(later, manager, at=NOW + DAY)
    assert why(TODAY + DAY) is None


def test_one_mended_on_its_first_day_never_held(paper, manager):
    later = again(paper)
    assert now_of(paper).status is PaperStatus.ENDED
    with pytest.raises(actions.NotInForce):
        accept(paper, manager)
    with pytest.raises(actions.NotInForce):
        again(paper)
    accept(later, manager)
    assert why() is None


def test_issuing_again_needs_a_reason(paper):
    with pytest.raises(actions.ReasonMissing):
        again(paper, reason=" ")


# --- Who is a party.


def test_why_nothing_may_be_called_off_is_told_lot_by_lot(of, manager):
    inside = factories.made_framework()
    yes, waits, declined, none = (
        admitted(of, in_lot=factories.lot(inside=inside)) for _ in range(4)
    )
    party(yes)
    issued(waits)
    reply(issued(declined), manager, ReplyKind.DECLINED, "No.")
    pairs = [(of.pk, one.lot_id) for one in (yes, waits, declined, none)]
    assert queries.why_none(pairs, on=TODAY) == {
        (of.pk, waits.lot_id): "They have not accepted the framework agreement for this lot yet",
        (of.pk, declined.lot_id): "They have declined the framework agreement for this lot",
        (of.pk, none.lot_id): "No framework agreement for this lot is in force with them",
    }
    queries.refuse_unless_party(of.pk, yes.lot_id, on=TODAY)
    with pytest.raises(queries.NoAgreement) as told:
        queries.refuse_unless_party(of.pk, waits.lot_id, on=TODAY)
    assert str(told.value).startswith("They have not accepted")
    assert "signed on paper" in str(told.value)
    assert str(queries.NoAgreement()) == queries.NoAgreement.says


def test_an_agreement_that_is_to_come_makes_nobody_a_party_yet(of):
    admission = admitted(of)
    party(admission, in_force_from=TODAY + DAY)
    there = (of.pk, admission.lot_id)
    assert there in queries.why_none([there], on=TODAY)
    assert queries.why_none([there], on=TODAY + DAY) == {}


def test_who_is_a_party_is_asked_of_many_in_two_queries(db, django_assert_num_queries):
    for _ in range(3):
        admitted_to = admitted(provider())
        party(admitted_to)
    pairs = list(Agreement.objects.values_list("admission__provider", "admission__lot"))
    with django_assert_num_queries(2):
        assert queries.why_none(pairs, on=TODAY) == {}


def test_a_providers_people_see_their_own_and_nobody_elses(paper, manager):
    other = factories.member_of(provider().organisation)
    assert queries.own_paper_with_ref(paper.ref, person=manager, on=TODAY).ref == paper.ref
    assert [one.ref for one in queries.own_papers(person=manager, on=TODAY)] == [paper.ref]
    assert queries.paper_with_ref(paper.ref, person=other, on=TODAY) is None
    assert queries.own_papers(person=other, on=TODAY) == []
    officer = factories.council_member()
    assert queries.own_paper_with_ref(paper.ref, person=officer, on=TODAY) is None
    assert [one.ref for one in queries.papers(person=officer, on=TODAY)] == [paper.ref]
    assert queries.papers(person=officer, on=TODAY, provider_ids=[0]) == []
