"""What may stand on every page: a name, a colour that can be read, numbers that can be called."""

import re
from dataclasses import dataclass

USUAL_COLOUR = "#14505c"
# White words stand on the colour: WCAG 2.2, 1.4.3.
LEAST_CONTRAST = 4.5
SHORTEST_NUMBER, LONGEST_NUMBER = 9, 13
# Ours to tell, and short: those that anybody may call.
SHORT_NUMBERS = frozenset({"101", "105", "111", "119", "999", "112"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """How the council appears. What it has not told is empty, and no page speaks of it."""

    name: str
    colour: str = USUAL_COLOUR
    phone: str = ""
    email: str = ""
    office_hours: str = ""
    duty_phone: str = ""
    duty_hours: str = ""


def colour_trouble(typed: str) -> str:
    """Why a colour cannot be the council's; empty if it can."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", typed):
        return "Enter the colour as # and six digits or letters from A to F, like #14505c"
    contrast = 1.05 / (_luminance(typed) + 0.05)
    if contrast < LEAST_CONTRAST:
        return (
            f"White words on this colour have a contrast of {contrast:.1f} to 1, and need 4.5. "
            "Choose a darker one."
        )
    return ""


def phone_trouble(typed: str) -> str:
    """Why nobody could call this number; empty if they could, or if there is none."""
    digits = re.sub(r"[\s()-]", "", typed)
    if not digits or digits in SHORT_NUMBERS:
        return ""
    is_one = re.fullmatch(r"(\+\d|0)\d+", digits)
    if not is_one or not SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER:
        return "Enter a telephone number with its area code, like 01632 960 001"
    return ""


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB, as WCAG defines it."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
