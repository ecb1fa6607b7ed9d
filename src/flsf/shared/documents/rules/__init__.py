"""Tells a file by its content, and refuses what could harm whoever opens it."""

from dataclasses import dataclass

from flsf.shared.documents.enums import Kind
from flsf.shared.documents.rules.names import shown_name
from flsf.shared.documents.rules.packages import look_into as look_into_package
from flsf.shared.documents.rules.pdfs import look_into as look_into_pdf
from flsf.shared.documents.rules.pictures import clean_jpeg, clean_png
from flsf.shared.documents.rules.refused import (
    ACCEPTED,
    MOST_BYTES,
    BadFile,
    CouldHarm,
    Damaged,
    Empty,
    Locked,
    NotAccepted,
    TooBig,
)

__all__ = [
    "ACCEPTED",
    "MOST_BYTES",
    "BadFile",
    "CouldHarm",
    "Damaged",
    "Empty",
    "Inspected",
    "Locked",
    "NotAccepted",
    "TooBig",
    "inspect",
    "shown_name",
]

MIME_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# How files begin that people take for something else, in the words they would use.
STRANGERS = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a program"),
    (b"Rar!", "an archive (RAR)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file. Save it as .docx or .xlsx"),
    (b"{\\rtf", "a rich text file. Save it as .docx or PDF"),
    (b"<", "a web page"),
)
PHOTO_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept: what it is, and its content with nothing hidden in it."""

    kind: Kind
    content: bytes


def inspect(content: bytes) -> Inspected:
    """What may be kept of the content. Raises BadFile: one of its kinds, with words to read."""
    if not content:
        raise Empty
    if len(content) > MOST_BYTES:
        raise TooBig
    if content.startswith(b"%PDF-"):
        look_into_pdf(content)
        return Inspected(Kind.PDF, content)
    if content.startswith(b"\xff\xd8\xff"):
        return Inspected(Kind.JPEG, clean_jpeg(content))
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Inspected(Kind.PNG, clean_png(content))
    if content.startswith(b"PK\x03\x04"):
        return Inspected(look_into_package(content), content)
    raise NotAccepted(_stranger(content))


def _stranger(content: bytes) -> str:
    """What the file seems to be, if that can be said."""
    if content[4:8] == b"ftyp":
        if content[8:12] in PHOTO_BRANDS:
            return "an iPhone photo (HEIC). Take a screenshot of it, or send it to yourself as JPEG"
        return "a video"
    return next((words for start, words in STRANGERS if content.startswith(start)), "")
