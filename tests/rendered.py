"""Notes which templates the whole suite has shown, and finds those it has not.

A template nobody renders is one whose faults nobody sees. Each worker of the run notes what it
loaded; the controller compares when the whole suite ran (FLSF_WHOLE=1, as `make test` sets).
"""

import os
from pathlib import Path
from typing import Any

import jinja2
import pytest

TEMPLATES = Path(__file__).resolve().parents[1] / "src" / "flsf" / "templates"

_seen: set[str] = set()
_load = jinja2.Environment.get_template


def _noting(self: jinja2.Environment, name: Any, *more: Any, **named: Any) -> jinja2.Template:
    template = _load(self, name, *more, **named)
    if template.name:
        _seen.add(template.name)
    return template


def pytest_configure(config: pytest.Config) -> None:
    jinja2.Environment.get_template = _noting


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    _seen.update(getattr(node, "workeroutput", {}).get("templates", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["templates"] = sorted(_seen)
    elif _never_shown():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name in _never_shown():
        terminalreporter.write_line(f"NEVER RENDERED by any test: {name}", red=True)


def _never_shown() -> list[str]:
    if not os.environ.get("FLSF_WHOLE"):
        return []
    every = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}
    return sorted(every - _seen)
