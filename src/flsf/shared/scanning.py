"""Asks a ClamAV daemon whether a file carries a virus. One question, one answer."""

import socket
from collections.abc import Iterator
from contextlib import closing

STEP = 65_536
LONGEST_ANSWER = 4_096


class CannotScan(Exception):
    """The daemon could not be asked, or answered what we do not understand."""


def virus_in(content: bytes, *, daemon: str, seconds: float = 20) -> str:
    """The name of what was found; empty if nothing was. Raises CannotScan.

    `daemon` is the path of a socket, or a machine and port: 127.0.0.1:3310.
    """
    try:
        with closing(_connected(daemon, seconds)) as line:
            line.sendall(b"zINSTREAM\0")
            for part in _parts(content):
                line.sendall(len(part).to_bytes(4, "big") + part)
            line.sendall((0).to_bytes(4, "big"))
            answer = _answer(line)
    except (OSError, ValueError) as error:
        raise CannotScan(type(error).__name__) from error
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise CannotScan("answer not understood")


def _connected(daemon: str, seconds: float) -> socket.socket:
    if daemon.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(daemon)
        except OSError:
            line.close()
            raise
        return line
    machine, _, port = daemon.rpartition(":")
    return socket.create_connection((machine, int(port)), timeout=seconds)


def _parts(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), STEP):
        yield content[start : start + STEP]


def _answer(line: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and len(heard) < LONGEST_ANSWER:
        part = line.recv(STEP)
        if not part:
            break
        heard += part
    return heard.rstrip(b"\0").decode(errors="replace")
