from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from flsf.core.money import Money
from flsf.core.people import SYSTEM, VISITOR
from flsf.mandate.framework import actions, queries
from flsf.mandate.framework.enums import CommercialModel, PublishedKind, Regime, SpendLine
from flsf.mandate.framework.models import Framework
from flsf.mandate.framework.rules import DEFAULT_LOTS, DEFAULT_MEASURES, LotTerms
from flsf.shared.audit.models import AuditEntry
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def extended(framework, years, **changed):
    usual = {"approved_by": "Director", "approved_on": TODAY, "reason": "It serves children well."}
    return actions.extend(
        framework_id=framework.pk, years=years, **(usual | changed), by=SYSTEM, at=NOW
    )


def test_a_framework_that_could_run_nine_years_is_refused():
    with pytest.raises(actions.BeyondTermCap):
        actions.establish(
            name="FLSF",
            starts_on=date(2026, 4, 1),
            initial_years=4,
            extension_years_allowed=5,
            by=SYSTEM,
            at=NOW,
        )


def test_a_ceiling_of_nothing_is_refused():
    with pytest.raises(actions.CeilingNotFair):
        actions.establish(
            name="FLSF",
            starts_on=date(2026, 4, 1),
            initial_years=3,
            extension_years_allowed=5,
            ceiling=Money(0),
            by=SYSTEM,
            at=NOW,
        )


def test_the_table_itself_holds_the_cap():
    framework = factories.made_framework()
    with pytest.raises(IntegrityError), transaction.atomic():
        Framework.objects.filter(pk=framework.pk).update(initial_years=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        Framework.objects.filter(pk=framework.pk).update(extension_years_granted=6)


def test_extensions_lengthen_the_term_until_eight_years_and_no_further():
    framework = factories.made_framework()
    extended(framework, 2)
    extended(framework, 3)
    framework.refresh_from_db()
    assert framework.term.last_day == date(2034, 3, 31)
    with pytest.raises(actions.BeyondTermCap):
        extended(framework, 1)


def test_a_change_keeps_what_it_said_before_in_the_record():
    framework = factories.made_framework()
    actions.change(
        framework_id=framework.pk,
        name="FLSF",
        ceiling=Money(6_850_000_000),
        call_off_method=framework.call_off_method,
        decided_by_body="Cabinet",
        decided_on=date(2026, 1, 29),
        minute="87",
        by=SYSTEM,
        at=NOW,
    )
    framework.refresh_from_db()
    assert framework.ceiling == Money(6_850_000_000)
    entry = AuditEntry.objects.get(tag="mandate:framework:changed")
    assert entry.details["minute"] == {"before": "", "after": "87"}
    assert set(entry.details) == {"ceiling_pence", "decided_by_body", "decided_on", "minute"}


def test_the_usual_lots_cover_every_spend_line_but_personal_budgets():
    framework = factories.made_framework()
    opened = actions.open_lots(framework_id=framework.pk, by=SYSTEM, at=NOW)
    assert [lot.code for lot in opened] == [lot.code for lot in DEFAULT_LOTS]
    therapy = queries.lot_with_code("therapies")
    assert (therapy.regime, therapy.spend_line) == (Regime.PROVIDER_SELECTION, SpendLine.THERAPY)
    assert queries.lot_with_code("full-time-ap").registered_only
    lines = {lot.spend_line for lot in opened}
    assert set(SpendLine) - lines == {SpendLine.PERSONAL_BUDGET}


def test_a_code_is_used_once_and_then_none_is_opened():
    framework = factories.made_framework()
    actions.open_lot(
        framework_id=framework.pk, code="mentoring", name="Mentoring", by=SYSTEM, at=NOW
    )
    with pytest.raises(actions.LotCodeTaken):
        actions.open_lots(framework_id=framework.pk, by=SYSTEM, at=NOW)
    assert queries.lots(person=VISITOR).count() == 1


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (LotTerms(lowest_age=19, highest_age=16), actions.AgesOutOfOrder),
        (
            LotTerms(direct_award_allowed=False, competition_allowed=False),
            actions.NoWayToBuy,
        ),
        (LotTerms(price_cap_pence=0), actions.PriceCapNotFair),
    ],
)
def test_terms_that_make_no_sense_are_refused(terms, refusal):
    lot = factories.lot()
    with pytest.raises(refusal):
        actions.change_lot(lot_id=lot.pk, name=lot.name, terms=terms, by=SYSTEM, at=NOW)


def test_a_changed_lot_keeps_its_earlier_terms_with_their_day():
    lot = factories.lot()
    capped = LotTerms(price_cap_pence=6_000)
    actions.change_lot(lot_id=lot.pk, name="Tutoring", terms=capped, by=SYSTEM, at=LATER)
    actions.change_lot(lot_id=lot.pk, name="Tutoring", terms=capped, by=SYSTEM, at=LATER)
    versions = list(queries.versions(lot.pk))
    assert [(one.in_force_from, one.terms["price_cap_pence"]) for one in versions] == [
        (date(2026, 9, 1), 6_000),
        (date(2026, 4, 1), None),
    ]
    assert queries.lot_facts()[lot.pk].terms == capped


def test_the_current_framework_is_the_running_one_that_began_last():
    old = factories.made_framework(date(2022, 4, 1))
    new = factories.made_framework(date(2026, 4, 1))
    assert queries.current(date(2024, 1, 1)) == old
    assert queries.current(date(2026, 5, 1)) == new
    assert queries.current(date(2030, 1, 1)) is None
    lot = factories.lot(inside=new)
    assert queries.running_lot_ids(date(2026, 3, 31)) == frozenset()
    assert queries.running_lot_ids(date(2026, 4, 1)) == {lot.pk}
    assert queries.running_lot_ids(date(2029, 4, 1)) == frozenset()


