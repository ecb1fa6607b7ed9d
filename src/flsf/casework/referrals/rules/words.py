"""What free text may give away: somebody else's details, or danger."""

import re
from dataclasses import dataclass

_PHONE = re.compile(r"(?<!\d)(?:\+44\s?|0)(?:\d[\s-]?){9,10}(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}(?!\d)")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_BORN = re.compile(
    rf"\b(?:born|dob|date of birth)\b|\b\d{{1,2}}\s+(?:{_MONTHS})\s+(?:19|20)\d\d", re.I
)
# Two capitalised words that do not begin a sentence: "told Maya Okafor that".
_NAME = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]{1,20}(?:[-'][A-Z]?[a-z]+)? [A-Z][a-z]{1,20})\b")
_NOT_NAMES = frozenset(
    {
        *("Virtual School", "Local Offer", "Year One", "Key Stage", "Social Services"),
        *("Educational Psychologist", "Social Worker", "Family Support", "Early Help"),
        *("Speech And", "High School", "Primary School", "Secondary School", "Special School"),
    }
)
_PLACES = ("School", "Academy", "College", "Road", "Street", "Hospital", "Centre", "Council")

_DANGER = re.compile(
    r"\b(?:suicid\w*|kill(?:ing|s|ed)?\s+(?:\w+self|me|him|her|them)|end(?:ing)?\s+(?:my|his|her"
    r"|their)\s+(?:own\s+)?life|self[\s-]?harm\w*|cut(?:s|ting)?\s+\w+self|overdos\w*"
    r"|hurt(?:s|ing)?\b|wants?\s+to\s+die|beat(?:s|en|ing)?\s+(?:me|him|her|them|up)"
    r"|hit(?:s|ting)?\s+(?:me|him|her|them)|abus(?:e|es|ed|ing)|rape[ds]?|weapon|knife"
    r"|not\s+safe|unsafe|scared\s+of\s+(?:my|his|her|their)|in\s+danger|starv\w+)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Hint:
    """What a text seems to hold, as a warning says it."""

    kind: str
    seen: str


def others_details(text: str, *, own_names: tuple[str, ...] = ()) -> list[Hint]:
    """What in a text seems to be about somebody else: warn, never block.

    `own_names` are names that belong there, such as the child's.
    """
    own = " ".join(own_names).casefold()
    hints = [Hint("a phone number", found.strip()) for found in _PHONE.findall(text)]
    hints += [Hint("a date of birth", found) for found in _DATE.findall(text)]
    if not any(hint.kind == "a date of birth" for hint in hints) and (born := _BORN.search(text)):
        hints.append(Hint("a date of birth", born[0]))
    for name in _NAME.findall(text):
        known = name in _NOT_NAMES or name.split()[-1] in _PLACES
        if not known and not all(part.casefold() in own for part in name.split()):
            hints.append(Hint("somebody's name", name))
    return hints


def looks_dangerous(*texts: str) -> bool:
    """Whether any text holds words of danger. It stops nobody: it shows them whom to call."""
    return any(_DANGER.search(text) for text in texts)
