"""Files as they are brought: by content, not by name; cut off, packed, mis-written."""

import gzip
import io
import zipfile

import pytest
import xlsxwriter

from flsf.shared.imports.rules import refused, tables
from flsf.shared.imports.rules.sources import Content, Source, content_of, texts_in


def csv_file(content, name="file.csv"):
    return Source.of_bytes(name, content if isinstance(content, bytes) else content.encode())


def read(source):
    table = tables.table_of(texts_in(source)[0])
    return table.headings, list(table.rows), table.notes


def workbook():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet().write(0, 0, "x")
    return held.getvalue()


def packed(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)
    return held.getvalue()


def test_rows_have_the_numbers_a_spreadsheet_gives_them():
    assert read(csv_file('\na,b\n\n1,"two\nlines"\n3,4\n'))[1] == [
        (3, []),
        (4, ["1", "two\nlines"]),
        (5, ["3", "4"]),
    ]


@pytest.mark.parametrize(
    ("encoded", "notes"),
    [
        ("a,b\n1,Zoë\n".encode(), ()),
        ("a,b\n1,Zoë\n".encode("utf-8-sig"), ()),
        ("a,b\n1,Zoë\n".encode("utf-16"), ()),
        (
            "a,b\n1,Zoë\n".encode("cp1252"),
            ("The file was not UTF-8, so it was read as Windows-1252.",),
        ),
    ],
    ids=["UTF-8", "with a byte order mark", "UTF-16", "Windows-1252"],
)
def test_any_usual_encoding_is_read_and_an_unusual_one_said(encoded, notes):
    assert read(csv_file(encoded)) == (["a", "b"], [(2, ["1", "Zoë"])], notes)


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_any_usual_delimiter(between):
    assert read(csv_file(f"a{between}b\n1{between}2\n"))[0] == ["a", "b"]


def test_gzip_is_unpacked():
    source = Source.of_bytes("file.csv.gz", gzip.compress(b"a,b\n1,2\n"))
    assert read(source)[1] == [(2, ["1", "2"])]


@pytest.mark.parametrize(
    ("source", "refusal", "says"),
    [
        (csv_file(b""), refused.EmptyFile, "empty"),
        (csv_file(b" \n\n"), refused.EmptyFile, "empty"),
        (csv_file(b"\xef\xbb\xbf"), refused.EmptyFile, "empty"),
        (csv_file(b"a,b\n1,\x002\n"), refused.NotText, "NUL"),
        (csv_file(b"a,b\n1,\x81\x8d\xe9\n"), refused.NotText, "neither UTF-8"),
        (csv_file("a,b,A\n1,2,3\n"), refused.RepeatedHeadings, "A and C are both called “A”"),
        (csv_file('a,b\n1,2\n3,"cut'), refused.CutOff, "After row 2"),
        (csv_file(gzip.compress(b"a,b\n" * 9999)[:-40], "f.csv.gz"), refused.CutOff, "damaged"),
        (csv_file(workbook()), refused.NotWhatItsNameSays, "called .csv, but it is an Excel"),
        (csv_file("<html>", "f.xls"), refused.WrongKind, "web page"),
        (csv_file("<html>"), refused.NotWhatItsNameSays, "web page"),
        (csv_file(b"MZ\x90\x00", "f.exe"), refused.WrongKind, "a program"),
        (csv_file(b"%PDF-1.7\n", "f.csv"), refused.NotWhatItsNameSays, "Portable Document"),
        (csv_file(b"\x89PNG\r\n\x1a\n\0\0", "f"), refused.WrongKind, "Portable Network"),
        (csv_file(b"\xd0\xcf\x11\xe0" + b"\0" * 90, "f.xls"), refused.WrongKind, "older Office"),
        (csv_file(packed(readme="x"), "f.zip"), refused.WrongKind, "no CSV"),
        (csv_file(packed(a_csv="x")[:-30], "f.zip"), refused.CutOff, "damaged"),
        (csv_file(gzip.compress(gzip.compress(b"a")), "f.gz"), refused.WrongKind, "gzip"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_cannot_be_taken_is_refused_in_words(source, refusal, says):
    with pytest.raises(refusal, match=says):
        read(source)


def test_a_file_that_unpacks_to_too_much_is_stopped_on_the_way():
    bomb = Source.of_bytes("f.csv.gz", gzip.compress(b"a,b\n" + b"1,2\n" * 1_000_000))
    with pytest.raises(refused.TooBig):
        tables.table_of(texts_in(bomb, most_bytes=1000)[0])


def test_a_zip_that_says_it_unpacks_to_too_much_is_not_unpacked():
    bomb = Source.of_bytes("f.zip", packed(a_csv="a,b\n" * 1000))
    with pytest.raises(refused.TooBig):
        texts_in(bomb, most_bytes=1000)


def test_of_a_national_zip_the_data_is_taken_and_not_the_guide():
    source = Source.of_bytes(
        "codepo.zip",
        packed(
            Doc__headers_csv="a,b" * 50,
            Data__CSV__ab_csv="AB10 1AB,10,1,2",
            Data__CSV__dy_csv="DY1 1HF,10,1,2",
        ),
    )
    assert sorted(one.name for one in texts_in(source)) == ["ab.csv", "dy.csv"]


def test_a_file_is_known_by_its_content():
    assert content_of(Source.of_bytes("x", workbook())) is Content.WORKBOOK
    assert content_of(Source.of_bytes("x", packed(a_csv="1"))) is Content.ZIP


@pytest.mark.parametrize(("index", "is_called"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_have_the_letters_of_a_spreadsheet(index, is_called):
    assert tables.letter(index) == is_called


def test_a_row_that_does_not_fit_its_headings():
    assert tables.wrong_width(["1"], ["a", "b"]).endswith("It may be cut off.")
    assert "only 2 headings" in tables.wrong_width(["1", "2", "3"], ["a", "b"])
    assert tables.wrong_width(["1", "2", ""], ["a", "b"]) == ""
