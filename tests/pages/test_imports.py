"""From a file to a batch by clicking, and back."""

import io
from html.parser import HTMLParser

import pytest
from django.test import Client

from flsf.casework.children.models import Child
from flsf.market.providers.models import Provider
from flsf.shared.accounts.enums import OrganisationKind, Role
from flsf.shared.imports.enums import Kind
from flsf.shared.imports.models import Batch, Upload
from tests import factories
from tests.factories_imports import CHILDREN, PROVIDERS, bring, workbook

pytestmark = pytest.mark.django_db


def upload(client, content, kind="children", name="sheet.csv"):
    raw = content.encode() if isinstance(content, str) else content
    file = io.BytesIO(raw)
    file.name = name
    return client.post("/imports/new/", {"kind": kind, "file": file})


class Filled(HTMLParser):
    """What a form would send as it stands: chosen options and checked radios."""

    def __init__(self, page):
        super().__init__()
        self.sent, self._select = {}, ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "select":
            self._select = found["name"]
            self.sent[self._select] = ""
        elif tag == "option" and "selected" in found:
            self.sent[self._select] = found["value"]
        elif tag == "input" and "checked" in found:
            self.sent[found["name"]] = found["value"]


def columns_of(client, address):
    return Filled(text(client, address)).sent


def checked(client, content, **how):
    address = upload(client, content, **how).url
    return client.post(address, columns_of(client, address)).url


def text(client, address):
    return client.get(address).content.decode()


def test_from_a_file_to_a_batch_and_back(officer_client):
    address = checked(officer_client, CHILDREN + "No,Date,,,,,\n")
    assert "2 rows ready, 1 needs you." in text(officer_client, address)
    assert "This is empty and we need it." in text(officer_client, address)
    assert Child.objects.count() == 0
    done = officer_client.post(f"{address}commit/", follow=True).content.decode()
    assert "2 rows taken in (2 new, 0 changed, 0 same), 1 row need you" in done
    assert Child.objects.count() == 2
    assert Upload.objects.count() == 0
    assert "The 2 records that this batch made will be gone" in text(
        officer_client, f"{address}undo/"
    )
    officer_client.post(f"{address}undo/")
    assert Child.objects.count() == 0


def test_nothing_is_taken_in_if_so_chosen_and_the_file_is_removed(officer_client):
    address = checked(officer_client, CHILDREN)
    officer_client.post(f"{address}refuse/")
    assert Child.objects.count() == Upload.objects.count() == 0
    assert Batch.objects.get().status == "refused"


def test_headings_are_matched_by_hand_and_remembered(officer_client):
    odd = "A,B,C\nAva,Moss,15/05/2014\n"
    address = upload(officer_client, odd).url
    page = officer_client.post(address, columns_of(officer_client, address))
    assert "Choose the heading that stands for date of birth" in page.content.decode()
    chosen = {"first_name": "A", "last_name": "B", "birth_date": "C", "known": "leave"}
    twice = officer_client.post(address, chosen | {"upn": "C"}).content.decode()
    assert "“C” already stands for another column" in twice
    batch = officer_client.post(address, chosen).url
    officer_client.post(f"{batch}commit/")
    assert Child.objects.count() == 1
    again = upload(officer_client, odd).url
    assert columns_of(officer_client, again)["birth_date"] == "C"


def test_of_a_workbook_with_several_sheets_one_is_chosen(officer_client):
    rows = [["First name", "Last name", "Date of birth"], ["Ava", "Moss", "15/05/2014"]]
    address = upload(officer_client, workbook(rows, more="Notes"), name="c.xlsx").url
    page = officer_client.get(address, follow=True)
    where = page.redirect_chain[-1][0]
    assert "Notes" in page.content.decode()
    officer_client.post(where, {"sheet": "Data"})
    batch = officer_client.post(address, columns_of(officer_client, address)).url
    assert "1 row ready, 0 need you." in text(officer_client, batch)


def test_records_we_hold_are_changed_only_if_asked(officer_client):
    bring(Kind.PROVIDERS, PROVIDERS)
    changed = PROVIDERS.replace("Bright Steps", "Brighter Steps")
    address = upload(officer_client, changed, kind="providers").url
    form = columns_of(officer_client, address)
    batch = officer_client.post(address, form | {"known": "change"}).url
    officer_client.post(f"{batch}commit/")
    assert Provider.objects.filter(name="Brighter Steps Tuition").exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        ("", "a.csv", "This file is empty"),
        ("First name,First name\nA,B\n", "a.csv", "Columns A and B are both called"),
        ("<html>", "a.xls", "it is a web page"),
        (b"PK\x03\x04" + b"\0" * 40, "a.xlsx", "cut off or damaged"),
        ("a,b\n1,\0\n", "a.csv", "NUL"),
    ],
)
def test_a_file_that_cannot_be_taken_says_so_on_the_page(officer_client, content, name, says):
    page = upload(officer_client, content, name=name)
    assert page.status_code == 200
    assert says in page.content.decode()
    assert Batch.objects.count() == 0


def test_problems_and_empty_sheets_are_files(officer_client):
    address = checked(officer_client, CHILDREN + "=No,Date,01/01/2015,,,,\n")
    lines = officer_client.get(f"{address}problems.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Row,Column,Value,Reason,Row is left out"
    assert lines[1].startswith("4,Forename,'=No,")
    sheet = officer_client.get("/imports/templates/children.csv").content.decode("utf-8-sig")
    assert sheet.startswith("First name,Last name,Date of birth")
    assert officer_client.get("/imports/templates/schools.csv").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_many_questions_for_one_as_for_three(
    many, officer_client, django_assert_num_queries
):
    for _ in range(many):
        bring(Kind.CHILDREN, CHILDREN)
    with django_assert_num_queries(5):
        page = officer_client.get("/imports/")
    assert page.status_code == 200


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.COUNCILLOR, Role.SENCO])
def test_others_may_not_bring_anything_in(role):
    kind = OrganisationKind.SCHOOL if role is Role.SENCO else OrganisationKind.COUNCIL
    client = Client()
    client.force_login(factories.member_of(factories.organisation(kind), role))
    for address in ("/imports/", "/imports/new/", "/imports/I-XXXXX/"):
        assert client.get(address).status_code == 403


def test_a_batch_that_is_not_there(officer_client):
    for end in ("", "columns/", "sheet/", "undo/", "problems.csv"):
        assert officer_client.get(f"/imports/I-XXXXX/{end}").status_code == 404


@pytest.mark.parametrize("is_taken_in", [False, True])
def test_rows_about_children_are_read_by_whoever_brought_them_and_nobody_else(
    officer_client, is_taken_in
):
    address = checked(officer_client, CHILDREN + "No,Date,Secretname,,,,\n")
    assert "Secretname" in text(officer_client, address + "problems.csv") + text(
        officer_client, address + "columns/"
    )
    if is_taken_in:
        officer_client.post(address + "commit/")
    other = Client()
    other.force_login(factories.council_member(Role.ADMINISTRATOR))
    page = text(other, address)
    assert "Only the person who brought it" in page
    assert other.get(address + "problems.csv").status_code == 404
    told = page + other.get(address + "columns/", follow=True).content.decode()
    for name in ("Secretname", *Child.objects.values_list("last_name", flat=True)):
        assert name not in told
    if not is_taken_in:
        other.post(address + "commit/")
        assert not Child.objects.exists()
