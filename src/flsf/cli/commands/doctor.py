import json
from argparse import ArgumentParser, Namespace

from flsf.cli.codes import DONE, DONE_WITH_BAD_ROWS, REFUSED
from flsf.cli.examination import State, examine
from flsf.core import clock

HELP = "say in plain words what is missing or unsafe in this installation"

MARKS = {State.FINE: "  ", State.LOOK: "? ", State.UNSAFE: "! "}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(given: Namespace) -> int:
    """0 when all is fine, 1 when somebody should look at something, 2 when it is unsafe."""
    findings = examine(clock.now())
    if given.json:
        print(json.dumps([one.as_dict() for one in findings], indent=2))
    else:
        for one in findings:
            print(f"{MARKS[one.state]}{one.about}: {one.says}")
            if one.mend:
                print(f"    {one.mend}")
    states = {one.state for one in findings}
    if State.UNSAFE in states:
        return REFUSED
    return DONE_WITH_BAD_ROWS if State.LOOK in states else DONE
