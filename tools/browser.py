"""Sees to it that the journeys have a browser: installs Debian's where it may, or says how."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")

HOW = """\
The browser journeys need Chromium, and none was found. Install it, or name one:
  Debian, Ubuntu   sudo apt-get install chromium
  Fedora           sudo dnf install chromium
  macOS            brew install --cask chromium
  elsewhere        CHROMIUM=/where/it/is make test
To run everything else without it: make test JOURNEYS=0"""


def main() -> None:
    """A browser is there; else ends with 2, having said how to get one."""
    if os.environ.get("JOURNEYS") == "0":
        print("Without the browser journeys, as JOURNEYS=0 asks.")
        return
    if is_there():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser journeys ...", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"]
        for command in (["apt-get", "update", "--quiet"], install):
            subprocess.run(command, env=quiet, check=False)
        if is_there():
            return
    print(HOW, file=sys.stderr)
    sys.exit(2)


def is_there() -> bool:
    named = os.environ.get("CHROMIUM")
    return any(map(shutil.which, [named] if named else NAMES))


if __name__ == "__main__":
    main()
