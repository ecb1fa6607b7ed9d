"""`make demo` for real, in a folder of its own: killed in every way, it comes back.

One run of the demonstration is worth several seconds, so each test goes on from where the
last one left it, and a module has one folder.
"""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from flsf.devdb.cluster import Cluster
from flsf.launch import processes
from flsf.launch.web import ask

SECONDS = 240  # a start makes a database; other tests may have the processor meanwhile


class Demo:
    """The demonstration as somebody in a terminal has it."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.cluster = Cluster(home / "database")
        self.process: subprocess.Popen[bytes] | None = None
        self.said = home.with_name("said")

    def launch(self, said: Path, **more: str) -> subprocess.Popen[bytes]:
        ours = {
            "FLSF_DEMO_HOME": str(self.home),
            "FLSF_PORT": str(self.port),
            "FLSF_DEMO_PEOPLE_ONLY": "1",
        }
        # The test run's own settings and database are none of its business.
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY")
        }
        with said.open("w") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "flsf.launch", "demo"],
                env=kept | ours | more,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def refused(self, **more: str) -> str:
        """Starts another beside it, which must end by itself with a word why."""
        said = self.home.with_name("refused")
        process = self.launch(said, **more)
        assert process.wait(SECONDS) == 2
        return said.read_text()

    def start(self) -> None:
        self.process = self.launch(self.said)
        self.wait_until(lambda: "Ctrl-C ends it" in self.said.read_text())

    def wait_until(self, thing) -> None:
        give_up_at = time.monotonic() + SECONDS
        while not thing():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < give_up_at, self.said.read_text()
            time.sleep(0.2)

    def is_ready(self) -> bool:
        return bool(ask(f"http://127.0.0.1:{self.port}/readyz").get("ready"))

    def end(self, number: signal.Signals = signal.SIGINT) -> str:
        self.process.send_signal(number)
        assert self.process.wait(SECONDS) == 0
        return self.said.read_text()

    def running(self) -> dict[str, int]:
        noted = json.loads((self.home / "running.json").read_text())
        return {one["name"]: one["pid"] for one in noted}

    @property
    def postmaster(self) -> int:
        return int((self.cluster.data / "postmaster.pid").read_text().splitlines()[0])

    def sql(self, words: str):
        with psycopg.connect(self.cluster.app_url) as connection:
            done = connection.execute(words)
            return done.fetchone() if done.description else None

    def everything(self) -> list[int]:
        return [*self.running().values(), self.postmaster]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Demo(tmp_path_factory.mktemp("demo") / "home", port)
    yield made
    if made.process and made.process.poll() is None:
        made.end()
    with suppress(OSError, ValueError, IndexError):
        os.kill(made.postmaster, signal.SIGKILL)


def test_starts_says_where_and_who_and_ends_all_it_started(demo):
    demo.start()
    assert stat.S_IMODE(demo.home.stat().st_mode) == 0o700
    started = demo.everything()
    assert len(started) == 3
    said = demo.end()
    assert f"http://127.0.0.1:{demo.port}/demo/" in said
    assert "caseworker" in said
    assert not any(processes.is_group_alive(one) for one in started)


def test_a_second_run_keeps_what_was_done(demo):
    demo.start()
    demo.sql("CREATE TABLE done_by_hand AS SELECT 7 AS seven")


def test_a_second_start_beside_it_says_so(demo):
    said = demo.refused()
    assert "already running" in said
    assert f"http://127.0.0.1:{demo.port}" in said


@pytest.mark.parametrize("name", ["web server", "worker"])
def test_a_killed_program_is_started_again_meanwhile(demo, name):
    before = demo.running()[name]
    os.kill(before, signal.SIGKILL)
    demo.wait_until(lambda: demo.running().get(name, before) != before)
    demo.wait_until(demo.is_ready)
    assert not processes.is_group_alive(before)


def test_a_killed_database_is_started_again_meanwhile_with_what_was_committed(demo):
    demo.sql("INSERT INTO done_by_hand VALUES (8) RETURNING seven")
    before = demo.postmaster
    os.kill(before, signal.SIGKILL)
    demo.wait_until(lambda: demo.cluster.is_running and demo.postmaster != before)
    demo.wait_until(demo.is_ready)
    assert demo.sql("SELECT sum(seven) FROM done_by_hand") == (15,)


def test_a_killed_watchman_leaves_nothing_that_bars_the_next_start(demo):
    left = demo.running()
    demo.process.kill()
    demo.process.wait()
    assert all(processes.is_group_alive(one) for one in left.values())
    demo.start()
    assert not any(processes.is_group_alive(one) for one in left.values())
    assert demo.sql("SELECT sum(seven) FROM done_by_hand") == (15,)


def test_everything_killed_at_once_comes_back(demo):
    for one in demo.everything():
        with suppress(ProcessLookupError):
            os.killpg(one, signal.SIGKILL)
    demo.process.kill()
    demo.process.wait()
    demo.start()
    assert demo.sql("SELECT sum(seven) FROM done_by_hand") == (15,)
    demo.end(signal.SIGTERM)


def test_a_taken_port_is_said_with_a_way_out(demo):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = demo.refused(FLSF_PORT=str(port))
    assert f"Port {port} is taken" in said
    assert f"FLSF_PORT={port + 1}" in said


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_said(demo, port):
    assert "FLSF_PORT" in demo.refused(FLSF_PORT=port)
