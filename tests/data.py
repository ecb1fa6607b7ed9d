"""The real registers beside the checkout, or where FLSF_DATA says. Never part of it."""

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("FLSF_DATA", Path(__file__).parents[2] / "shared" / "data"))


def register(name: str) -> Path:
    """The path of a real register; the test is skipped where there is none."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not there: set FLSF_DATA to the folder of real registers")
    return path
