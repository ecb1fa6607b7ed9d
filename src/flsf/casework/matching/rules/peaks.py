"""The most that overlaps on any one day of a period, for many keys at once."""

import numpy as np

from flsf.casework.matching.rules.values import NO_DAY, Ints


def peaks(
    keys: Ints, since: Ints, until: Ints, weights: Ints, *, first: int, last: int, size: int
) -> Ints:
    """For each key below `size` the greatest sum of weights of spans on a day of the period.

    Days are ordinals and both ends count; NO_DAY as `until` means for good. What follows on
    from something else is not counted with it: a sweep over the days on which sums change.
    """
    most = np.zeros(size, dtype=np.int64)
    overlaps = (since <= last) & (until >= first)
    keys, since, until = keys[overlaps], since[overlaps], until[overlaps]
    weights = weights[overlaps].astype(np.int64)
    if not len(keys):
        return most
    begins = np.maximum(since, first).astype(np.int64)
    ends = np.minimum(until, NO_DAY - 1).astype(np.int64) + 1
    day = np.concatenate((begins, ends))
    change = np.concatenate((weights, -weights))
    key = np.concatenate((keys, keys)).astype(np.int64)
    order = np.lexsort((change, day, key))  # on one day leavers go before comers
    key, running = key[order], np.cumsum(change[order])
    # Every key's changes sum to nothing, so each key's sums begin afresh.
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    most[key[starts]] = np.maximum.reduceat(running, starts)
    return most
