"""Who is excluded is awarded nothing more: at admission, at each call-off, and from its day."""

import json
from datetime import timedelta

import pytest

from flsf.casework.matching import queries as matching
from flsf.core.people import SYSTEM
from flsf.delivery.continuity import queries as continuity
from flsf.flows import exclude
from flsf.flows.import_debarment import import_debarment
from flsf.flows.register_provider import register_provider
from flsf.flows.release_round import release_round
from flsf.flows.see_evidence import see_evidence
from flsf.flows.send_application import send_application
from flsf.market.admissions import actions as admissions
from flsf.market.admissions import queries as find_admissions
from flsf.market.admissions.enums import Status, SuspensionReason
from flsf.market.evaluation import actions as evaluation
from flsf.market.evaluation.enums import Outcome
from flsf.market.exclusions import queries
from flsf.market.exclusions.enums import Bar, CaseStatus, Weight
from flsf.market.exclusions.models import Case, ListVersion, Match, Sweep
from flsf.market.exclusions.queries import MayNotBeAwarded
from flsf.market.providers.enums import ProviderKind
from flsf.market.providers.models import Provider
from flsf.market.providers.rules import ProviderFacts
from flsf.shared.accounts.enums import Role
from flsf.shared.accounts.models import Organisation
from flsf.shared.imports.rules.refused import (
    CutOff,
    EmptyFile,
    MissingHeadings,
    NoRows,
    NotWhatItsNameSays,
)
from flsf.shared.imports.rules.sources import Source
from flsf.shared.notify.models import Message
from tests.factories import NOW, TODAY, council_member, lot, member_of
from tests.factories_applications import answered, applicant
from tests.factories_delivery import running
from tests.factories_evaluation import AFTER, free_to_decide, reported
from tests.factories_evaluation import decided as application_decided
from tests.factories_evaluation import scene as joining
from tests.factories_exclusions import case, entry, listed, match, swept
from tests.factories_market import A_CHECK, admitted, application, provider, require, shown
from tests.factories_matching import decided, proposed, scene

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = NOW + 20 * DAY
HEAD = "Supplier name,Company number,Mandatory or discretionary,Ground,Date added,Until,Notes\n"
GOOD = "Bad Apple Limited,1234567,Mandatory,A cartel,05/01/2026,,first\n"


def bring(content, name="list.csv", at=NOW, **how):
    raw = content.encode() if isinstance(content, str) else content
    source = Source.of_bytes(name, raw)
    return import_debarment(source=source, name="May 2026", by=SYSTEM, at=at, **how)


# --- The list as a file ---


def test_a_file_becomes_the_list_in_force_and_everybody_is_looked_for():
    of = provider("Good Pear", company_number="01234567")
    report = bring(HEAD + GOOD + "Somebody Else,,discretionary,,1 Feb 2026,1 Feb 2030,\n")
    assert (report.counts.new, report.rows_bad) == (2, 0)
    assert "Not read: Notes." in report.notes
    assert "Suppliers found on it that somebody has to look at: 1." in report.notes
    [one] = Match.objects.all()
    assert (one.organisation_id, one.alike, one.entry.weight) == (
        of.organisation_id,
        "number",
        Weight.MANDATORY,
    )
    assert queries.in_force().name == "May 2026"


def test_the_same_file_again_changes_nothing():
    bring(HEAD + GOOD)
    before = (ListVersion.objects.count(), Sweep.objects.count())
    report = bring(HEAD + GOOD)
    assert (report.counts.new, report.counts.same) == (0, 1)
    assert (ListVersion.objects.count(), Sweep.objects.count()) == before


def test_a_dry_run_tells_and_keeps_nothing():
    report = bring(HEAD + GOOD, is_dry_run=True)
    assert report.counts.new == 1
    assert not ListVersion.objects.exists()


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (",1,Mandatory,A,05/01/2026,,", "Supplier name", "", "empty"),
        ("Bad,,Perhaps,A,05/01/2026,,", "Mandatory or discretionary", "Perhaps", "Write one of"),
        ("Bad,,Mandatory,A,31/02/2026,,", "Date added", "31/02/2026", ""),
        ("Bad,,Mandatory,A,05/01/2026,04/01/2026,", "Until", "04/01/2026", "before it begins"),
        ("Bad Apple Limited,1234567,Mandatory,A cartel,05/01/2026,,", "Supplier name", "", "Row 2"),
        ("Bad,,Mandatory", "", "", "It may be cut off"),
    ],
)
def test_a_bad_row_is_told_by_number_value_and_reason_and_nothing_is_taken_in(
    row, column, value, reason
):
    of = provider("Bad Apple Limited")
    bring(HEAD + GOOD)
    report = bring(HEAD + GOOD + row + "\n", at=NOW + DAY)
    [bad] = report.problems
    assert (bad.row, bad.column) == (3, column)
    assert value in bad.value
    assert reason in bad.reason
    assert (report.rows_bad, report.is_kept) == (1, False)
    assert ListVersion.objects.count() == 1
    assert of.organisation_id in queries.why_none([of.organisation_id], on=TODAY)


