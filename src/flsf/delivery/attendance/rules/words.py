"""What people type in a register: days, halves, yes and no, reasons.

Each function gives the meaning, or None when the words have none. Nothing is guessed: a day
in a format that could be read two ways is read day first, as everybody here writes it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from flsf.core.half_days import Half
from flsf.delivery.attendance.enums import Came

DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")

HALVES: Mapping[str, Half] = {
    **dict.fromkeys(("am", "a", "morning", "1"), Half.AM),
    **dict.fromkeys(("pm", "p", "afternoon", "2"), Half.PM),
}
YES_OR_NO: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "y", "true", "1", "held", "happened"), True),
    **dict.fromkeys(("no", "n", "false", "0", "not held", "did not happen"), False),
}
CAME: Mapping[str, Came] = {
    **dict.fromkeys(("yes", "y", "true", "1", "/", "\\", "present"), Came.YES),
    **dict.fromkeys(("late", "l", "yes late", "yes, late"), Came.LATE),
    **dict.fromkeys(("no", "n", "false", "0", "absent"), Came.NO),
}

Choice = TypeVar("Choice", bound=Enum)


def plain(typed: object) -> str:
    """The words alone: trimmed, small letters, single spaces."""
    return re.sub(r"\s+", " ", str(typed).strip().lower())


def day_from(typed: object) -> date | None:
    """A day in any of the formats people use, or straight from a spreadsheet's cell."""
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    words = re.sub(r"\s+", " ", str(typed).strip())
    words = re.sub(r" 00:00(:00)?$", "", words)
    for pattern in DAY_FORMATS:
        try:
            return datetime.strptime(words, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def number_from(typed: object) -> int | None:
    """A whole number; a spreadsheet may hand us 60.0."""
    words = re.sub(r"\.0+$", "", str(typed).strip())
    return int(words) if words.isascii() and words.isdigit() else None


def choice_from(typed: object, choices: type[Choice]) -> Choice | None:
    """The choice whose stored word or whose label was typed."""
    return _choices(choices).get(plain(typed))


def labels(choices: Iterable[Any]) -> str:
    """The words to choose from, for a message."""
    return ", ".join(one.label for one in choices)


def _choices(choices: type[Choice]) -> Mapping[str, Choice]:
    return {plain(word): one for one in choices for word in _names(one)}


def _names(choice: Any) -> tuple[str, str]:
    return choice.value, choice.label
