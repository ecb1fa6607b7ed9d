"""A sheet of training and apprenticeship providers: bad rows named, and nothing twice (S259)."""

import csv
import gzip
import io

import pytest

from flsf.core.counts import Counts
from flsf.core.people import SYSTEM
from flsf.flows import import_sheet as flow
from flsf.market.trainers import actions, queries
from flsf.market.trainers.enums import Kind as Trains
from flsf.market.trainers.enums import Offer
from flsf.market.trainers.models import Trainer
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.rules import sheet_columns, words
from tests.data import register
from tests.factories import NOW
from tests.factories_imports import bring

pytestmark = pytest.mark.django_db

SHEET = (
    "Provider name,UKPRN,Type,Offers,Town,Post code,Contact,Telephone,Email,Website\n"
    "Marl Skills Ltd,10001234,ITP,apprenticeships; supported internships,Marl,dy11hf,Front desk,"
    "01384555123,hello@marl.example,marl.example\n"
    "Beck College,10005678,College,study programmes / courses,Beck,,,,,https://beck.example/work\n"
)


COLUMNS_OF_REGISTER = {
    "name": "Establishment name",
    "ukprn": "UKPRN",
    "place": "Town",
    "postcode": "Postcode",
    "website": "Website address",
    "offers": "Offers",
}


def by_name(name):
    return Trainer.objects.get(name=name)


def test_under_a_councils_own_headings():
    report = bring(Kind.TRAINERS, SHEET)
    assert (report.counts, report.problems) == (Counts(new=2), [])
    one = by_name("Marl Skills Ltd")
    assert (one.ukprn, one.kind, one.postcode, one.phone, one.website) == (
        *("10001234", "training", "DY1 1HF", "01384555123", "https://marl.example"),
    )
    assert one.offers == ["apprenticeships", "internships"]
    assert by_name("Beck College").offers == ["study", "courses"]


def test_places_for_supported_internships_and_what_is_wrong_with_them():
    sheet = (
        "Name,Offers,Supported internship places a year,Open places\n"
        "Told,supported internships,12,3\n"
        "Silent,supported internships,,\n"
        "Too many,supported internships,2,3\n"
        "No internships,courses,2,\n"
        "Words,supported internships,few,\n"
    )
    report = bring(Kind.TRAINERS, sheet)
    assert report.counts == Counts(new=2)
    assert [(one.row, one.column, one.value) for one in report.problems] == [
        (4, "Open places", "3"),
        (5, "Supported internship places a year", "2"),
        (6, "Supported internship places a year", "few"),
    ]
    assert (by_name("Told").places, by_name("Told").open_places) == (12, 3)
    assert by_name("Silent").places is None
    changed = sheet.splitlines()[0] + "\nTold,supported internships,12,13\n"
    [one] = bring(Kind.TRAINERS, changed, merges=True).problems
    assert (one.row, one.column) == (2, "Open places")
    assert by_name("Told").open_places == 3


def test_the_same_again_changes_nothing_by_number_or_by_name():
    bring(Kind.TRAINERS, SHEET)
    before = list(Trainer.objects.order_by("pk").values())
    again = bring(Kind.TRAINERS, SHEET)
    assert (again.counts, again.problems) == (Counts(same=2), [])
    renamed = SHEET.replace("Marl Skills Ltd,10001234", "MARL SKILLS LIMITED,")
    assert bring(Kind.TRAINERS, renamed).counts == Counts(same=2)
    assert list(Trainer.objects.order_by("pk").values()) == before


