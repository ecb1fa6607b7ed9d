"""What was done to a framework, in words; the same thing done at one go is told once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flsf.mandate.framework.enums import Tag as Framework
from flsf.mandate.governance.enums import Tag as Register
from flsf.mandate.rounds.enums import Tag as Round

WORDS: Mapping[str, str] = {
    Framework.ESTABLISHED: "Established",
    Framework.CHANGED: "Changed",
    Framework.EXTENDED: "Extended",
    Framework.MODEL_SET: "Commercial model set",
    Framework.REOPENED: "Counted as reopened: every agreement issued again",
    Framework.MODEL_WITHDRAWN: "Commercial model taken back",
    Framework.CRITERIA_PUBLISHED: "Criteria published",
    Framework.MEASURES_PUBLISHED: "Measures of performance published",
    Framework.LOT_OPENED: "Lots opened",
    Register.ADDED: "Entry added to a register",
    Register.CHANGED: "Entry of a register changed",
    Register.CLOSED: "Entry of a register closed",
    Register.ANSWERS_SAID: "Said which drivers a requirement answers",
    Round.OPENED: "Round opened",
    Round.REOPENED: "Framework reopened in a round",
    Round.CLOSED: "Round closed",
    Round.STOPPED: "Rounds stopped",
    Round.ROLLED: "Next rounds opened",
    Round.TAKEN_IN: "Earlier rounds recorded",
}
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Done:
    """One line: what, by whom, when, and how many times."""

    words: str
    by_name: str
    at: datetime
    times: int


def told(entries: Iterable[Any]) -> tuple[Sequence[Done], Sequence[Done]]:
    """What was done, the newest first: what is shown at once, and the rest."""
    done = [
        Done(words, by_name, at, len(list(same)))
        for (words, by_name, at), same in groupby(entries, key=_key)
    ]
    return done[:SHOWN], done[SHOWN:]


def _key(entry: Any) -> tuple[str, str, datetime]:
    words = WORDS.get(entry.tag, entry.tag)
    if entry.tag == Framework.CHANGED:
        words += f": {', '.join(entry.details).replace('_', ' ')}"
    return words, entry.by_name, entry.at
