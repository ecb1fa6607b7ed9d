"""A council's own installation: web server and worker on the database of DATABASE_URL."""

import os
import sys
from pathlib import Path

from flsf.launch.errors import Ended, LaunchError
from flsf.launch.home import Home
from flsf.launch.supervisor import Program, Supervisor
from flsf.launch.web import WORKER, Place, wait_until_ready

PREPARE = Program("preparation", (sys.executable, "-m", "flsf.cli.main", "prepare"), to_log=False)
SETTINGS = "flsf.settings.production"


def run(*, parent: int | None) -> None:
    """Serves until asked to end. Raises LaunchError, having started nothing, when unsafe."""
    place = Place.from_environment()
    home = Home(Path(os.environ.get("FLSF_RUN_HOME", ".run")).resolve())
    home.make()
    lock = home.take(place.address)
    supervisor = Supervisor(home, {"DJANGO_SETTINGS_MODULE": SETTINGS}, say, parent)
    supervisor.heed_signals()
    try:
        home.end_leftovers()
        place.refuse_if_taken("run")
        if supervisor.run(PREPARE):
            raise LaunchError("Not started. Mend what is said above and try again.")
        for program in (place.server(*_tls()), WORKER):
            supervisor.start(Program(program.name, program.command, to_log=False))
        if not _tls():
            wait_until_ready(place, supervisor.look)
        say(f"FLSF is listening on {place.host} port {place.port}. Ctrl-C ends it.")
        supervisor.watch(supervisor.look)
    except Ended:
        say("Ending ...")
    finally:
        supervisor.end_all()
        lock.close()


def _tls() -> list[str]:
    """Our own certificate, where no proxy in front of us holds one."""
    certificate, key = (os.environ.get(f"FLSF_TLS_{one}") for one in ("CERTIFICATE", "KEY"))
    if not certificate and not key:
        return []
    if not (certificate and key):
        raise LaunchError("FLSF_TLS_CERTIFICATE and FLSF_TLS_KEY go together: set both or none.")
    return ["--ssl-certificate", certificate, "--ssl-keyfile", key]


def say(words: str) -> None:
    print(words, flush=True)
