"""The folder of a running installation: who runs it, and what was started.

Only its owner may look inside. Whoever holds the lock runs it; the lock goes with the
process that held it, however that ended, so a killed run never bars the next.
"""

import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from flsf.launch import processes
from flsf.launch.errors import LaunchError


@dataclass(frozen=True, slots=True)
class Started:
    """A program we started, as written down."""

    name: str
    pid: int
    started_at: str


@dataclass(frozen=True, slots=True)
class Home:
    folder: Path

    @property
    def _lock(self) -> Path:
        return self.folder / "lock"

    @property
    def _running(self) -> Path:
        return self.folder / "running.json"

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name.replace(' ', '-')}.log"

    def make(self) -> None:
        """The folder is there and private. Raises LaunchError when it is somebody else's."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            (self.folder / "logs").mkdir(mode=0o700, exist_ok=True)
        except PermissionError:
            raise LaunchError(
                f"{self.folder} belongs to another user of this machine. "
                "Run this as that user, or move the folder away."
            ) from None

    def take(self, address: str) -> IO[str]:
        """Ours to run for as long as the file stays open. Raises LaunchError when taken."""
        # Opened so that what it says is kept until we know it is ours.
        held = os.fdopen(os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            where = held.read().strip() or "starting"
            held.close()
            raise LaunchError(
                f"It is already running: {where}. "
                "Use that one, or end it with Ctrl-C in the window it runs in."
            ) from None
        held.truncate(0)
        held.write(f"{address} (process {os.getpid()})")
        held.flush()
        return held

    def end_leftovers(self) -> list[str]:
        """What a killed run left behind has ended. Returns the names of what was found."""
        ended = []
        for one in self._started():
            lives = processes.started_at(one.pid)
            # Led by another now means the number was given again, so the group is gone.
            if lives in ("", one.started_at) and processes.is_group_alive(one.pid):
                processes.end_group(one.pid)
                ended.append(one.name)
        self.write_down([])
        return ended

    def write_down(self, started: list[Started]) -> None:
        """What we started, never seen half written."""
        draft = self._running.with_suffix(".new")
        draft.write_text(json.dumps([asdict(one) for one in started]))
        draft.replace(self._running)

    def secret(self) -> str:
        """A secret key made for this folder alone, and kept."""
        file = self.folder / "secret"
        if not file.exists():
            draft = file.with_suffix(".new")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(60))
            draft.replace(file)
        return file.read_text()

    def _started(self) -> list[Started]:
        try:
            return [Started(**one) for one in json.loads(self._running.read_text())]
        except (OSError, ValueError, TypeError):
            return []
