"""The command `flsf`. One module of flsf.cli.commands for each command.

A command module has HELP, a line; `add_arguments(parser)`; and `run(given) -> int`, the exit
code: DONE, DONE_WITH_BAD_ROWS or REFUSED. Its name is the command's, `-` for `_`; a trailing
`_` is dropped, so import_.py is `flsf import`. A Refusal that run() raises is said in its
own words and exits REFUSED.
"""

import argparse
import json
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from flsf.cli import commands
from flsf.cli.codes import REFUSED
from flsf.cli.surroundings import settings_module
from flsf.core.refusals import Refusal

NAMES = sorted(
    one.name.rstrip("_").replace("_", "-") for one in pkgutil.iter_modules(commands.__path__)
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings_module(os.environ))
    # A command may take as long as its file is; pages may not.
    os.environ.setdefault("FLSF_STATEMENT_TIMEOUT", "1h")
    try:
        django.setup()
        given = _parser(words).parse_args(words)
        return int(given.run(given))
    except (ImproperlyConfigured, Refusal) as error:
        if "--json" in words:
            print(json.dumps({"refused": str(error)}))
        print(error, file=sys.stderr)
    except OperationalError as error:
        print(f"The database does not answer: {str(error).strip()}", file=sys.stderr)
    return REFUSED


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Knows every command, or, to start sooner, only the one that was asked for."""
    parser = argparse.ArgumentParser(
        prog="flsf",
        description="Runs a council's Flexible Learning Support Framework.",
        epilog="Exits 0 when done, 1 when done with bad rows reported, 2 when refused and "
        "nothing changed.",
    )
    chosen = [words[0]] if words and words[0] in NAMES else NAMES
    adding = parser.add_subparsers(metavar="command", required=True)
    for name in chosen:
        command = _command(name)
        one = adding.add_parser(name, help=command.HELP, description=command.HELP)
        command.add_arguments(one)
        one.set_defaults(run=command.run)
    return parser


def _command(name: str) -> ModuleType:
    file = name.replace("-", "_")
    known = {one.name for one in pkgutil.iter_modules(commands.__path__)}
    return import_module(f"{commands.__name__}.{file if file in known else file + '_'}")


if __name__ == "__main__":
    sys.exit(main())
