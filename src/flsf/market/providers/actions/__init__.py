"""The only writes of providers, sites, services, their places and rates."""

from flsf.market.providers.actions.bulk import (
    InUse,
    take_in_many,
    take_in_services,
    take_out_many,
    tidy_changes,
)
from flsf.market.providers.actions.capacity import PlacesNotSensible, set_capacity
from flsf.market.providers.actions.people import (
    AlreadyKnown,
    add_site,
    change,
    register,
    say_types,
    say_types_many,
)
from flsf.market.providers.actions.rates import (
    AboveCap,
    Backdated,
    PriceNotFair,
    RateAlreadySet,
    set_rate,
)
from flsf.market.providers.actions.services import (
    REFUSALS,
    AgesNotSensible,
    NotTheirSite,
    PlaceDoesNotMatchMode,
    change_service,
    close_to_new_children,
    confirm,
    move_kind,
    offer_service,
    set_status,
)

__all__ = [
    "REFUSALS",
    "AboveCap",
    "AgesNotSensible",
    "AlreadyKnown",
    "Backdated",
    "InUse",
    "NotTheirSite",
    "PlaceDoesNotMatchMode",
    "PlacesNotSensible",
    "PriceNotFair",
    "RateAlreadySet",
    "add_site",
    "change",
    "change_service",
    "close_to_new_children",
    "confirm",
    "move_kind",
    "offer_service",
    "register",
    "say_types",
    "say_types_many",
    "set_capacity",
    "set_rate",
    "set_status",
    "take_in_many",
    "take_in_services",
    "take_out_many",
    "tidy_changes",
]
