"""`make bench`: how fast it is, as ratios within one run, into build/bench.json and a table.

Each module of tools/benches has `rows() -> list[Row]`, and proves equal answers first. A ratio
below its goal is told and the command ends with 1.
"""

import json
import os
import pkgutil
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

import django

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


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flsf.settings.local")
    django.setup()
    benches = import_module("tools.benches")
    names = sorted(one.name for one in pkgutil.iter_modules(benches.__path__))
    rows: list[Row] = []
    for name in names:
        print(f"Measuring {name} ...", flush=True)
        rows.extend(import_module(f"tools.benches.{name}").rows())
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([row.as_dict() for row in rows], indent=2))
    for row in rows:
        told = row.as_dict()
        mark = "met" if row.met and row.answers_equal else "MISSED"
        print(
            f"{row.name:<36} {row.size:>9} {row.ours_s:>9.3f} s  "
            f"{told['ratio_to_limit']:>6} of limit  {told['times_faster_than_usual']:>7} x usual  "
            f"{row.goal}: {mark}"
        )
    return 0 if all(row.met and row.answers_equal for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
