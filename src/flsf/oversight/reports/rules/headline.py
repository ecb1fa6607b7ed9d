"""The sentence at the top of the overview, made from figures and nothing else (hero screen 8)."""

from dataclasses import dataclass

PENCE_IN_A_POUND = 100
A_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Where things are on a day. Money is pence; `plan_pence` None: no plan for this year."""

    paid_pence: int
    plan_pence: int | None
    year: str
    waivers_left: int
    waivers_overdue: int
    # A count, "c" where it is too small to show; None: not counted here.
    waiting_too_long: str | None
    too_long_days: int


def headline(now: Standing) -> str:
    """Spending, waivers and waiting, in one sentence of three parts."""
    parts = [_spend(now), _waivers(now)]
    if now.waiting_too_long is not None:
        parts.append(_waiting(now))
    return "; ".join(parts) + "."


def pounds(pence: int) -> str:
    """£3.37 million, or £45,120 when it is less than a million."""
    whole = (abs(pence) + PENCE_IN_A_POUND // 2) // PENCE_IN_A_POUND
    if whole < A_MILLION:
        return f"£{whole:,}"
    hundredths = (whole + A_MILLION // 200) // (A_MILLION // 100)
    return f"£{hundredths // 100}.{hundredths % 100:02} million"


def half_up(pence: int, parts: int) -> int:
    """One of so many equal parts, a half penny up."""
    return (2 * pence + parts) // (2 * parts)


def _spend(now: Standing) -> str:
    said = f"Paid so far in year {now.year} of the plan: {pounds(now.paid_pence)}"
    if now.plan_pence is None:
        return said
    gap = now.plan_pence - now.paid_pence
    if gap == 0:
        return f"{said}, exactly as planned to this day"
    return f"{said}, {pounds(gap)} {'under' if gap > 0 else 'over'} the plan to this day"


def _waivers(now: Standing) -> str:
    if now.waivers_left == 0:
        return "no waivers left"
    many = "waiver" if now.waivers_left == 1 else "waivers"
    return f"{now.waivers_left} {many} left, {now.waivers_overdue or 'none'} overdue"


def _waiting(now: Standing) -> str:
    if now.waiting_too_long == "0":
        return f"no child waiting over {now.too_long_days} school days"
    if now.waiting_too_long == "c":
        return f"fewer than five children waiting over {now.too_long_days} school days"
    children = "child" if now.waiting_too_long == "1" else "children"
    return f"{now.waiting_too_long} {children} waiting over {now.too_long_days} school days"
