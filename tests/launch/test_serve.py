"""`make run` for real: a council's own installation on a database of its own, behind a proxy."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psycopg
import pytest

from flsf.devdb.cluster import Cluster
from flsf.launch import processes
from flsf.launch.web import ask

SECONDS = 240  # a start makes a database; other tests may have the processor meanwhile
NAME = "support.borsetshire.example"
PASSWORD = "correct-horse-battery"


class Installation:
    """What the people who run it for a council have: variables, and words to type."""

    def __init__(self, folder, url, port):
        self.folder, self.url, self.port = folder, url, port
        self.said = folder / "said"

    def variables(self, **more):
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return (
            kept
            | {
                "SECRET_KEY": "q8Z3nVx1LwT6yR0pKsJ4hGf7dAa2Bb5Cc9EeIiMmOoUuWw-_XkYtPrQv",
                "DATABASE_URL": self.url,
                "ALLOWED_HOSTS": NAME,
                "COUNCIL_NAME": "Borsetshire Council",
                "FLSF_PORT": str(self.port),
                "FLSF_RUN_HOME": str(self.folder / "run"),
                "FLSF_STATIC_ROOT": str(self.folder / "static"),
            }
            | more
        )

    def launch(self, **more):
        with self.said.open("w") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "flsf.launch", "serve"],
                env=self.variables(**more),
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def refused(self, **more):
        assert self.launch(**more).wait(SECONDS) == 2
        return self.said.read_text()

    def start(self):
        process = self.launch()
        give_up_at = time.monotonic() + SECONDS
        while "Ctrl-C ends it" not in self.said.read_text():
            assert process.poll() is None, self.said.read_text()
            assert time.monotonic() < give_up_at, self.said.read_text()
            time.sleep(0.2)
        return process

    def flsf(self, *words, **more):
        return subprocess.run(
            [sys.executable, "-m", "flsf.cli.main", *words],
            env=self.variables(**more),
            capture_output=True,
            text=True,
            check=False,
        )

    def status(self, path, **headers):
        """What the proxy is answered."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Location", "")

    def sql(self, words):
        with psycopg.connect(self.url) as connection:
            connection.execute(words)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_, **__):
        return None


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("council")
    cluster = Cluster(folder / "database")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield Installation(folder, cluster.start(), port)
    cluster.stop()


def test_names_each_missing_setting_and_starts_nothing(installation):
    said = installation.refused(SECRET_KEY="", ALLOWED_HOSTS="", COUNCIL_NAME="", DATABASE_URL="")
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "COUNCIL_NAME", "DATABASE_URL"):
        assert f"- {name} is not set." in said
    assert "Not started." in said


@pytest.mark.parametrize("switch", ["FLSF_DEMO", "DEBUG"])
def test_refuses_the_switches_of_a_demonstration(installation, switch):
    assert f"{switch} is on" in installation.refused(**{switch: "1"})


def test_serves_under_its_own_name_makes_the_first_account_and_ends(installation):
    process = installation.start()
    try:
        assert ask(f"http://127.0.0.1:{installation.port}/readyz")["ready"] is True
        assert installation.status("/healthz", Host="10.0.0.7") == (200, "alive")
        proxied = {"Host": NAME, "X-Forwarded-Proto": "https"}
        status, page = installation.status("/", **proxied)
        assert status == 200
        assert "Borsetshire Council" in page
        assert installation.status("/", Host=NAME) == (301, f"https://{NAME}/")
        assert installation.status("/", **proxied | {"Host": "elsewhere.example"})[0] == 400
        assert installation.status("/demo/", **proxied)[0] == 404
        told = ("--email", "ada@borsetshire.example", "--name", "Ada")
        made = installation.flsf("createadmin", *told, FLSF_ADMIN_PASSWORD=PASSWORD)
        assert made.returncode == 0, made.stderr
        again = installation.flsf("createadmin", *told, FLSF_ADMIN_PASSWORD=PASSWORD)
        assert (again.returncode, again.stdout) == (2, "")
        looked = installation.flsf("doctor", "--json")
        found = {one["about"]: one["state"] for one in json.loads(looked.stdout)}
        assert looked.returncode == 2
        assert {about for about, state in found.items() if state == "unsafe"} == {"mail"}
        started = json.loads((installation.folder / "run" / "running.json").read_text())
        assert len(started) == 2
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
    assert not any(processes.is_group_alive(one["pid"]) for one in started)


def test_refuses_a_database_with_made_up_people(installation):
    installation.sql("UPDATE shared_user SET persona = 'caseworker'")
    assert "This database holds the made-up borough" in installation.refused()
