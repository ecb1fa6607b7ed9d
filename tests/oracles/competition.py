"""How bids are placed, worked out in another way: long division, and every pair compared.

It shares no line with casework.competitions.rules. Points here are fractions of whole points.
"""

from fractions import Fraction

NOWHERE = 10**12


def rounded(exact: Fraction) -> Fraction:
    """To hundredths, halves up, by long division."""
    whole, rest = divmod(exact.numerator * 100, exact.denominator)
    return Fraction(whole + (2 * rest >= exact.denominator), 100)


def points(weights, price_weight, threshold, bids):
    """For each bid its parts; None where a score is too low."""
    taken = {
        name: one
        for name, one in bids.items()
        if all(score >= threshold for score in one["scores"].values())
    }
    found = {}
    for name, one in bids.items():
        if name not in taken:
            found[name] = None
            continue
        cheapest = min(other["rate"] for other in taken.values())
        parts = [rounded(Fraction(weights[code]) * one["scores"][code] / 5) for code in weights]
        if one["rate"] == cheapest:
            price = Fraction(price_weight)
        else:
            price = rounded(Fraction(price_weight) * Fraction(cheapest, one["rate"]))
        found[name] = [*parts, price]
    return found


def beats(one, other, parts, bids):
    """Whether the first comes before the second by the published order."""
    mine, theirs = parts[one], parts[other]
    if sum(mine) != sum(theirs):
        return sum(mine) > sum(theirs)
    if sum(mine[:-1]) != sum(theirs[:-1]):
        return sum(mine[:-1]) > sum(theirs[:-1])
    near = [
        NOWHERE if bids[name]["metres"] is None else bids[name]["metres"] for name in (one, other)
    ]
    if near[0] != near[1]:
        return near[0] < near[1]
    return bids[one]["draw"] < bids[other]["draw"]


def places(weights, price_weight, threshold, bids):
    """Each bid's place: one more than the number of bids that beat it; None: too low a score."""
    parts = points(weights, price_weight, threshold, bids)
    inside = [name for name in bids if parts[name] is not None]
    return {
        name: 1 + sum(beats(other, name, parts, bids) for other in inside if other != name)
        if name in inside
        else None
        for name in bids
    }
