"""Makes this checkout able to run: an environment, what it needs, the page assets.

    python3 tools/environment.py demo|dev [-- command for the environment's Python]

Needs only Python with venv, and the package registries. Everything installed is held to a
hash in requirements/<kind>.txt. What has been done for the same lock is not done again, so
calling it costs nothing. This file runs under old Pythons too, to be able to say so.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / os.environ.get("VENV", ".venv")
PYTHON = VENV / "bin" / "python"
VENDOR = ROOT / "src" / "flsf" / "static" / "vendor"

OLDEST = (3, 11)
# Whoever has the second has everything of the first.
CONTAINED_IN = {"demo": ("demo", "dev"), "dev": ("dev",)}


def main() -> None:
    """The environment holds what the kind asks for; then the command takes our place."""
    kind, command = sys.argv[1], sys.argv[3:]
    if sys.version_info < OLDEST:
        sys.exit(
            "This needs Python {}.{} or later, and `{}` is {}.{}. "
            "Name another: make PYTHON=python3.12 ...".format(
                *OLDEST, sys.executable, *sys.version_info[:2]
            )
        )
    VENV.mkdir(exist_ok=True)
    with (VENV / "making").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not any(is_stamped(one) for one in CONTAINED_IN[kind]):
            make(kind)
        if not is_fetched():
            fetch()
    if command:
        os.execv(PYTHON, [str(PYTHON), *command])  # noqa: S606 - no shell between make and it


def make(kind: str) -> None:
    """Everything of the lock is installed, and this checkout with it."""
    say(f"Making the environment in {VENV.name} (once; a few minutes on a slow line) ...")
    if not works(["-m", "pip", "--version"]):
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if made.returncode:
            sys.exit(
                "Python could not make a virtual environment. On Debian and Ubuntu: "
                "apt-get install python3-venv"
            )
    pip("--require-hashes", "-r", f"requirements/{kind}.txt")
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp(kind).write_text(lock(kind))


def pip(*arguments: str) -> None:
    """Runs pip's install. Ends with its own words when it fails."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode:
        sys.exit("The packages could not be installed; see above. Running it again goes on.")


def works(arguments: "list[str]") -> bool:
    """Whether the environment's Python is there and can do this."""
    try:
        done = subprocess.run([str(PYTHON), *arguments], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def stamp(kind: str) -> Path:
    return VENV / f"made-for-{kind}"


def lock(kind: str) -> str:
    """A fingerprint of all that decides what is installed."""
    parts = [ROOT / "requirements" / f"{kind}.txt", ROOT / "pyproject.toml"]
    return fingerprint(parts) + f" {ROOT}"


def is_stamped(kind: str) -> bool:
    return PYTHON.exists() and read(stamp(kind)) == lock(kind)


def fetch() -> None:
    """GOV.UK Frontend is where pages look for it."""
    say("Fetching the page assets ...")
    if subprocess.run([PYTHON, "tools/fetch_assets.py"], cwd=ROOT, check=False).returncode:
        sys.exit("The page assets could not be fetched; see above. Running it again goes on.")
    (VENDOR / "made-for").write_text(assets_lock())


def assets_lock() -> str:
    return fingerprint([ROOT / "package-lock.json", ROOT / "tools" / "fetch_assets.py"])


def is_fetched() -> bool:
    return read(VENDOR / "made-for") == assets_lock()


def fingerprint(files: "list[Path]") -> str:
    return hashlib.sha256(b"\0".join(one.read_bytes() for one in files)).hexdigest()


def read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    main()
