"""A file as bytes: what it is by its content, unpacked with a limit, never trusted by its name."""

import gzip
import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

import puremagic

from flsf.shared.imports.rules.refused import (
    CutOff,
    EmptyFile,
    NotWhatItsNameSays,
    TooBig,
    WrongKind,
)

# Unpacked. The postcode directory of the United Kingdom is about 1.3 gigabytes.
MOST_BYTES_OF_A_REGISTER = 3_000_000_000
# A council's own sheet, packed and unpacked: 100,000 rows are about 20 million.
MOST_BYTES_OF_A_SHEET = 25_000_000
MOST_BYTES_UNPACKED = 200_000_000
HEAD = 4096
A_MEGABYTE = 1 << 20
DAMAGE = (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, OSError, RuntimeError)


class Content(StrEnum):
    """What a file is by its first bytes."""

    TEXT = "text"
    GZIP = "gzip"
    ZIP = "zip"
    WORKBOOK = "Excel workbook"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be opened again and again from its beginning."""

    name: str
    open: Callable[[], IO[bytes]]

    @classmethod
    def of_path(cls, path: Path) -> "Source":
        return cls(path.name, lambda: path.open("rb"))

    @classmethod
    def of_bytes(cls, name: str, content: bytes) -> "Source":
        return cls(name, lambda: io.BytesIO(content))

    @property
    def suffix(self) -> str:
        """The last part of the name, without ".gz": ".csv"."""
        return PurePosixPath(self.name.lower().removesuffix(".gz")).suffix

    def head(self) -> bytes:
        with self.open() as file:
            return file.read(HEAD)

    def fingerprint(self) -> str:
        """SHA-256 of the whole file, in hexadecimal."""
        digest = sha256()
        with self.open() as file:
            while block := file.read(A_MEGABYTE):
                digest.update(block)
        return digest.hexdigest()


class Closeable(Protocol):
    def close(self) -> None: ...


class Limited(io.RawIOBase):
    """Reads from another file, and no more than a number of bytes. Damage is said in words."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile, most: int, *under: "Closeable") -> None:
        self._file = file
        self._left = most
        self._under = under

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override] # a buffer it is
        try:
            block = self._file.read(len(buffer))
        except DAMAGE as error:
            raise CutOff from error
        self._left -= len(block)
        if self._left < 0:
            raise TooBig
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        # Unpackers leave open what they read from.
        for one in (self._file, *self._under):
            one.close()
        super().close()


def content_of(source: Source) -> Content:
    """What the file is by its content. Raises EmptyFile."""
    head = source.head()
    if not head:
        raise EmptyFile
    if head.startswith(b"\x1f\x8b"):
        return Content.GZIP
    if head.startswith(b"PK\x03\x04"):
        return Content.WORKBOOK if _is_workbook(source) else Content.ZIP
    return Content.TEXT if _looks_like_text(head) else Content.OTHER


def texts_in(source: Source, *, most_bytes: int = MOST_BYTES_OF_A_REGISTER) -> list[Source]:
    """The text file, or those packed in it with gzip or zip.

    Raises EmptyFile, CutOff, NotWhatItsNameSays, WrongKind. Reading a text raises TooBig when
    it is longer than `most_bytes` unpacked, and CutOff when it ends too soon.
    """
    content = content_of(source)
    if content is Content.TEXT:
        return [Source(source.name, lambda: _limited(source.open(), most_bytes))]
    if content is Content.GZIP:
        unpacked = Source(
            source.name.removesuffix(".gz"),
            lambda: _unzipped(source, most_bytes),
        )
        if content_of(unpacked) is not Content.TEXT:
            raise WrongKind(_what_it_is(unpacked))
        return [unpacked]
    if content is Content.ZIP:
        return _texts_in_zip(source, most_bytes)
    if source.suffix in (".csv", ".txt", ".json", ".geojson"):
        raise NotWhatItsNameSays(f"It is called {source.suffix}, but {_what_it_is(source)}")
    raise WrongKind(_what_it_is(source))


def say_what(source: Source) -> str:
    """What a file is, for a sentence: "it is a PDF document."."""
    return _what_it_is(source)


def _limited(file: IO[bytes] | gzip.GzipFile, most: int, *under: Closeable) -> IO[bytes]:
    return io.BufferedReader(Limited(file, most, *under), A_MEGABYTE)


def _unzipped(source: Source, most: int) -> IO[bytes]:
    packed = source.open()
    return _limited(gzip.GzipFile(fileobj=packed), most, packed)


def _texts_in_zip(source: Source, most_bytes: int) -> list[Source]:
    """The CSV files of the folder that holds most: national directories come with guides."""
    folders: dict[str, list[zipfile.ZipInfo]] = defaultdict(list)
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                path = PurePosixPath(info.filename)
                if path.suffix.lower() == ".csv" and "doc" not in path.parent.name.lower():
                    folders[str(path.parent)].append(info)
    except DAMAGE as error:
        raise CutOff from error
    if not folders:
        raise WrongKind("It is a zip file with no CSV file in it.")
    # The same rows once in one file and again in many: the one file stands.
    whole = {folder: found for folder, found in folders.items() if "multi" not in folder.lower()}
    chosen = max((whole or folders).values(), key=lambda found: sum(one.file_size for one in found))
    if sum(info.file_size for info in chosen) > most_bytes:
        raise TooBig
    return [_member(source, info.filename, most_bytes) for info in chosen]


def _member(source: Source, name: str, most_bytes: int) -> Source:
    def opened() -> IO[bytes]:
        packed = source.open()
        try:
            archive = zipfile.ZipFile(packed)
            return _limited(archive.open(name), most_bytes, archive, packed)
        except DAMAGE as error:
            packed.close()
            raise CutOff from error

    return Source(PurePosixPath(name).name, opened)


def _is_workbook(source: Source) -> bool:
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except DAMAGE:
        # The end of a zip holds its list of files: without it we go by the name.
        if source.suffix in (".xlsx", ".zip"):
            raise CutOff from None
        return False


def _looks_like_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if head.startswith((b"%PDF", b"{\\rtf", b"MZ")):
        return False
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return odd <= 1 + len(head) // 100


def _what_it_is(source: Source) -> str:
    """By its content, in words, for whoever chose it."""
    head = source.head()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "it is a web page or XML."
    if head.startswith(b"MZ"):
        return "it is a program."
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "it is an older Office document. Save it as .xlsx or as CSV."
    content = content_of(source)
    if content is not Content.OTHER:
        return f"it is {'an' if content is Content.WORKBOOK else 'a'} {content} file."
    try:
        return f"it looks like this: {puremagic.magic_string(head)[0].name}."
    except (puremagic.PureError, IndexError):
        return "we cannot tell what it is."


def blocks(source: Source) -> Iterator[bytes]:
    """The whole file, a megabyte at a time."""
    with source.open() as file:
        while block := file.read(A_MEGABYTE):
            yield block
