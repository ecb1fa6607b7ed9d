"""What every template keeps to: one summary of what is wrong, and no import for nothing."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "flsf" / "templates"
EVERY = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
LAYOUT = "layouts/page.html"
IMPORT = re.compile(r'{%-? from "[^"]+" import ([^%]+?)(?: with context)? -?%}')


@pytest.mark.parametrize("name", EVERY)
def test_what_is_wrong_with_the_form_is_summed_up_once(name):
    """The layout sums up what is wrong with `form`; a page that does so too says it twice."""
    source = (TEMPLATES / name).read_text()
    if f'extends "{LAYOUT}"' in source:
        assert "error_summary(form)" not in source


@pytest.mark.parametrize("name", EVERY)
def test_what_is_imported_is_used(name):
    source = (TEMPLATES / name).read_text()
    rest = IMPORT.sub("", source)
    imported = [
        one.split(" as ")[-1].strip()
        for names in IMPORT.findall(source)
        for one in names.split(",")
    ]
    assert [one for one in imported if not re.search(rf"\b{one}\b", rest)] == []
