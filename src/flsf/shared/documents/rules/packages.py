"""Word and Excel files are zips: looked into before anybody opens one."""

import io
import re
import zipfile
import zlib

from flsf.shared.documents.enums import Kind
from flsf.shared.documents.rules.refused import CouldHarm, Damaged, Locked, NotAccepted

MOST_ENTRIES = 2_000
MOST_UNPACKED = 60_000_000
# Sheets of one repeated word pack well; beyond this only a bomb does.
MOST_RATIO, SMALL_ENOUGH = 200, 1_000_000

KINDS = {"word/document.xml": Kind.DOCX, "xl/workbook.xml": Kind.XLSX}
RUNS = re.compile(
    r"(^|/)(vbaProject|oleObject)[^/]*$|activeX/|\.(exe|dll|js|vbs|bat|cmd|ps1|scr|com|jar|msi|lnk"
    r"|hta|zip|7z|rar)$",
    re.IGNORECASE,
)
REACHES_OUT = re.compile(
    rb"<Relationship[^>]*(attachedTemplate|oleObject|frame)[^>]*TargetMode\s*=\s*[\"']External|"
    rb"<Relationship[^>]*TargetMode\s*=\s*[\"']External[^>]*(attachedTemplate|oleObject|frame)",
    re.IGNORECASE,
)
STEP = 65_536


def look_into(content: bytes) -> Kind:
    """Whether it is a Word document or a workbook. Raises the kinds of BadFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _look_into(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise Damaged from error


def _look_into(package: zipfile.ZipFile) -> Kind:
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES:
        raise CouldHarm("far more parts than a document has")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Locked
    names = [entry.filename for entry in entries]
    kind = next((kind for name, kind in KINDS.items() if name in names), None)
    if kind is None or "[Content_Types].xml" not in names:
        raise NotAccepted("an archive (zip)")
    if any(RUNS.search(name) for name in names):
        raise CouldHarm("macros or other files inside it")
    left = MOST_UNPACKED
    for entry in entries:
        left -= _look_into_entry(package, entry, left)
    return kind


def _look_into_entry(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    """How much the entry unpacks to, counted and not believed."""
    most = min(left, max(SMALL_ENOUGH, entry.compress_size * MOST_RATIO))
    is_words = entry.filename.lower().endswith((".xml", ".rels"))
    counted, before = 0, b""
    with package.open(entry) as unpacked:
        while part := unpacked.read(STEP):
            counted += len(part)
            if counted > most:
                raise CouldHarm("parts that unfold without end")
            if is_words and b"<!DOCTYPE" in before + part:
                raise CouldHarm("words that could run")
            if is_words and REACHES_OUT.search(before + part):
                raise CouldHarm("a part fetched from elsewhere")
            before = part[-1_000:]
    return counted
