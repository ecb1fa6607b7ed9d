"""`make bench`: how fast it is, as ratios within one run, into build/bench.json and a table.

Each module of tools/benches has `rows() -> list[Row]`, and proves equal answers first. A ratio
below its goal is told and the command ends with 1. Everything happens in a database made for it
and dropped afterwards.
"""

import json
import os
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from time import perf_counter

import django
from django.conf import settings
from django.db import connection

OUT = Path("build") / "bench.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. Times in seconds; `limit` is the bare machine's, `usual` the usual way's."""

    name: str
    size: int
    ours_s: float
    limit_s: float
    usual_s: float
    goal: str
    met: bool
    answers_equal: bool

    def as_dict(self) -> dict[str, str | int | float | bool]:
        return asdict(self) | {
            "ratio_to_limit": round(self.ours_s / self.limit_s, 2) if self.limit_s else 0.0,
            "times_faster_than_usual": round(self.usual_s / self.ours_s, 1) if self.ours_s else 0.0,
        }


def interleaved(
    ours: Callable[[], object], limit: Callable[[], object], *, rounds: int = 9
) -> tuple[float, float]:
    """The middle time of each in seconds, warm, turn by turn so that both meet the same load."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 2):
        for place, run in enumerate((ours, limit)):
            begun = perf_counter()
            run()
            taken[place].append(perf_counter() - begun)
    return median(taken[0][2:]), median(taken[1][2:])


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flsf.settings.local")
    django.setup()
    settings.DEBUG = False  # a developer's settings would keep every query
    rows = _rows(sys.argv[1:])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([row.as_dict() for row in rows], indent=2))
    for row in rows:
        told = row.as_dict()
        mark = "met" if row.met and row.answers_equal else "MISSED"
        print(
            f"{row.name:<52} {row.size:>9,} {row.ours_s * 1000:>10,.1f} ms  "
            f"{told['ratio_to_limit']:>5} x limit  {told['times_faster_than_usual']:>7} x usual  "
            f"{row.goal}: {mark}"
        )
    return 0 if all(row.met and row.answers_equal for row in rows) else 1


def _rows(wanted: list[str]) -> list[Row]:
    """Every row of the benches named, by default all, in a database made for them alone."""
    benches = import_module("tools.benches")
    names = sorted(
        one.name
        for one in pkgutil.iter_modules(benches.__path__)
        if one.name not in ("usual", "world")
    )
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{kept}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    rows: list[Row] = []
    try:
        for name in wanted or names:
            print(f"Measuring {name} ...", flush=True)
            rows.extend(import_module(f"tools.benches.{name}").rows())
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)
    return rows


if __name__ == "__main__":
    sys.exit(main())
