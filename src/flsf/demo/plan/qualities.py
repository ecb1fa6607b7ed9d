"""What each trade's services are like, in the words families choose by."""

from collections.abc import Mapping

from flsf.core.access import Access
from flsf.core.qualities import Quality, to_mask

Q = Quality

OF_TRADES: Mapping[str, tuple[Quality, ...]] = {
    "ap_full": (Q.SMALL, Q.DIFFERENT),
    "ap_part": (Q.SMALL, Q.DIFFERENT),
    "vocational": (Q.DIFFERENT,),
    "enrichment": (Q.CALM, Q.DIFFERENT, Q.FEELINGS),
    "tutor_qts": (Q.BESPOKE, Q.HOME_EDUCATED, Q.SPECIALIST),
    "tutor": (Q.BESPOKE, Q.HOME_EDUCATED),
    "online_qts": (Q.BESPOKE, Q.HOME_EDUCATED, Q.BLENDED),
    "online": (Q.BESPOKE, Q.HOME_EDUCATED),
    "mentoring": (Q.BESPOKE, Q.FEELINGS),
    "therapy": (Q.SPECIALIST, Q.COMPLEX, Q.CALM),
    "creative": (Q.CALM, Q.SMALL, Q.DIFFERENT, Q.FEELINGS),
    "medical": (Q.BESPOKE, Q.SPECIALIST, Q.COMPLEX),
    "post16": (Q.SMALL,),
    "internship": (Q.DIFFERENT, Q.BESPOKE),
}


def qualities_of(trade: str, access_mask: int) -> int:
    """The mask of a service: its trade's, and a calm space where there is a quiet one."""
    calm = Q.CALM.bit if access_mask & Access.QUIET_SPACE.bit else 0
    return to_mask(OF_TRADES[trade]) | calm
