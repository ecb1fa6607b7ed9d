"""The council's own sheets: headings guessed and remembered, duplicates found, undone again."""

from datetime import datetime

import pytest

from flsf.casework.children.actions import StillNeeded
from flsf.casework.children.models import Child
from flsf.core.counts import Counts
from flsf.core.needs import Need
from flsf.core.people import SYSTEM
from flsf.flows import import_sheet as flow
from flsf.market.directory.models import Listing
from flsf.market.providers.actions import InUse
from flsf.market.providers.models import Capacity, Provider, Rate, Service
from flsf.shared.imports.enums import BatchStatus, Kind
from flsf.shared.imports.models import Batch, Mapping
from flsf.shared.imports.rules import refused
from flsf.shared.imports.rules.sources import Source
from flsf.shared.places import actions as places
from tests import factories, factories_casework, factories_market
from tests.factories import NOW
from tests.factories_imports import CHILDREN, PROVIDERS, SERVICES, bring, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _postcodes(db):
    places.take_in_postcodes(
        columns=("postcode", "easting", "northing"),
        rows=[("DY1 1HF", 394000, 290000), ("DY1 1HG", 394100, 290100)],
        by=SYSTEM,
        at=NOW,
    )


def undo(report):
    flow.undo(ref=report.batch_ref, by=SYSTEM, at=NOW)


def test_providers_under_a_councils_own_headings():
    assert bring(Kind.PROVIDERS, PROVIDERS).counts == Counts(new=2)
    bright = Provider.objects.get(company_number="01234567")
    assert (bright.name, bright.kind, bright.phone, bright.vat_basis_points) == (
        "Bright Steps Tuition",
        "company",
        "01384555123",
        2000,
    )
    assert bright.sites.get().easting == 394000
    assert Provider.objects.get(charity_number="1098765").kind == "voluntary"


@pytest.mark.parametrize("kind", [Kind.PROVIDERS, Kind.CHILDREN])
def test_the_same_sheet_again_changes_nothing(kind):
    content = {Kind.PROVIDERS: PROVIDERS, Kind.CHILDREN: CHILDREN}[kind]
    bring(kind, content)
    again = bring(kind, content)
    assert (again.counts, again.problems) == (Counts(same=2), [])


def test_a_provider_known_already_is_left_and_said_or_changed_if_asked():
    bring(Kind.PROVIDERS, PROVIDERS)
    changed = PROVIDERS.replace("Ltd,1234567", "Sole trader,1234567").replace("Bright", "Brighter")
    left = bring(Kind.PROVIDERS, changed)
    assert left.counts == Counts(same=2)
    (problem,) = left.problems
    assert (problem.row, problem.is_warning) == (2, True)
    assert "Not changed: kind, name" in problem.reason
    assert bring(Kind.PROVIDERS, changed, merges=True).counts == Counts(changed=1, same=1)
    assert Provider.objects.get(company_number="01234567").name == "Brighter Steps Tuition"


def test_the_same_provider_twice_in_one_sheet_is_said():
    report = bring(Kind.PROVIDERS, PROVIDERS + "Other Name,Ltd,01234567,,,,\n")
    assert (report.counts, [bad.row for bad in report.problems]) == (Counts(new=2), [4])
    assert "Row 2 is the same provider" in report.problems[0].reason


def test_services_with_rates_places_and_listing():
    factories.lot("Tutoring")
    bring(Kind.PROVIDERS, PROVIDERS)
    report = bring(Kind.SERVICES, SERVICES.replace("tutoring", "Tutoring"))
    assert (report.counts, report.problems) == (Counts(new=2), [])
    maths = Service.objects.get(name="Maths")
    assert (maths.mode, maths.site, maths.lowest_age) == ("online", None, 11)
    assert maths.needs == [Need.ASD, Need.SPLD]
    assert Rate.objects.get(service=maths).pence == 104_500
    assert Capacity.objects.filter(service=maths, places=6).count() == 10
    assert Service.objects.get(name="Art").site.postcode == "DY1 1HG"
    assert Listing.objects.count() == 2
    undo(report)
    assert Service.objects.count() == 0


