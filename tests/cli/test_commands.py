"""The command `flsf`: its names, its exit codes, and what it says."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from procrastinate.contrib.django.models import ProcrastinateWorker

from flsf.cli import main as cli
from flsf.cli.surroundings import settings_module
from flsf.core.people import SYSTEM
from flsf.shared.accounts import actions as accounts
from flsf.shared.accounts import queries
from flsf.shared.accounts.enums import Inhabitants, Role
from flsf.shared.notify import actions as notify
from flsf.shared.notify.enums import Channel
from flsf.web import safety, site
from tests.factories import NOW, council_member, user

PASSWORD = "correct horse battery"


def finding(capsys, about):
    code = cli.main(["doctor", "--json"])
    found = {one["about"]: one for one in json.loads(capsys.readouterr().out)}
    return code, found[about]


def test_every_command_has_a_line_of_help(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert [name for name in cli.NAMES if name not in said] == []
    assert {"createadmin", "doctor", "prepare", "urls", "worker"} <= set(cli.NAMES)


def test_a_command_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["dance"])
    assert ended.value.code == 2


def test_urls_tells_each_address_with_its_permission(capsys):
    assert cli.main(["urls", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {
        "name": "readyz",
        "pattern": "/readyz",
        "audience": "public",
        "permission": "public",
    } in (told)
    assert [one for one in told if one["permission"] == "undeclared"] == []
    assert len(told) == len(site.addresses())


CONSOLE = "django.core.mail.backends.console.EmailBackend"


def test_the_doctor_finds_the_test_run_unsafe_and_says_why(db, capsys):
    code, found = finding(capsys, "secret key")
    assert code == 2
    assert found["state"] == "unsafe"
    assert "SECRET_KEY" in found["mend"]


def test_the_doctor_says_it_in_words(db, capsys):
    cli.main(["doctor"])
    said = capsys.readouterr().out
    assert "! secret key: SECRET_KEY is short enough to be guessed." in said


@pytest.mark.parametrize(
    ("about", "changed", "state"),
    [
        ("secret key", {"SECRET_KEY": "k" * 50}, "fine"),
        ("debug", {"DEBUG": True}, "unsafe"),
        ("debug", {"DEBUG": False}, "fine"),
        ("demonstration", {"FLSF_DEMO": False}, "fine"),
        ("hosts", {"ALLOWED_HOSTS": ["*"]}, "unsafe"),
        ("https", {"FLSF_DEMO": False}, "unsafe"),
        ("https", {"SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True}, "fine"),
        ("second factor", {"FLSF_SECOND_FACTOR": False}, "unsafe"),
        ("mail", {"EMAIL_BACKEND": CONSOLE}, "look"),
        ("mail", {"EMAIL_BACKEND": CONSOLE, "FLSF_DEMO": False}, "unsafe"),
        ("mail", {"FLSF_DEMO": False}, "fine"),
        ("static files", {"STATIC_ROOT": "/nowhere"}, "unsafe"),
        ("backups", {"FLSF_DEMO": False}, "look"),
        ("database", {}, "fine"),
        ("database role", {}, "fine"),
        ("migrations", {}, "fine"),
        ("jobs", {}, "fine"),
    ],
)
def test_the_doctor_looks_at(db, capsys, settings, about, changed, state):
    for name, value in changed.items():
        setattr(settings, name, value)
    assert finding(capsys, about)[1]["state"] == state


def test_the_doctor_misses_an_administrator_and_their_second_factor(db, capsys, settings):
    settings.FLSF_DEMO = False
    assert finding(capsys, "administrator")[1]["mend"] == "Run: flsf createadmin"
    council_member(Role.ADMINISTRATOR)
    assert finding(capsys, "administrator")[1]["state"] == "fine"
    assert finding(capsys, "administrators' second factor")[1]["state"] == "look"


def test_the_doctor_hears_a_silent_worker(db, capsys, monkeypatch):
    assert finding(capsys, "worker")[1]["says"] == "No worker has ever run."


def test_the_doctor_finds_a_message_that_is_stuck(db, capsys, monkeypatch):
    early = NOW.replace(hour=3)
    notify.queue(
        template="hello",
        recipient_id=None,
        address="a@example.org",
        channel=Channel.EMAIL,
        details={},
        by=SYSTEM,
        at=early,
    )
    assert finding(capsys, "outbox")[1]["state"] == "look"


def test_made_up_people_are_never_served_as_real_ones(db, capsys, settings):
    accounts.open_account(
        email="p@example.org", name="P", password=None, persona="parent", by=SYSTEM, at=NOW
    )
    settings.FLSF_DEMO = False
    assert finding(capsys, "data")[1]["state"] == "unsafe"
    with pytest.raises(ImproperlyConfigured, match="made-up borough"):
        safety.refuse_wrong_data()
    assert cli.main(["prepare"]) == 2


def test_real_people_are_never_served_as_made_up(db, capsys, settings):
    user()
    with pytest.raises(ImproperlyConfigured, match="not made up"):
        safety.refuse_wrong_data()
    assert cli.main(["prepare"]) == 2
    assert "make demo" in capsys.readouterr().err


def test_createadmin_opens_the_first_account(db, capsys, settings, monkeypatch):
    settings.FLSF_DEMO, settings.COUNCIL_NAME = False, "Borsetshire Council"
    monkeypatch.setenv("FLSF_ADMIN_PASSWORD", PASSWORD)
    assert cli.main(["createadmin", "--email", "ann@example.org", "--name", "Ann"]) == 0
    ann = queries.user_with_email("ann@example.org")
    assert ann.check_password(PASSWORD)
    assert ann.roles == {Role.ADMINISTRATOR}
    assert queries.council().name == "Borsetshire Council"
    assert queries.inhabitants() is Inhabitants.REAL


def test_createadmin_twice_with_one_address_is_refused(db, capsys, settings, monkeypatch):
    settings.FLSF_DEMO = False
    monkeypatch.setenv("FLSF_ADMIN_PASSWORD", PASSWORD)
    words = ["createadmin", "--email", "ann@example.org", "--name", "Ann"]
    assert [cli.main(words), cli.main(words)] == [0, 2]
    assert "already signs in" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [("ann@example.org", "short", "12"), ("ann", PASSWORD, "email address")],
)
def test_createadmin_refuses(db, capsys, settings, monkeypatch, email, password, says):
    settings.FLSF_DEMO = False
    monkeypatch.setenv("FLSF_ADMIN_PASSWORD", password)
    assert cli.main(["createadmin", "--email", email, "--name", "Ann"]) == 2
    assert says in capsys.readouterr().err
    assert queries.inhabitants() is Inhabitants.NOBODY


def test_the_demonstration_has_personas_instead_of_a_first_account(db, capsys):
    assert cli.main(["createadmin", "--email", "ann@example.org", "--name", "Ann"]) == 2
    assert "/demo/" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"DATABASE_URL": "x", "SECRET_KEY": "x"}, "production"),
        ({"DATABASE_URL": "x"}, "local"),
        ({}, "local"),
    ],
)
def test_which_installation_a_command_is_about(tmp_path, given, named):
    given = given | {"FLSF_DEMO_HOME": str(tmp_path)}
    assert settings_module(given) == f"flsf.settings.{named}"


def test_a_demonstration_made_here_is_what_a_command_is_about(tmp_path):
    (tmp_path / "database" / "cluster").mkdir(parents=True)
    assert settings_module({"FLSF_DEMO_HOME": str(tmp_path)}) == "flsf.settings.demo"


def test_no_worker_is_registered_by_the_test_run(db):
    assert not ProcrastinateWorker.objects.exists()
