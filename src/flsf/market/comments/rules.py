"""What in somebody's words could say who a child is."""

import re

LONGEST = 2_000

_SIGNS = (
    ("an email address", re.compile(r"\S+@\S+\.\S+")),
    ("a telephone number", re.compile(r"(?:\+44|\b0)(?:[\s()-]*\d){9,10}\b")),
    ("a date of birth", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")),
    ("a postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)),
    (
        "a child's name",
        re.compile(
            r"\b(?:[Mm]y|[Oo]ur) (?:son|daughter|child|boy|girl)(?:'s name is)? [A-Z][a-z]+"
        ),
    ),
)


def personal_details(words: str) -> list[str]:
    """What the words seem to hold that could say who somebody is; a guess, never a refusal."""
    return [said for said, sign in _SIGNS if sign.search(words)]