def test_a_service_of_nobody_or_in_no_lot_is_a_bad_row():
    factories.lot("Tutoring")
    report = bring(Kind.SERVICES, SERVICES)
    assert [(bad.row, bad.column) for bad in report.problems] == [(2, "Provider"), (3, "Provider")]
    bring(Kind.PROVIDERS, PROVIDERS)
    report = bring(Kind.SERVICES, SERVICES.replace("Tutoring,5", "Football,5"))
    assert [(bad.row, bad.column, bad.value) for bad in report.problems] == [(3, "Lot", "Football")]


def test_children_with_dates_and_needs_as_typed():
    assert bring(Kind.CHILDREN, CHILDREN).counts == Counts(new=2)
    ava = Child.objects.get(first_name="Ava")
    assert (ava.birth_date.isoformat(), ava.sen_stage, ava.main_need, ava.easting) == (
        "2014-05-15",
        "ehcp",
        "ASD",
        394000,
    )
    assert Child.objects.get(last_name="O'Neil").birth_date.isoformat() == "2013-05-15"


def test_a_child_known_already_is_left_and_said_without_the_name_of_the_record():
    bring(Kind.CHILDREN, CHILDREN)
    changed = CHILDREN.replace("DY1 1HF", "DY1 1HG").replace("Ava,Moss", "AVA,moss")
    left = bring(Kind.CHILDREN, changed)
    assert (left.counts, len(left.problems)) == (Counts(same=2), 1)
    assert Child.objects.get(first_name="Ava").postcode == "DY1 1HF"
    bring(Kind.CHILDREN, CHILDREN.replace("DY1 1HF", "DY1 1HG"), merges=True)
    assert Child.objects.get(first_name="Ava").postcode == "DY1 1HG"


def test_children_that_cannot_be():
    report = bring(
        Kind.CHILDREN,
        "First name,Last name,Date of birth,UPN,School URN\n"
        "Too,Old,01/01/1990,,\n"
        "Not,Born,01/01/2030,,\n"
        "Bad,Upn,01/01/2015,A123,\n"
        "No,School,01/01/2015,,999\n"
        "Twice,Over,01/01/2015,,\n"
        "Twice,Over,2015-01-01,,\n"
        "=Cmd,Formula,01/01/2015,,\n"
        ",Nameless,01/01/2015,,\n",
    )
    assert report.counts == Counts(new=1)
    assert [bad.row for bad in report.problems] == [2, 3, 4, 5, 7, 8, 9]
    assert report.rows_bad == 7


def test_all_or_nothing_and_a_dry_run_change_nothing():
    bad = CHILDREN + "No,Date,,,,,\n"
    assert not bring(Kind.CHILDREN, bad, is_all_or_nothing=True).is_kept
    assert bring(Kind.CHILDREN, bad, is_dry_run=True).counts == Counts(new=2)
    assert Child.objects.count() == Batch.objects.count() == Mapping.objects.count() == 0


def test_what_a_batch_made_can_be_undone():
    report = bring(Kind.CHILDREN, CHILDREN)
    undo(report)
    assert Child.objects.count() == 0
    assert Batch.objects.get().status == BatchStatus.UNDONE
    with pytest.raises(flow.NothingToUndo):
        undo(report)


def test_undo_is_refused_once_something_rests_on_it():
    factories.lot("Tutoring")
    providers = bring(Kind.PROVIDERS, PROVIDERS)
    bring(Kind.SERVICES, SERVICES)
    factories_market.application(Provider.objects.first())
    with pytest.raises(InUse):
        undo(providers)
    assert Provider.objects.count() == 2
    assert Batch.objects.get(ref=providers.batch_ref).status == BatchStatus.COMMITTED


def test_undo_names_what_was_added_to_a_record_since():
    report = bring(Kind.CHILDREN, CHILDREN)
    first = Child.objects.order_by("pk").first()
    factories_casework.disclosed(first, to=factories_casework.parent())
    with pytest.raises(StillNeeded, match=f"leave to see it for {first.ref}"):
        undo(report)
    assert Child.objects.count() == 2
    assert Batch.objects.get().status == BatchStatus.COMMITTED