def test_the_right_list_is_in_force_again_after_a_wrong_one():
    of = provider("Bad Apple Limited")
    bring(HEAD + GOOD)
    wrong = bring(HEAD + "Somebody Else,,Mandatory,A,05/01/2026,,\n", at=NOW + DAY)
    assert any(one.startswith("No longer on it: 1 of the 1 entries") for one in wrong.notes)
    assert queries.why_none([of.organisation_id], on=TODAY) == {}
    bring(HEAD + GOOD, at=NOW + 2 * DAY)
    assert of.organisation_id in queries.why_none([of.organisation_id], on=TODAY)


def test_a_match_nobody_settled_stays_one_under_a_new_name():
    of = provider("Bad Apple Limited")
    listed(entry())
    swept()
    Provider.objects.filter(pk=of.pk).update(name="Nice Pear")
    Organisation.objects.filter(pk=of.organisation_id).update(name="Nice Pear")
    listed(entry(), entry("Another"), at=NOW + DAY)
    swept(NOW + DAY)
    assert of.organisation_id in queries.why_none([of.organisation_id], on=TODAY)


def test_what_must_exclude_now_and_only_might_before_is_looked_at_again():
    of = provider("Bad Apple Limited")
    listed(entry(weight=Weight.DISCRETIONARY))
    [one] = swept()
    exclude.settle_match(
        match_id=one.pk, is_them=False, because="Another firm.", by=council_member(), at=NOW
    )
    listed(entry(weight=Weight.MANDATORY), at=NOW + DAY)
    swept(NOW + DAY)
    assert of.organisation_id in queries.why_none([of.organisation_id], on=TODAY)


