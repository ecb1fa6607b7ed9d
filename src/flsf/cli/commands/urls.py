import json
from argparse import ArgumentParser, Namespace

from flsf.cli.codes import DONE
from flsf.web import site

HELP = "list every address: its name, pattern, audience, and the permission it asks for"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(given: Namespace) -> int:
    addresses = [
        {
            "name": one.name,
            "pattern": one.pattern,
            "audience": one.audience,
            "permission": one.permission,
        }
        for one in site.addresses()
    ]
    if given.json:
        print(json.dumps(addresses, indent=2))
        return DONE
    for one in addresses:
        print("\t".join(one.values()))
    return DONE
