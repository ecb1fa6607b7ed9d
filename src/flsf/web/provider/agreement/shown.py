"""How an agreement stands, in the words that its provider reads."""

from collections.abc import Mapping

from flsf.market.agreements.enums import PaperStatus

P = PaperStatus

# Word and kind of news.
WORDS: Mapping[PaperStatus, tuple[str, str]] = {
    P.WAITING: ("Waits for you", "trouble"),
    P.ASKED: ("You asked the council about it", "waiting"),
    P.DECLINED: ("You declined it", "trouble"),
    P.CARRIED_OVER: ("Carried over: please accept it", "waiting"),
    P.ACCEPTED: ("Accepted", "good"),
    P.ON_PAPER: ("Signed on paper", "good"),
    P.ENDED: ("No longer in force", "quiet"),
}
# What a provider is told to do about it.
HINTS: Mapping[PaperStatus, str] = {
    P.WAITING: (
        "Until somebody who may sign for you accepts it, no new child can be placed with you."
    ),
    P.ASKED: "The council answers you. Until you accept it, no new child can be placed with you.",
    P.DECLINED: "No new child can be placed with you under it. You may still accept it.",
    P.CARRIED_OVER: (
        "It took the place of one that you had accepted, and new children can be placed with you. "
        "Read it and accept it, so that the record is whole."
    ),
}
