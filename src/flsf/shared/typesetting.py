"""Words become a tagged PDF (PDF/UA-1). What people typed goes in as data and is never run."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import font_source_sans_pro
import typst

from flsf.core.writing import Writing

SOURCE = Path(__file__).with_suffix(".typ")


def as_pdf(writing: Writing, *, at: datetime) -> bytes:
    """The document as a file: tagged, titled and in English. The same words and moment, the same
    bytes.
    """
    return typst.compile(
        _source(),
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=_fonts(),
        sys_inputs={"writing": json.dumps(writing.as_json())},
        timestamp=at.astimezone(UTC).replace(microsecond=0),  # Typst takes none
    )


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Ours and Typst's own, whatever the machine has: the same file everywhere."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[font_source_sans_pro.font_directory],
    )
