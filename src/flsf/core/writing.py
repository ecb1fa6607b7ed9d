"""The words of a document, in order: what a page shows and what a file is set from."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

# Letters that the fonts we ship can show. PDF/UA allows no letter that cannot be shown, so one
# emoji in a name would keep a whole round from being told.
SHOWN = (
    (0x20, 0x7E), (0xA0, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x481), (0x48A, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2015), (0x2018, 0x201F),
    (0x2020, 0x2022), (0x2026, 0x2026), (0x20AC, 0x20AC), (0x2122, 0x2122),
)  # fmt: skip
NOT_SHOWN = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and what stands under it: paragraphs, then points, then a table."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """All the words of a document, in order: for a page and for a file alike."""

    title: str
    author: str
    footer: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The words as they were kept."""
        return cls(
            title=kept["title"],
            author=kept["author"],
            footer=kept["footer"],
            facts=tuple((label, value) for label, value in kept["facts"]),
            parts=tuple(
                Part(
                    heading=one["heading"],
                    paragraphs=tuple(one["paragraphs"]),
                    points=tuple(one["points"]),
                    columns=tuple(one["columns"]),
                    rows=tuple(tuple(row) for row in one["rows"]),
                )
                for one in kept["parts"]
            ),
        )

    def as_json(self) -> dict[str, Any]:
        """To be kept: plain lists and words, with nothing in them that cannot be shown."""
        return {name: _showable(value) for name, value in asdict(self).items()}


def showable(words: str) -> str:
    """The words with each letter that no font of ours has marked as one, and no control codes."""
    whole = unicodedata.normalize("NFC", words)
    spaced = "".join(" " if letter.isspace() else letter for letter in whole)
    kept = (letter for letter in spaced if unicodedata.category(letter) not in ("Cc", "Cf", "Cs"))
    shown = (one if any(a <= ord(one) <= b for a, b in SHOWN) else NOT_SHOWN for one in kept)
    return "".join(shown)


def _showable(value: Any) -> Any:
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, dict):
        return {name: _showable(one) for name, one in value.items()}
    return [_showable(one) for one in value]
