from argparse import ArgumentParser, Namespace

from django.core.management import call_command

from flsf.cli.codes import DONE

HELP = "do background work and the nightly round, until ended"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at once (2)")


def run(given: Namespace) -> int:
    call_command("procrastinate", "worker", f"--concurrency={given.concurrency}")
    return DONE
