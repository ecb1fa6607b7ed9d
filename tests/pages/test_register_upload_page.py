from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from flsf.delivery.attendance.models import Mark
from flsf.shared.accounts.enums import Role
from tests import factories_delivery as made
from tests.factories import member_of

pytestmark = pytest.mark.django_db

PAGE = "/provider/register/upload/"
HEADINGS = ("Placement", "Date", "Half", "Happened", "Came", "Why absent", "Note")


@pytest.fixture
def placement():
    return made.running()


@pytest.fixture
def client(placement):
    found = Client()
    found.force_login(made.manager(placement))
    return found


def row(placement, day="11/05/2026", **more):
    given = {"placement": placement.ref, "date": day, "half": "am", "happened": "yes"}
    given |= {"came": "yes"} | more
    return [given.get(one.lower(), "") for one in HEADINGS]


def as_csv(*rows, encoding="utf-8"):
    lines = [",".join(f'"{cell}"' for cell in one) for one in (HEADINGS, *rows)]
    return SimpleUploadedFile("register.csv", "\r\n".join(lines).encode(encoding))


def as_xlsx(*rows):
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, one in enumerate((HEADINGS, *rows)):
            sheet.write_row(number, 0, one)
    return SimpleUploadedFile("register.xlsx", target.getvalue())


def sent(client, file, **more):
    return client.post(PAGE, {"file": file} | more).content.decode()


@pytest.mark.parametrize("made_file", [as_csv, as_xlsx])
def test_a_register_is_taken_in_from_a_spreadsheet(client, placement, made_file):
    page = sent(client, made_file(row(placement), row(placement, "13 May 2026")))
    assert "2 new" in page
    assert Mark.objects.count() == 2
    assert Mark.objects.first().source == "upload"


def test_the_same_file_again_changes_nothing(client, placement):
    sent(client, as_csv(row(placement)))
    assert "1 the same as before" in sent(client, as_csv(row(placement)))


def test_rows_to_mend_are_told_by_number_and_come_as_a_file(client, placement):
    page = sent(client, as_csv(row(placement), row(placement, "tomorrow")))
    assert "1 new" in page
    assert "Write the day as 14/05/2026" in page
    lines = client.get(f"{PAGE}rows.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("3,date,tomorrow,")


def test_one_wrong_row_can_keep_all_out(client, placement):
    page = sent(client, as_csv(row(placement), row(placement, "never")), only_whole="on")
    assert "nothing was kept" in page
    assert Mark.objects.count() == 0


def test_windows_letters_are_read(client, placement):
    sent(client, as_csv(row(placement, note="Zoë fine"), encoding="cp1252"))
    assert Mark.objects.get().note == "Zoë fine"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b"\r\n", "no rows"),
        (b"Placement,Date,Half,Happened\r\n", "no heading “came”"),
        (b"Placement,Date,Half,Happened,Came,Date\r\n", "heading is there twice"),
        (b"PK\x03\x04 not a workbook", "We cannot read this file"),
        (b"\x00\x01\x02\x00" * 20, "We cannot read this file"),
    ],
    ids=["empty", "blank", "missing", "twice", "false workbook", "binary"],
)
def test_a_bad_file_is_refused_in_words(client, content, says):
    file = SimpleUploadedFile("register.csv", content)
    assert says in sent(client, file)
    assert Mark.objects.count() == 0


def test_no_file_is_said(client):
    assert "Choose a file" in client.post(PAGE, {}).content.decode()


def test_another_providers_placement_is_not_found(client):
    page = sent(client, as_csv(row(made.running())))
    assert "There is no such placement of yours" in page


def test_the_empty_register_has_the_headings(client):
    content = client.get("/provider/register/empty.csv").content.decode("utf-8-sig")
    assert content.startswith("placement,date,half,happened,why not,came")


def test_a_worker_does_not_upload_registers(placement):
    other = Client()
    other.force_login(member_of(placement.provider.organisation, Role.PRACTITIONER))
    assert other.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    "odd",
    ["\0", "x" * 200_000, "\\.", "\\N", "a\tb", 'a""b', "a\rb", "a\nb", "\\", "\ufeff", "=1+1"],
    ids=["nul", "long", "end", "null", "tab", "quote", "return", "line", "slash", "mark", "sum"],
)
def test_no_cell_of_a_file_breaks_the_page_or_becomes_another_row(client, placement, odd):
    """However far down it stands: a note holds what was typed, and nothing else is marked."""
    days = [f"{day}/05/2026" for day in (11, 13)]
    filler = [row(placement, days[0], note="n" * 1900)] * 3
    file = as_csv(*filler, row(placement, days[1], note=odd))
    response = client.post(PAGE, {"file": file})
    assert response.status_code == 200
    assert set(Mark.objects.values_list("placement", flat=True)) <= {placement.pk}
    assert Mark.objects.count() <= 2
