"""Live spot placements land under named waivers with an end date (S37, S54, S303)."""

from datetime import date, timedelta

import pytest

from flsf.casework.calloffs.models import Award
from flsf.casework.calloffs.queries import registration
from flsf.casework.children.models import Disclosure
from flsf.casework.timetable.models import Booking
from flsf.core.counts import Counts
from flsf.core.people import SYSTEM
from flsf.delivery.placements import actions as placements
from flsf.delivery.placements.enums import Status
from flsf.delivery.placements.models import Placement
from flsf.flows import import_sheet as flow
from flsf.flows.end_placement import end_placement
from flsf.mandate.budgets.models import LedgerLine
from flsf.mandate.waivers.models import Waiver
from flsf.shared.imports.enums import Kind
from tests import factories, factories_awards
from tests.factories import NOW, TODAY
from tests.factories_imports import CHILDREN, PLACEMENTS, PROVIDERS, SERVICES, bring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _before(db):
    factories.lot("Tutoring")
    factories_awards.budget(100_000)
    bring(Kind.PROVIDERS, PROVIDERS)
    bring(Kind.SERVICES, SERVICES)
    bring(Kind.CHILDREN, CHILDREN)


def test_every_live_placement_lands_under_a_waiver_with_an_end_date():
    report = bring(Kind.PLACEMENTS, PLACEMENTS)
    assert (report.counts, report.problems) == (Counts(new=2), [])
    assert [(one.provider_name, one.expires_on) for one in Waiver.objects.order_by("pk")] == [
        ("Bright Steps Tuition", date(2027, 3, 31)),
        ("River Arts", date(2026, 7, 17)),
    ]
    for award in Award.objects.select_related("waiver"):
        assert (award.route, award.status) == ("waiver", "awarded")
        assert award.waiver.value_pence == award.gross_pence > 0
        assert award.ends_on <= award.waiver.expires_on


def test_money_place_and_sight_follow():
    bring(Kind.PLACEMENTS, PLACEMENTS)
    maths = Award.objects.get(service__name="Maths")
    # Monday mornings of 2.5 hours at £45 net, and VAT at 20 per cent.
    assert maths.net_pence % 11_250 == 0
    assert maths.vat_pence * 5 == maths.net_pence
    promised = LedgerLine.objects.get(award_ref=maths.ref)
    assert 0 < promised.gross_pence < maths.gross_pence
    assert Booking.objects.get().award_ref == maths.ref
    assert {one.award_id for one in Placement.objects.all()} == {
        one.pk for one in Award.objects.all()
    }
    assert Disclosure.objects.filter(basis="placed").count() == 2


def test_what_the_reader_should_know_is_noted():
    report = bring(Kind.PLACEMENTS, PLACEMENTS)
    [note] = report.notes
    assert note.startswith("1 placements name no service that we know, so no place is booked")
    assert note.endswith("Their hours and children count with the provider.")


def test_a_placement_that_names_no_service_counts_by_what_the_sheet_says_until_it_ends():
    bring(Kind.PLACEMENTS, PLACEMENTS)
    art = Award.objects.get(service=None)
    of = {"is_school": False, "on": TODAY, "only_booked": True}
    [place] = registration.at_places(art.provider_id, **of)
    assert (place.children, place.most_minutes) == (1, 2 * 150)
    placement = Placement.objects.get(award=art)
    end_placement(placement_id=placement.pk, last_day=TODAY, reason="Moved away", by=SYSTEM, at=NOW)
    assert registration.at_places(art.provider_id, **of)
    assert not registration.at_places(art.provider_id, **of | {"on": TODAY + timedelta(days=1)})


def test_the_same_sheet_again_changes_nothing():
    bring(Kind.PLACEMENTS, PLACEMENTS)
    assert bring(Kind.PLACEMENTS, PLACEMENTS).counts == Counts(same=2)
    assert (Award.objects.count(), Waiver.objects.count()) == (2, 2)


def test_one_named_waiver_covers_all_that_name_it():
    heading, *rows = PLACEMENTS.replace("River Arts", "Bright Steps Tuition").splitlines()
    named = [f"{heading},Waiver,Waiver expiry"] + [f"{row},W/2025/7,31/03/2027" for row in rows]
    bring(Kind.PLACEMENTS, "\n".join(named) + "\n")
    waiver = Waiver.objects.get()
    assert waiver.reason.startswith("W/2025/7: ")
    assert waiver.starts_on == date(2025, 9, 1)


def test_rows_that_cannot_be_say_why():
    heading = PLACEMENTS.splitlines()[0]
    report = bring(
        Kind.PLACEMENTS,
        f"{heading}\n"
        "Bright Steps Tuition,Cal,Unknown,15/05/2014,01/09/2025,31/03/2027,45,hourly,Mon,\n"
        "Nobody,Ava,Moss,15/05/2014,01/09/2025,31/03/2027,45,hourly,Mon,\n"
        "River Arts,Ava,Moss,15/05/2014,01/09/2025,31/03/2026,45,hourly,Mon,\n"
        "River Arts,Ava,Moss,15/05/2014,01/09/2026,31/03/2026,45,hourly,Mon,\n"
        "River Arts,,,,01/09/2025,31/03/2027,45,hourly,Mon,\n"
        "River Arts,Ava,Moss,15/05/2014,01/09/2025,,45,hourly,Mon,\n"
        "River Arts,Ava,Moss,15/05/2014,01/09/2025,31/03/2027,0,fortnight,Someday,\n",
    )
    assert report.counts == Counts()
    assert [(bad.row, bad.column) for bad in report.problems] == [
        (2, "Surname"),
        (3, "Supplier"),
        (4, "End date"),
        (5, "End date"),
        (6, "upn"),
        (7, "End date"),
        (8, "Unit cost"),
        (8, "Charged by"),
        (8, "Days"),
    ]
    assert Waiver.objects.count() == 0


def test_undone_nothing_is_left_and_nothing_is_promised():
    report = bring(Kind.PLACEMENTS, PLACEMENTS)
    flow.undo(ref=report.batch_ref, by=SYSTEM, at=NOW)
    tables = (Placement, Award, Waiver, Booking)
    assert [table.objects.count() for table in tables] == [0, 0, 0, 0]
    assert sum(line.gross_pence for line in LedgerLine.objects.all()) == 0
    today = NOW.date()
    assert Disclosure.objects.open_on(today).filter(basis="placed").count() == 0


def test_undo_is_refused_once_a_placement_has_moved_on():
    report = bring(Kind.PLACEMENTS, PLACEMENTS)
    placements.move(
        placement_id=Placement.objects.first().pk,
        status=Status.ON_HOLD,
        takes_effect_on=NOW.date(),
        reason="Unwell",
        by=SYSTEM,
        at=NOW.replace(hour=11),
    )
    with pytest.raises(placements.StillNeeded):
        flow.undo(ref=report.batch_ref, by=SYSTEM, at=NOW)
    assert Placement.objects.count() == 2
