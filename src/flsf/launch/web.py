"""The web server and the worker: how they are run, and whether they answer."""

import json
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flsf.launch.errors import LaunchError
from flsf.launch.supervisor import Program

SECONDS_TO_ANSWER = 60
THREADS = 8

WORKER = Program("worker", (sys.executable, "-m", "flsf.cli.main", "worker"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the web server listens."""

    host: str
    port: int

    @classmethod
    def from_environment(cls, host: str = "127.0.0.1") -> "Place":
        """FLSF_HOST and FLSF_PORT, or 8000 on this machine only. Raises LaunchError."""
        given = os.environ.get("FLSF_PORT", "8000")
        if not given.isdigit() or not 0 < int(given) < 65536:
            raise LaunchError(f"FLSF_PORT is {given!r}, but a port is a number from 1 to 65535.")
        return cls(os.environ.get("FLSF_HOST", host), int(given))

    @property
    def address(self) -> str:
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104 - read, not bound
        return f"http://{host}:{self.port}"

    def refuse_if_taken(self, target: str) -> None:
        """Raises LaunchError when another program listens there, or we may not."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except PermissionError:
                why = f"You may not use port {self.port}."
            except OSError:
                why = f"Port {self.port} is taken by another program."
            else:
                return
        other = self.port + 1 if 1024 <= self.port < 65535 else 8001
        raise LaunchError(f"{why} Choose another with FLSF_PORT: FLSF_PORT={other} make {target}")

    def server(self, *more: str) -> Program:
        """The web server, its threads as many as its database connections."""
        command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        options = ["--host", self.host, "--port", str(self.port), "--no-access-log"]
        lives = ["--respawn-failed-workers", "--workers-kill-timeout", "5"]
        threads = ["--workers", os.environ.get("FLSF_WEB_WORKERS", "1")]
        threads += ["--blocking-threads", str(THREADS), "--backpressure", str(THREADS * 8)]
        return Program(
            "web server", (*command, *options, *lives, *threads, *more, "flsf.web.wsgi:application")
        )


def wait_until_ready(place: Place, look: Callable[[], None], *, worker: bool = True) -> None:
    """The server answers /readyz with yes. Raises LaunchError when it does not in time."""
    give_up_at = time.monotonic() + SECONDS_TO_ANSWER
    told: dict[str, Any] = {}
    while time.monotonic() < give_up_at:
        look()
        told = ask(f"{place.address}/readyz")
        if told.get("ready") and (not worker or told["worker"]["heard"]):
            return
        time.sleep(0.1)
    raise LaunchError(f"The web server does not get ready; it says: {json.dumps(told)}")


def ask(address: str) -> dict[str, Any]:
    """What /readyz says, or nothing while it says nothing."""
    # No proxy of this machine's stands between us and our own server.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as response:
            return dict(json.load(response))
    except urllib.error.HTTPError as error:
        with error:
            return _told(error.read())
    except (OSError, ValueError):
        return {}


def _told(body: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(body))
    except (ValueError, TypeError):
        return {}
