"""The words of ours on published pages: the day beside them, and what they were that day (S210).

Changed the words of such a page? Set its `written_on` to the day, and then
`python -m tests.architecture.written`.
"""

import re
from hashlib import sha256
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "flsf"
TEMPLATES = SOURCE / "templates"
KEPT = Path(__file__).with_name("words_as_written.tsv")
DAY = re.compile(r'^\{% set written_on = "(\d{4}-\d{2}-\d{2})" %\}\n', re.MULTILINE)
MORE_WORDS = {
    "public/a_to_z.html": "web/public/a_to_z/words.py",
    "public/start.html": "web/public/start/views.py",
}


def written() -> dict[str, tuple[str, str]]:
    """The day and a fingerprint of the words of each page that carries a day."""
    found = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        source = path.read_text("utf-8")
        if day := DAY.search(source):
            name = path.relative_to(TEMPLATES).as_posix()
            more = MORE_WORDS.get(name)
            texts = re.findall(r'"[^"]*"', (SOURCE / more).read_text("utf-8")) if more else []
            words = " ".join([DAY.sub("", source), *texts]).split()
            found[name] = (day[1], sha256(" ".join(words).encode()).hexdigest()[:16])
    return found


def kept() -> dict[str, tuple[str, str]]:
    """The same as it was when somebody last wrote the file."""
    rows = (line.split("\t") for line in KEPT.read_text("utf-8").splitlines())
    return {name: (day, words) for name, day, words in rows}


if __name__ == "__main__":
    rows = ("\t".join((name, *rest)) + "\n" for name, rest in written().items())
    KEPT.write_text("".join(rows), "utf-8")
