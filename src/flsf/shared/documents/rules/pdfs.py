"""A PDF may act by itself when it is opened: run a script, start a program, carry a file.

We refuse those that could. We look at every name in the file, however it is written, and into
the parts that hold names compressed; what we cannot look into we refuse, not trust.
"""

import re
import zlib

from flsf.shared.documents.rules.refused import CouldHarm, Damaged, Locked

MOST_UNPACKED = 60_000_000
MOST_STREAMS = 50_000
TAIL = 2_048
STEP = 16_384

END_OF_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
ACTS = re.compile(rb"/(JavaScript|JS|Launch|ImportData|RichMedia|EmbeddedFiles?|XFA)" + END_OF_NAME)
# Two letters turn up by chance in packed pictures; a script always has its long name too.
CERTAIN = re.compile(rb"/(JavaScript|Launch|ImportData|RichMedia|EmbeddedFiles?|XFA)" + END_OF_NAME)
ENCRYPT = re.compile(rb"/Encrypt" + END_OF_NAME)
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n")
HOLDS_OBJECTS = re.compile(rb"/(ObjStm|XRef)" + END_OF_NAME)
OTHER_FILTER = re.compile(
    rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt)" + END_OF_NAME
)
# The numbers that begin a part full of objects, whatever it says it is.
NUMBERED = re.compile(rb"\s*\d+\s+\d+\s")

WORDS = {
    b"JavaScript": "a script",
    b"JS": "a script",
    b"Launch": "a command that starts a program",
    b"ImportData": "a command that fetches data",
    b"RichMedia": "a film or a game",
    b"EmbeddedFile": "another file inside it",
    b"EmbeddedFiles": "another file inside it",
    b"XFA": "a form that runs by itself",
}


def look_into(content: bytes) -> None:
    """Nothing in it acts by itself. Raises Damaged, Locked and CouldHarm."""
    if b"%%EOF" not in content[-TAIL:]:
        raise Damaged
    plain = _spelt_out(content)
    if ENCRYPT.search(plain):
        raise Locked
    _refuse_acting(plain, CERTAIN)
    left = MOST_UNPACKED
    for number, found in enumerate(STREAM.finditer(content)):
        if number > MOST_STREAMS:
            raise CouldHarm("far more parts than a document has")
        begins = content.rfind(b"obj", max(0, found.start() - 4_000), found.start())
        describes = _spelt_out(content[max(begins, 0) : found.start()])
        unpacked = _unpacked(content, found.end(), left)
        left -= len(unpacked)
        if HOLDS_OBJECTS.search(describes) and OTHER_FILTER.search(describes):
            raise CouldHarm("parts that we cannot look into")
        if HOLDS_OBJECTS.search(describes) or NUMBERED.match(unpacked):
            _refuse_acting(_spelt_out(unpacked), ACTS)


def _unpacked(content: bytes, start: int, most: int) -> bytes:
    """A stream unpacked as far as it can be, if it is packed the usual way; empty if not.

    Where it ends is told by the packing itself: a word within it could lie.
    """
    tool, parts, unpacked = zlib.decompressobj(), [], 0
    for place in range(start, len(content), STEP):
        try:
            part = tool.decompress(content[place : place + STEP], most - unpacked + 1)
        except zlib.error:
            break
        parts.append(part)
        unpacked += len(part)
        if unpacked > most:
            raise CouldHarm("parts that unfold without end")
        if tool.eof:
            break
    return b"".join(parts)


def _spelt_out(content: bytes) -> bytes:
    """Names written with codes for letters, as plain letters."""
    return HEX.sub(lambda one: bytes([int(one[1], 16)]), content) if b"#" in content else content


def _refuse_acting(content: bytes, names: re.Pattern[bytes]) -> None:
    if found := names.search(content):
        raise CouldHarm(WORDS[found[1]])
