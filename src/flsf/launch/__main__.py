"""python -m flsf.launch demo | reset | serve [--with-parent]"""

import argparse
import os
import sys

from flsf.devdb.errors import DevDbError
from flsf.launch import demo, serve
from flsf.launch.errors import Ended, LaunchError


def main() -> int:
    """Does as told. Returns 2, with the reason on stderr, if it cannot."""
    parser = argparse.ArgumentParser(prog="flsf.launch", description="Starts FLSF.")
    parser.add_argument("command", choices=("demo", "reset", "serve"))
    parser.add_argument("--with-parent", action="store_true", help="end when our parent does")
    given = parser.parse_args()
    parent = os.getppid() if given.with_parent else None
    try:
        if given.command == "demo":
            demo.run(parent=parent)
        elif given.command == "reset":
            demo.reset()
        else:
            serve.run(parent=parent)
    except (LaunchError, DevDbError) as error:
        print(error, file=sys.stderr)
        return 2
    except Ended:
        print("Ended before anything was started.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
