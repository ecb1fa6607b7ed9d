"""Photos keep what the eye sees and lose the rest: where and when, and by what, they were taken.

A phone turns a photo by a note within it rather than by its pixels, so that one note is kept.
"""

from collections.abc import Iterator

from flsf.shared.documents.rules.refused import CouldHarm, Damaged

MOST_PIXELS = 80_000_000

# Of a JPEG: the segments without which it could not be drawn. Adobe's (APP14) says its colours.
JFIF, EXIF, ADOBE, COMMENT = 0xE0, 0xE1, 0xEE, 0xFE
LAST_NOTE, START_OF_SCAN, END = 0xEF, 0xDA, 0xD9
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
FIRST_MARKER = 0xC0  # those before are reserved and begin no segment
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
ORIENTATION = 0x0112

KEPT_CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"}
)
PNG_START = b"\x89PNG\r\n\x1a\n"


def clean_jpeg(content: bytes) -> bytes:
    """The picture without notes, and nothing after its end. Raises Damaged and CouldHarm."""
    kept: list[bytes] = []
    turned, has_frame, place = b"", False, 2
    for marker, begins, after in _segments(content):
        segment, place = content[begins:after], after
        if marker in FRAMES:
            has_frame = True
            _refuse_huge(segment[7:9], segment[5:7])
        if marker == EXIF:
            turned = turned or _turning(segment[4:])
        elif not (marker == COMMENT or (JFIF < marker <= LAST_NOTE and marker != ADOBE)):
            # A note under another name would be kept, and say where the photo was taken.
            if segment[4:].startswith(b"Exif"):
                raise Damaged
            kept.append(segment)
    end = content.rfind(b"\xff\xd9", place)
    if not has_frame or end < 0:
        raise Damaged
    return b"".join([content[:2], turned, *kept, content[place : end + 2]])


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """The (marker, first byte, byte after) of each segment until the picture itself begins."""
    place = 2
    while True:
        while content[place : place + 2] == b"\xff\xff":  # padding
            place += 1
        if place + 4 > len(content) or content[place] != 0xFF:
            raise Damaged
        marker = content[place + 1]
        after = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if (
            marker < FIRST_MARKER
            or marker in ALONE
            or marker == END
            or after < place + 4
            or after > len(content)
        ):
            raise Damaged
        if marker == START_OF_SCAN:
            return
        yield marker, place, after
        place = after


def _turning(exif: bytes) -> bytes:
    """A note that says only which way up the photo is; empty if it is upright or unreadable."""
    if not exif.startswith(b"Exif\0\0"):
        return b""
    tiff = exif[6:]
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order not in ("little", "big"):
        return b""

    def number(place: int, size: int) -> int:
        return int.from_bytes(tiff[place : place + size], "little" if order == "little" else "big")

    first = number(4, 4)
    for index in range(min(number(first, 2), 200)):
        entry = first + 2 + 12 * index
        if number(entry, 2) == ORIENTATION:
            value = number(entry + 8, 2)
            if 2 <= value <= 8:
                return _exif_of(value)
    return b""


def _exif_of(orientation: int) -> bytes:
    entry = ORIENTATION.to_bytes(2, "big") + b"\0\x03" + b"\0\0\0\x01"
    entry += orientation.to_bytes(2, "big") + b"\0\0"
    body = b"Exif\0\0" + b"MM\0*\0\0\0\x08" + b"\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def clean_png(content: bytes) -> bytes:
    """The picture without words or notes, and nothing after it. Raises Damaged and CouldHarm."""
    kept, has_end = [PNG_START], False
    for kind, chunk in _chunks(content):
        if kind == b"IHDR":
            _refuse_huge(chunk[8:12], chunk[12:16])
        if kind in KEPT_CHUNKS:
            kept.append(chunk)
        has_end = kind == b"IEND"
    if not has_end or kept[1][4:8] != b"IHDR":
        raise Damaged
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_START)
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        after = place + 12 + length
        if after > len(content):
            raise Damaged
        kind = content[place + 4 : place + 8]
        yield kind, content[place:after]
        if kind == b"IEND":
            return
        place = after


def _refuse_huge(wide: bytes, high: bytes) -> None:
    """A small file may unfold to a picture that no machine can hold."""
    if int.from_bytes(wide, "big") * int.from_bytes(high, "big") > MOST_PIXELS:
        raise CouldHarm("a picture far too large to open")
