"""Groups of processes: whether they still live, and how they are ended.

Every program we start leads a group of its own, so that what it started ends with it.
A number alone does not tell a process from a later one with the same number; the moment
it started does, so both are written down.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

PROC = Path("/proc")

SECONDS_TO_END = 10.0
SECONDS_TO_DIE = 3.0
SECONDS_BETWEEN_LOOKS = 0.05


def started_at(pid: int) -> str:
    """What tells this process from another of the same number; empty when there is none."""
    if (PROC / "self" / "stat").exists():
        told = _stat(pid)
        return f"{_boot()} {told[2]}" if told else ""
    said = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


def is_group_alive(group: int) -> bool:
    """Whether any process of the group still runs. One that only waits to be buried does not."""
    if (PROC / "self" / "stat").exists():
        members = (_stat(int(one.name)) for one in PROC.iterdir() if one.name.isdigit())
        return any(one[1] == str(group) and one[0] not in "ZX" for one in members if one)
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def end_group(group: int) -> None:
    """No process of the group runs any more: asked first, then made to."""
    for signal_, seconds in ((signal.SIGTERM, SECONDS_TO_END), (signal.SIGKILL, SECONDS_TO_DIE)):
        if not _send(group, signal_):
            return
        give_up_at = time.monotonic() + seconds
        while time.monotonic() < give_up_at:
            _bury()
            if not is_group_alive(group):
                return
            time.sleep(SECONDS_BETWEEN_LOOKS)


def _send(group: int, number: signal.Signals) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _bury() -> None:
    """Takes leave of children of ours that have ended, so that they count as gone."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _stat(pid: int) -> tuple[str, str, str] | None:
    """State, group and starting time of a process, as Linux tells them."""
    try:
        told = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    fields = told.rpartition(")")[2].split()
    return fields[0], fields[2], fields[19]


def _boot() -> str:
    try:
        return (PROC / "sys" / "kernel" / "random" / "boot_id").read_text().strip()
    except OSError:
        return ""