def test_services_are_undone_before_their_providers():
    factories.lot("Tutoring")
    providers = bring(Kind.PROVIDERS, PROVIDERS)
    services = bring(Kind.SERVICES, SERVICES)
    with pytest.raises(InUse, match="Undo those first"):
        undo(providers)
    undo(services)
    assert not Listing.objects.exists()
    undo(providers)
    assert not Provider.objects.exists()


def test_headings_are_remembered_as_they_were_confirmed():
    odd = "A,B,C\nAva,Moss,15/05/2014\n"
    with pytest.raises(refused.MissingHeadings, match="First name, Last name, Date of birth"):
        bring(Kind.CHILDREN, odd)
    columns = {"first_name": "A", "last_name": "B", "birth_date": "C"}
    assert bring(Kind.CHILDREN, odd, columns=columns).counts == Counts(new=1)
    assert bring(Kind.CHILDREN, odd).counts == Counts(same=1)


ROWS = [
    ["First name", "Last name", "Date of birth"],
    ["Ava", "Moss", datetime(2014, 5, 15)],  # noqa: DTZ001 - a spreadsheet knows no zone
    ["Ben", "O'Neil", 41409],
]


def test_a_workbook_with_real_dates_and_serial_numbers():
    report = bring(Kind.CHILDREN, workbook(ROWS), name="children.xlsx")
    assert report.counts == Counts(new=2)
    assert {one.birth_date.isoformat() for one in Child.objects.all()} == {
        "2014-05-15",
        "2013-05-15",
    }


def test_hidden_sheets_are_left_alone_and_said():
    report = bring(Kind.CHILDREN, workbook(ROWS, hidden="Old list"), name="children.xlsx")
    assert "Hidden sheets were left alone: Old list." in report.notes


def test_of_several_sheets_one_must_be_named():
    content = workbook(ROWS, more="Notes")
    with pytest.raises(refused.WhichSheet, match="Data, Notes"):
        bring(Kind.CHILDREN, content, name="children.xlsx")
    with pytest.raises(refused.NoSuchSheet):
        bring(Kind.CHILDREN, content, name="children.xlsx", sheet="Other")
    assert bring(Kind.CHILDREN, content, name="c.xlsx", sheet="Data").counts == Counts(new=2)


def test_a_formula_in_a_cell_is_refused_and_never_worked_out():
    report = bring(Kind.CHILDREN, workbook(ROWS, formula="B2"), name="children.xlsx")
    assert report.counts == Counts(new=1)
    (problem,) = report.problems
    assert (problem.row, problem.column, problem.value) == (2, "Last name", "=2.0")
    assert "formula" in problem.reason


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("children.csv", workbook(ROWS), refused.NotWhatItsNameSays),
        ("children.xlsx", CHILDREN.encode(), refused.NotWhatItsNameSays),
        ("children.xls", b"<html><table>", refused.NotWhatItsNameSays),
        ("children.xlsx", workbook(ROWS)[:-200], refused.CutOff),
        ("children.csv", b"", refused.EmptyFile),
        ("children.csv", b"First name,Last name,Date of birth\n", refused.NoRows),
        ("children.csv", b"First name,First name\nA,B\n", refused.RepeatedHeadings),
        ("children.csv", CHILDREN.encode() + b'"Cut', refused.CutOff),
    ],
)
def test_a_sheet_that_cannot_be_taken(name, content, refusal):
    with pytest.raises(refusal):
        bring(Kind.CHILDREN, content, name=name)


def test_the_kind_of_a_sheet_is_told_by_its_headings():
    for kind, content in ((Kind.PROVIDERS, PROVIDERS), (Kind.CHILDREN, CHILDREN)):
        assert flow.kind_of(Source.of_bytes("x.csv", content.encode())) is kind
    with pytest.raises(refused.NotAsExpected):
        flow.kind_of(Source.of_bytes("x.csv", b"a,b\n1,2\n"))
