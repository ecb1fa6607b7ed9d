"""The demonstration: its database, its web server and its worker, in a folder of its own."""

import os
import shutil
import sys
import time
from pathlib import Path

from flsf.devdb.cluster import Cluster
from flsf.devdb.errors import DevDbError
from flsf.devdb.privilege import step_down
from flsf.launch.errors import Ended, LaunchError
from flsf.launch.home import Home
from flsf.launch.supervisor import Program, Supervisor
from flsf.launch.web import WORKER, Place, wait_until_ready

PREPARE = (sys.executable, "-m", "flsf.cli.main", "prepare")


def home() -> Home:
    """The folder FLSF_DEMO_HOME names, or .demo where the command is run."""
    return Home(Path(os.environ.get("FLSF_DEMO_HOME", ".demo")).resolve())


def run(*, parent: int | None) -> None:
    """Serves the borough until asked to end; then nothing of it runs any more."""
    place, began = Place.from_environment(), time.monotonic()
    with _Ours(home(), place.address, parent) as ours:
        place.refuse_if_taken("demo")
        ours.prepare()
        ours.supervisor.start(place.server())
        ours.supervisor.start(WORKER)
        wait_until_ready(place, ours.look)
        say(_welcome(place.address, ours.personas(), time.monotonic() - began))
        ours.supervisor.watch(ours.look)


def reset() -> None:
    """The borough is built anew. Everything done in the old one is gone."""
    with _Ours(home(), "being rebuilt", None) as ours:
        ours.forget()
        ours.prepare()
        say("Marlbeck is as new. Look at it with: make demo")


class _Ours:
    """The folder is ours, what a killed run left is ended; at the end all is ended."""

    def __init__(self, place: Home, address: str, parent: int | None) -> None:
        self._home, self._address = place, address
        self._cluster = Cluster(place.folder / "database")
        self.supervisor = Supervisor(place, {}, say, parent)

    def __enter__(self) -> "_Ours":
        self._home.make()
        step_down().hand_over(self._home.folder)
        self._lock = self._home.take(self._address)
        self.supervisor.heed_signals()
        for name in self._home.end_leftovers():
            say(f"Ended the {name} that an earlier run left behind.")
        for draft in self._cluster.home.glob("making-*"):
            shutil.rmtree(draft, ignore_errors=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        if kind is Ended:
            say("\nEnding the demonstration ...")
        self.supervisor.end_all()
        self._stop_database()
        self._lock.close()
        if kind is Ended:
            say("Ended. What was done is kept: `make demo` goes on from here.")
        return kind is Ended

    def prepare(self) -> None:
        """The database runs, its tables are up to date, and the borough is in it."""
        say("Starting the database ...")
        self.supervisor.environment = self._environment(self._cluster.start())
        say("Preparing Marlbeck, a made-up borough ...")
        self._home.log("preparation").unlink(missing_ok=True)
        told: list[str] = []
        if self.supervisor.run(Program("preparation", PREPARE), lambda: self._tell(told)):
            raise LaunchError(self._home.log("preparation").read_text().rstrip())

    def _tell(self, told: list[str]) -> None:
        """Says what the preparation has said since, but for the list of people."""
        said = self._home.log("preparation").read_text().partition("People:")[0]
        lines = said.rpartition("\n")[0].splitlines()
        for line in lines[len(told) :]:
            say(f"  {line}")
            told.append(line)

    def look(self) -> None:
        """What fell over stands again; the database with all that was committed."""
        if not self._cluster.has_postmaster:
            self.supervisor.count_fall("database")
            environment = self._environment(self._cluster.start())
            if environment != self.supervisor.environment:
                self.supervisor.start_again(environment)
        self.supervisor.look()

    def _environment(self, url: str) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "flsf.settings.demo",
            "DATABASE_URL": url,
            "FLSF_DEMO": "1",
            "SECRET_KEY": self._home.secret(),
        }

    def personas(self) -> list[str]:
        """The lines the preparation ended with, below its heading."""
        lines = self._home.log("preparation").read_text().splitlines()
        return lines[lines.index("People:") + 1 :] if "People:" in lines else []

    def forget(self) -> None:
        """No trace of the old borough."""
        self._stop_database()
        shutil.rmtree(self._cluster.home, ignore_errors=True)

    def _stop_database(self) -> None:
        if self._cluster.has_postmaster:
            try:
                self._cluster.stop()
            except DevDbError as error:
                say(str(error))


def _welcome(address: str, personas: list[str], seconds: float) -> str:
    return "\n".join(
        [
            "",
            f"Marlbeck is ready after {seconds:.0f} seconds: {address}/",
            f"Look around as one of these people: {address}/demo/",
            *personas,
            "",
            "Nothing in it is real. Ctrl-C ends it; what you do is kept until `make demo-reset`.",
        ]
    )


def say(words: str) -> None:
    print(words, flush=True)
