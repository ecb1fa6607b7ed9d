"""The map from what was asked to what works is whole, and points at things that exist."""

import csv
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parents[2]
STATES = {"works", "partly", "not yet"}
ROWS = list(
    csv.DictReader((ROOT / "docs/traceability.tsv").read_text().splitlines(), delimiter="\t")
)
DONE = [row for row in ROWS if row["state"] != "not yet"]


def addresses(resolver, prefix="/"):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)
        else:
            yield from addresses(entry, prefix + str(entry.pattern))


ADDRESSES = set(addresses(get_resolver("flsf.web.urls")))


def test_every_row_of_the_catalogue_has_one_line():
    assert [row["row"] for row in ROWS] == [f"S{number}" for number in range(1, 320)]


def test_every_line_says_how_it_stands():
    assert {row["state"] for row in ROWS} <= STATES


def test_what_is_not_there_claims_neither_page_nor_test():
    assert [row for row in ROWS if row["state"] == "not yet" and (row["page"] or row["test"])] == []


@pytest.mark.parametrize("row", DONE, ids=lambda row: row["row"])
def test_what_works_can_be_opened_and_is_tested(row):
    """A demand of several parts names several tests, each by its file or by its own name."""
    assert row["page"] in ADDRESSES or row["page"].startswith(("flsf ", "make "))
    assert row["test"]
    for one in row["test"].split(" "):
        file, _, name = one.partition("::")
        assert (ROOT / file).is_file()
        assert f"\ndef {name}" in (ROOT / file).read_text()