def test_an_extension_keeps_who_approved_it_and_why():
    framework = factories.made_framework()
    extended(framework, 2)
    [one] = queries.extensions(framework.pk)
    assert (one.years, one.last_day, one.approved_by) == (2, date(2031, 3, 31), "Director")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"approved_by": " "}, actions.ApprovalMissing),
        ({"reason": ""}, actions.ApprovalMissing),
        ({"approved_on": TODAY + timedelta(days=1)}, actions.ApprovedLater),
    ],
)
def test_an_extension_nobody_approved_is_refused(changed, refusal):
    with pytest.raises(refusal):
        extended(factories.made_framework(), 1, **changed)


def moved(framework, model=CommercialModel.OPEN_FRAMEWORK, **changed):
    usual = {"in_force_from": TODAY, "authority": "Director", "reason": "Guidance is clear."}
    return actions.set_model(
        framework_id=framework.pk, model=model, **(usual | changed), by=SYSTEM, at=NOW
    )


def test_a_commercial_model_holds_from_its_day_and_what_it_was_is_kept():
    framework = factories.made_framework()
    setting = moved(framework, in_force_from=date(2026, 9, 1))
    on = {day: queries.model_on(framework.pk, on=day) for day in (TODAY, date(2026, 9, 1))}
    assert list(on.values()) == [CommercialModel.PSEUDO_DPS, CommercialModel.OPEN_FRAMEWORK]
    assert queries.model_on(framework.pk, on=date(2020, 1, 1)) is CommercialModel.PSEUDO_DPS
    actions.withdraw_model(setting_id=setting.pk, by=SYSTEM, at=NOW)
    assert queries.model_on(framework.pk, on=date(2026, 9, 1)) is CommercialModel.PSEUDO_DPS
    assert queries.model_settings(framework.pk).count() == 2
    with pytest.raises(actions.AlreadyWithdrawn):
        actions.withdraw_model(setting_id=setting.pk, by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"authority": ""}, actions.ModelReasonMissing),
        ({"reason": " "}, actions.ModelReasonMissing),
        ({"in_force_from": TODAY - timedelta(days=1)}, actions.ModelInThePast),
        ({"in_force_from": date(2029, 4, 1)}, actions.ModelOutsideTerm),
        ({"model": CommercialModel.PSEUDO_DPS}, actions.SameModel),
    ],
)
def test_a_model_that_cannot_be_set_is_refused(changed, refusal):
    with pytest.raises(refusal):
        moved(factories.made_framework(), **changed)


def test_a_model_that_was_followed_by_another_is_not_taken_back():
    framework = factories.made_framework()
    first = moved(framework)
    moved(framework, CommercialModel.SPOT)
    with pytest.raises(actions.ModelFollowed):
        actions.withdraw_model(setting_id=first.pk, by=SYSTEM, at=NOW)


def published(framework, *criteria, on=TODAY):
    return actions.publish_criteria(
        framework_id=framework.pk, criteria=criteria, in_force_from=on, by=SYSTEM, at=NOW
    )


def test_an_application_is_judged_by_the_criteria_of_its_day():
    framework = factories.made_framework()
    published(framework, "Safe: checks seen", " ", "Good: two references")
    published(framework, "Safe: checks seen", on=date(2026, 9, 1))
    assert queries.criteria_in_force(framework.pk, on=TODAY - timedelta(days=1)) is None
    first = queries.criteria_in_force(framework.pk, on=date(2026, 8, 31))
    assert (first.version, first.lines) == (1, ("Safe: checks seen", "Good: two references"))
    assert queries.criteria_in_force(framework.pk, on=date(2026, 9, 1)).version == 2


@pytest.mark.parametrize(
    ("criteria", "on", "refusal"),
    [
        (("", " "), TODAY, actions.CriteriaMissing),
        (("Safe",), TODAY, actions.CriteriaUnchanged),
        (("Other",), date(2026, 3, 31), actions.CriteriaInThePast),
    ],
)
def test_criteria_that_cannot_be_published_are_refused(criteria, on, refusal):
    framework = factories.made_framework()
    published(framework, "Safe")
    with pytest.raises(refusal):
        published(framework, *criteria, on=on)


def test_a_changed_method_is_published_as_its_next_version():
    framework = factories.made_framework()
    same = {"name": "FLSF", "ceiling": None, "decided_by_body": "", "decided_on": None}
    for method in ("By need first.", "By need first."):
        actions.change(
            framework_id=framework.pk, call_off_method=method, minute="", **same, by=SYSTEM, at=NOW
        )
    found = queries.published(framework.pk, PublishedKind.CALL_OFF_METHOD)
    assert [one.version for one in found] == [2, 1]
    assert found[0].text == "By need first."


def test_measures_of_performance_are_the_usual_until_others_are_published():
    inside = factories.made_framework()
    assert queries.measures_in_force(inside.pk, on=TODAY) == DEFAULT_MEASURES
    said = {"framework_id": inside.pk, "by": SYSTEM, "at": NOW}
    actions.publish_measures(measures=["Attendance. ", ""], in_force_from=TODAY, **said)
    assert queries.measures_in_force(inside.pk, on=TODAY) == ("Attendance.",)
    with pytest.raises(actions.MeasuresUnchanged):
        actions.publish_measures(measures=["Attendance."], in_force_from=TODAY, **said)
    with pytest.raises(actions.MeasuresMissing):
        actions.publish_measures(measures=[" "], in_force_from=TODAY, **said)
    with pytest.raises(actions.MeasuresInThePast):
        actions.publish_measures(
            measures=["Other."], in_force_from=inside.starts_on - timedelta(days=1), **said
        )
