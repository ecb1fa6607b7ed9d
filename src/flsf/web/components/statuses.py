"""The status words of the product and the kind of news each is.

The word says it; the colour only repeats it. A word that is not listed is shown in grey.
"""

from collections.abc import Mapping

KINDS: Mapping[str, frozenset[str]] = {
    "good": frozenset(
        {
            *(
                "signed on paper",
                "in the pool",
                "in date",
                "active",
                "awarded",
                "approved",
                "paid",
                "accepted",
            ),
            *("exact", "rounds to it", "open", "compliant", "speaks for it"),
            "keeps to the version in force",
            "in place",
            *("delivered", "delivered without a promise", "not due yet", "no warning"),
            *("started", "happened", "live", "on track", "published", "held", "came", "done"),
            *("taking new children", "answers a driver"),
        }
    ),
    "moving": frozenset(
        {
            *("in progress", "submitted", "received", "being looked at", "being checked"),
            *(
                "matching",
                "offered",
                "planned",
                "introduction",
                "open for offers",
                "open for bids",
                "scoring",
                "being scored",
            ),
            *("we have it", "we are reading it", "we are finding the right support"),
            *("we have a suggestion", "estimated", "committed", "being marked"),
        }
    ),
    "waiting": frozenset(
        {
            *(
                "draft",
                "due soon",
                "look again",
                "awaiting decision",
                "query",
                "question sent",
                "on hold",
            ),
            *("ending", "monitor", "waiting", "not confirmed", "moved", "kept for now"),
            *("not taking new children at the moment", "decision due", "to be moved"),
            *(
                "waits for the council",
                *("to be done", "the provider says it is done", "watch"),
                "near full time",
                "action plan",
                "formal improvement notice",
                "not confirmed yet",
            ),
            *("not accepted yet", "they have asked about it", "carried over, not accepted yet"),
            *("nobody has opened it", "needs two evaluators", "waiting for the applicant"),
            *(
                "to be agreed on",
                "to be reported",
                "decided, not told yet",
                "to be weighed",
                "an older version",
                "has not said yet",
                "review due",
                "full for now",
                "not published yet",
                "changes needed",
                "not reported yet",
                "delivered in part",
                "not reviewed yet",
                "closed, bids not opened",
                "ranked, not settled",
                "settled, award not made",
            ),
        }
    ),
    "trouble": frozenset(
        {
            *(
                "suspended",
                "declined",
                "removed",
                "removed from the pool",
                "suspended from new placements",
                "overdue",
                "out of date",
                "not in date",
                *("full time at one place", "full time in all"),
                "lapsed",
                "missing",
                "refused",
                "not compliant",
                "speaks against it",
            ),
            "contradicts another figure",
            "no bid that can be taken",
            *("not delivered", "act now"),
            *("paused for new placements", "did not happen", "at risk", "not awarded"),
        }
    ),
}

COLOURS: Mapping[str, str] = {
    "good": "green",
    "moving": "blue",
    "waiting": "yellow",
    "trouble": "red",
    "quiet": "grey",
}


def kind_of(word: str) -> str:
    """The kind of news a status word is; "quiet" for one not listed."""
    plain = word.casefold()
    return next((kind for kind, words in KINDS.items() if plain in words), "quiet")


def colour_of(word: str, kind: str = "") -> str:
    """The colour of a word's tag, by the kind given or the word's own."""
    return COLOURS[kind or kind_of(word)]