@pytest.mark.parametrize(
    ("content", "name", "refusal", "says"),
    [
        ("Colour,Shape\nred,round\n", "list.csv", MissingHeadings, "Colour, Shape"),
        ("", "list.csv", EmptyFile, None),
        (HEAD, "list.csv", NoRows, None),
        (b"\xff\x00\x81" * 50, "list.csv", NotWhatItsNameSays, None),
        (HEAD + '"Bad Apple', "list.csv", CutOff, None),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(content, name, refusal, says):
    with pytest.raises(refusal, match=says):
        bring(content, name)
    assert not ListVersion.objects.exists()


def test_whoever_is_new_on_the_register_or_applies_is_looked_for():
    listed(entry("Bad Apple"), entry("Kind Steps"))
    register_provider(
        facts=ProviderFacts(name="Bad Apple Ltd", kind=ProviderKind.COMPANY), by=SYSTEM, at=NOW
    )
    assert Match.objects.count() == 1
    person = applicant()
    made = answered(person)  # who says it is called Kind Steps
    send_application(application_id=made.pk, version=1, address="a@b.example", by=person, at=NOW)
    assert {one.entry.name for one in Match.objects.all()} == {"Bad Apple", "Kind Steps"}


# --- At admission ---


def test_nobody_who_may_be_debarred_is_accepted_told_or_admitted():
    at = joining()
    person = applicant()
    made = reported(at, person)
    one = match(made.application.organisation)
    said = {"evaluation_id": made.pk, "reason": "So.", "by": at.director, "at": NOW}
    free_to_decide(made, at.director)
    with pytest.raises(MayNotBeAwarded, match="debarment list"):
        evaluation.decide(**said, outcome=Outcome.ACCEPT)
    exclude.settle_match(
        match_id=one.pk, is_them=False, because="Another.", by=council_member(), at=NOW
    )
    evaluation.decide(**said, outcome=Outcome.ACCEPT)


def test_a_round_is_not_told_while_somebody_accepted_may_be_debarred():
    at = joining()
    made = application_decided(at, applicant())
    match(made.application.organisation)
    with pytest.raises(evaluation.MayNotBeTaken, match=made.application.ref):
        release_round(round_of=at.round(AFTER.date()), by=at.director, at=AFTER)
    assert not Message.objects.filter(template="application-accepted").exists()


def test_an_officer_admits_nobody_who_is_excluded():
    waiting = application(provider("Bad Apple Ltd"), in_lot=lot())
    match(waiting.provider.organisation)
    with pytest.raises(MayNotBeAwarded):
        admissions.admit(
            admission_id=waiting.pk,
            takes_effect_on=TODAY,
            reason="Met.",
            by=council_member(),
            at=NOW,
        )


# --- At a call-off ---


def test_an_award_is_neither_proposed_nor_decided_while_they_may_be_debarred():
    at = scene()
    award = proposed(at)
    one = match(at.service.provider.organisation)
    with pytest.raises(MayNotBeAwarded):
        decided(award, at.director)
    with pytest.raises(MayNotBeAwarded):
        proposed(at)
    exclude.settle_match(
        match_id=one.pk, is_them=False, because="Another.", by=council_member(), at=NOW
    )
    assert decided(award, at.director)


# --- What follows ---


def statuses(of, on=TODAY):
    return {one.status for one in find_admissions.standings([of.pk], person=SYSTEM, on=on)[of.pk]}


def test_a_mandatory_entry_excludes_at_once_and_each_child_is_asked_about():
    placement = running()
    of = placement.provider
    admitted(of, in_lot=placement.service.lot)
    lead = member_of(of.organisation)
    one = match(of.organisation)
    officer = council_member(Role.PROCUREMENT)
    ref = exclude.settle_match(
        match_id=one.pk, is_them=True, because="Same number.", by=officer, at=NOW
    )
    made = Case.objects.get(ref=ref)
    # The Minister, whose list it is, knows already (section 59).
    assert (made.status, made.minister_due_on) == (CaseStatus.EXCLUDED, None)
    assert statuses(of) == {Status.SUSPENDED}
    [asked] = continuity.listed(person=SYSTEM, on=TODAY)
    assert asked.placement_ref == placement.ref
    told = Message.objects.filter(recipient=lead).values_list("template", flat=True)
    assert "exclusion-decided" in told


def test_a_discretionary_entry_lets_them_answer_first():
    of = provider("Bad Apple Ltd")
    listed(entry("Bad Apple", weight=Weight.DISCRETIONARY))
    [one] = swept()
    exclude.settle_match(
        match_id=one.pk, is_them=True, because="Same.", by=council_member(), at=NOW
    )
    made = Case.objects.get()
    assert (made.status, made.ground) == (CaseStatus.OPEN, "debarred")
    # Nothing is awarded while it is being decided.
    assert queries.bars(on=TODAY) == {of.organisation_id: Bar.BEING_DECIDED}
    with pytest.raises(MayNotBeAwarded, match="being decided"):
        queries.refuse_if_excluded(of.organisation_id, on=TODAY)
    assert queries.why_none([of.organisation_id], on=TODAY, open_cases=False) == {}


def test_no_hand_lifts_what_an_exclusion_suspended_and_its_end_does():
    of = provider("Bad Apple Ltd")
    admission = admitted(of, in_lot=lot())
    made = case(of)
    exclude.decide_case(
        case_id=made.pk,
        outcome=CaseStatus.EXCLUDED,
        reason="It may recur.",
        by=council_member(Role.DIRECTOR),
        at=LATER,
    )
    on = LATER.date()
    assert statuses(of, on) == {Status.SUSPENDED}
    with pytest.raises(admissions.ExclusionFirst):
        admissions.lift(
            admission_id=admission.pk,
            explanation="Enough.",
            takes_effect_on=on,
            by=council_member(),
            at=LATER,
        )
    exclude.end_exclusion(
        case_id=made.pk, because="Put right.", by=council_member(Role.DIRECTOR), at=LATER
    )
    assert statuses(of, on) == {Status.IN_POOL}


def excluded_from(of, at=LATER):
    made = case(of)
    exclude.decide_case(
        case_id=made.pk,
        outcome=CaseStatus.EXCLUDED,
        reason="It may recur.",
        by=council_member(Role.DIRECTOR),
        at=at,
    )
    return made


def put_right(made, at):
    exclude.end_exclusion(
        case_id=made.pk, because="Put right.", by=council_member(Role.DIRECTOR), at=at
    )


def suspended(admission, reason=SuspensionReason.QUALITY, **how):
    admissions.suspend(
        admission_id=admission.pk,
        reason=reason,
        explanation="Something was said.",
        takes_effect_on=TODAY,
        review_on=TODAY + 60 * DAY,
        by=council_member(),
        at=NOW,
        **how,
    )


def test_a_suspension_that_would_end_by_itself_does_not_end_an_exclusion():
    of = provider("Bad Apple Ltd")
    admission = admitted(of, in_lot=lot())
    ends = TODAY + 30 * DAY
    suspended(admission, lifts_on=ends)
    made = excluded_from(of)
    assert statuses(of, ends - DAY) == statuses(of, ends) == {Status.SUSPENDED}
    put_right(made, LATER)
    assert statuses(of, ends - DAY) == {Status.SUSPENDED}
    assert statuses(of, ends) == {Status.IN_POOL}


def test_an_exclusion_that_held_over_a_later_day_ends_whole():
    of = provider("Bad Apple Ltd")
    admission = admitted(of, in_lot=lot())
    suspended(admission, lifts_on=TODAY + 30 * DAY)
    admissions.lift(
        admission_id=admission.pk,
        explanation="Put right early.",
        takes_effect_on=TODAY + DAY,
        by=council_member(),
        at=NOW + DAY,
    )
    made = excluded_from(of)
    assert statuses(of, TODAY + 30 * DAY) == {Status.SUSPENDED}
    put_right(made, LATER)
    assert statuses(of, LATER.date()) == statuses(of, TODAY + 30 * DAY) == {Status.IN_POOL}


def test_a_place_decided_for_later_waits_until_the_exclusion_ends():
    of = provider("Bad Apple Ltd")
    begins = TODAY + 40 * DAY
    admitted(of, in_lot=lot(), takes_effect_on=begins)
    made = excluded_from(of)
    assert statuses(of, begins) == {Status.SUSPENDED}
    after = NOW + 50 * DAY
    put_right(made, after)
    assert statuses(of, after.date()) == {Status.IN_POOL}


def test_new_evidence_does_not_end_an_exclusion_and_counts_once_it_ends():
    of = provider("Bad Apple Ltd")
    admission = admitted(of, in_lot=lot())
    require()
    shown(of, until=TODAY - DAY, since=TODAY - 400 * DAY)
    suspended(admission, reason=SuspensionReason.CHECK_OVERDUE)
    made = excluded_from(of)
    see_evidence(
        provider_id=of.pk,
        code=A_CHECK.code,
        number="N-2",
        holds_from=LATER.date(),
        expires_on=LATER.date() + 300 * DAY,
        by=council_member(),
        at=LATER,
    )
    assert statuses(of, LATER.date()) == {Status.SUSPENDED}
    put_right(made, LATER)
    assert statuses(of, LATER.date()) == {Status.IN_POOL}


def test_no_hand_lifts_any_suspension_of_whoever_is_excluded():
    of = provider("Bad Apple Ltd")
    admission = admitted(of, in_lot=lot())
    suspended(admission)
    excluded_from(of)
    with pytest.raises(admissions.ExclusionFirst):
        admissions.lift(
            admission_id=admission.pk,
            explanation="Heard both sides.",
            takes_effect_on=LATER.date(),
            by=council_member(),
            at=LATER,
        )


def test_what_is_put_right_excludes_nobody_and_they_are_told():
    of = provider("Bad Apple Ltd")
    lead = member_of(of.organisation)
    admitted(of, in_lot=lot())
    made = case(of)
    exclude.decide_case(
        case_id=made.pk,
        outcome=CaseStatus.NOT_EXCLUDED,
        reason="Self-cleaned.",
        by=council_member(Role.DIRECTOR),
        at=LATER,
    )
    assert statuses(of, LATER.date()) == {Status.IN_POOL}
    told = Message.objects.filter(recipient=lead).order_by("pk")
    assert [one.template for one in told] == ["exclusion-opened", "exclusion-decided"]
    assert json.dumps(told[0].details)


def test_the_shortlist_leaves_out_whoever_is_excluded():
    at = scene()
    fitting = matching.rank(at.referral.pk, on=TODAY)
    assert [fitting.columns.refs[one] for one in (fitting.result.masks == 0).nonzero()[0]] == [
        at.service.ref
    ]
    one = match(at.service.provider.organisation)
    exclude.settle_match(match_id=one.pk, is_them=True, because="So.", by=at.director, at=NOW)
    after = matching.rank(at.referral.pk, on=TODAY)
    assert not (after.result.masks == 0).any()
