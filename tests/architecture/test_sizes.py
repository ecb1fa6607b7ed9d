"""Nothing grows too long to read at a sitting."""

from pathlib import Path

import pytest

from tests.architecture.source import FILES, ROOT, functions, name

TEMPLATES = sorted((ROOT / "flsf" / "templates").rglob("*.html"))
TESTS = sorted((ROOT.parent / "tests").rglob("*.py"))

# 250 and 40 are the custom; twice that is where the build stops.
LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
LONGEST_TEMPLATE = 200


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=lambda path: path.stem)
def test_modules(path):
    assert lines(path) <= LONGEST_MODULE


@pytest.mark.parametrize("path", FILES, ids=name)
def test_functions(path):
    long = {
        one.name: one.end_lineno - one.lineno + 1
        for one in functions(path)
        if one.end_lineno - one.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates(path):
    assert lines(path) <= LONGEST_TEMPLATE
