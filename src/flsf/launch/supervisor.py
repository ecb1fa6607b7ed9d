"""Runs programs, starts again what falls over, and ends all of it together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from flsf.launch import processes
from flsf.launch.errors import Ended, LaunchError
from flsf.launch.home import Home, Started

SECONDS_BETWEEN_LOOKS = 0.25
# Fallen over this often within so many seconds means it will not stand.
FALLS, WITHIN_SECONDS = 4, 60.0

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, under which name people know it."""

    name: str
    command: Sequence[str]
    # Where what it says goes: to its log, or to our own output.
    to_log: bool = True


@dataclass
class Supervisor:
    home: Home
    environment: Mapping[str, str]
    say: Callable[[str], None]
    # Stop when this process is no longer our parent; None: whoever it is.
    parent: int | None = None
    _running: dict[str, tuple[Program, subprocess.Popen[str]]] = field(default_factory=dict)
    _falls: dict[str, list[float]] = field(default_factory=dict)
    _ending: bool = False

    def heed_signals(self) -> None:
        """Ctrl-C and its like end us in good order."""
        for number in SIGNALS:
            signal.signal(number, self._end)

    def _end(self, number: int, frame: FrameType | None) -> None:
        if not self._ending:
            self._ending = True
            raise Ended

    def start(self, program: Program) -> None:
        """The program runs in a group of its own and is written down."""
        log = self.home.log(program.name)
        log.touch(mode=0o600)
        with log.open("a") as out:
            process = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=out if program.to_log else None,
                stderr=subprocess.STDOUT if program.to_log else None,
                env=os.environ | self.environment,
                start_new_session=True,
                text=True,
            )
        self._running[program.name] = (program, process)
        self._write_down()

    def run(self, program: Program, meanwhile: Callable[[], None] = lambda: None) -> int:
        """Runs the program to its end and returns how it ended; we can be ended meanwhile."""
        self.start(program)
        process = self._running[program.name][1]
        while process.poll() is None:
            self.stop_if_alone()
            meanwhile()
            time.sleep(SECONDS_BETWEEN_LOOKS / 5)
        del self._running[program.name]
        self._write_down()
        return process.returncode

    def look(self) -> None:
        """What fell over stands again. Raises LaunchError when it keeps falling."""
        self.stop_if_alone()
        for program, process in list(self._running.values()):
            if process.poll() is not None:
                self.count_fall(program.name)
                processes.end_group(process.pid)
                self.start(program)

    def count_fall(self, name: str) -> None:
        """Says so, and raises LaunchError when there were too many in a short while."""
        now = time.monotonic()
        falls = [one for one in self._falls.get(name, []) if now - one < WITHIN_SECONDS]
        self._falls[name] = [*falls, now]
        if len(falls) == FALLS:
            raise LaunchError(f"The {name} keeps ending. See {self.home.log(name)}.")
        self.say(f"The {name} ended unexpectedly; starting it again.")

    def start_again(self, environment: Mapping[str, str]) -> None:
        """Every program runs in another environment: the old one no longer holds."""
        self.environment = environment
        for program, process in list(self._running.values()):
            processes.end_group(process.pid)
            self.start(program)

    def watch(self, look: Callable[[], None]) -> None:
        """Looks for ever. Ends by Ended or LaunchError only."""
        while True:
            look()
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def stop_if_alone(self) -> None:
        """Whoever started us is gone, and nobody could end us any more: so we end."""
        if self.parent is not None and os.getppid() != self.parent:
            self._ending = True
            raise Ended

    def end_all(self) -> None:
        """Nothing we started runs any more."""
        self._ending = True
        for _, process in reversed(self._running.values()):
            processes.end_group(process.pid)
        self._running.clear()
        self._write_down()

    def _write_down(self) -> None:
        self.home.write_down(
            [
                Started(name, process.pid, processes.started_at(process.pid))
                for name, (_, process) in self._running.items()
            ]
        )
