"""What scripts count on: exit codes 0, 1 and 2, and answers as JSON."""

import csv
import io
import json

import pytest

from flsf.cli.main import main
from flsf.shared.places.models import Postcode, School
from tests.factories_imports import PROVIDERS

pytestmark = pytest.mark.django_db

POSTCODES = "postcode,easting,northing\nDY1 1HF,394000,290000\nDY1 1HG,394300,290400\nBT1 5GS,,\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="file.csv"):
        path = tmp_path / name
        path.write_text(content)
        return str(path)

    return write


def test_done(file, capsys):
    assert main(["import", "schools", file("URN,EstablishmentName\n1,High\n")]) == 0
    assert "1 row taken in (1 new, 0 changed, 0 same)." in capsys.readouterr().out


def test_done_with_bad_rows_reported(file, capsys, tmp_path):
    content = "URN,EstablishmentName\n1,High\nx,=Bad\n"
    kept = tmp_path / "problems.csv"
    assert main(["import", "schools", file(content), "--json", "--problems", str(kept)]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["rows_new"], report["rows_bad"], report["problems"][0]) == (
        1,
        1,
        {
            "row": 3,
            "column": "URN",
            "value": "x",
            "reason": "This is not a whole number.",
            "is_warning": False,
        },
    )
    rows = list(csv.reader(io.StringIO(kept.read_text("utf-8-sig"))))
    assert rows[2][:3] == ["3", "EstablishmentName", "'=Bad"]


@pytest.mark.parametrize("options", [["--all-or-nothing"], ["--all-or-nothing", "--json"]])
def test_refused_and_nothing_changed(file, options):
    content = "URN,EstablishmentName\n1,High\nx,Bad\n"
    assert main(["import", "schools", file(content), *options]) == 2
    assert School.objects.count() == 0


def test_a_file_that_is_not_there_or_cannot_be_taken_is_refused(file, capsys):
    assert main(["import", "schools", "nowhere.csv"]) == 2
    assert main(["import", "schools", file(""), "--json"]) == 2
    assert "This file is empty" in json.loads(capsys.readouterr().out)["refused"]


def test_a_dry_run_changes_nothing(file):
    assert main(["import", "postcodes", file(POSTCODES), "--dry-run"]) == 0
    assert Postcode.objects.count() == 0


def test_a_sheet_of_the_councils_own_is_known_by_its_headings(file, capsys):
    assert main(["import", "sheet", file(PROVIDERS)]) == 0
    assert capsys.readouterr().out.startswith("Providers: 2 rows taken in")
    assert main(["import", "sheet", file(PROVIDERS), "--of", "children"]) == 2


def test_distance_of_two_postcodes(file, capsys):
    main(["import", "postcodes", file(POSTCODES)])
    capsys.readouterr()
    assert main(["distance", "dy11hf", "DY1 1HG"]) == 0
    assert capsys.readouterr().out == "500\n"
    assert main(["distance", "DY1 1HF", "ZZ1 1ZZ"]) == 2
    assert "We do not know ZZ1 1ZZ" in capsys.readouterr().err
    assert main(["distance", "DY1 1HF", "BT1 5GS", "--json"]) == 2
    assert "no place in Great Britain" in json.loads(capsys.readouterr().out)["problem"]
    assert main(["distance", "DY1 1HF"]) == 2


def test_distances_of_many_pairs_on_standard_input(file, capsys, monkeypatch):
    main(["import", "postcodes", file(POSTCODES)])
    capsys.readouterr()
    pairs = "from,to\nDY1 1HF,DY1 1HG\nDY1 1HF,nowhere\nDY1 1HF\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(pairs))
    assert main(["distance", "-"]) == 1
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[:3] == [
        ["from", "to", "metres", "problem"],
        ["DY1 1HF", "DY1 1HG", "500", ""],
        ["DY1 1HF", "nowhere", "", "“nowhere” is not a postcode."],
    ]
    assert len(rows) == 4
    monkeypatch.setattr("sys.stdin", io.StringIO("DY1 1HF,DY1 1HG\n"))
    assert main(["distance", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["metres"] == 500


def test_a_debarment_list(file, capsys):
    head = "Supplier name,Mandatory or discretionary,Date added\n"
    content = head + "Bad Apple,Mandatory,5 Jan 2026\n,Mandatory,5 Jan 2026\n"
    given = ["import", "debarment", file(content), "--from", "1 May 2026", "--json"]
    # A list that lacks a row is not taken in at all.
    assert main([*given, "--dry-run"]) == main(given) == 2
    assert '"value": ""' in capsys.readouterr().out
    given[2] = file(head + "Bad Apple,Mandatory,5 Jan 2026\n", "whole.csv")
    assert main(given) == 0
    assert '"rows_new": 1' in capsys.readouterr().out
    assert main(["import", "debarment", file("Colour\nred\n", "other.csv")]) == 2
    assert "We miss Supplier name" in capsys.readouterr().err
