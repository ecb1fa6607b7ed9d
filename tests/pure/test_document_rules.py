import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flsf.shared.documents.enums import Kind
from flsf.shared.documents.rules import (
    MOST_BYTES,
    BadFile,
    CouldHarm,
    Damaged,
    Empty,
    Locked,
    NotAccepted,
    TooBig,
    inspect,
    shown_name,
)
from tests.factories_applications import a_docx, a_jpeg, a_pdf, a_png, chunk, segment

EXIF = b"Exif\0\0II*\0\x08\0\0\0"
TURNED = EXIF + b"\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0 52.51N 2.08W "


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_pdf(), Kind.PDF),
        (a_jpeg(), Kind.JPEG),
        (a_png(), Kind.PNG),
        (a_docx(), Kind.DOCX),
        (a_docx("xl/workbook.xml"), Kind.XLSX),
    ],
)
def test_a_file_is_told_by_its_content(content, kind):
    assert inspect(content).kind is kind
    assert inspect(content).content == content


@pytest.mark.parametrize(
    ("content", "refusal", "says"),
    [
        (b"", Empty, "empty"),
        (b"%PDF-" + b" " * MOST_BYTES, TooBig, "bigger than 10 MB"),
        (b"MZ\x90\0", NotAccepted, "a Windows program"),
        (b"\x7fELF", NotAccepted, "a program"),
        (b"#!/bin/sh", NotAccepted, "a program"),
        (b"\0\0\0\x18ftypheic", NotAccepted, "iPhone photo (HEIC)"),
        (b"\0\0\0\x18ftypisom", NotAccepted, "a video"),
        (b"\xd0\xcf\x11\xe0", NotAccepted, "an old Word or Excel file"),
        (b"<html>", NotAccepted, "a web page"),
        (b"hello", NotAccepted, "We take: PDF"),
        (b"%PDF-1.7 cut", Damaged, "damaged"),
        (a_jpeg()[:30], Damaged, "damaged"),
        (a_jpeg(end=b""), Damaged, "damaged"),
        (b"\xff\xd8\xff\xd9" + b"\0" * 9, Damaged, "damaged"),
        (a_png()[:40], Damaged, "damaged"),
        (b"PK\x03\x04nothing", Damaged, "damaged"),
        (a_docx("other.xml"), NotAccepted, "an archive (zip)"),
    ],
)
def test_what_is_not_taken_is_told_and_what_is(content, refusal, says):
    with pytest.raises(refusal) as caught:
        inspect(content)
    assert says in str(caught.value)


SCRIPT = b"3 0 obj\n<</S/JavaScript/JS(app.alert(1))>>\nendobj"


@pytest.mark.parametrize(
    ("content", "holds"),
    [
        (a_pdf(SCRIPT), "a script"),
        (a_pdf(SCRIPT.replace(b"JavaScript", b"J#61vaScript")), "a script"),
        (a_pdf(objects=b"<</S/JavaScript/JS(x)>>"), "a script"),
        (a_pdf(objects=b"<</JS(x)>>"), "a script"),
        (a_pdf(b"3 0 obj <</S /Launch /F (cmd.exe)>> endobj"), "starts a program"),
        (a_pdf(b"3 0 obj <</Type/EmbeddedFile>> endobj"), "another file inside"),
        (a_pdf(b"3 0 obj <</XFA 4 0 R>> endobj"), "runs by itself"),
        (a_pdf(b"3 0 obj <</Type/ObjStm/Filter/LZWDecode>>\nstream\nx\nendstream"), "look into"),
        (a_pdf(objects=b"0" * 61_000_000), "without end"),
        (a_docx(**{"word/vbaProject.bin": b"x"}), "macros"),
        (a_docx(**{"word/embeddings/run.exe": b"x"}), "macros or other files"),
        (a_docx(**{"word/big.xml": b"0" * 9_000_000}), "without end"),
        (a_docx(**{"word/x.xml": b"<!DOCTYPE a>"}), "could run"),
        (
            a_docx(
                **{
                    "word/_rels/settings.xml.rels": b'<Relationship Type="x/attachedTemplate" '
                    b'Target="https://example.org/t.dotm" TargetMode="External"/>'
                }
            ),
            "fetched from elsewhere",
        ),
        (a_docx(**{f"p{n}": b"" for n in range(2_001)}), "more parts"),
        (a_jpeg(frame=(60_000, 60_000)), "too large"),
        (a_png(wide=2**31), "too large"),
    ],
)
def test_what_could_act_by_itself_is_refused(content, holds):
    with pytest.raises(CouldHarm, match=holds):
        inspect(content)


def test_words_that_only_look_like_it_are_kept():
    """A name begins with a stroke and ends there; plain words of a page are no command."""
    kept = a_pdf(b"3 0 obj (He writes JavaScript; Launch was at noon) /JavaScripting endobj")
    assert inspect(kept).content == kept


def test_what_is_locked_is_refused():
    with pytest.raises(Locked):
        inspect(a_pdf(b"3 0 obj <</Encrypt 9 0 R>> endobj"))
    package = bytearray(a_docx())
    with zipfile.ZipFile(io.BytesIO(bytes(package))) as opened:
        start = opened.start_dir
    package[start + 8] |= 1
    with pytest.raises(Locked):
        inspect(bytes(package))


def test_photos_lose_where_they_were_taken_and_stay_the_right_way_up():
    notes = segment(0xE1, TURNED) + segment(0xFE, b"by Asha") + segment(0xED, b"2.08W")
    cleaned = inspect(a_jpeg(notes)).content
    assert b"2.08W" not in cleaned
    assert b"Asha" not in cleaned
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in cleaned
    assert inspect(cleaned).content == cleaned
    assert inspect(a_jpeg() + b"#!/bin/sh").content == a_jpeg()


def test_pictures_lose_their_notes():
    noted = a_png(chunk(b"tEXt", b"GPS 2.08W") + chunk(b"eXIf", b"x"))
    assert inspect(noted).content == a_png()
    assert inspect(a_png() + b"MZ").content == a_png()


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"PK\x03\x04"]))
def test_no_bytes_are_beyond_an_answer(content, start):
    """Whatever comes in is kept or refused by name, and never falls over."""
    try:
        kept = inspect(start + content)
    except BadFile as refusal:
        told = str(refusal)
        assert told.endswith(".")
    else:
        assert kept.kind in Kind


@given(st.binary(max_size=80), st.integers(0, 100))
@example(b"\x00", 21)  # the note's own name spoilt
@example(b"\xc4", 21)  # a note that says it is a table
def test_a_spoilt_photo_is_refused_or_kept_without_notes(noise, place):
    whole = a_jpeg(segment(0xE1, TURNED))
    spoilt = whole[:place] + noise + whole[place + len(noise) :]
    try:
        kept = inspect(spoilt)
    except BadFile:
        return
    assert b"2.08W" not in kept.content or kept.kind is not Kind.JPEG or b"2.08W" in noise


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\Asha\\My policy.PDF", "My policy.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a<b>.pdf.exe", "a b pdf.pdf"),
        ("", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_names_mislead_nobody(given, shown):
    assert shown_name(given, "pdf") == shown
