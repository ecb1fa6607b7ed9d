"""What the guided tour tells: children who need somebody every morning, and who has room.

Nothing here says how many services fit them. That follows from the market: most mentors have
no five mornings left, some do not meet the need, one is paused and one's insurance has lapsed.
"""

from collections.abc import Sequence
from dataclasses import replace

from flsf.core.access import Access
from flsf.core.access import to_mask as access_mask
from flsf.core.half_days import WEEK, Half
from flsf.core.needs import Need
from flsf.core.needs import to_mask as needs_mask
from flsf.demo.plan.children import HAPPENS, ChildPlan
from flsf.demo.plan.providers import TRADES, ProviderPlan, ServicePlan

TRADE, PROVIDER = "mentoring", "Lantern Tuition"
MORNINGS = sum(one.bit for one in WEEK if one.half is Half.AM)
MINUTES = 90
NEEDS, MAIN_NEED = (Need.ASD, Need.EBSA), Need.ASD
STRENGTHS = "Knows every kind of train. Kind to younger children."

NEW_SERVICE = ServicePlan(
    trade=TRADE,
    name="Mentoring every morning",
    rate_pence=30_00,
    places=4,
    half_days=MORNINGS,
    access=access_mask((Access.QUIET_SPACE, Access.FEMALE_WORKER, Access.MALE_WORKER)),
    needs=needs_mask(TRADES[TRADE].needs),
    ages=TRADES[TRADE].ages,
    confirmed_days_ago=2,
    days_to_start=0,
    is_new=True,
)


def opened(providers: Sequence[ProviderPlan]) -> tuple[ProviderPlan, ...]:
    """The market with the service that has just opened: nobody is placed there yet."""
    return tuple(
        replace(one, services=(*one.services, NEW_SERVICE)) if one.name == PROVIDER else one
        for one in providers
    )


def told_of(child: ChildPlan) -> ChildPlan:
    """The child as one of the tour."""
    return replace(
        child,
        group="send",
        needs=needs_mask(NEEDS),
        main_need=MAIN_NEED,
        strengths=STRENGTHS,
        happens=HAPPENS[0],
    )