def test_every_bad_row_is_named_with_its_value_and_the_reason():
    bad = (
        "Name,UKPRN,Offers,Website,Email\n"
        "Good,,apprenticeships,,\n"
        "Short,1234,apprenticeships,,\n"
        "Strange,,juggling,,\n"
        ",,apprenticeships,,\n"
        "Nothing,,,,\n"
        "Web,,courses,not a web address,\n"
        "Mail,,courses,,nobody\n"
        "good ltd,,courses,,\n"
    )
    report = bring(Kind.TRAINERS, bad)
    assert report.counts == Counts(new=1)
    said = [(one.row, one.column, one.value) for one in report.problems]
    assert said == [
        (3, "UKPRN", "1234"),
        (4, "Offers", "juggling"),
        (5, "Name", ""),
        (6, "Offers", ""),
        (7, "Website", "not a web address"),
        (8, "Email", "nobody"),
        (9, "Name", "good ltd"),
    ]
    assert report.problems[0].reason == "A UKPRN has 8 digits, and the first is 1."
    assert report.problems[-1].reason == "Row 2 is the same one: name or UKPRN is alike."


def test_what_differs_is_said_and_changed_only_if_asked():
    bring(Kind.TRAINERS, SHEET)
    moved = SHEET.replace("Marl,dy11hf", "Marl Green,dy11hf")
    left = bring(Kind.TRAINERS, moved)
    assert left.counts == Counts(same=2)
    [one] = left.problems
    assert (one.row, one.is_warning) == (2, True)
    assert "Not changed: place." in one.reason
    assert bring(Kind.TRAINERS, moved, merges=True).counts == Counts(changed=1, same=1)
    assert by_name("Marl Skills Ltd").place == "Marl Green"


def test_a_change_that_is_refused_is_a_bad_row():
    bring(Kind.TRAINERS, SHEET)
    # The number is one's, the name another's.
    crossed = "Name,UKPRN,Offers\nBeck College,10001234,courses\n"
    report = bring(Kind.TRAINERS, crossed, merges=True)
    assert report.counts == Counts()
    assert [(one.row, one.is_warning) for one in report.problems] == [(2, False)]
    assert by_name("Marl Skills Ltd").ukprn == "10001234"


def test_what_was_taken_off_is_not_put_back_by_a_sheet():
    bring(Kind.TRAINERS, SHEET)
    one = by_name("Marl Skills Ltd")
    actions.take_off(trainer_id=one.pk, why="It has closed.", by=SYSTEM, at=NOW)
    report = bring(Kind.TRAINERS, SHEET, merges=True)
    assert report.counts == Counts(same=1)
    assert "It was taken off the list: It has closed." in report.problems[0].reason
    assert [row.name for row in queries.listed()] == ["Beck College"]


def test_undone_again():
    report = bring(Kind.TRAINERS, SHEET)
    flow.undo(ref=report.batch_ref, by=SYSTEM, at=NOW)
    assert not Trainer.objects.exists()


def test_our_words_stand_for_codes_that_there_are():
    assert set(words.TRAINER_KINDS.values()) == set(Trains.values)
    assert set(words.OFFERS.values()) == set(Offer.values)


@pytest.mark.parametrize("typed", ["x", "http://", "https://a", "a b.example", "javascript:x"])
def test_what_is_no_address_on_the_web_is_not_read(typed):
    with pytest.raises(sheet_columns.Unreadable):
        sheet_columns.web(typed)


@pytest.mark.data
def test_places_to_learn_after_16_of_the_national_register():
    """Every school and college of a real register that takes people over 16: each number is read,
    what is wrong is a name or an address said twice or not at all, and again nothing changes.
    """
    raw = gzip.decompress(register("gias/edubase_2017-07_part.csv.gz").read_bytes())
    rows = [
        one
        for one in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")))
        if one["UKPRN"].strip() and int(one["Statutory highest age"] or 0) > 16
    ]
    columns = ("Establishment name", "UKPRN", "Town", "Postcode", "Website address")
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow([*columns, "Offers"])
    writer.writerows([[one[name] for name in columns] + ["study programmes"] for one in rows])
    first = bring(Kind.TRAINERS, sheet.getvalue(), columns=COLUMNS_OF_REGISTER)
    assert first.counts.new > 800
    assert first.counts.new + first.rows_bad == first.rows_read == len(rows)
    assert {one.column for one in first.problems} <= {"Establishment name", "Website address"}
    again = bring(Kind.TRAINERS, sheet.getvalue(), columns=COLUMNS_OF_REGISTER)
    assert again.counts == Counts(same=first.counts.new)
