"""What `flsf doctor` looks at: each finding in plain words, and how to mend it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import OperationalError, connection
from procrastinate.contrib.django.models import ProcrastinateJob

from flsf.jobs import heartbeat
from flsf.shared.accounts import queries as accounts
from flsf.shared.accounts.enums import Role
from flsf.shared.notify import queries as notify
from flsf.web import health, safety

OLDEST_POSTGRES = 150000
WEAK_KEY, CONSOLE = 50, "django.core.mail.backends.console.EmailBackend"
HOURS_TO_BE_STUCK = 1
NO_MAIL = (
    "No mail server is named: nobody gets a message, and links that sign people in are printed "
    "where logs are kept."
)


class State(StrEnum):
    FINE = "fine"
    LOOK = "look"  # somebody should look at it; it serves meanwhile
    UNSAFE = "unsafe"  # it must not serve like this


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `mend` is empty when it is fine."""

    about: str
    state: State
    says: str
    mend: str = ""

    def as_dict(self) -> dict[str, str]:
        return {key: str(value) for key, value in asdict(self).items()}


def examine(now: datetime) -> list[Finding]:
    """Everything, in the order one would mend it. Never raises for what it finds."""
    found = list(_settings())
    try:
        connection.ensure_connection()
    except OperationalError as error:
        words = f"The database does not answer: {str(error).strip().splitlines()[0]}"
        mend = "Start it, or correct DATABASE_URL."
        return [*found, Finding("database", State.UNSAFE, words, mend)]
    found.extend(_server())
    if waiting := health.unapplied():
        words = f"{waiting} changes of this release are still to be made to the database."
        return [*found, Finding("migrations", State.UNSAFE, words, "Run: flsf prepare")]
    found.append(Finding("migrations", State.FINE, "The database is up to date."))
    return [*found, *_people(), *_work(now), *_beyond()]


def _settings() -> Iterator[Finding]:
    weak = len(settings.SECRET_KEY) < WEAK_KEY
    yield _either(
        "secret key",
        State.UNSAFE if weak else State.FINE,
        ("SECRET_KEY is long enough.", "SECRET_KEY is short enough to be guessed."),
        "Set SECRET_KEY to 50 characters or more, made by chance.",
    )
    yield _either(
        "debug",
        State.UNSAFE if settings.DEBUG else State.FINE,
        ("Faults show no inside to visitors.", "DEBUG is on: a fault shows visitors our inside."),
        "Use the settings flsf.settings.production.",
    )
    yield _either(
        "demonstration",
        State.LOOK if settings.FLSF_DEMO else State.FINE,
        (
            "The demonstration's switches are off.",
            "This is a demonstration: anybody may be anyone.",
        ),
        "For a council's own installation use `make run`, with a database of its own.",
    )
    any_host = "*" in settings.ALLOWED_HOSTS or not settings.ALLOWED_HOSTS
    yield _either(
        "hosts",
        State.UNSAFE if any_host else State.FINE,
        ("It answers only to its own names.", "It answers to any name, or to none."),
        "Set ALLOWED_HOSTS to the names people use.",
    )
    plain = not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE)
    yield _either(
        "https",
        (State.LOOK if settings.FLSF_DEMO else State.UNSAFE) if plain else State.FINE,
        ("Sign-ins travel over HTTPS only.", "Sign-ins may travel over plain HTTP."),
        "Take FLSF_PLAIN_HTTP away and serve over HTTPS.",
    )
    yield _either(
        "second factor",
        State.FINE if settings.FLSF_SECOND_FACTOR else State.UNSAFE,
        ("Staff and providers must set one up.", "Staff and providers sign in without one."),
        "Take FLSF_SECOND_FACTOR away, or set it to 1.",
    )
    mute = settings.EMAIL_BACKEND == CONSOLE
    yield _either(
        "mail",
        (State.LOOK if settings.FLSF_DEMO else State.UNSAFE) if mute else State.FINE,
        ("Messages go to a mail server.", NO_MAIL),
        "Set EMAIL_URL, e.g. smtp+tls://USER:PASSWORD@mail.council.example:587",
    )
    if settings.STATIC_ROOT:
        there = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
        yield _either(
            "static files",
            State.FINE if there else State.UNSAFE,
            ("The static files are collected.", "The static files are not collected."),
            "Run: flsf prepare",
        )


def _server() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, current_setting('server_version_num')::int "
            "FROM pg_roles WHERE rolname = current_user"
        )
        superuser, bypasses, version = cursor.fetchone()
    yield _either(
        "database",
        State.FINE if version >= OLDEST_POSTGRES else State.UNSAFE,
        (f"PostgreSQL {version // 10000} answers.", f"PostgreSQL {version // 10000} is too old."),
        "Use PostgreSQL 15 or newer.",
    )
    yield _either(
        "database role",
        State.UNSAFE if superuser or bypasses else State.FINE,
        (
            "We sign in to the database as a plain role.",
            "We sign in to the database as a superuser, whom no rule binds.",
        ),
        "Make a plain role that owns the database, and name it in DATABASE_URL.",
    )


def _people() -> Iterator[Finding]:
    wrong = safety.wrong_data()
    yield _either(
        "data",
        State.UNSAFE if wrong else State.FINE,
        ("The people in the database are of the right kind.", wrong),
        "See docs/operating.md, 'Made-up and real people'.",
    )
    administrators = list(accounts.holding(Role.ADMINISTRATOR))
    yield _either(
        "administrator",
        State.FINE if administrators else State.LOOK,
        (f"{len(administrators)} can open accounts.", "Nobody can open accounts."),
        "Run: flsf createadmin",
    )
    bare = [one for one in administrators if not one.persona and not is_mfa_enabled(one)]
    if administrators and not settings.FLSF_DEMO:
        yield _either(
            "administrators' second factor",
            State.LOOK if bare else State.FINE,
            ("Every administrator has one.", f"{len(bare)} of them have not set one up yet."),
            "They are asked to at their next sign-in: ask them to sign in.",
        )


def _work(now: datetime) -> Iterator[Finding]:
    told = heartbeat.told(now)
    ago = told["seconds_ago"]
    silent = "No worker has ever run." if ago is None else f"The worker is silent for {ago} s."
    yield _either(
        "worker",
        State.FINE if told["heard"] else State.LOOK,
        (f"The worker was heard {ago} seconds ago.", silent),
        "Start it: `make run` does, or: flsf worker",
    )
    oldest = notify.waiting(limit=1)
    stuck = bool(oldest) and now - oldest[0].queued_at > timedelta(hours=HOURS_TO_BE_STUCK)
    yield _either(
        "outbox",
        State.LOOK if stuck else State.FINE,
        ("No message waits long.", f"A message waits since {oldest[0].queued_at:%d %B %H:%M}.")
        if oldest
        else ("No message waits.", ""),
        "See that the worker runs and EMAIL_URL is right.",
    )
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    yield _either(
        "jobs",
        State.LOOK if failed else State.FINE,
        ("No job has failed.", f"{failed} jobs have failed."),
        "Look in the worker's log for their numbers.",
    )


def _beyond() -> Iterator[Finding]:
    if not settings.FLSF_DEMO:
        yield Finding(
            "backups",
            State.LOOK,
            "Backups cannot be seen from here.",
            "See that the database is backed up daily, and that a restore has been tried.",
        )


def _either(about: str, state: State, says: tuple[str, str], mend: str) -> Finding:
    """`says` is what is said when fine, and otherwise."""
    fine = state is State.FINE
    return Finding(about, state, says[0] if fine else says[1], "" if fine else mend)
