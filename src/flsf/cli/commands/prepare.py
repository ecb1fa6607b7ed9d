from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.core.management import call_command

from flsf.cli.codes import DONE
from flsf.settings.base import env
from flsf.shared.accounts import queries as accounts
from flsf.web import safety

HELP = "bring the database and the static files up to this release; `make run` does it too"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        *("--people-only", "-p"),
        action="store_true",
        default=env.bool("FLSF_DEMO_PEOPLE_ONLY", False),
        help="in a demonstration: the personas, without the borough around them",
    )


def run(given: Namespace) -> int:
    """Changes nothing when the installation is unsafe to start."""
    safety.refuse_wrong_data()
    call_command("migrate", verbosity=0)
    if settings.STATIC_ROOT:
        call_command("collectstatic", interactive=False, verbosity=0)
    if settings.FLSF_DEMO:
        call_command("make_demo", people_only=given.people_only)
        print("People:")
        for person in accounts.personas():
            print(f"  {person.persona:<24} {person.name}")
    return DONE
