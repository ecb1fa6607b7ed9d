"""A list said once is a page and three files that agree."""

import csv
import json
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

import pytest
from django import forms
from django.test import Client
from django.urls import include, path, reverse
from python_calamine import CalamineWorkbook

from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import OrganisationKind, Permission, Role
from flsf.shared.audit import queries as audit
from flsf.web.components.filters import FilterForm
from flsf.web.components.lists import Column, Kind, ListPage, list_urls
from tests.factories import NOW, TODAY, council_member


class Filters(FilterForm):
    name = forms.CharField(label="Name", required=False)
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any kind"), *OrganisationKind.choices]
    )


@dataclass(frozen=True)
class Row:
    name: str
    kind: str
    owed: int
    share: float
    since: date
    seen: datetime


class Rows:
    def __init__(self, asked):
        self._found = accounts.organisations(asked.person).filter(
            name__icontains=asked.filters["name"] or ""
        )
        if asked.filters["kind"]:
            self._found = self._found.filter(kind=asked.filters["kind"])

    def __len__(self):
        return self._found.count()

    def __getitem__(self, part):
        return [
            Row(one.name, one.get_kind_display(), -123456, 2.5, TODAY, NOW)
            for one in self._found[part]
        ]


PLACES = ListPage(
    name="place-list",
    title="Places",
    permission=Permission.VIEW_PROVIDERS,
    columns=(
        Column("Name", "name", link=lambda row: f"/places/{len(row.name)}/", hint="kind"),
        Column("Standing", lambda row: row.name and "Suspended", Kind.STATUS),
        Column("Owed", "owed", Kind.MONEY),
        Column("Share", "share", Kind.NUMBER),
        Column("Since", "since", Kind.DATE),
        Column("Seen", "seen", Kind.MOMENT, in_files_only=True),
    ),
    rows=Rows,
    filters=Filters,
    child=lambda row: row.name if row.name.startswith("C-") else None,
    empty="No place matches these filters.",
    worked_out="As they stand today.",
    noun=("place", "places"),
)

urlpatterns = [path("", include("flsf.web.urls")), *list_urls("places", PLACES)]

# Session, person, memberships; count, rows; the record of views is only written for children.
QUERIES = 5


@pytest.fixture(autouse=True)
def _with_the_list(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def three_places(officer):
    for name in ("Canal Side", "=HYPERLINK(1)", "C-22222"):
        actions.add_organisation(name=name, kind=OrganisationKind.PROVIDER, by=SYSTEM, at=NOW)


def address(ending=""):
    return reverse(f"place-list{ending}", urlconf=__name__)


def test_one_row_costs_as_many_queries_as_three(
    officer_client, three_places, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        one = officer_client.get(address(), {"name": "canal"}).content.decode()
    with django_assert_num_queries(QUERIES + 1):  # a child's name among them
        three = officer_client.get(address(), {"kind": "provider"}).content.decode()
    assert ("1 place" in one, "3 places" in three) == (True, True)


def test_the_page_shows_links_tags_money_and_how_it_is_worked_out(officer_client, three_places):
    page = officer_client.get(address(), {"name": "canal"}).content.decode()
    for told in (
        *('href="/places/10/"', "-£1,234.56", "15 May 2026", "govuk-tag--red", "Suspended"),
        *("How this is worked out", "As they stand today.", "narrowed to Name: canal"),
    ):
        assert told in page
    assert "Seen" not in page


def test_filters_are_in_the_address_and_carried_to_the_files(officer_client, three_places):
    page = officer_client.get(address(), {"kind": "provider"}).content.decode()
    for ending in ("csv", "xlsx", "json"):
        assert f'href="/places.{ending}?kind=provider"' in page


def test_a_filter_that_makes_no_sense_narrows_nothing(officer_client, three_places):
    page = officer_client.get(address(), {"kind": "purple", "page": "x"}).content.decode()
    assert "Canal Side" in page


def test_says_so_when_nothing_matches(officer_client, three_places):
    page = officer_client.get(address(), {"name": "zz"}).content.decode()
    assert "No place matches these filters." in page
    assert "Download this list" not in page


def test_csv_holds_the_same_rows_and_no_formula(officer_client, three_places):
    response = officer_client.get(address("-csv"), {"kind": "provider"})
    rows = list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))
    assert sorted(row["Name"] for row in rows) == ["'=HYPERLINK(1)", "C-22222", "Canal Side"]
    assert {(row["Owed"], row["Since"], row["Seen"]) for row in rows} == {
        ("-1234.56", "2026-05-15", "2026-05-15 10:00")
    }


def test_json_holds_pence_and_iso_days(officer_client, three_places):
    body = json.loads(officer_client.get(address("-json"), {"name": "canal"}).content)
    assert body["narrowed_to"] == ["Name: canal"]
    assert body["rows"] == [
        {
            "name": "Canal Side",
            "standing": "Suspended",
            "owed": -123456,
            "share": 2.5,
            "since": "2026-05-15",
            "seen": NOW.isoformat(),
        }
    ]


def test_xlsx_holds_real_types_and_a_cover_sheet(officer_client, three_places):
    response = officer_client.get(address("-xlsx"), {"kind": "provider"})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    assert book.sheet_names == ["Places", "About this file"]
    headings, *rows = book.get_sheet_by_name("Places").to_python()
    assert headings == ["Name", "Standing", "Owed", "Share", "Since", "Seen"]
    assert {row[0] for row in rows} == {"=HYPERLINK(1)", "C-22222", "Canal Side"}
    assert {tuple(row[2:5]) for row in rows} == {(-1234.56, 2.5, TODAY)}
    cover = dict(tuple(row[:2]) for row in book.get_sheet_by_name("About this file").to_python())
    assert (cover["Title"], cover["Narrowed to"]) == ("Places", "Kind: Provider")
    assert cover["How worked out"] == "As they stand today."


@pytest.mark.parametrize("ending", ["", "-csv", "-xlsx", "-json"])
def test_a_child_named_in_a_row_is_a_view_on_record(officer_client, three_places, ending):
    officer_client.get(address(ending))
    watcher = council_member(Role.INFORMATION_GOVERNANCE)
    seen = [(one.subject, one.page) for one in audit.views(person=watcher)]
    assert seen == [("child C-22222", "place-list")]


def test_long_lists_are_cut_into_pages_that_keep_the_filters(
    officer_client, three_places, monkeypatch
):
    monkeypatch.setattr("flsf.web.components.pages.ROWS_A_PAGE", 2)
    page = officer_client.get(address(), {"kind": "provider", "page": 2}).content.decode()
    assert "page 2 of 2" in page
    assert "?kind=provider&amp;page=1" in page


@pytest.mark.parametrize("ending", ["", "-csv", "-xlsx", "-json"])
def test_page_and_files_are_refused_alike(db, ending):
    client = Client()
    assert client.get(address(ending)).status_code == 302
    client.force_login(council_member(Role.COUNCILLOR))
    assert client.get(address(ending)).status_code == 403
