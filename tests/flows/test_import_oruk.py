"""Another directory's feed becomes help that is not on the framework."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from flsf.cli import main as cli
from flsf.cli.codes import DONE, DONE_WITH_BAD_ROWS, REFUSED
from flsf.core.people import SYSTEM
from flsf.flows import import_oruk as flow
from flsf.flows.import_sheet import NothingToUndo, undo
from flsf.market.feed import actions as feed_actions
from flsf.market.others.models import OtherService
from flsf.market.providers.enums import Cost, Mode, Sector
from flsf.shared.accounts.enums import Role
from flsf.shared.audit.models import AuditEntry
from flsf.shared.imports.models import Batch, Problem
from flsf.shared.imports.rules.oruk import Feed
from flsf.shared.imports.rules.refused import NoRows
from flsf.shared.places.models import Postcode
from tests.data import register
from tests.factories import NOW, TODAY, council_member, lot
from tests.factories_market import admitted, provider, service

pytestmark = pytest.mark.django_db

SOURCE = "https://hope.example/v3"


def told(number, **more):
    usual = {
        "id": str(UUID(int=number)),
        "name": f"Group {number}",
        "status": "active",
        "description": "A group.",
        "organization": {"name": "Hope"},
    }
    return usual | more


def bring(*records, is_whole=True, at=NOW, **how):
    given = {"feed": Feed(records, is_whole), "source": SOURCE, "fingerprint": "f" * 64}
    return flow.import_oruk(**(given | how), by=SYSTEM, at=at)


def listed():
    return sorted(OtherService.objects.filter(taken_off_on=None).values_list("name", flat=True))


def test_what_a_feed_says_is_found_marked_and_with_its_origin(client):
    Postcode.objects.create(postcode="ZZ1 1AA", easting=400_000, northing=290_000)
    report = bring(
        told(
            1,
            fees="Free of charge",
            attributes=[{"taxonomy_term": {"name": "Health and therapy", "term": "h"}}],
            service_at_locations=[{"location": {"addresses": [{"postal_code": "zz11aa"}]}}],
        ),
        told(2, service_at_locations=[{"location": {"location_type": "virtual"}}]),
    )
    assert (report.counts.new, report.rows_bad, report.is_kept) == (2, 0, True)
    one, other = OtherService.objects.order_by("source_id")
    assert (one.source, one.source_id, one.checked_on) == (SOURCE, str(UUID(int=1)), TODAY)
    assert (one.run_by, one.sector, one.mode, one.cost) == (
        *("Hope", Sector.HEALTH, Mode.SITE, Cost.FREE),
    )
    assert (one.postcode, one.easting) == ("ZZ1 1AA", 400_000)
    assert (other.mode, other.cost) == (Mode.ONLINE, Cost.FAMILY)
    html = client.get("/directory/", {"words": "group"}).content.decode()
    assert "Group 1" in html


def test_the_same_again_changes_nothing():
    bring(told(1), told(2))
    before = list(OtherService.objects.order_by("pk").values())
    told_of = AuditEntry.objects.filter(tag__startswith="market:").count()
    report = bring(told(1), told(2), at=NOW + timedelta(days=3))
    assert (report.counts.new, report.counts.changed, report.counts.same) == (0, 0, 2)
    assert list(OtherService.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(tag__startswith="market:").count() == told_of


def test_what_changed_is_changed_and_what_came_back_is_listed_again():
    bring(told(1), told(2))
    bring(told(1, status="inactive"), told(2, name="Renamed"))
    assert listed() == ["Renamed"]
    report = bring(told(1), told(2, name="Renamed"))
    assert (report.counts.changed, report.counts.same) == (1, 1)
    assert listed() == ["Group 1", "Renamed"]


def test_what_a_whole_feed_no_longer_has_is_taken_off_and_says_why():
    bring(told(1), told(2))
    report = bring(told(2))
    assert listed() == ["Group 2"]
    gone = OtherService.objects.get(source_id=str(UUID(int=1)))
    assert (gone.taken_off_on, gone.taken_off_why) == (
        *(TODAY, "The directory it came from no longer lists it."),
    )
    assert "Taken off our list" in report.notes[0]


def test_a_part_of_a_feed_takes_nothing_off():
    bring(told(1), told(2))
    assert "one page of several" in bring(told(2), is_whole=False).notes[0]
    assert listed() == ["Group 1", "Group 2"]


def test_a_record_that_turned_bad_stays_as_it_was():
    bring(told(1), told(2))
    report = bring(told(1, minimum_age="x"), told(2))
    assert (report.rows_bad, listed()) == (1, ["Group 1", "Group 2"])
    assert Problem.objects.get().column == "minimum_age"


def test_another_directorys_records_and_our_own_are_left_alone():
    bring(told(1))
    bring(told(1, name="Theirs"), source="https://other.example")
    bring(told(2))
    assert listed() == ["Group 2", "Theirs"]


def test_a_trial_changes_nothing_and_says_the_same():
    tried = bring(told(1), told(2), is_dry_run=True)
    assert not OtherService.objects.exists()
    assert not Batch.objects.exists()
    done = bring(told(1), told(2))
    assert tried.counts == done.counts


def test_all_or_nothing():
    report = bring(told(1), told(2, name=""), is_all_or_nothing=True)
    assert not report.is_kept
    assert not OtherService.objects.exists()


def test_an_empty_feed_takes_nothing_off():
    bring(told(1))
    with pytest.raises(NoRows):
        bring()
    assert listed() == ["Group 1"]


def test_the_batch_can_be_undone():
    first = bring(told(1))
    second = bring(told(1), told(2))
    undo(ref=second.batch_ref, by=SYSTEM, at=NOW)
    assert listed() == ["Group 1"]
    undo(ref=first.batch_ref, by=SYSTEM, at=NOW)
    assert not OtherService.objects.exists()
    with pytest.raises(NothingToUndo):
        undo(ref=first.batch_ref, by=SYSTEM, at=NOW)


def test_the_list_of_files_shows_it():
    report = bring(told(1), told(2, name=""))
    client = Client()
    client.force_login(council_member(Role.COMMISSIONER))
    html = client.get("/imports/").content.decode()
    assert "Services of another directory" in html
    assert client.get(f"/imports/{report.batch_ref}/").status_code == 200


def test_the_command_reads_a_file_and_reports_in_json(tmp_path, capsys):
    file = tmp_path / "feed.json"
    file.write_text(json.dumps([told(1), told(2, name="")]))
    assert cli.main(["import", "oruk", str(file), "--dry-run", "--json"]) == DONE_WITH_BAD_ROWS
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["rows_new"], said["rows_bad"], said["kept"]) == (
        *("oruk", 1, 1, False),
    )
    assert cli.main(["import", "oruk", str(file), "--from", "Hope"]) == DONE_WITH_BAD_ROWS
    assert OtherService.objects.get().source == "Hope"


@pytest.mark.parametrize("given", ["ftp://a.example/", "no-such-file.json", ""])
def test_the_command_refuses_what_is_no_feed(given, capsys):
    assert cli.main(["import", "oruk", *([given] if given else [])]) == REFUSED
    assert capsys.readouterr().err


def test_our_own_feed_can_be_taken_in_by_another_directory():
    of, inside = provider("Heron Trust"), lot()
    admitted(of, in_lot=inside)
    service(of, inside, name="Gentle steps")
    feed_actions.publish(council="M", address="https://m.example", by=SYSTEM, at=NOW)
    client = Client()
    whole = json.loads(b"".join(client.get("/open-data/services.json").streaming_content))
    report = bring(*whole)
    assert (report.counts.new, report.problems) == (1, [])
    assert OtherService.objects.get().run_by == "Heron Trust"


@pytest.mark.data
def test_the_standards_own_examples_can_be_taken_in(tmp_path):
    for name in ("service_full.json", "service_list.json"):
        file = register(f"oruk/hsds-uk-3.0/examples/{name}")
        assert cli.main(["import", "oruk", str(file)]) in {DONE, DONE_WITH_BAD_ROWS}
        assert OtherService.objects.get(source=name).name == "Community Counselling"
